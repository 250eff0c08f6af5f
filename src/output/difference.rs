//! How two texts differ: for people line by line with what is around, for programs the lines alone.

use similar::{ChangeTag, TextDiff};

use super::style::{BAD, FAINT, GOOD, paint};
use super::{Output, lines, sanitize::sanitize};
use crate::error::Result;
use crate::model::difference::{DifferentLine, Sign};

/// How many lines are shown around what differs.
const AROUND: usize = 3;

impl Output {
    /// Prints what differs between two texts, which are called `names`; returns whether nothing does.
    pub(crate) fn difference(&self, before: &str, after: &str, names: [&str; 2]) -> Result<bool> {
        if before == after {
            if !self.is_for_text() {
                self.rows(Vec::<DifferentLine>::new(), "")?;
            }
            return Ok(true);
        }
        let diff = TextDiff::from_lines(before, after);
        if self.is_for_text() {
            lines(&self.unified(&diff, before, names))?;
        } else {
            self.rows(different(&diff, before), "")?;
        }
        Ok(false)
    }

    fn is_for_text(&self) -> bool {
        self.format == super::Format::Table
    }

    fn unified(&self, diff: &TextDiff<'_, '_, str>, before: &str, names: [&str; 2]) -> String {
        let mut text = vec![format!("--- {}", sanitize(names[0])), format!("+++ {}", sanitize(names[1]))];
        let parts = Parts::of(before);
        for group in diff.grouped_ops(AROUND) {
            let first = group.first().map_or(0, |op| op.old_range().start);
            text.push(paint(&format!("@@ {}", parts.at(first).unwrap_or_default()), FAINT, self.colour));
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let line = sanitize(change.value().trim_end_matches('\n'));
                text.push(match change.tag() {
                    ChangeTag::Equal => format!(" {line}"),
                    ChangeTag::Delete => paint(&format!("-{line}"), BAD, self.colour),
                    ChangeTag::Insert => paint(&format!("+{line}"), GOOD, self.colour),
                });
            }
        }
        text.join("\n")
    }
}

fn different(diff: &TextDiff<'_, '_, str>, before: &str) -> Vec<DifferentLine> {
    let parts = Parts::of(before);
    let changes = diff.ops().iter().flat_map(|op| {
        let within = parts.at(op.old_range().start);
        diff.iter_changes(op).map(move |change| (within.clone(), change))
    });
    let line = |(within, change): (Option<String>, similar::Change<&str>)| {
        let sign = match change.tag() {
            ChangeTag::Equal => return None,
            ChangeTag::Delete => Sign::Removed,
            ChangeTag::Insert => Sign::Added,
        };
        Some(DifferentLine { sign, line: change.value().trim_end_matches('\n').to_owned(), within })
    };
    changes.filter_map(line).collect()
}

/// The parts of a text: its sections, and the items of the lists in them.
struct Parts<'t> {
    /// For each line the last one up to it that begins a section, and the last behind that which begins an item.
    of_lines: Vec<(Option<&'t str>, Option<&'t str>)>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        let (mut section, mut item) = (None, None);
        let part = |line: &'t str| {
            if !line.starts_with([' ', '-']) {
                (section, item) = (Some(line), None);
            } else if line.starts_with("- ") {
                item = Some(line);
            }
            (section, item)
        };
        Parts { of_lines: text.lines().map(part).collect() }
    }

    /// That in which a line stands, in words.
    fn at(&self, line: usize) -> Option<String> {
        let (section, item) = self.of_lines.get(line).or(self.of_lines.last())?;
        let item = item.map(|item| item.trim_start_matches("- "));
        let name = item.map(|item| item.split_once(": ").map_or(item, |(_, name)| name));
        Some([(*section)?.trim_end_matches(':')].into_iter().chain(name).collect::<Vec<_>>().join(", "))
    }
}
