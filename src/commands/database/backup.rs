//! `database backup`: a copy of all, while others work, that is known to be whole when it gets its name.

use std::path::PathBuf;

use super::archive::{self, Written};
use super::outdated;
use crate::commands::prelude::*;
use crate::file::{Mode, TemporaryFolder};
use crate::model::backup::{Keep, file_name, size};
use crate::output::progress::Progress;
use crate::output::target::Target;
use crate::output::terminal;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk database backup /backups --keep-daily 7 --keep-weekly 5
  $ caredesk database backup - | age -r RECIPIENT > caredesk.zip.age

A backup holds all that the database holds, whatever the engine, and can be restored on either. It is not encrypted; only you can read the file. It gets its name once it was unpacked \
again and compared with the database. With a `--keep` option the backups of this database in the folder that none of them keeps are removed then; files of other names or databases stay.")]
pub(super) struct BackupArgs {
    /// The file to write, the folder for a file named after the time, or `-` for standard output
    #[arg(value_name = "FILE|DIR|-", value_hint = clap::ValueHint::AnyPath)]
    to: Target,
    /// Keep the last backup of each of so many days, and remove what no `--keep` option keeps
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep_daily: Option<u32>,
    /// The same of weeks
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep_weekly: Option<u32>,
    /// The same of months
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep_monthly: Option<u32>,
}

view! {
    /// A backup that was written.
    pub(super) struct BackupView("backup", |view| &view.file) {
        file: String => Code,
        /// In bytes.
        size: i64 => Number,
        sha256: String => Code(hidden),
        schema: i64 => Number(hidden),
        rows: i64 => Number,
        /// The number of the newest entry of the audit trail.
        entries: i64 => Number,
        /// The hash of that entry, which `audit verify --head` takes.
        head: String => Code(hidden),
        /// Older backups in its folder that no option keeps, by their names.
        removed: Vec<String> => Text,
        /// What is wrong with the database that it is a copy of; empty if it is sound.
        unsound: Vec<String> => Text(hidden),
    }
}

pub(super) fn run(context: &Context, command: &BackupArgs) -> Result<()> {
    context.takes_no_operation_key()?;
    let mut unsound = Vec::new();
    context.report(|| {
        let keep = keep(command)?;
        let (to, name) = destination(context, &command.to)?;
        let written = write(context, &to)?;
        unsound.clone_from(&written.unsound);
        let removed = match keep {
            // What is not sound replaces nothing.
            Some(keep) if unsound.is_empty() => outdated::remove(context, &to, &written.manifest, keep)?,
            _ => Vec::new(),
        };
        let view = view(&to, written, removed)?;
        let change = recorded(context, &view, &name);
        Ok((!to.is_standard()).then_some(change))
    })?;
    match unsound.first() {
        None => Ok(()),
        Some(first) => {
            let message = format!("the backup was written, but the database is not sound: {first}");
            Err(Error::new(Kind::Environment, "backup.unsound", message)
                .hint("`caredesk database check` lists all that is wrong; keep the older backups")
                .detail("unsound", unsound))
        }
    }
}

/// None where nothing is removed.
fn keep(command: &BackupArgs) -> Result<Option<Keep>> {
    let wanted = [command.keep_daily, command.keep_weekly, command.keep_monthly];
    if wanted == [None; 3] {
        return Ok(None);
    }
    if command.to.is_standard() || !command.to.path().is_dir() {
        let message = "backups are kept and removed in a folder, and this names none";
        return Err(Error::usage(message)
            .hint("name the folder of the backups, such as `caredesk database backup DIR --keep-daily 7`"));
    }
    let [daily, weekly, monthly] = wanted.map(Option::unwrap_or_default);
    Ok(Some(Keep { daily, weekly, monthly }))
}

/// Where it is written, and the name by which the audit trail knows it.
fn destination(context: &Context, to: &Target) -> Result<(Target, String)> {
    if to.is_standard() {
        if terminal::out_is_one() {
            return Err(Error::new(Kind::Usage, "usage.terminal", "a terminal cannot show a backup")
                .hint("name a file or a folder, or send it on: `caredesk database backup - | age …`"));
        }
        return Ok((to.clone(), "-".to_owned()));
    }
    let path =
        if to.path().is_dir() { to.path().join(file_name(context.now())) } else { to.path().to_owned() };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok((Target::from(path), name.unwrap_or_default()))
}

fn write(context: &Context, to: &Target) -> Result<Written> {
    let file = to.begin(Mode::Private, context.overwrite)?;
    let folder = if to.is_standard() {
        TemporaryFolder::new().map_err(|error| crate::file::unwritable(to.path(), error))?
    } else {
        TemporaryFolder::beside(to.path())?
    };
    let engine = context.with_database(|db| Ok(db.engine()))?;
    let mut progress = Progress::spinning(&context.out, "Copying");
    let copy = |path: &std::path::Path| {
        context.with_database(|db| db.copy_to_file(path, &mut |rows| progress.step(rows)))
    };
    let written = archive::write(context, (engine, context.now()), &folder, &file, copy)?;
    if !context.dry_run || to.is_standard() {
        file.keep()?;
    }
    Ok(written)
}

fn view(to: &Target, written: Written, removed: Vec<String>) -> Result<BackupView> {
    let Written { manifest, size, sha256, unsound } = written;
    let size = i64::try_from(size).map_err(|error| Error::internal(error.to_string()))?;
    let (rows, file) = (manifest.rows(), PathBuf::from(to.path()).display().to_string());
    let (schema, entries, head) = (manifest.schema, manifest.entries, manifest.head);
    Ok(BackupView { file, size, sha256, schema, rows, entries, head, removed, unsound })
}

/// Who took a copy of all is recorded. The copy stands even where that cannot be, such as on a standby.
fn recorded(context: &Context, view: &BackupView, name: &str) -> Change<BackupView> {
    let change = || Change::created(view.clone()).on(name).saying(sentence(view));
    archive::recorded(context, "database.backup", "the backup stands, but the audit trail", change)
}

fn sentence(view: &BackupView) -> String {
    let BackupView { file, rows, entries, .. } = view;
    let size = size(u64::try_from(view.size).unwrap_or_default());
    let rows = counted(*rows, "row", "rows");
    let entries = counted(*entries, "entry", "entries");
    let removed = match view.removed.as_slice() {
        [] => String::new(),
        removed => format!(" Removed {}.", removed.join(", ")),
    };
    format!(
        "Created backup {file} ({size}): {rows}, with an audit trail of {entries}. It was unpacked again and is whole.{removed}"
    )
}
