//! Visits as events of a calendar.

use crate::commands::prelude::*;
use crate::interchange::ical::{Event, EventStatus};
use crate::model::held_visit::{EndedVisit, HeldVisit};
use crate::model::package::PackageStatus;

/// The client's name is left out: calendars are copied to phones and servers outside the hub's control.
pub(super) fn event(visit: &Visit, now: DateTime<Utc>) -> Event {
    let package = match &visit.outsourced {
        Some(outsourced) => format!("Package {}: {}", outsourced.reference, outsourced.status),
        None => "Not outsourced".to_owned(),
    };
    Event {
        status: status(visit),
        description: Some(format!("Referral {}\n{package}", visit.referral)),
        ..bare(&visit.code, visit.start, visit.minutes, (visit.sequence, now))
    }
}

pub(super) fn held_event(visit: &HeldVisit, now: DateTime<Utc>) -> Event {
    let call = &visit.call;
    let note = call.provider_note.as_ref().map(|note| format!("\n{note}")).unwrap_or_default();
    Event {
        status: if visit.is_cancelled() { EventStatus::Cancelled } else { EventStatus::Confirmed },
        description: Some(format!("Referral {}\nPackage {}{note}", visit.referral, call.package_reference)),
        location: visit.view().area,
        ..bare(&call.code, call.start, call.duration_minutes, (visit.sequence, now))
    }
}

pub(super) fn ended_event(visit: &EndedVisit, now: DateTime<Utc>) -> Event {
    Event {
        status: EventStatus::Cancelled,
        ..bare(&visit.code, visit.start, visit.minutes, (visit.sequence, now))
    }
}

/// Stable for the life of the visit.
pub(super) fn uid(code: &str) -> String {
    format!("{}@caredesk", code.to_lowercase())
}

fn bare(code: &str, start: DateTime<Utc>, minutes: i64, (sequence, stamp): (i64, DateTime<Utc>)) -> Event {
    Event {
        uid: uid(code),
        start,
        minutes,
        status: EventStatus::Confirmed,
        sequence,
        stamp,
        summary: format!("Visit {code} ({minutes} min)"),
        description: None,
        location: None,
    }
}

/// A visit that is only offered, or that every provider has rejected, is tentative.
fn status(visit: &Visit) -> EventStatus {
    match visit.outsourced.as_ref().map(|outsourced| outsourced.status) {
        _ if visit.is_cancelled() => EventStatus::Cancelled,
        None | Some(PackageStatus::Accepted) => EventStatus::Confirmed,
        Some(_) => EventStatus::Tentative,
    }
}
