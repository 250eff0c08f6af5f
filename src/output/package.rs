//! A package: its fields for scripts, and its card for people.

use chrono::{DateTime, Utc};

use super::{Card, Output};
use crate::model::package::{PackageStatus, PackageView};
use crate::model::view::{Field, FieldKind};

const VISITS: &[Field] = &[
    Field::shown("code", FieldKind::Code),
    Field::shown("start", FieldKind::Instant),
    Field::shown("duration_minutes", FieldKind::Number),
    Field::shown("status", FieldKind::Status),
    Field::shown("offered_duration_minutes", FieldKind::Number),
    Field::shown("offered_start", FieldKind::Instant),
];
/// The columns while no visit differs from what was offered (rule 1.7).
const SAME_AS_OFFERED: usize = 4;
/// Rule 1.9.
const OFFERS: &[Field] = &[
    Field::shown("provider", FieldKind::Text),
    Field::shown("requested_by", FieldKind::Code),
    Field::shown("requested_at", FieldKind::Age),
    Field::shown("status", FieldKind::Status),
    Field::shown("responded_at", FieldKind::Age),
    Field::shown("reason", FieldKind::Text),
];

/// The card of a package: its status, visits, offers and answers.
pub(crate) fn card<'a>(view: &PackageView, output: &'a Output) -> Card<'a> {
    let by = |at: Option<DateTime<Utc>>, by: &Option<String>| {
        Some(format!("{} by {}", output.past(at?), by.as_ref()?))
    };
    let differs = view.visits.iter().any(|visit| visit.differs_from_offer);
    let visits = if differs { VISITS } else { VISITS.split_at(SAME_AS_OFFERED).0 };
    Card::new(output, &format!("{}: {}", view.reference, state(view)))
        .lines([
            ("code", (view.reference != view.code).then(|| view.code.clone())),
            ("referral", Some(view.referral.clone())),
            ("created", by(Some(view.created_at), &Some(view.created_by.clone()))),
            ("amended", by(view.amended_at, &view.amended_by)),
            ("recalled", by(view.recalled_at, &view.recalled_by)),
        ])
        .table(visits, &view.visits)
        .table(OFFERS, &view.offers)
}

/// The same text for staff and for a provider, which must not learn of other offers.
fn state(view: &PackageView) -> String {
    match (view.status, &view.accepted_by) {
        (PackageStatus::Accepted, Some(name)) => format!("accepted by {name}"),
        (PackageStatus::Pending, _) => "pending, waiting for an answer".to_owned(),
        (status, _) => status.name().to_owned(),
    }
}
