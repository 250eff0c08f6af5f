//! What lists show: packages and offers, each with how long it has waited.

use super::{Offer, OfferStatus, PackageStatus, PackageView};
use crate::model::prelude::*;

view! {
    /// A package in a list.
    pub(crate) struct PackageLine("package", |view| &view.package.code, &view.package.reference) {
        ..package: PackageView,
        /// How long it has waited for an answer, or did until it was accepted or nothing was left to wait for.
        waited_minutes: Option<i64> => Span(rank 3),
    }
}

impl PackageLine {
    pub(crate) fn new(package: PackageView, now: DateTime<Utc>) -> Self {
        let answer = |offer: &Offer| offer.responded_at.or(offer.lapses_at);
        let has_had =
            |offer: &&Offer| matches!(offer.status, OfferStatus::Accepted | OfferStatus::HandedBack);
        let accepted = package.offers.iter().find(has_had).and_then(|offer| offer.responded_at);
        let until = match package.status {
            PackageStatus::Pending => Some(now),
            PackageStatus::Rejected => package.offers.iter().filter_map(answer).max(),
            PackageStatus::Accepted | PackageStatus::HandedBack | PackageStatus::Recalled => {
                accepted.or(package.recalled_at)
            }
        };
        PackageLine { waited_minutes: until.map(|until| minutes(package.created_at, until)), package }
    }
}

view! {
    /// An offer in a list.
    pub(crate) struct OfferLine("offer", |view| &view.code) {
        @id: OfferId,
        @package_id: PackageId,
        /// The package and which of its offers it is.
        code: String => Code(hidden),
        /// The code of the package.
        package: String => Code(hidden),
        package_reference: String => Name,
        package_status: PackageStatus => Status(hidden),
        referral: String => Code(hidden),
        /// The code of the provider.
        provider: String => Code(hidden),
        provider_name: String => Name,
        requested_by: String => Login(hidden),
        requested_at: DateTime<Utc> => Age,
        /// From when on it can be answered, if not at once.
        opens_at: Option<DateTime<Utc>> => Instant(hidden),
        /// The time to answer by: what is not answered before it has lapsed.
        lapses_at: Option<DateTime<Utc>> => Instant(rank 2),
        status: OfferStatus => Status,
        responded_at: Option<DateTime<Utc>> => Age(rank 3),
        /// When it was closed, recalled or handed back.
        ended_at: Option<DateTime<Utc>> => Age(hidden),
        removed_at: Option<DateTime<Utc>> => Age(hidden),
        /// How long it has waited for an answer, or did until it was answered or ended.
        waited_minutes: Option<i64> => Span,
        reason: Option<String> => Text(rank 1),
    }
}

impl OfferLine {
    /// With how long it has waited; none before it opens.
    pub(crate) fn waiting(mut self, now: DateTime<Utc>) -> Self {
        let from = self.opens_at.unwrap_or(self.requested_at);
        let lapsed = self.lapses_at.filter(|_| self.status == OfferStatus::Lapsed);
        let until = self.responded_at.or(self.removed_at).or(lapsed).or(self.ended_at).unwrap_or(now);
        self.waited_minutes = (until >= from).then(|| minutes(from, until));
        self
    }

    /// To its provider an offer begins when it opens (rule 1.13).
    pub(crate) fn for_provider(mut self) -> Self {
        self.requested_at = self.opens_at.take().unwrap_or(self.requested_at);
        self
    }
}

fn minutes(from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
    until.signed_duration_since(from).num_minutes()
}
