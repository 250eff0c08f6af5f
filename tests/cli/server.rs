//! PostgreSQL as people run it: behind poolers, on standbys, over wires that fall silent; and locks that others hold.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConnection, StreamOwned};

use crate::honest::settle_honestly;
use crate::mail_host::certificate;
use crate::proxy::silent;
use crate::town::settle;
use crate::wire::Wire;
use crate::world::{Engine, World, aloud};

/// Status and code of a command.
fn code(world: &World, line: &str) -> (i32, String) {
    let answer = world.run_json(line);
    let error: serde_json::Value = serde_json::from_str(answer.stderr.trim_end()).unwrap_or_default();
    (answer.status, error["error"]["code"].as_str().unwrap_or_default().to_owned())
}

fn is(status: i32, code: &str) -> (i32, String) {
    (status, code.to_owned())
}

/// A test of PostgreSQL alone.
macro_rules! on_a_server {
    ($name:ident, |$world:ident| $body:block) => {
        #[test]
        fn $name() {
            crate::world::tell(Engine::Postgres, concat!("server::", stringify!($name)), |$world: &World| {
                $body
            });
        }
    };
}

// Rule 4.9.
on_a_server!(a_silent_server_is_not_waited_for, |world| {
    let began = Instant::now();
    let port = silent();
    world.set("CAREDESK_DB", &format!("postgres://u:p@127.0.0.1:{port}/x?connect_timeout=1"));
    assert_eq!(code(world, "whoami"), is(7, "database.unreachable"));
    // The next host of the address has its own time.
    let right = world.database_name();
    let address = right.replace("127.0.0.1:", &format!("127.0.0.1:{port},127.0.0.1:"));
    world.set("CAREDESK_DB", &format!("{address}?connect_timeout=1"));
    world.ok("init");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
});

on_a_server!(a_commit_without_an_answer_is_noticed, |world| {
    settle(world);
    let wire = Wire::before(world);
    world.set("CAREDESK_DB", &format!("{}?answer_timeout=700ms", wire.address()));
    world.ok("client create --given Ada --family Before");
    wire.keep_next_commit();
    let began = Instant::now();
    // It is looked up (rule 4.6).
    world.ok("client create --given Ada --family Lost");
    assert!(
        began.elapsed() > Duration::from_millis(700) && began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(world.json("client list --name 'Ada Lost'").as_array().unwrap().len(), 1);
});

// A pooler gives each transaction another connection, on which no name is known.
on_a_server!(no_statement_has_a_name_on_the_server, |world| {
    settle_honestly(world);
    let wire = Wire::before(world);
    world.set("CAREDESK_DB", wire.address());
    world.write("people.csv", "id,given,family\n1,Ada,One\n2,Bea,Two\n");
    for line in [
        "client create --given Ada --family Pool",
        "client import people.csv",
        "client list",
        "outsource create REF-00000A --all-visits --provider acme --reference winter",
        "package respond winter --provider acme --accept",
        "audit verify",
        "database check",
    ] {
        world.ok(line);
    }
    assert_eq!(wire.names(), Vec::<String>::new());
});

// What a command costs where the server is far away.
on_a_server!(journeys_to_the_server_are_few, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.ok("provider add-resource acme 'Night shift' --queue 'home care'");
    let wire = Wire::before(world);
    world.set("CAREDESK_DB", wire.address());
    for (line, most) in [
        ("package list", 7),
        ("capacity set night 4", 12),
        ("package respond winter --provider acme --accept", 21),
    ] {
        wire.journeys();
        wire.statements();
        let answer = world.run(line);
        let (journeys, statements) = (wire.journeys(), wire.statements());
        aloud(&format!("{journeys} journeys to the server with {statements} statements: {line}"));
        // One more connects.
        assert!(journeys <= statements + 1, "{line}: {journeys} journeys with {statements} statements");
        assert!(
            answer.status == 0 && (1..=most).contains(&journeys),
            "{line}: {journeys} of {most}; {answer:?}"
        );
    }
});

on_a_server!(what_the_server_says_has_its_status, |world| {
    settle(world);
    let right = world.database_name();
    world.set("CAREDESK_DB", &format!("{right}?sslmode=verify-full"));
    assert_eq!(code(world, "whoami"), is(8, "database.encryption"));
    world.set("CAREDESK_DB", &encrypted());
    assert_eq!(code(world, "whoami"), is(8, "database.encryption"));
    for (attribute, expected) in [
        ("any", is(0, "")),
        ("read-write", is(0, "")),
        ("primary", is(0, "")),
        ("prefer-standby", is(0, "")),
        ("standby", is(8, "database.no_such_server")),
        ("read-only", is(8, "database.no_such_server")),
        ("master", is(2, "usage")),
    ] {
        world.set("CAREDESK_DB", &format!("{right}?target_session_attrs={attribute}"));
        assert_eq!(code(world, "whoami"), expected, "{attribute}");
    }
    world.set("CAREDESK_DB", &format!("{right}?options=-c%20default_transaction_read_only%3Don"));
    world.ok("client list");
    assert_eq!(code(world, "client create --given A --family B"), is(8, "database.read_only"));
    world.set("CAREDESK_DB", &right);
    world.psql("DROP TABLE disclosure CASCADE");
    assert_eq!(code(world, "disclosure list"), is(8, "database.no_table"));
});

/// The address of a server whose certificate is of no authority that is known.
fn encrypted() -> String {
    let (_, tls) = certificate();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut request = [0; 8];
            let _ = stream.read_exact(&mut request).and_then(|()| stream.write_all(b"S"));
            let session = ServerConnection::new(Arc::clone(&tls)).unwrap();
            let _ = StreamOwned::new(session, stream).read(&mut request);
        }
    });
    format!("postgres://u:p@localhost:{port}/x?sslmode=verify-full")
}

// A change waits for another as long as it is let, and reading does not wait.
both_engines!(a_lock_of_another_is_waited_for_as_long_as_is_said, |world| {
    settle(world);
    let change = "client create --given A --family B";
    let name = world.database_name();
    let blocked = |lines: &dyn Fn()| match world.engine() {
        Engine::Sqlite => {
            let other = rusqlite::Connection::open(&name).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            lines();
        }
        Engine::Postgres => {
            let mut other = postgres::Client::connect(&name, postgres::NoTls).unwrap();
            other.batch_execute("BEGIN; LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE").unwrap();
            lines();
        }
    };
    blocked(&|| {
        let began = Instant::now();
        assert_eq!(code(world, &format!("{change} --lock-timeout 200ms")), is(7, "database.busy"));
        assert_eq!(code(world, &format!("{change} --lock-timeout 0")), is(7, "database.busy"));
        world.ok("client list --lock-timeout 0");
        if world.engine() == Engine::Postgres {
            for parameter in ["lock_timeout=200", "statement_timeout=200ms"] {
                world.set("CAREDESK_DB", &format!("{name}?{parameter}"));
                assert_eq!(code(world, change), is(7, "database.busy"), "{parameter}");
            }
            world.set("CAREDESK_DB", &name);
        }
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
        world.set("CAREDESK_LOCK_TIMEOUT", "100ms");
        assert_eq!(code(world, change), is(7, "database.busy"));
    });
    world.ok(change);
    assert_eq!(code(world, &format!("{change} --lock-timeout soon")).0, 2);
});
