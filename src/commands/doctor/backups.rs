//! The last backup, and the last proof that one is whole: as the audit trail has them.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Look;
use crate::commands::prelude::*;
use crate::model::audit::Link;
use crate::model::doctor::Outcome;
use crate::model::text::shell_word;
use crate::store::audit::{self, Filter};

const BACKUP: &str = "database.backup";
const VERIFY: &str = "database.verify";

/// How old the last one is.
pub(super) fn last(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let newest = newest(tx, BACKUP)?;
    let folder = newest.as_ref().and_then(|link| file(link)?.parent().map(Path::to_owned));
    let folder = folder.map_or_else(|| "DIR".to_owned(), |folder| word(&folder));
    let mends = format!("caredesk database backup {folder}");
    Ok(judged(look, newest.as_ref(), look.command.backup_age, "backup", &mends))
}

/// Each is unpacked and compared when it is made; that it still can be is only known from another look.
pub(super) fn verified(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let newest_backup = newest(tx, BACKUP)?;
    let file = newest_backup.as_ref().and_then(file).map_or_else(|| "FILE".to_owned(), |file| word(&file));
    let newest = newest(tx, VERIFY)?;
    let mends = format!("caredesk database verify {file} --record");
    Ok(judged(look, newest.as_ref(), look.command.verify_age, "verification of a backup", &mends))
}

fn judged(
    look: &Look<'_>, newest: Option<&Link>, age: chrono::TimeDelta, what: &str, mends: &str,
) -> Outcome {
    let Some(link) = newest else {
        let never = [format!("no {what} is known")];
        return Outcome::of(&never, "", "never", Clone::clone, |_| mends.to_owned());
    };
    let at = look.context.zone.local(link.entry.at);
    let name = format!("{} of {at}", link.entry.subject);
    let old: &[&Link] = if look.context.now() - link.entry.at > age { &[link] } else { &[] };
    let detail = format!("the last {what} is old");
    Outcome::of(old, format!("the last {what} is {name}"), detail, |_| name.clone(), |_| mends.to_owned())
}

fn newest(tx: &mut Tx<'_>, action: &str) -> Result<Option<Link>> {
    let filter = Filter { action: Some(action), ..Filter::default() };
    Ok(audit::list(tx, &filter, 1)?.pop())
}

/// Where a backup was written, if that was a file.
fn file(link: &Link) -> Option<PathBuf> {
    let after: Value = serde_json::from_str(link.entry.after.as_deref()?).ok()?;
    after["file"].as_str().filter(|file| *file != "-").map(PathBuf::from)
}

fn word(path: &Path) -> String {
    shell_word(&path.display().to_string())
}
