//! A proxy between the program and a PostgreSQL server, for tests that watch, keep or cut what goes by.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;

use crate::world::World;

/// What becomes of bytes on their way.
pub enum Pass {
    On,
    /// So many go on, and then the connection is cut on both sides.
    Cut(usize),
    /// They go on, and the program is cut off before the server answers them.
    Last,
    /// They go on, and what is answered from then on does not.
    Unanswered,
}

/// Decides on each connection.
pub trait Watch: Send + Sync + 'static {
    /// For what the program sends on a new connection.
    fn requests(self: Arc<Self>) -> impl FnMut(&[u8]) -> Pass + Send + 'static;

    /// For what the server answers on it.
    fn answers(self: Arc<Self>) -> impl FnMut(&[u8]) -> Pass + Send + 'static {
        |_: &[u8]| Pass::On
    }
}

/// Stays open as long as the test process.
pub struct Proxy<W> {
    address: String,
    pub watch: Arc<W>,
}

impl<W: Watch> Proxy<W> {
    /// In front of the server of this world.
    pub fn before(world: &World, watch: W) -> Self {
        let address = world.database_name();
        let (head, database) = address.rsplit_once('/').expect("a database");
        let (user, server) = head.rsplit_once('@').expect("a user");
        let (server, watch) = (server.to_owned(), Arc::new(watch));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let proxy =
            Proxy { address: format!("{user}@127.0.0.1:{port}/{database}"), watch: Arc::clone(&watch) };
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&server) else { return };
                connect(client, server, &watch);
            }
        });
        proxy
    }

    /// The address of the database by way of the proxy.
    pub fn address(&self) -> &str {
        &self.address
    }
}

fn connect<W: Watch>(client: TcpStream, server: TcpStream, watch: &Arc<W>) {
    let (requests, answers) = (Arc::clone(watch).requests(), Arc::clone(watch).answers());
    let sides = Arc::new((client, server));
    let is_answered = Arc::new(AtomicBool::new(true));
    let (there, back) = (Arc::clone(&sides), sides);
    let (asking, answering) = (Arc::clone(&is_answered), is_answered);
    thread::spawn(move || pass((&there.0, &there.1), requests, &asking, true));
    thread::spawn(move || pass((&back.1, &back.0), answers, &answering, false));
}

fn pass(
    (mut from, mut to): (&TcpStream, &TcpStream), mut watch: impl FnMut(&[u8]) -> Pass,
    is_answered: &AtomicBool, is_request: bool,
) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        let passed = match watch(&bytes[..length]) {
            Pass::Cut(length) => {
                let _ = to.write_all(&bytes[..length]);
                break;
            }
            Pass::Last => {
                let _ = to.write_all(&bytes[..length]);
                let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Write));
                return;
            }
            Pass::Unanswered => {
                is_answered.store(false, SeqCst);
                to.write_all(&bytes[..length])
            }
            Pass::On if is_request || is_answered.load(SeqCst) => to.write_all(&bytes[..length]),
            Pass::On => Ok(()),
        };
        if passed.is_err() {
            break;
        }
    }
    for side in [from, to] {
        let _ = side.shutdown(Shutdown::Both);
    }
}

/// A port that accepts connections and says nothing.
pub fn silent() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    thread::spawn(move || listener.incoming().collect::<Vec<_>>());
    port
}
