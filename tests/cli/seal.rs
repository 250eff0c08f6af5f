//! What is kept of the audit trail outside of the database: seals and anchors, and what they find.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use expect_test::expect;
use serde_json::{Value, json};

use crate::cluster::Pair;
use crate::honest::settle_honestly;
use crate::town::{dump, failure, settle};
use crate::world::{Engine, World, tell};

const ANCHORS: &str = "audit verify --since anchors";

/// A town with three anchors, and a change after each but the last.
fn anchored(world: &World) {
    settle(world);
    for name in ["Ida", "Jo", "Kay"] {
        world.ok(&format!("client create --given {name} --family Fox"));
        world.ok("audit anchor anchors");
    }
}

fn lost(world: &World, line: &str) -> (i32, String) {
    let (status, code, message) = failure(world, line);
    (status, format!("{code}: {message}"))
}

fn is_lost(world: &World, line: &str, what: &str) {
    let (status, message) = lost(world, line);
    assert!(status == 8 && message.contains(what), "{line}: {status} {message}");
}

// Rules 7.71 and 7.73.
both_engines!(a_trail_goes_on_from_its_seal, |world| {
    settle(world);
    let before = dump(world);
    let made = world.run("audit seal --out one.seal");
    assert!(made.status == 0 && made.stderr.contains("note: made the key SHA256:"), "{made:?}");
    assert_eq!(dump(world), before, "a seal changes nothing");
    let again = world.run("audit seal");
    assert!(
        again.stderr.starts_with("note: sealed the audit trail until entry 14 with the key SHA256:"),
        "{again:?}"
    );
    assert_eq!(
        again.stdout.lines().next().unwrap().split("sealed_at").next(),
        world.read("one.seal").split("sealed_at").next()
    );
    // The key is its owner's, and its public half everyone's.
    let mode = |name: &str| fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".config/caredesk/seal.key"), 0o600);
    assert_eq!(mode(".config/caredesk/seal.key.pub") & 0o400, 0o400);
    assert_eq!(mode("one.seal"), 0o600);
    world.ok("client create --given Ida --family Fox");
    let verdict = world.json("audit verify --since one.seal");
    let fields = ["entries", "continues", "seals", "sealed_entries"].map(|field| verdict[field].clone());
    assert_eq!(Value::from(fields.to_vec()), json!([15, true, 1, 14]));
    let sentence = world.ok("audit verify --since one.seal");
    assert!(
        sentence.contains(" It goes on from the 1 seal of `one.seal`, up to entry 14 of 2026-11-22 10:00."),
        "{sentence}"
    );
    // Elsewhere the public half is enough.
    fs::rename(world.path(".config"), world.path("kept")).unwrap();
    world.ok("audit verify --since one.seal --key kept/caredesk/seal.key.pub");
    let seal = fs::read(world.path("one.seal")).unwrap();
    let piped = world.run_with_input("audit verify --since - --key kept/caredesk/seal.key", &seal);
    assert_eq!(piped.status, 0, "{piped:?}");
});

