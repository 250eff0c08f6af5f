//! The card of a database: what it is, and its largest tables.

use super::{Card, Output};
use crate::model::database::{DatabaseStats, TableLine, size_of};
use crate::model::text::counted;
use crate::model::view::View;

/// How many tables are shown.
const SHOWN: usize = 15;

pub(crate) fn card<'a>(stats: &DatabaseStats, output: &'a Output) -> Card<'a> {
    let pages = stats.page_bytes.map(|bytes| format!(", in pages of {}", size_of(bytes)));
    let age = stats.newest_entry_at.map(|at| format!(", the newest {}", output.past(at)));
    let lines = [
        ("engine", Some(stats.engine.clone())),
        ("schema", Some(stats.schema.to_string())),
        ("size", Some(size_of(stats.bytes) + &pages.unwrap_or_default())),
        ("free in it", stats.free_bytes.map(size_of)),
        ("log beside it", stats.log_bytes.map(size_of)),
        ("journal", stats.journal.clone()),
        ("audit trail", Some(counted(stats.entries, "entry", "entries") + &age.unwrap_or_default())),
        ("rows", Some(rows(stats))),
    ];
    let shown: Vec<TableLine> =
        stats.tables.iter().filter(|table| table.rows > 0).take(SHOWN).cloned().collect();
    Card::new(output, &stats.database).lines(lines).table(TableLine::FIELDS, &shown)
}

fn rows(stats: &DatabaseStats) -> String {
    let is_estimated = stats.tables.iter().any(|table| table.is_estimated);
    let about = if is_estimated { "about " } else { "" };
    let exact = if is_estimated { " (`--exact` counts them)" } else { "" };
    let filled = stats.tables.iter().filter(|table| table.rows > 0).count();
    let tables = counted(i64::try_from(filled).unwrap_or(i64::MAX), "table", "tables");
    format!("{about}{} in {tables}{exact}", stats.rows)
}
