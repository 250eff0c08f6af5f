//! Alerts: queued with an assignment, delivered later.

mod deliver;
mod queue;

pub(crate) use deliver::{claim, cut_off, dismiss, due, finish, put_back, take};
pub(crate) use queue::{Assignment, is_code_taken, queue, withdraw};

use super::lookup::{Lookup, coded};
use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::model::alert::{Alert, NOUN, State};
use crate::model::id::{AccountId, AlertId, noun};
use crate::model::reference::{Candidate, Noun, Reference};
use crate::model::visibility::Visibility;

/// The filter of a list of alerts; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<AlertId>,
    pub(crate) state: Option<State>,
    pub(crate) account: Option<AccountId>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<AlertId>,
}

/// The newest first, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    visibility: Visibility,
    limit: i64,
) -> Result<Vec<Alert>> {
    let state = filter.state;
    let values = params![filter.id, state, filter.account, filter.after, visibility.account(), limit];
    tx.all(sql!("alert/list"), values, read)
}

/// Reads one alert again by its id.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: AlertId) -> Result<Alert> {
    Alert::by_id(tx, id, Visibility::INTERNAL)?.ok_or_else(|| Error::internal("an alert is gone"))
}

impl Lookup for Alert {
    type Found = Self;
    type Noun = noun::Alert;
    type Scope = Visibility;
    const NOUN: &'static Noun = &NOUN;

    fn id(found: &Alert) -> Id<noun::Alert> {
        found.id
    }

    fn candidates(
        tx: &mut Tx<'_>,
        reference: &Reference,
        visibility: Visibility,
    ) -> Result<Vec<Candidate<noun::Alert>>> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("alert/candidates"), params![code, code_end, visibility.account()], coded)
    }

    fn by_id(tx: &mut Tx<'_>, id: Id<noun::Alert>, visibility: Visibility) -> Result<Option<Alert>> {
        Ok(list(tx, &Filter { id: Some(id), ..Filter::default() }, visibility, 1)?.pop())
    }
}

fn read(row: &Row<'_>) -> Result<Alert> {
    Ok(Alert {
        id: row.get("id")?,
        code: row.get("code")?,
        state: row.get("state")?,
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
