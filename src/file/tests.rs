use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::in_use::{is_same, protect};
use super::{AtomicFile, Input, Mode};

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o777
}

fn put(path: &Path, overwrite: bool) -> Result<(), &'static str> {
    let mut file = AtomicFile::create(path, Mode::Private, overwrite).map_err(|error| error.code())?;
    file.write_all(b"new").unwrap();
    file.keep().map_err(|error| error.code())
}

#[test]
fn a_file_is_private_and_one_that_is_replaced_gives_its_mode() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    assert_eq!(put(&path, false), Ok(()));
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(put(&path, false), Err("file.exists"));
    assert_eq!(put(&path, true), Ok(()));
    assert_eq!(mode(&path), 0o640);
    AtomicFile::create(&folder.path().join("page"), Mode::Public, false).unwrap().keep().unwrap();
    assert_eq!(mode(&folder.path().join("page")) & 0o644, 0o644, "as the umask has it");
}

#[test]
fn a_link_is_replaced_and_never_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, victim) = (folder.path().join("out"), folder.path().join("victim"));
    fs::write(&victim, "precious").unwrap();
    for target in ["victim", "nowhere"] {
        let _ = fs::remove_file(&path);
        symlink(target, &path).unwrap();
        assert_eq!(put(&path, false), Err("file.exists"), "{target}");
        assert_eq!(put(&path, true), Ok(()), "{target}");
        assert!(path.symlink_metadata().unwrap().is_file(), "{target}");
    }
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    assert!(!folder.path().join("nowhere").exists());
}

#[test]
fn what_is_not_kept_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    AtomicFile::create(&path, Mode::Private, false).unwrap().write_all(b"half").unwrap();
    let late = AtomicFile::create(&path, Mode::Private, false).unwrap();
    let other_way = folder.path().join("../").join(folder.path().file_name().unwrap()).join("out");
    assert_eq!(put(&other_way, true), Err("file.twice"), "one name for two files of a command");
    fs::write(&path, "another's").unwrap();
    assert_eq!(late.keep().unwrap_err().code(), "file.exists");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "another's");
    assert_eq!(put(folder.path(), true), Err("file.exists"), "a folder is not replaced");
    assert_eq!(put(&folder.path().join("none/out"), false), Err("file.unwritable"));
}

#[test]
fn one_file_has_many_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a"), "").unwrap();
    fs::create_dir(at("in")).unwrap();
    symlink("a", at("link")).unwrap();
    fs::hard_link(at("a"), at("hard")).unwrap();
    for name in ["a", "in/../a", "./a", "link", "hard"] {
        assert!(is_same(&at("a"), &at(name)), "{name}");
    }
    assert!(is_same(&at("new"), &at("in/../new")), "one that is not there yet");
    assert!(!is_same(&at("a"), &at("in")) && !is_same(&at("a"), &at("none/a")));
}

#[test]
fn what_is_in_use_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("in")).unwrap();
    for name in ["a", "in/b", "other"] {
        fs::write(at(name), "").unwrap();
    }
    fs::hard_link(at("a"), at("hard")).unwrap();
    for name in ["a", "in", "not-yet"] {
        protect(&at(name));
    }
    for name in ["a", "hard", "in/b", "not-yet"] {
        assert_eq!(put(&at(name), true), Err("file.in_use"), "{name}");
    }
    assert_eq!((put(&at("other"), true), put(&at("in/new"), false)), (Ok(()), Ok(())));
}

#[test]
fn what_cannot_be_read_has_one_code() {
    let folder = tempfile::tempdir().unwrap();
    let error = |path: &Path| Input::from(path).open().unwrap_err();
    let (missing, whole) = (error(&folder.path().join("none")), error(folder.path()));
    assert_eq!([missing.code(), whole.code()], ["file.unreadable"; 2]);
    assert_eq!([missing.kind().exit_status(), whole.kind().exit_status()], [5; 2]);
    assert!(missing.message().starts_with("there is no file `") && missing.causes()[0].contains("No such"));
    assert!(whole.message().ends_with("` is a folder, not a file"));
}

#[test]
fn a_pipe_can_be_read_again_and_again() {
    let input = Input::of("-", &b"\xef\xbb\xbf  {\"a\": 1}\n second"[..]);
    for _ in 0..2 {
        assert_eq!(std::io::read_to_string(input.open().unwrap()).unwrap().lines().count(), 2);
    }
    assert_eq!((input.name(), input.stem()), ("standard input".to_owned(), "stdin".to_owned()));
    assert_eq!(input.read(4).unwrap().len(), 5, "one more says that it is longer");
}
