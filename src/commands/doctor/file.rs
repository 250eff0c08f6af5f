//! The file of the database, and what lies beside it.

use std::path::Path;

use crate::commands::prelude::*;
use crate::context::health::FileHealth;
use crate::model::doctor::{Check, Outcome};
use crate::model::text::shell_word;

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

fn size(bytes: u64) -> String {
    let mebibytes = bytes >> 20;
    if mebibytes < 10_240 { format!("{mebibytes} MiB") } else { format!("{} GiB", mebibytes >> 10) }
}

fn word(path: &Path) -> String {
    shell_word(&shown(path))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
