//! The statuses of packages and offers, in their own file because visits, which packages are made of, show them too.

use crate::model::names::names;

names! {
    pub(crate) enum PackageStatus {
        /// Waiting for answers.
        Pending = "pending",
        Accepted = "accepted",
        /// Rejected by all providers, or not answered in time; others can still be added.
        Rejected = "rejected",
        /// Handed back by the provider that had accepted it.
        HandedBack = "handed_back",
        /// Recalled by the hub; kept in the history.
        Recalled = "recalled",
    }
}

names! {
    pub(crate) enum OfferStatus {
        /// To be offered later, if none is accepted by then.
        Scheduled = "scheduled",
        /// Waiting for an answer.
        Pending = "pending",
        Accepted = "accepted",
        Rejected = "rejected",
        /// Not answered in time.
        Lapsed = "lapsed",
        /// Another provider accepted before this one was answered.
        Closed = "closed",
        /// Handed back after it was accepted.
        HandedBack = "handed_back",
        /// Recalled by the hub before it was answered.
        Recalled = "recalled",
    }
}
