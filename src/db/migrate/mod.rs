//! The versions of the schema: numbered steps, one text for both engines. A newer database is refused; an
//! older one is upgraded, a file after it was copied.

mod copy;
mod install;

use std::path::{Path, PathBuf};

pub(super) use install::{install, is_of_our_schema, must_be_vacant};

use super::error::Ended;
use super::{Db, Ending, Engine, Location, Tx, as_of, params, sqlite};
use crate::error::{Error, Kind, Result};

/// One step, in PostgreSQL's words. Append-only once released.
pub(super) struct Step {
    name: &'static str,
    text: &'static str,
}

const STEPS: &[Step] = &[
    Step { name: "begin", text: include_str!("../../../sql/schema/0001_begin.sql") },
    Step { name: "portal", text: include_str!("../../../sql/schema/0002_portal.sql") },
    Step { name: "sharing", text: include_str!("../../../sql/schema/0003_sharing.sql") },
    Step { name: "acted_by", text: include_str!("../../../sql/schema/0004_acted_by.sql") },
    Step { name: "people", text: include_str!("../../../sql/schema/0005_people.sql") },
    Step { name: "erasure", text: include_str!("../../../sql/schema/0006_erasure.sql") },
    Step { name: "strokes", text: include_str!("../../../sql/schema/0007_strokes.sql") },
    Step { name: "merged_providers", text: include_str!("../../../sql/schema/0008_merged_providers.sql") },
    Step { name: "erased_clients", text: include_str!("../../../sql/schema/0009_erased_clients.sql") },
    Step { name: "directory", text: include_str!("../../../sql/schema/0010_directory.sql") },
    Step { name: "referral_source", text: include_str!("../../../sql/schema/0011_referral_source.sql") },
    Step { name: "search", text: include_str!("../../../sql/schema/0012_search.sql") },
    Step { name: "operations", text: include_str!("../../../sql/schema/0013_operations.sql") },
    Step { name: "ended_by_source", text: include_str!("../../../sql/schema/0014_ended_by_source.sql") },
    Step { name: "import_layout", text: include_str!("../../../sql/schema/0015_import_layout.sql") },
    Step {
        name: "strokes_everywhere",
        text: include_str!("../../../sql/schema/0016_strokes_everywhere.sql"),
    },
    Step { name: "operation_keys", text: include_str!("../../../sql/schema/0017_operation_keys.sql") },
    Step { name: "password_attempts", text: include_str!("../../../sql/schema/0018_password_attempts.sql") },
    Step { name: "trail_end", text: include_str!("../../../sql/schema/0019_trail_end.sql") },
    Step { name: "offers_in_time", text: include_str!("../../../sql/schema/0020_offers_in_time.sql") },
    Step {
        name: "visits_of_providers",
        text: include_str!("../../../sql/schema/0021_visits_of_providers.sql"),
    },
    Step {
        name: "client_contact_details",
        text: include_str!("../../../sql/schema/0022_client_contact_details.sql"),
    },
    Step {
        name: "contacts_of_visits",
        text: include_str!("../../../sql/schema/0023_contacts_of_visits.sql"),
    },
    Step {
        name: "inactive_providers",
        text: include_str!("../../../sql/schema/0024_inactive_providers.sql"),
    },
    Step { name: "letters", text: include_str!("../../../sql/schema/0025_letters.sql") },
    Step { name: "timed_offers", text: include_str!("../../../sql/schema/0026_timed_offers.sql") },
    Step { name: "alerts", text: include_str!("../../../sql/schema/0027_alerts.sql") },
    Step { name: "subjects", text: include_str!("../../../sql/schema/0028_subjects.sql") },
    Step { name: "reminders", text: include_str!("../../../sql/schema/0029_reminders.sql") },
    Step { name: "provider_lists", text: include_str!("../../../sql/schema/0030_provider_lists.sql") },
    Step { name: "search_keys", text: include_str!("../../../sql/schema/0031_search_keys.sql") },
    Step { name: "withdrawals", text: include_str!("../../../sql/schema/0032_withdrawals.sql") },
    Step { name: "audit_order", text: include_str!("../../../sql/schema/0033_audit_order.sql") },
    Step { name: "row_versions", text: include_str!("../../../sql/schema/0034_row_versions.sql") },
    Step { name: "uncovered_visits", text: include_str!("../../../sql/schema/0035_uncovered_visits.sql") },
    Step { name: "what_law_asks", text: include_str!("../../../sql/schema/0036_what_law_asks.sql") },
    Step { name: "never_shared", text: include_str!("../../../sql/schema/0037_never_shared.sql") },
    Step { name: "signers", text: include_str!("../../../sql/schema/0038_signers.sql") },
    Step { name: "papers", text: include_str!("../../../sql/schema/0039_papers.sql") },
    Step { name: "report_periods", text: include_str!("../../../sql/schema/0040_report_periods.sql") },
    Step { name: "previews", text: include_str!("../../../sql/schema/0041_previews.sql") },
    Step { name: "remainders", text: include_str!("../../../sql/schema/0042_remainders.sql") },
    Step { name: "directories", text: include_str!("../../../sql/schema/0043_directories.sql") },
    Step { name: "resources_by_name", text: include_str!("../../../sql/schema/0044_resources_by_name.sql") },
];

