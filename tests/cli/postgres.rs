//! A PostgreSQL server of our own, started once per test process and gone when that process is gone, however it ends.
//!
//! A shell stands between: it starts the server and then reads from a pipe that only the test process holds. When the pipe
//! closes, by a normal end as by SIGKILL, the shell stops the server and removes its directory.

use std::cell::{OnceCell, RefCell};
use std::fmt::Write as _;
use std::fs::{self, Permissions};
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, iter};

use postgres::{Client, NoTls, SimpleQueryMessage};
use tempfile::TempDir;

use crate::world::aloud;

/// The shell's whole task. The text order is that of English words where the server can, so that a query which leans on the
/// order of bytes is seen to be wrong; the server's time zone is far from ours for the same reason.
const KEEPER: &str = r#"
directory=$1 programs=$2 port=$3 server=
exec >"$directory/log" 2>&1
cd "$directory"
initialise() {
    rm -rf "$directory/data"
    "$programs/initdb" --pgdata="$directory/data" --username=postgres --pwfile="$directory/password" \
        --auth-local=trust --auth-host=password --encoding=UTF8 --no-sync "$@"
}
if initialise --locale=C --locale-provider=icu --icu-locale=en-US ||
    initialise --locale=en_US.UTF-8 || initialise --locale=C
then
    "$programs/postgres" -D "$directory/data" -p "$port" -k "$directory" \
        -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c max_connections=200 -c shared_buffers=32MB -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=128MB \
        -c autovacuum=off -c jit=off -c password_encryption=md5 -c timezone=Pacific/Auckland </dev/null &
    server=$!
fi
cat >/dev/null
if [ -n "$server" ]; then
    # A server that has not yet set up its signals ignores INT and dies of TERM; later INT is what hurries it.
    kill -TERM "$server"
    kill -INT "$server"
    wait "$server"
fi
cd /
rm -rf "$directory"
"#;

/// As long as this role can do it, an ordinary owner of a database can: it is no superuser.
const ROLE: &str = "caredesk";
/// It owns nothing, and may do what `docs/roles.sql` lets it.
const EVERYDAY: &str = "everyday";
const PASSWORD: &str = "secret";

const MEMORY: &str = "/dev/shm";
/// Several times what the server has used at most.
const SERVER_KILOBYTES: u64 = 2 << 20;

/// A database for one world, made when it is first named, and dropped with it.
pub struct Database {
    server: &'static Server,
    name: String,
    exists: OnceCell<()>,
    /// Of `sql`, which is asked often: a connection costs more than a statement.
    client: RefCell<Option<Client>>,
}

/// Whether `initdb` and `postgres` are to be found in PATH or where Debian and Red Hat put them.
pub fn is_installed() -> bool {
    programs().is_some()
}

impl Database {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let name = format!("world_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        Database { server: server(), name, exists: OnceCell::new(), client: RefCell::default() }
    }

    /// Makes it as a copy of one that was kept.
    pub fn copy(&self, template: &str) {
        self.create(&format!(" TEMPLATE {template}"));
        self.exists.set(()).expect("the database of a new world");
    }

    /// Makes it as a copy of another, to which the last connection is about to end.
    pub fn copy_of(&self, other: &Database) {
        other.client.take();
        let statement = format!("CREATE DATABASE {} OWNER {ROLE} TEMPLATE {}", self.name, other.name);
        let begin = Instant::now();
        while let Err(error) = self.server.as_superuser(&statement) {
            assert!(begin.elapsed() < Duration::from_secs(20), "{statement}: {error}");
            sleep(Duration::from_millis(5));
        }
        self.exists.set(()).expect("the database of a new world");
    }

    /// It stays until the server ends, to be copied.
    pub fn keep(self) -> String {
        self.client.take();
        let name = self.name.clone();
        std::mem::forget(self);
        name
    }

    fn create(&self, from: &str) {
        let statement = format!("CREATE DATABASE {} OWNER {ROLE}{from}", self.name);
        self.server.as_superuser(&statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// What a person would write into `CAREDESK_DB`.
    pub fn url(&self) -> String {
        self.exists.get_or_init(|| self.create(""));
        format!("postgres://{ROLE}:{PASSWORD}@127.0.0.1:{}/{}", self.server.port, self.name)
    }

    /// The same server through its socket in the file system.
    pub fn socket_url(&self) -> String {
        self.exists.get_or_init(|| self.create(""));
        let directory = self.server.directory.display().to_string().replace('/', "%2F");
        format!("postgres://{ROLE}@{directory}:{}/{}", self.server.port, self.name)
    }

    /// Sets up the role for everyday work, as the owner would; the address for it.
    pub fn everyday_url(&self) -> String {
        let text = include_str!("../../docs/roles.sql").replace(":\"role\"", EVERYDAY);
        // Lines of psql.
        let statements: Vec<&str> = text.lines().filter(|line| !line.starts_with('\\')).collect();
        self.sql(&statements.join("\n"));
        self.url().replace(&format!("{ROLE}:"), &format!("{EVERYDAY}:"))
    }

    /// Runs statements as the owner of the database; the rows of all of them, as text.
    pub fn sql(&self, text: &str) -> Vec<Vec<Option<String>>> {
        let connect = || Client::connect(&self.url(), NoTls).unwrap_or_else(|error| panic!("{error}"));
        let mut client = self.client.borrow_mut();
        let client = client.get_or_insert_with(connect);
        let messages =
            client.simple_query(text).unwrap_or_else(|error| panic!("{text}: {}", described(&error)));
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => {
                Some((0..row.len()).map(|column| row.get(column).map(str::to_owned)).collect())
            }
            _ => None,
        });
        rows.collect()
    }
}

