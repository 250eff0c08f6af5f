//! Runs the lines of a batch: each is parsed as a command line, and run as one on the connection of the batch.

mod grammar;

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::rc::Rc;

pub(super) use self::grammar::{FileUse, Given, Line, Verbs, roles, understood};
use super::globals::Globals;
use super::noun::Noun;
use super::within::{Whole, Within};
use crate::commands;
use crate::commands::apply::Apply;
use crate::commands::batch::Batch;
use crate::context::{Context, How, Interpreter, Look, Ran};
use crate::db::Location;
use crate::error::{Error, Result};
use crate::model::batch::template::{self, Role};
use crate::output::{Format, Listener};

/// What no database takes back, beside the files that arguments name.
const OUTSIDE: [(&str, &str); 4] = [
    ("alert send", "sends mail, which cannot be taken back"),
    ("audit anchor", "writes seals, which cannot be taken back"),
    ("client erase", "writes the database anew, which cannot be taken back"),
    ("package wait", "waits for others, who could not write meanwhile"),
];

/// Safe to repeat without an operation key, which it does not take.
const WITHOUT_KEY: &str = "alert send";

pub(super) fn run(globals: Globals, command: &Batch) -> Result<()> {
    with_lines(globals, |context, lines| commands::batch::run(context, command, lines))
}

pub(super) fn apply(globals: Globals, command: &Apply) -> Result<()> {
    with_lines(globals, |context, lines| commands::apply::run(context, command, lines))
}

/// A command that runs others within it.
fn with_lines(globals: Globals, work: impl FnOnce(&Context, &Lines<'_>) -> Result<()>) -> Result<()> {
    let of_all = globals.clone();
    let context = Context::open(globals.into_run()?)?;
    let lines = Lines { context: &context, of_all, verbs: RefCell::default() };
    let done = work(&context, &lines).and_then(|()| context.verdict());
    done.map_err(|error| context.or_damage(error))
}

struct Lines<'a> {
    context: &'a Context,
    /// The global options of the batch, which are those of each line.
    of_all: Globals,
    verbs: RefCell<Verbs>,
}

impl Interpreter for Lines<'_> {
    fn look(&self, words: &[OsString]) -> Result<Look> {
        let line = self.verbs.borrow_mut().read(words)?;
        if !line.cli.noun.is_for_batches() {
            return Err(Error::usage(format!("`{}` is no command of a batch", line.command())));
        }
        self.may_stand_here(&line)?;
        Ok(Look { command: line.command(), outside: line.outside() })
    }

    fn roles(&self, words: &[String]) -> Result<Vec<Role>> {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        roles(&words, &|word: &OsStr| word.to_str().is_none_or(template::is_filled))
    }

    fn run(&self, words: &[OsString], how: How) -> Ran {
        let listener = Listener::new(!how.is_shown);
        let line = match self.verbs.borrow_mut().read(words) {
            Ok(line) => line,
            Err(error) => return Ran { command: String::new(), done: Err(error), heard: listener.take() },
        };
        let command = line.command();
        let globals = self.globals(&line, how, &listener);
        let done = line.cli.noun.run(globals);
        Ran { command, done, heard: listener.take() }
    }
}

impl Lines<'_> {
    /// Refused where an option of the line is one of the whole batch, and where it needs an input.
    fn may_stand_here(&self, line: &Line) -> Result<()> {
        let of_all = ["db", "profile", "lock_timeout", "read_from", "dry_run"];
        let is_other_database = line.cli.globals.db != self.of_all.db;
        let is_of_all = |id: &str| of_all.contains(&id) && (id != "db" || is_other_database);
        if let Some(given) = line.given.iter().find(|given| is_of_all(&given.id)) {
            return Err(given.is_of_all("a batch", "batch …"));
        }
        line.must_not_read_input("a batch")?;
        let command = line.command();
        if line.has("password") || command == "account set-password" && !line.has("password_file") {
            return Err(Error::usage(format!(
                "`{command}` asks for a password, and a line of a batch cannot"
            ))
            .hint("`--password-file` names a file that holds it; `account invite` gives a first one"));
        }
        Ok(())
    }

    fn globals(&self, line: &Line, how: How, listener: &Listener) -> Globals {
        let (own, of_all) = (&line.cli.globals, &self.of_all);
        let within = Within {
            connection: Some(self.context.connection()),
            keys: Rc::clone(&self.context.keys),
            is_usual: self.context.is_usual,
            listener: Some(listener.clone()),
            whole: Whole::Batch,
        };
        // Into a file of its own as the line says; what is heard and not shown is shortest as JSON.
        let output = match how.is_shown || line.has("out") {
            true if line.has("output") => own.output,
            true => of_all.output.filter(|_| how.is_shown),
            false => Some(Format::Jsonl),
        };
        let takes_key = line.command() != WITHOUT_KEY;
        Globals {
            database: Some(self.location()),
            output,
            columns: own.columns.clone().or_else(|| of_all.columns.clone().filter(|_| how.is_shown)),
            color: of_all.color,
            quiet: own.quiet || of_all.quiet && how.is_shown,
            verbose: of_all.verbose,
            operation_key: own.operation_key.clone().or(how.key.filter(|_| takes_key)),
            yes: own.yes || of_all.yes || how.is_rehearsed,
            no_input: true,
            lock_timeout: None,
            read_from: None,
            within: Some(within),
            ..line.with_what_all_say(of_all)
        }
    }

    fn location(&self) -> Location {
        self.context.location.clone()
    }
}

impl Line {
    /// What of it no database takes back.
    fn outside(&self) -> Option<String> {
        let command = self.command();
        let known = OUTSIDE.iter().find(|(outside, _)| *outside == command);
        let writes = || self.given.iter().find(|given| given.file.is_some_and(FileUse::writes));
        known
            .map(|(_, what)| (*what).to_owned())
            .or_else(|| Some(format!("writes a file (`{}`), which cannot be taken back", writes()?.name)))
    }
}

impl Noun {
    /// Whether it works on the database that there is, and prints nothing else.
    fn is_for_batches(&self) -> bool {
        !matches!(
            self,
            Noun::Init(_)
                | Noun::Demo(_)
                | Noun::Apply(_)
                | Noun::Batch(_)
                | Noun::Shell(_)
                | Noun::Diff(_)
                | Noun::Database(_)
                | Noun::Config(_)
                | Noun::Doctor(_)
                | Noun::Events(_)
                | Noun::Version
                | Noun::Desk
                | Noun::Completions(_)
                | Noun::Schema(_)
                | Noun::Help(_)
                | Noun::Man(_)
        )
    }
}
