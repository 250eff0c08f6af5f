//! Puts the database of a backup in its place.

use std::fs;
use std::path::{Path, PathBuf};

use super::present::Present;
use super::{Incoming, Restore};
use crate::commands::database::archive;
use crate::commands::prelude::*;
use crate::context::{Run, changed_meanwhile};
use crate::db::{self, Db, Location};
use crate::file::{Mode, TemporaryFolder};
use crate::model::audit::TrailEnd;
use crate::output::progress::Progress;
use crate::output::target::Target;
use crate::store::audit;

pub(super) fn place(run: &Run, present: Present, incoming: &Incoming, command: &Restore) -> Result<()> {
    let kept = incoming.view.kept.as_ref().map(PathBuf::from);
    match (&run.location, present) {
        (Location::File(path), Present::Missing) => db::place_anew(incoming.file.clone(), path),
        (Location::File(path), Present::Vacant) => {
            let mut db = Db::open_vacant(&run.location)?;
            db.replace(path, &incoming.file, None, |_| Ok(()))
        }
        (Location::File(path), Present::Damaged(_)) => {
            db::set_aside(path, incoming.file.clone(), &kept.unwrap_or_default())
        }
        (Location::File(path), Present::There(context)) => {
            let kept = kept.unwrap_or_default();
            match replaced(&context, path, &incoming.file, &kept) {
                Err(error) if error.code() == "database.io" => settled(path, incoming, error),
                // It could be opened, and not be read to its end.
                Err(error) if error.code() == "database.corrupt" => {
                    run.out.warn(&format!("{error}: the file is set aside as it is"));
                    drop(context);
                    db::set_aside(path, incoming.file.clone(), &kept)
                }
                done => done,
            }
        }
        (Location::Server(_), Present::There(context)) => {
            let end = context.read(audit::end)?;
            let kept = kept.unwrap_or_default();
            let done = loaded(&context, incoming, Some((&end, &kept)));
            done.inspect_err(|_| drop(fs::remove_file(&kept)))
                .map_err(|error| if command.keep.is_none() { where_to_keep(error) } else { error })
        }
        (Location::Server(_), _) => {
            let mut db = Db::open_vacant(&run.location)?;
            let mut progress = Progress::spinning(&run.out, "Restoring");
            load(run, &mut db, incoming, None, &mut |rows| progress.step(rows))
        }
    }
}

fn replaced(context: &Context, path: &Path, by: &Path, kept: &Path) -> Result<()> {
    let end = context.read(audit::end)?;
    context.with_database(|db| db.replace(path, by, Some(kept), |db| db.read(|tx| must_be_as(tx, &end))))
}

/// The disk failed: perhaps after all was there.
fn settled(path: &Path, incoming: &Incoming, error: Error) -> Result<()> {
    let end_in = |mut db: Db| db.read(audit::end);
    let now = db::open_settled(path).and_then(end_in);
    let wanted = db::open_copy(&incoming.file).and_then(|(db, _)| end_in(db));
    match (now, wanted) {
        (Ok(now), Ok(wanted)) if now == wanted => Ok(()),
        _ => Err(error),
    }
}

/// What was asked about.
fn must_be_as(tx: &mut Tx<'_>, end: &TrailEnd) -> Result<()> {
    if audit::end(tx)? == *end { Ok(()) } else { Err(changed_meanwhile()) }
}

fn loaded(context: &Context, incoming: &Incoming, replaced: Option<(&TrailEnd, &Path)>) -> Result<()> {
    let mut progress = Progress::spinning(&context.out, "Restoring");
    let mut keep = |tx: &mut Tx<'_>| match replaced {
        Some((end, kept)) => {
            must_be_as(tx, end)?;
            keep(context, tx, kept)
        }
        None => Ok(()),
    };
    context.with_database(|db| load(context, db, incoming, Some(&mut keep), &mut |rows| progress.step(rows)))
}

fn load(
    run: &Run, db: &mut Db, incoming: &Incoming, before: Option<db::Before<'_>>, step: db::Step<'_>,
) -> Result<()> {
    let (mut source, _) = db::open_copy(&incoming.file)?;
    db.load(&run.location, &mut source, before, store::versions::install, step)
}

/// Writes a backup of what a server holds, while its writers wait.
fn keep(context: &Context, tx: &mut Tx<'_>, kept: &Path) -> Result<()> {
    let file = Target::from(kept.to_owned()).begin(Mode::Private, false)?;
    let folder = TemporaryFolder::anywhere()?;
    let copy = |path: &Path| tx.save(path, &mut |_| {});
    archive::write(context, ("postgresql", context.now()), &folder, &file, copy)?;
    file.keep()
}

fn where_to_keep(error: Error) -> Error {
    if error.code() == "file.unwritable" {
        return error.hint("what is replaced is kept as a backup: name a folder for it with `--keep DIR`");
    }
    error
}
