//! What became of a thing.

use serde::{Deserialize, Serialize};

/// The result of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Created,
    Updated,
    Unchanged,
    Deleted,
}

impl Outcome {
    /// That of all: unchanged only if all are; none where there is nothing.
    pub(crate) fn of_all(outcomes: impl Iterator<Item = Outcome>) -> Option<Outcome> {
        outcomes.reduce(|one, other| if one == Outcome::Unchanged { other } else { one })
    }

    /// What was done, as a verb of the past.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Outcome::Created => "created",
            Outcome::Updated => "changed",
            Outcome::Unchanged => "found nothing to change in",
            Outcome::Deleted => "deleted",
        }
    }
}
