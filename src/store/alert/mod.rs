//! Alerts: queued with an assignment, delivered later.

mod deliver;
mod queue;

pub(crate) use deliver::{claim, cut_off, dismiss, due, finish, put_back, take};
pub(crate) use queue::{Assignment, is_code_taken, queue, withdraw};

use crate::model::alert::{Alert, AlertStatus, NOUN};
use crate::store::prelude::*;

/// The filter of a list of alerts; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<AlertId>,
    pub(crate) status: Option<AlertStatus>,
    pub(crate) account: Option<AccountId>,
    pub(crate) referral: Option<ReferralId>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<AlertId>,
}

/// The newest first, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility, limit: i64,
) -> Result<Vec<Alert>> {
    let status = filter.status;
    let values = params![
        filter.id,
        status,
        filter.account,
        filter.after,
        visibility.account(),
        limit,
        filter.referral
    ];
    tx.all(sql!("alert/list"), values, read)
}

/// Reads one alert again by its id.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: AlertId) -> Result<Alert> {
    Alert::by_id(tx, id, Visibility::INTERNAL)?.ok_or_else(|| Error::internal("an alert is gone"))
}

impl Lookup for Alert {
    finds!(by list, Alert, Alert, Visibility);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Alert> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("alert/candidates"), params![code, code_end, visibility.account()], coded)
    }
}

fn read(row: &Row<'_>) -> Result<Alert> {
    from_row! { row => Alert {
        id, code, status, attempts, queued_at, next_attempt_at, sent_at, sent_to, problem, account, email,
        is_active, is_portal, wants_alerts, is_in_scope, is_assigned, referral, contact_number, queue,
        resource, resource_name,
    } }
}
