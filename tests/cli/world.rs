//! A small closed world for one story: a directory, a database, a clock, a user; and the program run inside it.

use std::cell::RefCell;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};
use std::{env, fs, thread};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use rusqlite::fallible_iterator::FallibleIterator as _;
use serde_json::Value;
use signal_hook::consts::SIGINT;
use tempfile::TempDir;

use crate::postgres::{self, Database};
use crate::{schema, words};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What a command left behind. A process ended by a signal has the status 128 + its number, as in a shell.
#[derive(Debug)]
pub struct Answer {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

/// Everything a command can see. Commands run in the world's own directory with nothing of the outer environment but PATH.
pub struct World {
    pub directory: TempDir,
    pub database: Option<Database>,
    pub conditions: RefCell<Conditions>,
}

/// What the next command will meet beside files and database.
#[derive(Clone, PartialEq, Eq)]
pub struct Conditions {
    now: DateTime<Utc>,
    seed: u64,
    user: String,
    variables: Vec<(String, String)>,
    names: Vec<(String, String)>,
}

impl Default for Conditions {
    /// It is 2026-11-22T09:00:00Z, the user is `admin`, the seed of the codes is 1.
    fn default() -> Self {
        Conditions {
            now: "2026-11-22T09:00:00Z".parse().expect("an instant"),
            seed: 1,
            user: "admin".to_owned(),
            variables: vec![],
            names: vec![],
        }
    }
}

/// Runs a story in a new world. Where PostgreSQL is not installed its half is skipped aloud, or fails if
/// `CAREDESK_REQUIRE_POSTGRES` is 1.
pub fn tell(engine: Engine, story_name: &str, story: fn(&World)) {
    let name = story_name.trim_start_matches("cli::");
    if engine == Engine::Postgres {
        if env::var_os("UPDATE_EXPECT").is_some() {
            // Both halves share one snapshot, and it can be written only once.
            return aloud(&format!("SKIPPED {name}::postgres: snapshots are written by the SQLite half"));
        }
        if !postgres::is_installed() {
            let why = "PostgreSQL is not installed (apt-get install postgresql)";
            let required = env::var("CAREDESK_REQUIRE_POSTGRES").is_ok_and(|value| value == "1");
            assert!(!required, "{name}::postgres: {why}, and CAREDESK_REQUIRE_POSTGRES=1");
            return aloud(&format!("SKIPPED {name}::postgres: {why}"));
        }
    }
    story(&World::new(engine));
}

/// Says it on the real stderr, past the capture of the test runner.
pub fn aloud(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A file under `tests/fixtures`; in transcripts it reads `<FIXTURES>/name`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Real data, which is not ours to pass on: beside the checkout, or where `CAREDESK_TEST_DATA` says. Its absence is said
/// aloud.
pub fn real(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let path = env::var_os("CAREDESK_TEST_DATA").map_or_else(beside, PathBuf::from).join(name);
    if path.exists() {
        return Some(path);
    }
    aloud(&format!("SKIPPED: there is no {}", path.display()));
    None
}

/// In the background of a shell interrupts are ignored, and what is started there inherits that: a process that takes them hands on
/// what is usual.
static INTERRUPTS: LazyLock<()> = LazyLock::new(|| {
    signal_hook::flag::register_conditional_default(SIGINT, Arc::new(AtomicBool::new(true))).unwrap();
});

impl World {
    /// Nothing exists in it yet.
    pub fn new(engine: Engine) -> Self {
        LazyLock::force(&INTERRUPTS);
        World {
            directory: temporary_directory(),
            database: (engine == Engine::Postgres).then(Database::new),
            conditions: RefCell::default(),
        }
    }

    pub fn engine(&self) -> Engine {
        if self.database.is_some() { Engine::Postgres } else { Engine::Sqlite }
    }

    /// The instant of the next command, RFC 3339. Each command takes one second.
    pub fn at(&self, instant: &str) {
        self.conditions.borrow_mut().now =
            instant.parse().unwrap_or_else(|fault| panic!("`{instant}`: {fault}"));
    }

    /// When the next command runs.
    pub fn now(&self) -> DateTime<Utc> {
        self.conditions.borrow().now
    }

    /// The seed of the codes of the next command: worlds that begin with the same draw the same codes.
    pub fn seed(&self, seed: u64) {
        self.conditions.borrow_mut().seed = seed;
    }

    /// Who is logged in to the operating system from now on.
    pub fn as_user(&self, login: &str) {
        login.clone_into(&mut self.conditions.borrow_mut().user);
    }

    /// Who is.
    pub fn user(&self) -> String {
        self.conditions.borrow().user.clone()
    }

    /// Sets a variable of the environment for all following commands.
    pub fn set(&self, variable: &str, value: &str) {
        self.conditions.borrow_mut().variables.push((variable.to_owned(), value.to_owned()));
    }

    /// From now on transcripts call this `name`, for example `<PORT>`, and so may their commands. What has an empty name
    /// is left out of them.
    pub fn call(&self, name: &str, what: &str) {
        self.conditions.borrow_mut().names.push((name.to_owned(), what.to_owned()));
    }

    /// Runs one command, for example `provider create 'Acme Care'`, without an input.
    pub fn run(&self, line: &str) -> Answer {
        self.run_args(&words::split(line))
    }

    /// The same with arguments that are already apart.
    pub fn run_args<S: AsRef<str>>(&self, arguments: &[S]) -> Answer {
        self.checked(arguments, answer(self.command_args(arguments).output().expect("the program starts")))
    }

    /// The answer of a command, after its JSON was compared with its schema.
    fn checked<S: AsRef<str>>(&self, arguments: &[S], answer: Answer) -> Answer {
        let words: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
        let conditions = self.conditions.borrow();
        let format = conditions.variables.iter().rev().find(|(name, _)| name == "CAREDESK_OUTPUT");
        schema::check(&words, format.map(|(_, value)| value.as_str()), &answer);
        answer
    }

    /// Runs one command that reads these bytes from its standard input.
    pub fn run_with_input(&self, line: &str, input: &[u8]) -> Answer {
        let mut command = self.command(line);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (mut pipe, input) = (child.stdin.take().expect("a pipe"), input.to_vec());
        // A program may end without reading everything; then the rest is lost as it is in a shell.
        let writer = thread::spawn(move || drop(pipe.write_all(&input)));
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("the input is written");
        self.checked(&words::split(line), answer(output))
    }

    /// Runs a command that must succeed; its stdout.
    pub fn ok(&self, line: &str) -> String {
        let Answer { stdout, stderr, status } = self.run(line);
        assert_eq!(status, 0, "$ caredesk {line}\n{stdout}{stderr}");
        stdout
    }

    /// Runs a command that must succeed, with JSON as its output format.
    pub fn json(&self, line: &str) -> Value {
        let Answer { stdout, stderr, status } = self.run_json(line);
        assert_eq!(status, 0, "$ caredesk {line}\n{stdout}{stderr}");
        serde_json::from_str(&stdout).unwrap_or_else(|fault| panic!("$ caredesk {line}\n{stdout}\n{fault}"))
    }

    /// Runs one command with JSON as its output format, whatever it answers.
    pub fn run_json(&self, line: &str) -> Answer {
        let mut command = self.command(line);
        let answer = answer(command.env("CAREDESK_OUTPUT", "json").output().expect("the program starts"));
        let words = words::split(line);
        schema::check(&words.iter().map(String::as_str).collect::<Vec<_>>(), Some("json"), &answer);
        answer
    }

    /// What a story shows of these commands, for tests that compare two answers with each other.
    pub fn transcript(&self, lines: &[&str]) -> String {
        let mut text = String::new();
        for line in lines {
            text += &written(line, &self.run(line));
        }
        self.without_names_of_this_run(&text)
    }

    /// The command, ready to be started, for stories that need several at once. It counts as run.
    pub fn command(&self, line: &str) -> Command {
        self.command_args(&words::split(line))
    }

    /// Where the program finds its database: a path or a URL.
    pub fn database_name(&self) -> String {
        let file = || self.path("test.db").display().to_string();
        self.database.as_ref().map_or_else(file, Database::url)
    }

    /// PostgreSQL's database through its socket in the file system.
    pub fn socket_url(&self) -> Option<String> {
        self.database.as_ref().map(Database::socket_url)
    }

    /// A path inside the world; commands may also name it without its directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Puts a file into the world. It is its owner's alone, as those that hold passwords have to be.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(self.path(name));
        file.and_then(|mut file| file.write_all(content.as_ref()))
            .unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }

    /// The text of a file in the world.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    /// Runs SQL past the program, for stories that tamper with the database or look underneath. Rows come back as text;
    /// what an engine prints in its own way (booleans, instants, blobs) differs between the two.
    pub fn sql(&self, text: &str) -> Vec<Vec<Option<String>>> {
        self.database
            .as_ref()
            .map_or_else(|| sqlite_rows(&self.path("test.db"), text), |database| database.sql(text))
    }

    /// Empties the world: no file, and nothing in the database.
    pub fn clear(&self) {
        for entry in fs::read_dir(self.path("")).expect("the world").map(|entry| entry.expect("a file")) {
            fs::remove_file(entry.path())
                .unwrap_or_else(|fault| panic!("{}: {fault}", entry.path().display()));
        }
        self.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    /// One query where a transaction stands at this instant of this day, which views of what is shared ask for.
    pub fn sql_at(&self, instant: &str, day: &str, query: &str) -> Vec<Vec<String>> {
        let rows = match &self.database {
            None => sqlite_rows_at(&self.path("test.db"), instant, day, query),
            Some(database) => database
                .sql(&format!(
                    "SELECT set_config('caredesk.instant', '{instant}', FALSE), set_config('caredesk.day', '{day}', FALSE); {query}"
                ))
                .split_off(1),
        };
        rows.into_iter().map(|row| row.into_iter().flatten().collect()).collect()
    }

    /// Runs statements on SQLite only; on PostgreSQL nothing is done.
    pub fn sqlite(&self, text: &str) {
        if self.engine() == Engine::Sqlite {
            self.sql(text);
        }
    }

    /// The same on PostgreSQL only; on SQLite nothing is done.
    pub fn psql(&self, text: &str) {
        if self.engine() == Engine::Postgres {
            self.sql(text);
        }
    }

    fn command_args<S: AsRef<str>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments.iter().map(AsRef::as_ref));
        self.enclose(&mut command);
        command
    }

