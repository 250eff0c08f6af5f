//! A person before a terminal: the prompt, several lines, history, completion, Ctrl-C and Ctrl-D.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use super::settle;
use crate::town::dump;
use crate::world::{Engine, World};

const ENTER: &str = "\r";
const INTERRUPT: &str = "\u{3}";
const END: &str = "\u{4}";
const TAB: &str = "\t";
const UP: &str = "\u{1b}[A";
const SEARCH: &str = "\u{12}";

/// How long something is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// The editor asks where the cursor is: before each line, and when one is begun.
const ASKED: &str = "\u{1b}[6n";
const AT_THE_TOP: &str = "\u{1b}[1;1R";

/// The editor takes pastes, and so the next line.
const READY: &str = "\u{1b}[?2004h";

/// A shell on a terminal of its own, which answers where its cursor is, as terminals do.
struct Screen {
    session: PtySession,
    /// What was drawn since it was last looked for something.
    drawn: String,
}

impl Screen {
    fn start(world: &World, line: &str) -> Screen {
        Screen::of(world.command(line))
    }

    fn of(command: Command) -> Screen {
        let mut screen = Screen::begin(command, "xterm");
        screen.is_asked();
        screen
    }

    fn begin(mut command: Command, terminal: &str) -> Screen {
        command.env("NO_COLOR", "1").env("TERM", terminal).stdin(Stdio::inherit());
        Screen { session: spawn_command(command, None).unwrap(), drawn: String::new() }
    }

    /// What was drawn before the next line can be entered.
    fn is_asked(&mut self) -> String {
        self.sees(READY)
    }

    fn sees(&mut self, text: &str) -> String {
        let began = Instant::now();
        loop {
            self.look();
            if let Some(at) = self.drawn.find(text) {
                let rest = self.drawn.split_off(at + text.len());
                let mut before = std::mem::replace(&mut self.drawn, rest);
                before.truncate(at);
                return before;
            }
            assert!(began.elapsed() < PATIENCE, "no `{text}`: {:?}", self.drawn);
            sleep(Duration::from_millis(5));
        }
    }

    fn look(&mut self) {
        while let Some(letter) = self.session.try_read() {
            self.drawn.push(letter);
            if self.drawn.ends_with(ASKED) {
                self.drawn.truncate(self.drawn.len() - ASKED.len());
                self.types(AT_THE_TOP);
            }
        }
    }

    fn types(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
        self.session.flush().unwrap();
    }

    /// What a line prints, until the next can be entered.
    fn runs(&mut self, line: &str) -> String {
        self.types(&format!("{line}{ENTER}"));
        self.is_asked()
    }

    /// What was drawn last, and the exit status.
    fn ends(&mut self) -> (String, i32) {
        let began = Instant::now();
        loop {
            self.look();
            match self.session.process().status() {
                Some(WaitStatus::StillAlive) => {}
                Some(WaitStatus::Exited(_, status)) => {
                    let rest = self.session.exp_eof().unwrap();
                    return (format!("{}{rest}", self.drawn), status);
                }
                other => panic!("{other:?}"),
            }
            assert!(began.elapsed() < PATIENCE, "it does not end: {:?}", self.drawn);
            sleep(Duration::from_millis(5));
        }
    }
}

fn world() -> World {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world
}

