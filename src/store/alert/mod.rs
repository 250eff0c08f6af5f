//! Alerts: queued with an assignment, delivered later.

mod deliver;
mod queue;

use uuid::Uuid;

pub(crate) use deliver::{claim, cut_off, dismiss, due, finish, put_back, take};
pub(crate) use queue::{Assignment, is_code_taken, queue, withdraw};

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::model::alert::{Alert, NOUN, State};
use crate::model::reference::{Candidate, Reference, absent, choose};

/// Which alerts a list is to have; everything left out counts for all.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<Uuid>,
    pub(crate) state: Option<State>,
    pub(crate) account: Option<Uuid>,
    /// The last one seen.
    pub(crate) after: Option<Uuid>,
    pub(crate) visibility: Option<Uuid>,
}

/// The newest first, at most `limit`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Alert>> {
    let state = filter.state.map(State::name);
    let values = params![filter.id, state, filter.account, filter.after, filter.visibility, limit];
    tx.all(sql!("alert/list"), values, read)
}

/// As it stands now, for who knows its id.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Alert> {
    let found = list(tx, &Filter { id: Some(id), ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| Error::internal("an alert is gone"))
}

/// Not found, also for an actor who may not see it; refused where the reference is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Alert> {
    let id = choose(&NOUN, reference, &candidates(tx, reference, visibility)?, || Ok(Vec::new()))?;
    let found = list(tx, &Filter { id: Some(id), visibility, ..Filter::default() }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, reference, &[]))
}

fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Vec<Candidate>> {
    let (from, to) = reference.code_range();
    tx.all(sql!("alert/candidates"), params![from, to, visibility], |row| {
        Ok(Candidate {
            id: row.get("id")?,
            code: row.get("code")?,
            name: String::new(),
            rank: row.get("fit")?,
        })
    })
}

fn read(row: &Row<'_>) -> Result<Alert> {
    let state: String = row.get("state")?;
    Ok(Alert {
        id: row.get("id")?,
        code: row.get("code")?,
        state: State::from_name(&state)
            .ok_or_else(|| Error::internal(format!("`{state}` is no state of an alert")))?,
        attempts: row.get("attempts")?,
        queued_at: row.get("queued_at")?,
        next_attempt_at: row.get("next_attempt_at")?,
        sent_at: row.get("sent_at")?,
        sent_to: row.get("sent_to")?,
        problem: row.get("problem")?,
        account: row.get("account")?,
        email: row.get("email")?,
        is_active: row.get("is_active")?,
        is_portal: row.get("is_portal")?,
        wants_alerts: row.get("wants_alerts")?,
        is_in_scope: row.get("is_in_scope")?,
        is_assigned: row.get("is_assigned")?,
        referral: row.get("referral")?,
        contact_number: row.get("contact_number")?,
        queue: row.get("queue")?,
        resource: row.get("resource")?,
        resource_name: row.get("resource_name")?,
    })
}
