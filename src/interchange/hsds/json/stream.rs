//! Streams a JSON document: an array or a page (`contents`) is read object by object.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::super::super::bounded_json::{Bounded, words_of};
use super::super::super::json_items::Items;
use super::super::super::json_object::{self, Checked};
use crate::error::{Error, Result};
use crate::file::unreadable;

/// Receives a JSON pointer, its value, and why that cannot be taken, if it cannot.
type Take<'a> = &'a mut dyn FnMut(&str, Value, Option<String>);

/// Passes every object to `take`: those of one document, or of several one after the other (JSON lines). Returns `total_items` if the document is a page of a longer
/// list.
pub(super) fn each_object(file: &str, text: Box<dyn Read>, take: Take<'_>) -> Result<Option<u64>> {
    let text = BufReader::with_capacity(64 << 10, Bounded::new(text));
    let mut document = serde_json::Deserializer::from_reader(text);
    let broken = |error: serde_json::Error| match error.classify() {
        Category::Io => unreadable(file, error.into()),
        _ => Error::invalid("import.unreadable", format!("`{file}` is not valid JSON: {}", words_of(&error)))
            .hint("fetch the document again: it may have been cut short"),
    };
    let mut total = Document(take).deserialize(&mut document).map_err(broken)?;
    let mut number = 0_u64;
    while document.end().is_err() {
        number += 1;
        let mut take = |place: &str, value, flaw| take(&format!("/{number}{place}"), value, flaw);
        let next = Document(&mut take).deserialize(&mut document).map_err(broken)?;
        total = total.max(next);
    }
    Ok(total)
}

/// The most bytes of all documents of a directory, which takes ten times as much memory.
const MOST: u64 = 128 << 20;

/// Passes documents on as long as they can be held.
pub(super) struct Counted {
    pub(super) from: Box<dyn Read>,
    /// Bytes so far, of all documents.
    pub(super) passed: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.passed.set(self.passed.get() + count as u64);
        if self.passed.get() > MOST {
            let message = "the JSON of a directory has at most 128 MiB: import it in parts";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(count)
    }
}

struct Document<'a>(Take<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = Option<u64>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Option<u64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        each_item(self.0, "", |list| list.visit_seq(items))?;
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let (mut object, mut flaw) = (Map::new(), None);
        let mut paged = false;
        while let Some(key) = entries.next_key::<String>()? {
            if key == "contents" {
                each_item(&mut *self.0, "/contents", |list| entries.next_value_seed(list))?;
                paged = true;
            } else {
                let read: Checked = entries.next_value()?;
                let twice = object.contains_key(&key).then(|| json_object::twice(&key));
                flaw = flaw.or_else(|| read.flaw()).or(twice);
                object.insert(key, read.value);
            }
        }
        if paged {
            return Ok(object.get("total_items").and_then(Value::as_u64));
        }
        (self.0)("", Value::Object(object), flaw);
        Ok(None)
    }
}

/// Reads a list, each item with its place in it.
fn each_item<R>(take: Take<'_>, under: &str, read: impl FnOnce(Items<'_, Checked>) -> R) -> R {
    let mut index = 0_u64;
    let mut take = |item: Checked| {
        let flaw = item.flaw();
        take(&format!("{under}/{index}"), item.value, flaw);
        index += 1;
        Ok(())
    };
    read(Items { what: "a list of objects", take: &mut take })
}
