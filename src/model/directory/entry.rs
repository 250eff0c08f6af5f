//! What a directory says that is about none of its providers: the terms of its taxonomies, who changed which of its rows.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use crate::model::code::written_key;
use crate::model::prelude::*;

/// One such thing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct DirectoryEntry {
    /// What HSDS calls such a thing.
    pub(crate) entity: String,
    /// Which one it is.
    pub(crate) entry: String,
    /// A JSON object with its keys in order.
    pub(crate) content: String,
}

impl DirectoryEntry {
    /// One that is known by its id, or else by what it is called.
    pub(crate) fn known_by(entity: &str, key: &str, content: Map<String, Value>) -> Self {
        Self::new(entity, written_key(&[entity, key]), content)
    }

    /// One that is known by nothing but what it says.
    pub(crate) fn alone(entity: &str, content: Map<String, Value>) -> Self {
        let mut one = Self::new(entity, String::new(), content);
        one.entry = written_key(&[entity, &one.content]);
        one
    }

    pub(crate) fn new(entity: &str, entry: String, content: Map<String, Value>) -> Self {
        let mut content = Value::Object(content);
        content.sort_all_objects();
        DirectoryEntry { entity: entity.to_owned(), entry, content: content.to_string() }
    }

    pub(crate) fn fields(&self) -> Map<String, Value> {
        serde_json::from_str(&self.content).unwrap_or_default()
    }
}

/// What one directory says of none of its providers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Said {
    pub(crate) entries: Vec<DirectoryEntry>,
    /// The entities of which it has all that there are: others of them are gone.
    pub(crate) whole: BTreeSet<String>,
}

impl Said {
    pub(crate) fn add(&mut self, more: Said) {
        self.entries.extend(more.entries);
        self.whole.extend(more.whole);
    }

    /// What is kept after an import: what the source says now, and what it said before and does not speak of (rule 5.2). What is
    /// known keeps its place.
    pub(crate) fn after(&self, known: &[DirectoryEntry]) -> Vec<DirectoryEntry> {
        fn key(one: &DirectoryEntry) -> (&str, &str) {
            (&one.entity, &one.entry)
        }
        let mut new: HashMap<(&str, &str), &DirectoryEntry> = HashMap::new();
        for one in &self.entries {
            new.entry(key(one)).or_insert(one);
        }
        let mut after = Vec::new();
        for one in known {
            match new.remove(&key(one)) {
                Some(new) => after.push(new.clone()),
                None if self.whole.contains(&one.entity) => {}
                None => after.push(one.clone()),
            }
        }
        after.extend(self.entries.iter().filter(|one| new.remove(&key(one)).is_some()).cloned());
        after
    }
}

/// How what is kept of a directory differs from before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Difference {
    pub(crate) new: usize,
    pub(crate) changed: usize,
    pub(crate) gone: usize,
}

impl Difference {
    pub(crate) fn of(before: &[DirectoryEntry], after: &[DirectoryEntry]) -> Self {
        let keys = |all: &[DirectoryEntry]| -> HashSet<(String, String)> {
            all.iter().map(|one| (one.entity.clone(), one.entry.clone())).collect()
        };
        let (was, is) = (keys(before), keys(after));
        let same: HashSet<&DirectoryEntry> = before.iter().collect();
        let others = after.iter().filter(|one| !same.contains(one)).count();
        let new = is.difference(&was).count();
        Difference { new, changed: others.saturating_sub(new), gone: was.difference(&is).count() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(entity: &str, entry: &str, text: &str) -> DirectoryEntry {
        let content = Map::from_iter([("name".to_owned(), text.into())]);
        DirectoryEntry::new(entity, entry.to_owned(), content)
    }

    // Rule 5.2.
    #[test]
    fn what_a_source_does_not_speak_of_stays() {
        let known = [
            one("taxonomy_term", "a", "Care"),
            one("taxonomy_term", "b", "Meals"),
            one("metadata", "c", "x"),
        ];
        let entries = vec![one("taxonomy_term", "b", "Food"), one("taxonomy_term", "d", "Rides")];
        let part = Said { entries: entries.clone(), whole: BTreeSet::new() };
        let after = part.after(&known);
        let [care, _, metadata] = &known;
        assert_eq!(after, [care.clone(), entries[0].clone(), metadata.clone(), entries[1].clone()]);
        assert_eq!(Difference::of(&known, &after), Difference { new: 1, changed: 1, gone: 0 });
        let whole = Said { whole: ["taxonomy_term".to_owned()].into(), ..part };
        let after = whole.after(&known);
        assert_eq!(after, [entries[0].clone(), metadata.clone(), entries[1].clone()]);
        assert_eq!(Difference::of(&known, &after), Difference { new: 1, changed: 1, gone: 1 });
        assert_eq!(whole.after(&after), after);
        assert_eq!(Said::default().after(&known), known);
        let turned = Said { entries: after.iter().rev().cloned().collect(), ..Said::default() };
        assert_eq!(turned.after(&after), after, "the order in a file says nothing");
    }
}
