//! The command line: global options and one variant per noun. The only layer that reads the clock and the
//! environment; it opens the context and runs the command of the noun.

mod completion;
mod deferred;
mod environment;
mod help;
mod interrupt;
mod manual;
mod noun;
mod parse;
mod refusal;
mod shells;

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::{Args, Parser, ValueEnum};

use noun::Noun;

use crate::context::{At, Clock, Identity, Keys, MailSettings, Run};
use crate::db::{self, Location};
use crate::error::{Error, Kind, Result};
use crate::file::{self, Input, Mode};
use crate::model::operation_key::{CommandWords, OperationKey};
use crate::model::zone::Zone;
use crate::output::target::Target;
use crate::output::{self, DisabledLogins, Format, Output, ask, terminal};

/// Care coordination: outsource packages of home care to providers, from the command line.
///
/// Every noun has verbs: `caredesk package list`. What you see depends on who you are. Every change is
/// recorded.
#[derive(Parser)]
#[command(name = "caredesk", version, max_term_width = 100, arg_required_else_help = true, disable_help_subcommand = true, after_help = EXIT_STATUS)]
pub(crate) struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    noun: Noun,
}

const EXIT_STATUS: &str = "\
Start with `caredesk demo` or `caredesk init`.

Exit status:
   0  done, or nothing to do              6  you may see it, but not do it
   1  an error of the program             7  busy: repeat, with the key that is named
   2  the command line is wrong           8  the database is missing, too new or damaged
   3  no such thing, or not for you       9  partly done (--keep-going)
   4  a rule or the state forbids it     10  the person said no
   5  bad data; nothing was written      11  something would change (--dry-run --exit-code)";

/// The maximum width of a drawing, which takes memory for its width.
const WIDEST_DRAWING: usize = 1_000;

#[derive(Args)]
#[command(next_help_heading = "Global options")]
struct Globals {
    /// The database: a file, or `postgres://user:password@host/database`
    #[arg(long, global = true, env = "CAREDESK_DB", hide_env_values = true, value_name = "PATH|URL")]
    db: Option<String>,
    /// Act as another account
    #[arg(long = "as", global = true, env = "CAREDESK_AS", value_name = "LOGIN")]
    acting: Option<String>,
    /// How to print results [default: table]
    #[arg(short, long, global = true, env = "CAREDESK_OUTPUT", value_name = "FORMAT")]
    output: Option<Format>,
    /// Write the result into this file; its ending chooses the format where `--output` does not
    #[arg(long, global = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<Target>,
    /// Replace files that exist
    #[arg(long, global = true, hide_short_help = true)]
    overwrite: bool,
    /// Print only these columns, in this order; with signs more or less than the usual ones: `+note,-status`
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_delimiter = ',',
        value_name = "A,B",
        allow_hyphen_values = true
    )]
    columns: Option<Vec<String>>,
    /// Make CSV output safe to open in a spreadsheet
    #[arg(long = "for", global = true, hide_short_help = true, value_name = "PROGRAM")]
    reader: Option<Reader>,
    /// When to use colour
    #[arg(long, global = true, hide_short_help = true, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    /// Print only codes, without notes
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Also print the code and the causes of an error
    #[arg(short, long, global = true, hide_short_help = true)]
    verbose: bool,
    /// Name this change: the same key again gives the same answer and does nothing;
    /// `CAREDESK_OPERATION_KEY` does the same
    #[arg(long, global = true, hide_short_help = true, value_name = "KEY")]
    operation_key: Option<OperationKey>,
    /// Answer yes to every confirmation
    #[arg(short, long, global = true)]
    yes: bool,
    /// Show what would change, and change nothing
    #[arg(long, global = true)]
    dry_run: bool,
    /// With --dry-run: exit with status 11 if something would change
    #[arg(long, global = true, hide_short_help = true, requires = "dry_run")]
    exit_code: bool,
    /// Go on although the clock seems wrong, which only admins may
    #[arg(long, global = true, hide_short_help = true)]
    even_so: bool,
    /// How long a change waits while another is being made, such as 30s or 2min [default: 30s]
    #[arg(long, global = true, hide_short_help = true, env = "CAREDESK_LOCK_TIMEOUT", hide_env_values = true, value_name = "DURATION", value_parser = db::duration)]
    lock_timeout: Option<Duration>,
    /// Never prompt, even on a terminal; CI=1 does the same
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "CAREDESK_NO_INPUT",
        value_parser = clap::builder::FalseyValueParser::new(),
        hide_env_values = true
    )]
    no_input: bool,
    /// The database of a demo, in place of `--db`.
    #[arg(skip)]
    database: Option<Location>,
    /// `--at` of verbs that show how all stood.
    #[arg(skip)]
    at: Option<At>,
    /// What the line asks for, for the operation key.
    #[arg(skip)]
    command: CommandWords,
}

