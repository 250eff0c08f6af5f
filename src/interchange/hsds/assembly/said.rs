//! What is about no organization and no service, while a directory is assembled.

use serde_json::Value;

use super::super::kind::{self, Kind, METADATA};
use super::super::object::Object;
use super::super::said;
use super::Assembly;
use crate::model::directory::DirectoryEntry;

/// The most bytes of what is kept of a directory as it was written.
const MOST_KEPT: usize = 24 << 20;

/// What one thing of it takes besides its content.
pub(super) const AROUND: usize = 100;

/// What tables say of a row of another.
#[derive(Default)]
pub(super) struct Beside {
    attributes: Vec<About>,
    metadata: Vec<About>,
}

/// A row about another, with its own id.
pub(in super::super) struct About {
    pub(in super::super) id: String,
    pub(in super::super) fields: Object,
}

impl Assembly {
    /// Whether that can be kept too. A hub has kept what it writes, of several directories.
    pub(super) fn has_room(&mut self, content: &str) -> bool {
        if self.is_own {
            return true;
        }
        let size = content.len() + AROUND;
        let has_room = self.kept + size <= MOST_KEPT && said::can_be_kept(content);
        self.kept += if has_room { size } else { 0 };
        has_room
    }

    /// Keeps what is about no organization and no service; what would be too much is counted as left (rule 5.2).
    pub(in super::super) fn say(&mut self, one: DirectoryEntry) {
        if !self.has_room(&one.content) {
            return kind::count(&mut self.remarks.not_kept, one.entity, 1);
        }
        let is_new = self.said_keys.insert((one.entity.clone(), one.entry.clone()));
        // Another under the same id is known by what it says.
        self.said.entries.push(if is_new { one } else { DirectoryEntry::alone(&one.entity, one.fields()) });
    }

    /// A thing that stands by itself, which is known by its id if it has one.
    pub(in super::super) fn say_of(&mut self, entity: &str, id: &str, mut content: Object) {
        if content.is_empty() {
            return;
        }
        if id.is_empty() {
            return self.say(DirectoryEntry::alone(entity, content));
        }
        content.insert("id".to_owned(), id.into());
        self.say(DirectoryEntry::known_by(entity, id, content));
    }

    /// A table has all that there are of these.
    pub(in super::super) fn says_all(&mut self, entity: &str) {
        self.said.whole.insert(entity.to_owned());
    }

    /// Takes what a hub says of its sources, as the value of an attribute.
    pub(in super::super) fn say_own(&mut self, value: &str) {
        match said::read_value(value) {
            Some((source, entry)) => self.said_by.entry(source).or_default().entries.push(entry),
            None => kind::count(&mut self.remarks.not_kept, said::DIRECTORY.to_owned(), 1),
        }
    }

    /// Keeps an attribute for what it is about: its kind, and its id.
    pub(in super::super) fn attribute_of(&mut self, of: (&str, &str), about: About) {
        if self.has_room(&Value::Object(about.fields.clone()).to_string()) {
            self.beside_of(of).attributes.push(about);
        } else {
            kind::count(&mut self.remarks.not_kept, Kind::Attribute.name().to_owned(), 1);
        }
    }

    /// The same for what was changed of a row.
    pub(in super::super) fn metadata_of(&mut self, of: (&str, &str), about: About) {
        if self.has_room(&Value::Object(about.fields.clone()).to_string()) {
            self.beside_of(of).metadata.push(about);
        } else {
            kind::count(&mut self.remarks.not_kept, METADATA.to_owned(), 1);
        }
    }

    fn beside_of(&mut self, (kind, id): (&str, &str)) -> &mut Beside {
        self.beside.entry((kind.trim().to_lowercase(), id.trim().to_owned())).or_default()
    }

    /// What tables say of a row besides.
    pub(in super::super) fn beside(&mut self, kind: Kind, id: &str) -> Object {
        if self.beside.is_empty() {
            return Object::new();
        }
        let of = (kind.name().to_owned(), id.trim().to_owned());
        let Beside { attributes, metadata } = self.beside.remove(&of).unwrap_or_default();
        let lists = [("attributes", attributes), (METADATA, metadata)].into_iter();
        lists
            .filter(|(_, list)| !list.is_empty())
            .map(|(key, list)| {
                let list = list.into_iter().map(|about| Value::Object(about.fields));
                (key.to_owned(), Value::Array(list.collect()))
            })
            .collect()
    }

    /// What is said of rows that are not there stands for itself.
    pub(super) fn say_what_is_left(&mut self) {
        for ((kind, id), Beside { attributes, metadata }) in std::mem::take(&mut self.beside) {
            let named = |about: About, of: &str, which: &str| {
                let mut fields = about.fields;
                fields.insert(of.to_owned(), kind.clone().into());
                fields.insert(which.to_owned(), id.clone().into());
                (about.id, fields)
            };
            for about in attributes {
                let (own, fields) = named(about, "link_entity", "link_id");
                self.say_of(Kind::Attribute.name(), &own, fields);
            }
            for about in metadata {
                let (own, fields) = named(about, "resource_type", "resource_id");
                self.say_of(METADATA, &own, fields);
            }
        }
    }
}
