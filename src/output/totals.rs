//! The line below a long list on a terminal: how many are shown, how many of them in each status, and how to go on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::cell::Fields;
use crate::model::text::counted;

/// The most statuses that are named.
const MOST: usize = 6;

#[derive(Default)]
pub(super) struct Totals {
    rows: usize,
    statuses: BTreeMap<String, usize>,
    /// The option that goes on where the list was cut.
    next: Option<String>,
}

impl Totals {
    pub(super) fn add(&mut self, row: &Fields) {
        self.rows += 1;
        let status = row.get("status").or_else(|| row.get("state"));
        if let Some(status) = status.and_then(|status| status.as_str()) {
            *self.statuses.entry(status.replace('_', " ")).or_default() += 1;
        }
    }

    /// Says that there is more.
    pub(super) fn cut(&mut self, next: String) {
        self.next = Some(next);
    }

    /// None where a glance is enough.
    pub(super) fn line(&self, noun: &str) -> Option<String> {
        let (one, several) = words(noun);
        let things = counted(u64::try_from(self.rows).unwrap_or(u64::MAX), &one, &several);
        let statuses = self.by_status().map(|line| format!(": {line}")).unwrap_or_default();
        match &self.next {
            Some(next) => {
                let are = if self.rows == 1 { "is" } else { "are" };
                Some(format!(
                    "the first {things} {are} shown{statuses}; `{next}` goes on, `--limit` shows more"
                ))
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

    fn totals(statuses: &[&str]) -> Totals {
        let mut totals = Totals::default();
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
    fn one_row_needs_no_line_unless_there_is_more() {
        let mut one = totals(&["pending"]);
        assert_eq!(one.line("package"), None);
        one.cut("--after A".to_owned());
        let line = "the first 1 package is shown: 1 pending; `--after A` goes on, `--limit` shows more";
        assert_eq!(one.line("package").unwrap(), line);
    }
}
