//! A package: its fields for scripts, and its card for people.

use chrono::{DateTime, Utc};

use super::{Card, Output};
use crate::model::package::{Offer, PackageStatus, PackageView, PackagedVisitView};
use crate::model::view::View;

/// The columns that are shown only where a visit differs from what was offered (rule 1.7).
const OFFERED: [&str; 2] = ["offered_start", "offered_duration_minutes"];

/// The card of a package: its status, visits, offers and answers.
pub(crate) fn card<'a>(view: &PackageView, output: &'a Output) -> Card<'a> {
    let by = |at: Option<DateTime<Utc>>, by: &Option<String>| {
        Some(format!("{} by {}", output.past(at?), by.as_ref()?))
    };
    let differs = view.visits.iter().any(|visit| visit.differs_from_offer);
    let visits = PackagedVisitView::FIELDS
        .iter()
        .filter(|field| if OFFERED.contains(&field.key) { differs } else { field.shown });
    Card::new(output, &format!("{}: {}", view.reference, state(view)))
        .lines([
            ("code", (view.reference != view.code).then(|| view.code.clone())),
            ("referral", Some(view.referral.clone())),
            ("created", by(Some(view.created_at), &Some(view.created_by.clone()))),
            ("amended", by(view.amended_at, &view.amended_by)),
            ("recalled", by(view.recalled_at, &view.recalled_by)),
        ])
        .table_of(visits, &view.visits)
        .table(Offer::FIELDS, &view.offers)
}

/// The same text for staff and for a provider, which must not learn of other offers.
fn state(view: &PackageView) -> String {
    match (view.status, &view.accepted_by_name) {
        (PackageStatus::Accepted, Some(name)) => format!("accepted by {name}"),
        (PackageStatus::Pending, _) => "pending, waiting for an answer".to_owned(),
        (status, _) => status.name().to_owned(),
    }
}
