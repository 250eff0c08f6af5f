//! Three servers that Patroni looks after, as `packaging/cluster/patroni.yml` sets them up, and etcd, in which they agree who takes
//! changes. They run as long as the test holds them.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};
use tempfile::TempDir;

use super::pair::folder;
use crate::postgres::hand_over;

pub const NODES: usize = 3;
const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/cluster/patroni.yml");
const PASSWORD: &str = "A-PASSWORD";

/// Takes one order a line, and answers each with a line. When the pipe closes it ends all and removes their folder.
const KEEPER: &str = r#"
directory=$1 etcd=$2 peers=$3
cd "$directory"
processes() {
    postmaster=$(head -n 1 "db$1/postmaster.pid" 2>/dev/null)
    cat "db$1.pid" 2>/dev/null
    if [ -n "$postmaster" ]; then
        pgrep -P "$postmaster"
        echo "$postmaster"
    fi
}
start() {
    HOME="$directory" setsid patroni "$directory/db$1.yml" >>"$directory/db$1.log" 2>&1 </dev/null &
    echo $! >"db$1.pid"
}
setsid etcd --name db1 --data-dir "$directory/etcd" --unsafe-no-fsync \
    --listen-client-urls "http://127.0.0.1:$etcd" --advertise-client-urls "http://127.0.0.1:$etcd" \
    --listen-peer-urls "http://127.0.0.1:$peers" --initial-advertise-peer-urls "http://127.0.0.1:$peers" \
    --initial-cluster "db1=http://127.0.0.1:$peers" --enable-v2=true >etcd.log 2>&1 </dev/null &
keeper=$!
start 0; start 1; start 2
echo ready
while read -r verb which; do
    case $verb in
        start) start "$which" ;;
        kill) kill -KILL $(processes "$which") ;;
        freeze) kill -STOP $(processes "$which") ;;
        thaw) kill -CONT $(processes "$which") ;;
    esac 2>>log
    echo done
done
for node in 0 1 2; do
    kill -CONT $(processes "$node")
    kill -KILL $(processes "$node")
done 2>/dev/null
kill -KILL "$keeper"
cd / && rm -rf "$directory"
"#;

pub struct Patroni {
    keeper: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    ports: [u16; NODES],
    directory: std::path::PathBuf,
}

pub fn is_installed() -> bool {
    ["patroni", "etcd"].iter().all(|program| {
        Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    })
}

/// Whether it is one that may take the lock back from another through the newer interface of etcd.
fn is_old() -> bool {
    let said = Command::new("patroni").arg("--version").output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    let numbers = said.trim().rsplit(' ').next().unwrap_or_default().split('.');
    numbers.map(|number| number.parse().unwrap_or(0)).collect::<Vec<u32>>() < vec![3, 0, 3]
}

impl Patroni {
    pub fn start() -> Patroni {
        let directory = TempDir::with_prefix("caredesk-patroni-").unwrap();
        let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (etcd, peers, ports) = (free(), free(), [(); NODES].map(|()| free()));
        let files: Vec<String> = (0..NODES).map(|node| format!("db{node}.yml")).collect();
        for (node, file) in files.iter().enumerate() {
            let text = configured(directory.path(), node, [etcd, free(), ports[node]]);
            fs::write(directory.path().join(file), text).unwrap();
        }
        let mut keeper = Command::new("sh");
        keeper
            .args(["-c", KEEPER, "keeper"])
            .arg(directory.path())
            .args([etcd, peers].map(|port| port.to_string()));
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let names: Vec<&str> = files.iter().map(String::as_str).collect();
        hand_over(directory.path(), &names, &mut keeper).unwrap();
        let mut keeper = keeper.spawn().unwrap();
        // From here on the keeper removes it.
        let directory = directory.keep();
        let (orders, answers) = (keeper.stdin.take(), BufReader::new(keeper.stdout.take().unwrap()));
        let mut cluster = Patroni { keeper, orders, answers, ports, directory };
        assert_eq!(cluster.answer(), "ready");
        cluster.must_be_whole();
        cluster
    }

    /// The address of all.
    pub fn urls(&self) -> String {
        let hosts: Vec<String> = self.ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        format!("postgres://postgres:{PASSWORD}@{}/postgres", hosts.join(","))
    }

