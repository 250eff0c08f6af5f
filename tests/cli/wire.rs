//! A proxy that counts the journeys to a PostgreSQL server, or keeps the answer to a commit to itself.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use crate::proxy::{Pass, Proxy, Watch};
use crate::world::World;

pub struct Wire(Proxy<Seen>);

#[derive(Default)]
struct Seen {
    /// How often an answer was waited for.
    journeys: AtomicUsize,
    /// How many statements there were.
    statements: AtomicUsize,
    /// The names of prepared statements.
    names: Mutex<Vec<String>>,
    keeps_commit: AtomicBool,
}

impl Wire {
    /// In front of the server of this world.
    pub fn before(world: &World) -> Self {
        Wire(Proxy::before(world, Seen::default()))
    }

    pub fn address(&self) -> &str {
        self.0.address()
    }

    /// How many journeys to the server there were since this was last asked.
    pub fn journeys(&self) -> usize {
        self.0.watch.journeys.swap(0, SeqCst)
    }

    /// How many statements there were since this was last asked. A client that sends each by itself, as `psql` does, waits as often.
    pub fn statements(&self) -> usize {
        self.0.watch.statements.swap(0, SeqCst)
    }

    pub fn names(&self) -> Vec<String> {
        self.0.watch.names.lock().expect("names").clone()
    }

    /// The answer to the next COMMIT does not arrive, nor anything behind it.
    pub fn keep_next_commit(&self) {
        self.0.watch.keeps_commit.store(true, SeqCst);
    }
}

impl Watch for Seen {
    fn requests(self: Arc<Self>) -> impl FnMut(&[u8]) -> Pass + Send + 'static {
        let (mut waiting, mut is_first) = (Vec::new(), true);
        move |bytes| {
            waiting.extend_from_slice(bytes);
            let mut is_kept = false;
            while let Some((message, length)) = Message::of(&waiting, is_first) {
                // What goes together with the next is one journey with it.
                if message.is_question() && length == waiting.len() {
                    self.journeys.fetch_add(1, SeqCst);
                }
                self.statements.fetch_add(message.statements(), SeqCst);
                self.names.lock().expect("names").extend(message.name());
                is_kept |= message.is_commit() && self.keeps_commit.swap(false, SeqCst);
                is_first = false;
                waiting.drain(..length);
            }
            if is_kept { Pass::Unanswered } else { Pass::On }
        }
    }
}

/// A message of PostgreSQL's protocol; the first of a connection has no kind.
struct Message<'a> {
    kind: Option<u8>,
    body: &'a [u8],
}

impl Message<'_> {
    /// The message that these bytes begin with, and its length, if they hold all of it.
    fn of(bytes: &[u8], is_first: bool) -> Option<(Message<'_>, usize)> {
        let start = usize::from(!is_first);
        let length = u32::from_be_bytes(bytes.get(start..start + 4)?.try_into().ok()?) as usize;
        let body = bytes.get(start + 4..start + length)?;
        Some((Message { kind: (!is_first).then(|| bytes[0]), body }, start + length))
    }

    /// Nothing waits for a roll-back.
    fn is_question(&self) -> bool {
        self.kind.is_none_or(|kind| b"QSp".contains(&kind) && !self.body.starts_with(b"ROLLBACK"))
    }

    /// How many statements it runs.
    fn statements(&self) -> usize {
        match self.kind {
            Some(b'E') => 1,
            Some(b'Q') => self.body.split(|byte| *byte == b';').count(),
            _ => 0,
        }
    }

    fn is_commit(&self) -> bool {
        self.kind == Some(b'Q') && self.body.ends_with(b"COMMIT\0")
    }

    /// That of the statement which it prepares, if it has one.
    fn name(&self) -> Option<String> {
        let name = self.body.split(|byte| *byte == 0).next().filter(|name| !name.is_empty())?;
        (self.kind == Some(b'P')).then(|| String::from_utf8_lossy(name).into_owned())
    }
}
