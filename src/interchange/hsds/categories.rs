//! The terms of taxonomies, and which of them describe which service.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::details::category;
use super::entry::{Entry, filled};
use super::fields::Fields;
use super::kind::Kind;
use super::object::{Object, object_of};
use super::{own, said};
use crate::model::code::written_key;
use crate::model::directory::{Detail, DirectoryEntry};

/// The columns of tables of terms, of all versions.
pub(super) const COLUMNS: [&str; 9] =
    ["id", "taxonomy_id", "code", "name", "description", "taxonomy", "vocabulary", "211 Code", "211 Name"];

/// The terms of a directory by their ids, and by their codes. `101` may be both, of two terms.
#[derive(Default)]
pub(super) struct Terms {
    taxonomies: Vec<Taxonomy>,
    taxonomy_by_id: HashMap<String, usize>,
    /// Those under which the hub that wrote the directory says what it keeps, by their ids.
    own: HashMap<String, String>,
    all: Vec<Term>,
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    /// Of those that are called the same, the first.
    by_key: HashMap<String, usize>,
    /// Rows without a name, such as codes of another list: no thing has one, and they are kept as they are.
    nameless: Vec<Object>,
}

/// A list of terms, with what is not read of it.
struct Taxonomy {
    id: String,
    name: String,
    rest: Object,
}

struct Term {
    term: Detail,
    id: Option<String>,
    /// What is not read of it.
    rest: Object,
}

/// A term, and what this one says otherwise than the first that is called the same.
pub(super) struct Kept {
    pub(super) term: Detail,
    pub(super) fields: Object,
}

impl Terms {
    pub(super) fn add_taxonomy(&mut self, id: String, name: String, rest: Object) {
        if self.taxonomy(&id).is_some_and(|known| known.name == name && known.rest == rest) {
            return;
        }
        self.taxonomy_by_id.entry(id.clone()).or_insert(self.taxonomies.len());
        self.taxonomies.push(Taxonomy { id, name, rest });
    }

    fn taxonomy(&self, id: &str) -> Option<&Taxonomy> {
        self.taxonomy_by_id.get(id).and_then(|at| self.taxonomies.get(*at))
    }

    /// Takes a row of a table of terms, with what is not read of it.
    pub(super) fn add(&mut self, fields: &impl Fields, mut rest: Object) -> Result<(), String> {
        let Some(name) = fields.first_name(&["name", "211 Name"])? else {
            for key in COLUMNS {
                rest.extend(fields.text(key)?.map(|text| (key.to_owned(), text.into())));
            }
            self.nameless.push(rest);
            return Ok(());
        };
        let taxonomy_id = fields.name("taxonomy_id")?;
        let listed = taxonomy_id.as_ref().and_then(|id| self.taxonomy(id));
        // Without a table of taxonomies the column is the code of the term (HSDS 1).
        let codes: &[&str] =
            if listed.is_some() { &["code", "211 Code"] } else { &["code", "211 Code", "taxonomy_id"] };
        let code = fields.first_name(codes)?;
        let named = fields.first_name(&["taxonomy", "vocabulary"])?;
        let id = fields.name("id")?;
        if let Some(id) = id.as_ref().filter(|id| own::is_term(id, &name)) {
            self.own.insert(id.clone(), name);
            return Ok(());
        }
        if let Some(other) = taxonomy_id.filter(|id| listed.is_none() && code.as_ref() != Some(id)) {
            rest.insert("taxonomy_id".to_owned(), other.into());
        }
        let rest = with_taxonomy(rest, listed, named.as_deref());
        let taxonomy = named.or(listed.map(|listed| listed.name.clone()));
        let at = self.push(category(name, code, taxonomy), id.clone(), rest);
        if let Some(id) = id {
            self.by_id.entry(id).or_insert(at);
        }
        for key in codes {
            if let Some(code) = fields.name(key)? {
                self.by_code.entry(code).or_insert(at);
            }
        }
        Ok(())
    }

    fn push(&mut self, term: Detail, id: Option<String>, rest: Object) -> usize {
        let at = self.all.len();
        self.by_key.entry(term.key()).or_insert(at);
        self.all.push(Term { term, id, rest });
        at
    }

    /// Takes a term as it stands in what has it. Returns what it says otherwise than the one that is known.
    pub(super) fn meet(&mut self, term: &Detail, id: Option<String>, rest: Object) -> Object {
        let known = self.by_key.get(&term.key()).and_then(|at| self.all.get_mut(*at));
        let Some(known) = known else {
            self.push(term.clone(), id, rest);
            return Object::new();
        };
        if known.id.is_none() {
            known.id = id;
        }
        completed(&mut known.rest, rest)
    }

    /// Takes a term that stands by itself.
    pub(super) fn list(&mut self, term: &Detail, id: Option<String>, rest: Object) {
        let otherwise = self.meet(term, id.clone(), rest);
        if !otherwise.is_empty() {
            self.push(term.clone(), id, otherwise);
        }
    }

    /// The name of a term of the hub that wrote the directory.
    pub(super) fn own(&self, id: &str) -> Option<&str> {
        self.own.get(id).map(String::as_str)
    }

    /// The term of that id, or else code; one that no table lists is called by its code.
    pub(super) fn of_id(&self, key: &str) -> Kept {
        self.kept(key, self.by_id.get(key).or_else(|| self.by_code.get(key)).copied())
    }

