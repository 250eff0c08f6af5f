//! The packages of a release, installed, used and removed in a root of their own, as on a fresh machine.
//!
//! The .deb is made here from the program of the tests. `CAREDESK_PACKAGES` names a folder that `packaging/release` has filled
//! (`just packages`): then it is that one, and all else in the folder is looked at too. What is missing to do so is said aloud,
//! or fails where `CAREDESK_REQUIRE_PACKAGES` is 1.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test fails by stopping")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::{env, fs};

/// The files of the packages, and why there are none.
static PACKAGES: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| {
    if let Some(folder) = released() {
        return Ok(folder);
    }
    if !cargo().args(["deb", "--version"]).output().is_ok_and(|output| output.status.success()) {
        return Err("there is no cargo-deb (`cargo install --locked cargo-deb`)".to_owned());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    done(Command::new("packaging/stage").arg(env!("CARGO_BIN_EXE_caredesk")));
    let quickly = ["--fast", "--compress-type", "gz", "--compress-system"];
    let as_it_is = ["deb", "--quiet", "--locked", "--no-build", "--no-strip"];
    done(cargo().args(as_it_is).args(quickly).arg("--output").arg(&folder));
    Ok(folder)
});

fn released() -> Option<PathBuf> {
    env::var_os("CAREDESK_PACKAGES").map(PathBuf::from)
}

fn cargo() -> Command {
    let mut command = Command::new(env!("CARGO"));
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release-tools/bin");
    let path = env::var_os("PATH").unwrap_or_default();
    let all = [tools].into_iter().chain(env::split_paths(&path));
    command.env("PATH", env::join_paths(all).unwrap());
    command
}

fn done(command: &mut Command) -> Output {
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}{}", text(&output.stdout), text(&output.stderr));
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The one file of a kind, where these programs are there to look at it; otherwise says aloud what is missing.
fn package(ending: &str, programs: &[&str]) -> Option<PathBuf> {
    let lacks = programs.iter().find(|program| Command::new(program).arg("--version").output().is_err());
    let found = match (lacks, &*PACKAGES) {
        (Some(program), _) => Err(format!("there is no {program}")),
        (None, Err(why)) => Err(why.clone()),
        (None, Ok(folder)) => Ok(files(folder).find(|path| path.to_string_lossy().ends_with(ending))),
    };
    match found {
        Ok(found) => Some(found.unwrap_or_else(|| panic!("there is no file that ends in {ending}"))),
        Err(why) => {
            let required = env::var("CAREDESK_REQUIRE_PACKAGES").is_ok_and(|value| value == "1");
            assert!(!required, "{ending}: {why}, and CAREDESK_REQUIRE_PACKAGES=1");
            eprintln!("SKIPPED the packages: {why}");
            None
        }
    }
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())
}

/// All below a folder but folders, as paths from there.
fn tree(root: &Path) -> BTreeSet<String> {
    fn look(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
        for path in files(folder) {
            if path.is_dir() {
                look(root, &path, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().display().to_string());
            }
        }
    }
    let mut found = BTreeSet::new();
    look(root, root, &mut found);
    found
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn of_the_project(path: &str) -> Vec<u8> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
}

fn is_root() -> bool {
    text(&done(Command::new("id").arg("-u")).stdout).trim() == "0"
}

/// Every file of a package but the manual, from the root.
const FILES: [&str; 8] = [
    "usr/bin/caredesk",
    "usr/lib/systemd/system/caredesk-backup.service",
    "usr/lib/systemd/system/caredesk-backup.timer",
    "usr/lib/sysusers.d/caredesk.conf",
    "usr/lib/tmpfiles.d/caredesk.conf",
    "usr/share/bash-completion/completions/caredesk",
    "usr/share/doc/caredesk/docs/guide.md",
    "usr/share/fish/vendor_completions.d/caredesk.fish",
];

