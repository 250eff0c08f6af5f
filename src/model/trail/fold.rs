//! The state of things by their entries.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fields, Kind, Merges};

/// What an entry tells of its subject.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) sequence: i64,
    pub(crate) subject: String,
    /// JSON texts: what it became, else what it was.
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) erased: bool,
    /// Whether it takes back what others tell.
    pub(crate) is_undo: bool,
}

/// What the trail tells of one thing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    /// As far as entries tell: a field that none has is not known. None if it has ended.
    pub(crate) fields: Option<Fields>,
    /// Whether another had ended under the same key.
    was_there: bool,
}

/// The things under one subject.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct States {
    pub(crate) things: BTreeMap<Vec<String>, State>,
    /// Whether an entry was erased, so that nothing is known for certain.
    pub(crate) is_erased: bool,
}

/// The states after these entries, which are of one subject, and of those that were merged into it, in the order of their numbers.
pub(crate) fn fold(kind: &Kind, entries: &[Entry], merges: &Merges) -> States {
    let mut states = States::default();
    let mut moves = moves(kind, entries, merges).into_iter().peekable();
    for entry in entries {
        while let Some((_, from, into)) = moves.next_if(|(number, ..)| *number < entry.sequence) {
            states.merge(kind, &from, &into);
        }
        states.take(kind, entry);
    }
    moves.for_each(|(_, from, into)| states.merge(kind, &from, &into));
    states
}

/// The merges of what is named in the keys of these things, in their order.
fn moves(kind: &Kind, entries: &[Entry], merges: &Merges) -> BTreeSet<(i64, String, String)> {
    let mut found = BTreeSet::new();
    if merges.entries.is_empty() || !kind.follows_merges() {
        return found;
    }
    let keys = entries
        .iter()
        .filter_map(|entry| fields_of(kind, entry))
        .flat_map(|(fields, _)| kind.key_of(&fields));
    let mut codes: Vec<String> = keys.collect();
    while let Some(code) = codes.pop() {
        if let Some((number, into)) = merges.entries.get(&code)
            && found.insert((*number, code, into.clone()))
        {
            codes.push(into.clone());
        }
    }
    found
}

/// What fields were called in the entries of schemas up to 4, which stay as they were written.
const EARLIER: &[(&str, &str, &str)] = &[
    ("contact", "date", "submitted_on"),
    ("contract", "start", "starts_on"),
    ("contract", "stop", "ends_on"),
    ("enrolment", "since", "since_on"),
    ("record", "date", "happened_on"),
    ("request", "expires", "expires_on"),
    ("request", "signed", "signed_on"),
    ("setting", "release", "release_sharing"),
];

/// The fields in an entry of this kind, and whether they are what it became.
fn fields_of(kind: &Kind, entry: &Entry) -> Option<(Fields, bool)> {
    let text = entry.after.as_ref().or(entry.before.as_ref())?;
    let mut fields: Fields = serde_json::from_str(text).ok()?;
    for (_, earlier, now) in EARLIER.iter().filter(|(noun, ..)| *noun == kind.noun) {
        if let Some(value) = fields.remove(*earlier) {
            fields.insert((*now).to_owned(), value);
        }
    }
    kind.is_of(&fields).then_some((fields, entry.after.is_some()))
}

/// The names that an entry gives its thing: what it was called and what it is called now.
pub(crate) fn names_in(kind: &Kind, before: &str, after: &str) -> Option<(String, String)> {
    let name = |text: &str| {
        let fields: Fields = serde_json::from_str(text).ok()?;
        let name =
            fields.get("number").or_else(|| fields.get("name")).and_then(Value::as_str).map(str::to_owned);
        name.filter(|_| kind.is_of(&fields))
    };
    Some((name(before)?, name(after)?))
}

impl States {
    fn take(&mut self, kind: &Kind, entry: &Entry) {
        if entry.erased {
            self.is_erased = true;
            return;
        }
        let Some((fields, is_after)) = fields_of(kind, entry) else { return };
        let key = kind.key_of(&fields);
        match self.things.get_mut(&key) {
            // What is taken back was never there.
            Some(State { was_there: false, .. }) if !is_after && entry.is_undo => {
                self.things.remove(&key);
            }
            Some(state) if !is_after => *state = State { fields: None, was_there: true },
            Some(State { fields: Some(known), .. }) => known.extend(fields),
            Some(state) => *state = State { fields: Some(fields), was_there: true },
            None if is_after => {
                self.things.insert(key, State { fields: Some(fields), was_there: false });
            }
            None => {}
        }
    }

    /// What was one's is the other's, but what that has or ever had itself.
    fn merge(&mut self, kind: &Kind, from: &str, into: &str) {
        let moved: Vec<Vec<String>> =
            self.things.keys().filter(|key| key.iter().any(|part| part == from)).cloned().collect();
        for key in moved {
            let Some(state) = self.things.remove(&key) else { continue };
            let is_own = |part: &String| if part == from { into.to_owned() } else { part.clone() };
            let key: Vec<String> = key.iter().map(is_own).collect();
            let is_to_itself = kind.noun == "link" && key.first() == key.get(1);
            if !is_to_itself {
                self.things.entry(key).or_insert(state);
            }
        }
    }
}