    /// The term of that code, or else id.
    pub(super) fn of_code(&self, key: &str) -> Kept {
        self.kept(key, self.by_code.get(key).or_else(|| self.by_id.get(key)).copied())
    }

    fn kept(&self, key: &str, at: Option<usize>) -> Kept {
        let Some((at, known)) = at.and_then(|at| Some((at, self.all.get(at)?))) else {
            let term = category(key.to_owned(), Some(key.to_owned()), None);
            return Kept { term, fields: Object::new() };
        };
        let first = self.by_key.get(&known.term.key()).filter(|first| **first != at && self.own.is_empty());
        let mut fields = Object::new();
        if let Some(first) = first.and_then(|first| self.all.get(*first)) {
            let is_other = |(key, value): &(&String, &Value)| first.rest.get(*key) != Some(*value);
            let others: Object = known.rest.iter().filter(is_other).map(owned).collect();
            if !others.is_empty() {
                fields.insert("taxonomy_term".to_owned(), others.into());
            }
        }
        Kept { term: known.term.clone(), fields }
    }

    /// All of them, as a directory keeps what is about no organization and no service.
    pub(super) fn entries(self) -> impl Iterator<Item = DirectoryEntry> {
        let Terms { taxonomies, taxonomy_by_id, all, by_key, nameless, .. } = self;
        let taxonomies = taxonomies.into_iter().enumerate().map(move |(at, Taxonomy { id, name, rest })| {
            let mut content = rest;
            content.insert("id".to_owned(), id.clone().into());
            content.insert("name".to_owned(), name.into());
            entry(Kind::Taxonomy, id.clone(), taxonomy_by_id.get(&id) == Some(&at), content)
        });
        let terms = all.into_iter().enumerate().map(move |(at, Term { term, id, rest })| {
            let key = term.key();
            let is_first = by_key.get(&key) == Some(&at);
            entry(Kind::Term, key, is_first, said::term(&term, id.as_deref(), rest))
        });
        let nameless = nameless.into_iter().map(|rest| {
            let content = Object::from_iter([("rest".to_owned(), rest.into())]);
            entry(Kind::Term, String::new(), false, content)
        });
        taxonomies.chain(terms).chain(nameless)
    }
}

/// Another that has the same key is known by all that it says.
fn entry(kind: Kind, key: String, is_first: bool, content: Object) -> DirectoryEntry {
    let mut entry = DirectoryEntry::new(kind.name(), key, content);
    if !is_first {
        entry.entry = written_key(&[&entry.entry, &entry.content]);
    }
    entry
}

/// Fills what is missing in the fields of a thing from those of another mention of it. Returns what differs.
fn completed(known: &mut Object, more: Object) -> Object {
    let mut otherwise = Object::new();
    for (key, value) in more {
        match (known.get_mut(&key), value) {
            (None, value) => drop(known.insert(key, value)),
            (Some(known), value) if *known == value => {}
            (Some(Value::Object(known)), Value::Object(more)) => {
                let inner = completed(known, more);
                if !inner.is_empty() {
                    otherwise.insert(key, inner.into());
                }
            }
            (Some(_), value) => drop(otherwise.insert(key, value)),
        }
    }
    otherwise
}

fn owned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// What is not read of a term, with what is not read of its taxonomy.
fn with_taxonomy(mut rest: Object, listed: Option<&Taxonomy>, named: Option<&str>) -> Object {
    let Some(Taxonomy { name, rest: of_taxonomy, .. }) = listed else { return rest };
    let mut of_taxonomy = of_taxonomy.clone();
    if named.is_some_and(|named| named != name) {
        of_taxonomy.insert("name".to_owned(), name.clone().into());
    }
    if !of_taxonomy.is_empty() {
        rest.insert("taxonomy_detail".to_owned(), of_taxonomy.into());
    }
    rest
}

/// The term of an attribute of HSDS 3, which is inside of it.
pub(super) fn of_attribute(attribute: &Object) -> Result<Option<Detail>, String> {
    object_of(attribute, "taxonomy_term").map_or(Ok(None), of_object)
}

/// The term that an object is; none if it has no name.
pub(super) fn of_object(term: &Object) -> Result<Option<Detail>, String> {
    let Some(name) = term.name("name")? else { return Ok(None) };
    let taxonomy = match object_of(term, "taxonomy_detail") {
        Some(taxonomy) => taxonomy.name("name")?,
        None => None,
    };
    Ok(Some(category(name, term.name("code")?, taxonomy.or(term.name("taxonomy")?))))
}

/// A term as it stands inside of an attribute.
pub(super) fn object(term: &Detail) -> Object {
    let Detail { name, code, note, .. } = term;
    filled([("name", json!(name)), ("code", json!(code)), ("taxonomy", json!(note))])
}

/// A JSON file beside the tables that lists terms for each service: `{"1": ["101", "102-03"]}`. None if it is another file.
pub(super) fn by_service(text: &str) -> Option<Vec<(String, Vec<String>)>> {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return None };
    let terms = |value: &Value| -> Option<Vec<String>> {
        value.as_array()?.iter().map(|term| term.as_str().map(str::to_owned)).collect()
    };
    object.iter().map(|(service, value)| Some((service.clone(), terms(value)?))).collect()
}
