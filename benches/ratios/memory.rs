//! The most memory that one process ever holds: an export of a million packages, an import of a real directory.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::import::directory;
use crate::pair::{caredesk, tell};
use crate::town::Town;

const LIMIT: u64 = 64;

pub(crate) fn run() {
    let town = Town::new();
    let large = town.with_packages("large.db", 1_000_000);
    report(
        "jsonl export of 1,000,000 packages",
        peak(caredesk(&large).args(["package", "list", "-o", "jsonl"])),
    );
    if let Some(directory) = directory() {
        let empty = town.empty("import.db");
        let mut command = caredesk(&empty);
        report(
            "import of a real directory",
            peak(command.args(["provider", "import", "--keep-going"]).arg(directory)),
        );
    }
}

fn report(what: &str, kibibytes: u64) {
    tell(&format!("peak memory, {what}\n    {:.1} MiB (limit {LIMIT} MiB)", kibibytes as f64 / 1_024.0));
}

/// The high-water mark that the kernel keeps, read until the process is gone.
fn peak(command: &mut Command) -> u64 {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("the command can be watched").is_none() {
        most = most.max(high_water(&status).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    }
    most
}

fn high_water(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
