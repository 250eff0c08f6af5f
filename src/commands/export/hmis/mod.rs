//! `export hmis`: enrolments and releases as HMIS CSV (rule 8.61).

mod writer;

use serde::Serialize;

use self::writer::{Counts, Writer};
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::file::AtomicFolder;
use crate::output::target::Target;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk export hmis --out hmis
  $ caredesk export hmis --since 2026-10-01 --until 2026-12-31 --out quarter

The files are those of HMIS CSV for the fiscal year 2024: Export, Organization, Project, User, Client, Enrollment and Exit, each with all its \
  columns, and ReleaseOfInformation, which the standard does not have. What it asks for and is not kept here is 99, data not collected. \
  A period has those who were active at a provider within it, and their releases.")]
pub(super) struct Export {
    #[command(flatten)]
    period: Period,
    /// The global option.
    #[arg(skip)]
    pub(super) out: Option<Target>,
}

view! {
    pub(super) struct Exported("export", |view| &view.folder) {
        folder: String => Text,
        clients: u64 => Number,
        enrolments: u64 => Number,
        releases: u64 => Number,
    }
}

/// The audit entry of an export.
#[derive(Serialize)]
struct AuditedExport {
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    clients: u64,
    enrolments: u64,
    releases: u64,
}

/// Recorded before the folder is there; a dry run writes and records nothing.
pub(super) fn run(context: &Context, command: &Export) -> Result<()> {
    context.report(|| {
        let Some(out) = command.out.as_ref().filter(|out| !out.is_special()) else {
            return Err(Error::usage("`export hmis` writes several files")
                .hint("name a new folder for them: `--out hmis`"));
        };
        let (since, until) = command.period.days(context);
        let export = |tx: &mut Tx<'_>| {
            let folder = AtomicFolder::beside(out.path())?;
            let Counts { clients, enrolments, releases } =
                Writer::write(context, tx, &folder, (since, until))?;
            let entry = AuditedExport { since, until, clients, enrolments, releases };
            let name = out.path().display().to_string();
            let done = Exported { folder: name, clients, enrolments, releases };
            Ok(((folder, done), entry))
        };
        let (folder, done) = context.long_export(
            "export.hmis",
            Action::ReadReports,
            context.dry_run,
            export,
            |_tx, _written, entry| Ok(Some(Audited::read_of("hmis", entry))),
        )?;
        if !context.dry_run {
            folder.keep()?;
        }
        let parts = [
            counted(done.clients, "client", "clients"),
            counted(done.enrolments, "enrolment", "enrolments"),
            counted(done.releases, "release", "releases"),
        ];
        let sentence = format!("Wrote {} to {}.", parts.join(", "), done.folder);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}
