//! What else a directory lists, each where HSDS has a place for it, and as an attribute where it has none.

use serde_json::{Value, json};

use super::super::categories;
use super::super::details::{self, LISTS, Listed};
use super::super::entry::{Entry, filled};
use super::super::kind::Kind;
use super::super::object::Object;
use super::form;
use super::remainder::{self, Remainders};
use super::vocabulary::Vocabulary;
use crate::model::code::written_key;
use crate::model::directory::{Detail, DetailKind};

/// Where a detail stands.
pub(super) enum Slot {
    /// In a list of the owner, or of its first location.
    List(&'static str, Object),
    OfLocation(&'static str, Object),
    /// A field of the owner, or of its first location, for which there is one value.
    Field(&'static str, Value),
    FieldOfLocation(&'static str, Value),
    /// The program that a service is part of.
    Program(Object),
    /// The attribute of a term, and which fields that are kept of both have no place there.
    Term(Object, Object),
}

/// For whom details are placed.
pub(super) struct Place<'a> {
    pub(super) is_organization: bool,
    pub(super) has_location: bool,
    pub(super) organization: &'a str,
    /// The programs of the organization, of which a service may be part of one.
    pub(super) programs: &'a [Detail],
    /// The source of the provider.
    pub(super) source: Option<&'a str>,
    pub(super) vocabulary: &'a mut Vocabulary,
}

impl Slot {
    /// Where only one can stand.
    pub(super) fn key(&self) -> Option<&'static str> {
        match self {
            Slot::Field(key, _) | Slot::FieldOfLocation(key, _) => Some(key),
            Slot::Program(_) => Some("program"),
            Slot::List(..) | Slot::OfLocation(..) | Slot::Term(..) => None,
        }
    }
}

impl Place<'_> {
    /// Where the detail can stand, so that it is read as what it is, or almost.
    pub(super) fn slot(&mut self, detail: &Detail, remainders: &Remainders) -> Option<Slot> {
        let (is_service, name) = (!self.is_organization, json!(detail.name));
        Some(match detail.kind {
            DetailKind::Category => {
                let mut others = remainders.fields(Kind::Attribute, &detail.key());
                let attribute = self.term(detail, &mut others);
                Slot::Term(attribute, others)
            }
            DetailKind::Funding => Slot::List("funding", filled([("source", name)])),
            DetailKind::Area if is_service => Slot::List("service_areas", noted(detail, "description")),
            DetailKind::Language if is_service => Slot::List("languages", language(detail)),
            DetailKind::Language if self.has_location => Slot::OfLocation("languages", language(detail)),
            DetailKind::Cost if is_service => Slot::List("cost_options", cost(detail)),
            DetailKind::Document if is_service => Slot::List("required_documents", document(detail)),
            DetailKind::Accessibility if self.has_location => {
                Slot::OfLocation("accessibility", accessibility(detail))
            }
            DetailKind::Transport if self.has_location => Slot::FieldOfLocation("transportation", name),
            DetailKind::Interpretation if is_service => Slot::Field("interpretation_services", name),
            DetailKind::Wait if is_service => Slot::Field("wait_time", name),
            DetailKind::Accreditation if is_service => Slot::Field("accreditations", name),
            DetailKind::License if is_service => Slot::Field("licenses", name),
            DetailKind::Alert if is_service => Slot::Field("alert", name),
            DetailKind::Program if self.is_organization => Slot::List("programs", self.program(detail)),
            DetailKind::Program if self.programs.contains(detail) => Slot::Program(self.program(detail)),
            DetailKind::Identifier if self.is_organization => match detail.note.as_deref() {
                Some("tax id") => Slot::Field("tax_id", name),
                _ => Slot::List("organization_identifiers", identifier(detail)),
            },
            DetailKind::LegalStatus if self.is_organization => match detail.note.as_deref() {
                Some("tax status") => Slot::Field("tax_status", name),
                _ => Slot::Field("legal_status", name),
            },
            _ => return None,
        })
    }

    /// With what is kept of it besides, but for what it says of the term otherwise than its source.
    fn term(&mut self, detail: &Detail, rest: &mut Object) -> Object {
        let term = self.vocabulary.term(self.source, detail);
        let mut attribute = filled([("taxonomy_term", Value::Object(term))]);
        let otherwise = rest.remove_entry("taxonomy_term");
        remainder::put(Kind::Attribute, rest, &mut attribute);
        rest.extend(otherwise);
        attribute
    }

    fn program(&self, detail: &Detail) -> Object {
        let Detail { name, note, .. } = detail;
        let description = note.as_ref().unwrap_or(name);
        let id = written_key(&["part", self.organization, name, description]);
        filled([("id", json!(id)), ("name", json!(name)), ("description", json!(description))])
    }
}

/// The detail that is read from there.
pub(super) fn read(slot: &Slot, kind: DetailKind) -> Option<Detail> {
    let listed = |listed: Listed, object: &Object| listed.read(object).ok();
    match slot {
        Slot::Term(attribute, _) => categories::of_attribute(attribute).ok().flatten(),
        Slot::Program(object) => listed(Listed::Program, object),
        Slot::List(_, object) | Slot::OfLocation(_, object) => {
            let (_, _, one) = LISTS.iter().find(|(_, _, one)| one.kind() == kind)?;
            listed(*one, object)
        }
        Slot::Field(key, value) | Slot::FieldOfLocation(key, value) => {
            let mut read = details::own(&filled([(key, value.clone())])).ok()?;
            read.pop().filter(|_| read.is_empty())
        }
    }
}

/// The ages of a service as numbers; none if they are a text.
pub(super) fn ages(detail: &Detail) -> Option<Object> {
    let text = detail.name.as_str();
    let (from, to) = match (text.split_once(" to "), text.strip_prefix("up to ")) {
        (_, Some(to)) => (None, Some(to)),
        (Some((from, to)), _) => (Some(from), Some(to)),
        (None, None) => (Some(text.strip_suffix(" and over")?), None),
    };
    let number = |text: Option<&str>| text.map_or(Some(Value::Null), form::number);
    let ages = filled([("minimum_age", number(from)?), ("maximum_age", number(to)?)]);
    let read = details::own(&ages).ok()?;
    (read.as_slice() == [detail.clone()]).then_some(ages)
}

/// The value of the attribute for a detail that HSDS has no place for.
pub(super) fn value(detail: &Detail) -> String {
    let is_plain = detail.code.is_none() && detail.note.is_none() && !detail.name.starts_with('{');
    if is_plain { detail.name.clone() } else { Value::Object(detail.exact()).to_string() }
}

fn noted(detail: &Detail, note: &str) -> Object {
    filled([("name", json!(detail.name)), (note, json!(detail.note))])
}

fn language(detail: &Detail) -> Object {
    let mut language = noted(detail, "note");
    language.extend(filled([("code", json!(detail.code))]));
    language
}

fn accessibility(detail: &Detail) -> Object {
    filled([("description", json!(detail.name)), ("details", json!(detail.note))])
}

fn document(detail: &Detail) -> Object {
    let uri = detail.note.as_deref().filter(|uri| form::is_uri(uri));
    filled([("document", json!(detail.name)), ("uri", json!(uri))])
}

/// The type is asked for.
fn identifier(detail: &Detail) -> Object {
    let kind = detail.note.as_deref().unwrap_or("unknown");
    filled([("identifier_type", json!(kind)), ("identifier", json!(detail.name))])
}

/// `35 GBP per hour` in its parts, where they give it again.
fn cost(detail: &Detail) -> Object {
    let Detail { name, note, .. } = detail;
    let mut rest = name.as_str();
    let mut next = |is: &dyn Fn(&str) -> bool| {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        is(word).then(|| {
            rest = after;
            word
        })
    };
    let amount = next(&|word| form::number(word).is_some());
    let is_currency = |word: &str| word.len() == 3 && word.bytes().all(|letter| letter.is_ascii_uppercase());
    let currency = next(&is_currency);
    let parts = filled([
        ("option", json!(note)),
        ("amount", amount.and_then(form::number).unwrap_or_default()),
        ("currency", json!(currency)),
        ("amount_description", if rest.is_empty() { Value::Null } else { json!(rest) }),
    ]);
    let only = filled([("option", json!(name))]);
    let whole = filled([("option", json!(note)), ("amount_description", json!(name))]);
    let gives = |object: &Object| Listed::Cost.read(object).is_ok_and(|read| read == *detail);
    [parts, only].into_iter().find(|object| gives(object)).unwrap_or(whole)
}
