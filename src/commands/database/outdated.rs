//! Backups that none of the `--keep` options keeps.

use std::fs::{self, File};
use std::path::PathBuf;

use crate::commands::prelude::*;
use crate::file::unreadable;
use crate::interchange::backup;
use crate::model::backup::{Keep, Manifest, is_file_name};
use crate::output::target::Target;

/// Removes them from the folder of a new one, which stands; returns their names. A dry run removes none. Only what has the name of a
/// backup, and says that it is one of the same database, is looked at.
pub(super) fn remove(context: &Context, new: &Target, of: &Manifest, keep: Keep) -> Result<Vec<String>> {
    let mut found: Vec<(DateTime<Utc>, PathBuf)> = others(new, of)?;
    found.push((of.taken_at, new.path().to_owned()));
    found.sort();
    found.reverse();
    let taken: Vec<DateTime<Utc>> = found.iter().map(|(at, _)| *at).collect();
    let stays = keep.staying(&taken, context.zone);
    let mut removed = Vec::new();
    for ((_, path), _) in found.iter().zip(stays).filter(|((_, path), stays)| !stays && path != new.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let done = if context.dry_run { Ok(()) } else { fs::remove_file(path) };
        match done {
            Ok(()) => removed.push(name),
            Err(error) => {
                context.out.warn(&format!("the backup `{}` cannot be removed: {error}", path.display()));
            }
        }
    }
    Ok(removed)
}

fn others(new: &Target, of: &Manifest) -> Result<Vec<(DateTime<Utc>, PathBuf)>> {
    let folder = new.path().parent().unwrap_or(new.path());
    let entries = fs::read_dir(folder).map_err(|error| unreadable(&folder.display().to_string(), error))?;
    let names = entries.flatten().map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy());
        path != new.path() && name.is_some_and(|name| is_file_name(&name))
    });
    // No link is followed.
    let files = names.filter(|path| path.symlink_metadata().is_ok_and(|about| about.is_file()));
    let said = |path: PathBuf| {
        let file = File::open(&path).ok()?;
        let said = backup::manifest(&file, &path.display().to_string()).ok()?;
        (said.origin == of.origin).then_some((said.taken_at, path))
    };
    Ok(files.filter_map(said).collect())
}
