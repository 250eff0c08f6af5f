//! `database copy`: all into an empty database of either engine, proved to be equal.

use super::archive;
use crate::commands::prelude::*;
use crate::db::{Db, Location, TableSum};
use crate::model::audit::hex;
use crate::output::progress::Progress;
use crate::store::audit;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk database copy postgres://caredesk@db.example/care
  $ caredesk database copy care.db --db postgres://caredesk@db.example/care

The target is a file or a server that holds nothing. It is a copy of one moment; what others change meanwhile is not in it. At the end each table of both is compared, by the number of its rows and a digest \
of them, and only then the target is a database. A copy that was cut off goes on when it is repeated: tables that are equal are left, others are copied anew.")]
pub(super) struct Copy {
    /// The database that is to be: a file, or `postgres://user:password@host/database`
    #[arg(value_name = "PATH|URL")]
    target: Location,
}

view! {
    /// A database that is equal to another.
    pub(super) struct CopiedView("database", |view| &view.database) {
        database: String => Text,
        from: String => Text,
        tables: Vec<ComparedTable> => Many,
        rows: i64 => Number,
        /// The number of the newest entry of the audit trail.
        entries: i64 => Number,
        /// The hash of that entry, which `audit verify --head` takes.
        head: String => Code(hidden),
    }
}

/// What a table holds in both.
#[derive(Clone, Debug, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub(super) struct ComparedTable {
    table: String,
    rows: i64,
    /// The sum of the digests of its rows.
    digest: String,
}

pub(super) fn run(context: &Context, command: &Copy) -> Result<()> {
    context.takes_no_operation_key()?;
    context.report(|| {
        let target = &command.target.clone().with_password(&context.passwords)?;
        let (origin, entries, head) = context.read(|tx| {
            let end = tx.ask(&audit::last())?;
            let (entries, hash) = end.map(|end| (end.sequence, end.hash)).unwrap_or_default();
            Ok((hex(&audit::origin(tx)?.unwrap_or_default()), entries, hex(&hash)))
        })?;
        let sums = if context.dry_run {
            Db::must_be_vacant(target)?;
            context.with_database(|db| db.read(|tx| tx.sums(&mut |_| {})))?
        } else {
            copied(context, target, &origin)?
        };
        let view = view(context, target, sums, (entries, head));
        Ok(Some(recorded(context, &view)))
    })
}

fn copied(context: &Context, target: &Location, origin: &str) -> Result<Vec<TableSum>> {
    let mut into = Db::open_for_copy(target)?;
    let total = context.with_database(Db::row_total)?;
    let mut progress = Progress::new(&context.out, "Copying", total);
    context.with_database(|db| {
        db.transfer(&mut into, target, origin, store::versions::install, &mut |rows| progress.step(rows))
    })
}

fn view(
    context: &Context, target: &Location, sums: Vec<TableSum>, (entries, head): (i64, String),
) -> CopiedView {
    let rows = sums.iter().map(|sum| sum.rows).sum();
    let compared = |TableSum { table, rows, sum }: TableSum| ComparedTable { table, rows, digest: sum };
    let tables = sums.into_iter().map(compared).collect();
    CopiedView {
        database: target.to_string(),
        from: context.location.to_string(),
        tables,
        rows,
        entries,
        head,
    }
}

/// Who took a copy of all is recorded in the source, behind what was copied. The copy stands even where that cannot be.
fn recorded(context: &Context, view: &CopiedView) -> Change<CopiedView> {
    let change = || Change::created(view.clone()).saying(sentence(view));
    archive::recorded(context, "database.copy", "the copy stands, but the audit trail of the source", change)
}

fn sentence(view: &CopiedView) -> String {
    let tables = counted(view.tables.len() as u64, "table", "tables");
    let rows = counted(view.rows, "row", "rows");
    let entries = counted(view.entries, "entry", "entries");
    format!(
        "Created {}, equal to {}: {tables} with {rows} were compared by number and digest, with an audit trail of {entries}.",
        view.database, view.from
    )
}
