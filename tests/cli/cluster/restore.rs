//! Back to a point in time with pgBackRest, as `packaging/cluster/pgbackrest.conf` sets it up, and how that shows in the seals.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use postgres::{Client, NoTls};
use tempfile::TempDir;

use super::asked_for;
use super::pair::folder;
use crate::postgres::hand_over;
use crate::world::{Engine, aloud, tell};

const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/cluster/pgbackrest.conf");

/// Takes one order a line, and answers each with its exit status. When the pipe closes it ends the server and removes all.
const KEEPER: &str = r#"
directory=$1 programs=$2 port=$3
cd "$directory"
run() { "$programs/pg_ctl" --pgdata="$directory/data" --silent --log="$directory/server.log" --timeout=60 "$@" --wait >>log 2>&1 </dev/null; }
rest() { pgbackrest --config="$directory/pgbackrest.conf" --stanza=caredesk "$@" >>log 2>&1 </dev/null; }
{
    "$programs/initdb" --pgdata="$directory/data" --username=postgres --auth=trust --locale=C --encoding=UTF8
    printf '%s\n' "port=$port" "listen_addresses='127.0.0.1'" "unix_socket_directories='$directory'" archive_mode=on \
        "archive_command='pgbackrest --config=$directory/pgbackrest.conf --stanza=caredesk archive-push %p'" \
        >>"$directory/data/postgresql.conf"
} >>log 2>&1
run start && rest stanza-create
echo $?
while read -r verb rest; do
    case $verb in
        backup) rest backup ;;
        restore) run stop --mode=fast && rest --delta --type=time "--target=$rest" --target-action=promote restore && run start ;;
    esac
    echo $?
done
run stop --mode=immediate
cd / && rm -rf "$directory"
"#;

struct Server {
    keeper: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    fn start() -> Server {
        let directory = TempDir::with_prefix("caredesk-restore-").unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let path = |name: &str| directory.path().join(name).display().to_string();
        let mut text = fs::read_to_string(CONFIGURATION).unwrap();
        let data =
            format!("{}\npg1-port={port}\npg1-user=postgres\npg1-socket-path={}", path("data"), path(""));
        let spool = format!("{}\nlog-path={}\nlock-path={}", path("spool"), path(""), path("lock"));
        for (there, here) in [
            ("/var/lib/postgresql/15/caredesk", data),
            ("/var/lib/pgbackrest", path("repository")),
            ("/var/spool/pgbackrest", spool),
        ] {
            assert!(text.contains(there), "packaging/cluster/pgbackrest.conf has no `{there}`");
            text = text.replace(there, &here);
        }
        fs::write(directory.path().join("pgbackrest.conf"), text).unwrap();
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(directory.path()).arg(folder()).arg(port.to_string());
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        hand_over(directory.path(), &["pgbackrest.conf"], &mut keeper).unwrap();
        let mut keeper = keeper.spawn().unwrap();
        // From here on the keeper removes it.
        let directory = directory.keep();
        let (orders, answers) = (keeper.stdin.take(), BufReader::new(keeper.stdout.take().unwrap()));
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let mut server = Server { keeper, orders, answers, url };
        let started = server.answer();
        let log = fs::read_to_string(directory.join("log")).unwrap_or_default();
        assert_eq!(started, "0", "this needs pgbackrest: {log}");
        server
    }

    fn order(&mut self, order: &str) {
        writeln!(self.orders.as_mut().unwrap(), "{order}").unwrap();
        assert_eq!(self.answer(), "0", "{order}");
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.keeper.wait();
    }
}

#[test]
fn a_point_in_time_has_what_was_done_before_it() {
    tell(Engine::Postgres, "cluster::restore::a_point_in_time_has_what_was_done_before_it", |world| {
        if asked_for().is_none() {
            return aloud("pgBackRest: `just cluster` goes back with it; a usual run does not");
        }
        let mut server = Server::start();
        world.set("CAREDESK_DB", &server.url);
        world.ok("init --time-zone UTC");
        world.ok("client create --given Ida --family Fox");
        server.order("backup");
        world.ok("client create --given Jo --family Fox");
        world.ok("audit anchor before");
        sleep(Duration::from_secs(2));
        let now = "SELECT clock_timestamp()::text";
        let point: String = Client::connect(&server.url, NoTls).unwrap().query_one(now, &[]).unwrap().get(0);
        sleep(Duration::from_secs(2));
        world.ok("client create --given Kit --family Fox");
        world.ok("audit anchor after");
        server.order(&format!("restore {point}"));
        let is_over = "SELECT NOT pg_is_in_recovery()";
        while !Client::connect(&server.url, NoTls).unwrap().query_one(is_over, &[]).unwrap().get::<_, bool>(0)
        {
            sleep(Duration::from_millis(200));
        }
        let list = world.ok("client list --columns given --sort given -o csv");
        assert_eq!(list, "given\nIda\nJo\n");
        world.ok("audit verify");
        world.ok("database check");
        world.ok("audit verify --since before");
        let lost = world.run_json("audit verify --since after");
        assert!(lost.status == 8 && lost.stderr.contains("\"audit.not_continued\""), "{lost:?}");
        world.ok("client create --given Kit --family Fox");
    });
}
