//! One line of a shell: understood, given what the shell has for all lines, and run.

use std::cell::RefCell;
use std::ffi::OsString;
use std::rc::Rc;

use clap::error::ErrorKind;

use super::portal::{self, Portal};
use crate::cli::batch::{Line, Verbs};
use crate::cli::deferred::Deferred;
use crate::cli::globals::Globals;
use crate::cli::noun::{About, Noun};
use crate::cli::within::{Whole, Within};
use crate::cli::{interrupt, parse, refusal};
use crate::context::{Connection, Context, Keys, Run};
use crate::db::Location;
use crate::error::{Error, Kind, Result};
use crate::file;
use crate::model::batch::lines::words;
use crate::output::{self, Format, Output};

pub(super) struct Session {
    /// The global options of the shell, which are those of each line.
    of_all: Globals,
    connection: Connection,
    location: Location,
    is_usual: bool,
    keys: Rc<RefCell<Keys>>,
    out: Output,
    grammar: Grammar,
    login: String,
    /// Whether the database has to be opened anew without a word about it.
    is_closed: bool,
}

enum Grammar {
    Whole(Verbs),
    Restricted(Box<Portal>),
}

/// What came of a line.
pub(super) enum Step {
    /// Its exit status.
    Done(u8),
    /// It ends the shell.
    End,
}

/// How a command uses the database.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// On the connection of the shell.
    Connected,
    /// By itself, and no one else may have it open meanwhile.
    Alone,
    No,
}

impl Session {
    /// Errors as those of a command: there is no database, or no account.
    pub(super) fn open(of_all: Globals, is_restricted: bool) -> Result<Self> {
        let out = of_all.clone().for_output()?;
        let run = of_all.clone().into_run().map(|run| Run { is_portal: is_restricted, ..run });
        let opened = run.and_then(Context::open);
        let context = if is_restricted { opened.map_err(portal::discreet)? } else { opened? };
        let grammar = if is_restricted {
            Grammar::Restricted(Box::new(Portal::new()))
        } else {
            Grammar::Whole(Verbs::default())
        };
        Ok(Session {
            connection: context.connection(),
            location: context.location.clone(),
            is_usual: context.is_usual || is_restricted,
            keys: Rc::clone(&context.keys),
            login: context.actor.account.login.clone(),
            of_all,
            out,
            grammar,
            is_closed: false,
        })
    }

    pub(super) fn may_ask(&self) -> bool {
        super::is_with_a_person(&self.of_all)
    }

    pub(super) fn is_coloured(&self) -> bool {
        self.out.colour
    }

    pub(super) fn location(&self) -> &Location {
        &self.location
    }

    pub(super) fn portal(&self) -> Option<&Portal> {
        match &self.grammar {
            Grammar::Whole(_) => None,
            Grammar::Restricted(portal) => Some(portal),
        }
    }

    /// The actor, and the database unless that is none of its business.
    pub(super) fn prompt(&self) -> String {
        match &self.grammar {
            Grammar::Whole(_) => format!("{}@{}", self.login, super::name(&self.of_all, &self.location)),
            Grammar::Restricted(_) => self.login.clone(),
        }
    }

    pub(super) fn note(&self, text: &str) {
        self.out.note(text);
    }

    /// What looks into the database for a line that is not complete yet, once that is asked for.
    pub(super) fn looking(&self) -> impl Fn() -> Result<Run> + use<> {
        let (connection, location) = (self.connection.clone(), self.location.clone());
        let of_all = Globals { output: None, no_input: true, verbose: 0, ..self.of_all.clone() };
        let globals = self.with(of_all, Use::Connected);
        move || {
            connection.renew(&location)?;
            globals.clone().into_run()
        }
    }

    /// The one line that a client has sent.
    pub(super) fn one(&mut self, text: &str) -> u8 {
        match self.run(text) {
            Step::Done(status) => status,
            Step::End => 0,
        }
    }

    pub(super) fn run(&mut self, text: &str) -> Step {
        let words = match words(text) {
            Ok(words) => words,
            Err(why) => {
                return Step::Done(self.fail(&Error::new(Kind::Usage, "shell.no_line", why), self.is_json()));
            }
        };
        match words.as_slice() {
            [only] if only == "exit" || only == "quit" => return Step::End,
            _ => {}
        }
        // What the name of the program alone shows.
        let words = if words.is_empty() { vec!["desk".into()] } else { words };
        let arguments: Vec<OsString> = std::iter::once("caredesk".into()).chain(words).collect();
        let line = match self.parse(&arguments) {
            Ok(line) => line,
            Err(mut error) => return Step::Done(self.refuse(&mut error, &arguments)),
        };
        let format = if line.has("output") { line.cli.globals.output } else { self.of_all.output };
        let as_json = format.is_some_and(Format::is_json);
        let verbose = self.of_all.verbose.max(line.cli.globals.verbose) > 0;
        let done = interrupt::command(|| self.perform(line));
        let done =
            done.map_err(|error| if self.portal().is_some() { portal::discreet(error) } else { error });
        if done.as_ref().is_err_and(|error| error.kind() == Kind::Interrupted) {
            self.is_closed = true;
        }
        Step::Done(done.map_or_else(|error| self.fail_with(&error, as_json, verbose), |()| 0))
    }

