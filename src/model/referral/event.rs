//! The history of a referral: one entry for each field that a change touched (rule 2.5).

use super::Referral;
use crate::model::prelude::*;

names! {
    pub(crate) enum EventKind {
        Created = "created",
        Status = "status",
        Resource = "resource",
        Note = "note",
    }
}

/// From one state to another, in the terms of that moment: labels of statuses, codes of resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) kind: EventKind,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

/// The changes between the two, in display order. Without `before` everything is new.
pub(crate) fn events(before: Option<&Referral>, after: &Referral) -> Vec<Event> {
    let resource = |referral: &Referral| referral.assigned.as_ref().map(|at| at.code.clone());
    let was_status = before.map(|before| before.status.clone());
    let was_resource = before.and_then(resource);
    let was_note = before.and_then(|before| before.note.clone());
    let status = if before.is_some() { EventKind::Status } else { EventKind::Created };
    [
        (status, was_status, Some(after.status.clone())),
        (EventKind::Resource, was_resource, resource(after)),
        (EventKind::Note, was_note, after.note.clone()),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(kind, from, to)| Event { kind, from, to })
    .collect()
}

view! {
    /// One line of the history, for staff.
    pub(crate) struct EventView("event", |view| view.what.name()) {
        @names: [Option<String>; 2],
        at: DateTime<Utc> => Age,
        by: String => Login,
        /// The login of the person who used that account.
        acted_by: Option<String> => Login(hidden),
        what: EventKind => Status,
        /// The label of a status, the code of a resource, or a note.
        from: Option<String> => Text,
        to: Option<String> => Text,
    }
}
