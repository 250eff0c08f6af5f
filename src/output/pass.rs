//! What is passed on to a command that the user names, such as one that keeps it on another machine.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use crate::error::{Error, Kind, Result};

/// Runs the command, without a shell, with the text as its input. What it prints goes to stderr, since stdout is for results.
/// Environment error if it cannot be run, or does not end with 0.
pub(crate) fn pass_to(command: &[OsString], text: &str) -> Result<()> {
    let name = command.first().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let failed = |why: String| {
        Error::new(Kind::Environment, "command.failed", format!("`{name}` {why}"))
            .hint("it is run without a shell, gets a text as its input, and has to end with 0")
    };
    let cannot_run = |error: io::Error| failed(format!("cannot be run: {error}"));
    let mut process = Command::new(command.first().cloned().unwrap_or_default());
    process.args(command.iter().skip(1)).stdin(Stdio::piped()).stdout(Stdio::from(io::stderr()));
    let mut child = process.spawn().map_err(cannot_run)?;
    // One that does not read to the end says by its status whether that is well.
    if let Some(mut input) = child.stdin.take() {
        match input.write_all(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(cannot_run(error)),
            _ => {}
        }
    }
    let status = child.wait().map_err(cannot_run)?;
    if status.success() {
        return Ok(());
    }
    // Else the signal that ended it.
    let how = status.code().map_or_else(|| status.to_string(), |code| format!("status {code}"));
    Err(failed(format!("ended with {how}")))
}
