//! The terms by which things are found, each with all that its source says of it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::entry::{Entry, filled};
use super::super::fields::Fields;
use super::super::kind::Kind;
use super::super::object::{Object, text_of};
use super::super::{own, said};
use super::remainder;
use crate::model::code::{key_number, written_key};
use crate::model::directory::{Detail, DirectoryEntry};

/// The terms of all sources, and what was written of them.
pub(super) struct Vocabulary {
    /// By how they are called; those of each source by its name.
    terms: HashMap<String, Vec<(String, Known)>>,
    /// What each source says of its taxonomies.
    taxonomies: HashMap<(String, String), Object>,
    /// Whether a term that its source does not have is taken from another.
    is_shared: bool,
    /// What was written under an id of a source: another term with that id gets another.
    ids: HashMap<u128, String>,
    /// The ids of the terms with each code: no two terms of the tables may have one.
    codes: HashMap<String, String>,
}

#[derive(Clone, Default)]
struct Known {
    id: Option<String>,
    list: Option<String>,
    rest: Object,
}

impl Vocabulary {
    /// An actor who does not see all providers is shown of a term what the source of its provider says.
    pub(super) fn of(said: &[(String, DirectoryEntry)], is_shared: bool) -> Self {
        let own = own::terms();
        let mut vocabulary = Vocabulary {
            terms: HashMap::new(),
            taxonomies: HashMap::new(),
            is_shared,
            ids: own.iter().filter_map(|(id, name)| Some((key_number(id)?, name.clone()))).collect(),
            codes: own.iter().map(|(id, name)| (own::code(name), id.clone())).collect(),
        };
        for (source, one) in said {
            let fields = one.fields();
            if one.entity == Kind::Taxonomy.name() {
                let key = ["id", "name"].into_iter().map(|key| text_of(&fields, key).into_owned());
                let key = key.into_iter().find(|key| !key.is_empty()).unwrap_or_default();
                vocabulary.taxonomies.entry((source.clone(), key)).or_insert(fields);
            } else if let Some(said::Term { term, id, list, rest }) =
                said::read_term(&fields).filter(|_| one.entity == Kind::Term.name())
            {
                let of_sources = vocabulary.terms.entry(term.key()).or_default();
                if !of_sources.iter().any(|(known, _)| known == source) {
                    of_sources.push((source.clone(), Known { id, list, rest }));
                }
            }
        }
        vocabulary
    }

    /// The term as this source has it, or else another.
    pub(super) fn term(&mut self, source: Option<&str>, term: &Detail) -> Object {
        let of_sources = self.terms.get(&term.key()).map(Vec::as_slice).unwrap_or_default();
        let own = of_sources.iter().find(|(name, _)| source == Some(name.as_str()));
        let found = own.or(of_sources.first().filter(|_| self.is_shared)).cloned();
        let (source, known) = found.unwrap_or_default();
        self.object(&source, term, known)
    }

    /// A term that is kept of a source.
    pub(super) fn kept(&mut self, source: &str, content: &Object) -> Option<Object> {
        let said::Term { term, id, list, rest } = said::read_term(content)?;
        Some(self.object(source, &term, Known { id, list, rest }))
    }

    /// A term with what is said of it so far as it is valid. Terms of which other things are said are other terms.
    fn object(&mut self, source: &str, term: &Detail, known: Known) -> Object {
        let Detail { name, code, note, .. } = term;
        let Known { id, list, mut rest } = known;
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
        if let Some(Value::Object(detail)) = object.get_mut("taxonomy_detail") {
            let of_list = list.and_then(|list| self.taxonomies.get(&(source.to_owned(), list)));
            let mut of_list = of_list.cloned().unwrap_or_default();
            of_list.retain(|key, _| key != "id" && key != "name");
            remainder::put(Kind::Taxonomy, &mut of_list, detail);
        }
        remainder::put(Kind::Term, &mut rest, &mut object);
        let more = difference(&object, &plain);
        if let Some(Value::Object(taxonomy)) = object.get_mut("taxonomy_detail") {
            name_taxonomy(taxonomy);
        }
        let parts = ["term", taxonomy, code.as_deref().unwrap_or_default(), name];
        let made = written_key(&parts.into_iter().chain(more.as_deref()).collect::<Vec<_>>());
        let text = Value::Object(object.clone()).to_string();
        let is_free = |number| *self.ids.entry(number).or_insert_with(|| text.clone()) == text;
        let own = id.filter(|id| key_number(id).is_some_and(is_free));
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
