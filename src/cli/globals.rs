//! The options that every command takes, and the run that follows from them.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::environment::{self, Colour};
use super::settings::{OnLine, Settings};
use super::trace;
use super::within::{Whole, Within};
use crate::context::{At, Clock, Identity, Keys, MailSettings, Run};
use crate::db::{self, Location};
use crate::error::{Error, Kind, Result};
use crate::file::{self, Input, Mode};
use crate::model::operation_key::{CommandWords, OperationKey};
use crate::model::setting::Setting;
use crate::model::zone::Zone;
use crate::output::target::Target;
use crate::output::{DisabledLogins, Format, Output, ask, terminal};

/// The maximum width of a drawing, which takes memory for its width.
const WIDEST_DRAWING: usize = 1_000;

#[derive(Args, Clone)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// The database: a file, or `postgres://user:password@host/database`
    #[arg(long, global = true, env = "CAREDESK_DB", hide_env_values = true, value_name = "PATH|URL")]
    pub(super) db: Option<String>,
    /// The settings of this profile of the configuration: `caredesk help profiles`
    #[arg(long, global = true, env = "CAREDESK_PROFILE", hide_env_values = true, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// Act as another account
    #[arg(long = "as", global = true, env = "CAREDESK_AS", value_name = "LOGIN")]
    pub(super) acting: Option<String>,
    /// How to print results [default: table]
    #[arg(short, long, global = true, env = "CAREDESK_OUTPUT", value_name = "FORMAT")]
    pub(super) output: Option<Format>,
    /// Write the result into this file; its ending chooses the format where `--output` does not
    #[arg(long, global = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) out: Option<Target>,
    /// Replace files that exist
    #[arg(long, global = true, hide_short_help = true)]
    pub(super) overwrite: bool,
    /// Print only these columns, in this order; with signs more or less than the usual ones: `+note,-status`
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_delimiter = ',',
        value_name = "A,B",
        allow_hyphen_values = true
    )]
    pub(super) columns: Option<Vec<String>>,
    /// Make CSV output safe to open in a spreadsheet
    #[arg(long = "for", global = true, hide_short_help = true, value_name = "PROGRAM")]
    pub(super) reader: Option<Reader>,
    /// When to use colour [default: auto]
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "CAREDESK_COLOR",
        hide_env_values = true,
        value_name = "WHEN"
    )]
    pub(super) color: Option<Colour>,
    /// Print only codes, without notes
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Also print each statement with its time, and the code and the causes of an error; twice (-vv) which indexes
    /// are used
    #[arg(short, long, global = true, hide_short_help = true, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
    /// Name this change: the same key again gives the same answer and does nothing;
    /// `CAREDESK_OPERATION_KEY` does the same
    #[arg(long, global = true, hide_short_help = true, value_name = "KEY")]
    pub(super) operation_key: Option<OperationKey>,
    /// Answer yes to every confirmation
    #[arg(short, long, global = true)]
    pub(super) yes: bool,
    /// Show what would change, and change nothing
    #[arg(long, global = true)]
    pub(super) dry_run: bool,
    /// With --dry-run: exit with status 11 if something would change
    #[arg(long, global = true, hide_short_help = true, requires = "dry_run")]
    pub(super) exit_code: bool,
    /// Go on although the clock seems wrong, which only admins may
    #[arg(long, global = true, hide_short_help = true)]
    pub(super) even_so: bool,
    /// How long a change waits while another is being made, such as 30s or 2min [default: 30s]
    #[arg(long, global = true, hide_short_help = true, env = "CAREDESK_LOCK_TIMEOUT", hide_env_values = true, value_name = "DURATION", value_parser = db::duration)]
    pub(super) lock_timeout: Option<Duration>,
    /// Which server what only reads is read from, where the address names several hosts; a change always goes to the
    /// primary [default: primary]
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "CAREDESK_READ_FROM",
        hide_env_values = true,
        value_name = "SERVER"
    )]
    pub(super) read_from: Option<ReadFrom>,
    /// Never prompt, even on a terminal; CI=1 does the same
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "CAREDESK_NO_INPUT",
        value_parser = clap::builder::FalseyValueParser::new(),
        hide_env_values = true
    )]
    pub(super) no_input: bool,
    /// The database of a demo, in place of `--db`.
    #[arg(skip)]
    pub(super) database: Option<Location>,
    /// `--at` of verbs that show how all stood.
    #[arg(skip)]
    pub(super) at: Option<At>,
    /// What the line asks for, for the operation key.
    #[arg(skip)]
    pub(super) command: CommandWords,
    /// What the line itself says of settings.
    #[arg(skip)]
    pub(super) on_line: OnLine,
    /// Where each setting comes from.
    #[arg(skip)]
    pub(super) settings: Settings,
    /// What a line of a batch or of a shell is run in.
    #[arg(skip)]
    pub(super) within: Option<Within>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Reader {
    Excel,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReadFrom {
    /// The server that takes changes.
    Primary,
    /// A standby, which may be some seconds behind; the primary where none is at hand.
    Replica,
}

fn new_keys() -> Rc<RefCell<Keys>> {
    let seed = environment::test_control("CAREDESK_TEST_SEED").and_then(|seed| seed.parse().ok());
    Rc::new(RefCell::new(Keys::new(seed)))
}

impl Globals {
    pub(super) fn location(&self) -> Result<Location> {
        if let Some(database) = &self.database {
            return Ok(database.clone());
        }
        let location: Location = match self.db.as_ref().filter(|location| !location.is_empty()) {
            Some(location) => location.parse()?,
            None => Location::File(environment::default_file()?),
        };
        let is_replica = self.read_from == Some(ReadFrom::Replica);
        Ok(if is_replica { location.reading_from_replica() } else { location })
    }

    /// Sends results where `--out` says. `mode` is that of the file. Returns whether there is one.
    pub(super) fn redirect(&self, mode: Mode) -> Result<bool> {
        if let Ok(location) = self.location() {
            location.files().iter().for_each(|path| file::protect(path));
        }
        self.out.as_ref().map_or(Ok(false), |out| out.redirect(mode, self.overwrite))
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

    /// How to print.
    pub(super) fn for_output(&mut self) -> Result<Output> {
        let (format, width) = (self.format()?, self.width());
        let colour = self.color.unwrap_or(Colour::Auto);
        if !environment::colour(colour, terminal::err_is_one()) {
            ask::without_colour();
        }
        Ok(Output {
            format,
            columns: self.columns.take(),
            quiet: self.quiet,
            verbose: self.verbose > 0,
            spreadsheet: self.reader.is_some(),
            colour: environment::colour(colour, width.is_some() && terminal::out_is_one()),
            width,
            drawing_width: width.or_else(environment::columns).unwrap_or(80).min(WIDEST_DRAWING),
            zone: Zone::utc(),
            now: environment::now(),
            dry_run: self.dry_run,
            disabled_logins: DisabledLogins::default(),
            listener: self.within.as_ref().and_then(|within| within.listener.clone()),
        })
    }

    pub(super) fn into_run(mut self) -> Result<Run> {
        let out = self.for_output()?;
        let of_file = |setting| self.settings.value(setting).map(PathBuf::from);
        let location = self.location()?;
        let passwords = environment::database_passwords(of_file(Setting::DbPasswordFile));
        let (location, is_usual) =
            if let Some(within) = self.within.as_ref().filter(|within| within.connection.is_some()) {
                (location, within.is_usual)
            } else {
                let is_usual = self.database.is_some() || self.settings.is_usual(&location);
                (location.with_password(&passwords)?, is_usual)
            };
        let whole = self.within.as_ref().map(|within| within.whole);
        // What a batch says of these is of all its lines.
        if whole != Some(Whole::Batch) {
            db::wait_for_locks(self.lock_timeout);
            trace::begin(self.verbose, out.format);
        }
        Ok(Run {
            location,
            passwords,
            is_usual,
            now: out.now,
            clock: Clock::new(environment::now, !environment::clock_is_set()),
            even_so: self.even_so,
            mail_settings: MailSettings {
                server: self.settings.value(Setting::Smtp),
                from: self.settings.value(Setting::SmtpFrom),
            },
            seal_key: of_file(Setting::SealKey).or_else(environment::seal_key),
            identity: Identity {
                user: environment::operating_system_user(),
                wanted: self.acting.filter(|login| !login.is_empty()),
                password_file: of_file(Setting::PasswordFile).map(Input::from),
                sets_password: false,
            },
            keys: self.within.as_ref().map_or_else(new_keys, |within| Rc::clone(&within.keys)),
            operation_key: match self.operation_key {
                // That of the environment is of the whole batch, and a shell takes none.
                None if self.within.is_none() => environment::operation_key()?,
                key => key,
            },
            connection: self.within.and_then(|within| within.connection),
            is_of_shell: whole.is_some_and(|whole| whole != Whole::Batch),
            is_portal: whole == Some(Whole::Restricted),
            at: self.at,
            command: self.command,
            yes: self.yes,
            dry_run: self.dry_run,
            overwrite: self.overwrite,
            tells_by_exit_status: self.exit_code,
            may_ask: !self.no_input
                && !environment::is_automated()
                && out.format == Format::Table
                && ask::is_interactive(),
            out,
        })
    }
}
