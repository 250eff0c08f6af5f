//! `--sort`: the rows of a list in another order than its own. Lists stream; those that are sorted are held, and so have a limit.

use std::cmp::Ordering;
use std::str::FromStr;

use chrono::DateTime;
use clap::Args;
use serde_json::Value;

use super::cell::{Fields, unprintable};
use super::columns::unknown;
use crate::error::{Error, Result};
use crate::model::text::fold;
use crate::model::view::{Field, FieldKind};

/// The most rows that are sorted.
const MOST: usize = 10_000;

#[derive(Args, Clone, Default)]
pub(crate) struct Sorting {
    /// Sort by this column, or with `-COLUMN` the other way round; for up to 10,000 rows
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, conflicts_with = "after")]
    pub(super) sort: Option<Sort>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    column: String,
    is_descending: bool,
}

impl Sort {
    /// Whether a list that is in the order of this column is sorted by it already.
    pub(super) fn is_order_of(&self, column: Option<&str>) -> bool {
        !self.is_descending && column == Some(&self.column)
    }
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (column, is_descending) = match text.strip_prefix('-') {
            Some(column) => (column, true),
            None => (text, false),
        };
        if column.is_empty() {
            return Err("name a column, such as `status` or `-created_at`".to_owned());
        }
        Ok(Sort { column: column.to_owned(), is_descending })
    }
}

/// The rows of a list that is sorted.
pub(super) struct Sorter {
    field: &'static Field,
    is_descending: bool,
    rows: Vec<Row>,
}

struct Row {
    key: Option<Key>,
    code: String,
    /// As JSON, which takes a tenth of the memory.
    fields: String,
}

/// What a value is sorted by.
#[derive(Debug, PartialEq, PartialOrd)]
enum Key {
    Flag(bool),
    Number(f64),
    Instant(i64),
    /// Without case and accents, then as it is.
    Text(String, String),
}

impl Sorter {
    /// Usage error for an unknown column.
    pub(super) fn new(sort: &Sort, known: &'static [Field]) -> Result<Self> {
        let field = known.iter().find(|field| field.key == sort.column);
        let field = field.ok_or_else(|| unknown(&sort.column, known.iter().map(|field| field.key)))?;
        Ok(Sorter { field, is_descending: sort.is_descending, rows: Vec::new() })
    }

    /// Refused if there are too many.
    pub(super) fn add(&mut self, code: String, fields: &Fields) -> Result<()> {
        if self.rows.len() == MOST {
            let message = "`--sort` sorts up to 10,000 rows, and here are more";
            return Err(Error::refused("list.too_long_to_sort", message)
                .hint("select less with the filters of the list, or sort what it writes with `-o csv`"));
        }
        let key = fields.get(self.field.key).and_then(|value| key(value, self.field.kind));
        let fields = serde_json::to_string(fields).map_err(unprintable)?;
        self.rows.push(Row { key, code, fields });
        Ok(())
    }

    /// Rows without a value are the last in either order; those of one value stay as they were.
    pub(super) fn sorted(mut self) -> impl ExactSizeIterator<Item = Result<(String, Fields)>> {
        let is_descending = self.is_descending;
        self.rows.sort_by(|one, other| match (&one.key, &other.key) {
            (Some(one), Some(other)) => {
                let order = one.partial_cmp(other).unwrap_or(Ordering::Equal);
                if is_descending { order.reverse() } else { order }
            }
            (one, other) => one.is_none().cmp(&other.is_none()),
        });
        let whole = |row: Row| Ok((row.code, serde_json::from_str(&row.fields).map_err(unprintable)?));
        self.rows.into_iter().map(whole)
    }
}

fn key(value: &Value, kind: FieldKind) -> Option<Key> {
    match value {
        Value::Bool(flag) => Some(Key::Flag(*flag)),
        Value::Number(number) => number.as_f64().map(Key::Number),
        Value::String(text) if text.is_empty() => None,
        Value::String(text) if matches!(kind, FieldKind::Instant | FieldKind::Age) => {
            DateTime::parse_from_rfc3339(text).ok().map(|at| Key::Instant(at.timestamp_micros()))
        }
        Value::String(text) => Some(Key::Text(fold(text), text.clone())),
        Value::Array(items) if kind == FieldKind::Many => {
            Some(Key::Number(f64::from(u32::try_from(items.len()).unwrap_or(u32::MAX))))
        }
        Value::Array(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| Key::Text(fold(&texts.join(", ")), texts.join(", ")))
        }
        Value::Null | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FIELDS: &[Field] = &[Field::shown("at", FieldKind::Instant), Field::shown("name", FieldKind::Text)];

    fn sorted(sort: &str, rows: &[Value]) -> String {
        let mut sorter = Sorter::new(&sort.parse().unwrap(), FIELDS).unwrap();
        for row in rows {
            sorter.add(row["code"].as_str().unwrap().to_owned(), row.as_object().unwrap()).unwrap();
        }
        sorter.sorted().map(|row| row.unwrap().0).collect()
    }

    #[test]
    fn rows_are_sorted_by_what_a_value_means() {
        let rows = [
            json!({"code": "A", "at": "2026-11-22T10:00:04.100Z", "name": "moss"}),
            json!({"code": "B", "at": null, "name": "Álvarez"}),
            json!({"code": "C", "at": "2026-11-22T10:00:04Z", "name": "Moss"}),
            json!({"code": "D", "at": "2026-11-22T10:00:04Z", "name": ""}),
        ];
        assert_eq!(sorted("at", &rows), "CDAB");
        assert_eq!(sorted("-at", &rows), "ACDB");
        assert_eq!(sorted("name", &rows), "BCAD");
        assert_eq!(sorted("-name", &rows), "ACBD");
    }

    #[test]
    fn what_cannot_be_sorted_is_refused() {
        assert!("-".parse::<Sort>().is_err());
        let error = Sorter::new(&"nothing".parse().unwrap(), FIELDS).err().unwrap();
        assert_eq!(error.code(), "usage.unknown_column");
        let mut sorter = Sorter::new(&"name".parse().unwrap(), FIELDS).unwrap();
        for _ in 0..MOST {
            sorter.add(String::new(), &Fields::new()).unwrap();
        }
        let error = sorter.add(String::new(), &Fields::new()).unwrap_err();
        assert_eq!(error.code(), "list.too_long_to_sort");
    }
}
