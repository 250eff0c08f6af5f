//! Operations, and what they did to the rows of all tables.

mod done;
mod tables;
mod undo;

pub(crate) use done::{DoneFilter, alerts_of, changes, forget_alerts, lift_status, wake_alerts};
pub(crate) use tables::{OTHERS, REFERRERS};
pub(crate) use undo::Undo;

use tables::TABLES;

use crate::model::import::Counts;
use crate::model::operation::{ImportResult, ImportedThing, NOUN, Operation};
use crate::store::prelude::*;

/// What is done from now on to the tables of [`TABLES`] is kept, so that it can be taken back.
pub(crate) fn begin(tx: &mut Tx<'_>, id: OperationId) {
    tx.begin_journal(id, TABLES, OTHERS);
}

pub(crate) fn insert(tx: &mut Tx<'_>, operation: &Operation) -> Result<()> {
    let Operation { id, code, at, account_id, acted_by, action, input, counts, undoes, .. } = operation;
    let Operation { source, layout, .. } = operation;
    let numbers = [counts.read, counts.created, counts.updated, counts.unchanged, counts.rejected];
    let [read, created, updated, unchanged, rejected] =
        numbers.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let (first, last) = (operation.first_entry, operation.last_entry);
    let values = params![
        *id, *code, *at, *account_id, *acted_by, *action, *input, read, created, updated, unchanged,
        rejected, first, last, *undoes, *source, *layout
    ];
    tx.run(sql!("operation/insert"), values).map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("operation/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// Whether the action has imported files of this layout, and it was not taken back.
pub(crate) fn is_known(tx: &mut Tx<'_>, action: &str, layout: &str) -> Result<bool> {
    Ok(tx.first(sql!("operation/is_known"), params![action, layout], |_| Ok(()))?.is_some())
}

/// Of an operation that changed nothing.
pub(crate) fn forget(tx: &mut Tx<'_>, id: OperationId) -> Result<()> {
    tx.run(sql!("operation/forget"), params![id])?;
    forget_rows(tx, id)
}

fn forget_rows(tx: &mut Tx<'_>, id: OperationId) -> Result<()> {
    tx.run(sql!("operation/forget_rows"), params![id]).map(drop)
}

pub(crate) fn mark_undone(
    tx: &mut Tx<'_>, import: OperationId, undo: OperationId, kept: usize,
) -> Result<()> {
    let kept = i64::try_from(kept).unwrap_or(i64::MAX);
    exactly_one(tx.run(sql!("operation/mark_undone"), params![import, undo, kept])?, "operation")
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<OperationId>,
    /// The cursor: the first entry of the last one of the page before.
    pub(crate) before: Option<i64>,
}

/// Imports, the newest first.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility, limit: i64,
) -> Result<Vec<Operation>> {
    tx.all(sql!("operation/list"), params![filter.id, filter.before, visibility.account(), limit], read)
}

/// By code or its beginning.
impl Lookup for Operation {
    finds!(by list, Operation, Operation, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Operation> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("operation/candidates"), params![code, code_end, visibility.account()], coded)
    }
}

/// What an operation wrote into the audit trail.
pub(crate) struct Written {
    pub(crate) number: i64,
    pub(crate) action: String,
    pub(crate) subject: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl Written {
    pub(crate) fn thing(&self) -> ImportedThing {
        let result = if self.before.is_none() { ImportResult::Created } else { ImportResult::Updated };
        ImportedThing { number: self.number, thing: self.subject.clone(), result }
    }
}

/// The entries of an import behind the number `after`, without those that were erased.
pub(crate) fn entries(
    tx: &mut Tx<'_>, import: &Operation, after: Option<i64>, limit: i64,
) -> Result<Vec<Written>> {
    let first = after.map_or(import.first_entry, |number| import.first_entry.max(number.saturating_add(1)));
    tx.all(sql!("operation/entries"), params![first, import.last_entry, limit], written)
}

/// The same in front of the number `before`, the last first.
fn entries_back(
    tx: &mut Tx<'_>, import: &Operation, before: Option<i64>, limit: i64,
) -> Result<Vec<Written>> {
    let last = before.map_or(import.last_entry, |number| number.saturating_sub(1));
    tx.all(sql!("operation/entries_back"), params![import.first_entry, last, limit], written)
}

fn written(row: &Row<'_>) -> Result<Written> {
    from_row! { row => Written { number: row.get("sequence")?, action, subject, before, after } }
}

fn read(row: &Row<'_>) -> Result<Operation> {
    let count = |column| Ok::<_, Error>(u64::try_from(row.get::<i64>(column)?).unwrap_or(0));
    let counts = Counts {
        read: count("rows_read")?,
        created: count("created")?,
        updated: count("updated")?,
        unchanged: count("unchanged")?,
        rejected: count("rejected")?,
    };
    from_row! { row => Operation {
        id, code, at, account_id, by, acted_by, action, input, source, layout, counts: counts, first_entry, last_entry, undoes, undone_by,
        undone_at, kept,
    } }
}
