//! A PostgreSQL server and its standby, of one test alone: they run as long as the test holds them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tempfile::TempDir;

use crate::postgres::{hand_over, programs};

/// Takes one order a line, and answers each with a line. When the pipe closes it stops both and removes their folder.
const KEEPER: &str = r#"
directory=$1 programs=$2 first=$3 second=$4
cd "$directory"
run() { "$programs/pg_ctl" --pgdata="$directory/$1" --silent --log="$directory/$1.log" --timeout=60 "$2" --wait $3 >>"$directory/log" 2>&1 </dev/null; }
{
    "$programs/initdb" --pgdata="$directory/first" --username=postgres --auth=trust --locale=C --encoding=UTF8 --no-sync
    printf '%s\n' "port=$first" "listen_addresses='127.0.0.1'" "unix_socket_directories='$directory'" fsync=off \
        shared_buffers=16MB max_wal_senders=4 wal_keep_size=64MB hot_standby=on >>"$directory/first/postgresql.conf"
} >>"$directory/log" 2>&1
run first start
{
    "$programs/pg_basebackup" --pgdata="$directory/second" --host="$directory" --port="$first" --username=postgres \
        --write-recovery-conf --checkpoint=fast --no-sync
    printf '%s\n' "port=$second" >>"$directory/second/postgresql.conf"
} >>"$directory/log" 2>&1 </dev/null
run second start && echo ready || { tail -n 20 "$directory/log" | tr '\n' ' '; echo; }
while read -r verb which; do
    case $verb in
        start) run "$which" start ;;
        stop) run "$which" stop "--mode=fast" ;;
        kill) run "$which" stop "--mode=immediate" ;;
        promote) run "$which" promote ;;
    esac
    echo "$?"
done
run first stop --mode=immediate
run second stop --mode=immediate
cd / && rm -rf "$directory"
"#;

pub struct Pair {
    keeper: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    ports: [u16; 2],
}

impl Pair {
    pub fn start() -> Pair {
        let directory = TempDir::with_prefix("caredesk-pair-").unwrap();
        let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let ports = [free(), free()];
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(directory.path()).arg(folder());
        keeper.args(ports.map(|port| port.to_string()));
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        hand_over(directory.path(), &[], &mut keeper).unwrap();
        let mut keeper = keeper.spawn().unwrap();
        // From here on the keeper removes it.
        let _ = directory.keep();
        let (orders, answers) = (keeper.stdin.take(), BufReader::new(keeper.stdout.take().unwrap()));
        let mut pair = Pair { keeper, orders, answers, ports };
        assert_eq!(pair.answer(), "ready");
        pair
    }

    /// The address of the first or the second server.
    pub fn url(&self, which: usize) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.ports[which])
    }

    /// The address of both, the standby first.
    pub fn urls(&self) -> String {
        let [first, second] = self.ports;
        format!("postgres://postgres@127.0.0.1:{second},127.0.0.1:{first}/postgres")
    }

    pub fn port(&self, which: usize) -> u16 {
        self.ports[which]
    }

    /// Such as `promote second`.
    pub fn order(&mut self, order: &str) {
        writeln!(self.orders.as_mut().unwrap(), "{order}").unwrap();
        assert_eq!(self.answer(), "0", "{order}");
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

/// Where all programs of the server are: what PATH leads to may be no more than links to some of them.
pub fn folder() -> PathBuf {
    let initdb = programs().unwrap().join("initdb").canonicalize().unwrap();
    initdb.parent().unwrap().to_owned()
}

impl Drop for Pair {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.keeper.wait();
    }
}
