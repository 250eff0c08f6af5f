//! Questions, answered on a real terminal: rule 6.3, and that nothing waits where there is no person to answer.

use std::process::Stdio;

use expect_test::expect;
use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::town::{dump, settle};
use crate::world::{Engine, World, answer};
use crate::{commands, tables};

const SPACE: &str = " ";
const ENTER: &str = "\r";
const ESCAPE: &str = "\u{1b}";
const RIGHT: &str = "\u{1b}[C";
const INTERRUPT: &str = "\u{3}";

/// A command that runs on a terminal of its own.
struct Terminal(PtySession);

impl Terminal {
    fn start(world: &World, line: &str) -> Terminal {
        let mut command = world.command(line);
        command.env("NO_COLOR", "1").stdin(Stdio::inherit());
        Terminal(spawn_command(command, Some(20_000)).unwrap())
    }

    /// Waits until this has been drawn, and gives what was drawn before it.
    fn sees(&mut self, text: &str) -> String {
        self.0.exp_string(text).unwrap_or_else(|error| panic!("no `{text}`: {error}"))
    }

    fn types(&mut self, keys: &str) {
        self.0.send(keys).unwrap();
        self.0.flush().unwrap();
    }

    /// What was drawn last, and the exit status.
    fn ends(&mut self) -> (String, i32) {
        let rest = self.0.exp_eof().unwrap();
        match self.0.process().wait().unwrap() {
            WaitStatus::Exited(_, status) => (rest, status),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn visits_and_providers_are_ticked() {
    let world = town();
    let mut terminal = Terminal::start(&world, "outsource create REF-00000A --reference winter");
    terminal.sees("Visits of REF-00000A:");
    assert!(!terminal.sees("esc leaves").contains("[x]"), "something is ticked at first");
    terminal.types(ENTER);
    terminal.sees("tick at least one");
    terminal.types("002");
    terminal.sees("[ ] VIS-000002");
    terminal.types(SPACE);
    terminal.sees("[x] VIS-000002");
    terminal.types(ENTER);
    terminal.sees("Visits of REF-00000A: 1 visit");
    terminal.sees("Providers to ask:");
    // The filter is emptied once it has served.
    for provider in ["birch", "acme"] {
        terminal.types(provider);
        terminal.types(SPACE);
        terminal.sees("[x]");
    }
    terminal.types(ENTER);
    terminal.sees("Providers to ask: 1 visit to 2 providers");
    let (rest, status) = terminal.ends();
    assert!(
        rest.contains("(winter): 1 visit of REF-00000A, offered to Acme Care, Birch Homecare;"),
        "{rest}"
    );
    assert_eq!(status, 0);
}

#[test]
fn many_providers_are_asked_about_once_more() {
    let world = town();
    for number in 1..=4 {
        world.ok(&format!("provider create 'House {number}'"));
    }
    let before = dump(&world);
    for (answer, status) in [(ENTER, 10), ("n\r", 10), (ESCAPE, 10), ("y\r", 0)] {
        assert_eq!(dump(&world), before);
        let mut terminal = Terminal::start(&world, "outsource create REF-00000A --all-visits");
        terminal.sees("Providers to ask:");
        terminal.types(RIGHT);
        terminal.types(ENTER);
        terminal.sees("4 visits to 7 providers");
        terminal.sees("Offer 4 visits to 7 providers? (y/N)");
        terminal.types(answer);
        let (rest, ended) = terminal.ends();
        assert_eq!(ended, status, "{rest}");
    }
    assert_ne!(dump(&world), before);
}

#[test]
fn escape_leaves_and_an_interrupt_gives_the_cursor_back() {
    let world = town();
    let before = dump(&world);
    for line in [
        "outsource create REF-00000A",
        "outsource create REF-00000A --all-visits",
        "account set-password stan",
    ] {
        for (key, status) in [(ESCAPE, 10), (INTERRUPT, 130)] {
            let mut terminal = Terminal::start(&world, line);
            terminal.sees(if line.starts_with("account") { "New password of stan" } else { "esc leaves" });
            terminal.types(key);
            let (rest, ended) = terminal.ends();
            assert_eq!(ended, status, "{line}: {rest}");
            assert!(rest.rfind("\u{1b}[?25h") >= rest.rfind("\u{1b}[?25l"), "{line}: {rest:?}");
            assert!(rest.contains("nothing was changed"), "{line}: {rest}");
        }
    }
    assert_eq!(dump(&world), before);
}

#[test]
fn a_password_is_asked_for_twice_and_not_shown() {
    let world = town();
    let mut terminal = Terminal::start(&world, "account set-password stan");
    let password = "correct horse";
    for (question, word) in [
        ("New password of stan", password),
        ("The same again", "another one"),
        ("New password of stan", password),
        ("The same again", password),
    ] {
        assert!(!terminal.sees(question).contains("horse"));
        terminal.types(&format!("{word}{ENTER}"));
    }
    let (rest, status) = terminal.ends();
    assert!(!rest.contains("horse"), "{rest}");
    assert_eq!(status, 0, "{rest}");
}

// Rule 2.10.
#[test]
fn a_first_password_is_replaced_before_anything_else() {
    let world = town();
    world.ok("account invite stan --file stan.csv");
    let file = world.read("stan.csv");
    let first = file.trim_end().rsplit(',').next().unwrap();
    world.as_user("stranger");
    let mut terminal = Terminal::start(&world, "whoami --as stan --columns level");
    for (question, word) in [
        ("Password of stan", first),
        ("New password of stan", "correct horse"),
        ("The same again", "correct horse"),
    ] {
        terminal.sees(question);
        terminal.types(&format!("{word}{ENTER}"));
    }
    let (rest, status) = terminal.ends();
    assert!(rest.contains("standard") && !rest.contains("horse"), "{rest}");
    assert_eq!(status, 0, "{rest}");
    world.write("own", "correct horse");
    world.set("CAREDESK_PASSWORD_FILE", "own");
    assert_eq!(world.ok("whoami --as stan -q"), "stan\n");
    world.as_user("admin");
    assert_eq!(world.json("audit list --limit 1")[0]["action"], "account.set-password");
}

#[test]
fn nothing_is_asked_where_it_was_ruled_out() {
    let world = town();
    let asked = |variable: &str, value: &str, option: &str| {
        let mut command = world.command(&format!("outsource create REF-00000A {option}"));
        command.env(variable, value).stdin(Stdio::inherit());
        Terminal(spawn_command(command, Some(20_000)).unwrap())
    };
    for (variable, value, option) in [
        ("CI", "1", ""),
        ("CI", "true", ""),
        ("CAREDESK_NO_INPUT", "1", ""),
        ("CI", "", "--no-input"),
        ("CI", "", "--yes"),
        ("CI", "", "-o json"),
    ] {
        let (rest, status) = asked(variable, value, option).ends();
        assert_eq!(status, 2, "{variable}={value} {option}: {rest}");
        assert!(rest.contains("--all-visits"), "{rest}");
    }
    for value in ["", "0", "false"] {
        let mut terminal = asked("CI", value, "");
        terminal.sees("esc leaves");
        terminal.types(ESCAPE);
        assert_eq!(terminal.ends().1, 10);
    }
    // Without a terminal there is no need to say so.
    let refused = answer(world.command("outsource create REF-00000A").output().unwrap());
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{}", refused.stderr);
}

/// What is on the screen when the question is asked.
fn preview(world: &World, line: &str, columns: &str, question: &str) -> (Terminal, String) {
    let mut command = world.command(line);
    command.env("NO_COLOR", "1").env("COLUMNS", columns).stdin(Stdio::inherit());
    let mut terminal = Terminal(spawn_command(command, Some(20_000)).unwrap());
    // It reads bytes as letters.
    let bytes: Vec<u8> = terminal.sees(question).chars().filter_map(|byte| u8::try_from(byte).ok()).collect();
    let shown = String::from_utf8(bytes).unwrap().replace('\r', "");
    let shown = shown.rsplit_once('\n').map_or(shown.as_str(), |(shown, _)| shown);
    let shown: Vec<&str> = shown.lines().map(str::trim_end).collect();
    (terminal, shown.join("\n") + "\n")
}

const PEOPLE: &str = "Nr,LAST,First name,Born,Phone\n\
    1,Able,Ann,03/04/1950,020\n\
    2,王氏居家照護服務股份有限公司,小明,04/04/1950,\n\
    3,O\u{1b}[31mX,Bob,05/04/1950,\n\
    4,A very long name that goes on and on until it is far too long for any cell of a table,Di,,\n\
    5,Fox,\"Eve\nAnn\",13/04/1950,\n\
    6,Goo,Flo,14/04/1950,\n\
    7,Hill,Gil,15/04/1950,\n";

const IMPORT_PEOPLE: &str = "client import people.csv --map id=Nr --map family=LAST --map given='First name' \
    --map birth_date=Born --date-format dmy --keep-going";

// Rule 5.2.
#[test]
fn the_first_import_is_shown_and_asked_about() {
    let world = town();
    world.write("people.csv", PEOPLE);
    let before = dump(&world);
    let question = "Import 7 rows (6 new, 1 rejected)? (y/N)";
    let (mut terminal, shown) = preview(&world, IMPORT_PEOPLE, "80", question);
    expect![[r#"
        note: people.csv: a column that is not known, and left aside: `Phone` (1 value,
              perhaps `phones`).
        rejected: people.csv line 4: column `LAST` holds the control character U+001B
        The first rows, as they would be taken:

        ROW  GIVEN    FAMILY                                      BIRTH DATE  ID  STATUS
          2  Ann      Able                                        1950-04-03  1   active
          3  小明     王氏居家照護服務股份有限公司                1950-04-04  2   active
          5  Di       A very long name that goes on and on until              4   active
                      it is far too lo…
          6  Eve Ann  Fox                                         1950-04-13  5   active
          8  Flo      Goo                                         1950-04-14  6   active

        columns  `Nr` → id, `First name` → given, `LAST` → family, `Born` → birth_date
        dates    day, month, year
    "#]]
    .assert_eq(&shown);
    // Nothing is locked while it waits.
    world.ok("category create Baths");
    let between = dump(&world);
    terminal.types("n\r");
    let (rest, status) = terminal.ends();
    assert!(status == 10 && rest.contains("nothing was changed"), "{rest}");
    assert!(dump(&world) == between && between != before);
    let (mut terminal, shown) = preview(&world, IMPORT_PEOPLE, "60", question);
    expect![[r#"
        note: people.csv: a column that is not known, and left
              aside: `Phone` (1 value, perhaps `phones`).
        rejected: people.csv line 4: column `LAST` holds the control
                  character U+001B
        The first rows, as they would be taken:

        ROW  GIVEN    FAMILY                  BIRTH DATE  ID  STATUS
          2  Ann      Able                    1950-04-03  1   active
          3  小明     王氏居家照護服務股份有  1950-04-04  2   active
                      限公司
          5  Di       A very long name that               4   active
                      goes on and on until
                      it is far too lo…
          6  Eve Ann  Fox                     1950-04-13  5   active
          8  Flo      Goo                     1950-04-14  6   active

        columns  `Nr` → id, `First name` → given, `LAST` → family,
                 `Born` → birth_date
        dates    day, month, year
    "#]]
    .assert_eq(&shown);
    terminal.types("y\r");
    let (rest, status) = terminal.ends();
    let rest = rest.replace('\r', "");
    // What has been said is not said again.
    assert!(!rest.contains("left aside") && !rest.contains("control character"), "{rest}");
    assert!(rest.contains("Clients: 7 read, 6 created, 0 updated, 0 unchanged, 1 rejected."), "{rest}");
    assert_eq!(status, 9, "{rest}");
    // Another table: it would clear a birth date.
    world.write("people.csv", "Nr,Born,First name,LAST\n1,,Ann,Able\n2,04/04/1950,小明,王\n9,,New,Nina\n");
    let question = "Import 3 rows (1 new, 2 changed)? (y/N)";
    let (mut terminal, shown) = preview(&world, IMPORT_PEOPLE, "80", question);
    expect![[r#"
        The first rows, as they would be taken:

        ROW  RESULT   CODE        GIVEN  FAMILY  BIRTH DATE  ID  STATUS
          2  updated  CLI-69T02X  Ann    Able                1   active
          3  updated  CLI-0AJAPC  小明   王      1950-04-04  2   active
          4  created              New    Nina                9   active

        columns  `Nr` → id, `First name` → given, `LAST` → family, `Born` → birth_date
        dates    day, month, year
        clears   birth date of 1
    "#]]
    .assert_eq(&shown);
    terminal.types(ESCAPE);
    assert_eq!(terminal.ends().1, 10);
}

both_engines!(an_import_is_the_first_until_its_columns_are_known, |world| {
    settle(world);
    world.write("one.csv", "provider,name,starts_on,categories\nacme,Frame,2026-01-01,Meals\n");
    world.write("two.csv", "provider,name,starts_on,categories\nacme,Frame two,2026-01-01,Meals\n");
    world.write("more.csv", "provider,name,starts_on,categories,sum\nacme,Frame three,2026-01-01,Meals,7\n");
    world.write("bad.csv", "provider,name,starts_on,categories\nnowhere,Frame,2026-01-01,Meals\n");
    world.write("empty.csv", "provider,name,starts_on,categories\n");
    world.ok("category create Meals");
    let ends = |line: &str| Terminal::start(world, line).ends();
    let asks = |line: &str, answer: &str, expected: i32| {
        let mut terminal = Terminal::start(world, line);
        terminal.sees("Import 1 row (1 new)? (y/N)");
        terminal.types(answer);
        let (rest, status) = terminal.ends();
        assert_eq!(status, expected, "{line}: {rest}");
    };
    // Without anything to take there is nothing to ask.
    assert_eq!(ends("contract import bad.csv").1, 5);
    assert_eq!(ends("contract import empty.csv").1, 0);
    asks("contract import one.csv", ENTER, 10);
    asks("contract import one.csv", "y\r", 0);
    let (rest, status) = ends("contract import two.csv");
    assert!(status == 0 && !rest.contains("would be taken"), "{rest}");
    asks("contract import more.csv", "y\r", 0);
    let undone = ["one.csv", "two.csv"].map(|file| {
        let imports = world.json("import list");
        let import = imports.as_array().unwrap().iter().find(|import| import["input"] == file).unwrap();
        import["code"].as_str().unwrap().to_owned()
    });
    for code in undone {
        world.ok(&format!("import undo {code} --yes"));
    }
    asks("contract import two.csv", "n\r", 10);
    for option in ["--dry-run", "--yes", "--no-input", "-o json", "-q"] {
        let (rest, status) = ends(&format!("contract import two.csv {option}"));
        assert!(status == 0 && !rest.contains("would be taken"), "{option}: {rest}");
        let last = world.json("import list --limit 1");
        world.ok(&format!("import undo {} --yes", last[0]["code"].as_str().unwrap()));
    }
});

#[test]
fn every_import_is_shown_first() {
    let world = World::new(Engine::Sqlite);
    tables::settle(&world);
    let mut imports = 0;
    for line in commands::examples() {
        tables::count_codes(&world);
        let line = world.with_names_of_this_run(line);
        if line.split(' ').nth(1).is_some_and(|verb| verb.starts_with("import")) {
            imports += 1;
            let before = dump(&world);
            let mut terminal = Terminal::start(&world, &line);
            terminal.sees("The first rows, as they would be taken:");
            terminal.sees("? (y/N)");
            terminal.types("n\r");
            assert_eq!(terminal.ends().1, 10, "{line}");
            assert!(dump(&world) == before, "{line}");
        }
        world.run_json(&line);
    }
    assert!(imports > 12, "{imports}");
}

#[test]
fn what_changes_while_a_person_thinks_is_not_imported() {
    let world = town();
    world.write("one.csv", "login,name,level\nana,Ana,standard\nben,Ben,standard\n");
    let mut terminal = Terminal::start(&world, "account import one.csv --invite first.csv");
    terminal.sees("Import 2 rows (2 new)? (y/N)");
    world.ok("account create ana --name Ana --level standard");
    let before = dump(&world);
    terminal.types("y\r");
    let (rest, status) = terminal.ends();
    assert!(status == 4 && rest.contains("changed meanwhile"), "{rest}");
    assert!(dump(&world) == before && !world.path("first.csv").exists());
}

// Rule 4.4. A calendar holds the names that people give to packages.
#[test]
fn a_document_on_a_terminal_holds_nothing_that_it_obeys() {
    let world = town();
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.sql("UPDATE package SET reference = 'win\u{1b}[31m\u{202e}ter'");
    let (shown, status) = Terminal::start(&world, "schedule export REF-00000A --file -").ends();
    assert!(status == 0 && shown.contains("BEGIN:VCALENDAR"), "{shown}");
    // Its bytes are read as letters.
    assert!(!shown.contains(['\u{1b}', '\u{ae}']), "{shown:?}");
}

fn town() -> World {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world
}
