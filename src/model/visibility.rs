//! What of the database a query may return.

use super::id::AccountId;

/// There is no default: each query is told by its caller whose eyes it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// Everything.
    Staff,
    /// What concerns the resources of this portal account (rule 2.6).
    Portal(AccountId),
}

impl Visibility {
    /// For what the program reads to judge, to write or to audit rather than to show.
    pub(crate) const INTERNAL: Self = Visibility::Staff;

    /// The account that a query is limited to; its filter is left out for staff.
    pub(crate) fn account(self) -> Option<AccountId> {
        match self {
            Visibility::Staff => None,
            Visibility::Portal(account) => Some(account),
        }
    }

    pub(crate) fn is_portal(self) -> bool {
        self.account().is_some()
    }
}
