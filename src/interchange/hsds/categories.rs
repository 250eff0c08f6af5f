//! The terms of taxonomies, and which of them describe which service.

use std::collections::HashMap;

use serde_json::Value;

use super::details::category;
use super::fields::Fields;
use super::object::{Object, object_of};
use super::own;
use crate::model::directory::Detail;

/// The columns of tables of terms, of all versions.
pub(super) const COLUMNS: [&str; 10] = [
    "id", "taxonomy_id", "code", "name", "taxonomy", "vocabulary", "211 Code", "211 Name", "term_uri",
    "parent_id",
];

/// The terms by their ids, and by their codes. `101` may be both, of two terms.
#[derive(Default)]
pub(super) struct Terms {
    /// The names of taxonomies by their ids, where they have a table of their own.
    pub(super) taxonomies: HashMap<String, String>,
    /// Those under which the hub that wrote the directory says what it keeps, by their ids.
    own: HashMap<String, String>,
    by_id: HashMap<String, Detail>,
    by_code: HashMap<String, Detail>,
}

impl Terms {
    /// Takes a row of a table of terms; one without a name says nothing.
    pub(super) fn add(&mut self, fields: &impl Fields) -> Result<(), String> {
        let Some(name) = fields.first_name(&["name", "211 Name"])? else { return Ok(()) };
        let listed = fields.name("taxonomy_id")?.and_then(|id| self.taxonomies.get(&id).cloned());
        // Without a table of taxonomies the column is the code of the term (HSDS 1).
        let codes: &[&str] =
            if listed.is_some() { &["code", "211 Code"] } else { &["code", "211 Code", "taxonomy_id"] };
        let code = fields.first_name(codes)?;
        let taxonomy = fields.first_name(&["taxonomy", "vocabulary"])?.or(listed);
        if let Some(id) = fields.name("id")?.filter(|id| own::is_term(id, &name)) {
            self.own.insert(id, name);
            return Ok(());
        }
        let term = category(name, code, taxonomy);
        if let Some(id) = fields.name("id")? {
            self.by_id.entry(id).or_insert_with(|| term.clone());
        }
        for key in codes {
            if let Some(code) = fields.name(key)? {
                self.by_code.entry(code).or_insert_with(|| term.clone());
            }
        }
        Ok(())
    }

    /// The name of a term of the hub that wrote the directory.
    pub(super) fn own(&self, id: &str) -> Option<&String> {
        self.own.get(id)
    }

    /// The term of that id, or else code; one that no table lists is called by its code.
    pub(super) fn of_id(&self, key: &str) -> Detail {
        known(key, &self.by_id, &self.by_code)
    }

    /// The term of that code, or else id.
    pub(super) fn of_code(&self, key: &str) -> Detail {
        known(key, &self.by_code, &self.by_id)
    }
}

fn known(key: &str, first: &HashMap<String, Detail>, second: &HashMap<String, Detail>) -> Detail {
    let found = first.get(key).or_else(|| second.get(key)).cloned();
    found.unwrap_or_else(|| category(key.to_owned(), Some(key.to_owned()), None))
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
