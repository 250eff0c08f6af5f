//! Programs of others that read what is written, so that nothing has to be taken on our word.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, thread};

use crate::world::aloud;

/// What the script `name` of `tests/` prints of these files, or of this input; none, said aloud, where its program or its package is
/// not installed. `CAREDESK_REQUIRE_READERS` makes that a failure.
pub fn read_by(name: &str, files: &[PathBuf], input: &[u8]) -> Option<String> {
    let program =
        if Path::new(name).extension().is_some_and(|ending| ending == "py") { "python3" } else { "node" };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    let started = Command::new(program)
        .arg(script)
        .args(files)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut reader) = started else { return skipped(name, &format!("there is no {program}")) };
    let mut pipe = reader.stdin.take().expect("a pipe");
    let answer = thread::scope(|scope| {
        scope.spawn(move || drop(pipe.write_all(input)));
        reader.wait_with_output().expect("it ends")
    });
    if answer.status.code() == Some(77) {
        return skipped(name, &format!("{program} does not have its package"));
    }
    let problem = String::from_utf8_lossy(&answer.stderr);
    assert!(answer.status.success(), "{name}: {problem}");
    Some(String::from_utf8(answer.stdout).expect("UTF-8"))
}

fn skipped(name: &str, why: &str) -> Option<String> {
    assert!(env::var_os("CAREDESK_REQUIRE_READERS").is_none(), "{name}: {why}");
    aloud(&format!("SKIPPED what {name} reads: {why}"));
    None
}