/// The lines that are kept.
fn history(world: &World) -> String {
    let folder = world.path(".local/state/caredesk/history");
    let files = fs::read_dir(folder).map(|files| files.map(|file| file.unwrap().path()).collect::<Vec<_>>());
    files.unwrap_or_default().iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

// Rules 7.50 and 7.52.
#[test]
fn lines_go_on_and_are_dropped() {
    let world = world();
    let mut screen = Screen::start(&world, "shell");
    screen.sees("admin@test> ");
    assert!(screen.runs("whoami -q").contains("admin"));
    screen.types(&format!("provider create 'Never{ENTER}"));
    screen.sees("...> ");
    screen.types(INTERRUPT);
    screen.is_asked();
    screen.types(&format!("provider create \\{ENTER}"));
    screen.sees("...> ");
    assert!(screen.runs("Harbour").contains("Created provider"));
    // What is pasted waits for Enter, and is as many commands as it has lines.
    screen
        .types("\u{1b}[200~provider show harbour -q\nprovider show nothing\nprovider show oak -q\u{1b}[201~");
    screen.sees("oak");
    let said = screen.runs("");
    assert!(
        said.contains("PRV-")
            && said.contains("there is no provider `nothing`")
            && said.contains("PRV-000004"),
        "{said:?}"
    );
    // An error does not end it, nor is it its exit status.
    screen.types(END);
    assert_eq!(screen.ends().1, 0);
    assert_eq!(world.json("provider list").as_array().unwrap().len(), 5);
    for word in ["exit", "quit"] {
        let mut screen = Screen::start(&world, "shell");
        screen.types(&format!("{word}{ENTER}"));
        assert_eq!(screen.ends().1, 0);
    }
}

// Rule 7.52.
#[test]
fn an_interrupt_ends_the_command_and_not_the_shell() {
    let world = world();
    let before = dump(&world);
    let mut command = Command::new("sh");
    command.args(["-c", &format!("echo $$ >process; exec '{}' shell", env!("CARGO_BIN_EXE_caredesk"))]);
    world.enclose(&mut command);
    let mut screen = Screen::of(command);
    screen.types(&format!("account disable rosa{ENTER}"));
    screen.sees("Are you sure");
    screen.types(INTERRUPT);
    let said = screen.is_asked();
    assert!(said.contains("interrupted; nothing was changed"), "{said:?}");
    screen.types(&format!("package wait PKG-000002 --until accepted{ENTER}"));
    sleep(Duration::from_millis(700));
    screen.types(INTERRUPT);
    let said = screen.is_asked();
    assert!(said.contains("interrupted; nothing was changed"), "{said:?}");
    assert_eq!(dump(&world), before);
    // The question is asked again, and answered.
    screen.types(&format!("account disable rosa{ENTER}"));
    screen.sees("Are you sure");
    screen.types("y\r");
    assert!(screen.is_asked().contains("Changed account rosa"));
    assert_ne!(dump(&world), before);
    // A request to end ends it at the prompt, and leaves the terminal as it was.
    let process = world.read("process");
    assert!(Command::new("kill").arg(process.trim()).status().unwrap().success());
    let (rest, status) = screen.ends();
    assert_eq!(status, 130);
    assert!(rest.contains("\u{1b}[?2004l"), "{rest:?}");
}

/// Another writes, and does not end.
fn hold(world: &World) -> Box<dyn std::any::Any> {
    match world.engine() {
        Engine::Sqlite => {
            let other = rusqlite::Connection::open(world.path("test.db")).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            Box::new(other)
        }
        Engine::Postgres => {
            let mut other = postgres::Client::connect(&world.database_name(), postgres::NoTls).unwrap();
            let lock = "BEGIN; LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE";
            other.batch_execute(lock).unwrap();
            Box::new(other)
        }
    }
}

// Rules 7.51 and 7.52.
both_engines!(an_interrupt_ends_what_waits_for_others, |world| {
    settle(world);
    let mut screen = Screen::start(world, "shell");
    screen.runs("provider show oak -q");
    let before = dump(world);
    let other = hold(world);
    screen.types(&format!("provider create Harbour{ENTER}"));
    sleep(Duration::from_millis(700));
    screen.types(INTERRUPT);
    let said = screen.is_asked();
    assert!(said.contains("interrupted; nothing was changed"), "{said:?}");
    drop(other);
    let said = screen.runs("provider create Harbour -q");
    assert!(said.contains("PRV-") && !said.contains("note"), "{said:?}");
    assert_ne!(dump(world), before);
    screen.types(END);
    assert_eq!(screen.ends().1, 0);
});

#[test]
fn a_password_is_asked_for_once_and_not_kept() {
    let world = world();
    world.write("password.txt", "correct horse battery\n");
    world.ok("account set-password rosa --password-file password.txt");
    world.as_user("stranger");
    let mut screen = Screen::begin(world.command("--as rosa shell"), "xterm");
    screen.sees("Password of rosa");
    screen.types("correct horse battery\r");
    screen.is_asked();
    screen.sees("rosa@test> ");
    for _ in 0..2 {
        assert!(screen.runs("whoami -q").contains("rosa"));
    }
    // With another password it is another proof.
    screen.types(&format!("account set-password rosa{ENTER}"));
    for question in ["New password of rosa", "The same again"] {
        screen.sees(question);
        screen.types("another horse battery\r");
    }
    screen.is_asked();
    screen.types(&format!("whoami -q{ENTER}"));
    screen.sees("Password of rosa");
    screen.types("correct horse battery\r");
    assert!(screen.is_asked().contains("not the password"));
    screen.types(END);
    screen.ends();
    assert!(!history(&world).contains("horse"));
}

// Rule 7.55.
#[test]
fn lines_are_kept_for_later_shells_unless_they_are_not_to_be() {
    let world = world();
    let mut screen = Screen::start(&world, "shell");
    screen.runs("provider show oak -q");
    screen.runs(" client show moss -q");
    screen.types(&format!("{SEARCH}oak"));
    screen.sees("provider show oak -q");
    screen.types(INTERRUPT);
    screen.is_asked();
    screen.types(END);
    screen.ends();
    assert_eq!(history(&world), "provider show oak -q\n");
    let folder = world.path(".local/state/caredesk/history");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    assert!(file.file_name().to_str().unwrap().starts_with("test-"));
    for (path, mode) in [(file.path(), 0o600), (folder.clone(), 0o700)] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
    }
    // The next shell has them.
    let mut screen = Screen::start(&world, "shell --no-history");
    assert!(!screen.runs(UP).contains("PRV-000004"));
    screen.types(END);
    screen.ends();
    let mut screen = Screen::start(&world, "shell");
    assert!(screen.runs(UP).contains("PRV-000004"));
    screen.types(END);
    screen.ends();
    assert_eq!(history(&world), "provider show oak -q\n");
}

