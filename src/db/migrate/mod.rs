//! The versions of the schema: numbered steps, one text for both engines. A newer database is refused; an
//! older one is upgraded, a file after it was copied.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Db, Location, as_of};
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
];

/// "care" in ASCII, in the header of the file, tells our databases from those of other programs.
const APPLICATION: i64 = 0x6361_7265;

/// What opening a database did to its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upgrade {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The copy made before the upgrade; none for a server, and none if there was nothing to do.
    pub(crate) copy: Option<PathBuf>,
}

fn newest(steps: &[Step]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// Checks an opened database and upgrades an older one.
pub(super) fn admit(mut db: Db, location: &Location) -> Result<(Db, Upgrade)> {
    let upgrade = upgrade(&mut db, location, STEPS)?;
    Ok((db, upgrade))
}

/// The schema of an open database, in steps.
fn version(db: &mut Db, location: &Location, newest: i64) -> Result<i64> {
    let version = match db {
        Db::Sqlite(database) => {
            let ours = database.number("application_id").map_err(|error| name_the_file(error, location))?
                == APPLICATION;
            let version = database.number("user_version")?;
            ours.then_some(version)
        }
        Db::Postgres(database) => database.version()?,
    };
    match version {
        None | Some(0) => Err(Error::new(
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

/// Writes the whole schema into an empty database.
pub(super) fn install(mut db: Db, location: &Location) -> Result<Db> {
    must_be_vacant(&mut db, location)?;
    if let Err(error) = apply(&mut db, STEPS, 0) {
        // Another process may have done it at the same time.
        must_be_vacant(&mut db, location)?;
        return Err(error);
    }
    Ok(db)
}

/// On a server the database exists already, and a file may be left over; it counts as ours if it has our schema.
pub(super) fn must_be_vacant(db: &mut Db, location: &Location) -> Result<()> {
    let is_ours = match db {
        Db::Sqlite(database) => database.number("application_id")? == APPLICATION,
        Db::Postgres(database) => database.version()?.is_some(),
    };
    if is_ours {
        return Err(Error::refused(
            "database.exists",
            format!("`{location}` holds a caredesk database already"),
        )
        .hint("use it as it is, or name another with `--db`"));
    }
    Ok(())
}

/// Upgrades an older database; leaves a current one alone. Of two processes that begin at once, one upgrades
/// and the other finds it done.
fn upgrade(db: &mut Db, location: &Location, steps: &[Step]) -> Result<Upgrade> {
    let to = newest(steps);
    let from = version(db, location, to)?;
    if from == to {
        return Ok(Upgrade { from, to, copy: None });
    }
    let copy = match (&db, location) {
        (Db::Sqlite(database), Location::File(path)) => Some(set_aside(database, path, from)?),
        _ => None,
    };
    match apply(db, steps, from) {
        Err(error) if version(db, location, to)? != to => Err(error),
        _ => Ok(Upgrade { from, to, copy }),
    }
}

/// Copies the file before it is upgraded: readable by its owner alone, and under its name only when it is whole. One that is
/// there already was made by another process.
fn set_aside(database: &super::sqlite::Database, path: &Path, version: i64) -> Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().display().to_string();
    let copy = path.with_file_name(format!("{name}.before-{}", version + 1));
    if copy.symlink_metadata().is_ok() {
        return must_be_whole(copy, version);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unwritable = |error: std::io::Error| {
        let message = format!("the copy `{}` before an upgrade cannot be written: {error}", copy.display());
        Error::new(Kind::Environment, "database.no_copy", message)
            .hint("make room there; without a copy nothing is upgraded")
    };
    let file = tempfile::Builder::new().prefix(".caredesk-").tempfile_in(folder).map_err(unwritable)?;
    database.copy_to(file.path())?;
    file.as_file().sync_all().map_err(unwritable)?;
    match file.persist_noclobber(&copy) {
        Err(error) if error.error.kind() != std::io::ErrorKind::AlreadyExists => Err(unwritable(error.error)),
        _ => Ok(copy),
    }
}

/// Refused unless the file is a database of ours with that schema, and as long as its header says.
fn must_be_whole(copy: PathBuf, version: i64) -> Result<PathBuf> {
    let mut header = [0; 100];
    let length = std::fs::File::open(&copy).and_then(|mut file| {
        file.read_exact(&mut header)?;
        Ok(file.metadata()?.len())
    });
    let number = |at: usize| {
        header
            .get(at..at + 4)
            .map_or(0, |bytes| bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    // A page of 65,536 bytes is written as 1.
    let page = match u64::from(header[16]) << 8 | u64::from(header[17]) {
        1 => 65_536,
        size => size,
    };
    let is_ours = i64::try_from(number(68)) == Ok(APPLICATION) && i64::try_from(number(60)) == Ok(version);
    if is_ours && length.is_ok_and(|length| length == page * number(28)) {
        return Ok(copy);
    }
    let message = format!("`{}` is not the copy before an upgrade that its name says", copy.display());
    Err(Error::new(Kind::Environment, "database.no_copy", message)
        .hint("move it away; without a copy nothing is upgraded"))
}

/// Applies all missing steps in one transaction, so that an error leaves the database unchanged.
fn apply(db: &mut Db, steps: &[Step], from: i64) -> Result<()> {
    let done = usize::try_from(from).unwrap_or(0);
    let mut text = String::from(match db {
        Db::Sqlite(_) => "BEGIN IMMEDIATE;\n",
        Db::Postgres(_) => "BEGIN;\n",
    });
    for (number, step) in steps.iter().enumerate().skip(done).map(|(index, step)| (index + 1, step)) {
        text += &in_words_of(db, step.text);
        text +=
            &format!("\nINSERT INTO schema_migration (version, name) VALUES ({number}, '{}');\n", step.name);
    }
    match db {
        Db::Sqlite(database) => {
            text += &format!(
                "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}; COMMIT;",
                steps.len()
            );
            database.script(&text)
        }
        Db::Postgres(database) => database.script(&(text + "COMMIT;")),
    }
}

/// The schema is written in PostgreSQL's type words, in capitals. SQLite's STRICT tables know only four
/// types, and keeps a table in the order of its key if asked to; on PostgreSQL text is compared byte by byte, as SQLite does.
fn in_words_of(db: &Db, text: &str) -> String {
    let words: &[(&str, &str)] = match db {
        Db::Sqlite(_) => &[
            (" UUID", " BLOB"),
            (" BYTEA", " BLOB"),
            (" TIMESTAMPTZ", " TEXT"),
            (" DATE", " TEXT"),
            (" BOOLEAN", " INTEGER"),
            (" BIGINT", " INTEGER"),
            ("\n);", "\n) STRICT;"),
            ("\n) WITHOUT ROWID;", "\n) STRICT, WITHOUT ROWID;"),
        ],
        Db::Postgres(_) => &[
            (" TEXT", " TEXT COLLATE \"C\""),
            (" WITHOUT ROWID", ""),
            ("run_instant()", as_of::POSTGRES_INSTANT),
            ("run_day()", as_of::POSTGRES_DAY),
        ],
    };
    words.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

impl Db {
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
