//! Rows that are kept as JSON in other rows, which each engine writes in its own way: what a row was before it was changed.
//! Here they are turned into the words of the other engine, so that what is copied can be read, and taken back, there too.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::cell::{Cell, Kind, in_milliseconds, instant};
use super::tables::Table;

/// A table that keeps rows of others: the columns that name the table, hold the key and the row. The key of some is written
/// alike by both engines.
struct Keeper {
    table: &'static str,
    key: Option<&'static str>,
}

const KEEPERS: [Keeper; 2] =
    [Keeper { table: "row_version", key: Some("row_key") }, Keeper { table: "operation_row", key: None }];
const NAME: &str = "name";
const BEFORE: &str = "before";

/// What the columns of every table hold on a server.
pub(super) struct Images(HashMap<String, (HashMap<String, Kind>, Vec<Kind>)>);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Sqlite,
    Postgres,
}

impl Images {
    pub(super) fn of(tables: &[Table]) -> Images {
        let kinds = |table: &Table| table.columns.iter().cloned().collect::<HashMap<_, _>>();
        let key = |table: &Table| table.key.iter().filter_map(|column| table.kind(column)).collect();
        Images(tables.iter().map(|table| (table.name.clone(), (kinds(table), key(table)))).collect())
    }

    /// Turns what a row keeps into the words of an engine.
    pub(super) fn turn(&self, table: &Table, row: &mut [Cell], words: Words) {
        let Some(keeper) = keeper(table) else { return };
        let of = match table.place(NAME).and_then(|place| row.get(place)) {
            Some(Cell::Text(name)) => self.0.get(name),
            _ => None,
        };
        let Some((columns, key)) = of else { return };
        if let Some(Cell::Text(text)) = table.place(BEFORE).and_then(|place| row.get_mut(place))
            && let Ok(Value::Object(kept)) = serde_json::from_str::<Value>(text)
        {
            let turned = |(name, value): (String, Value)| {
                let value = columns.get(&name).map_or(value.clone(), |kind| turned(value, *kind, words));
                (name, value)
            };
            *text = Value::Object(kept.into_iter().map(turned).collect::<Map<_, _>>()).to_string();
        }
        let place = keeper.key.and_then(|column| table.place(column));
        if let Some(Cell::Text(text)) = place.and_then(|place| row.get_mut(place)) {
            *text = turned_key(text, key, words);
        }
    }
}

fn keeper(table: &Table) -> Option<&'static Keeper> {
    KEEPERS.iter().find(|keeper| keeper.table == table.name)
}

/// The column whose text both engines write in another order.
pub(super) fn kept_column(table: &Table) -> Option<usize> {
    keeper(table).and_then(|_| table.place(BEFORE))
}

/// The same text for the same values.
pub(super) fn in_order(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(mut object)) => {
            object.sort_keys();
            Value::Object(object).to_string()
        }
        _ => text.to_owned(),
    }
}

/// What is not as it is expected stays as it is.
fn turned(value: Value, kind: Kind, words: Words) -> Value {
    let turned = match (&value, words) {
        (Value::String(text), _) => turned_text(text, kind, words).map(Value::String),
        (Value::Bool(is_so), Words::Sqlite) => Some(Value::from(i64::from(*is_so))),
        (Value::Number(number), Words::Postgres) if kind == Kind::Boolean => {
            number.as_i64().map(|number| Value::Bool(number != 0))
        }
        _ => None,
    };
    turned.unwrap_or(value)
}

fn turned_text(text: &str, kind: Kind, words: Words) -> Option<String> {
    let id = || Uuid::try_parse(text).ok();
    match (kind, words) {
        (Kind::Id, Words::Sqlite) => id().map(|id| id.simple().to_string().to_uppercase()),
        (Kind::Id, Words::Postgres) => id().map(|id| id.hyphenated().to_string()),
        (Kind::Bytes, Words::Sqlite) => text.strip_prefix("\\x").map(str::to_uppercase),
        (Kind::Bytes, Words::Postgres) if !text.starts_with('\\') => {
            Some(format!("\\x{}", text.to_lowercase()))
        }
        (Kind::Instant, Words::Sqlite) => instant(text).and_then(in_milliseconds).ok(),
        (Kind::Instant, Words::Postgres) => {
            let auto = chrono::SecondsFormat::AutoSi;
            instant(text).ok().map(|at| at.to_rfc3339_opts(auto, false))
        }
        _ => None,
    }
}

/// The parts of a key stand apart by a blank; only the last may hold one.
fn turned_key(text: &str, key: &[Kind], words: Words) -> String {
    let parts = text.splitn(key.len().max(1), ' ').zip(key);
    let parts = parts.map(|(part, kind)| turned_text(part, *kind, words).unwrap_or_else(|| part.to_owned()));
    let turned: Vec<String> = parts.collect();
    if turned.is_empty() { text.to_owned() } else { turned.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, columns: &[(&str, Kind)], key: &[&str]) -> Table {
        Table {
            name: name.to_owned(),
            columns: columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect(),
            key: key.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn what_a_row_keeps_is_the_same_in_the_words_of_both_engines() {
        let columns = [
            ("id", Kind::Id),
            ("at", Kind::Instant),
            ("day", Kind::Day),
            ("live", Kind::Boolean),
            ("sum", Kind::Bytes),
            ("name", Kind::Text),
            ("count", Kind::Integer),
        ];
        let thing = table("thing", &columns, &["id", "name"]);
        let text = |name: &'static str| (name, Kind::Text);
        let keeper = table("row_version", &[text("name"), text("row_key"), text("before")], &[]);
        let images = Images::of(&[thing, keeper.clone()]);
        let row =
            |key: &str, before: &str| ["thing", key, before].map(|text| Cell::Text(text.to_owned())).to_vec();
        let sqlite = row(
            "0198ABCD00000000000000000000000F some name",
            r#"{"id":"0198ABCD00000000000000000000000F","at":"2026-11-22T09:00:00.120Z","day":"2026-11-22","live":1,"sum":"00FF","name":"a é","count":7,"gone":null}"#,
        );
        let postgres = row(
            "0198abcd-0000-0000-0000-00000000000f some name",
            r#"{"id":"0198abcd-0000-0000-0000-00000000000f","at":"2026-11-22T09:00:00.120+00:00","day":"2026-11-22","live":true,"sum":"\\x00ff","name":"a é","count":7,"gone":null}"#,
        );
        for (from, to, words) in [
            (&sqlite, &postgres, Words::Postgres),
            (&postgres, &sqlite, Words::Sqlite),
            (&sqlite, &sqlite, Words::Sqlite),
        ] {
            let mut turned = from.clone();
            images.turn(&keeper, &mut turned, words);
            assert_eq!(&turned, to);
        }
        assert_eq!(in_order(r#"{"b": 1, "a": "x"}"#), in_order(r#"{"a":"x","b":1}"#));
    }
}
