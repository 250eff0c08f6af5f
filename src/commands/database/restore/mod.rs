//! `database restore`: puts what a backup holds in the place of a database. At every moment there is the one or the other, and what is
//! replaced is kept.

mod place;
mod present;
mod words;

use std::path::{Path, PathBuf};

use super::archive::{self, Examined};
use crate::commands::prelude::*;
use crate::context::Run;
use crate::db::{Db, Location};
use crate::file::TemporaryFolder;
use crate::model::account::Actor;
use crate::model::zone::Zone;
use crate::store::audit;
use crate::store::database::Contents;
use present::Present;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk database restore /backups/caredesk-20261128T023000Z.zip
  $ caredesk database restore care.zip --db drill.db

The database is that of `--db`. One that is there is replaced as a whole after a question, which needs an admin of it, and kept: a file beside it, as `NAME.replaced-TIME`; \
that of a server as a backup, in the folder of the restored one or in that of `--keep`. An older backup is upgraded first, and a newer one refused. Other processes go on with what \
was restored.")]
pub(super) struct Restore {
    /// The backup; `-` is standard input
    file: Input,
    /// The folder that keeps what is replaced
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    keep: Option<PathBuf>,
}

view! {
    /// A database that holds what a backup held.
    pub(super) struct RestoredView("database", |view| &view.database) {
        database: String => Text,
        backup: String => Code,
        /// When the backup was taken.
        taken_at: DateTime<Utc> => Instant,
        clients: i64 => Number,
        packages: i64 => Number,
        accounts: i64 => Number(hidden),
        /// The number of the newest entry of the audit trail of the backup.
        entries: i64 => Number,
        /// The hash of that entry.
        head: String => Code(hidden),
        /// What holds the database that was replaced; null if there was none.
        kept: Option<String> => Text,
    }
}

/// What takes the place of a database.
struct Incoming {
    view: RestoredView,
    contents: Contents,
    /// The database, upgraded, in a file that nothing else uses.
    file: PathBuf,
    unsound: Vec<String>,
}

pub(super) fn run(run: &Run, command: &Restore) -> Result<()> {
    run.report(|| {
        let name = command.file.name();
        let folder = work_folder(run)?;
        let examined = archive::examine(run, &command.file.open()?, &name, &folder)?;
        let mut incoming = incoming(run, &name, examined)?;
        let present = present::look(run)?;
        incoming.view.kept = present.kept_as(run, command)?.map(|path| path.display().to_string());
        if let Some(question) = words::question(run, &present, &incoming)? {
            run.ask_first(&question)?;
        }
        let sentence = words::sentence(&incoming.view);
        let is_new = matches!(present, Present::Missing | Present::Vacant);
        if !run.dry_run {
            record(run, &present, &incoming)?;
            place::place(run, present, &incoming, command)?;
        }
        let change =
            if is_new { Change::created(incoming.view) } else { Change::updated_only(incoming.view) };
        Ok(Some(change.saying(sentence)))
    })
}

/// On the disk of a database in a file, so that it only has to be renamed.
fn work_folder(run: &Run) -> Result<TemporaryFolder> {
    match &run.location {
        Location::File(path) => TemporaryFolder::beside(path),
        Location::Server(_) => TemporaryFolder::anywhere(),
    }
}

/// Upgrades the database of the backup, where it is older, before anything else is touched.
fn incoming(run: &Run, name: &str, examined: Examined) -> Result<Incoming> {
    let Examined { manifest, database, unsound } = examined;
    let (mut db, _) = Db::open(&Location::File(database.clone()), store::derive)?;
    let contents = db.read(store::database::contents)?;
    let Contents { clients, packages, accounts } = contents;
    let view = RestoredView {
        database: run.location.to_string(),
        backup: name.to_owned(),
        taken_at: manifest.taken_at,
        clients,
        packages,
        accounts,
        entries: manifest.entries,
        head: manifest.head,
        kept: None,
    };
    Ok(Incoming { view, contents, file: database, unsound })
}

/// Writes into what will be the database that it was restored, and by whom: the actor of the present one, and where there is none
/// the user of the operating system.
fn record(run: &Run, present: &Present, incoming: &Incoming) -> Result<()> {
    let mut run = Run { location: Location::File(incoming.file.clone()), operation_key: None, ..run.clone() };
    let (mut db, _) = Db::open(&run.location, store::derive)?;
    db.read(|tx| {
        let newest = tx.ask(&audit::last())?;
        run.set_clock(tx, newest.and_then(|end| end.at))
    })?;
    let actor = if let Present::There(context) = present {
        context.actor.clone()
    } else {
        let id = run.keys.borrow_mut().key(run.now);
        Actor { account: Account::first_admin(id, &run.identity.user), impersonator: None }
    };
    let context = Context::with(run, db, Zone::utc(), actor);
    let subject = Path::new(&incoming.view.backup).file_name().unwrap_or_default().to_string_lossy();
    let change = || Change::created(incoming.view.clone()).on(&subject);
    context.step("database.restore", |_| Ok(change())).map(drop)
}
