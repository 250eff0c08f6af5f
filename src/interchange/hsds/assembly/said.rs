//! What is about no organization and no service, while a directory is assembled.

use serde_json::Value;

use super::super::kind::{self, Kind, METADATA};
use super::super::object::Object;
use super::super::said;
use super::Assembly;
use crate::model::code::written_key;
use crate::model::directory::DirectoryEntry;
use crate::model::limit;

/// The most bytes of what is kept of a directory as it was written.
const MOST_KEPT: usize = 24 << 20;

/// What one thing of it takes besides its content.
pub(super) const AROUND: usize = 100;

impl Assembly {
    /// Whether that can be kept too.
    pub(super) fn has_room(&mut self, content: &str) -> bool {
        let size = content.len() + AROUND;
        let has_room = self.kept + size <= MOST_KEPT && limit::REMAINDER.hold(content).is_ok();
        self.kept += if has_room { size } else { 0 };
        has_room
    }

    /// Keeps what is about no organization and no service; what would be too much is counted as left (rule 5.2).
    pub(in super::super) fn say(&mut self, one: DirectoryEntry) {
        if self.has_room(&one.content) {
            self.said.entries.push(one);
        } else {
            kind::count_all(&mut self.remarks.not_kept, &one.entity, &one.fields());
        }
    }

    /// The same for what is known by nothing but what it says.
    pub(in super::super) fn say_alone(&mut self, entity: &str, content: Object) {
        if content.is_empty() {
            return;
        }
        let entry = written_key(&[entity, &Value::Object(content.clone()).to_string()]);
        self.say(DirectoryEntry::new(entity, entry, content));
    }

    /// A table has all that there are of these.
    pub(in super::super) fn says_all(&mut self, entity: &str) {
        self.said.whole.insert(entity.to_owned());
    }

    /// Takes what a hub says of its sources, as the value of an attribute.
    pub(in super::super) fn say_own(&mut self, value: &str) {
        if let Some((source, entry)) = said::read_value(value) {
            self.said_by.entry(source).or_default().entries.push(entry);
        }
    }

    /// Keeps a row of a table for the row of another that it is about: its kind, and its id.
    pub(in super::super) fn put_beside(&mut self, (kind, id): (&str, &str), list: &str, fields: Object) {
        if !self.has_room(&Value::Object(fields.clone()).to_string()) {
            return kind::count(&mut self.remarks.not_kept, list.to_owned(), 1);
        }
        let of = (kind.trim().to_lowercase(), id.trim().to_owned());
        let lists = self.beside.entry(of).or_default();
        if let Some(list) = lists.entry(list).or_insert_with(|| Value::Array(Vec::new())).as_array_mut() {
            list.push(Value::Object(fields));
        }
    }

    /// What tables say of a row besides.
    pub(in super::super) fn beside(&mut self, kind: Kind, id: &str) -> Option<Object> {
        if self.beside.is_empty() {
            return None;
        }
        self.beside.remove(&(kind.name().to_owned(), id.trim().to_owned()))
    }

    /// What is said of rows that are not there stands for itself.
    pub(super) fn say_what_is_left(&mut self) {
        for ((kind, id), lists) in std::mem::take(&mut self.beside) {
            for (list, rows) in lists {
                let (entity, [of, which]) = match list.as_str() {
                    "attributes" => (Kind::Attribute.name(), ["link_entity", "link_id"]),
                    _ => (METADATA, ["resource_type", "resource_id"]),
                };
                let rows = match rows {
                    Value::Array(rows) => rows,
                    _ => Vec::new(),
                };
                for row in rows {
                    let Value::Object(mut row) = row else { continue };
                    row.insert(of.to_owned(), kind.clone().into());
                    row.insert(which.to_owned(), id.clone().into());
                    // It has been counted where it was put beside.
                    let entry = written_key(&[entity, &Value::Object(row.clone()).to_string()]);
                    self.said.entries.push(DirectoryEntry::new(entity, entry, row));
                }
            }
        }
    }
}
