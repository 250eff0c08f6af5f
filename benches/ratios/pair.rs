//! Runs two commands in turn and compares them pair by pair.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) fn tell(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Whether this bench was asked for; without any word all are.
pub(crate) fn wants(name: &str) -> bool {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    words.is_empty() || words.iter().any(|word| name.contains(word.as_str()))
}

/// The program built with this bench, or the one that `CAREDESK_BENCH_PROGRAM` names.
pub(crate) fn caredesk(database: &std::path::Path) -> Command {
    let named = std::env::var_os("CAREDESK_BENCH_PROGRAM");
    let mut command = Command::new(named.unwrap_or_else(|| env!("CARGO_BIN_EXE_caredesk").into()));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("CAREDESK_DB", database);
    command
}

pub(crate) fn has_shell() -> bool {
    let found = Command::new("sqlite3")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !found {
        tell("SKIPPED: the sqlite3 shell is not installed, and it is the peer (apt-get install sqlite3)");
    }
    found
}

/// The time from the start of a process to its end.
pub(crate) fn whole(command: &mut Command) -> Duration {
    let since = Instant::now();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .expect("the command starts");
    let taken = since.elapsed();
    let said = String::from_utf8_lossy(&status.stderr);
    assert!(status.status.code().is_some_and(|code| code == 0 || code == 9), "{command:?}: {said}");
    taken
}

/// The time from the start of a process to its first line on stdout; the rest is read and thrown away.
pub(crate) fn to_first_line(command: &mut Command) -> Duration {
    let since = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let mut out = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line comes");
    let taken = since.elapsed();
    assert!(!line.is_empty(), "{command:?} printed nothing");
    let _ = out.read_to_end(&mut Vec::new());
    child.wait().expect("the command ends");
    taken
}

/// Times A and B in turn and prints the ratio A/B: least, median, most.
pub(crate) fn compare(
    what: &str, goal: f64, pairs: usize, mut a: impl FnMut(usize) -> Duration,
    mut b: impl FnMut(usize) -> Duration,
) {
    let warm = 2;
    let mut ratios = Vec::new();
    let (mut all_a, mut all_b) = (Vec::new(), Vec::new());
    for number in 0..pairs + warm {
        let (a, b) = (a(number), b(number));
        if number >= warm {
            ratios.push(a.as_secs_f64() / b.as_secs_f64());
            all_a.push(a.as_secs_f64() * 1e3);
            all_b.push(b.as_secs_f64() * 1e3);
        }
    }
    for list in [&mut ratios, &mut all_a, &mut all_b] {
        list.sort_by(f64::total_cmp);
    }
    let middle = |list: &[f64]| list[list.len() / 2];
    let (least, most) = (ratios[0], ratios[ratios.len() - 1]);
    tell(&format!(
        "{what}\n    ratio {least:.2} / {:.2} / {most:.2} (goal {goal:.2}; medians {:.2} ms and {:.2} ms; {pairs} pairs)",
        middle(&ratios),
        middle(&all_a),
        middle(&all_b),
    ));
}
