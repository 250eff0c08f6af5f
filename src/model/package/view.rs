//! The views of a package: staff see it whole, a provider its own part (rules 1.7 and 1.11).

use super::{OfferStatus, Package, PackageStatus, PackagedVisit};
use crate::model::prelude::*;
use crate::model::visit::VisitStatus;

view! {
    pub(crate) struct PackageView("package", |view| &view.code, &view.reference) {
        code: String => Code(hidden),
        reference: String => Text,
        status: PackageStatus => Status,
        referral: String => Code,
        /// Where the visits are: the postal code up to its blank, or else its first three characters.
        area: Option<String> => Code(hidden),
        /// What the hub writes for the providers that are asked.
        provider_note: Option<String> => Text(hidden),
        /// The code of the provider that has it.
        accepted_by: Option<String> => Code(hidden),
        accepted_by_name: Option<String> => Name,
        /// When the last of its open offers lapses, if all have an end.
        lapses_at: Option<DateTime<Utc>> => Instant(hidden),
        created_at: DateTime<Utc> => Age,
        created_by: String => Login(hidden),
        amended_at: Option<DateTime<Utc>> => Age(hidden),
        amended_by: Option<String> => Login(hidden),
        recalled_at: Option<DateTime<Utc>> => Age(hidden),
        recalled_by: Option<String> => Login(hidden),
        visits: Vec<PackagedVisitView> => Many,
        offers: Vec<Offer> => Many,
    }
}

view! {
    pub(crate) struct PackagedVisitView("visit", |view| &view.code) {
        code: String => Code,
        start: DateTime<Utc> => Instant,
        duration_minutes: i64 => Minutes,
        status: VisitStatus => Status,
        /// What the hub writes for the providers that are asked.
        provider_note: Option<String> => Text,
        offered_start: DateTime<Utc> => Instant(hidden),
        offered_duration_minutes: i64 => Minutes(hidden),
        differs_from_offer: bool => YesNo(hidden),
    }
}

view! {
    /// What one provider was asked, and what it answered (rule 1.9).
    #[schemars(rename = "OfferView")]
    pub(crate) struct Offer("offer", |view| &view.provider) {
        @id: OfferId,
        @provider_id: ProviderId,
        /// The code of the provider.
        provider: String => Code(hidden),
        provider_name: String => Name,
        requested_by: String => Login(rank 2),
        requested_at: DateTime<Utc> => Age(rank 1),
        /// From when on it can be answered, if not at once.
        opens_at: Option<DateTime<Utc>> => Instant,
        /// The time to answer by: what is not answered before it has lapsed.
        lapses_at: Option<DateTime<Utc>> => Instant,
        /// When the provider was last reminded of it.
        reminded_at: Option<DateTime<Utc>> => Age(hidden),
        status: OfferStatus => Status,
        responded_at: Option<DateTime<Utc>> => Age,
        /// When it was closed, recalled or handed back.
        ended_at: Option<DateTime<Utc>> => Age(hidden),
        reason: Option<String> => Text,
    }
}

view! {
    /// An offer that was taken out of its package.
    pub(crate) struct RemovedOffer("offer", |view| &view.package) {
        ..offer: Offer,
        /// The code of the package.
        package: String => Code,
        removed_at: DateTime<Utc> => Age,
    }
}

impl Package {
    /// For staff: everything, always with the live values.
    pub(crate) fn view(&self) -> PackageView {
        cloned! { self => PackageView {
            code, reference, status, referral, lapses_at, created_at, created_by, amended_at, amended_by,
            recalled_at, recalled_by, offers, provider_note,
            area: self.area(),
            accepted_by: self.accepted_by().map(|offer| offer.provider.clone()),
            accepted_by_name: self.accepted_by().map(|offer| offer.provider_name.clone()),
            visits: self.visits.iter().map(live).collect(),
        } }
    }

    /// For a provider, of which only its own offers were read: the copy of what was offered until it has
    /// accepted, then the live values. Creation and amendment are those of its own offer: the real instants
    /// and the real status would reveal other offers. So would a wave: to its provider an offer begins when it opens.
    pub(crate) fn view_for_provider(&self) -> PackageView {
        let own = self.as_asked().settled();
        let asked = own.offers.iter().min_by_key(|offer| offer.requested_at);
        let visit = if own.status == PackageStatus::Accepted { live } else { as_offered };
        PackageView {
            visits: self.visits.iter().map(visit).collect(),
            created_at: asked.map_or(self.created_at, |offer| offer.requested_at),
            created_by: asked.map_or(&self.created_by, |offer| &offer.requested_by).clone(),
            amended_at: None,
            amended_by: None,
            ..own.view()
        }
    }

    fn as_asked(&self) -> Package {
        let mut own = self.clone();
        for offer in &mut own.offers {
            offer.requested_at = offer.opens_at.take().unwrap_or(offer.requested_at);
        }
        own
    }
}

fn live(visit: &PackagedVisit) -> PackagedVisitView {
    cloned! { visit => PackagedVisitView {
        code, start, status, provider_note, offered_start,
        duration_minutes: visit.minutes,
        offered_duration_minutes: visit.offered_minutes,
        differs_from_offer: visit.start != visit.offered_start || visit.minutes != visit.offered_minutes,
    } }
}

fn as_offered(visit: &PackagedVisit) -> PackagedVisitView {
    PackagedVisitView {
        start: visit.offered_start,
        duration_minutes: visit.offered_minutes,
        differs_from_offer: false,
        ..live(visit)
    }
}
