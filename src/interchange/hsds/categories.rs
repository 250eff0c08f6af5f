//! The terms of taxonomies, and which of them describe which service.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::details::category;
use super::entry::{Entry, filled};
use super::fields::Fields;
use super::kind::Kind;
use super::object::{Object, object_of};
use super::{own, said};
use crate::model::directory::{Detail, DirectoryEntry};

/// The columns of tables of terms, of all versions.
pub(super) const COLUMNS: [&str; 9] =
    ["id", "taxonomy_id", "code", "name", "description", "taxonomy", "vocabulary", "211 Code", "211 Name"];

/// The terms of a directory by their ids, and by their codes. `101` may be both, of two terms.
#[derive(Default)]
pub(super) struct Terms {
    taxonomies: Vec<Taxonomy>,
    /// By their ids, or by the names of those without one.
    taxonomy_places: HashMap<String, usize>,
    /// Those under which the hub that wrote the directory says what it keeps, by their ids.
    own: HashMap<String, String>,
    all: Vec<Term>,
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    /// Of those that are called the same, the first.
    by_key: HashMap<String, usize>,
    /// Rows without a name, such as codes of another list: no thing has one, and they are kept as they are.
    nameless: Vec<(Kind, Object)>,
}

/// A list of terms, with what is not read of it.
struct Taxonomy {
    id: Option<String>,
    name: String,
    rest: Object,
}

struct Term {
    term: Detail,
    id: Option<String>,
    /// The place of the first that is called the same.
    first: usize,
    /// The taxonomy that it stands in, by its place.
    taxonomy: Option<usize>,
    /// What is not read of it.
    rest: Object,
}

/// A term, and what this one says otherwise than the first that is called the same.
pub(super) struct Kept {
    pub(super) term: Detail,
    pub(super) fields: Object,
}

impl Terms {
    /// Takes a taxonomy, with what is not read of it. Returns its place, and what it says otherwise than before.
    fn add_taxonomy(&mut self, id: Option<String>, name: String, rest: Object) -> (usize, Object) {
        let key = id.clone().unwrap_or_else(|| name.clone());
        let Some(at) = self.taxonomy_places.get(&key).copied() else {
            self.taxonomy_places.insert(key, self.taxonomies.len());
            self.taxonomies.push(Taxonomy { id, name, rest });
            return (self.taxonomies.len() - 1, Object::new());
        };
        let Some(known) = self.taxonomies.get_mut(at) else { return (at, rest) };
        let mut otherwise = completed(&mut known.rest, rest);
        if known.name != name {
            otherwise.insert("name".to_owned(), name.into());
        }
        (at, otherwise)
    }

    /// Takes a taxonomy that stands by itself.
    pub(super) fn list_taxonomy(&mut self, id: Option<String>, name: String, rest: Object) {
        let (_, otherwise) = self.add_taxonomy(id.clone(), name.clone(), rest);
        if !otherwise.is_empty() {
            self.taxonomies.push(Taxonomy { id, name, rest: otherwise });
        }
    }

    /// Takes a row of a table of taxonomies, with what is not read of it.
    pub(super) fn add_row_of_taxonomies(&mut self, fields: &impl Fields, rest: Object) -> Result<(), String> {
        let Some(name) = fields.name("name")? else {
            return self.add_nameless(Kind::Taxonomy, fields, &["id", "description"], rest);
        };
        self.list_taxonomy(fields.name("id")?, name, rest);
        Ok(())
    }

    /// Takes a row of a table of terms, with what is not read of it.
    pub(super) fn add(&mut self, fields: &impl Fields, mut rest: Object) -> Result<(), String> {
        let Some(name) = fields.first_name(&["name", "211 Name"])? else {
            return self.add_nameless(Kind::Term, fields, &COLUMNS, rest);
        };
        let taxonomy_id = fields.name("taxonomy_id")?;
        let listed = taxonomy_id.as_ref().and_then(|id| self.taxonomy_places.get(id).copied());
        // Without a table of taxonomies the column is the code of the term (HSDS 1).
        let codes: &[&str] =
            if listed.is_some() { &["code", "211 Code"] } else { &["code", "211 Code", "taxonomy_id"] };
        let code = fields.first_name(codes)?;
        let id = fields.name("id")?;
        if let Some(id) = id.as_ref().filter(|id| own::is_term(id, &name)) {
            self.own.insert(id.clone(), name);
            return Ok(());
        }
        if let Some(other) = taxonomy_id.filter(|id| listed.is_none() && code.as_ref() != Some(id)) {
            rest.insert("taxonomy_id".to_owned(), other.into());
        }
        let name_of_list = listed.and_then(|at| self.taxonomies.get(at)).map(|list| list.name.clone());
        let taxonomy = fields.first_name(&["taxonomy", "vocabulary"])?.or(name_of_list);
        let at = self.push(category(name, code, taxonomy), id, listed, rest);
        for key in codes {
            if let Some(code) = fields.name(key)? {
                self.by_code.entry(code).or_insert(at);
            }
        }
        Ok(())
    }

    fn add_nameless(
        &mut self, kind: Kind, fields: &impl Fields, columns: &[&str], mut rest: Object,
    ) -> Result<(), String> {
        for key in columns {
            rest.extend(fields.text(key)?.map(|text| ((*key).to_owned(), text.into())));
        }
        self.nameless.push((kind, rest));
        Ok(())
    }

