//! The file of the database, and what lies beside it.

use std::path::Path;

use crate::commands::prelude::*;
use crate::context::health::{FileHealth, Strange};
use crate::model::doctor::{Check, Outcome};
use crate::model::text::{shell_word, size};

/// A log, or free room in the file, of less is not worth a word.
const LARGE: u64 = 64 << 20;

/// None for what is not of a file.
pub(super) fn outcome(context: &Context, health: &FileHealth, check: Check) -> Result<Option<Outcome>> {
    Ok(Some(match check {
        Check::Integrity => damage(context.with_database(|db| db.damage())?, "the file is whole"),
        Check::References => {
            damage(context.with_database(|db| db.lost_references())?, "each reference leads to a row")
        }
        Check::Permissions => permissions(health),
        Check::Copies => copies(health),
        Check::Space => space(health),
        Check::Log => log(health),
        Check::FreePages => free_pages(health),
        Check::Schema => schema(&context.strange_schema()?, &context.location.to_string()),
        _ => return Ok(None),
    }))
}

/// A damaged database is restored from a copy.
fn damage(found: Vec<String>, well: &str) -> Outcome {
    Outcome::of(&found, well, "the file is damaged", Clone::clone, |_| "caredesk database check".to_owned())
}

fn permissions(health: &FileHealth) -> Outcome {
    let FileHealth { folder, is_folder_open, exposed, .. } = health;
    if exposed.is_empty() && *is_folder_open {
        let open = [folder];
        return Outcome::of(
            &open,
            "",
            "others can replace the database in",
            |folder| shown(folder),
            |folder| format!("chmod go-w {}", word(folder)),
        );
    }
    let all: Vec<String> = exposed.iter().map(|path| word(path)).collect();
    Outcome::of(
        exposed,
        "only its owner can read the database",
        "others than the owner can read or change",
        |path| shown(path),
        |_| format!("chmod go= {}", all.join(" ")),
    )
}

/// They hold what was erased since, too.
fn copies(health: &FileHealth) -> Outcome {
    let all: Vec<String> = health.copies.iter().map(|path| word(path)).collect();
    Outcome::of(
        &health.copies,
        "no copy from before an upgrade is left",
        "copies from before an upgrade, with the data of then",
        |path| shown(path),
        |_| format!("rm {}", all.join(" ")),
    )
}

/// An upgrade, a copy and writing the file anew take as much room again.
fn space(health: &FileHealth) -> Outcome {
    let Some(space) = health.space else { return Outcome::skipped("the room on the disk is not known") };
    let few: &[&FileHealth] = if space < health.bytes { &[health] } else { &[] };
    Outcome::of(
        few,
        format!("{} are left on the disk", size(space)),
        format!("{} are left on the disk, and a copy of the database takes", size(space)),
        |health| size(health.bytes),
        |health| format!("df -h {}", word(&health.folder)),
    )
}

/// What a reader that does not end keeps from being written into the file, or what a full disk does.
fn log(health: &FileHealth) -> Outcome {
    let large: &[u64] = if health.log_bytes > LARGE { &[health.log_bytes] } else { &[] };
    Outcome::of(
        large,
        format!("the log has {}", size(health.log_bytes)),
        "the log beside the file has grown, since something reads all the while",
        |bytes| size(*bytes),
        |_| "caredesk database vacuum".to_owned(),
    )
}

/// They are used again, so that they matter only where a file stays smaller than it was.
fn free_pages(health: &FileHealth) -> Outcome {
    let FileHealth { free_bytes, bytes, .. } = *health;
    let is_much = free_bytes > LARGE && free_bytes > bytes / 4;
    let much: &[u64] = if is_much { &[free_bytes] } else { &[] };
    Outcome::of(
        much,
        format!("{} of the file are free", size(free_bytes)),
        format!("much of the file, which has {}, holds nothing", size(bytes)),
        |free| size(*free),
        |_| "caredesk database vacuum".to_owned(),
    )
}

/// By a statement, where one makes it as it should be.
fn schema(strange: &[Strange], file: &str) -> Outcome {
    let mends = |one: &Strange| match &one.statement {
        Some(statement) => format!("sqlite3 {} {}", shell_word(file), shell_word(statement)),
        None => "caredesk database restore FILE".to_owned(),
    };
    let well = "tables, views and indexes are those of the program";
    Outcome::of(strange, well, "the schema is not that of the program", |one| one.words.clone(), mends)
}

fn word(path: &Path) -> String {
    shell_word(&shown(path))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
