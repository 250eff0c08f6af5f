//! Who may do what: levels and permissions, and the one table of what each level may do (rule 2.1, 2.3).

use crate::model::prelude::*;

names! {
    pub(crate) enum Level {
        /// Sees everything, changes nothing.
        Trainee = "trainee",
        /// Changes clients, contacts, referrals, visits, packages and records.
        Standard = "standard",
        /// Also changes queues and sharing.
        Supervisor = "supervisor",
        /// Also changes accounts and providers.
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

impl Permission {
    /// What it allows, in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Permission::EditCapacity => "say how many more referrals your resources take",
            Permission::ChangeStatus => "change the status and the note of your referrals",
            Permission::AccessContactDetails => "read the whole contacts of your referrals",
            Permission::RespondPackages => "answer packages that your providers are offered",
            Permission::AnswerSharing => "ask for records of others, and answer who asks for yours",
        }
    }

    /// Whether it acts for a whole provider, and so needs its agency record (rule 2.3).
    pub(crate) fn needs_provider(self) -> bool {
        matches!(self, Permission::RespondPackages | Permission::AnswerSharing)
    }
}

/// A kind of change, as the table below and the messages of denials name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    ChangeClients,
    ExportClients,
    EraseClients,
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
    ReadHub,
    ChangeHub,
    ReadReports,
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
    /// A portal account with the permission, and all staff.
    PortalPermission(Permission),
    /// Every portal account, in its own matters, and staff by their level.
    PortalOr(Action),
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

impl Right {
    /// Who has it where the account that asks has not, in words.
    pub(crate) fn holder(self, is_portal: bool) -> String {
        match self {
            Right::Permission(permission, _) | Right::PortalPermission(permission) if is_portal => {
                format!("an account with the permission {}", permission.name())
            }
            Right::Level(action) | Right::Permission(_, action) | Right::PortalOr(action) if !is_portal => {
                format!("an account of level {} or above", action.words_and_least().1.name())
            }
            _ => "the hub".to_owned(),
        }
    }
}

impl Action {
    const ALL: [Action; 18] = [
        Action::ChangeClients,
        Action::ExportClients,
        Action::EraseClients,
        Action::ChangeContacts,
        Action::ChangeReferrals,
        Action::ChangeVisits,
        Action::ChangePackages,
        Action::ChangeCapacity,
        Action::ChangeQueues,
        Action::ChangeRecords,
        Action::ChangeSharing,
        Action::ChangeProviders,
        Action::ChangeAccounts,
        Action::LookAfterDatabase,
        Action::ReadAudit,
        Action::ReadDisclosures,
        Action::ReadAlerts,
        Action::SendAlerts,
    ];

    /// The table of rule 2.1: its words in a denial, and the lowest level of staff that may do it.
    fn words_and_least(self) -> (&'static str, Level) {
        use Level::{Admin, Standard, Supervisor, Trainee};
        match self {
            Action::ChangeClients => ("change clients", Standard),
            Action::ExportClients => ("export all that is held about a client", Supervisor),
            Action::EraseClients => ("erase clients", Admin),
            Action::ChangeContacts => ("change contacts", Standard),
            Action::ChangeReferrals => ("change referrals", Standard),
            Action::ChangeVisits => ("change visits", Standard),
            Action::ChangePackages => ("change packages", Standard),
            Action::ChangeCapacity => ("change capacity", Standard),
            Action::ChangeQueues => ("change queues", Supervisor),
            Action::ChangeRecords => ("change records", Standard),
            Action::ChangeSharing => ("change sharing", Supervisor),
            Action::ChangeProviders => ("change providers", Admin),
            Action::ChangeAccounts => ("change accounts", Admin),
            Action::LookAfterDatabase => ("look after the database", Admin),
            Action::ReadHub => ("read the settings of the hub", Trainee),
            Action::ReadReports => ("read the reports of the hub", Trainee),
            Action::ChangeHub => ("change the settings of the hub", Admin),
            Action::ReadAudit => ("read the audit trail", Supervisor),
            Action::ReadDisclosures => ("read the register of disclosures", Supervisor),
            Action::ReadAlerts => ("read the alerts", Standard),
            Action::SendAlerts => ("send alerts", Admin),
        }
    }
}

impl Level {
    pub(crate) fn is_staff(self) -> bool {
        self != Level::ProviderPortal
    }

    /// What it may do, in words, in the order of the table.
    pub(crate) fn may(self) -> impl Iterator<Item = &'static str> {
        let least = Action::ALL.into_iter().map(Action::words_and_least);
        least.filter(move |(_, least)| self.rank() >= least.rank()).map(|(words, _)| words)
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
        let (words, least) = action.words_and_least();
        if self.rank() >= least.rank() {
            return Ok(());
        }
        let least = least.name();
        Err(Error::new(
            Kind::Denied,
            "actor.level",
            format!("an account of level `{}` may not {words}", self.name()),
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