    /// Such as `kill` of the second.
    pub fn order(&mut self, verb: &str, node: usize) {
        writeln!(self.orders.as_mut().unwrap(), "{verb} {node}").unwrap();
        assert_eq!(self.answer(), "done", "{verb} {node}");
    }

    /// The node that takes changes, other than this one.
    pub fn leader(&self, but: Option<usize>) -> usize {
        let until = Instant::now() + Duration::from_mins(2);
        loop {
            let leads =
                |node: &usize| Some(*node) != but && self.says(*node, "SELECT NOT pg_is_in_recovery()");
            if let Some(node) = (0..NODES).find(leads) {
                return node;
            }
            assert!(Instant::now() < until, "none takes over: {}", self.logs());
            sleep(Duration::from_millis(200));
        }
    }

    /// Waits until all others follow the leader, one of them in step with it.
    pub fn must_be_whole(&self) {
        let is_whole = "SELECT count(*) = 2 AND bool_or(sync_state = 'sync') FROM pg_stat_replication WHERE state = 'streaming'";
        let until = Instant::now() + Duration::from_mins(5);
        while !self.says(self.leader(None), is_whole) {
            assert!(Instant::now() < until, "the others do not follow: {}", self.logs());
            sleep(Duration::from_millis(200));
        }
    }

    fn says(&self, node: usize, question: &str) -> bool {
        let mut config = postgres::Config::new();
        config
            .host("127.0.0.1")
            .port(self.ports[node])
            .user("postgres")
            .password(PASSWORD)
            .dbname("postgres");
        config.connect_timeout(Duration::from_secs(2)).options("-c statement_timeout=2000");
        let connect = || -> Result<bool, postgres::Error> {
            let mut client: Client = config.connect(NoTls)?;
            Ok(client.query_one(question, &[])?.get::<_, Option<bool>>(0).unwrap_or(false))
        };
        connect().unwrap_or(false)
    }

    fn logs(&self) -> String {
        let log = |node| fs::read_to_string(self.directory.join(format!("db{node}.log"))).unwrap_or_default();
        let end = |text: String| text.lines().rev().take(12).map(str::to_owned).collect::<Vec<_>>();
        (0..NODES).flat_map(|node| end(log(node)).into_iter().rev()).collect::<Vec<_>>().join("\n")
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

/// The file that is shipped, with the addresses and folders of this machine, times that are short, and no certificates.
fn configured(directory: &Path, node: usize, [etcd, rest, port]: [u16; 3]) -> String {
    let mut text = fs::read_to_string(CONFIGURATION).unwrap();
    let here = [
        ("192.0.2.1:2379,192.0.2.2:2379,192.0.2.3:2379", format!("127.0.0.1:{etcd}")),
        ("192.0.2.1:8008", format!("127.0.0.1:{rest}")),
        ("192.0.2.1:5432", format!("127.0.0.1:{port}")),
        ("name: db1", format!("name: db{node}")),
        ("/var/lib/postgresql/15/caredesk", directory.join(format!("db{node}")).display().to_string()),
        ("/usr/lib/postgresql/15/bin", folder().display().to_string()),
        ("ttl: 30", "ttl: 15".to_owned()),
        ("loop_wait: 10", "loop_wait: 1".to_owned()),
        ("retry_timeout: 10", "retry_timeout: 5".to_owned()),
        ("pgbackrest --stanza=caredesk archive-push %p", "/bin/true".to_owned()),
        ("local all postgres peer", "local all postgres trust".to_owned()),
        ("hostssl ", "host ".to_owned()),
        ("192.0.2.0/24", "127.0.0.1/32".to_owned()),
        ("ssl: \"on\"", format!("unix_socket_directories: {}", directory.display())),
        ("ssl_cert_file: /etc/ssl/certs/caredesk-db.pem", "shared_buffers: 32MB".to_owned()),
        ("ssl_key_file: /etc/ssl/private/caredesk-db.key", "max_wal_size: 256MB".to_owned()),
    ];
    if is_old() {
        text = text.replace("\netcd3:", "\netcd:");
    }
    for (there, here) in here {
        assert!(text.contains(there), "packaging/cluster/patroni.yml has no `{there}`");
        text = text.replace(there, &here);
    }
    text
}

impl Drop for Patroni {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.keeper.wait();
    }
}
