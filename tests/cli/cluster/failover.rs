//! Several servers of one database, of which one takes changes (rules 7.90 to 7.94): whichever host is named first, what is
//! read where, and what becomes of a change when the server goes away in the middle of it.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

use super::pair::Pair;
use crate::world::{Engine, World, answer, tell};

const FIRST: usize = 0;
const SECOND: usize = 1;

/// A server and its standby, and a world that names both, the standby first.
fn pair(world: &World) -> Pair {
    let cluster = Pair::start();
    world.set("CAREDESK_DB", &cluster.urls());
    world.ok("init --time-zone UTC");
    world.ok("client create --given Ida --family Fox");
    cluster
}

fn superuser(cluster: &Pair, which: usize) -> Client {
    Client::connect(&cluster.url(which), NoTls).unwrap()
}

/// Waits until the standby has replayed all of the first.
fn caught_up(cluster: &Pair) {
    let (mut first, mut second) = (superuser(cluster, FIRST), superuser(cluster, SECOND));
    let newest: String = first.query_one("SELECT pg_current_wal_flush_lsn()::text", &[]).unwrap().get(0);
    let has_it = format!("SELECT pg_last_wal_replay_lsn() >= '{newest}'");
    let until = Instant::now() + Duration::from_secs(20);
    while !second.query_one(&has_it, &[]).unwrap().get::<_, bool>(0) {
        assert!(Instant::now() < until, "the standby does not follow");
        sleep(Duration::from_millis(20));
    }
}

/// From now on the first takes a change as done when the standby has it.
fn wait_for_a_standby(cluster: &Pair) {
    let mut first = superuser(cluster, FIRST);
    first.batch_execute("ALTER SYSTEM SET synchronous_standby_names = '*'").unwrap();
    first.batch_execute("SELECT pg_reload_conf()").unwrap();
}

fn names(world: &World, line: &str) -> Vec<String> {
    let list = world.json(line);
    let name = |client: &serde_json::Value| client["given"].as_str().unwrap_or_default().to_owned();
    list.as_array().unwrap().iter().map(name).collect()
}