    /// Gives the command this world's directory and environment in place of ours, and moves the clock and the seed on.
    pub fn enclose(&self, command: &mut Command) {
        let mut conditions = self.conditions.borrow_mut();
        let now = conditions.now.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        command.current_dir(self.directory.path()).stdin(Stdio::null());
        command.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.directory.path()).env("TZ", "UTC").env("COLUMNS", "100");
        command.env("CAREDESK_DB", self.database_name());
        command.env("CAREDESK_TEST_NOW", now);
        command.env("CAREDESK_TEST_SEED", conditions.seed.to_string());
        command.env("CAREDESK_TEST_USER", &conditions.user);
        command.envs(conditions.variables.iter().cloned());
        conditions.now += TimeDelta::seconds(1);
        conditions.seed += 1;
    }

    /// `<DB>`, `<DIR>`, `<FIXTURES>` and the names of `call`, with what they stand for.
    fn names_of_this_run(&self) -> Vec<(String, String)> {
        let own = [
            ("<DB>", self.database_name()),
            ("<DIR>", self.directory.path().display().to_string()),
            ("<FIXTURES>/", fixture("").display().to_string()),
        ];
        let own = own.map(|(name, what)| (name.to_owned(), what));
        own.into_iter().chain(self.conditions.borrow().names.iter().cloned()).collect()
    }

    pub fn with_names_of_this_run(&self, line: &str) -> String {
        let names = self.names_of_this_run();
        let names = names.iter().filter(|(name, _)| !name.is_empty());
        names.fold(line.to_owned(), |line, (name, what)| line.replace(name, what))
    }

    pub fn without_names_of_this_run(&self, text: &str) -> String {
        self.names_of_this_run().iter().fold(text.to_owned(), |text, (name, what)| text.replace(what, name))
    }
}

