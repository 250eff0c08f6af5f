//! Who may do what: levels and permissions, and the one table of what each level may do (rule 2.1, 2.3).

use crate::model::prelude::*;

names! {
    pub(crate) enum Level {
        /// Sees everything, changes nothing.
        Trainee = "trainee",
        /// Clients, contacts, referrals, visits, packages, records.
        Standard = "standard",
        /// The same, and queues and sharing.
        Supervisor = "supervisor",
        /// Everything, including accounts, providers and settings.
        Admin = "admin",
        /// Only what its resources and permissions allow.
        ProviderPortal = "provider-portal",
    }
}

names! {
    /// Permissions of a portal account beyond reading; all off by default.
    pub(crate) enum Permission {
        EditCapacity = "edit-capacity",
        ChangeStatus = "change-status",
        AccessContactDetails = "access-contact-details",
        RespondPackages = "respond-packages",
        AnswerSharing = "answer-sharing",
    }
}

/// A kind of change, as the table below and the messages of denials name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    ChangeClients,
    ChangeContacts,
    ChangeReferrals,
    ChangeVisits,
    ChangePackages,
    ChangeCapacity,
    ChangeQueues,
    ChangeRecords,
    ChangeSharing,
    ChangeProviders,
    ChangeAccounts,
    LookAfterDatabase,
    ReadAudit,
    ReadDisclosures,
    ReadAlerts,
    SendAlerts,
}

/// The right that an action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    /// Every actor who sees the thing.
    Everyone,
    /// A level of staff.
    Level(Action),
    /// A portal account with the permission, and staff by their level.
    Permission(Permission, Action),
}

impl From<Action> for Right {
    fn from(action: Action) -> Self {
        Right::Level(action)
    }
}

impl From<(Permission, Action)> for Right {
    fn from((permission, action): (Permission, Action)) -> Self {
        Right::Permission(permission, action)
    }
}

impl Action {
    fn words(self) -> &'static str {
        match self {
            Action::ChangeClients => "change clients",
            Action::ChangeContacts => "change contacts",
            Action::ChangeReferrals => "change referrals",
            Action::ChangeVisits => "change visits",
            Action::ChangePackages => "change packages",
            Action::ChangeCapacity => "change capacity",
            Action::ChangeQueues => "change queues",
            Action::ChangeRecords => "change records",
            Action::ChangeSharing => "change sharing",
            Action::ChangeProviders => "change providers",
            Action::ChangeAccounts => "change accounts",
            Action::LookAfterDatabase => "look after the database",
            Action::ReadAudit => "read the audit trail",
            Action::ReadDisclosures => "read the register of disclosures",
            Action::ReadAlerts => "read the alerts",
            Action::SendAlerts => "send alerts",
        }
    }

    /// The lowest staff level that may do it: the table of rule 2.1.
    fn least(self) -> Level {
        match self {
            Action::ChangeClients
            | Action::ChangeContacts
            | Action::ChangeReferrals
            | Action::ChangeVisits
            | Action::ChangePackages
            | Action::ChangeCapacity
            | Action::ChangeRecords
            | Action::ReadAlerts => Level::Standard,
            Action::ChangeQueues | Action::ChangeSharing | Action::ReadAudit | Action::ReadDisclosures => {
                Level::Supervisor
            }
            Action::ChangeProviders
            | Action::ChangeAccounts
            | Action::LookAfterDatabase
            | Action::SendAlerts => Level::Admin,
        }
    }
}

impl Level {
    pub(crate) fn is_staff(self) -> bool {
        self != Level::ProviderPortal
    }

    fn rank(self) -> u8 {
        match self {
            Level::ProviderPortal => 0,
            Level::Trainee => 1,
            Level::Standard => 2,
            Level::Supervisor => 3,
            Level::Admin => 4,
        }
    }

    /// Denied if this level may not do it.
    pub(crate) fn require(self, action: Action) -> Result<()> {
        if self.rank() >= action.least().rank() {
            return Ok(());
        }
        let least = action.least().name();
        Err(Error::new(
            Kind::Denied,
            "actor.level",
            format!("an account of level `{}` may not {}", self.name(), action.words()),
        )
        .hint(format!("that takes the level {least}; `caredesk whoami` says who you are"))
        .detail("level", self.name())
        .detail("required", least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_may_do_what_the_one_below_may() {
        let order = [Level::ProviderPortal, Level::Trainee, Level::Standard, Level::Supervisor, Level::Admin];
        let may = |level: Level| {
            [Action::ChangePackages, Action::ChangeQueues, Action::ChangeProviders]
                .map(|action| level.require(action).is_ok())
        };
        assert_eq!(
            order.map(may),
            [
                [false, false, false],
                [false, false, false],
                [true, false, false],
                [true, true, false],
                [true, true, true],
            ]
        );
    }
}
