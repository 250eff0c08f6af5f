//! How packages and offers stand. Apart from the rest, because a visit says how its package stands.

use crate::model::names::names;

names! {
    pub(crate) enum PackageStatus {
        /// Somebody has still to answer.
        Pending = "pending",
        Accepted = "accepted",
        /// All have rejected; providers may still be added.
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
        /// Another provider was first; nobody answered this one.
        Closed = "closed",
    }
}
