//! What a directory says of no organization and no service, as it is kept: terms with all that is said of them, and rows of other
//! tables as they are.

use serde_json::{Value, json};

use super::entry::{Entry, filled};
use super::kind::{Kind, METADATA};
use super::object::{Object, object_of, text_of};
use crate::model::directory::{Detail, DirectoryEntry};
use crate::model::{limit, text};

/// The entity of the attributes by which a hub says what it keeps of its sources.
pub(super) const DIRECTORY: &str = "directory";

/// The term of such an attribute.
pub(super) const ENTRY: &str = "entry";

/// In which language and with which letters tables are written.
pub(super) const DESCRIPTION: &str = "meta_table_description";

/// What HSDS calls the things of which a directory may say something that is about no organization and no service.
pub(crate) const ENTITIES: [&str; 6] = [
    Kind::Taxonomy.name(),
    Kind::Term.name(),
    Kind::Attribute.name(),
    Kind::Location.name(),
    METADATA,
    DESCRIPTION,
];

/// How deep what is kept as it was written may go: it stands inside of other values, and readers of JSON go no deeper than 127.
const DEEPEST: usize = 100;

/// A term that is kept: its id in the source, the taxonomy that it stands in, and what is not read of it.
pub(super) struct Term {
    pub(super) term: Detail,
    pub(super) id: Option<String>,
    pub(super) list: Option<String>,
    pub(super) rest: Object,
}

pub(super) fn term(term: &Detail, id: Option<&str>, list: Option<&str>, rest: Object) -> Object {
    let mut content = term.exact();
    content.extend(filled([("id", json!(id)), ("list", json!(list))]));
    content.extend(nameless_term(rest));
    content
}

/// One that no thing has, since it has no name.
pub(super) fn nameless_term(rest: Object) -> Object {
    let rest = (!rest.is_empty()).then(|| ("rest".to_owned(), Value::Object(rest)));
    rest.into_iter().collect()
}

/// None of one without a name.
pub(super) fn read_term(content: &Object) -> Option<Term> {
    let text = |key| content.get(key).and_then(Value::as_str).map(str::to_owned);
    let rest = object_of(content, "rest").cloned().unwrap_or_default();
    Some(Term { term: Detail::read(content).ok()?, id: text("id"), list: text("list"), rest })
}

/// The value of the attribute by which a hub says that it keeps this of a source.
pub(super) fn value(source: &str, kept: &DirectoryEntry) -> String {
    let DirectoryEntry { entity, entry, .. } = kept;
    json!({"source": source, "entity": entity, "entry": entry, "content": kept.fields()}).to_string()
}

/// The source and what is kept of it, from such a value; none if it is nothing that a hub keeps.
pub(super) fn read_value(value: &str) -> Option<(String, DirectoryEntry)> {
    let Ok(Value::Object(value)) = serde_json::from_str(value) else { return None };
    let source = text::name(&text_of(&value, "source")).ok()?;
    let (entity, entry) = (text_of(&value, "entity"), text_of(&value, "entry"));
    let is_key = text::name(&entry).is_ok_and(|name| name == entry);
    let entry = DirectoryEntry::new(&entity, entry.into_owned(), object_of(&value, "content")?.clone());
    let is_kept = ENTITIES.contains(&entry.entity.as_str()) && is_key && can_be_kept(&entry.content);
    is_kept.then_some((source, entry))
}

/// What is said besides of a thing, or of an entry of one of its lists.
pub(super) fn remainder(entity: &str, entry: Option<&str>, fields: Object) -> Value {
    let parts = [("entity", json!(entity)), ("entry", json!(entry)), ("fields", Value::Object(fields))];
    Value::Object(filled(parts))
}

/// Whether it is not too much, and can be read again where it will stand.
pub(super) fn can_be_kept(content: &str) -> bool {
    limit::REMAINDER.hold(content).is_ok() && depth(content) <= DEEPEST
}

/// How many lists and objects are inside of each other.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut is_text, mut is_escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_is_not_inside_of_anything() {
        for (json, expected) in
            [("{}", 1), (r#"{"a":[{"b":1}]}"#, 3), (r#"{"a":"[[{\"["}"#, 1), (r#"["\\",[1]]"#, 2)]
        {
            assert_eq!(depth(json), expected, "{json}");
        }
    }

    #[test]
    fn only_what_a_hub_keeps_is_taken_from_an_attribute() {
        let value = |source: &str, entity: &str, entry: &str, content: Value| {
            json!({"source": source, "entity": entity, "entry": entry, "content": content}).to_string()
        };
        let good = value("city", "taxonomy", "x", json!({"name": "Needs"}));
        assert!(read_value(&good).is_some());
        let mut deep = json!(1);
        for _ in 0..DEEPEST {
            deep = json!([deep]);
        }
        for bad in [
            value("", "taxonomy", "x", json!({})),
            value("ci\u{0}ty", "taxonomy", "x", json!({})),
            value("city", "phone", "x", json!({"number": "1"})),
            value("city", "taxonomy", "", json!({})),
            value("city", "taxonomy", "x\ny", json!({})),
            value("city", "taxonomy", "x", json!("Needs")),
            value("city", "taxonomy", "x", json!({"name": deep})),
            value("city", "taxonomy", "x", json!({"name": "x".repeat(300_000)})),
            "{".to_owned(),
        ] {
            assert_eq!(read_value(&bad), None, "{}", &bad[..bad.len().min(80)]);
        }
    }
}
