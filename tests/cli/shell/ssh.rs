//! The portal over SSH: a real sshd on this machine whose key leads to the forced command, and a user who tries to get out of it.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use super::restricted::HOSTILE;
use super::settle;
use crate::town::dump;
use crate::world::{Answer, World, aloud, answer};

/// Stopped when it goes out of scope.
struct Host {
    daemon: Child,
    port: u16,
    folder: PathBuf,
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// None where there is none, which is said aloud, or fails if `CAREDESK_REQUIRE_SSHD` is 1.
fn sshd() -> Option<PathBuf> {
    let places = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd", "/sbin/sshd"];
    let found = places.iter().map(PathBuf::from).find(|path| path.exists());
    let has_client = Command::new("ssh").arg("-V").stderr(Stdio::null()).status().is_ok();
    if found.is_some() && has_client {
        return found;
    }
    let why = "OpenSSH is not installed (apt-get install openssh-server openssh-client)";
    let is_required = env::var("CAREDESK_REQUIRE_SSHD").is_ok_and(|value| value == "1");
    assert!(!is_required, "{why}, and CAREDESK_REQUIRE_SSHD=1");
    aloud(&format!("SKIPPED the portal over SSH: {why}"));
    None
}

fn key(path: &Path) {
    let mut command = Command::new("ssh-keygen");
    let done = command.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path).status().unwrap();
    assert!(done.success());
}

fn me() -> String {
    let name = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(name.stdout).unwrap().trim().to_owned()
}

impl Host {
    /// As README sets it up, for the user who runs this test. It lets a client send what variables it will, which README does not.
    fn start(world: &World, sshd: &Path) -> Host {
        let folder = world.path("ssh");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        for name in ["host", "client"] {
            key(&folder.join(name));
        }
        let line = format!(
            "command=\"'{}' --db '{}' --as rosa shell --restricted\",restrict,pty {}",
            env!("CARGO_BIN_EXE_caredesk"),
            world.database_name(),
            fs::read_to_string(folder.join("client.pub")).unwrap()
        );
        fs::write(folder.join("keys"), line).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = folder.display();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {at}/host\nAuthorizedKeysFile {at}/keys\nPidFile none\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n\
             AcceptEnv *\nPermitUserRC no\nPrintMotd no\nPrintLastLog no\nLogLevel ERROR\nSubsystem sftp internal-sftp\n\
             SetEnv CAREDESK_TEST_NOW=2026-11-25T10:00:00Z CAREDESK_TEST_USER=admin\n"
        );
        fs::write(folder.join("config"), config).unwrap();
        // As root it wants an empty folder of its own.
        let _ = fs::create_dir_all("/run/sshd");
        let mut daemon = Command::new(sshd);
        daemon.args(["-D", "-e", "-f"]).arg(folder.join("config"));
        let log = fs::File::create(folder.join("log")).unwrap();
        let daemon = daemon.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let host = Host { daemon, port, folder };
        host.is_reached();
        host
    }

    fn is_reached(&self) {
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(since.elapsed() < Duration::from_secs(20), "sshd does not answer: {log}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["-F", "none", "-i"]).arg(self.folder.join("client")).env_clear();
        for option in
            ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"]
        {
            command.args(["-o", option]);
        }
        command
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("HOME", &self.folder)
            .stdin(Stdio::null());
        command
    }

    fn ssh(&self, options: &[&str], line: &str) -> Answer {
        let mut command = self.client("ssh");
        command.arg("-p").arg(self.port.to_string()).args(options);
        command.arg(format!("{}@127.0.0.1", me()));
        if !line.is_empty() {
            command.arg("--").arg(line);
        }
        answer(command.output().unwrap())
    }

    /// Lines that are entered in a session without a terminal.
    fn session(&self, lines: &str) -> Answer {
        let mut command = self.client("ssh");
        command.args(["-T", "-p", &self.port.to_string(), &format!("{}@127.0.0.1", me())]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may end before it has read all.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes());
        answer(child.wait_with_output().unwrap())
    }
}

// Rules 7.53 and 7.54.
one_engine!(the_portal_over_ssh_is_all_there_is, |world| {
    let Some(sshd) = sshd() else { return };
    settle(world);
    let canary = world.path("canary");
    fs::create_dir(&canary).unwrap();
    let host = Host::start(world, &sshd);
    works(world, &host);
    let (before, files) = (dump(world), files(world));
    hostile_lines(world, &host);
    hostile_clients(world, &host);
    assert_eq!(dump(world), before);
    assert_eq!(self::files(world), files);
});

/// A provider looks, answers, and takes the answer as JSON.
fn works(world: &World, host: &Host) {
    let listed = host.ssh(&[], "package list -o json");
    assert_eq!((listed.stderr.as_str(), listed.status), ("", 0));
    let listed: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let refused = host.ssh(&[], "package show nothing");
    assert_eq!((refused.stdout.as_str(), refused.status), ("", 3));
    let session = host.session("whoami -q\npackage respond PKG-000002 --accept\nexit\nwhoami\n");
    assert_eq!((session.stderr.as_str(), session.status), ("", 0));
    assert!(session.stdout.starts_with("rosa\nAccepted package PKG-000002"), "{}", session.stdout);
    let entry = &world.json("audit list --limit 1")[0];
    assert_eq!((entry["by"].as_str(), entry["acted_by"].as_str()), (Some("rosa"), Some("admin")));
    let calendar = host.ssh(&[], "schedule export --provider PRV-000001 --file -");
    assert!(calendar.status == 0 && calendar.stdout.starts_with("BEGIN:VCALENDAR"), "{calendar:?}");
    // With a terminal there are a prompt and an end.
    let mut terminal = host.client("ssh");
    terminal.args(["-tt", "-p", &host.port.to_string(), &format!("{}@127.0.0.1", me())]).env("TERM", "xterm");
    terminal.stdin(Stdio::inherit());
    let mut screen = rexpect::session::spawn_command(terminal, Some(20_000)).unwrap();
    for line in ["whoami -q", "!sh", "exit"] {
        screen.exp_string("\u{1b}[6n").unwrap();
        screen.send("\u{1b}[1;1R").unwrap();
        screen.flush().unwrap();
        screen.exp_string("rosa> ").unwrap();
        // What opens an editor, stops a job, completes a name of a file, and searches what was entered.
        screen.send("\u{f}\u{1a}/etc/pass\t\u{3}").unwrap();
        screen.flush().unwrap();
        screen.exp_string("\u{1b}[6n").unwrap();
        screen.send("\u{1b}[1;1R").unwrap();
        screen.send(&format!("{line}\r")).unwrap();
        screen.flush().unwrap();
    }
    let rest = screen.exp_eof().unwrap();
    assert!(!rest.contains("passwd"), "{rest:?}");
}

