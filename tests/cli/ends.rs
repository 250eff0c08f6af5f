//! How a run ends where its answer cannot be written or read, its database is damaged, or a person interrupts it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::town::settle;
use crate::words::split;
use crate::world::{Engine, World};

fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

/// The exit status and what was said on stderr.
fn ended(output: Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

both_engines!(a_change_whose_answer_is_lost_was_done, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family\n7,Cy,Elm\n");
    let full = |line: &str| ended(world.command(line).stdout(full()).output().unwrap());
    for (line, said) in [
        ("client create --given Ada --family Moss", "it was done: Created client CLI-"),
        ("client create --given Ben --family Oak -o json", "{\"warning\":\"the answer cannot be written"),
        ("client create --given Di --family Ash -q", "it was done: Created client CLI-"),
        ("client import people.csv", "it was done: 1 read, 1 created"),
    ] {
        let (status, stderr) = full(line);
        assert!(status == Some(0) && stderr.contains(said), "{line}: {status:?} {stderr}");
    }
    // What is only shown, and what was only tried, is not there without its answer.
    for line in
        ["client list", "client list -o json", "client create --given No --family No --dry-run", "--help"]
    {
        let (status, stderr) = full(line);
        assert!(status == Some(1) && stderr.contains("cannot be written"), "{line}: {status:?} {stderr}");
    }
    let mut child = world.command("client create --given Eve --family Fir");
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let (status, stderr) = ended(child.wait_with_output().unwrap());
    assert!(
        status == Some(0) && stderr.contains("was not read, but it was done: Created client"),
        "{stderr}"
    );
    assert_eq!(world.ok("client list -q").lines().count(), 5);
});

both_engines!(without_anywhere_to_complain_the_exit_status_speaks, |world| {
    world.ok("init");
    for (line, status) in [
        ("client list", 0),
        ("package show none", 3),
        ("package shov", 2),
        ("client create --given Ada --family Moss", 0),
        ("client create --given Ada --family Moss", 0),
        ("client import none.csv", 5),
        ("client import none.csv -o json", 5),
    ] {
        let output = world.command(line).stderr(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{line}");
    }
    assert_eq!(world.ok("client list -q").lines().count(), 2);
});

/// Runs a line by way of a shell, which closes these streams or ignores a signal first.
fn by_shell(world: &World, before: &str, line: &str) -> Command {
    let own = world.command(line);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{before}; exec \"$0\" \"$@\"")]).arg(own.get_program()).args(own.get_args());
    shell.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(world.directory.path());
    shell
}

#[test]
fn streams_that_are_closed_are_not_the_database() {
    let world = World::new(Engine::Sqlite);
    for line in
        ["init", "client create --given Ada --family Moss", "client list", "package show none", "nonsense"]
    {
        let status = by_shell(&world, "exec <&- >&- 2>&-", line).status().unwrap();
        let right = match line {
            "nonsense" => 2,
            "package show none" => 3,
            _ => 0,
        };
        assert_eq!(status.code(), Some(right), "{line}");
    }
    assert_eq!(world.ok("client list -q").lines().count(), 1);
    world.ok("database check");
    world.ok("audit verify");
}

/// The command, with the signal as on a terminal, also where the tests run in the background, where it is ignored.
fn on_a_terminal(world: &World, line: &str) -> Command {
    let mut command = Command::new("env");
    command.args(["--default-signal=INT", env!("CARGO_BIN_EXE_caredesk")]).args(split(line));
    world.enclose(&mut command);
    command
}

fn interrupted(child: &Child) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
}