#[derive(Clone, Copy, ValueEnum)]
enum Reader {
    Excel,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// Answers a shell that completes a line, or does what the command line asks for.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match completion::answer(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => perform(&arguments),
        Err(error) => fail(&error, false, false),
    }
}

fn perform(arguments: &[OsString]) -> ExitCode {
    let as_json = parse::wants_json(arguments);
    interrupt::watch(as_json);
    let Cli { globals, noun } = match parse::parse(arguments) {
        Ok(cli) => cli,
        Err(mut error) => {
            if let Some(status) = desk(arguments, as_json) {
                return status;
            }
            return refusal::print(&mut error, arguments, as_json)
                .map_or_else(|| fail(&refusal::usage(&error, arguments), as_json, false), ExitCode::from);
        }
    };
    let verbose = globals.verbose;
    noun.run(globals).map_or_else(|error| fail(&error, as_json, verbose), |()| ExitCode::SUCCESS)
}

/// A line that names no noun shows what waits for the actor, where there is a database and an account (rule 2.13).
fn desk(arguments: &[OsString], as_json: bool) -> Option<ExitCode> {
    let words: Vec<OsString> = arguments.iter().cloned().chain(["desk".into()]).collect();
    let Cli { globals, noun } = parse::parse(&words).ok()?;
    let verbose = globals.verbose;
    if !matches!(noun, Noun::Desk) {
        return None;
    }
    match noun.run(globals) {
        Ok(()) => Some(ExitCode::SUCCESS),
        Err(error) if ["database.missing", "database.foreign", "actor.unknown"].contains(&error.code()) => {
            None
        }
        Err(error) => Some(fail(&error, as_json, verbose)),
    }
}

fn fail(error: &Error, as_json: bool, verbose: bool) -> ExitCode {
    output::failure(error, as_json, environment::colour(Colour::Auto, terminal::err_is_one()), verbose);
    ExitCode::from(error.kind().exit_status())
}

/// Runs one command of `demo`, parsed like any other, now or as if it were that instant.
fn line(arguments: &[String], database: &Location, at: Option<DateTime<Utc>>) -> Result<()> {
    let words: Vec<OsString> =
        std::iter::once("caredesk".into()).chain(arguments.iter().map(OsString::from)).collect();
    let Cli { globals, noun } = parse::parse(&words).map_err(|error| refusal::usage(&error, &words))?;
    environment::be_at(at);
    let done = noun.run(Globals { database: Some(database.clone()), ..globals });
    environment::be_at(None);
    done
}

impl Globals {
    fn location(&self) -> Result<Location> {
        if let Some(database) = &self.database {
            return Ok(database.clone());
        }
        match self.db.as_ref().filter(|location| !location.is_empty()) {
            Some(location) => location.parse(),
            None => Ok(Location::File(environment::default_file()?)),
        }
    }

    /// Sends results where `--out` says. `mode` is that of the file.
    fn redirect(&self, mode: Mode) -> Result<()> {
        if let Ok(location) = self.location() {
            location.files().iter().for_each(|path| file::protect(path));
        }
        self.out.as_ref().map_or(Ok(()), |out| out.redirect(mode, self.overwrite))
    }

    /// That of `-o`, else that of the file.
    fn format(&self) -> Result<Format> {
        let of_the_file = || self.out.as_ref().and_then(Target::format);
        let format = self.output.or_else(of_the_file).unwrap_or(Format::Table);
        if format == Format::Xlsx && !self.quiet && self.width().is_some() {
            return Err(Error::new(Kind::Usage, "usage.terminal", "a terminal cannot show a workbook")
                .hint("name a file with `--out`"));
        }
        Ok(format)
    }

    /// The width of the terminal that results go to.
    fn width(&self) -> Option<usize> {
        let is_file = self.out.as_ref().is_some_and(|out| !out.is_standard());
        if is_file { None } else { environment::width() }
    }