// Rule 7.50.
#[test]
fn tab_completes_nouns_verbs_options_and_what_is_in_the_database() {
    let world = world();
    let mut screen = Screen::start(&world, "shell");
    for (begun, whole) in [
        ("provi", "provider"),
        ("provider sho", "provider show"),
        ("provider list --act", "provider list --active"),
        ("provider show Oak", "provider show 'Oak House'"),
        ("help prof", "help profiles"),
        ("package show 'PKG-000002", "package show PKG-000002"),
    ] {
        screen.types(&format!("{begun}{TAB}"));
        screen.sees(whole);
        screen.types(INTERRUPT);
        screen.is_asked();
    }
    // Several are shown with the words beside them.
    screen.types(&format!("provider show PRV-{TAB}"));
    screen.sees("PRV-000001");
    screen.sees("Harbour and Old Town");
    screen.types(INTERRUPT);
    screen.is_asked();
    screen.types(END);
    screen.ends();
}

/// One whose cursor cannot be moved.
#[test]
fn a_terminal_that_cannot_be_drawn_on_is_asked_line_by_line() {
    let world = world();
    let mut screen = Screen::begin(world.command("shell"), "dumb");
    screen.sees("admin@test> ");
    screen.types("provider show 'Oak\n");
    screen.sees("...> ");
    screen.types("' -q\n");
    screen.sees("admin@test> ");
    screen.types(END);
    assert_eq!(screen.ends().1, 0);
}
