//! What differs between two states of a thing, and between two texts.

use schemars::JsonSchema;
use serde_json::{Map, Value};

use crate::model::prelude::*;

/// One changed field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Difference {
    pub(crate) field: String,
    pub(crate) from: Value,
    pub(crate) to: Value,
}

/// The fields of `after` that were otherwise before, in order.
pub(crate) fn differences(before: &Map<String, Value>, after: Map<String, Value>) -> Vec<Difference> {
    let differs = |(field, to): (String, Value)| {
        let from = before.get(&field).cloned().unwrap_or_default();
        (from != to).then_some(Difference { field, from, to })
    };
    after.into_iter().filter_map(differs).collect()
}

impl Difference {
    /// Whether there was something and is nothing.
    pub(crate) fn clears(&self) -> bool {
        is_empty(&self.to) && !is_empty(&self.from)
    }
}

/// Whether there is nothing in it.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

names! {
    /// Which of the two has it.
    pub(crate) enum Sign {
        /// Only the first.
        Removed = "removed",
        /// Only the second.
        Added = "added",
    }
}

view! {
    pub(crate) struct DifferentLine("line", |view| &view.line) {
        sign: Sign => Status,
        line: String => Text,
        /// The part of the text in which it stands.
        within: Option<String> => Text,
    }
}
