//! The terms of taxonomies, and which of them describe which service.

use std::collections::HashMap;

use serde_json::Value;

use super::details::category;
use super::fields::Fields;
use super::object::{Object, object_of};
use super::own;
use crate::model::directory::Detail;

/// The columns of tables of terms, of all versions.
pub(super) const COLUMNS: [&str; 9] =
    ["id", "taxonomy_id", "code", "name", "description", "taxonomy", "vocabulary", "211 Code", "211 Name"];

/// The terms by their ids, and by their codes. `101` may be both, of two terms.
#[derive(Default)]
pub(super) struct Terms {
    /// The names of taxonomies by their ids, where they have a table of their own, with what is not read of them.
    pub(super) taxonomies: HashMap<String, (String, Object)>,
    /// Those under which the hub that wrote the directory says what it keeps, by their ids.
    own: HashMap<String, String>,
    all: Vec<Term>,
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
}

struct Term {
    term: Detail,
    /// What is not read of it, which goes with it to what has it.
    rest: Object,
    table: String,
    is_used: bool,
}

/// A term, and what else an attribute with it says.
pub(super) struct Kept {
    pub(super) term: Detail,
    pub(super) fields: Object,
}

impl Terms {
    /// Takes a row of a table of terms, with what is not read of it; one without a name says nothing.
    pub(super) fn add(&mut self, fields: &impl Fields, table: &str, rest: Object) -> Result<(), String> {
        let Some(name) = fields.first_name(&["name", "211 Name"])? else { return Ok(()) };
        let listed = fields.name("taxonomy_id")?.and_then(|id| self.taxonomies.get(&id).cloned());
        // Without a table of taxonomies the column is the code of the term (HSDS 1).
        let codes: &[&str] =
            if listed.is_some() { &["code", "211 Code"] } else { &["code", "211 Code", "taxonomy_id"] };
        let code = fields.first_name(codes)?;
        let named = fields.first_name(&["taxonomy", "vocabulary"])?;
        if let Some(id) = fields.name("id")?.filter(|id| own::is_term(id, &name)) {
            self.own.insert(id, name);
            return Ok(());
        }
        let rest = with_taxonomy(rest, listed.as_ref(), named.as_deref());
        let taxonomy = named.or(listed.map(|(name, _)| name));
        let at = self.all.len();
        let mut known = None;
        if let Some(id) = fields.name("id")? {
            self.by_id.entry(id).or_insert(at);
        }
        for key in codes {
            if let Some(code) = fields.name(key)? {
                known = Some(*self.by_code.entry(code).or_insert(at)).filter(|found| *found != at).or(known);
            }
        }
        // Of a term in two tables each may say something.
        if let Some(term) = known.and_then(|known| self.all.get_mut(known)) {
            for (key, value) in &rest {
                term.rest.entry(key.clone()).or_insert_with(|| value.clone());
            }
            term.rest.sort_keys();
        }
        let term = category(name, code, taxonomy);
        self.all.push(Term { term, rest, table: table.to_owned(), is_used: false });
        Ok(())
    }

    /// The name of a term of the hub that wrote the directory.
    pub(super) fn own(&self, id: &str) -> Option<&String> {
        self.own.get(id)
    }

    /// The term of that id, or else code; one that no table lists is called by its code.
    pub(super) fn of_id(&mut self, key: &str) -> Kept {
        let at = self.by_id.get(key).or_else(|| self.by_code.get(key)).copied();
        self.kept(key, at)
    }

    /// The term of that code, or else id.
    pub(super) fn of_code(&mut self, key: &str) -> Kept {
        let at = self.by_code.get(key).or_else(|| self.by_id.get(key)).copied();
        self.kept(key, at)
    }

    fn kept(&mut self, key: &str, at: Option<usize>) -> Kept {
        let Some(known) = at.and_then(|at| self.all.get_mut(at)) else {
            return Kept {
                term: category(key.to_owned(), Some(key.to_owned()), None),
                fields: Object::new(),
            };
        };
        known.is_used = true;
        let rest = (!known.rest.is_empty()).then(|| ("taxonomy_term".to_owned(), known.rest.clone().into()));
        Kept { term: known.term.clone(), fields: rest.into_iter().collect() }
    }

    /// What is not read of the terms that nothing has, and the table of each.
    pub(super) fn unused(&self) -> impl Iterator<Item = (&str, &Object)> {
        self.all.iter().filter(|term| !term.is_used).map(|term| (term.table.as_str(), &term.rest))
    }
}

/// What is not read of a term, with what is not read of its taxonomy.
fn with_taxonomy(mut rest: Object, listed: Option<&(String, Object)>, named: Option<&str>) -> Object {
    let Some((name, of_taxonomy)) = listed else { return rest };
    let mut of_taxonomy = of_taxonomy.clone();
    if named.is_some_and(|named| named != name) {
        of_taxonomy.insert("name".to_owned(), name.clone().into());
        of_taxonomy.sort_keys();
    }
    if !of_taxonomy.is_empty() {
        rest.insert("taxonomy_detail".to_owned(), of_taxonomy.into());
    }
    rest.sort_keys();
    rest
}

/// The term of an attribute of HSDS 3, which is inside of it.
pub(super) fn of_attribute(attribute: &Object) -> Result<Option<Detail>, String> {
    let Some(term) = object_of(attribute, "taxonomy_term") else { return Ok(None) };
    let Some(name) = term.name("name")? else { return Ok(None) };
    let taxonomy = match object_of(term, "taxonomy_detail") {
        Some(taxonomy) => taxonomy.name("name")?,
        None => None,
    };
    Ok(Some(category(name, term.name("code")?, taxonomy.or(term.name("taxonomy")?))))
}

/// A JSON file beside the tables that lists terms for each service: `{"1": ["101", "102-03"]}`. None if it is another file.
pub(super) fn by_service(text: &str) -> Option<Vec<(String, Vec<String>)>> {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return None };
    let terms = |value: &Value| -> Option<Vec<String>> {
        value.as_array()?.iter().map(|term| term.as_str().map(str::to_owned)).collect()
    };
    object.iter().map(|(service, value)| Some((service.clone(), terms(value)?))).collect()
}
