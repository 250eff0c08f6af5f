//! A package: its fields for scripts, and its card for people.

use super::sanitize::sanitize;
use super::table::table;
use super::{Field, FieldKind, Output, View, hidden, shown};
use crate::model::package::{OfferView, PackageStatus, PackageView, PackagedVisitView};

impl View for PackageView {
    const FIELDS: &'static [Field] = &[
        hidden("code", FieldKind::Code),
        shown("reference", FieldKind::Text),
        shown("status", FieldKind::Status),
        shown("referral", FieldKind::Code),
        shown("accepted_by", FieldKind::Text),
        shown("created_at", FieldKind::Age),
        hidden("created_by", FieldKind::Code),
        hidden("amended_at", FieldKind::Age),
        hidden("amended_by", FieldKind::Code),
        hidden("recalled_at", FieldKind::Age),
        hidden("recalled_by", FieldKind::Code),
        shown("visits", FieldKind::Many),
        shown("offers", FieldKind::Many),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

const VISITS: &[Field] = &[
    shown("code", FieldKind::Code),
    shown("start", FieldKind::Instant),
    shown("duration_minutes", FieldKind::Number),
    shown("status", FieldKind::Status),
];
const OFFERED: Field = shown("offered_duration_minutes", FieldKind::Number);
const OFFERED_START: Field = shown("offered_start", FieldKind::Instant);
/// Rule 1.9.
const OFFERS: &[Field] = &[
    shown("provider", FieldKind::Text),
    shown("requested_by", FieldKind::Code),
    shown("requested_at", FieldKind::Age),
    shown("status", FieldKind::Status),
    shown("responded_at", FieldKind::Age),
    shown("reason", FieldKind::Text),
];

/// The whole package on a screen: how it stands, its visits, and who was asked and said what.
pub(crate) fn card(view: &PackageView, output: &Output) -> String {
    let at = |instant: &chrono::DateTime<chrono::Utc>| {
        instant.with_timezone(&output.zone).format("%Y-%m-%d %H:%M").to_string()
    };
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
