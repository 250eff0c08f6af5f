//! Reads objects from JSON: an array, an object with a list `items`, or one object after the other, as in JSON
//! lines. Each is a row, with one of them in memory at a time.

use std::cell::Cell as Counter;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::super::bounded_json::words_of;
use super::super::json_items::Items;
use super::super::json_object::Checked;
use super::Reading;
use super::source::Source;
use super::spool::{Cell, Spool, SpoolWriter};
use crate::error::{Error, Result};
use crate::file;

/// The longest line of JSON lines.
const LONGEST_LINE: u64 = 16 << 20;
/// The longest object elsewhere.
const LONGEST_OBJECT: u64 = 16 << 20;
/// The most different keys; real files have a hundred.
const MOST_KEYS: usize = 10_000;

/// Collects objects as rows; every key that occurs is a column.
pub(super) struct Objects {
    keys: Vec<String>,
    known: HashSet<String>,
    spool: SpoolWriter,
    /// How many there have been.
    count: u64,
    /// What rejected objects are now, by their numbers.
    corrected: HashMap<String, String>,
}

impl Objects {
    pub(super) fn new() -> Result<Self> {
        let (keys, known) = (Vec::new(), HashSet::new());
        Ok(Objects { keys, known, spool: SpoolWriter::new()?, count: 0, corrected: HashMap::new() })
    }

    pub(super) fn add(&mut self, line: u64, raw: &str) -> Result<()> {
        let corrected = self.corrected.get(&format!("/{}", self.count)).cloned();
        self.count += 1;
        let raw = corrected.as_deref().unwrap_or(raw);
        let object = match object(raw) {
            Ok(object) => object,
            Err(why) => return self.spool.add(line, raw, &[Cell::Bad(why)]),
        };
        for key in object.keys().filter(|key| !self.known.contains(*key)).cloned().collect::<Vec<_>>() {
            self.known.insert(key.clone());
            self.keys.push(key);
        }
        if self.keys.len() > MOST_KEYS {
            let message = format!("the objects have more than {MOST_KEYS} different keys");
            return Err(Error::invalid("import.too_large", message));
        }
        let cells = self.keys.iter().map(|key| object.get(key).map_or(Cell::Absent, cell));
        self.spool.add(line, raw, &cells.collect::<Vec<_>>())
    }

    pub(super) fn finish(self) -> Result<(Arc<[String]>, Spool)> {
        Ok((self.keys.into_iter().collect(), self.spool.finish()?))
    }
}

fn object(raw: &str) -> Result<Map<String, Value>, String> {
    let read = serde_json::from_str::<Checked>(raw);
    let read = read.map_err(|error| format!("is not a JSON object: {}", words_of(&error)))?;
    match (read.flaw(), read.value) {
        (None, Value::Object(object)) => Ok(object),
        (Some(flaw), Value::Object(_)) => Err(flaw),
        _ => Err("is not a JSON object".to_owned()),
    }
}

/// Null is an empty cell: the key exists without a value.
fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Text(String::new()),
        Value::String(text) => Cell::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => Cell::Nested(value.to_string()),
        Value::Number(number) => {
            let text = number.to_string();
            Cell::Text(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text))
        }
        Value::Bool(truth) => Cell::Text(truth.to_string()),
    }
}

/// Whether a text is JSON, by its beginning.
pub(super) fn is_json(opening: &str) -> bool {
    opening.trim_start().starts_with(['{', '['])
}

pub(super) fn read(name: &str, source: Source, how: &Reading) -> Result<(Arc<[String]>, Spool)> {
    let mut objects = Objects::new()?;
    let corrected = how.corrections.iter().flat_map(|all| all.of_document(name));
    objects.corrected = corrected.map(|(place, json)| (place.to_owned(), json.to_owned())).collect();
    if is_lines(&source.opening) {
        read_lines(name, source.text, &mut objects)?;
    } else {
        read_documents(name, source.text, &mut objects)?;
    }
    objects.finish()
}

/// Whether each line is an object: the first is one, and no list of items; or it looks like one, and another line is.
fn is_lines(opening: &str) -> bool {
    let is_object = |line: &str| {
        let object = serde_json::from_str::<Map<String, Value>>(line);
        object.is_ok_and(|object| !object.get("items").is_some_and(Value::is_array))
    };
    let mut lines = opening.trim_start().lines().map(str::trim_end);
    let first = lines.next().unwrap_or_default();
    let looks_so =
        || first.starts_with("{\"") && first.ends_with('}') && serde_json::from_str::<Value>(first).is_err();
    is_object(first) || looks_so() && lines.take(20).any(|line| line.starts_with('{') && is_object(line))
}

