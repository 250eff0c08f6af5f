//! A package: its fields for scripts, and its card for people.

use chrono::{DateTime, Utc};

use super::{Card, Output};
use crate::model::package::{
    Offer, OfferStatus, PackageCard, PackageStatus, PackageView, PackageWeek, PackagedVisitView,
};
use crate::model::view::{Field, View};

/// The columns that are shown only where a visit differs from what was offered (rule 1.7).
const OFFERED: [&str; 2] = ["offered_start", "offered_duration_minutes"];

/// The card of a package: its status, visits, offers and answers.
pub(crate) fn card<'a>(card: &PackageCard, output: &'a Output) -> Card<'a> {
    let view = &card.package;
    let by = |at: Option<DateTime<Utc>>, by: &Option<String>| {
        Some(format!("{} by {}", output.past(at?), output.login(by.as_ref()?)))
    };
    let differs = view.visits.iter().any(|visit| visit.differs_from_offer);
    let visits = PackagedVisitView::FIELDS
        .iter()
        .filter(|field| if OFFERED.contains(&field.key) { differs } else { field.shown });
    let client =
        card.client_name.as_ref().zip(card.client.as_ref()).map(|(name, code)| format!("{name} ({code})"));
    let phones: Vec<String> = card.phones.iter().map(ToString::to_string).collect();
    // The hub has the weeks of each visit in front of it; who is asked weighs them against its own.
    let beside: &[PackageWeek] =
        if card.weeks.iter().any(|week| week.provider.is_some()) { &card.weeks } else { &[] };
    let several =
        card.weeks.iter().any(|week| Some(&week.provider) != card.weeks.first().map(|first| &first.provider));
    let is_name = |field: &Field| field.key == "provider_name";
    let weeks = PackageWeek::FIELDS.iter().filter(move |field| field.shown || several && is_name(field));
    Card::new(output, &format!("{}: {}", view.reference, state(view)))
        .lines([
            ("code", (view.reference != view.code).then(|| view.code.clone())),
            ("referral", Some(view.referral.clone())),
            ("client", client),
            ("address", card.address.clone()),
            ("postal code", card.postal_code.clone()),
            ("phones", (!card.phones.is_empty()).then(|| phones.join(", "))),
            ("for carers", card.carer_note.clone()),
            ("area", view.area.clone().filter(|_| card.postal_code.is_none())),
            ("note", view.provider_note.clone()),
            ("created", by(Some(view.created_at), &Some(view.created_by.clone()))),
            ("amended", by(view.amended_at, &view.amended_by)),
            ("recalled", by(view.recalled_at, &view.recalled_by)),
        ])
        .table_of(visits, &view.visits)
        .table_of(weeks, beside)
        .table(Offer::FIELDS, &view.offers)
}

/// The same text for staff and for a provider, which must not learn of other offers.
fn state(view: &PackageView) -> String {
    let is_lapsed = |offer: &Offer| offer.status == OfferStatus::Lapsed;
    let handed_back = view.offers.iter().find(|offer| offer.status == OfferStatus::HandedBack);
    match (view.status, &view.accepted_by_name) {
        (PackageStatus::HandedBack, _) => match handed_back {
            Some(offer) => format!("handed back by {}", offer.provider_name),
            None => "handed back".to_owned(),
        },
        (PackageStatus::Rejected, _) if view.offers.iter().all(is_lapsed) => {
            "rejected, not answered in time".to_owned()
        }
        (PackageStatus::Accepted, Some(name)) => format!("accepted by {name}"),
        (PackageStatus::Pending, _) => "pending, waiting for an answer".to_owned(),
        (status, _) => status.name().to_owned(),
    }
}
