//! Connections that are cut: between the program and the server stands one who passes on so many bytes, and then nothing more.
//! What becomes of COMMIT itself is in `commit.rs`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use super::{CHANGES, Change, asked_for, begin, figures, places};
use crate::proxy::{Pass, Proxy, Watch};
use crate::world::{Engine, World, answer, tell};

/// Behind so many bytes to the server, or from it.
#[derive(Clone, Copy, Debug)]
enum Cut {
    Never,
    Sent(usize),
    Answered(usize),
}

/// Counts the bytes, and cuts one connection; those that come later are left alone.
struct Traffic {
    cut: Cut,
    has_cut: AtomicBool,
    sent: AtomicUsize,
    answered: AtomicUsize,
}

impl Traffic {
    fn before(world: &World, cut: Cut) -> Proxy<Traffic> {
        let (has_cut, sent, answered) = Default::default();
        Proxy::before(world, Traffic { cut, has_cut, sent, answered })
    }

    fn pass(&self, count: &AtomicUsize, last: Option<usize>, length: usize) -> Pass {
        let before = count.fetch_add(length, Ordering::SeqCst);
        match last {
            Some(last) if before < last && last <= before + length => {
                self.has_cut.store(true, Ordering::SeqCst);
                Pass::Cut(last - before)
            }
            _ => Pass::On,
        }
    }
}

impl Watch for Traffic {
    fn requests(self: Arc<Self>) -> impl FnMut(&[u8]) -> Pass + Send + 'static {
        let last = if let Cut::Sent(last) = self.cut { Some(last) } else { None };
        move |bytes| self.pass(&self.sent, last, bytes.len())
    }

    fn answers(self: Arc<Self>) -> impl FnMut(&[u8]) -> Pass + Send + 'static {
        let last = if let Cut::Answered(last) = self.cut { Some(last) } else { None };
        move |bytes| self.pass(&self.answered, last, bytes.len())
    }
}

/// The server notices a client that is gone only when it next speaks to it.
pub fn settled(world: &World) {
    if world.database.is_none() {
        return;
    }
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
                let proxy = Traffic::before(&world, how);
                let mut command = world.command(line);
                let answer = answer(command.env("CAREDESK_DB", proxy.address()).output().expect("a start"));
                settled(&world);
                change.must_be_whole(&world, &answer, &format!("{how:?}"));
                assert!([0, 7].contains(&answer.status), "{line}, {how:?}: {answer:?}");
                cut += usize::from(proxy.watch.has_cut.load(Ordering::SeqCst));
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
    let proxy = Traffic::before(&world, Cut::Never);
    world.set("CAREDESK_DB", proxy.address());
    world.ok(line);
    let [sent, answered] =
        [&proxy.watch.sent, &proxy.watch.answered].map(|count| count.load(Ordering::SeqCst));
    let sent = places(sent, 5, random).into_iter().map(Cut::Sent);
    sent.chain(places(answered, 5, random).into_iter().map(Cut::Answered)).collect()
}
