//! The statuses of packages and offers, in their own file because visits, which packages are made of, show them too.

use crate::model::names::names;

names! {
    pub(crate) enum PackageStatus {
        /// Waiting for answers.
        Pending = "pending",
        Accepted = "accepted",
        /// Rejected by all providers; others can still be added.
        Rejected = "rejected",
        /// Recalled by the hub; kept in the history.
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
