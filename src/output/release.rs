//! The card of a release of information for people.

use super::sharing::withdrawn;
use super::{Card, Output};
use crate::model::release::{Element, ReleaseCard, ReleaseStatus, ReleaseView};
use crate::model::view::View;

/// Its status, parties, scope and document, and the elements of a valid release.
pub(crate) fn card<'a>(card: &ReleaseCard, output: &'a Output) -> Card<'a> {
    let view = &card.release;
    let revoked = view.revoked_at.zip(view.revoked_by.as_ref());
    Card::new(output, &format!("{}: {}", view.code, state(view)))
        .lines([
            ("client", Some(format!("{} ({})", view.client_name, view.client))),
            ("owner", Some(format!("{} ({})", view.owner_name, view.owner))),
            ("shows", Some(format!("{} to {}", view.data_type, recipients(view)))),
            ("signed", Some(signature(view))),
            ("ends with", view.expiry_event.clone()),
            ("purpose", view.purpose.clone()),
            ("document", Some(format!("{}, {} bytes", view.media_type, view.size))),
            ("sha256", Some(view.sha256.clone())),
            (
                "added",
                Some(format!("{} by {}", output.past(view.created_at), output.login(&view.created_by))),
            ),
            ("revoked", revoked.map(|(at, by)| format!("{} by {}", output.past(at), output.login(by)))),
            ("withdrawn", withdrawn(view.withdrawn_on, view.withdrawn_how)),
            ("reason", view.reason.clone()),
        ])
        .table(Element::FIELDS, &card.elements)
}

fn state(view: &ReleaseView) -> String {
    match (view.status, view.expires_on) {
        (ReleaseStatus::Active, Some(last)) => format!("active until {last}"),
        (ReleaseStatus::Active, None) => "active, without a last day".to_owned(),
        (ReleaseStatus::Expired, Some(last)) => format!("expired, its last day was {last}"),
        (status, _) => status.name().to_owned(),
    }
}

fn recipients(view: &ReleaseView) -> String {
    if view.all_providers {
        return "all providers".to_owned();
    }
    view.recipients.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn signature(view: &ReleaseView) -> String {
    let by = view.signed_by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
    let right = view.signed_as.as_ref().map(|right| format!(" ({right})")).unwrap_or_default();
    format!("{}{by}{right}", view.signed_on)
}
