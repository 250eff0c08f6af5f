//! `report`: what happened in a period, waiting referrals and their ages, and remaining capacity.

mod capacity;
mod document;
mod hub;
mod packages;
mod period;
mod providers;
mod referrals;
mod sharing;

use crate::commands::prelude::*;
use crate::model::report::{CapacityLine, HubLine, OffersLine, PackagesLine, ReferralsView, SharingLine};

verbs! {
    Report: lists HubLine, lists PackagesLine, lists OffersLine, lists ReferralsView, lists CapacityLine, lists SharingLine;

    /// The hub at a glance: what came, was offered, answered and shared, with a column for each month
    #[command(arg = at())]
    Hub(hub::Hub) => hub::run [needs Action::ReadReports],
    /// What became of packages, and how long it took until one was accepted, by month or queue
    #[command(arg = at())]
    Packages(packages::Packages) => packages::run [needs Action::ReadReports],
    /// What providers were offered, answered, won and handed back, and how long they took, by provider, queue or month
    #[command(arg = at())]
    Providers(providers::Providers) => providers::run [needs Action::ReadReports],
    /// Count open referrals by queue, status and resource, with their age and the time to the first change of status
    #[command(arg = at())]
    Referrals(referrals::Referrals) => referrals::run,
    /// How many more referrals each resource of a queue can take
    #[command(arg = at())]
    Capacity(capacity::Capacity) => capacity::run,
    /// Sharing requests and how they were answered, by owner or month
    #[command(arg = at())]
    Sharing(sharing::Sharing) => sharing::run [needs Action::ReadReports],
}
