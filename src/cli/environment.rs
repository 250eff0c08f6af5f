//! Reads the environment of the program: the clock, the user, variables and the terminal.

use std::cell::Cell;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::SystemTime;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use clap::ValueEnum;
use etcetera::BaseStrategy;

use crate::db::PasswordFiles;
use crate::error::{Error, Kind, Result};
use crate::model::operation_key::OperationKey;
use crate::output::terminal;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

/// Build servers may provide a terminal on which no person can answer.
pub(super) fn is_automated() -> bool {
    variable("CI").is_some_and(|value| !matches!(value.as_str(), "0" | "false"))
}

/// An empty variable counts as unset.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Clock, seed, user and terminal can be set in builds made for tests, and only there.
pub(super) fn test_control(name: &str) -> Option<String> {
    if cfg!(debug_assertions) { std::env::var(name).ok() } else { None }
}

/// Whether such a variable sets something in this build.
pub(super) fn is_test_control(name: &OsStr) -> bool {
    cfg!(debug_assertions) && name.as_encoded_bytes().starts_with(b"CAREDESK_TEST_")
}

pub(super) fn now() -> DateTime<Utc> {
    // `Utc::now` panics before 1970.
    let machine = || DateTime::<Utc>::from(SystemTime::now()) + of_another_machine();
    set_clock().unwrap_or_else(machine).trunc_subsecs(3)
}

/// Whether a test stands still in time, or a demo in the past.
pub(super) fn clock_is_set() -> bool {
    set_clock().is_some()
}

fn set_clock() -> Option<DateTime<Utc>> {
    PAST.get().or_else(|| test_control("CAREDESK_TEST_NOW")?.parse().ok())
}

thread_local! {
    /// The instant at which a command of the town of `demo` runs.
    static PAST: Cell<Option<DateTime<Utc>>> = const { Cell::new(None) };
}

pub(super) fn be_at(instant: Option<DateTime<Utc>>) {
    PAST.set(instant);
}

/// By how many seconds the clock of this machine is wrong in a test.
fn of_another_machine() -> TimeDelta {
    let seconds = test_control("CAREDESK_TEST_CLOCK_ERROR").and_then(|text| text.parse().ok());
    TimeDelta::seconds(seconds.unwrap_or(0))
}

pub(super) fn operation_key() -> Result<Option<OperationKey>> {
    let key = variable("CAREDESK_OPERATION_KEY").map(|key| key.parse());
    key.transpose().map_err(|why: String| Error::usage(format!("CAREDESK_OPERATION_KEY: {why}")))
}

/// The processor and the system that the program was built for.
pub(super) fn target() -> String {
    format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}

/// It is looked up once: each line of a batch asks for it.
pub(super) fn operating_system_user() -> String {
    static USER: LazyLock<String> = LazyLock::new(|| {
        let set = test_control("CAREDESK_TEST_USER").or_else(|| whoami::username().ok());
        set.unwrap_or_else(|| "unknown".to_owned())
    });
    USER.clone()
}

pub(super) fn default_file() -> Result<PathBuf> {
    let strategy = etcetera::choose_base_strategy().map_err(|_error| {
        Error::new(
            Kind::Environment,
            "environment.home",
            "there is no home directory to keep the database in",
        )
        .hint("name the database with `--db`")
    })?;
    Ok(strategy.data_dir().join("caredesk").join("caredesk.db"))
}

/// `caredesk/config.toml` where configurations belong on this system.
pub(super) fn configuration_file() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("caredesk").join("config.toml"))
}

/// `caredesk/seal.key` beside the configuration: away from the database, whose keeper it is to be compared with.
pub(super) fn seal_key() -> Option<PathBuf> {
    Some(configuration_file()?.with_file_name("seal.key"))
}

/// `caredesk` where what a program remembers belongs on this system.
pub(super) fn state_folder() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("caredesk"))
}

/// Whether the terminal can be drawn on, which one without a moving cursor cannot.
pub(super) fn has_moving_cursor() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

pub(super) fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok()
}

/// The file of the settings, and where libpq looks.
pub(super) fn database_passwords(own: Option<PathBuf>) -> PasswordFiles {
    let shared = std::env::var_os("PGPASSFILE").filter(|path| !path.is_empty()).map(PathBuf::from);
    let at_home = || {
        let name = if cfg!(windows) { "AppData/Roaming/postgresql/pgpass.conf" } else { ".pgpass" };
        home().map(|home| home.join(name))
    };
    PasswordFiles { own, shared: shared.or_else(at_home), user: operating_system_user() }
}

/// The width to draw in; none if stdout is no terminal.
pub(super) fn width() -> Option<usize> {
    let set = test_control("CAREDESK_TEST_TERMINAL").and_then(|width| width.parse().ok());
    set.or_else(|| terminal::out_is_one().then(|| columns().unwrap_or_else(terminal::width)))
}

pub(super) fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|width| *width > 0)
}

pub(super) fn colour(wanted: Colour, is_terminal: bool) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match wanted {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if is_set("NO_COLOR") => false,
        Colour::Auto if is_set("CLICOLOR_FORCE") => true,
        Colour::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Refused: `--db` for a command that works on a database of its own. `CAREDESK_DB` is no mistake there.
pub(super) fn must_not_name_database() -> Result<()> {
    let names =
        |word: OsString| word.to_str().is_some_and(|word| word == "--db" || word.starts_with("--db="));
    if std::env::args_os().any(names) {
        return Err(Error::usage("`demo` makes a database of its own and takes no `--db`")
            .hint("`--into FILE` leaves a town in a file"));
    }
    Ok(())
}
