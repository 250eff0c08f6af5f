//! The grammar: global options and one variant per noun. The only file that reads the clock and the environment; it opens
//! the context and hands over to the noun's commands.

mod completion;
mod deferred;
mod noun;

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, SubsecRound, Utc};
use clap::error::ErrorKind;
use clap::{Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use etcetera::BaseStrategy;

use noun::Noun;

use crate::context::{Identity, Keys, MailSettings, Run};
use crate::db::Location;
use crate::error::{Error, Kind, Result};
use crate::model::zone::Zone;
use crate::output::{self, Format, Output, ask, terminal};

/// Care coordination: outsource packages of home care to providers, from the command line.
///
/// Every noun has verbs: `caredesk package list`. What you see depends on who you are. Every change is recorded.
#[derive(Parser)]
#[command(name = "caredesk", version, max_term_width = 100, arg_required_else_help = true, after_help = EXIT_STATUS)]
pub(crate) struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    noun: Noun,
}

const EXIT_STATUS: &str = "\
Begin with `caredesk demo`, or with `caredesk init`.

Exit status:
   0  done, or nothing to do              6  you may see it, but not do it
   1  a fault of the program              7  busy: repeat, which is always safe
   2  the command line is wrong           8  the database is missing, too new or damaged
   3  no such thing, or not for you       9  partly done (--keep-going)
   4  a rule or the state forbids it     10  the person said no
   5  bad data; nothing was written      11  something would change (--dry-run --exit-code)";

/// A picture takes memory for its width, and nobody has a wider screen.
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
    /// How to print results
    #[arg(
        short,
        long,
        global = true,
        env = "CAREDESK_OUTPUT",
        value_name = "FORMAT",
        default_value = "table"
    )]
    output: Format,
    /// Only these columns, in this order
    #[arg(long, global = true, hide_short_help = true, value_delimiter = ',', value_name = "A,B")]
    columns: Option<Vec<String>>,
    /// Make CSV safe and readable for a spreadsheet
    #[arg(long = "for", global = true, hide_short_help = true, value_name = "PROGRAM")]
    reader: Option<Reader>,
    /// When to use colour
    #[arg(long, global = true, hide_short_help = true, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    /// Print only the code of what was made, and no notes
    #[arg(short, long, global = true)]
    quiet: bool,
    /// With an error, also print its code and its causes
    #[arg(short, long, global = true, hide_short_help = true)]
    verbose: bool,
    /// Answer every confirmation with yes
    #[arg(short, long, global = true)]
    yes: bool,
    /// Do it all, say what would be, and roll it back
    #[arg(long, global = true)]
    dry_run: bool,
    /// With --dry-run: exit with 11 when something would change
    #[arg(long, global = true, hide_short_help = true, requires = "dry_run")]
    exit_code: bool,
    /// Never ask anything, even on a terminal; with CI=1 neither
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "CAREDESK_NO_INPUT",
        value_parser = clap::builder::FalseyValueParser::new(),
        hide_env_values = true
    )]
    no_input: bool,
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

/// Reads the command line, does it, and puts a failure into words.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match completion::answer(&arguments) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => {
            output::failure(&error, false, false, false);
            return ExitCode::from(error.kind().exit_status());
        }
    }
    let as_json = wants_json(&arguments);
    let mut verbose = false;
    let done = match parse(&arguments) {
        Ok(cli) => {
            verbose = cli.globals.verbose;
            cli.noun.run(cli.globals)
        }
        Err(error) => match refused_by_grammar(&error, as_json) {
            Some(status) => return ExitCode::from(status),
            None => Err(usage(&error)),
        },
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    output::failure(&error, as_json, colour(Colour::Auto, terminal::err_is_one()), verbose);
    ExitCode::from(error.kind().exit_status())
}

/// The whole grammar gives each noun and each verb a copy of every global option, which takes longer than to read the
/// command line. One that is right needs one verb; for one that is wrong, or asks for help, the whole grammar has the better
/// words.
fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    parse_with_one_verb(arguments).map_or_else(|| Cli::try_parse_from(arguments), Ok)
}