// Rule 7.71: other programs know them too.
#[test]
fn openssh_checks_a_seal() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok("audit seal --out one.seal");
    let shell = "set -e
        tail -n +2 one.seal > signature
        printf 'hub %s\\n' \"$(cat .config/caredesk/seal.key.pub)\" > allowed
        head -n 1 one.seal | ssh-keygen -Y check-novalidate -n caredesk -s signature
        head -n 1 one.seal | ssh-keygen -Y verify -f allowed -I hub -n caredesk -s signature
        ! head -n 1 one.seal | tr 1 2 | ssh-keygen -Y verify -f allowed -I hub -n caredesk -s signature
        ssh-keygen -q -t ed25519 -N '' -C own -f own
        ssh-keygen -q -t ed25519 -N 'a passphrase' -f locked
        ssh-keygen -q -t ecdsa -N '' -f other";
    if Command::new("ssh-keygen").arg("-?").stderr(Stdio::null()).status().is_err() {
        crate::world::aloud("SKIPPED seal::openssh_checks_a_seal: there is no ssh-keygen");
        return;
    }
    let made = Command::new("sh").args(["-c", shell]).current_dir(world.path("")).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    // It makes keys that seal.
    world.ok("audit seal --key own --out two.seal");
    world.ok("audit verify --since two.seal --key own.pub");
    world.set("CAREDESK_SEAL_KEY", world.path("own").to_str().unwrap());
    world.ok("audit verify --since two.seal");
    world.write("both.pub", [world.read("own.pub"), world.read(".config/caredesk/seal.key.pub")].concat());
    world.write("both.seal", [world.read("one.seal"), world.read("two.seal")].concat());
    assert_eq!(world.json("audit verify --since both.seal --key both.pub")["seals"], 2);
    world.refusals(expect![[r#"
        8 audit.key                  audit seal --key locked
        8 audit.key                  audit seal --key other
        8 audit.key                  audit seal --key own.pub
        8 audit.seal_broken          audit verify --since one.seal
        8 audit.key                  audit verify --since two.seal --key other.pub
        5 file.unreadable            audit verify --since two.seal --key nothing
        8 audit.key                  audit verify --since one.seal --key one.seal
    "#]]);
}

// Rule 7.73.
both_engines!(what_a_trail_has_lost_is_found, |world| {
    anchored(world);
    let answer = world.json(ANCHORS);
    assert_eq!((&answer["seals"], &answer["sealed_entries"]), (&json!(3), &json!(17)));
    // The end was cut off, and all that knows of it.
    world.sql("DELETE FROM audit WHERE sequence = 17");
    world.sql("DELETE FROM operation_key");
    let (status, message) = lost(world, ANCHORS);
    assert_eq!(status, 8);
    assert!(message.contains("audit.not_continued") || message.contains("audit.broken"), "{message}");
});

// Rule 7.73.
#[test]
fn an_older_database_in_its_place_is_found() {
    let world = World::new(Engine::Sqlite);
    settle_honestly(&world);
    world.ok("client create --given Ida --family Fox");
    world.ok("audit anchor anchors");
    world.ok("database backup old.zip");
    for name in ["Jo", "Kay"] {
        world.ok(&format!("client create --given {name} --family Fox"));
    }
    world.ok("audit anchor anchors");
    world.ok("database restore old.zip --yes");
    world.ok("audit verify");
    world.ok("database check");
    is_lost(
        &world,
        ANCHORS,
        "audit.not_continued: the audit trail has 26 entries, and 2 less than the seal of 2026-11-22 10:00 (`anchors`, line 8) says",
    );
    // However far it goes on.
    for name in ["Lea", "Max"] {
        world.ok(&format!("client create --given {name} --family Fox"));
    }
    is_lost(
        &world,
        ANCHORS,
        "audit.not_continued: entry 28 of the audit trail is another than that with which the seal of 2026-11-22 10:00 (`anchors`, line 8) ends",
    );
    let answer = world.run(ANCHORS);
    assert!(
        answer.stderr.contains("until entry 25 it is as a seal says: compare it with a backup"),
        "{answer:?}"
    );
}

// Rule 7.73.
both_engines!(a_chain_that_was_replaced_is_found, |world| {
    anchored(world);
    let seals = world.read("anchors");
    let key = fs::read(world.path(".config/caredesk/seal.key")).unwrap();
    let other = World::new(world.engine());
    other.seed(4711);
    anchored(&other);
    other.write("anchors", seals);
    other.write("key", key);
    fs::set_permissions(other.path("key"), fs::Permissions::from_mode(0o600)).unwrap();
    is_lost(&other, "audit verify --since anchors --key key", "is of another database, `");
    other.ok(ANCHORS
        .replace("anchors", "own")
        .replace("audit verify --since own", "audit anchor own")
        .as_str());
});

// Rule 7.73: an entry has the hash of all before it, so that one that is written anew is another.
#[test]
fn a_trail_that_was_written_anew_is_found() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let hidden = fs::read(world.path("test.db")).unwrap();
    world.ok("client create --given Ida --family Fox");
    world.ok("audit anchor anchors");
    // Its owner takes the database of before, and does something else.
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(world.path(&format!("test.db{end}")));
    }
    world.write("test.db", hidden);
    fs::set_permissions(world.path("test.db"), fs::Permissions::from_mode(0o600)).unwrap();
    world.ok("client create --given Ida --family Hare");
    world.ok("audit verify");
    is_lost(&world, ANCHORS, "audit.not_continued: entry 15 of the audit trail is another than");
}