/// The schema of the databases that this program makes, and its SQLite.
pub(crate) fn about() -> (i64, &'static str) {
    (newest(STEPS), sqlite::library())
}

/// What opening a database did to its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upgrade {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The copy made before the upgrade; none for a server, and none if there was nothing to do.
    pub(crate) copy: Option<PathBuf>,
}

impl Upgrade {
    /// What is to be said of it.
    pub(crate) fn note(&self) -> Option<String> {
        let done = match &self.copy {
            Some(copy) => format!("a copy from before is at `{}`", copy.display()),
            None => "older programs refuse it from now on".to_owned(),
        };
        (self.from < self.to).then(|| format!("the database was upgraded; {done}"))
    }
}

fn newest(steps: &[Step]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// The newest schema that this program knows, in steps.
pub(super) fn newest_schema() -> i64 {
    newest(STEPS)
}

/// The schema of an open database. Refused unless this program knows it.
pub(super) fn schema_of(db: &mut Db, location: &Location) -> Result<i64> {
    version(db, location, newest(STEPS))
}

/// Checks an opened database and upgrades an older one. `derive` computes what steps written in SQL cannot.
pub(super) fn admit(
    mut db: Db, location: &Location, derive: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<(Db, Upgrade)> {
    let upgrade = upgrade(&mut db, location, STEPS, derive)?;
    db.keep_log();
    Ok((db, upgrade))
}

/// Refused if it would have to be upgraded.
pub(super) fn must_be_current(db: &mut Db, location: &Location) -> Result<()> {
    let newest = newest(STEPS);
    if version(db, location, newest)? == newest {
        return Ok(());
    }
    Err(Error::new(Kind::Environment, "database.older", format!("`{location}` is of an older caredesk"))
        .hint("`caredesk database migrate` upgrades it"))
}

/// The schema of an open database, in steps.
fn version(db: &mut Db, location: &Location, newest: i64) -> Result<i64> {
    let version = match db {
        Db::Sqlite(database) => database.version().map_err(|error| name_the_file(error, location))?,
        Db::Postgres(database) => database.version()?,
    };
    known(version, location, newest).map_err(|error| name_the_program(db, error))
}

/// Says which program knows the schema of a newer database: the one that made or upgraded it has left its version there.
fn name_the_program(db: &mut Db, error: Error) -> Error {
    if error.code() != "database.too_new" {
        return error;
    }
    let sql = "SELECT value FROM setting WHERE name = 'program'";
    match db.read(|tx| tx.first(sql, params![], |row| row.get::<String>("value"))) {
        Ok(Some(program)) => error.hint(newer_program(&program)),
        _ => error,
    }
}

/// What to do about something that this program, or a newer one, has written.
pub(crate) fn newer_program(version: &str) -> String {
    let is_one = |letter: char| letter.is_ascii_alphanumeric() || ".-+".contains(letter);
    let version = if version.chars().all(is_one) { version } else { "NEWER" };
    format!(
        "use caredesk {version} or a newer one: this one would not understand what it finds, and leaves it as it is"
    )
}

/// Refused unless this program knows the schema.
fn known(version: Option<i64>, location: &Location, newest: i64) -> Result<i64> {
    match version {
        None => Err(Error::new(
            Kind::Environment,
            "database.foreign",
            format!("`{location}` holds no caredesk database"),
        )
        .hint("create one there with `caredesk init`, or name another with `--db`")),
        Some(version) if version > newest => Err(Error::new(
            Kind::Environment,
            "database.too_new",
            format!(
                "`{location}` was created by a newer caredesk: its schema is {version}, this program knows {newest}"
            ),
        )
        .hint("use the newer program; this one would not understand what it finds")),
        Some(version) => Ok(version),
    }
}

fn name_the_file(error: Error, location: &Location) -> Error {
    if error.code() != "database.not_a_database" {
        return error;
    }
    Error::new(Kind::Environment, "database.not_a_database", format!("`{location}` is not a database"))
        .hint("name another with `--db`, or create one with `caredesk init`")
}

/// Upgrades an older database; leaves a current one alone. Of several processes that begin at once one upgrades, and the
/// others wait for it and find it done.
fn upgrade(
    db: &mut Db, location: &Location, steps: &[Step], derive: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<Upgrade> {
    let to = newest(steps);
    let current = Upgrade { from: to, to, copy: None };
    if version(db, location, to)? == to {
        return Ok(current);
    }
    if let Db::Postgres(database) = db {
        database.must_own(&["schema_migration"])?;
    }
    let mut tx = Tx::begin_migration(db)?;
    let from = known(tx.version()?, location, to)?;
    if from == to {
        return Ok(current);
    }
    let copy = match location {
        Location::File(path) => Some(copy::set_aside(path, from)?),
        Location::Server(_) => None,
    };
    let done = tx.migrate(steps, from).and_then(|()| derive(&mut tx)).map_err(Ended::RolledBack);
    match done.and_then(|()| tx.end(Ending::Commit)) {
        Ok(()) => Ok(Upgrade { from, to, copy }),
        Err(Ended::RolledBack(error)) => Err(not_upgraded(error, location, copy.as_deref())),
        Err(Ended::Open(error)) => Err(error),
    }
}

/// An upgrade that was rolled back as a whole, and where one goes from there.
fn not_upgraded(error: Error, location: &Location, copy: Option<&Path>) -> Error {
    if error.kind() == Kind::Interrupted {
        return error;
    }
    let message = format!("the upgrade failed, and `{location}` is as it was before: {}", error.message());
    let mut hint = match (error.kind(), error.hint_text()) {
        (Kind::Internal, _) | (_, None) => "mend what failed and repeat the command".to_owned(),
        (_, Some(hint)) => hint.to_owned(),
    };
    hint += ", or go on with the older program";
    if let Some(copy) = copy {
        hint += &format!("; a copy is at `{}`", copy.display());
    }
    Error::new(error.kind(), "database.not_upgraded", message).hint(hint).because(error)
}

impl<'a> Tx<'a> {
    /// A transaction that changes the schema: one at a time, and none beside it that writes.
    pub(super) fn begin_migration(db: &'a mut Db) -> Result<Self> {
        Ok(Tx::new(match db {
            Db::Sqlite(database) => Engine::Sqlite(database.begin_writing()?),
            Db::Postgres(database) => Engine::Postgres(database.begin_migration()?),
        }))
    }

    /// Where the answer to it is lost, the next command finds out.
    pub(super) fn commit(self) -> Result<()> {
        self.end(Ending::Commit).map_err(|(Ended::RolledBack(error) | Ended::Open(error))| error)
    }

    /// Runs several statements without values, such as those of a schema.
    pub(super) fn script(&mut self, text: &str) -> Result<()> {
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => tx.script(text),
            Engine::Postgres(tx) => tx.script(text),
        })
    }

    /// Writes the newest schema into a database that is empty.
    pub(super) fn lay_out(&mut self) -> Result<()> {
        self.migrate(STEPS, 0)
    }

    fn version(&mut self) -> Result<Option<i64>> {
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::version(tx),
            Engine::Postgres(tx) => tx.version(),
        })
    }

    /// Applies the steps that are missing.
    fn migrate(&mut self, steps: &[Step], from: i64) -> Result<()> {
        self.drop_version_triggers()?;
        let done = usize::try_from(from).unwrap_or(0);
        let mut text = String::new();
        for (number, step) in (1..).zip(steps).skip(done) {
            text += &in_words_of(self, step.text);
            text += &format!(
                "\nINSERT INTO schema_migration (version, name) VALUES ({number}, '{}');\n",
                step.name
            );
        }
        // Which program knows the schema, for an older one to name.
        if steps.iter().any(|step| step.text.contains("CREATE TABLE setting (")) {
            text += &format!(
                "INSERT INTO setting (name, value) VALUES ('program', '{}')
                ON CONFLICT (name) DO UPDATE SET value = excluded.value;\n",
                env!("CARGO_PKG_VERSION")
            );
        }
        if self.is_sqlite() {
            text += &sqlite::mark(newest(steps));
        }
        self.script(&text)
    }
}