fn hostile_lines(world: &World, host: &Host) {
    let canary = world.path("canary").display().to_string();
    // One connection carries all sessions, which saves the exchange of keys.
    let shared = host.folder.join("shared").display().to_string();
    let mut carrier = host.client("ssh");
    carrier.args(["-M", "-N", "-S", &shared, "-p", &host.port.to_string(), &format!("{}@127.0.0.1", me())]);
    let mut carrier = carrier.spawn().unwrap();
    let since = Instant::now();
    while !Path::new(&shared).exists() && since.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(20));
    }
    let (folder, mut wrong) = (world.path("").display().to_string(), Vec::new());
    for (line, status, said) in HOSTILE.iter().filter(|(line, ..)| !line.contains('\u{7}')) {
        let line = line.replace("CANARY", &canary);
        let answer = host.ssh(&["-S", &shared], &line);
        let text = format!("{}{}", answer.stdout, answer.stderr).replace(&canary, "CANARY");
        let is_silent = !text.contains(&folder) && answer.stdout.is_empty();
        if answer.status != *status || !text.contains(said) || !is_silent {
            wrong.push(format!("{line}: {answer:?}"));
        }
    }
    carrier.kill().unwrap();
    carrier.wait().unwrap();
    let _ = fs::remove_file(shared);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a client can ask for besides a command.
fn hostile_clients(world: &World, host: &Host) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let forward = format!("{port}:127.0.0.1:22");
    for options in [
        &["-o", "ExitOnForwardFailure=yes", "-R", &forward][..],
        &["-o", "ExitOnForwardFailure=yes", "-R", "0"],
        &["-W", "127.0.0.1:22"],
        &["-w", "0:0", "-o", "ExitOnForwardFailure=yes"],
    ] {
        let answer = host.ssh(options, if options[0] == "-W" { "" } else { "whoami -q" });
        assert_ne!(answer.status, 0, "{options:?}: {answer:?}");
        assert!(answer.stdout.is_empty(), "{options:?}: {answer:?}");
    }
    // Neither an agent nor a screen of the client comes along.
    let plain = host.ssh(&[], "whoami");
    for options in [&["-A"][..], &["-X"], &["-Y"]] {
        let answer = host.ssh(options, "whoami");
        assert_eq!(answer.stdout, plain.stdout, "{options:?}: {answer:?}");
    }
    for subsystem in ["sftp", "internal-sftp", "shell"] {
        let answer = host.ssh(&["-s"], subsystem);
        assert!(answer.status != 0 && answer.stdout.is_empty(), "{subsystem}: {answer:?}");
    }
    for (program, options) in [("scp", &["-O"][..]), ("scp", &["-s"])] {
        let mut copy = host.client(program);
        copy.args(options).arg("-P").arg(host.port.to_string()).arg(host.folder.join("keys"));
        copy.arg(format!("{}@127.0.0.1:{}/canary/x", me(), world.path("").display()));
        assert!(!copy.output().unwrap().status.success(), "{program} {options:?}");
    }
    let at = |name: &str| world.path(name).display().to_string();
    let (other, secret, home) = (at("other.db"), at("secret"), at("canary"));
    for variable in [
        ("CAREDESK_DB", other.as_str()),
        ("CAREDESK_AS", "admin"),
        ("CAREDESK_PROFILE", "main"),
        ("CAREDESK_CONFIG", &secret),
        ("CAREDESK_PASSWORD_FILE", &secret),
        ("CAREDESK_OUTPUT", "json"),
        ("COMPLETE", "bash"),
        ("SSH_ORIGINAL_COMMAND", "doctor"),
        ("HOME", &home),
        ("XDG_STATE_HOME", &home),
        ("SHELL", "/bin/sh"),
        ("PATH", &home),
        ("TMPDIR", &home),
        ("ENV", &secret),
    ] {
        let answer = host.ssh(&["-o", &format!("SetEnv={}={}", variable.0, variable.1)], "whoami");
        assert_eq!((&answer.stdout, answer.status), (&plain.stdout, 0), "{variable:?}: {answer:?}");
    }
    // Whoever floods it is answered, and no more.
    let flood = host.session(&format!("find {}\nwhoami -q\n", "x".repeat(3 << 20)));
    assert!(flood.status == 5 && flood.stdout.is_empty(), "{}", flood.status);
}

fn files(world: &World) -> BTreeSet<PathBuf> {
    let folder = |name: &str| fs::read_dir(world.path(name)).unwrap().map(|entry| entry.unwrap().path());
    let is_log =
        |path: &PathBuf| path.to_str().is_some_and(|path| path.ends_with("-wal") || path.ends_with("-shm"));
    folder("").chain(folder("canary")).chain(folder("ssh")).filter(|path| !is_log(path)).collect()
}
