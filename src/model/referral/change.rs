//! What became of a referral: one entry for each thing that a change touched (rule 2.5).

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Referral;
use crate::model::names::names;

names! {
    pub(crate) enum What {
        Created = "created",
        Status = "status",
        Resource = "resource",
        Note = "note",
    }
}

/// From one state to another, in the words of that moment: labels of statuses, codes of resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) what: What,
    pub(crate) was: Option<String>,
    pub(crate) became: Option<String>,
}

/// What changed, in the order in which it is told. Without `before` everything is new.
pub(crate) fn changes(before: Option<&Referral>, after: &Referral) -> Vec<Change> {
    let resource = |referral: &Referral| referral.assigned.as_ref().map(|at| at.code.clone());
    let was_status = before.map(|before| before.status.clone());
    let was_resource = before.and_then(resource);
    let was_note = before.and_then(|before| before.note.clone());
    let status = if before.is_some() { What::Status } else { What::Created };
    [
        (status, was_status, Some(after.status.clone())),
        (What::Resource, was_resource, resource(after)),
        (What::Note, was_note, after.note.clone()),
    ]
    .into_iter()
    .filter(|(_, was, became)| was != became)
    .map(|(what, was, became)| Change { what, was, became })
    .collect()
}

/// One line of the history, for staff.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub(crate) struct ChangeView {
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: String,
    /// The login of the person who acted in that account's name.
    pub(crate) acted_by: Option<String>,
    pub(crate) what: What,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    /// What the resources are called today, for people.
    #[serde(skip)]
    pub(crate) names: [Option<String>; 2],
}
