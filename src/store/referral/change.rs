//! The history of referrals. Rows are only added.

use chrono::{DateTime, Utc};

use crate::db::{Param, Tx, params, sql};
use crate::error::Result;
use crate::model::account::Actor;
use crate::model::id::{ChangeId, ReferralId};
use crate::model::referral::{Change, ChangeView};

/// Each change has its own key; keys give the order.
pub(crate) fn insert_changes(
    tx: &mut Tx<'_>,
    referral: ReferralId,
    at: DateTime<Utc>,
    actor: &Actor,
    changes: &[(ChangeId, Change)],
) -> Result<()> {
    tx.bulk(sql!("referral/insert_changes"), changes, |(id, change)| {
        let [was, became]: [&dyn Param; 2] = [&change.was, &change.became];
        [id as &dyn Param, &referral, &at, &actor.account.id, &actor.impersonator, &change.what, was, became]
    })
    .map(drop)
}

/// In order of time.
pub(crate) fn history(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Vec<ChangeView>> {
    tx.all(sql!("referral/history"), params![referral], |row| {
        Ok(ChangeView {
            at: row.get("at")?,
            by: row.get("by_login")?,
            acted_by: row.get("behind")?,
            what: row.get("what")?,
            from: row.get("was")?,
            to: row.get("became")?,
            names: [row.get("was_name")?, row.get("became_name")?],
        })
    })
}