/// Global options that stand before the noun belong to the whole line; if there are none, they are options of the verb.
fn parse_with_one_verb(arguments: &[OsString]) -> Option<Cli> {
    let words = arguments.get(1..)?;
    let mut grammar = deferred::with_any_of(words, || Noun::augment_subcommands(Command::new("caredesk")));
    let before = words.iter().position(|word| grammar.find_subcommand(word).is_some())?;
    let mut above = Vec::new();
    for word in words.iter().skip(before) {
        let Some(found) = grammar.find_subcommand_mut(word).map(std::mem::take) else { break };
        above.push(std::mem::replace(&mut grammar, found).get_name().to_owned());
    }
    // Who asks for help is helped by the whole grammar.
    let plain = |command: Command| command.disable_help_flag(true).disable_help_subcommand(true);
    if before == 0 {
        grammar = Globals::augment_args(grammar);
    }
    let verb = plain(grammar);
    let mut grammar =
        above.into_iter().rev().fold(verb, |verb, name| plain(Command::new(name).subcommand(verb)));
    if before > 0 {
        grammar = Globals::augment_args(grammar);
    }
    let matches = grammar.try_get_matches_from(arguments).ok()?;
    let innermost = std::iter::successors(Some(&matches), |one| Some(one.subcommand()?.1)).last()?;
    Some(Cli {
        globals: Globals::from_arg_matches(innermost).ok()?,
        noun: Noun::from_arg_matches(&matches).ok()?,
    })
}

/// One line of a story told by the program itself: the same grammar and the same commands.
fn line(arguments: &[String]) -> Result<()> {
    let words: Vec<OsString> =
        std::iter::once("caredesk".into()).chain(arguments.iter().map(OsString::from)).collect();
    let Cli { globals, noun } = parse(&words).map_err(|error| usage(&error))?;
    noun.run(globals)
}

impl Globals {
    fn into_run(self) -> Result<Run> {
        let zone = Zone::utc();
        let width = width();
        let output = Output {
            format: self.output,
            columns: self.columns,
            quiet: self.quiet,
            verbose: self.verbose,
            spreadsheet: self.reader.is_some(),
            colour: colour(self.color, terminal::out_is_one()),
            width,
            drawing_width: width.or_else(columns).unwrap_or(80).min(WIDEST_DRAWING),
            zone,
            dry_run: self.dry_run,
        };
        if !colour(self.color, terminal::err_is_one()) {
            ask::without_colour();
        }
        let location = match self.db.filter(|location| !location.is_empty()) {
            Some(location) => location.parse()?,
            None => Location::File(default_file()?),
        };
        Ok(Run {
            location,
            now: now(),
            clock: now,
            mail_settings: MailSettings {
                server: variable("CAREDESK_SMTP"),
                from: variable("CAREDESK_SMTP_FROM"),
            },
            identity: Identity {
                user: operating_system_user(),
                wanted: self.acting.filter(|login| !login.is_empty()),
                password_file: std::env::var_os("CAREDESK_PASSWORD_FILE").map(PathBuf::from),
            },
            keys: RefCell::new(Keys::new(
                test_control("CAREDESK_TEST_SEED").and_then(|seed| seed.parse().ok()),
            )),
            yes: self.yes,
            dry_run: self.dry_run,
            tells_by_exit_status: self.exit_code,
            may_ask: !self.no_input
                && !is_automated()
                && output.format == Format::Table
                && ask::is_interactive(),
            out: output,
        })
    }
}

/// Builds and tests have terminals at times, with no person to answer on them.
fn is_automated() -> bool {
    variable("CI").is_some_and(|value| !matches!(value.as_str(), "0" | "false"))
}

/// An empty variable counts as one that is not set.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Clock, seed and user can be set in builds made for tests, and only there.
fn test_control(name: &str) -> Option<String> {
    if cfg!(debug_assertions) { std::env::var(name).ok() } else { None }
}

fn now() -> DateTime<Utc> {
    let set = test_control("CAREDESK_TEST_NOW").and_then(|text| text.parse().ok());
    set.unwrap_or_else(Utc::now).trunc_subsecs(3)
}

fn operating_system_user() -> String {
    test_control("CAREDESK_TEST_USER")
        .or_else(|| whoami::username().ok())
        .unwrap_or_else(|| "unknown".to_owned())
}

