//! The kinds of alerts, and sets of them.

use crate::model::access::Level;
use crate::model::prelude::*;

names! {
    /// What an alert tells.
    pub(crate) enum AlertKind {
        /// A package was offered to a provider.
        Offered = "offered",
        /// A package is not offered to a provider any more.
        Recalled = "recalled",
        /// A provider has given an accepted package back.
        HandedBack = "handed-back",
        /// The calls of an accepted package were changed.
        CallsChanged = "calls-changed",
        /// A provider has accepted a package.
        Accepted = "accepted",
        /// All providers that were asked have rejected a package.
        Rejected = "rejected",
        /// No provider has answered a package in time.
        Lapsed = "lapsed",
        /// A referral was assigned to a resource.
        Assigned = "assigned",
        /// A referral was taken from a resource.
        Reassigned = "reassigned",
        /// A referral was moved to another status.
        Status = "status",
        /// A provider is asked to share.
        Request = "request",
        /// A sharing request was answered, or a release added or revoked.
        Answer = "answer",
        /// An agreement or a release ends soon.
        Ending = "ending",
    }
}

impl AlertKind {
    /// Those that an account of the level may get.
    pub(crate) fn of(level: Level) -> AlertKinds {
        let fits = |kind: &AlertKind| match kind {
            AlertKind::Status | AlertKind::Answer | AlertKind::Ending => true,
            AlertKind::HandedBack | AlertKind::Accepted | AlertKind::Rejected | AlertKind::Lapsed => {
                level.is_staff()
            }
            _ => !level.is_staff(),
        };
        AlertKind::ALL.iter().copied().filter(fits).collect()
    }

    /// Why it is withdrawn where it is no longer so.
    pub(crate) fn untrue(self) -> &'static str {
        match self {
            AlertKind::Assigned | AlertKind::Status => "the referral was assigned away before this was sent",
            AlertKind::Reassigned => "the referral came back before this was sent",
            AlertKind::Offered | AlertKind::CallsChanged => "the offer ended before this was sent",
            AlertKind::Recalled => "the package was offered again before this was sent",
            AlertKind::Accepted | AlertKind::Rejected | AlertKind::Lapsed | AlertKind::HandedBack => {
                "the package was recalled or offered again before this was sent"
            }
            AlertKind::Request => "the request was answered or has ended before this was sent",
            AlertKind::Answer => "the answer was changed before this was sent",
            AlertKind::Ending => "the agreement was changed before this was sent",
        }
    }

    /// Refused for a kind that an account of the level never gets.
    pub(crate) fn must_be_of(self, level: Level) -> Result<(), String> {
        let kinds = AlertKind::of(level);
        if kinds.contains(self) {
            return Ok(());
        }
        Err(format!("an account of level {level} gets no alerts of the kind {self}, but {}", kinds.words()))
    }
}

/// A set of kinds in two bytes, since an import holds a hundred thousand sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AlertKinds(u16);

impl AlertKinds {
    pub(crate) fn contains(self, kind: AlertKind) -> bool {
        self.0 & 1 << kind as u16 != 0
    }

    pub(crate) fn with(self, other: AlertKinds) -> AlertKinds {
        AlertKinds(self.0 | other.0)
    }

    pub(crate) fn without(self, other: AlertKinds) -> AlertKinds {
        AlertKinds(self.0 & !other.0)
    }

    /// Those of both.
    pub(crate) fn of(self, other: AlertKinds) -> AlertKinds {
        AlertKinds(self.0 & other.0)
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = AlertKind> {
        AlertKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }

    /// As the database keeps them; none where there are none.
    pub(crate) fn text(self) -> Option<String> {
        let names: Vec<&str> = self.iter().map(AlertKind::name).collect();
        (!names.is_empty()).then(|| names.join(","))
    }

    /// A kind that this version does not know is passed over.
    pub(crate) fn from_text(text: Option<&str>) -> AlertKinds {
        text.unwrap_or_default().split(',').filter_map(AlertKind::from_name).collect()
    }

    /// `offered, recalled`.
    pub(crate) fn words(self) -> String {
        self.iter().map(AlertKind::name).collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<AlertKind> for AlertKinds {
    fn from_iter<T: IntoIterator<Item = AlertKind>>(all: T) -> Self {
        all.into_iter().fold(AlertKinds::default(), |set, kind| AlertKinds(set.0 | 1 << kind as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule 2.11.
    #[test]
    fn each_kind_is_for_one_side_at_least() {
        let (hub, portal) = (AlertKind::of(Level::Standard), AlertKind::of(Level::ProviderPortal));
        assert_eq!(hub.with(portal), AlertKind::ALL.iter().copied().collect());
        assert_eq!(hub.of(portal).words(), "status, answer, ending");
        assert!(AlertKind::Offered.must_be_of(Level::Admin).is_err());
        assert!(AlertKind::Offered.must_be_of(Level::ProviderPortal).is_ok());
    }

    #[test]
    fn a_set_is_read_as_it_was_written() {
        let set: AlertKinds = [AlertKind::Ending, AlertKind::Offered].into_iter().collect();
        assert_eq!(set.text().as_deref(), Some("offered,ending"));
        assert_eq!(AlertKinds::from_text(set.text().as_deref()), set);
        assert_eq!(AlertKinds::from_text(None), AlertKinds::default());
        assert_eq!(AlertKinds::default().text(), None);
        assert_eq!(AlertKinds::from_text(Some("ending,later-kind")).words(), "ending");
        assert_eq!(set.without(set), AlertKinds::default());
    }
}
