//! Whether the things that there are, are as the audit trail tells (rule 4.1): the state of each by its entries, and its rows.

mod compare;
mod fold;
mod kinds;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

pub(crate) use compare::{Difference, differences};
pub(crate) use fold::{Entry, States, fold, names_in};
pub(crate) use kinds::KINDS;
use serde_json::{Map, Value};

/// The fields of one thing, or of one part of it.
pub(crate) type Fields = Map<String, Value>;

/// Things of one sort, each with its entries under one subject.
pub(crate) struct Kind {
    pub(crate) noun: &'static str,
    /// Between these two are the subjects.
    pub(crate) subjects: (&'static str, &'static str),
    /// What their actions are like, where the subjects alone do not tell.
    pub(crate) actions: Option<&'static str>,
    /// Whether it may also be taken back together with an import, or be there from the beginning.
    pub(crate) is_imported: bool,
    /// An entry of theirs has one of these fields, if there are any, and none of those.
    has: &'static [&'static str],
    lacks: &'static [&'static str],
    /// What tells several things under one subject apart; empty where there is one.
    key: &'static [&'static str],
    /// Whether the subject is a name that may be changed.
    pub(crate) is_renamed: bool,
    /// The codes in the key that a merge changes begin with one of these.
    merges: &'static [&'static str],
    pub(crate) parts: &'static [Part],
    /// Fields of the views that are not its own; the names of other things need not be listed.
    #[cfg_attr(not(test), expect(dead_code, reason = "that none is forgotten is tested"))]
    derived: &'static [&'static str],
}

/// The rows of one table that belong to a thing.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// The list in the entry that they are; none for the thing itself.
    pub(crate) list: Option<&'static str>,
    pub(crate) columns: &'static [(&'static str, Column)],
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Text,
    /// A code of another thing, maybe of one that was merged since.
    Code,
    /// Several of them, in any order.
    Codes,
    /// Several texts, in any order.
    Texts,
    Number,
    Flag,
    Instant,
    Date,
    Digest,
}

/// A row as it is now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Present {
    /// Whether the client that it belongs to was erased, and so what the trail tells of it.
    pub(crate) erased: bool,
    pub(crate) fields: Fields,
}

/// The providers and clients that were merged into others, and the statuses of queues that were renamed.
#[derive(Default)]
pub(crate) struct Merges {
    /// The code of each, and where it leads to now.
    pub(crate) leads: HashMap<String, String>,
    /// The number of the entry of each merge, and where it led to then.
    pub(crate) entries: HashMap<String, (i64, String)>,
    /// The labels that statuses had, and those that each led to.
    pub(crate) labels: HashMap<String, BTreeSet<String>>,
}

impl Merges {
    /// The code of the one that stayed.
    fn now<'a>(&'a self, code: &'a str) -> &'a str {
        self.leads.get(code).map_or(code, String::as_str)
    }

    /// Notes which statuses of a queue have other labels after an entry than before it. Both are JSON texts.
    pub(crate) fn take_renamed(&mut self, before: &str, after: &str) {
        let labels = |text: &str| -> Vec<String> {
            let queue: Value = serde_json::from_str(text).unwrap_or_default();
            let statuses = queue.get("statuses").and_then(Value::as_array).into_iter().flatten();
            let label = |status: &Value| status.get("label").and_then(Value::as_str).map(str::to_owned);
            statuses.filter_map(label).collect()
        };
        let (before, after) = (labels(before), labels(after));
        // Of what is taken back there may be more of them, or fewer, or others in their places.
        let is_renamed = before.len() == after.len();
        let mut renamed = before.into_iter().zip(after).filter(|(was, is)| was != is);
        if let (Some((was, is)), None, true) = (renamed.next(), renamed.next(), is_renamed) {
            self.labels.entry(was).or_default().insert(is);
        }
    }

    /// Whether a status that had one label may be called by the other now.
    fn is_called(&self, was: &str, now: &str) -> bool {
        let (mut open, mut seen) = (vec![was], BTreeSet::new());
        while let Some(label) = open.pop() {
            if label == now {
                return true;
            }
            if seen.insert(label) {
                open.extend(self.labels.get(label).into_iter().flatten().map(String::as_str));
            }
        }
        false
    }
}

const fn part(
    name: &'static str, list: Option<&'static str>, columns: &'static [(&'static str, Column)],
) -> Part {
    Part { name, list, columns }
}

/// A kind whose things have a code, under which all their entries are.
const fn coded(
    noun: &'static str, codes: (&'static str, &'static str), parts: &'static [Part],
    derived: &'static [&'static str],
) -> Kind {
    Kind {
        noun,
        subjects: codes,
        actions: None,
        is_imported: true,
        has: &["code"],
        lacks: &[],
        key: &[],
        is_renamed: false,
        merges: &[],
        parts,
        derived,
    }
}

/// The first and the last of all texts.
const ANY: (&str, &str) = ("", "\u{10ffff}");

impl Kind {
    /// Whether what belonged to a subject that was merged belongs to another now.
    pub(crate) fn follows_merges(&self) -> bool {
        !self.merges.is_empty()
    }

    fn is_of(&self, fields: &Fields) -> bool {
        (self.has.is_empty() || self.has.iter().any(|field| fields.contains_key(*field)))
            && !self.lacks.iter().any(|field| fields.contains_key(*field))
    }

    fn key_of(&self, fields: &Fields) -> Vec<String> {
        self.key
            .iter()
            .map(|field| fields.get(*field).and_then(Value::as_str).unwrap_or_default().to_owned())
            .collect()
    }
}