// Rule 7.73.
both_engines!(what_is_no_seal_is_refused, |world| {
    anchored(world);
    let whole = world.read("anchors");
    let lines: Vec<&str> = whole.lines().collect();
    let seal = whole.lines().take(7).collect::<Vec<_>>().join("\n");
    for (text, status, what) in [
        (String::new(), 5, "`bad` holds no seal"),
        ("\n\n".to_owned(), 5, "`bad` holds no seal"),
        ("hello\n".to_owned(), 5, "line 1 of `bad`: it is no seal of an audit trail"),
        (
            whole.replacen("\"entries\":15", "\"entries\":14", 1),
            8,
            "the seal on line 1 of `bad` is not as it was signed",
        ),
        (
            whole.replacen("\"sealed_by\":\"admin\"", "\"sealed_by\":\"other\"", 1),
            8,
            "is not as it was signed",
        ),
        (
            whole.replacen("caredesk_seal\":1", "caredesk_seal\":2", 1),
            5,
            "line 1 of `bad`: it is of a newer caredesk",
        ),
        (whole.replacen("caredesk_seal", "caredesk_sael", 1), 5, "it is no seal of an audit trail"),
        (format!("{}\n{}\n{}", lines[0], lines[1], lines[6]), 5, "its signature cannot be read"),
        (format!("{}\nhello\n", lines[0]), 5, "a seal has its signature behind it"),
        (format!("{{{}\n", "x".repeat(100_000)), 5, "line 1 of `bad`"),
        (lines[1..].join("\n"), 5, "line 1 of `bad`"),
    ] {
        world.write("bad", text);
        let (seen, message) = lost(world, "audit verify --since bad");
        assert!(seen == status && message.contains(what), "{what}: {seen} {message}");
    }
    // A run that was cut off leaves a beginning, which the next one leaves alone.
    for cut in [3, 200, seal.len() - 10] {
        world.write("cut", format!("{whole}{}", &seal[..cut]));
        let answer = world.run("audit verify --since cut");
        assert!(
            answer.status == 0 && answer.stderr.contains("warning: the last seal in `cut` is not whole"),
            "{cut}: {answer:?}"
        );
        world.ok("audit anchor cut");
        let answer = world.run("audit verify --since cut");
        assert!(
            answer.status == 0 && answer.stderr.is_empty() && answer.stdout.contains("the 4 seals"),
            "{cut}: {answer:?}"
        );
    }
});

// Rule 7.72.
both_engines!(a_command_takes_each_seal, |world| {
    settle(world);
    world.ok("audit anchor -- sh -c 'cat >> taken; echo kept'");
    world.ok("audit anchor -- sh -c 'cat >> taken'");
    assert_eq!(world.json("audit verify --since taken")["seals"], 2);
    for (line, status, what) in [
        ("audit anchor -- sh -c 'exit 3'", 8, "command.failed: `sh` ended with status 3"),
        ("audit anchor -- sh -c 'kill -9 $$'", 8, "command.failed: `sh` ended with signal: 9"),
        ("audit anchor -- ./nothing", 8, "command.failed: `./nothing` cannot be run: No such file"),
        (
            "audit anchor none/anchors",
            8,
            "file.unwritable: `none/anchors` cannot be written: its folder does not exist",
        ),
    ] {
        let (seen, message) = lost(world, line);
        assert!(seen == status && message.contains(what), "{line}: {seen} {message}");
    }
    for line in
        ["audit anchor", "audit anchor x -- cat", "audit anchor x --timeout 3s", "audit anchor x --every 1s"]
    {
        assert_eq!(world.run(line).status, 2, "{line}");
    }
    // A dry run keeps nothing.
    fs::remove_dir_all(world.path(".config")).unwrap();
    assert_eq!(world.run("audit anchor new --dry-run").status, 0);
    assert!(!world.path("new").exists() && !world.path(".config").exists());
});