    fn push(&mut self, term: Detail, id: Option<String>, taxonomy: Option<usize>, rest: Object) -> usize {
        let at = self.all.len();
        let first = *self.by_key.entry(term.key()).or_insert(at);
        if let Some(id) = &id {
            self.by_id.entry(id.clone()).or_insert(at);
        }
        self.all.push(Term { term, id, first, taxonomy, rest });
        at
    }

    /// Takes a term as it stands in what has it. Returns what it says otherwise than the first that is called the same.
    pub(super) fn meet(&mut self, term: &Detail, object: &Object) -> Result<Object, String> {
        let (at, rest, otherwise) = self.take(term, object)?;
        Ok(self.another_first(at).map_or(otherwise, |first| differing(&rest, &first.rest)))
    }

    /// Takes a term that stands by itself.
    pub(super) fn list(&mut self, term: &Detail, object: &Object) -> Result<(), String> {
        let (at, _, otherwise) = self.take(term, object)?;
        if !otherwise.is_empty() {
            let taxonomy = self.all.get(at).and_then(|known| known.taxonomy);
            self.push(term.clone(), None, taxonomy, otherwise);
        }
        Ok(())
    }

    /// The place of the term that it is, what it says besides, and what of that otherwise than before. Those with different ids
    /// are two, also if they are called the same.
    fn take(&mut self, term: &Detail, object: &Object) -> Result<(usize, Object, Object), String> {
        let (id, mut rest) = (object.name("id")?, Kind::Term.rest(object));
        let mut taxonomy = None;
        if let Some(detail) = object_of(object, "taxonomy_detail")
            && let Some(name) = detail.name("name")?
        {
            let (at, otherwise) = self.add_taxonomy(detail.name("id")?, name, Kind::Taxonomy.rest(detail));
            taxonomy = Some(at);
            rest.shift_remove("taxonomy_detail");
            if !otherwise.is_empty() {
                rest.insert("taxonomy_detail".to_owned(), otherwise.into());
            }
        }
        let of_id = id.as_ref().and_then(|id| self.by_id.get(id)).copied();
        let of_id = of_id.filter(|at| self.all.get(*at).is_some_and(|known| known.term == *term));
        let of_key = self.by_key.get(&term.key()).copied();
        let may_be = |at: &usize| self.all.get(*at).is_some_and(|known| known.id.is_none() || id.is_none());
        let Some(at) = of_id.or(of_key.filter(may_be)) else {
            let at = self.push(term.clone(), id, taxonomy, rest.clone());
            return Ok((at, rest, Object::new()));
        };
        let Some(known) = self.all.get_mut(at) else { return Ok((at, rest.clone(), rest)) };
        if let Some(id) = id.filter(|_| known.id.is_none()) {
            known.id = Some(id.clone());
            self.by_id.entry(id).or_insert(at);
        }
        known.taxonomy = known.taxonomy.or(taxonomy);
        let otherwise = completed(&mut known.rest, rest.clone());
        Ok((at, rest, otherwise))
    }

    /// Whether the directory has been written by a hub, which says itself what it keeps of terms.
    pub(super) fn are_own(&self) -> bool {
        !self.own.is_empty()
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
        let first = self.another_first(at).filter(|_| !self.are_own());
        let others = first.map(|first| differing(&known.rest, &first.rest)).unwrap_or_default();
        let others = (!others.is_empty()).then(|| ("taxonomy_term".to_owned(), others.into()));
        Kept { term: known.term.clone(), fields: others.into_iter().collect() }
    }

    /// The first that is called as this one is, if that is another.
    fn another_first(&self, at: usize) -> Option<&Term> {
        let first = self.all.get(at)?.first;
        self.all.get(first).filter(|_| first != at)
    }

    /// All of them, as a directory keeps what is about no organization and no service.
    pub(super) fn entries(self) -> impl Iterator<Item = DirectoryEntry> {
        let Terms { taxonomies, all, nameless, .. } = self;
        let keys: Vec<String> = taxonomies.iter().map(Taxonomy::key).collect();
        let lists = taxonomies.into_iter().map(|list| {
            let key = list.key();
            let Taxonomy { id, name, rest } = list;
            let mut content = rest;
            content.extend(id.map(|id| ("id".to_owned(), id.into())));
            content.insert("name".to_owned(), name.into());
            DirectoryEntry::known_by(Kind::Taxonomy.name(), &key, content)
        });
        let terms = all.into_iter().map(move |Term { term, id, taxonomy, rest, .. }| {
            let list = taxonomy.and_then(|at| keys.get(at)).map(String::as_str);
            let content = said::term(&term, id.as_deref(), list, rest);
            DirectoryEntry::known_by(Kind::Term.name(), &id.unwrap_or_else(|| term.key()), content)
        });
        let nameless = nameless.into_iter().map(|(kind, rest)| {
            let content = if kind == Kind::Term { said::nameless_term(rest) } else { rest };
            DirectoryEntry::alone(kind.name(), content)
        });
        lists.chain(terms).chain(nameless)
    }
}

impl Taxonomy {
    /// By which terms name it.
    fn key(&self) -> String {
        self.id.clone().unwrap_or_else(|| self.name.clone())
    }
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

/// The fields that others do not have, or have otherwise.
fn differing(fields: &Object, others: &Object) -> Object {
    let is_other = |(key, value): &(&String, &Value)| others.get(*key) != Some(*value);
    fields.iter().filter(is_other).map(|(key, value)| (key.clone(), value.clone())).collect()
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
