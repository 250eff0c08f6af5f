//! `report`: waiting referrals and their ages, and remaining capacity.

mod capacity;
mod referrals;

use crate::commands::prelude::*;
use crate::model::report::{CapacityLine, ReferralsView};

verbs! {
    Report: lists ReferralsView, lists CapacityLine;

    /// How many referrals are open per queue, status and resource, how old, and how soon their status first changed
    Referrals(referrals::Referrals) => referrals::run,
    /// How many more referrals each resource of a queue can take
    Capacity(capacity::Capacity) => capacity::run,
}
