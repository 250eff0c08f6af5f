//! What a database is made of, and how much of it there is.

use crate::model::prelude::*;
use crate::model::text::size;

view! {
    /// A table of the database.
    pub(crate) struct TableLine("table", |view| &view.table) {
        table: String => Code,
        /// What its rows are, in words, where it has a name of its own.
        holds: Option<&'static str> => Text(rank 1),
        rows: i64 => Number,
        /// Whether the rows were not counted: the number is that of the last look of the server.
        is_estimated: bool => YesNo(hidden),
        /// With its indexes; only of a server.
        bytes: Option<i64> => Number(hidden),
        /// Its indexes alone.
        index_bytes: Option<i64> => Number(hidden),
        /// The same in words.
        size: Option<String> => Text,
        /// Rows that were deleted or changed, and whose room is not free yet.
        dead_rows: Option<i64> => Number,
        vacuumed_at: Option<DateTime<Utc>> => Age(rank 2),
    }
}

view! {
    pub(crate) struct DatabaseStats("database", |view| &view.database) {
        database: String => Text,
        /// With its version.
        engine: String => Text,
        /// The number of the schema.
        schema: i64 => Number,
        bytes: i64 => Number,
        /// Of the log beside a file, which holds what is not in the file yet.
        log_bytes: Option<i64> => Number,
        /// Of pages in a file that hold nothing.
        free_bytes: Option<i64> => Number,
        page_bytes: Option<i64> => Number,
        journal: Option<String> => Text,
        /// Of the audit trail.
        entries: i64 => Number,
        newest_entry_at: Option<DateTime<Utc>> => Age,
        rows: i64 => Number,
        /// The largest first.
        tables: Vec<TableLine> => Many,
    }
}

view! {
    pub(crate) struct VacuumedView("database", |view| &view.database) {
        database: String => Text,
        /// With the log beside a file.
        bytes_before: i64 => Number,
        /// None of a dry run.
        bytes_after: Option<i64> => Number,
        /// What may become free, as far as that is known before: free pages and the log of a file.
        free_bytes: Option<i64> => Number,
        /// Rows of a server whose room becomes free.
        dead_rows: Option<i64> => Number,
    }
}

/// Most words are those of the command line.
const HOLDS: [(&str, &str); 21] = [
    ("account", "accounts"),
    ("alert", "alerts"),
    ("audit", "entries of the audit trail"),
    ("capacity", "entries of capacity"),
    ("client", "clients"),
    ("contact", "contacts"),
    ("contract", "contracts"),
    ("disclosure", "looks in the register"),
    ("enrolment", "enrolments"),
    ("offer", "offers"),
    ("operation_key", "changes that can be repeated"),
    ("operation_row", "what imports can take back"),
    ("package", "packages"),
    ("provider", "providers"),
    ("queue", "queues"),
    ("record", "records"),
    ("referral", "referrals"),
    ("release", "releases"),
    ("resource", "resources"),
    ("row_version", "how rows were earlier"),
    ("visit", "visits"),
];

/// What the rows of a table are, in words.
pub(crate) fn holds(table: &str) -> Option<&'static str> {
    HOLDS.iter().find(|(name, _)| *name == table).map(|(_, words)| *words)
}

/// A number of bytes, as views have it, in words.
pub(crate) fn size_of(bytes: i64) -> String {
    size(bytes.unsigned_abs())
}
