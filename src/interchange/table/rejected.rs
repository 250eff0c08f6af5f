//! The present row as it is rejected: mapped columns are called after their fields and dates are in the order of ISO 8601, so
//! that the corrected row is imported with no further option (rule 5.4).

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::row::ordered;
use super::{Column, Table};

impl Table {
    /// The heading and the cells.
    pub(super) fn as_rejected(&self) -> (Arc<[String]>, Vec<String>) {
        if self.raw.is_empty() {
            let cells = self.record.iter().enumerate().map(|(index, cell)| self.undated(index, cell));
            return (Arc::clone(&self.headings), cells.collect());
        }
        (["json".to_owned()].into(), vec![self.object().unwrap_or_else(|| self.raw.clone())])
    }

    /// Calls the columns that the person has mapped after their fields.
    pub(super) fn call_fields(&mut self, mapping: &[(String, String)]) {
        let is_mapped = |field: &str| mapping.iter().any(|(mapped, _)| mapped == field);
        let fields = self.fields.borrow().clone();
        let names: HashMap<usize, &str> = fields.into_iter().filter(|(_, field)| is_mapped(field)).collect();
        if names.is_empty() {
            return;
        }
        let taken: Vec<&str> = names.values().copied().collect();
        let heading = |(index, header): (usize, &String)| match names.get(&index) {
            Some(field) => (*field).to_owned(),
            None if taken.contains(&header.trim()) => format!("{} (not mapped)", header.trim()),
            None => header.clone(),
        };
        self.headings = self.headers.iter().enumerate().map(heading).collect();
    }

    /// The object with its keys called as the headings; none where it is broken, or stays as it is.
    fn object(&self) -> Option<String> {
        if self.problem.is_some() || self.dates.is_none() && Arc::ptr_eq(&self.headings, &self.headers) {
            return None;
        }
        let object: Map<String, Value> = serde_json::from_str(&self.raw).ok()?;
        let renamed = object.into_iter().map(|(key, value)| {
            let Some(index) = self.headers.iter().position(|header| *header == key) else {
                return (key, value);
            };
            let value = value.as_str().map(|text| self.undated(index, text).into()).unwrap_or(value);
            (self.headings.get(index).cloned().unwrap_or(key), value)
        });
        serde_json::to_string(&renamed.collect::<Map<_, _>>()).ok()
    }

    /// A date without the order that only the person knows.
    fn undated(&self, index: usize, cell: &str) -> String {
        let is_ordered = self.dates.is_some() && self.may_hold_dates(Column(Some(index)));
        if is_ordered { ordered(cell.trim(), self.dates) } else { cell.to_owned() }
    }

    /// Whether a column is a field of dates or instants.
    pub(super) fn may_hold_dates(&self, column: Column) -> bool {
        let Column(Some(index)) = column else { return true };
        self.fields.borrow().iter().any(|(at, field)| *at == index && is_of_time(field))
    }
}

/// Whether a field holds dates or instants, by its name.
fn is_of_time(field: &str) -> bool {
    field.ends_with("_on")
        || field.ends_with("_at")
        || field.ends_with("date")
        || ["start", "deceased"].contains(&field)
}
