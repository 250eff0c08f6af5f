//! A package: its fields for scripts, and its card for people.

use super::Output;
use super::sanitize::sanitize;
use super::table::table;
use crate::model::package::{OfferView, PackageStatus, PackageView, PackagedVisitView};
use crate::model::view::{Field, FieldKind};

const VISITS: &[Field] = &[
    Field::shown("code", FieldKind::Code),
    Field::shown("start", FieldKind::Instant),
    Field::shown("duration_minutes", FieldKind::Number),
    Field::shown("status", FieldKind::Status),
];
const OFFERED: Field = Field::shown("offered_duration_minutes", FieldKind::Number);
const OFFERED_START: Field = Field::shown("offered_start", FieldKind::Instant);
/// Rule 1.9.
const OFFERS: &[Field] = &[
    Field::shown("provider", FieldKind::Text),
    Field::shown("requested_by", FieldKind::Code),
    Field::shown("requested_at", FieldKind::Age),
    Field::shown("status", FieldKind::Status),
    Field::shown("responded_at", FieldKind::Age),
    Field::shown("reason", FieldKind::Text),
];

/// The whole package on a screen: how it stands, its visits, and who was asked and said what.
pub(crate) fn card(view: &PackageView, output: &Output) -> String {
    let at = |instant: &chrono::DateTime<chrono::Utc>| output.zone.local(*instant);
    let mut text = format!("{}: {}\n", sanitize(&view.reference), sanitize(&standing(view)));
    if view.reference != view.code {
        text += &format!("code       {}\n", view.code);
    }
    text += &format!(
        "referral   {}\ncreated    {} by {}\n",
        view.referral,
        at(&view.created_at),
        sanitize(&view.created_by)
    );
    if let (Some(when), Some(who)) = (&view.amended_at, &view.amended_by) {
        text += &format!("amended    {} by {}\n", at(when), sanitize(who));
    }
    if let (Some(when), Some(who)) = (&view.recalled_at, &view.recalled_by) {
        text += &format!("recalled   {} by {}\n", at(when), sanitize(who));
    }
    text + "\n" + &visits(&view.visits, output) + "\n" + &offers(&view.offers, output)
}

/// The same words for staff and for a provider, which is not told whether others were asked.
fn standing(view: &PackageView) -> String {
    match (view.status, &view.accepted_by) {
        (PackageStatus::Accepted, Some(name)) => format!("accepted by {name}"),
        (PackageStatus::Pending, _) => "pending, waiting for an answer".to_owned(),
        (status, _) => status.name().to_owned(),
    }
}

/// Where a visit is no longer what was offered, both are shown (rule 1.7).
fn visits(visits: &[PackagedVisitView], output: &Output) -> String {
    let differ = visits.iter().any(|visit| visit.differs_from_offer);
    let fields = VISITS.iter().chain([&OFFERED, &OFFERED_START].into_iter().filter(|_| differ));
    table(fields.collect(), visits, output)
}

fn offers(offers: &[OfferView], output: &Output) -> String {
    let has_reason = offers.iter().any(|offer| offer.reason.is_some());
    let fields = OFFERS.iter().filter(|field| has_reason || field.key != "reason");
    table(fields.collect(), offers, output)
}