// Wherever it comes, it ends the run with 130 and a word that is true.
both_engines!(an_interrupt_says_what_has_become_of_the_change, |world| {
    settle(world);
    let piped = |mut command: Command| {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    // It waits for its input, and has begun to write its answer.
    for line in ["client import - --out told.json", "client import - -o json"] {
        let mut child = piped(on_a_terminal(world, line));
        child.stdin.as_mut().unwrap().write_all(b"id,given,family\n").unwrap();
        sleep(Duration::from_millis(400));
        interrupted(&child);
        let input = child.stdin.take();
        let output = child.wait_with_output().unwrap();
        drop(input);
        let (status, stderr) = ended(output);
        assert!(
            status == Some(130) && stderr.contains("interrupted; nothing was changed"),
            "{status:?} {stderr}"
        );
        let left = fs::read_dir(world.directory.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with(".caredesk-")).collect();
        assert!(left.is_empty() && !world.path("told.json").exists(), "{left:?}");
    }
    let line =
        "visit add REF-00000A --start '2027-01-01 09:00' --duration 30 --weekly daily --until 2032-12-31";
    let count = || world.ok("visit list REF-00000A -q").lines().count();
    let mut before = count();
    for wait in [0, 30, 60, 120, 240] {
        let child = piped(on_a_terminal(world, line));
        sleep(Duration::from_millis(wait));
        interrupted(&child);
        let (status, stderr) = ended(child.wait_with_output().unwrap());
        let now = count();
        match status {
            // Before its first instruction there is nothing that could answer.
            None => assert_eq!(now, before),
            Some(130) if stderr.contains("nothing was changed") => assert_eq!(now, before, "{stderr}"),
            Some(130) => assert!(now > before && stderr.contains("what was done before stays"), "{stderr}"),
            status => assert!(status == Some(0) && now > before, "{status:?} {stderr}"),
        }
        before = now;
    }
});

// A signal that the caller has switched off, as `nohup` does, stays off.
#[test]
fn a_signal_that_is_ignored_stays_so() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let mut child = by_shell(&world, "trap '' INT", "client import -");
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    sleep(Duration::from_millis(300));
    interrupted(&child);
    child.stdin.take().unwrap().write_all(b"id,given,family\n7,Cy,Elm\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// What is done to the bytes of a file.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Flip(usize, u8),
    Zero(usize, usize),
    Cut(usize),
}

#[test]
fn damage_is_never_taken_for_an_error_of_the_program() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    let whole = fs::read(world.path("test.db")).unwrap();
    let kept: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut random = fastrand::Rng::with_seed(14);
    // The names of columns, tables and functions that our statements speak of.
    let schema = ["given TEXT", "REFERENCES resource", "level = 'trainee'"];
    let place = |text: &str| whole.windows(text.len()).position(|window| window == text.as_bytes());
    let mut damages: Vec<Damage> =
        schema.iter().filter_map(|text| place(text)).map(|at| Damage::Flip(at + 3, 1)).collect();
    assert_eq!(damages.len(), schema.len());
    // The name of a column in letters of another case, which is the same name.
    damages.push(Damage::Flip(place("status TEXT").unwrap(), b's' ^ b'S'));
    damages.extend((0..60).map(|_| {
        let at = kept[random.usize(..kept.len())];
        match random.u8(..8) {
            0 => Damage::Cut(at),
            1 | 2 => Damage::Zero(at, [1, 16, 4096][random.usize(..3)]),
            _ => Damage::Flip(at, 1 << random.u8(..8)),
        }
    }));
    for damage in damages {
        for line in ["whoami", "client list", "package show winter", "audit verify", "database check"] {
            let answer = damaged(&world, &whole, damage, line);
            // A key or a name that was changed is not found.
            let right = if line.starts_with("package") { &[0, 3, 8][..] } else { &[0, 8] };
            assert!(right.contains(&answer.status), "{damage:?} {line}: {answer:?}");
            assert!(
                answer.status == 0 || answer.stderr.starts_with("error: "),
                "{damage:?} {line}: {answer:?}"
            );
        }
    }
}

// What a change finds at odds with itself is an error of the program only where the file is whole.
#[test]
fn a_change_that_stumbles_over_damage_says_so() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    let whole = fs::read(world.path("test.db")).unwrap();
    let key =
        world.sql("SELECT hex(queue_id) FROM referral WHERE code = 'REF-00000A'")[0][0].clone().unwrap();
    let key: Vec<u8> =
        (0..32).step_by(2).map(|at| u8::from_str_radix(&key[at..at + 2], 16).unwrap()).collect();
    let places: Vec<usize> = (0..whole.len() - 16).filter(|at| whole[*at..].starts_with(&key)).collect();
    let mut found = 0;
    for at in places {
        let line = "package respond winter --provider acme --accept";
        let answer = damaged(&world, &whole, Damage::Flip(at + 15, 1), line);
        assert!([0, 3, 8].contains(&answer.status), "{at}: {answer:?}");
        found += i32::from(answer.stderr.contains("the database is damaged"));
    }
    assert!(found > 0);
}

fn damaged(world: &World, whole: &[u8], damage: Damage, line: &str) -> crate::world::Answer {
    let mut bytes = whole.to_vec();
    match damage {
        Damage::Flip(at, bit) => bytes[at] ^= bit,
        Damage::Zero(at, many) => bytes.iter_mut().skip(at).take(many).for_each(|byte| *byte = 0),
        Damage::Cut(at) => bytes.truncate(at),
    }
    for beside in ["test.db-wal", "test.db-shm"] {
        let _ = fs::remove_file(world.path(beside));
    }
    world.write("test.db", bytes);
    world.run(line)
}