    fn parse(&mut self, arguments: &[OsString]) -> Result<Line, clap::Error> {
        match &mut self.grammar {
            Grammar::Whole(verbs) => verbs.parse(arguments),
            Grammar::Restricted(portal) => portal.parse(arguments),
        }
    }

    fn is_json(&self) -> bool {
        self.of_all.output.is_some_and(Format::is_json)
    }

    fn refuse(&self, error: &mut clap::Error, arguments: &[OsString]) -> u8 {
        let as_json = parse::wants_json(arguments) || self.is_json();
        if self.portal().is_some()
            && !matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            )
        {
            return self.fail(&portal::usage(error, arguments), as_json);
        }
        refusal::print(error, arguments, as_json)
            .unwrap_or_else(|| self.fail(&refusal::usage(error, arguments), as_json))
    }

    fn fail(&self, error: &Error, as_json: bool) -> u8 {
        self.fail_with(error, as_json, self.of_all.verbose > 0)
    }

    fn fail_with(&self, error: &Error, as_json: bool, verbose: bool) -> u8 {
        output::failure(error, as_json, self.out.colour, verbose);
        error.kind().exit_status()
    }

    fn perform(&mut self, line: Line) -> Result<()> {
        self.may_stand_here(&line)?;
        let how = line.cli.noun.how_it_uses_the_database();
        match how {
            Use::Connected => self.connect()?,
            Use::Alone => {
                self.connection.close()?;
                self.is_closed = true;
            }
            Use::No => {}
        }
        file::protect_no_more();
        if let (Noun::Help(Deferred(About { words })), Some(portal)) = (&line.cli.noun, self.portal()) {
            return portal.help(words);
        }
        let globals = self.globals(&line, how);
        let done = line.cli.noun.run(globals);
        self.connection.rest()?;
        done
    }

    /// Opens the database anew where it has to be.
    fn connect(&mut self) -> Result<()> {
        let is_anew = self.connection.renew(&self.location)?;
        if is_anew && !std::mem::take(&mut self.is_closed) && self.portal().is_none() {
            self.out.note(match self.location {
                Location::File(_) => "another file lies where the database was: it is open now",
                Location::Server(_) => "the connection to the server was lost: it is open again",
            });
        }
        Ok(())
    }

    fn may_stand_here(&self, line: &Line) -> Result<()> {
        if self.portal().is_some() {
            return Portal::may_stand_here(line);
        }
        if !line.cli.noun.is_for_shells() {
            let name = line.command();
            return Err(Error::usage(format!("`{name}` is no command of a shell"))
                .hint(format!("end the shell, and run `caredesk {name}`")));
        }
        let names_database = |id: &str| ["db", "profile", "read_from"].contains(&id);
        let is_other = line.cli.globals.db != self.of_all.db
            || line.cli.globals.profile != self.of_all.profile
            || line.cli.globals.read_from != self.of_all.read_from;
        if let Some(given) = line.given.iter().find(|given| names_database(&given.id)).filter(|_| is_other) {
            return Err(given.is_of_all("a shell", "shell"));
        }
        line.must_not_read_input("a shell")
    }

    /// Its own options, and for the rest those of the shell.
    fn globals(&self, line: &Line, how: Use) -> Globals {
        let (own, of_all) = (&line.cli.globals, &self.of_all);
        let merged = Globals {
            db: of_all.db.clone(),
            profile: of_all.profile.clone(),
            read_from: of_all.read_from,
            output: if line.has("output") { own.output } else { of_all.output },
            color: if line.has("color") { own.color } else { of_all.color },
            quiet: own.quiet || of_all.quiet,
            verbose: own.verbose.max(of_all.verbose),
            dry_run: own.dry_run || of_all.dry_run,
            exit_code: own.exit_code || of_all.exit_code,
            no_input: own.no_input || of_all.no_input,
            lock_timeout: if line.has("lock_timeout") { own.lock_timeout } else { of_all.lock_timeout },
            ..line.with_what_all_say(of_all)
        };
        self.with(merged, how)
    }

    fn with(&self, globals: Globals, how: Use) -> Globals {
        let is_connected = how == Use::Connected;
        Globals {
            database: is_connected.then(|| self.location.clone()),
            settings: self.of_all.settings.clone(),
            within: Some(Within {
                connection: is_connected.then(|| self.connection.clone()),
                keys: Rc::clone(&self.keys),
                is_usual: self.is_usual,
                listener: None,
                whole: if self.portal().is_some() { Whole::Restricted } else { Whole::Shell },
            }),
            ..globals
        }
    }
}

impl Noun {
    fn is_for_shells(&self) -> bool {
        !matches!(self, Noun::Init(_) | Noun::Demo(_) | Noun::Shell(_))
    }

    fn how_it_uses_the_database(&self) -> Use {
        match self {
            Noun::Database(_) => Use::Alone,
            Noun::Config(_)
            | Noun::Diff(_)
            | Noun::Version
            | Noun::Completions(_)
            | Noun::Schema(_)
            | Noun::Help(_)
            | Noun::Man(_) => Use::No,
            _ => Use::Connected,
        }
    }
}
