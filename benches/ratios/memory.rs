//! The most memory that one process ever holds: a list of a million packages in each format, an import of a real directory, the largest
//! document in and out.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::import::directory;
use crate::pair::{caredesk, tell, whole};
use crate::town::Town;

const LIMIT: u64 = 64;

pub(crate) fn run() {
    let town = Town::new();
    let large = town.with_packages("large.db", 1_000_000);
    for format in ["table", "json", "jsonl", "csv", "tsv"] {
        let most = peak(caredesk(&large).args(["package", "list", "-o", format]));
        report(&format!("list of 1,000,000 packages, {format}"), most);
    }
    if let Some(directory) = directory() {
        let empty = town.empty("import.db");
        let mut command = caredesk(&empty);
        report(
            "import of a real directory",
            peak(command.args(["provider", "import", "--keep-going"]).arg(directory)),
        );
    }
    undo(&town);
    document(&town);
}

/// An import of 100,000 clients is taken back.
fn undo(town: &Town) {
    let (database, people) = (town.empty("undo.db"), town.path("people.csv"));
    let rows =
        (0..100_000).map(|number| format!("{number},Given{},Family{}\n", number % 977, number % 7_919));
    let table: String = std::iter::once("id,given,family\n".to_owned()).chain(rows).collect();
    std::fs::write(&people, table).expect("a table");
    let mut import = caredesk(&database);
    report("import of 100,000 clients", peak(import.args(["client", "import"]).arg(&people)));
    report("the same taken back", peak(caredesk(&database).args(["import", "undo", "IMP-", "--yes"])));
}

/// A document of 64 MiB goes in piece by piece and comes out the same way.
fn document(town: &Town) {
    let (database, paper, out) = (town.empty("release.db"), town.path("paper.pdf"), town.path("out.pdf"));
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize((64 << 20) - 6, b' ');
    bytes.extend_from_slice(b"%%EOF\n");
    std::fs::write(&paper, &bytes).expect("a document");
    whole(caredesk(&database).args(["provider", "create", "Oak"]));
    whole(caredesk(&database).args(["client", "create", "--given", "Ada", "--family", "Moss"]));
    let mut add = caredesk(&database);
    add.args([
        "release", "add", "ada", "--owner", "oak", "--type", "services", "--signed", "today",
        "--all-providers",
    ]);
    report("a document of 64 MiB in", peak(add.arg("--document").arg(&paper)));
    let mut take = caredesk(&database);
    report("a document of 64 MiB out", peak(take.args(["release", "document", "ROI-", "--file"]).arg(&out)));
    assert!(std::fs::read(&out).is_ok_and(|found| found == bytes), "the document comes out as it went in");
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
