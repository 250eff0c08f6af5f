//! The terms by which things are found, each with all that its source says of it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::entry::{Entry, filled};
use super::super::fields::Fields;
use super::super::kind::Kind;
use super::super::object::{Object, text_of};
use super::super::said;
use super::remainder;
use crate::model::code::{key_number, written_key};
use crate::model::directory::{Detail, DirectoryEntry};

/// The terms of all sources, and what was written of them.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// By how they are called; those of each source by its name.
    known: HashMap<String, Vec<(String, Known)>>,
    /// What was written under an id of a source: another term with that id gets another.
    ids: HashMap<u128, String>,
    /// The ids of the terms with each code: no two terms of the tables may have one.
    codes: HashMap<String, String>,
}

struct Known {
    id: Option<String>,
    rest: Object,
}

impl Vocabulary {
    pub(super) fn of(said: &[(String, DirectoryEntry)]) -> Self {
        let mut vocabulary = Vocabulary::default();
        for (source, one) in said.iter().filter(|(_, one)| one.entity == Kind::Term.name()) {
            let Some((term, id, rest)) = said::read_term(&one.fields()) else { continue };
            // Another that is called the same has another key.
            if term.key() == one.entry {
                let of_sources = vocabulary.known.entry(one.entry.clone()).or_default();
                of_sources.push((source.clone(), Known { id, rest }));
            }
        }
        vocabulary
    }

    /// The term as this source has it, or else another.
    pub(super) fn term(&mut self, source: Option<&str>, term: &Detail) -> Object {
        let of_sources = self.known.remove(&term.key()).unwrap_or_default();
        let own = of_sources.iter().find(|(name, _)| source == Some(name.as_str()));
        let found = own.or(of_sources.first()).map(|(_, known)| (known.id.clone(), known.rest.clone()));
        if !of_sources.is_empty() {
            self.known.insert(term.key(), of_sources);
        }
        let (id, rest) = found.unwrap_or_default();
        self.object(term, id.as_deref(), rest)
    }

    /// A term with what is said of it so far as it is valid. Terms of which other things are said are other terms.
    pub(super) fn object(&mut self, term: &Detail, id: Option<&str>, mut rest: Object) -> Object {
        let Detail { name, code, note, .. } = term;
        let taxonomy = note.as_deref().unwrap_or_default();
        let detail = note.as_ref().map(|taxonomy| json!({"name": taxonomy, "description": taxonomy}));
        let mut object = filled([
            ("code", json!(code)),
            ("name", json!(name)),
            ("description", json!(name)),
            ("taxonomy", json!(note)),
            ("taxonomy_detail", json!(detail)),
        ]);
        let plain = object.clone();
        remainder::put(Kind::Term, &mut rest, &mut object);
        let more = difference(&object, &plain);
        if let Some(Value::Object(taxonomy)) = object.get_mut("taxonomy_detail") {
            name_taxonomy(taxonomy);
        }
        let parts = ["term", taxonomy, code.as_deref().unwrap_or_default(), name];
        let made = written_key(&parts.into_iter().chain(more.as_deref()).collect::<Vec<_>>());
        let text = Value::Object(object.clone()).to_string();
        let is_free = |number| *self.ids.entry(number).or_insert_with(|| text.clone()) == text;
        let own = id.filter(|id| key_number(id).is_some_and(is_free)).map(str::to_owned);
        let id = own.unwrap_or(made);
        let is_other = |code: &String| *self.codes.entry(code.clone()).or_insert_with(|| id.clone()) != id;
        if code.as_ref().is_some_and(is_other) {
            object.shift_remove("code");
        }
        object.shift_insert(0, "id".to_owned(), json!(id));
        object
    }
}

/// A list of terms, with what is said of it so far as it is valid; none without a name.
pub(super) fn taxonomy(mut content: Object) -> Option<Object> {
    let name = content.name("name").ok()??;
    content.retain(|key, _| key != "id" && key != "name");
    let mut object = filled([("name", json!(name)), ("description", json!(name))]);
    remainder::put(Kind::Taxonomy, &mut content, &mut object);
    name_taxonomy(&mut object);
    Some(object)
}

fn name_taxonomy(taxonomy: &mut Object) {
    let name = text_of(taxonomy, "name").into_owned();
    let more = difference(taxonomy, &filled([("name", json!(name)), ("description", json!(name))]));
    let id = written_key(&["taxonomy", &name].into_iter().chain(more.as_deref()).collect::<Vec<_>>());
    taxonomy.shift_insert(0, "id".to_owned(), json!(id));
}

/// The whole of what is now there, where something was put in.
fn difference(now: &Object, before: &Object) -> Option<String> {
    (now != before).then(|| Value::Object(now.clone()).to_string())
}
