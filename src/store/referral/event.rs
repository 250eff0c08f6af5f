//! The history of referrals. Rows are only added.

use crate::model::referral::{Event, EventView};
use crate::store::prelude::*;

/// A new line of the history. Each has its own key; keys give the order.
pub(crate) struct NewEvent {
    pub(crate) id: EventId,
    pub(crate) referral: ReferralId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: AccountId,
    /// The login of the person who used that account.
    pub(crate) acted_by: Option<String>,
    pub(crate) event: Event,
}

pub(crate) fn insert_events(tx: &mut Tx<'_>, new: &[NewEvent]) -> Result<()> {
    tx.bulk(sql!("referral/insert_events"), new, |NewEvent { id, referral, at, by, acted_by, event }| {
        let [from, to]: [&dyn Param; 2] = [&event.from, &event.to];
        [id as &dyn Param, referral, at, by, acted_by, &event.kind, from, to]
    })
}

/// In order of time.
pub(crate) fn history(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Vec<EventView>> {
    tx.all(sql!("referral/history"), params![referral], |row| {
        from_row! { row => EventView {
            names: [row.get("was_name")?, row.get("became_name")?], at, by, acted_by, what,
            from: row.get("was")?, to: row.get("became")?,
        } }
    })
}
