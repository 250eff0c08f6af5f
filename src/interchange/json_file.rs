//! Reads JSON from files, and builds the errors for files that are not JSON.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::error::Category;

use super::bounded_json::{Bounded, words_of};
use super::table::{Reading, unpacked};
use crate::error::{Error, Result};
use crate::file::{self, Input};

/// Opens a file for reading, unpacked, after the byte order mark that some programs on Windows write.
pub(super) fn open(input: &Input) -> Result<BufReader<Bounded<File>>> {
    let mut reader = BufReader::new(Bounded::new(unpacked(input, &Reading::default())?.open()?));
    let start = reader.fill_buf().map_err(|error| input.unreadable(error))?;
    if start.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    Ok(reader)
}

/// The files of a folder that end in `.json`, `.ndjson` or `.jsonl`, sorted by name; folders inside it are
/// not entered.
pub(super) fn listing(folder: &Path) -> Result<Vec<Input>> {
    let unreadable = |error| file::unreadable(&folder.display().to_string(), error);
    let mut files = Vec::new();
    for entry in folder.read_dir().map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_file() && ends_in(&path, &["json", "ndjson", "jsonl"]) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files.into_iter().map(Input::from).collect())
}

/// Whether the file's name has one of these extensions, in any case.
pub(super) fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default();
    endings.iter().any(|one| ending.eq_ignore_ascii_case(one))
}

/// Converts a parser error into an error with file, line and column. `wrong_shape` is the code and the name
/// of the format for JSON that is not of that format; `lines_before` counts the lines before the parser's
/// input.
pub(super) fn json_error(
    input: &Input, wrong_shape: (&'static str, &str), lines_before: usize, error: serde_json::Error,
) -> Error {
    let (code, what) = match error.classify() {
        Category::Data => wrong_shape,
        Category::Io => return input.unreadable(error.into()),
        Category::Syntax | Category::Eof => ("import.not_json", "JSON"),
    };
    let (line, column) = (lines_before.saturating_add(error.line()), error.column());
    let (name, words) = (input.name(), without_position(&error));
    Error::invalid(code, format!("`{name}` is not {what}: {words} at line {line}, column {column}"))
        .detail("line", line)
        .detail("column", column)
}

/// The parser ends its message with a position relative to its input.
fn without_position(error: &serde_json::Error) -> String {
    let words = words_of(error);
    words.split(" at line ").next().unwrap_or_default().to_owned()
}
