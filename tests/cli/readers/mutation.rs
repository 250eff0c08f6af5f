//! Whatever is in a file, the program ends by itself, in bounded memory, with an honest exit status. Mutants of sound files are
//! imported by the program, each made from its number alone: a short run with the suite, a long one with
//! `CAREDESK_MUTATION_MINUTES=20`, whose first number is `CAREDESK_MUTATION_FIRST`.

use std::collections::BTreeMap;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use fastrand::Rng;

use super::seeds::{Pack, Seed, seeds};
use super::{gzipped, zipped};
use crate::town::settle;
use crate::words;
use crate::world::{Engine, World, aloud};

/// Address space in KiB, of which the program itself is a sixth, and seconds.
const LIMITS: &str = "ulimit -v 900000; exec timeout -s KILL 30 \"$0\" \"$@\"";
/// How many mutants belong to the suite.
const SHORT: u64 = 150;

#[test]
fn no_file_breaks_the_program() {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    let seeds = seeds(&world);
    let number = |name| env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let end =
        number("CAREDESK_MUTATION_MINUTES").map(|minutes| Instant::now() + Duration::from_mins(minutes));
    let mut next = number("CAREDESK_MUTATION_FIRST").unwrap_or_default();
    let (mut statuses, mut broken) = (BTreeMap::new(), BTreeMap::new());
    let last = next + SHORT;
    while end.map_or(next < last, |end| Instant::now() < end) {
        let seed = &seeds[usize::try_from(next).unwrap() % seeds.len()];
        match run(&world, seed, &mut Rng::with_seed(next)) {
            Ok(status) => *statuses.entry((seed.name, status)).or_insert(0) += 1,
            Err(why) => drop(broken.entry(why).or_insert_with(|| format!("{next}, {}", seed.name))),
        }
        next += 1;
    }
    if end.is_some() {
        aloud(&format!("{next} mutants\n{statuses:?}"));
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Imports one mutant; the exit status, or what is wrong.
fn run(world: &World, seed: &Seed, rng: &mut Rng) -> Result<i32, String> {
    let (name, options) = seed.name.split_once(' ').unwrap_or((seed.name, ""));
    let path = format!("mutant-{name}");
    let mut parts = seed.parts.clone();
    for _ in 0..rng.usize(1..4) {
        let part = rng.usize(0..parts.len());
        mutate(&mut parts[part].1, rng);
    }
    let packed = match seed.pack {
        Pack::Plain if parts.len() > 1 => None,
        Pack::Plain => Some(parts[0].1.clone()),
        Pack::Gzip => Some(gzipped(&parts[0].1)),
        Pack::Zip => Some(zipped(&parts)),
    };
    if let Some(mut bytes) = packed {
        if rng.u8(0..8) == 0 {
            mutate(&mut bytes, rng);
        }
        world.write(&path, bytes);
    } else {
        fs::create_dir_all(world.path(&path)).unwrap();
        for (part, bytes) in &parts {
            world.write(&format!("{path}/{part}"), bytes);
        }
    }
    judged(world, &format!("{} {options} --dry-run", seed.line.replace("FILE", &path)))
}

fn judged(world: &World, line: &str) -> Result<i32, String> {
    let mut command = Command::new("sh");
    command.args(["-c", LIMITS, env!("CARGO_BIN_EXE_caredesk")]).args(words::split(line));
    world.enclose(&mut command);
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).map_err(|_| "stderr is not UTF-8".to_owned())?;
    let status = output.status.code();
    let place =
        stderr.split("panicked at ").nth(1).map(|rest| rest.lines().take(2).collect::<Vec<_>>().join(" "));
    if let Some(place) = place {
        return Err(format!("panicked at {place}"));
    }
    let first = stderr.lines().find(|line| !line.is_empty()).unwrap_or_default().to_owned();
    let ended = status.unwrap_or(137);
    let is_honest = match ended {
        0 => !stderr.contains("error: "),
        // What is no instance any more has no patients to choose from.
        2 | 4 | 5 => stderr.contains("error: ") && output.stdout.is_empty(),
        9 => stderr.contains("rejected"),
        _ => false,
    };
    if is_honest { Ok(ended) } else { Err(format!("{line}: status {ended}: {first}")) }
}

/// What a sound file does not have.
const STRANGE: [&[u8]; 22] = [
    b"\0", b"\"", b"\"\"\"", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"=1+1", b"\r", b"\n\n", b"<", b"&#0;",
    b"]]>", b"}", b"[", b"\\ud800", b"\xe2\x80\xae", b"NaN", b"null", b"{\"items\":[", b"'", b"../../x",
    b"\x1b[31m",
];
const NUMBERS: [&str; 14] = [
    "0",
    "-1",
    "1e400",
    "-1e300",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "99999999999999999999999",
    "2958466",
    "1.7976931348623157e308",
    "0.1",
    "16384",
    "1048577",
    "00",
];

fn mutate(bytes: &mut Vec<u8>, rng: &mut Rng) {
    if bytes.is_empty() {
        return bytes.extend_from_slice(STRANGE[rng.usize(0..STRANGE.len())]);
    }
    let at = rng.usize(0..bytes.len());
    let end = (at + rng.usize(1..400)).min(bytes.len());
    match rng.u8(0..10) {
        0 => bytes[at] ^= 1 << rng.u8(0..8),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => repeat(bytes, at, end, 1),
        4 => repeat(bytes, at, end, rng.usize(1..2_000)),
        5 => swap(bytes, rng),
        6 | 7 => number(bytes, at, rng),
        8 => insert(bytes, at, STRANGE[rng.usize(0..STRANGE.len())]),
        _ => {
            let opening: &[u8] = if rng.bool() { b"[" } else { b"{\"a\":" };
            insert(bytes, at, &opening.repeat(rng.usize(1..30_000)));
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    bytes.splice(at..at, what.iter().copied());
}

fn repeat(bytes: &mut Vec<u8>, at: usize, end: usize, times: usize) {
    let block = bytes[at..end].repeat(times);
    insert(bytes, at, &block);
}

/// Swaps two words.
fn swap(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut tokens: Vec<Vec<u8>> =
        bytes.chunk_by(|one, other| is_inside(one) == is_inside(other)).map(<[u8]>::to_vec).collect();
    let (one, other) = (rng.usize(0..tokens.len()), rng.usize(0..tokens.len()));
    tokens.swap(one, other);
    *bytes = tokens.concat();
}

/// Writes another number in place of the next.
fn number(bytes: &mut Vec<u8>, at: usize, rng: &mut Rng) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|length| at + length) else {
        return;
    };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let other = NUMBERS[rng.usize(0..NUMBERS.len())];
    bytes.splice(start..start + length, other.bytes());
}