fn begun(world: &World, line: &str) -> Child {
    world.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A test of two servers of its own.
macro_rules! on_a_pair {
    ($name:ident, |$world:ident, $cluster:ident| $body:block) => {
        #[test]
        fn $name() {
            tell(Engine::Postgres, concat!("cluster::failover::", stringify!($name)), |$world| {
                let mut $cluster = pair($world);
                $body
                drop($cluster);
            });
        }
    };
}

// Rule 7.90.
on_a_pair!(changes_find_the_server_that_takes_them, |world, cluster| {
    world.ok("client create --given Jo --family Fox");
    assert_eq!(names(world, "client list --sort given"), ["Ida", "Jo"]);
    // The standby alone is read, and takes none.
    world.set("CAREDESK_DB", &cluster.url(SECOND));
    caught_up(&cluster);
    assert_eq!(names(world, "client list --sort given"), ["Ida", "Jo"]);
    let refused = world.run("client create --given Kit --family Fox");
    assert_eq!(refused.status, 8, "{refused:?}");
    // None does while no one has taken over.
    world.set("CAREDESK_DB", &cluster.urls());
    cluster.order("kill first");
    let none = world.run_json("client create --given Kit --family Fox --lock-timeout 1s");
    assert!(none.status == 7 && none.stderr.contains("\"database.no_primary\""), "{none:?}");
    assert!(none.stderr.contains("`--read-from replica` reads from a standby"), "{none:?}");
    // What never answered is not waited for.
    cluster.order("kill second");
    let began = Instant::now();
    let none = world.run_json("client list");
    assert!(none.status == 7 && none.stderr.contains("\"database.unreachable\""), "{none:?}");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
});

// Rules 7.91 and 7.92.
on_a_pair!(a_replica_is_read_and_says_how_old_it_is, |world, cluster| {
    world.ok("account create kim --name Kim --level standard");
    caught_up(&cluster);
    let list = "client list --columns given --read-from replica";
    let seen = world.run(list);
    assert!(seen.status == 0 && seen.stdout.contains("Ida"), "{seen:?}");
    let note = format!(
        "note: read from the replica 127.0.0.1:{}, which has all that it received",
        cluster.port(SECOND)
    );
    assert_eq!(seen.stderr.trim_end(), note);
    assert_eq!(world.run(&format!("{list} -q")).stderr, "");
    // From now on it gets no further.
    superuser(&cluster, SECOND).batch_execute("SELECT pg_wal_replay_pause()").unwrap();
    world.set("CAREDESK_READ_FROM", "replica");
    // A change goes to the primary, and so does the look for what it changed.
    world.ok("client create --given Jo --family Fox");
    world.ok("account disable kim");
    let old = world.run("client list --columns given");
    assert!(old.status == 0 && !old.stdout.contains("Jo") && old.stderr.contains(" behind"), "{old:?}");
    assert_eq!(names(world, "client list --sort given --read-from primary"), ["Ida", "Jo"]);
    // Whose rights have ended on the primary changes nothing there, whatever the replica still says.
    world.as_user("kim");
    let refused = world.run_json("client create --given Kit --family Fox");
    assert!([6, 7].contains(&refused.status), "{refused:?}");
    world.as_user("admin");
    assert_eq!(names(world, "client list --sort given --read-from primary"), ["Ida", "Jo"]);
    // One that is far behind is read only where there is no primary.
    sleep(Duration::from_secs(11));
    let new = world.run("client list --columns given");
    assert!(new.stdout.contains("Jo") && new.stderr.is_empty(), "{new:?}");
    cluster.order("kill first");
    let old = world.run("client list --columns given");
    assert!(old.status == 0 && !old.stdout.contains("Jo"), "{old:?}");
    let seconds = old.stderr.split("which is ").nth(1).and_then(|text| text.split(' ').next());
    assert!(seconds.and_then(|text| text.parse::<u32>().ok()).is_some_and(|seconds| seconds > 10), "{old:?}");
    let none = world.run_json("client create --given Kit --family Fox --lock-timeout 1s");
    assert!(none.status == 7 && none.stderr.contains("\"database.no_primary\""), "{none:?}");
});

// Rule 7.93.
on_a_pair!(a_change_goes_on_where_another_server_takes_over, |world, cluster| {
    wait_for_a_standby(&cluster);
    world.ok("client create --given Jo --family Fox");
    let people: Vec<String> = (0..40_000).map(|number| format!("{number},Given{number},Lark")).collect();
    world.write("people.csv", format!("id,given,family\n{}\n", people.join("\n")));
    let import = begun(world, "client import people.csv --yes");
    let mut watch = superuser(&cluster, FIRST);
    let is_under_way =
        "SELECT EXISTS (SELECT FROM pg_locks WHERE mode = 'ShareRowExclusiveLock' AND granted)";
    while !watch.query_one(is_under_way, &[]).unwrap().get::<_, bool>(0) {
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(300));
    world.write(
        "lines.txt",
        "client create --given Lee --family Fox\nclient create --given Mo --family Fox\n",
    );
    cluster.order("kill first");
    let waiting = begun(world, "client create --given Kit --family Fox");
    let batch = begun(world, "batch lines.txt");
    sleep(Duration::from_secs(1));
    cluster.order("promote second");
    let (import, waiting) =
        (answer(import.wait_with_output().unwrap()), answer(waiting.wait_with_output().unwrap()));
    assert_eq!((import.status, waiting.status), (0, 0), "{import:?} {waiting:?}");
    drop(batch.wait_with_output());
    assert_eq!(world.ok("client list --limit 100000 -q").lines().count(), 40_000 + 5);
    for name in ["Ida", "Jo", "Kit", "Lee", "Mo"] {
        assert_eq!(names(world, &format!("client list --name '{name} Fox'")), [name]);
    }
    world.ok("audit verify");
    world.ok("database check");
});

// Rule 7.94: the server answers the commit although no standby has it, and says so in a warning.
on_a_pair!(a_change_is_done_when_a_standby_has_it, |world, cluster| {
    wait_for_a_standby(&cluster);
    world.ok("client create --given Jo --family Fox");
    cluster.order("stop second");
    world.set("CAREDESK_DB", &format!("{}?statement_timeout=700ms", cluster.url(FIRST)));
    let mut change = begun(world, "client create --given Kit --family Fox");
    sleep(Duration::from_secs(4));
    assert!(change.try_wait().unwrap().is_none(), "it is said to be done though no standby has it");
    cluster.order("start second");
    let done = answer(change.wait_with_output().unwrap());
    assert_eq!(done.status, 0, "{done:?}");
    caught_up(&cluster);
    assert_eq!(names(world, "client list --sort given"), ["Ida", "Jo", "Kit"]);
});
