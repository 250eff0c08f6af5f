//! A statement that was run, on stderr.

use std::time::Duration;

use serde_json::json;

use super::to_stderr;
use crate::model::text::counted;

/// Its name, its rows and its time, and a line each for what its plan says.
pub(crate) fn statement(name: &str, took: Duration, rows: Option<u64>, plan: &[String], as_json: bool) {
    let milliseconds = took.as_secs_f64() * 1_000.0;
    if as_json {
        let rounded = (milliseconds * 1_000.0).round() / 1_000.0;
        let statement = json!({"name": name, "rows": rows, "milliseconds": rounded, "plan": plan});
        return to_stderr(&json!({"statement": statement}).to_string());
    }
    let rows = rows.map_or_else(String::new, |rows| format!(", {}", counted(rows, "row", "rows")));
    to_stderr(&format!("statement: {name}{rows} in {milliseconds:.2} ms"));
    for line in plan {
        to_stderr(&format!("  plan: {line}"));
    }
}
