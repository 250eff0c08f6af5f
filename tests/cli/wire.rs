//! What stands between the program and a PostgreSQL server: a proxy that counts what goes by, or keeps an answer to itself.

use std::io::{self, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::world::World;

/// A port that stays open as long as the test process.
pub struct Wire {
    address: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    /// How often an answer was waited for.
    journeys: AtomicUsize,
    /// The names of prepared statements.
    names: Mutex<Vec<String>>,
    keeps_commit: AtomicBool,
}

impl Wire {
    /// In front of the server of this world.
    pub fn before(world: &World) -> Self {
        let address = world.database_name();
        let (head, rest) = address.rsplit_once(':').expect("a port");
        let (port, database) = rest.split_once('/').expect("a database");
        let (server, listener) =
            (format!("127.0.0.1:{port}"), TcpListener::bind("127.0.0.1:0").expect("a port"));
        let address = format!("{head}:{}/{database}", listener.local_addr().expect("a port").port());
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (server, seen) = (TcpStream::connect(&server).expect("the server"), Arc::clone(&shared));
                thread::spawn(move || pass(client, server, &seen));
            }
        });
        Wire { address, seen }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// How many journeys to the server there were since this was last asked.
    pub fn journeys(&self) -> usize {
        self.seen.journeys.swap(0, SeqCst)
    }

    pub fn names(&self) -> Vec<String> {
        self.seen.names.lock().expect("names").clone()
    }

    /// The answer to the next COMMIT does not arrive, nor anything behind it.
    pub fn keep_next_commit(&self) {
        self.seen.keeps_commit.store(true, SeqCst);
    }
}

/// A port that accepts connections and says nothing.
pub fn silent() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    thread::spawn(move || listener.incoming().collect::<Vec<_>>());
    port
}

fn pass(client: TcpStream, server: TcpStream, seen: &Arc<Seen>) {
    let is_kept = Arc::new(AtomicBool::new(false));
    let (mut from, mut to) = (server.try_clone().expect("a socket"), client.try_clone().expect("a socket"));
    let answers = {
        let is_kept = Arc::clone(&is_kept);
        thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(count @ 1..) = from.read(&mut bytes) {
                if !is_kept.load(SeqCst) && to.write_all(&bytes[..count]).is_err() {
                    break;
                }
            }
            let _ = to.shutdown(Shutdown::Both);
        })
    };
    drop(requests(client, &server, seen, &is_kept));
    let _ = server.shutdown(Shutdown::Both);
    answers.join().expect("the answers");
}

fn requests(client: TcpStream, mut server: &TcpStream, seen: &Seen, is_kept: &AtomicBool) -> io::Result<()> {
    let mut client = BufReader::new(client);
    let mut is_first = true;
    loop {
        let mut kind = [0];
        if !is_first {
            client.read_exact(&mut kind)?;
        }
        let mut length = [0; 4];
        client.read_exact(&mut length)?;
        let mut body = vec![0; u32::from_be_bytes(length) as usize - 4];
        client.read_exact(&mut body)?;
        // What goes together with the next is one journey with it, and nothing waits for a roll-back.
        let is_question = is_first || b"QSp".contains(&kind[0]) && !body.starts_with(b"ROLLBACK");
        if is_question && client.buffer().is_empty() {
            seen.journeys.fetch_add(1, SeqCst);
        }
        if kind == *b"P" {
            let name: Vec<u8> = body.iter().copied().take_while(|byte| *byte != 0).collect();
            if !name.is_empty() {
                seen.names.lock().expect("names").push(String::from_utf8_lossy(&name).into_owned());
            }
        }
        if kind == *b"Q" && body.starts_with(b"COMMIT") && seen.keeps_commit.swap(false, SeqCst) {
            is_kept.store(true, SeqCst);
        }
        let kind = if is_first { &[][..] } else { &kind };
        server.write_all(&[kind, &length, &body].concat())?;
        is_first = false;
    }
}
