//! A batch that breaks off at any moment goes on where it stopped, and does no line twice (rule 7.12).

use std::fmt::Write as _;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use expect_test::expect;

use crate::world::{Engine, World, tell};

const LINES: usize = 60;

/// Half of the lines make something, and would make it twice; every tenth fails.
fn lines() -> String {
    let mut text = String::new();
    for number in 0..LINES {
        match number % 10 {
            9 => writeln!(text, "provider edit nobody --phone {number}"),
            number if number % 2 == 0 => {
                writeln!(text, "client create --given Ada --family Moss{number} --even-so")
            }
            _ => writeln!(text, "provider create 'Care {number}' --even-so"),
        }
        .unwrap();
    }
    text
}

/// Ends the process after so long, as `kill -9` does.
fn kill_after(world: &World, line: &str, wait: Duration) -> bool {
    let mut command = world.command(line);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(wait);
    let is_over = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    is_over
}

fn counts(world: &World) -> Vec<String> {
    let count = |table: &str| format!("SELECT COUNT(*) FROM {table};");
    let tables = ["client", "provider", "audit"].map(count).concat();
    world.sql(&tables).into_iter().flatten().flatten().collect()
}

fn breaks_off(engine: Engine, rounds: u64) {
    let whole = World::new(engine);
    whole.ok("init");
    whole.write("lines.txt", lines());
    let rows = "-o csv --columns line,exit,result";
    let expected = whole.run(&format!("batch lines.txt --keep-going {rows}"));
    assert_eq!(expected.status, 3);
    for round in 0..rounds {
        let mut random = fastrand::Rng::with_seed(round);
        let world = World::new(engine);
        world.ok("init");
        world.write("lines.txt", lines());
        let line = format!("batch lines.txt --keep-going --state lines.state {rows}");
        let mut kills = 0;
        while kills < 8 && !kill_after(&world, &line, Duration::from_millis(random.u64(1..400))) {
            kills += 1;
        }
        let answer = world.run(&line);
        assert_eq!(
            (&answer.stdout, answer.status),
            (&expected.stdout, 3),
            "round {round}: {}",
            answer.stderr
        );
        assert_eq!(counts(&world), counts(&whole), "round {round}, {kills} times killed");
        assert_eq!(world.run(&line).stdout, expected.stdout);
        assert_eq!(counts(&world), counts(&whole));
        world.ok("database check");
    }
}

#[test]
fn a_killed_batch_goes_on_on_sqlite() {
    tell(Engine::Sqlite, "batch::a_killed_batch_goes_on_on_sqlite", |_| breaks_off(Engine::Sqlite, 4));
}

#[test]
fn a_killed_batch_goes_on_on_postgres() {
    tell(Engine::Postgres, "batch::a_killed_batch_goes_on_on_postgres", |_| breaks_off(Engine::Postgres, 3));
}

// What the file of the state has lost is done again, and does nothing.
both_engines!(a_line_that_is_done_is_not_done_twice, |world| {
    world.ok("init");
    world.write("lines.txt", "provider create Acme\nprovider create Acme\nprovider create Birch\n");
    world.story(expect![[r#"
        $ caredesk batch lines.txt --keep-going --state lines.state
        LINE  COMMAND          EXIT  RESULT   MESSAGE
           1  provider create     0  created  Created provider PRV-MJ18AD (Acme).
           2  provider create     4           there is a provider `Acme` already: PRV-MJ18AD
           3  provider create     0  created  Created provider PRV-HN85T9 (Birch).
        Done: 2 of 3 commands, 1 failed: 2 providers created.
        2> error: lines.txt line 2: there is a provider `Acme` already: PRV-MJ18AD
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
    "#]]);
    let state = world.read("lines.state");
    let header = format!("{}\n", state.lines().next().unwrap());
    world.write("lines.state", format!("{header}{{\"line\":1,\"comm"));
    world.write("other.txt", "provider create Acme\nprovider create Cedar\nprovider create Birch\n");
    world.write("shorter.txt", "provider create Acme\n");
    world.write("foreign.state", "what is this\n");
    world.story(expect![[r#"
        $ caredesk batch lines.txt --keep-going --state lines.state
        LINE  COMMAND          EXIT  RESULT   MESSAGE
           1  provider create     0  created  Nothing to do: an earlier run with this operation key created provider PRV-MJ18AD.
           2  provider create     4           there is a provider `Acme` already: PRV-MJ18AD
           3  provider create     0  created  Nothing to do: an earlier run with this operation key created provider PRV-HN85T9.
        Done: 2 of 3 commands, 1 failed: 2 providers created.
        2> error: lines.txt line 2: there is a provider `Acme` already: PRV-MJ18AD
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk batch lines.txt --keep-going --state lines.state -q
        PRV-MJ18AD

        PRV-HN85T9
        2> error: lines.txt line 2: there is a provider `Acme` already: PRV-MJ18AD
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk batch other.txt --keep-going --state lines.state
        2> error: other.txt line 2 is not what it was when the batch was begun
        2> hint: begin anew with another file for `--state`
        [exit 4]
        $ caredesk batch shorter.txt --keep-going --state lines.state
        2> error: shorter.txt line 2 is not what it was when the batch was begun
        2> hint: begin anew with another file for `--state`
        [exit 4]
        $ caredesk batch lines.txt --keep-going --state foreign.state
        2> error: `foreign.state` is no state of a batch
        2> hint: name a new file with `--state`
        [exit 5]
        $ caredesk batch lines.txt --keep-going --state nowhere/lines.state
        2> error: `nowhere/lines.state` cannot be written: its folder does not exist
        [exit 8]
        $ caredesk batch lines.txt --state lines.state
        2> error: the following required arguments were not provided:
        2>   --keep-going
        2>
        2> Usage: caredesk batch [OPTIONS] [FILE|-] [-- <COMMAND>...]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk --dry-run batch lines.txt --keep-going --state lines.state
        2> error: a dry run does no line, and so takes no `--state`
        [exit 2]
        $ caredesk provider list --columns name
        NAME
        Acme
        Birch
    "#]]);
});
