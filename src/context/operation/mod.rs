//! Operations and how they are taken back (rule 7.40). What an import did is kept as one, in the same transaction (rule 5.6).

mod back;
mod entries;
mod import;
mod undo;

pub(crate) use undo::{Explained, Meant, explain_operation};

use super::{Context, ImportArgs, Tx};
use crate::error::Result;
use crate::file::Input;
use crate::model::audit::{Link, noun_of};
use crate::model::code::Prefix;
use crate::model::id::OperationId;
use crate::model::import::Counts;
use crate::model::import_kind::ImportKind;
use crate::model::operation::{Done, Operation};
use crate::store;
use crate::store::operation::DoneFilter;

/// An operation that has begun; none of a dry run.
pub(in crate::context) type Begun = Option<(OperationId, i64)>;

/// Changes, the newest first.
pub(crate) fn operations(tx: &mut Tx<'_>, filter: &DoneFilter<'_>, limit: i64) -> Result<Vec<Done>> {
    let kept_from = store::setting::versions_from(tx)?.unwrap_or_default();
    store::operation::changes(tx, filter, kept_from, limit)
}

/// The one with this entry of the audit trail.
fn operation_with(tx: &mut Tx<'_>, entry: i64) -> Result<Option<Done>> {
    Ok(operations(tx, &DoneFilter { entry: Some(entry), ..DoneFilter::default() }, 1)?.pop())
}

/// Its entries, in order, at most `limit`.
fn links(tx: &mut Tx<'_>, done: &Done, limit: i64) -> Result<Vec<Link>> {
    let numbers = (Some(done.first), Some(done.last));
    let filter = store::audit::Filter { numbers, ..store::audit::Filter::default() };
    let mut links = store::audit::list(tx, &filter, limit)?;
    links.reverse();
    Ok(links)
}

/// The entries of a noun, and those of imports taken back, on a thing of this name behind this number, in order.
fn links_behind(tx: &mut Tx<'_>, noun: &str, on: &str, number: i64) -> Result<Vec<Link>> {
    let numbers = (Some(number.saturating_add(1)), None);
    let filter = store::audit::Filter { on: Some(on), numbers, ..store::audit::Filter::default() };
    let mut links = store::audit::list(tx, &filter, i64::MAX)?;
    links.retain(|link| {
        let action = link.entry.action.as_str();
        noun_of(action) == noun || action == "import.undo"
    });
    links.reverse();
    Ok(links)
}

impl Context {
    pub(in crate::context) fn begin_operation(&self, tx: &mut Tx<'_>) -> Begun {
        if self.dry_run {
            return None;
        }
        let id = self.keys.borrow().aside(self.now());
        store::operation::begin(tx, id);
        Some((id, self.newest_entry()))
    }

    /// After the last entry of the audit trail. Writers are serialised, so the entries of the import are those since it began.
    /// Returns the code; none if nothing changed.
    pub(in crate::context) fn end_operation(
        &self, tx: &mut Tx<'_>, begun: Begun, (kind, args): (ImportKind, &ImportArgs), layout: String,
        counts: Counts,
    ) -> Result<Option<String>> {
        let Some((id, before)) = begun else { return Ok(None) };
        tx.end_journal();
        let last = self.newest_entry();
        if last == before {
            store::operation::forget(tx, id)?;
            return Ok(None);
        }
        let input: Vec<String> = args.files.iter().map(Input::name).collect();
        let operation = self.operation(tx, id, kind.name(), &input.join(", "), (before + 1, last))?;
        let (source, layout) = (Some(args.source_name()), Some(layout));
        store::operation::insert(tx, &Operation { source, layout, counts, ..operation.clone() })?;
        Ok(Some(operation.code))
    }

    /// A new operation with a new code.
    pub(crate) fn operation(
        &self, tx: &mut Tx<'_>, id: OperationId, action: &str, input: &str,
        (first_entry, last_entry): (i64, i64),
    ) -> Result<Operation> {
        let code = self.code(Prefix::Import, |code| store::operation::is_code_taken(tx, code))?;
        let account = &self.actor.account;
        Ok(Operation {
            id,
            code,
            at: self.now(),
            account_id: account.id,
            by: account.login.clone(),
            acted_by: self.actor.impersonator.clone(),
            action: action.to_owned(),
            input: input.to_owned(),
            source: None,
            layout: None,
            counts: Counts::default(),
            first_entry,
            last_entry,
            undoes: None,
            undone_by: None,
            undone_at: None,
            kept: 0,
        })
    }
}
