//! The description of the tables as a data package (<https://specs.frictionlessdata.io/tabular-data-package/>).

use serde_json::{Value, json};

use super::shape::{Cell, SHAPES, Shape};

pub(super) fn description() -> Value {
    json!({
        "name": "human_services_data",
        "title": "A directory of providers",
        "profile": "tabular-data-package",
        "description": "Providers, what they deliver and where, as HSDS 3.1 has them",
        "homepage": "https://docs.openreferral.org",
        "resources": SHAPES.iter().map(resource).collect::<Vec<_>>(),
    })
}

fn resource(shape: &Shape) -> Value {
    let fields: Vec<Value> = shape.fields.iter().map(|(name, cell)| field(name, *cell)).collect();
    let keys: Vec<Value> = shape.fields.iter().filter_map(|(name, cell)| reference(name, *cell)).collect();
    let mut schema = json!({"primaryKey": "id", "fields": fields});
    if let (false, Some(schema)) = (keys.is_empty(), schema.as_object_mut()) {
        schema.insert("foreignKeys".to_owned(), Value::Array(keys));
    }
    json!({
        "name": shape.name,
        "path": shape.file,
        "title": shape.title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    })
}

fn field(name: &str, cell: Cell) -> Value {
    let kind = match cell {
        Cell::Number => "number",
        Cell::Date => "date",
        Cell::Time => "time",
        Cell::Instant => "datetime",
        _ => "string",
    };
    let format = match cell {
        Cell::Key | Cell::Of(_) | Cell::Link => Some("uuid"),
        Cell::Email => Some("email"),
        Cell::Uri => Some("uri"),
        _ => None,
    };
    let constraints = match cell {
        Cell::Key => Some(json!({"required": true, "unique": true})),
        Cell::Needed => Some(json!({"required": true})),
        Cell::OneOf(names) => Some(json!({"enum": names})),
        _ => None,
    };
    let parts = [("format", format.map(Value::from)), ("constraints", constraints)];
    let parts = parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    let named = [("name".to_owned(), json!(name)), ("type".to_owned(), json!(kind))];
    Value::Object(named.into_iter().chain(parts).collect())
}

fn reference(name: &str, cell: Cell) -> Option<Value> {
    let Cell::Of(table) = cell else { return None };
    Some(json!({"fields": name, "reference": {"resource": table, "fields": "id"}}))
}