    fn into_run(self) -> Result<Run> {
        let zone = Zone::utc();
        let (format, width, now) = (self.format()?, self.width(), environment::now());
        let location = self.location()?.with_password(&environment::database_passwords())?;
        if let Some(limit) = self.lock_timeout {
            db::wait_for_locks(limit);
        }
        let output = Output {
            format,
            columns: self.columns,
            quiet: self.quiet,
            verbose: self.verbose,
            spreadsheet: self.reader.is_some(),
            colour: environment::colour(self.color, width.is_some() && terminal::out_is_one()),
            width,
            drawing_width: width.or_else(environment::columns).unwrap_or(80).min(WIDEST_DRAWING),
            zone,
            now,
            dry_run: self.dry_run,
            disabled_logins: DisabledLogins::default(),
        };
        if !environment::colour(self.color, terminal::err_is_one()) {
            ask::without_colour();
        }
        Ok(Run {
            location,
            now,
            clock: Clock::new(environment::now, !environment::clock_is_set()),
            even_so: self.even_so,
            mail_settings: MailSettings {
                server: environment::variable("CAREDESK_SMTP"),
                from: environment::variable("CAREDESK_SMTP_FROM"),
            },
            identity: Identity {
                user: environment::operating_system_user(),
                wanted: self.acting.filter(|login| !login.is_empty()),
                password_file: std::env::var_os("CAREDESK_PASSWORD_FILE")
                    .map(|path| Input::from(PathBuf::from(path))),
                sets_password: false,
            },
            keys: RefCell::new(Keys::new(
                environment::test_control("CAREDESK_TEST_SEED").and_then(|seed| seed.parse().ok()),
            )),
            operation_key: self.operation_key.map_or_else(environment::operation_key, |key| Ok(Some(key)))?,
            at: self.at,
            command: self.command,
            yes: self.yes,
            dry_run: self.dry_run,
            overwrite: self.overwrite,
            tells_by_exit_status: self.exit_code,
            may_ask: !self.no_input
                && !environment::is_automated()
                && output.format == Format::Table
                && ask::is_interactive(),
            out: output,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command, CommandFactory};

    use super::*;
    use crate::model::import_kind::ImportKind;

    const OF_IMPORTS: [&str; 12] = [
        "format", "sheet", "map", "encoding", "date-format", "strict", "source", "keep-going", "rejects",
        "dry-run", "yes", "overwrite",
    ];

    #[test]
    fn the_grammar_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_one_import_can_all_can() {
        fn look(command: &Command, imports: &mut u64) {
            if command.get_name().starts_with("import") && !command.has_subcommands() {
                *imports += 1;
                let options: Vec<&str> = command.get_arguments().filter_map(Arg::get_long).collect();
                let missing: Vec<_> = OF_IMPORTS.iter().filter(|option| !options.contains(option)).collect();
                let files = command.get_arguments().any(|argument| argument.get_id() == "files");
                assert!(missing.is_empty() && files, "{} lacks {missing:?}", command.get_name());
            }
            // That of `help` is the grammar once more, without its options.
            let verbs = command.get_subcommands().filter(|verb| verb.get_name() != "help");
            verbs.for_each(|verb| look(verb, imports));
        }
        let mut grammar = Cli::command();
        grammar.build();
        let mut imports = 0;
        look(&grammar, &mut imports);
        assert_eq!(imports, ImportKind::ALL.len() as u64);
    }

    /// `-3d` is three days ago.
    #[test]
    fn every_day_may_begin_with_a_sign() {
        fn look(command: &Command, strict: &mut Vec<String>) {
            let own = command.get_arguments().filter(|argument| !argument.is_global_set());
            let days = own.filter(|argument| {
                let names = argument.get_value_names().unwrap_or_default();
                let is_day = |name: &str| name.split('|').any(|name| ["DAY", "DATE", "WHEN"].contains(&name));
                names.iter().any(|name| is_day(name))
            });
            let refusing = days.filter(|argument| !argument.is_allow_hyphen_values_set());
            strict.extend(refusing.map(|argument| format!("{}: {}", command.get_name(), argument.get_id())));
            command.get_subcommands().for_each(|verb| look(verb, strict));
        }
        let mut grammar = Cli::command();
        grammar.build();
        let mut strict = Vec::new();
        look(&grammar, &mut strict);
        assert!(strict.is_empty(), "{}", strict.join(", "));
    }

    #[test]
    fn every_option_says_what_it_is_for() {
        fn look(command: &Command, missing: &mut Vec<String>) {
            let silent = command.get_arguments().filter(|argument| argument.get_help().is_none());
            missing.extend(silent.map(|argument| format!("{}: {}", command.get_name(), argument.get_id())));
            command.get_subcommands().for_each(|verb| look(verb, missing));
        }
        let mut grammar = Cli::command();
        // Builds the deferred nouns too.
        grammar.build();
        let mut missing = Vec::new();
        look(&grammar, &mut missing);
        assert!(missing.is_empty(), "without a word in the help:\n  {}", missing.join("\n  "));
    }
}
