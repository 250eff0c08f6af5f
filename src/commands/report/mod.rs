//! `report`: waiting referrals and their ages, and remaining capacity.

mod capacity;
mod referrals;

use crate::commands::prelude::*;
use crate::model::report::{CapacityLine, ReferralsView};

verbs! {
    Report: lists ReferralsView, lists CapacityLine;

    /// Count open referrals by queue, status and resource, with their age and the time to the first change of status
    Referrals(referrals::Referrals) => referrals::run,
    /// How many more referrals each resource of a queue can take
    Capacity(capacity::Capacity) => capacity::run,
}
