//! The figures of reports. What counts as what is defined here alone, so that a figure is the same in each report.

mod capacity;
mod count;
mod hub;
mod mask;
pub(crate) mod meaning;
mod offers;
mod packages;
mod period;
mod referrals;
mod sharing;
mod spread;
mod table;

pub(crate) use capacity::{CapacityLine, LinkedResource};
pub(crate) use count::Count;
pub(crate) use hub::{Activity, Figure, HubLine, MonthValue, arrivals, hub_lines};
pub(crate) use offers::{OfferFact, OffersLine, offers};
pub(crate) use packages::{PackageFact, PackagesLine, packages};
pub(crate) use period::{Edge, Period};
pub(crate) use referrals::{ReferralGroups, ReferralsView, ReportedReferral, masked};
pub(crate) use sharing::{SharingFact, SharingLine, sharing};
pub(crate) use spread::Spread;
pub(crate) use table::{By, Key, Lines, Names, Tallies};
