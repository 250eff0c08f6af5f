//! Through pgbouncer as `packaging/cluster/pgbouncer.ini` sets it up, which gives each transaction whichever connection is free.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::asked_for;
use crate::honest::settle_honestly;
use crate::postgres::hand_over;
use crate::race::at_once;
use crate::world::{Engine, World, aloud, tell};

const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/cluster/pgbouncer.ini");

struct Pooler {
    process: Child,
    _directory: TempDir,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        drop((self.process.kill(), self.process.wait()));
    }
}

/// In front of the server of this world, with fewer connections than there are clients.
fn before(world: &World) -> Pooler {
    let url = world.database_name();
    let (role, server) = url.trim_start_matches("postgres://").split_once('@').unwrap();
    let (host, database) = server.split_once('/').unwrap();
    let (name, port) = host.split_once(':').unwrap();
    let (login, password) = role.split_once(':').unwrap();
    let directory = TempDir::with_prefix("caredesk-pooler-").unwrap();
    let own = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let users = directory.path().join("users.txt");
    fs::write(&users, format!("\"{login}\" \"{password}\"\n")).unwrap();
    let mut text = fs::read_to_string(CONFIGURATION).unwrap();
    for (there, here) in [
        (
            "host=primary.db.example port=5432 dbname=caredesk",
            format!("host={name} port={port} dbname={database}"),
        ),
        ("listen_port = 6432", format!("listen_port = {own}")),
        ("/etc/pgbouncer/userlist.txt", users.display().to_string()),
        ("default_pool_size = 20", "default_pool_size = 2".to_owned()),
        ("server_tls_sslmode = verify-full", "server_tls_sslmode = disable".to_owned()),
    ] {
        assert!(text.contains(there), "packaging/cluster/pgbouncer.ini has no `{there}`");
        text = text.replace(there, &here);
    }
    fs::write(directory.path().join("pgbouncer.ini"), text).unwrap();
    let mut command = Command::new("pgbouncer");
    command.arg(directory.path().join("pgbouncer.ini")).stdout(Stdio::null()).stderr(Stdio::null());
    hand_over(directory.path(), &["users.txt", "pgbouncer.ini"], &mut command).unwrap();
    let process = command.spawn().expect("this needs pgbouncer");
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(format!("127.0.0.1:{own}")).is_err() {
        assert!(Instant::now() < until, "pgbouncer does not answer");
        sleep(Duration::from_millis(20));
    }
    world.set("CAREDESK_DB", &format!("postgres://{login}:{password}@127.0.0.1:{own}/caredesk"));
    Pooler { process, _directory: directory }
}

#[test]
fn all_works_on_whichever_connection_is_free() {
    tell(Engine::Postgres, "cluster::pooler::all_works_on_whichever_connection_is_free", |world| {
        if asked_for().is_none() {
            return aloud("pgbouncer: `just cluster` works through it; a usual run does not");
        }
        settle_honestly(world);
        let pooler = before(world);
        world.write("people.csv", "id,given,family\n1,Ada,One\n2,Bea,Two\n");
        world.write(
            "lines.txt",
            "client create --given Cy --family Three\nclient create --given Di --family Four\n",
        );
        for line in [
            "client create --given Ada --family Pool",
            "client import people.csv",
            "batch lines.txt",
            "outsource create REF-00000A --all-visits --provider acme --reference winter",
            "package respond winter --provider acme --accept",
            "audit verify",
            "database check",
            "doctor --only integrity,references,chain,rules",
        ] {
            world.ok(line);
        }
        let many =
            (0..24).map(|number| world.command(&format!("client create --given Many{number} --family Pool")));
        let answers = at_once(many.collect());
        assert!(answers.iter().all(|answer| answer.status == 0), "{answers:?}");
        world.ok("audit verify");
        drop(pooler);
    });
}
