//! Connections that are cut: between the program and the server stands one who passes on so many bytes, and then nothing more.
//! What becomes of COMMIT itself is in `commit.rs`.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use super::{CHANGES, Change, asked_for, begin, figures, places};
use crate::world::{Engine, World, answer, tell};

/// Behind so many bytes to the server, or from it.
#[derive(Clone, Copy, Debug)]
enum Cut {
    Never,
    Sent(usize),
    Answered(usize),
}

/// Forwards connections to a server, and cuts one; those that come later are left alone.
struct Proxy {
    port: u16,
    traffic: Arc<Traffic>,
}

struct Traffic {
    cut: Cut,
    has_cut: AtomicBool,
    sent: AtomicUsize,
    answered: AtomicUsize,
}

impl Proxy {
    fn to(server: String, cut: Cut) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let new = Traffic {
            cut,
            has_cut: AtomicBool::default(),
            sent: AtomicUsize::default(),
            answered: AtomicUsize::default(),
        };
        let traffic = Arc::new(new);
        let proxy = Proxy { port, traffic: Arc::clone(&traffic) };
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&server) else { return };
                let sides = Arc::new((client, server));
                let (up, down) = (Arc::clone(&sides), sides);
                let (sending, answering) = (Arc::clone(&traffic), Arc::clone(&traffic));
                thread::spawn(move || {
                    let last = |cut| if let Cut::Sent(last) = cut { Some(last) } else { None };
                    sending.pass(&up.0, &up.1, &sending.sent, last);
                });
                thread::spawn(move || {
                    let last = |cut| if let Cut::Answered(last) = cut { Some(last) } else { None };
                    answering.pass(&down.1, &down.0, &answering.answered, last);
                });
            }
        });
        proxy
    }
}

impl Traffic {
    fn pass(
        &self, mut from: &TcpStream, mut to: &TcpStream, count: &AtomicUsize,
        last: impl Fn(Cut) -> Option<usize>,
    ) {
        let mut bytes = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut bytes) {
            let before = count.fetch_add(length, Ordering::SeqCst);
            let left = last(self.cut).filter(|last| before < *last && *last <= before + length);
            let passed = to.write_all(&bytes[..left.map_or(length, |last| last - before)]);
            if left.is_some() {
                self.has_cut.store(true, Ordering::SeqCst);
            }
            if left.is_some() || passed.is_err() {
                break;
            }
        }
        for side in [from, to] {
            let _ = side.shutdown(Shutdown::Both);
        }
    }
}

/// The database of a world by way of a proxy.
fn through(world: &World, cut: Cut) -> (Proxy, String) {
    let url = world.database_name();
    let (head, name) = url.rsplit_once('/').expect("a name");
    let (user, server) = head.rsplit_once('@').expect("a user");
    let proxy = Proxy::to(server.to_owned(), cut);
    let via = format!("{user}@127.0.0.1:{}/{name}", proxy.port);
    (proxy, via)
}

/// The server notices a client that is gone only when it next speaks to it.
fn settled(world: &World) {
    let others = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while world.sql(others)[0][0].as_deref() != Some("0") {
        sleep(Duration::from_millis(5));
    }
}

// Rules 4.1, 4.2.
#[test]
fn a_connection_that_is_cut_leaves_nothing_half_done() {
    tell(Engine::Postgres, "torture::a_connection_that_is_cut_leaves_nothing_half_done", |_| {
        let mut random = fastrand::Rng::with_seed(15);
        let mut cut = 0;
        let lines = if asked_for().is_some() { CHANGES } else { &CHANGES[..2] };
        for line in lines {
            let change = Change::of(&World::new(Engine::Postgres), line);
            for how in cuts(line, &mut random) {
                let world = World::new(Engine::Postgres);
                begin(&world);
                let (proxy, via) = through(&world, how);
                let answer = answer(world.command(line).env("CAREDESK_DB", via).output().expect("a start"));
                settled(&world);
                change.must_be_whole(&world, &answer, &format!("{how:?}"));
                assert!([0, 7].contains(&answer.status), "{line}, {how:?}: {answer:?}");
                cut += usize::from(proxy.traffic.has_cut.load(Ordering::SeqCst));
            }
        }
        assert!(cut > 10, "{cut} were cut");
        figures("connections to PostgreSQL cut", cut);
    });
}

/// Some of the bytes on either way.
fn cuts(line: &str, random: &mut fastrand::Rng) -> Vec<Cut> {
    let world = World::new(Engine::Postgres);
    begin(&world);
    let (proxy, via) = through(&world, Cut::Never);
    assert!(world.command(line).env("CAREDESK_DB", via).output().expect("a start").status.success());
    let [sent, answered] =
        [&proxy.traffic.sent, &proxy.traffic.answered].map(|count| count.load(Ordering::SeqCst));
    let sent = places(sent, 5, random).into_iter().map(Cut::Sent);
    sent.chain(places(answered, 5, random).into_iter().map(Cut::Answered)).collect()
}
