//! What an import cleared, and in a dry run what it would change, in sentences.

use serde_json::Value;

use super::{Format, Output, cell, line};
use crate::error::Result;
use crate::model::import::{FieldChange, Summary};
use crate::model::text::counted;

/// A longer value is not shown.
const LONGEST: usize = 60;

impl Output {
    /// For people, after the counts: `Cleared: phone 3, email 1.`, and in a dry run a line for each of the first things
    /// that would change. Programs have read it in the counts.
    pub(crate) fn changes(&self, summary: &Summary) -> Result<()> {
        if self.quiet || self.format != Format::Table {
            return Ok(());
        }
        let things = summary.changes.chunk_by(|one, next| one.subject == next.subject);
        for changes in things {
            let fields: Vec<String> = changes.iter().map(|change| self.words(change)).collect();
            let subject = changes.first().map_or("", |change| change.subject.as_str());
            line(&format!("  {subject}: {}", fields.join(", ")))?;
        }
        if summary.more_changes > 0 {
            let more = counted(summary.more_changes, "other changes", "others change");
            line(&format!("  … and {more}"))?;
        }
        if summary.cleared.is_empty() {
            return Ok(());
        }
        let cleared: Vec<String> =
            summary.cleared.iter().map(|tally| format!("{} {}", label(&tally.field), tally.count)).collect();
        line(&format!("Cleared: {}.", cleared.join(", ")))
    }

    fn words(&self, change: &FieldChange) -> String {
        let (from, to) = (self.word(&change.from), self.word(&change.to));
        let is_long = [&from, &to].iter().any(|text| text.chars().count() > LONGEST);
        let label = label(&change.field);
        if from == to || is_long { label } else { format!("{label} {from} → {to}") }
    }

    /// An instant in the hub's time; of a list of things how many there are.
    fn word(&self, value: &Value) -> String {
        let text = match value {
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Array(items) if items.iter().any(Value::is_object) => items.len().to_string(),
            Value::Array(items) => items.iter().map(cell::plain).collect::<Vec<_>>().join(", "),
            Value::String(text) => match text.parse() {
                Ok(instant) => self.instant(instant),
                Err(_) => text.clone(),
            },
            other => cell::plain(other),
        };
        if text.is_empty() { "none".to_owned() } else { text }
    }
}

fn label(field: &str) -> String {
    field.replace('_', " ")
}