impl Drop for Database {
    /// Hundreds of databases would fill the disk before the server's directory is removed.
    fn drop(&mut self) {
        self.client.take();
        if self.exists.get().is_some() {
            let _ = self.server.as_superuser(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

struct Server {
    directory: PathBuf,
    port: u16,
    /// Holds the pipe. It is never dropped: the end of the process closes it.
    _keeper: Child,
}

impl Server {
    fn as_superuser(&self, statement: &str) -> Result<(), String> {
        let url = format!("postgres://postgres:{PASSWORD}@127.0.0.1:{}/postgres", self.port);
        let mut client = Client::connect(&url, NoTls).map_err(|fault| described(&fault))?;
        client.batch_execute(statement).map_err(|fault| described(&fault))
    }

    fn version(&self) -> Result<String, String> {
        let url = format!("postgres://postgres:{PASSWORD}@127.0.0.1:{}/postgres", self.port);
        let mut client = Client::connect(&url, NoTls).map_err(|fault| described(&fault))?;
        let row = client.query_one("SHOW server_version", &[]).map_err(|fault| described(&fault))?;
        Ok(row.get(0))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.directory.join("log")).unwrap_or_default()
    }
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    match SERVER.get_or_init(start) {
        Ok(server) => server,
        Err(fault) => panic!("the PostgreSQL server of the tests did not start: {fault}"),
    }
}

fn start() -> Result<Server, String> {
    let programs = programs().ok_or("PostgreSQL is not installed")?;
    let server = launch(&programs).map_err(|fault| fault.to_string())?;
    let version = wait_until_ready(&server)?;
    for role in [ROLE, EVERYDAY] {
        server.as_superuser(&format!("CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'"))?;
    }
    aloud(&format!("postgresql: {version} on port {}", server.port));
    Ok(server)
}

fn launch(programs: &Path) -> io::Result<Server> {
    let directory = server_directory()?;
    fs::write(directory.path().join("password"), PASSWORD)?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "keeper"]).arg(directory.path()).arg(programs).arg(port.to_string());
    keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Its own group, so that Ctrl-C in the terminal reaches the tests only.
    keeper.process_group(0);
    hand_over(directory.path(), &["password"], &mut keeper)?;
    let keeper = keeper.spawn()?;
    // From here on the keeper removes the directory.
    Ok(Server { directory: directory.keep(), port, _keeper: keeper })
}

/// PostgreSQL refuses to run as root: what keeps it runs as another then, who owns the folder and these files in it.
pub fn hand_over(directory: &Path, files: &[&str], keeper: &mut Command) -> io::Result<()> {
    // Whoever owns what we just made is who we are.
    if directory.metadata()?.uid() == 0 {
        let (user, group) = unprivileged_user()?;
        for path in files.iter().map(|name| directory.join(name)).chain([directory.to_owned()]) {
            chown(path, Some(user), Some(group))?;
        }
        keeper.uid(user).gid(group);
    }
    fs::set_permissions(directory, Permissions::from_mode(0o700))
}

/// In memory where there is room: on a disk most of the server's time goes into the hundreds of files of each database.
fn server_directory() -> io::Result<TempDir> {
    let prefix = "caredesk-postgres-";
    if free_kilobytes(MEMORY).is_some_and(|free| free > SERVER_KILOBYTES) {
        return TempDir::with_prefix_in(prefix, MEMORY);
    }
    TempDir::with_prefix(prefix)
}

fn free_kilobytes(folder: &str) -> Option<u64> {
    let output = Command::new("df").args(["-Pk", folder]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// The server's version, as soon as it answers.
fn wait_until_ready(server: &Server) -> Result<String, String> {
    let begin = Instant::now();
    loop {
        match server.version() {
            Ok(version) => return Ok(version),
            Err(fault) if begin.elapsed() > Duration::from_mins(1) => {
                return Err(format!("{fault}\n{}", server.log()));
            }
            Err(_) => sleep(Duration::from_millis(20)),
        }
    }
}

/// User and group number of `postgres`, else of `nobody`.
fn unprivileged_user() -> io::Result<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd")?;
    let numbers = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2).map(|field| field.parse().ok());
        Some((fields.next()??, fields.next()??))
    };
    numbers("postgres")
        .or_else(|| numbers("nobody"))
        .ok_or_else(|| io::Error::other("we are root, and there is neither a user `postgres` nor `nobody`"))
}

/// The folder of the server's programs; of several versions the newest.
pub fn programs() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut installed: Vec<_> =
        ["/usr/lib/postgresql", "/usr"].iter().flat_map(|folder| versions(Path::new(folder))).collect();
    installed.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    let installed = installed.into_iter().map(|(_, folder)| folder);
    env::split_paths(&path)
        .chain(installed)
        .find(|folder| ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file()))
}

/// Folders such as `15/bin` and `pgsql-15/bin`, with the number in their name.
fn versions(folder: &Path) -> Vec<(u32, PathBuf)> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let numbered = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        Some((name.trim_start_matches("pgsql-").parse().ok()?, entry.path().join("bin")))
    });
    numbered.collect()
}

/// The driver's own words name the cause only in the errors beneath.
fn described(fault: &postgres::Error) -> String {
    let causes = iter::successors(std::error::Error::source(fault), |cause| cause.source());
    causes.fold(fault.to_string(), |mut text, cause| {
        let _ = write!(text, ": {cause}");
        text
    })
}