/// The main job, with a program that was installed below this root.
fn use_it(root: &Path) {
    let home = tempfile::tempdir().unwrap();
    let run = |line: &str| {
        let mut command = Command::new(root.join("usr/bin/caredesk"));
        command.env_clear().env("HOME", home.path()).args(line.split(' '));
        text(&done(&mut command).stdout)
    };
    let version = run("version -o json");
    assert!(version.contains(&format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"))), "{version}");
    run("init");
    run("provider create Harbour -q");
    assert!(run("provider list -o csv").contains("Harbour"));
    let unit = text(&read(&root.join("usr/lib/systemd/system/caredesk-backup.service")));
    let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart=caredesk ")).unwrap();
    let kept = home.path().join("kept");
    fs::create_dir(&kept).unwrap();
    run(&line.replace("/var/backups/caredesk", kept.to_str().unwrap()));
    assert_eq!(files(&kept).count(), 1);

    let completion = root.join("usr/share/bash-completion/completions/caredesk");
    let ask = format!(". {} && complete -p caredesk", completion.display());
    assert!(text(&done(Command::new("bash").args(["-c", &ask])).stdout).contains("caredesk"));
}

// Rule 7.70.
#[test]
fn the_deb_is_installed_used_and_removed() {
    let Some(package) = package(".deb", &["dpkg", "bash", "gzip", "systemd-sysusers"]) else { return };
    if !is_root() {
        return eprintln!("SKIPPED the installation of the package: it takes root");
    }
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    for folder in ["etc", "var/lib/dpkg/info", "var/lib/dpkg/updates"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    for empty in ["etc/passwd", "etc/group", "var/lib/dpkg/status", "var/lib/dpkg/available"] {
        fs::write(root.join(empty), "").unwrap();
    }
    let dpkg = |words: &[&OsStr]| {
        let mut command = Command::new("dpkg");
        command.arg(format!("--root={}", root.display())).args([
            "--force-script-chrootless",
            "--force-depends",
            "--log=/dev/null",
        ]);
        done(command.args(words));
    };
    dpkg(&["--install".as_ref(), package.as_ref()]);

    let there = tree(root);
    for file in FILES.into_iter().chain(["usr/share/zsh/vendor-completions/_caredesk"]) {
        assert!(there.contains(file), "{file} is not in the package");
    }
    let page = root.join("usr/share/man/man1/caredesk-package-respond.1.gz");
    let page = text(&done(Command::new("gzip").arg("-dc").arg(page)).stdout);
    assert!(
        page.contains("caredesk package respond") || page.contains("caredesk\\-package\\-respond"),
        "{page}"
    );
    assert_eq!(
        read(&root.join("usr/share/bash-completion/completions/caredesk")),
        of_the_project("completions/caredesk.bash")
    );
    use_it(root);

    // The user of the unit, and what it alone may read. Where systemd runs, the package asks it for the folders.
    let data = root.join("var/lib/caredesk");
    let users = text(&read(&root.join("etc/passwd")));
    assert!(users.contains("caredesk:") && users.contains("/nologin"), "{users}");
    if Command::new("systemd-tmpfiles").arg("--version").output().is_ok() {
        let mut folders = Command::new("systemd-tmpfiles");
        done(folders.arg(format!("--root={}", root.display())).args(["--create", "caredesk.conf"]));
        for folder in [&data, &root.join("var/backups/caredesk")] {
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o7777, 0o700);
        }
    }

    // Another version over it, and the end: what is about people stays.
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("caredesk.db"), "people").unwrap();
    dpkg(&["--install".as_ref(), package.as_ref()]);
    dpkg(&["--remove".as_ref(), "caredesk".as_ref()]);
    dpkg(&["--purge".as_ref(), "caredesk".as_ref()]);
    assert_eq!(read(&data.join("caredesk.db")), b"people");
    let left: Vec<String> = tree(root).into_iter().filter(|path| path.starts_with("usr/")).collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

/// Only of a release, since making it takes a minute.
#[test]
fn the_rpm_holds_the_same() {
    if released().is_none() {
        return eprintln!("SKIPPED the .rpm: CAREDESK_PACKAGES names no release");
    }
    let Some(package) = package(".rpm", &["rpm"]) else { return };
    if !is_root() {
        return eprintln!("SKIPPED the installation of the package: it takes root");
    }
    done(Command::new("rpm").arg("--checksig").arg(&package));
    let root = tempfile::tempdir().unwrap();
    let rpm = |words: &[&OsStr]| {
        done(Command::new("rpm").arg("--root").arg(root.path()).args(words));
    };
    // Its script needs a shell below the root; the same lines run where the .deb is installed.
    rpm(&["--install".as_ref(), "--nodeps".as_ref(), "--noscripts".as_ref(), package.as_ref()]);
    let there = tree(root.path());
    for file in FILES.into_iter().chain(["usr/share/zsh/site-functions/_caredesk"]) {
        assert!(there.contains(file), "{file} is not in the package");
    }
    use_it(root.path());
    rpm(&["--erase".as_ref(), "--noscripts".as_ref(), "caredesk".as_ref()]);
    assert!(!tree(root.path()).iter().any(|path| path.starts_with("usr/bin")));
}

/// Only of a release: the program of the tests needs the libraries of this machine.
#[test]
fn the_rest_of_a_release_holds() {
    let Some(folder) = released() else {
        return eprintln!("SKIPPED the archive and the image: CAREDESK_PACKAGES names no release");
    };
    done(Command::new("sh").args(["-c", "cd \"$0\" && sha256sum --check --strict SHA256SUMS"]).arg(&folder));

    let image = tempfile::tempdir().unwrap();
    let unpack = |archive: PathBuf, into: &Path| {
        done(Command::new("tar").arg("-xpf").arg(archive).arg("-C").arg(into))
    };
    unpack(folder.join("caredesk-root.tar"), image.path());
    let there: Vec<_> = tree(image.path()).into_iter().collect();
    assert_eq!(there, ["etc/group", "etc/passwd", "usr/bin/caredesk"]);
    assert_eq!(fs::metadata(image.path().join("tmp")).unwrap().permissions().mode() & 0o7777, 0o1777);
    if is_root() {
        // Nothing but the program: no library, no zones.
        fs::set_permissions(image.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let run = |line: &str| {
            let mut command = Command::new("chroot");
            command.args(["--userspec=10001:10001"]).arg(image.path()).arg("/usr/bin/caredesk");
            command
                .env_clear()
                .env("PATH", "/usr/sbin:/usr/bin")
                .env("CAREDESK_DB", "/data/caredesk.db")
                .env("HOME", "/data")
                .args(line.split(' '));
            text(&done(&mut command).stdout)
        };
        run("init --time-zone Europe/London");
        run("provider create Harbour");
        assert!(run("provider list -o csv").contains("Harbour"));
        assert!(run("whoami -o json").contains("\"login\": \"caredesk\""));
        run("database backup /data/kept.zip");
    }

    let archive = tempfile::tempdir().unwrap();
    let packed = files(&folder).find(|path| path.to_string_lossy().ends_with(".tar.gz")).unwrap();
    unpack(packed, archive.path());
    let inner = files(archive.path()).next().unwrap();
    let there = tree(&inner);
    for file in ["caredesk", "completions/_caredesk", "man/caredesk.1", "systemd/caredesk-backup.timer"] {
        assert!(there.contains(file), "{file} is not in the archive");
    }
    let materials = files(&folder).find(|path| path.to_string_lossy().ends_with(".cdx.json")).unwrap();
    let materials: serde_json::Value = serde_json::from_slice(&read(&materials)).unwrap();
    let names: BTreeSet<&str> =
        materials["components"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert!(names.contains("rusqlite") && names.contains("libsqlite3-sys"), "{names:?}");
}
