//! Reads accounts from JSON: a list of objects, or one object after the other, as in JSON lines, with one
//! object in memory at a time.

use std::cell::Cell as Counter;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;

use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{AccountRow, Cell, FIELDS, PASSED_OVER, Reading, Take, line, unknown_column};
use crate::error::{Error, Result};
use crate::file::Input;

pub(super) fn read(input: &Input, how: &Reading<'_>, take: Take<'_>) -> Result<()> {
    let (name, ends) = (&*input.short_name(), Rc::new(Counter::new(0)));
    let mut text = Counted { text: BufReader::new(input.open()?), line_ends: Rc::clone(&ends) };
    let first = first_letter(&mut text).map_err(|error| input.unreadable(error))?;
    let text = io::Cursor::new(first).chain(text);
    let keys = keys(how.mapping)?;
    let mut objects = Objects { name, keys, how, take, line_ends: ends, error: None };
    let read = if first == *b"[" {
        let mut document = serde_json::Deserializer::from_reader(text);
        document.deserialize_seq(&mut objects).and_then(|()| document.end())
    } else {
        let mut values = serde_json::Deserializer::from_reader(text).into_iter::<Box<RawValue>>();
        values.try_for_each(|object| objects.take(&object?))
    };
    match (objects.error, read) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => {
            Err(Error::invalid("import.not_json", format!("`{name}` is not valid JSON: {error}")))
        }
        (None, Ok(())) => Ok(()),
    }
}

/// Skips a byte order mark and white space.
fn first_letter(text: &mut impl Read) -> io::Result<[u8; 1]> {
    let mut letter = [0];
    loop {
        text.read_exact(&mut letter)?;
        if !letter[0].is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(&letter[0]) {
            return Ok(letter);
        }
    }
}

/// The key that holds each field.
fn keys(mapping: &[(String, String)]) -> Result<[String; 8]> {
    if let Some((field, _)) = mapping.iter().find(|(field, _)| !FIELDS.contains(&field.as_str())) {
        return Err(Error::invalid("import.unknown_field", format!("there is no field `{field}` to map"))
            .hint(format!("the fields are {}", FIELDS.join(", "))));
    }
    let mapped = |field: &str| mapping.iter().find(|(name, _)| name == field).map(|(_, key)| key.clone());
    Ok(FIELDS.map(|field| mapped(field).unwrap_or_else(|| field.to_owned())))
}

/// Counts line ends as they are read. The parser takes one byte at a time, so that the count is where the
/// parser is.
struct Counted {
    text: BufReader<File>,
    line_ends: Rc<Counter<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.text.read(buffer)?;
        let ends = buffer.iter().take(count).filter(|byte| **byte == b'\n').count();
        self.line_ends.set(self.line_ends.get() + ends as u64);
        Ok(count)
    }
}

struct Objects<'a> {
    name: &'a str,
    keys: [String; 8],
    how: &'a Reading<'a>,
    take: Take<'a>,
    line_ends: Rc<Counter<u64>>,
    /// The error that ended reading, if it was not in the JSON.
    error: Option<Error>,
}

impl Objects<'_> {
    fn take(&mut self, object: &RawValue) -> Result<(), serde_json::Error> {
        let taken = self.found(object.get()).and_then(|found| (self.take)(found));
        taken.map_err(|error| {
            self.error = Some(error);
            serde_json::Error::custom("the rest is not read")
        })
    }

    fn found(&self, text: &str) -> Result<AccountRow> {
        let at = self.line_ends.get() + 1 - text.matches('\n').count() as u64;
        let (read, login) = match serde_json::from_str::<Map<String, Value>>(text) {
            Err(_) => (Err("is not an object".to_owned()), String::new()),
            Ok(object) => {
                self.refuse_unknown(&object)?;
                let [id, ..] = &self.keys;
                let login = object.get(id).and_then(Value::as_str).unwrap_or_default().to_owned();
                let cells = self.keys.each_ref().map(|key| object.get(key).map_or(Cell::Absent, cell));
                (line(&cells), login)
            }
        };
        let (columns, cells) = if self.how.keeps_cells {
            (Arc::from(["json".to_owned()]), vec![text.to_owned()])
        } else {
            (Arc::default(), Vec::new())
        };
        Ok(AccountRow { line: read, login, at, columns, cells, size: text.len() as u64 })
    }

    fn refuse_unknown(&self, object: &Map<String, Value>) -> Result<()> {
        let is_known = |key: &String| self.keys.contains(key) || PASSED_OVER.contains(&key.as_str());
        object.keys().find(|key| !is_known(key)).map_or(Ok(()), |key| Err(unknown_column(self.name, key)))
    }
}

impl<'de> Visitor<'de> for &mut Objects<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(object) = items.next_element::<Box<RawValue>>()? {
            self.take(&object).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

/// Null is an empty cell: the key exists without a value.
fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Null => Cell::Text("".into()),
        Value::String(text) => Cell::Text(text.into()),
        Value::Array(items) => Cell::Many(
            items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect(),
        ),
        other => Cell::Text(other.to_string().into()),
    }
}