/// A broken line costs only itself.
fn read_lines(name: &str, text: Box<dyn Read>, objects: &mut Objects) -> Result<()> {
    let (mut text, mut line) = (BufReader::new(text), Vec::new());
    for number in 1.. {
        line.clear();
        let read = text.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
        match read.map_err(|error| file::unreadable(name, error))? as u64 {
            0 => break,
            LONGEST_LINE => {
                let message = format!("`{name}` has a line of more than 16 MiB, line {number}");
                return Err(Error::invalid("import.unreadable", message));
            }
            _ => {}
        }
        let object = String::from_utf8_lossy(&line);
        if !object.trim().is_empty() {
            objects.add(number, object.trim())?;
        }
    }
    Ok(())
}

fn read_documents(name: &str, text: Box<dyn Read>, objects: &mut Objects) -> Result<()> {
    let (line_ends, unfinished) = (Rc::new(Counter::new(0)), Rc::new(Counter::new(0)));
    let text = Counted {
        text: BufReader::new(text),
        line_ends: Rc::clone(&line_ends),
        unfinished: Rc::clone(&unfinished),
    };
    let mut documents = serde_json::Deserializer::from_reader(text);
    let mut rows = Rows { objects, line_ends, unfinished, error: None };
    let mut read = Ok(());
    while read.is_ok() && documents.end().is_err() {
        read = Document(&mut rows).deserialize(&mut documents);
    }
    match (rows.error, read) {
        (Some(error), _) => Err(error),
        (None, Err(error)) if error.is_io() => Err(file::unreadable(name, error.into())),
        (None, Err(error)) => {
            let words = words_of(&error);
            Err(Error::invalid("import.not_json", format!("`{name}` is not valid JSON: {words}")))
        }
        (None, Ok(())) => Ok(()),
    }
}

/// Counts line ends as they are read. The parser takes one byte at a time, so that the count is where the
/// parser is.
struct Counted<R> {
    text: BufReader<R>,
    line_ends: Rc<Counter<u64>>,
    /// How much was read since the last row.
    unfinished: Rc<Counter<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.text.read(buffer)?;
        self.unfinished.set(self.unfinished.get() + count as u64);
        if self.unfinished.get() > LONGEST_OBJECT {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "an object in it is longer than 16 MiB"));
        }
        let ends = buffer.iter().take(count).filter(|byte| **byte == b'\n').count();
        self.line_ends.set(self.line_ends.get() + ends as u64);
        Ok(count)
    }
}

struct Rows<'a> {
    objects: &'a mut Objects,
    line_ends: Rc<Counter<u64>>,
    unfinished: Rc<Counter<u64>>,
    /// The error that ended reading, if it was not in the JSON.
    error: Option<Error>,
}

impl Rows<'_> {
    /// Reads a list of rows.
    fn each<R>(&mut self, read: impl FnOnce(Items<'_, Box<RawValue>>) -> R) -> R {
        let mut take = |raw: Box<RawValue>| self.add(raw.get());
        read(Items { what: "a list of objects", take: &mut take })
    }

    fn add(&mut self, raw: &str) -> Result<(), &'static str> {
        let line = self.line_ends.get() + 1 - raw.matches('\n').count() as u64;
        self.add_at(line, raw)
    }

    fn add_at(&mut self, line: u64, raw: &str) -> Result<(), &'static str> {
        self.unfinished.set(0);
        self.objects.add(line, raw).map_err(|error| {
            self.error = Some(error);
            "the rest is not read"
        })
    }
}

struct Document<'a, 'r>(&'a mut Rows<'r>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        self.0.each(|list| list.visit_seq(items))
    }

    /// An object with `items` is a page of rows, whatever else stands on it; any other is a row itself.
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let line = self.0.line_ends.get() + 1;
        let (mut object, mut is_page) = (Vec::new(), false);
        while let Some(key) = entries.next_key::<String>()? {
            if key == "items" {
                self.0.each(|list| entries.next_value_seed(list))?;
                is_page = true;
            } else if is_page {
                entries.next_value::<IgnoredAny>()?;
            } else {
                let value: Box<RawValue> = entries.next_value()?;
                object.push(format!("{}:{}", Value::String(key), value.get()));
            }
        }
        if is_page {
            return Ok(());
        }
        self.0.add_at(line, &format!("{{{}}}", object.join(","))).map_err(A::Error::custom)
    }
}