/// The program built with these tests, or the one that `CAREDESK_TEST_PROGRAM` names, such as an optimised one.
fn program() -> OsString {
    env::var_os("CAREDESK_TEST_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_caredesk").into())
}

/// In memory where there is such a place: a change is written through to the disk, and on a real one that takes time.
fn temporary_directory() -> TempDir {
    let prefix = "caredesk-world-";
    TempDir::with_prefix_in(prefix, "/dev/shm")
        .or_else(|_| TempDir::with_prefix(prefix))
        .expect("a temporary directory")
}

/// One command and what a person would see of its answer: the command after `$`, then stdout as it is, then each line of
/// stderr after `2> `, then `[exit N]` unless N is 0.
pub fn written(line: &str, answer: &Answer) -> String {
    let mut text = format!("$ caredesk {line}\n{}", answer.stdout);
    if !text.ends_with('\n') {
        text += "\n[no newline]\n";
    }
    for line in answer.stderr.lines() {
        text += format!("2> {line}").trim_end();
        text += "\n";
    }
    if answer.status != 0 {
        let _ = writeln!(text, "[exit {}]", answer.status);
    }
    text
}

/// A panic is never the answer to anything, so it fails the story at once.
pub fn answer(output: Output) -> Answer {
    let status = output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or_default());
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let is_workbook = output.stdout.starts_with(b"PK\x03\x04");
    let stdout = if is_workbook { unpacked(output.stdout) } else { text(output.stdout) };
    let stderr = text(output.stderr);
    assert!(status != 101 && !stderr.contains("panicked at"), "the program panicked:\n{stderr}");
    Answer { stdout, stderr, status }
}

