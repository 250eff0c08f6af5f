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

impl PackageStatus {
    /// Whether it may come to that by answers, time and recalls alone, without anything being offered anew (rule 1.6).
    pub(crate) fn may_become(self, other: PackageStatus) -> bool {
        match self {
            _ if self == other => true,
            PackageStatus::Pending => true,
            PackageStatus::Accepted => matches!(other, PackageStatus::HandedBack | PackageStatus::Recalled),
            PackageStatus::Rejected | PackageStatus::HandedBack => other == PackageStatus::Recalled,
            PackageStatus::Recalled => false,
        }
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

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    // Rule 1.6: pending until it is answered; what is accepted may be handed back; all but what is recalled may be recalled.
    #[test]
    fn what_a_package_may_come_to() {
        use PackageStatus::{Accepted, HandedBack, Pending, Recalled, Rejected};
        for (from, to) in [
            (Pending, vec![Pending, Accepted, Rejected, HandedBack, Recalled]),
            (Accepted, vec![Accepted, HandedBack, Recalled]),
            (Rejected, vec![Rejected, Recalled]),
            (HandedBack, vec![HandedBack, Recalled]),
            (Recalled, vec![Recalled]),
        ] {
            let may: Vec<_> =
                PackageStatus::value_variants().iter().copied().filter(|to| from.may_become(*to)).collect();
            assert_eq!(may, to, "{from}");
        }
    }
}