/// The schema is written in PostgreSQL's type words, in capitals. SQLite's STRICT tables know only four
/// types, and keeps a table in the order of its key if asked to; on PostgreSQL text is compared byte by byte, as SQLite does.
fn in_words_of(tx: &Tx<'_>, text: &str) -> String {
    let words: &[(&str, &str)] = match tx.engine {
        Engine::Sqlite(_) => &[
            (" UUID", " BLOB"),
            (" BYTEA", " BLOB"),
            (" TIMESTAMPTZ", " TEXT"),
            (" DATE", " TEXT"),
            (" BOOLEAN", " INTEGER"),
            (" BIGINT", " INTEGER"),
            ("\n);", "\n) STRICT;"),
            ("\n) WITHOUT ROWID;", "\n) STRICT, WITHOUT ROWID;"),
        ],
        Engine::Postgres(_) => &[
            (" TEXT", " TEXT COLLATE \"C\""),
            (" WITHOUT ROWID", ""),
            ("run_instant()", as_of::POSTGRES_INSTANT),
            ("run_day()", as_of::POSTGRES_DAY),
        ],
    };
    words.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

impl Db {
    /// A file that was made by an `init` that was cut off, or from a copy, has no log that lets others read while one writes.
    pub(super) fn keep_log(&self) {
        if let Db::Sqlite(database) = self {
            database.keep_log();
        }
    }

    /// The damage of the database; empty if it is sound. A server checks itself.
    pub(crate) fn integrity_errors(&self) -> Result<Vec<String>> {
        match self {
            Db::Sqlite(database) => database.integrity_errors(),
            Db::Postgres(_) => Ok(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests;