fn default_file() -> Result<PathBuf> {
    let strategy = etcetera::choose_base_strategy().map_err(|_fault| {
        Error::new(
            Kind::Environment,
            "environment.home",
            "there is no home directory to keep the database in",
        )
        .hint("name the database with `--db`")
    })?;
    Ok(strategy.data_dir().join("caredesk").join("caredesk.db"))
}

/// None when nobody looks at stdout.
fn width() -> Option<usize> {
    if !terminal::out_is_one() {
        return None;
    }
    Some(columns().unwrap_or_else(terminal::width))
}

fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|width| *width > 0)
}

fn colour(wanted: Colour, is_terminal: bool) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match wanted {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if is_set("NO_COLOR") => false,
        Colour::Auto if is_set("CLICOLOR_FORCE") => true,
        Colour::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Known before the grammar is, so that a wrong command line is told in JSON too.
fn wants_json(arguments: &[OsString]) -> bool {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let is_json = |word: &str| matches!(word, "json" | "jsonl");
    let spaced =
        words.windows(2).rev().find(|pair| matches!(pair[0], "-o" | "--output")).map(|pair| is_json(pair[1]));
    let joined = words
        .iter()
        .rev()
        .find_map(|word| word.strip_prefix("--output=").or(word.strip_prefix("-o")))
        .map(is_json);
    spaced
        .or(joined.filter(|found| *found))
        .unwrap_or_else(|| std::env::var("CAREDESK_OUTPUT").is_ok_and(|word| is_json(&word)))
}

/// Help and version are answers; everything else for people is clap's own message, with its proposals.
fn refused_by_grammar(error: &clap::Error, as_json: bool) -> Option<u8> {
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if as_json && !is_answer {
        return None;
    }
    let _ = error.print();
    Some(if is_answer { 0 } else { Kind::Usage.exit_status() })
}

/// The first paragraph of clap's message (the names of missing arguments stand on lines of their own), and its tip as the
/// hint.
fn usage(error: &clap::Error) -> Error {
    let text = error.to_string();
    let lines = text.lines().map(str::trim);
    let first: Vec<&str> = lines.clone().take_while(|line| !line.is_empty()).collect();
    let message = first.join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let tip = lines.clone().find_map(|line| line.strip_prefix("tip: "));
    Error::usage(message).hint(tip.unwrap_or("`caredesk --help` shows the grammar"))
}

fn manual(folder: &std::path::Path) -> Result<()> {
    let unwritable = |error: std::io::Error| {
        Error::invalid("man.folder", format!("`{}` cannot be written: {error}", folder.display()))
    };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    // A page is long help, but the crate leaves out what the short one hides.
    let grammar =
        Cli::command().disable_help_subcommand(true).mut_args(|option| option.hide_short_help(false));
    clap_mangen::generate_to(grammar, folder).map_err(unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_says_what_it_is_for() {
        fn look(command: &Command, missing: &mut Vec<String>) {
            let silent = command.get_arguments().filter(|argument| argument.get_help().is_none());
            missing.extend(silent.map(|argument| format!("{}: {}", command.get_name(), argument.get_id())));
            command.get_subcommands().for_each(|verb| look(verb, missing));
        }
        let mut grammar = Cli::command();
        // Only then are the nouns put together.
        grammar.build();
        let mut missing = Vec::new();
        look(&grammar, &mut missing);
        assert!(missing.is_empty(), "without a word in the help:\n  {}", missing.join("\n  "));
    }

    #[test]
    fn global_options_may_stand_anywhere() {
        for line in ["-o json package list", "package -o json list", "package list -o json"] {
            let words: Vec<OsString> =
                ["caredesk"].into_iter().chain(line.split(' ')).map(OsString::from).collect();
            let quickly = parse_with_one_verb(&words).map(|cli| cli.globals.output);
            assert_eq!(quickly, Some(Format::Json), "{line}");
        }
        // Words that are no nouns here are for the whole grammar to talk about.
        let words = ["caredesk", "package", "lst"].map(OsString::from);
        assert!(parse_with_one_verb(&words).is_none());
    }

    #[test]
    fn the_format_is_known_before_the_grammar() {
        let wants = |line: &str| wants_json(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(wants("caredesk package list -o json"));
        assert!(wants("caredesk --output=jsonl whoami"));
        assert!(wants("caredesk -ojson nonsense"));
        assert!(!wants("caredesk package list -o table"));
    }
}
