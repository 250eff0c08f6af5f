//! What became of a change whose commit was not answered: looked up, and said truly (rule 4.6).

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use crate::world::{Answer, Engine, World, aloud, answer, tell};

/// How many cuts there are; `CAREDESK_TEST_CUTS` asks for more.
const CUTS: u32 = 24;

/// Where the connection breaks.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// The server does not get the commit.
    Before,
    /// The server gets it, and its answer is lost.
    After,
}

/// Forwards connections to a server, and cuts the first one that commits a transaction with a change.
struct Wire {
    port: u16,
    cuts: Arc<AtomicU32>,
}

impl Wire {
    fn to(port: u16, cut: Cut) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Wire { port: listener.local_addr().unwrap().port(), cuts: Arc::default() };
        let cuts = Arc::clone(&wire.cuts);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let cuts = Arc::clone(&cuts);
                thread::spawn(move || forward(&client, port, cut, &cuts));
            }
        });
        wire
    }
}

fn forward(client: &TcpStream, port: u16, cut: Cut, cuts: &AtomicU32) -> Option<()> {
    let server = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let (mut from_server, mut to_client) = (server.try_clone().ok()?, client.try_clone().ok()?);
    let answers = thread::spawn(move || drop(std::io::copy(&mut from_server, &mut to_client)));
    let (mut from_client, mut to_server) = (client, &server);
    let mut bytes = vec![0; 1 << 16];
    let mut has_changed = false;
    loop {
        let count = from_client.read(&mut bytes).unwrap_or(0);
        let text = bytes.get(..count).filter(|text| !text.is_empty())?;
        let holds = |word: &[u8]| text.windows(word.len()).any(|part| part == word);
        has_changed |= holds(b"INSERT INTO audit");
        if has_changed && holds(b"COMMIT") && cuts.fetch_add(1, Ordering::SeqCst) == 0 {
            client.shutdown(Shutdown::Both).ok()?;
            if matches!(cut, Cut::After) {
                to_server.write_all(text).ok()?;
                // The server ends the connection when it has answered.
                to_server.shutdown(Shutdown::Write).ok()?;
                return answers.join().ok();
            }
            return server.shutdown(Shutdown::Both).ok();
        }
        to_server.write_all(text).ok()?;
    }
}

/// The database of the world by way of the wire.
fn through(world: &World, wire: &Wire) -> String {
    let url = world.database_name();
    let (start, rest) = url.rsplit_once(':').unwrap();
    let (_, name) = rest.split_once('/').unwrap();
    format!("{start}:{}/{name}", wire.port)
}

fn port(world: &World) -> u16 {
    let url = world.database_name();
    url.rsplit_once(':').unwrap().1.split_once('/').unwrap().0.parse().unwrap()
}

/// Runs the line with a disturbance; what it says must be true, and its repetition must end in one change.
fn says_the_truth(world: &World, family: &str, what: &str, disturbed: impl FnOnce(&mut Command)) -> Answer {
    let line = format!("-q client create --given Ada --family {family} --operation-key {family}");
    let mut command = world.command(&line);
    disturbed(&mut command);
    let first = answer(command.output().unwrap());
    let count = || world.sql(&format!("SELECT code FROM client WHERE family = '{family}'"));
    let after = count();
    match first.status {
        0 => assert_eq!(after, [[Some(first.stdout.trim().to_owned())]], "{what}: {first:?}"),
        7 | 8 if first.stderr.contains("not known") => {
            assert!(first.stderr.contains(&format!("--operation-key {family}")), "{what}: {first:?}");
        }
        7 | 8 => assert!(after.is_empty(), "{what}: {first:?}"),
        _ => panic!("{what}: {first:?}"),
    }
    let repeated = world.ok(&line);
    assert_eq!(count(), [[Some(repeated.trim().to_owned())]], "{what}, repeated after {first:?}");
    first
}

fn the_answer_is_cut_off(world: &World) {
    world.ok("init");
    let cuts = std::env::var("CAREDESK_TEST_CUTS").ok().and_then(|count| count.parse().ok()).unwrap_or(CUTS);
    let (mut done, mut not_done) = (0, 0);
    for number in 0..cuts {
        let cut = if number % 2 == 0 { Cut::After } else { Cut::Before };
        let wire = Wire::to(port(world), cut);
        let what = format!("cut {number}, {cut:?}");
        let url = through(world, &wire);
        let first = says_the_truth(world, &format!("Moss{number}"), &what, |command| {
            command.env("CAREDESK_DB", url);
        });
        assert!(wire.cuts.load(Ordering::SeqCst) > 0, "{what}: no commit was seen");
        match (cut, first.status) {
            (Cut::After, 0) => done += 1,
            (Cut::Before, 7) => not_done += 1,
            _ => panic!("{what}: {first:?}"),
        }
    }
    aloud(&format!("{cuts} cuts at COMMIT: {done} done, {not_done} not done, all said truly, none doubled"));
}

#[test]
fn postgres() {
    tell(Engine::Postgres, module_path!(), the_answer_is_cut_off);
}

/// Lets the n-th of the calls that bring a file to the disk fail, or all from then on.
const FAILING_DISK: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
static int fails(void) {
    static int count;
    const char *at = getenv("FAILING_SYNC"), *lasting = getenv("FAILING_LASTING");
    count++;
    return at && (count == atoi(at) || (lasting && count > atoi(at)));
}
int fsync(int file) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}
int fdatasync(int file) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
}
"#;

#[test]
#[cfg(target_os = "linux")]
fn sqlite() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    world.write("disk.c", FAILING_DISK);
    let library = world.path("disk.so");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(&library).arg(world.path("disk.c")).arg("-ldl");
    assert!(compiler.status().expect("a C compiler").success());
    let mut failed = 0;
    for number in 1..=6 {
        for lasting in [false, true] {
            // Another process that reads keeps the log from being read anew.
            let reader = (number % 2 == 0).then(|| {
                let reader = rusqlite::Connection::open(world.path("test.db")).unwrap();
                reader.query_row("SELECT count(*) FROM client", [], |_| Ok(())).unwrap();
                reader
            });
            let family = format!("Moss{number}{lasting}");
            let first = says_the_truth(&world, &family, &format!("sync {number}, {lasting}"), |command| {
                command.env("LD_PRELOAD", &library).env("FAILING_SYNC", number.to_string());
                if lasting {
                    command.env("FAILING_LASTING", "1");
                }
            });
            failed += u32::from(first.status != 0);
            drop(reader);
        }
    }
    assert!(failed > 0, "no disk failed");
}
