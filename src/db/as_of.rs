//! The instant and local day of a transaction, for views, which take no parameters and call `run_instant()`
//! and `run_day()` instead. If unset, both are NULL, so that such a view returns nothing rather than too
//! much.

use std::cell::RefCell;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;

use super::value::instant_text;
use super::{Engine, Tx};

/// Defines `run_instant()` on PostgreSQL. After a transaction its setting is empty there, not absent.
pub(super) const POSTGRES_INSTANT: &str =
    "CAST(NULLIF(current_setting('caredesk.instant', TRUE), '') AS TIMESTAMPTZ)";
pub(super) const POSTGRES_DAY: &str = "CAST(NULLIF(current_setting('caredesk.day', TRUE), '') AS DATE)";

thread_local! {
    /// Instant and day as SQLite stores them. A connection never leaves its thread.
    static AS_OF: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Defines the two functions on an SQLite connection. They are harmless, so views may use them in an
/// untrusted file.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let instant = || AS_OF.with_borrow(|as_of| as_of.as_ref().map(|(instant, _)| instant.clone()));
    let day = || AS_OF.with_borrow(|as_of| as_of.as_ref().map(|(_, day)| day.clone()));
    let sql_text = |text: Option<String>| Ok(text.map_or(Value::Null, Value::Text));
    connection.create_scalar_function("run_instant", 0, flags, move |_| sql_text(instant()))?;
    connection.create_scalar_function("run_day", 0, flags, move |_| sql_text(day()))
}

/// Clears the values at the start of a transaction on SQLite; on PostgreSQL the setting is local to the
/// transaction.
pub(super) fn forget() {
    AS_OF.set(None);
}

impl Tx<'_> {
    /// Makes this transaction see offers, consent, contracts and settings as of `instant`, which is on the local day `day`.
    pub(crate) fn as_of(&mut self, instant: DateTime<Utc>, day: NaiveDate) {
        let (instant, day) = (instant_text(instant), day.to_string());
        match &mut self.engine {
            Engine::Sqlite(_) => AS_OF.set(Some((instant, day))),
            Engine::Postgres(session) => session
                .set(format!("SET LOCAL caredesk.instant = '{instant}'; SET LOCAL caredesk.day = '{day}'")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_knows_where_its_transaction_stands_and_forgets_it() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection
            .execute_batch("CREATE VIEW stands AS SELECT run_instant() AS at, run_day() AS day")
            .unwrap();
        let seen = || {
            connection
                .query_row("SELECT at, day FROM stands", [], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap()
        };
        assert_eq!(seen(), (None::<String>, None::<String>));
        AS_OF.set(Some(("2026-11-26T09:00:00.000Z".to_owned(), "2026-11-26".to_owned())));
        assert_eq!(seen(), (Some("2026-11-26T09:00:00.000Z".to_owned()), Some("2026-11-26".to_owned())));
        forget();
        assert_eq!(seen(), (None, None));
    }
}
