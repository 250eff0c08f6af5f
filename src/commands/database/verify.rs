//! `database verify`: whether a backup is whole, without any database.

use super::archive::{self, Examined};
use crate::commands::prelude::*;
use crate::context::{Audited, Run};
use crate::file::TemporaryFolder;
use crate::model::backup::size;
use crate::model::time::in_utc;
use crate::output::Card;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk database verify /backups/caredesk-20261128T023000Z.zip
  $ age -d -i key.txt caredesk.zip.age | caredesk database verify -

It compares every byte with the digests in the backup, unpacks the database into a temporary folder, looks for damage, and walks the audit trail. It needs no database and no account; with \
`--record` the database of `--db` keeps that an admin did.")]
pub(super) struct Verify {
    /// The backup; `-` is standard input
    file: Input,
    /// Note in the audit trail of the database that it was verified
    #[arg(long)]
    record: bool,
}

view! {
    /// A backup that is whole.
    pub(super) struct VerifiedView("backup", |view| &view.file) {
        file: String => Code,
        taken_at: DateTime<Utc> => Instant,
        hub: Option<String> => Text,
        /// The version of the program that wrote it.
        program: String => Text(hidden),
        /// Of the database that it is a copy of.
        engine: String => Text(hidden),
        schema: i64 => Number,
        /// Of the database in it, in bytes.
        size: i64 => Number,
        rows: i64 => Number,
        /// The number of the newest entry of the audit trail.
        entries: i64 => Number,
        /// The hash of that entry, which `audit verify --head` takes.
        head: String => Code(hidden),
    }
}

pub(super) fn run(run: &Run, command: &Verify) -> Result<()> {
    let name = command.file.name();
    let folder = TemporaryFolder::anywhere()?;
    let Examined { manifest, unsound, .. } = archive::examine(run, &command.file.open()?, &name, &folder)?;
    if let Some(first) = unsound.first() {
        let message =
            format!("the backup `{name}` is as it was written, but what it holds is not sound: {first}");
        return Err(Error::new(Kind::Environment, "backup.unsound", message)
            .hint("an older backup may be sound; this one can be restored all the same")
            .detail("unsound", unsound));
    }
    let rows = manifest.rows();
    let size = i64::try_from(manifest.size).map_err(|error| Error::internal(error.to_string()))?;
    let view = VerifiedView {
        file: name,
        taken_at: manifest.taken_at,
        hub: manifest.hub,
        program: manifest.program,
        engine: manifest.engine,
        schema: manifest.schema,
        size,
        rows,
        entries: manifest.entries,
        head: manifest.head,
    };
    if command.record {
        record(run, &view, &command.file.short_name())?;
    }
    let sentence = sentence(&view);
    run.out.show(&view, || Some(Card::sentence(&run.out, &sentence)))
}

fn record(run: &Run, view: &VerifiedView, name: &str) -> Result<()> {
    let context = Context::open_with(run.clone(), Action::LookAfterDatabase)?;
    context.audited_read("database.verify", |_| Ok(((), Some(Audited::read_of(name, view)))))
}

fn sentence(view: &VerifiedView) -> String {
    let VerifiedView { file, rows, entries, .. } = view;
    let hub = view.hub.as_ref().map(|hub| format!(" of {hub}")).unwrap_or_default();
    let (taken, size) = (in_utc(view.taken_at), size(u64::try_from(view.size).unwrap_or_default()));
    let rows = counted(*rows, "row", "rows");
    let entries = counted(*entries, "entry", "entries");
    format!(
        "The backup {file}{hub} is whole: taken at {taken}, {size} unpacked, {rows}, with an audit trail of {entries}."
    )
}
