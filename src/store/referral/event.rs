//! The history of referrals. Rows are only added.

use crate::model::account::Actor;
use crate::model::referral::{Event, EventView};
use crate::store::prelude::*;

/// Each event has its own key; keys give the order.
pub(crate) fn insert_events(
    tx: &mut Tx<'_>, referral: ReferralId, at: DateTime<Utc>, actor: &Actor, events: &[(EventId, Event)],
) -> Result<()> {
    tx.bulk(sql!("referral/insert_events"), events, |(id, event)| {
        let [from, to]: [&dyn Param; 2] = [&event.from, &event.to];
        [id as &dyn Param, &referral, &at, &actor.account.id, &actor.impersonator, &event.kind, from, to]
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
