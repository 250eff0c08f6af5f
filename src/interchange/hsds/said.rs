//! What a directory says of no organization and no service, as it is kept: terms with all that is said of them, and rows of other
//! tables as they are.

use serde_json::{Value, json};

use super::entry::{Entry, filled};
use super::object::{Object, object_of, text_of};
use crate::model::directory::{Detail, DirectoryEntry};

/// The entity of the attributes by which a hub says what it keeps of its sources.
pub(super) const DIRECTORY: &str = "directory";

/// The term of such an attribute.
pub(super) const ENTRY: &str = "entry";

/// A term with its id in the source and what is not read of it.
pub(super) fn term(term: &Detail, id: Option<&str>, rest: Object) -> Object {
    let mut content = term.exact();
    content.extend(id.map(|id| ("id".to_owned(), json!(id))));
    if !rest.is_empty() {
        content.insert("rest".to_owned(), Value::Object(rest));
    }
    content
}

/// A term that is kept, its id in the source, and what was not read of it.
pub(super) fn read_term(content: &Object) -> Option<(Detail, Option<String>, Object)> {
    let id = content.get("id").and_then(Value::as_str).map(str::to_owned);
    let rest = object_of(content, "rest").cloned().unwrap_or_default();
    Some((Detail::read(content).ok()?, id, rest))
}

/// The value of the attribute by which a hub says that it keeps this of a source.
pub(super) fn value(source: &str, kept: &DirectoryEntry) -> String {
    let DirectoryEntry { entity, entry, .. } = kept;
    json!({"source": source, "entity": entity, "entry": entry, "content": kept.fields()}).to_string()
}

/// The source and what is kept of it, from such a value.
pub(super) fn read_value(value: &str) -> Option<(String, DirectoryEntry)> {
    let Ok(Value::Object(value)) = serde_json::from_str(value) else { return None };
    let text = |key| text_of(&value, key).into_owned();
    let entry = DirectoryEntry::new(&text("entity"), text("entry"), object_of(&value, "content")?.clone());
    Some((text("source"), entry))
}

/// What is said besides of a thing, or of an entry of one of its lists.
pub(super) fn remainder(entity: &str, entry: Option<&str>, fields: Object) -> Value {
    let parts = [("entity", json!(entity)), ("entry", json!(entry)), ("fields", Value::Object(fields))];
    Value::Object(filled(parts))
}
