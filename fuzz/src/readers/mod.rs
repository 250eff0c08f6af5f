//! One function for each target: bytes in, and nothing may panic, overflow, hang or take more memory than it may. What is written is
//! read again where there is a writer.

mod address;
mod backup;
mod config;
mod database;
mod directory;
mod document;
mod objects;
mod parts;
mod seal;
mod state;
mod table;
mod value;
mod words;

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::ValueEnum;

use crate::error::{Kind, Result};
use crate::file::Input;
use crate::interchange::table::{self as tables, Reading};
use crate::model::import::mapping;
use crate::model::zone::Zone;

/// Takes the input of a target, and stops where something is wrong.
type Target = fn(&[u8]);

/// The targets, by their names.
pub(crate) const TARGETS: [(&str, Target); 14] = [
    ("table", table::table),
    ("workbook", table::workbook),
    ("packed", table::packed),
    ("directory", directory::directory),
    ("objects", objects::objects),
    ("state", state::state),
    ("backup", backup::backup),
    ("seal", seal::seal),
    ("document", document::document),
    ("words", words::words),
    ("value", value::value),
    ("address", address::address),
    ("config", config::config),
    ("database", database::database),
];

/// What was read, or nothing where it was refused as it should be: with words, and as what is wrong with the data and not with the program.
fn honest<T>(read: Result<T>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(error) => {
            assert!(error.kind() != Kind::Internal, "{error:?}");
            assert!(!error.message().trim().is_empty() && !error.code().is_empty(), "{error:?}");
            let _ = (error.to_json(), error.causes());
            None
        }
    }
}

/// The same for what has only a reason.
fn reason<T>(read: Result<T, String>) -> Option<T> {
    read.map_err(|why| assert!(!why.trim().is_empty())).ok()
}

/// A file of this name with these bytes.
fn input(name: &str, bytes: &[u8]) -> Input {
    Input::from(PathBuf::from(name)).holding(name, bytes).expect("a temporary file")
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day")
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_796_119_200, 0).expect("an instant")
}

/// With clocks that are changed, and without.
fn zone(choice: u8) -> Zone {
    let names =
        ["Europe/London", "UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"];
    names[usize::from(choice) % names.len()].parse().expect("a zone")
}

const ENCODINGS: [&str; 8] =
    ["", "", "utf-8", "windows-1252", "utf-16le", "shift_jis", "gb18030", "iso-2022-jp"];
const ORDERS: [&str; 4] = ["", "dmy", "mdy", "ymd"];

/// What three bytes say: which reader is meant, the options, and the zone; and the rest.
struct Choice<'a> {
    reader: u8,
    how: Reading,
    zone: Zone,
    /// The name of a file.
    name: &'static str,
    rest: &'a [u8],
}

impl<'a> Choice<'a> {
    fn of(data: &'a [u8]) -> Option<Self> {
        let ([reader, options, more], mut rest) =
            data.split_first_chunk::<3>().map(|(head, rest)| (*head, rest))?;
        let mut how = Reading {
            encoding: tables::encoding(ENCODINGS[usize::from(options & 7)]).ok(),
            strict: options & 8 != 0,
            ..Reading::default()
        };
        how.date_format = ValueEnum::from_str(ORDERS[usize::from(options >> 4 & 3)], true).ok();
        // The first lines are what `--map` and `--sheet` say.
        if options & 64 != 0 {
            let (line, below) = split_line(rest);
            how.mapping.extend(line.split(';').filter_map(|one| reason(mapping(one))));
            rest = below;
        }
        if options & 128 != 0 {
            let (line, below) = split_line(rest);
            (how.sheet, rest) = (Some(line), below);
        }
        let names = ["x.csv", "x.json", "x.txt", "x.zip", "x.csv.gz", "x.xlsx", "x.jsonl", "-x"];
        Some(Choice { reader, how, zone: zone(more >> 3), name: names[usize::from(more & 7)], rest })
    }
}

fn split_line(bytes: &[u8]) -> (String, &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (line, rest) = bytes.split_at(end);
    (String::from_utf8_lossy(line).into_owned(), rest.get(1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::TARGETS;

    /// What has once led somewhere new, or was wrong, is right today.
    #[test]
    fn what_was_found_by_coverage_is_read() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
        for (target, read) in TARGETS {
            let mut files = 0;
            for file in fs::read_dir(corpus.join(target)).expect("a corpus") {
                read(&fs::read(file.expect("a file").path()).expect("a file"));
                files += 1;
            }
            assert!(files > 0, "{target}");
        }
    }
}
