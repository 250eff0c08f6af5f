//! The line below a long list on a terminal: how many are shown, how many of them in each status, and how to go on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value;

use super::cell::Fields;
use crate::model::text::counted;
use crate::model::view::Field;

/// The most statuses that are named.
const MOST: usize = 6;

/// What there is beyond the rows that are shown.
enum Cut {
    /// The option that goes on.
    Next(String),
    /// So many in all.
    Of(usize),
}

pub(super) struct Totals {
    rows: usize,
    statuses: BTreeMap<String, usize>,
    /// The rows that have each of the fields that are counted.
    counted: Vec<(&'static str, usize)>,
    cut: Option<Cut>,
}

impl Totals {
    pub(super) fn of(fields: &[Field]) -> Self {
        let counted = fields.iter().filter(|field| field.is_counted).map(|field| (field.key, 0)).collect();
        Totals { rows: 0, statuses: BTreeMap::new(), counted, cut: None }
    }

    pub(super) fn add(&mut self, row: &Fields) {
        self.rows += 1;
        for (key, count) in &mut self.counted {
            *count += usize::from(row.get(*key).and_then(Value::as_bool) == Some(true));
        }
        let status = row.get("status").or_else(|| row.get("state"));
        if let Some(status) = status.and_then(|status| status.as_str()) {
            *self.statuses.entry(status.replace('_', " ")).or_default() += 1;
        }
    }

    /// Says that there is more.
    pub(super) fn cut(&mut self, next: String) {
        self.cut = Some(Cut::Next(next));
    }

    /// The same of sorted rows.
    pub(super) fn cut_of(&mut self, all: usize) {
        self.cut = Some(Cut::Of(all));
    }

    /// None where a glance is enough.
    pub(super) fn line(&self, noun: &str) -> Option<String> {
        let (one, several) = words(noun);
        let things = counted(u64::try_from(self.rows).unwrap_or(u64::MAX), &one, &several);
        let statuses = self.by_status().map(|line| format!(": {line}")).unwrap_or_default();
        let are = if self.rows == 1 { "is" } else { "are" };
        match &self.cut {
            Some(Cut::Next(next)) => Some(format!(
                "the first {things} {are} shown{statuses}; `{next}` goes on, `--limit` shows more"
            )),
            Some(Cut::Of(all)) => {
                Some(format!("the first {things} of {all} {are} shown{statuses}; `--limit` shows more"))
            }
            None => (self.rows > 1).then(|| format!("{things}{statuses}")),
        }
    }

    /// The most frequent first.
    fn by_status(&self) -> Option<String> {
        let mut counts: Vec<(&String, usize)> =
            self.statuses.iter().map(|(word, count)| (word, *count)).collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let others: usize = counts.iter().skip(MOST).map(|(_, count)| count).sum();
        let mut parts: Vec<String> =
            counts.iter().take(MOST).map(|(word, count)| format!("{count} {word}")).collect();
        if others > 0 {
            parts.push(format!("{others} others"));
        }
        let counted = self.counted.iter().filter(|(_, count)| *count > 0);
        parts.extend(counted.map(|(key, count)| format!("{count} {}", key.replace('_', " "))));
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// What one row and several are called.
fn words(noun: &str) -> (String, String) {
    let noun = match noun {
        "audit" | "capacity" => return ("entry".to_owned(), "entries".to_owned()),
        "sharing" => "request",
        noun => noun,
    };
    (noun.to_owned(), format!("{noun}s"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::view::FieldKind;

    fn totals(statuses: &[&str]) -> Totals {
        let mut totals = Totals::of(&[]);
        for status in statuses {
            let row = json!({"code": "A", "status": status});
            totals.add(row.as_object().unwrap());
        }
        totals
    }

    #[test]
    fn rows_are_counted_by_status() {
        let all = totals(&["pending", "handed_back", "pending"]);
        assert_eq!(all.line("package").unwrap(), "3 packages: 2 pending, 1 handed back");
    }

    #[test]
    fn rare_statuses_are_counted_together() {
        let all = totals(&["a", "a", "b", "c", "d", "e", "f", "g", "h"]);
        assert_eq!(all.line("referral").unwrap(), "9 referrals: 2 a, 1 b, 1 c, 1 d, 1 e, 1 f, 2 others");
    }

    #[test]
    fn rows_that_have_a_counted_field_are_counted() {
        let fields =
            [Field::counted("uncovered", FieldKind::YesNo), Field::hidden("active", FieldKind::YesNo)];
        let mut totals = Totals::of(&fields);
        for uncovered in [true, false, true] {
            let row = json!({"status": "planned", "uncovered": uncovered, "active": true});
            totals.add(row.as_object().unwrap());
        }
        assert_eq!(totals.line("visit").unwrap(), "3 visits: 3 planned, 2 uncovered");
    }

    #[test]
    fn one_row_needs_no_line_unless_there_is_more() {
        let mut one = totals(&["pending"]);
        assert_eq!(one.line("package"), None);
        one.cut("--after A".to_owned());
        let line = "the first 1 package is shown: 1 pending; `--after A` goes on, `--limit` shows more";
        assert_eq!(one.line("package").unwrap(), line);
    }
}