/// The files in a workbook, one after the other.
fn unpacked(workbook: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a whole workbook");
    let mut text = String::new();
    for at in 0..archive.len() {
        archive
            .by_index(at)
            .expect("a part of it")
            .read_to_string(&mut text)
            .expect("it is written in UTF-8");
    }
    text
}

fn sqlite_rows(file: &Path, text: &str) -> Vec<Vec<Option<String>>> {
    rows_of(&rusqlite::Connection::open(file).unwrap_or_else(|fault| panic!("{text}: {fault}")), text)
}

fn sqlite_rows_at(file: &Path, instant: &str, day: &str, query: &str) -> Vec<Vec<Option<String>>> {
    use rusqlite::functions::FunctionFlags;
    let connection = rusqlite::Connection::open(file).unwrap();
    for (name, value) in [("run_instant", instant.to_owned()), ("run_day", day.to_owned())] {
        let flags = FunctionFlags::SQLITE_UTF8
            | FunctionFlags::SQLITE_DETERMINISTIC
            | FunctionFlags::SQLITE_INNOCUOUS;
        connection.create_scalar_function(name, 0, flags, move |_| Ok(value.clone())).unwrap();
    }
    rows_of(&connection, query)
}

fn rows_of(connection: &rusqlite::Connection, text: &str) -> Vec<Vec<Option<String>>> {
    let complain = |fault: rusqlite::Error| -> ! { panic!("{text}: {fault}") };
    let mut rows_as_text = Vec::new();
    let mut statements = rusqlite::Batch::new(connection, text);
    while let Some(mut statement) = statements.next().unwrap_or_else(|fault| complain(fault)) {
        let width = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().unwrap_or_else(|fault| complain(fault)) {
            rows_as_text.push((0..width).map(|column| sqlite_text(row.get_ref(column).unwrap())).collect());
        }
    }
    rows_as_text
}

fn sqlite_text(value: rusqlite::types::ValueRef<'_>) -> Option<String> {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Some(format!("{bytes:02x?}")),
    }
}
