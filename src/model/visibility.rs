//! What a query may return.

use super::id::AccountId;

/// There is no default: every caller passes the visibility explicitly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Visibility {
    /// Everything.
    Staff,
    /// What belongs to the resources of this portal account (rule 2.6).
    Portal(AccountId),
}

impl Visibility {
    /// For data that the program reads to decide, write or audit, and does not show.
    pub(crate) const INTERNAL: Self = Visibility::Staff;

    /// The account that a query is limited to; none for staff.
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