// Rule 7.72.
both_engines!(anchors_follow_what_comes, |world| {
    settle(world);
    let mut command = world.command("audit anchor --follow --every 10ms --timeout 2min anchors -o jsonl");
    let file = |name: &str| fs::File::create(world.path(name)).unwrap();
    let mut child = command.stdout(file("printed")).stderr(file("said")).spawn().unwrap();
    let has = |name: &str, text: &str, number: usize| {
        let path = world.path(name);
        let found = (0..600).any(|_| {
            sleep(Duration::from_millis(50));
            fs::read_to_string(&path).unwrap_or_default().matches(text).count() >= number
        });
        assert!(found, "`{text}` is not {number} times in {name}: {}", world.read("said"));
    };
    has("printed", "sealed_at", 1);
    for number in 2..5 {
        world.ok(&format!("client create --given Ida{number} --family Fox"));
        has("anchors", "caredesk_seal", number);
    }
    has("printed", "sealed_at", 4);
    // It is away for a while.
    fs::rename(world.path("anchors"), world.path("first")).unwrap();
    fs::create_dir(world.path("anchors")).unwrap();
    world.ok("client create --given Jo --family Fox");
    has("said", "{\"warning\":\"`anchors` cannot be written: it is a folder; trying again", 1);
    fs::remove_dir(world.path("anchors")).unwrap();
    has("printed", "sealed_at", 5);
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    child.wait().unwrap();
    world.ok("audit verify --since first");
    let newest = world.json(ANCHORS);
    assert_eq!(newest["entries"], newest["sealed_entries"]);
});

// Rule 7.72: what several write at once stays whole.
both_engines!(several_anchor_in_one_file, |world| {
    settle(world);
    world.ok("audit anchor anchors");
    let commands = (0..8).map(|_| world.command("audit anchor anchors")).collect();
    let answers = crate::race::at_once(commands);
    assert!(answers.iter().all(|answer| answer.status == 0), "{answers:?}");
    assert_eq!(world.json(ANCHORS)["seals"], 9);
});

// Rule 7.73: a standby that is behind when it takes over is sound by itself, and has lost what was acknowledged.
#[test]
fn a_standby_that_was_behind_and_took_over_is_found() {
    tell(Engine::Postgres, "seal::a_standby_that_was_behind_and_took_over_is_found", |world| {
        let mut cluster = Pair::start();
        world.set("CAREDESK_DB", &cluster.url(0));
        world.ok("init --time-zone UTC");
        world.ok("client create --given Ida --family Fox");
        world.ok("audit anchor anchors");
        cluster.order("stop second");
        for number in 0..5 {
            world.ok(&format!("client create --given Jo{number} --family Fox"));
        }
        world.ok("audit anchor anchors");
        cluster.order("kill first");
        cluster.order("start second");
        cluster.order("promote second");
        world.set("CAREDESK_DB", &cluster.url(1));
        world.ok("database check");
        world.ok("audit verify");
        is_lost(
            world,
            ANCHORS,
            "audit.not_continued: the audit trail has 2 entries, and 5 less than the seal of ",
        );
        let answer = world.run(ANCHORS);
        assert!(
            answer.stderr.contains("the server is on timeline 2 and was on 1: a standby was promoted since"),
            "{answer:?}"
        );
        assert!(answer.stderr.contains("until entry 2 it is as a seal says"), "{answer:?}");
    });
}
