//! The statuses of packages and offers, in their own file because visits, which packages are made of, show them too.

use crate::model::names::names;

names! {
    pub(crate) enum PackageStatus {
        /// An answer is missing.
        Pending = "pending",
        Accepted = "accepted",
        /// All have rejected; providers can still be added.
        Rejected = "rejected",
        /// Deleted; kept for the history.
        Recalled = "recalled",
    }
}

names! {
    pub(crate) enum OfferStatus {
        Pending = "pending",
        Accepted = "accepted",
        Rejected = "rejected",
        /// Another provider accepted before this one was answered.
        Closed = "closed",
    }
}
