//! JSON Schema of what the commands of a noun print with `-o json`, made from the very views that they print.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::change_report::ChangeFields;
use super::lines;
use super::row_outcomes::{self, RowLine};
use crate::error::{Error, Result};
use crate::model::view::View;

/// The outputs of one noun. Each is described in `$defs` under its own name, and the whole document accepts any of them.
pub(crate) struct Schemas {
    generator: SchemaGenerator,
    list: Vec<Value>,
    show: Vec<Value>,
    change: Vec<Value>,
}

impl Schemas {
    pub(crate) fn new() -> Self {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        Schemas { generator, list: Vec::new(), show: Vec::new(), change: Vec::new() }
    }

    /// An array of such things, one object a line with `-o jsonl`.
    pub(crate) fn lists<T: View>(&mut self) -> &mut Self {
        let thing = self.closed::<T>(&[]);
        self.list.push(json!({"type": "array", "items": thing}));
        self
    }

    /// One such thing.
    pub(crate) fn shows<T: View>(&mut self) -> &mut Self {
        let thing = self.closed::<T>(&[]);
        self.show.push(thing);
        self
    }

    /// A document that is no view.
    pub(crate) fn document<T: JsonSchema>(&mut self) -> &mut Self {
        let document = self.closed::<T>(&[]);
        self.show.push(document);
        self
    }

    /// Such a thing after a change, or an array where several were changed; of one that was changed by an earlier run with the
    /// same operation key, the code.
    pub(crate) fn changes<T: View>(&mut self) -> &mut Self {
        let addition = self.generator.subschema_for::<ChangeFields<'static>>().to_value();
        let thing = self.closed::<T>(std::slice::from_ref(&addition));
        let key = T::CODE_KEY;
        let code = json!({"properties": {key: {"type": "string"}}, "required": [key, "repeated"]});
        let repeated = json!({"allOf": [code, addition], "unevaluatedProperties": false});
        for one in [thing, repeated] {
            self.change.push(one.clone());
            self.change.push(json!({"type": "array", "items": one}));
        }
        self
    }

    /// The counts at the end of an import.
    pub(crate) fn imports<T: View>(&mut self) -> &mut Self {
        let addition = json!({"properties": {"dry_run": {"type": "boolean"}}});
        let counts = self.closed::<T>(&[addition]);
        self.change.push(counts);
        self
    }

    /// The line for a row of such things, before the counts of an import with `-o jsonl`.
    pub(crate) fn rows<T: View>(&mut self) -> &mut Self {
        let text = json!({"type": ["string", "null"]});
        let keys = row_outcomes::keys_of(T::NOUN);
        let properties: Map<String, Value> = keys.iter().map(|key| (key.clone(), text.clone())).collect();
        let line = self.closed::<RowLine<'static>>(&[json!({"properties": properties, "required": keys})]);
        self.change.push(line);
        self
    }

    /// The thing with these additions and not a key more.
    fn closed<T: JsonSchema>(&mut self, additions: &[Value]) -> Value {
        let thing = self.generator.subschema_for::<T>().to_value();
        let all: Vec<Value> = std::iter::once(thing).chain(additions.iter().cloned()).collect();
        json!({"allOf": all, "unevaluatedProperties": false})
    }

    /// The whole document for `noun`, on standard output.
    pub(crate) fn print(mut self, noun: &str) -> Result<()> {
        let mut defs: Map<String, Value> = self.generator.take_definitions(true);
        let mut any_of = Vec::new();
        for (name, outputs) in [("list", self.list), ("show", self.show), ("change", self.change)] {
            if !outputs.is_empty() {
                any_of.push(json!({"$ref": format!("#/$defs/{name}")}));
                defs.insert(name.to_owned(), json!({"anyOf": outputs}));
            }
        }
        let document = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": format!("caredesk {noun}"),
            "description": format!("What the commands of `caredesk {noun}` print with -o json."),
            "anyOf": any_of,
            "$defs": defs,
        });
        let text = serde_json::to_string_pretty(&document)
            .map_err(|error| Error::internal(format!("the schema cannot be printed: {error}")))?;
        lines(&text)
    }
}
