//! What `doctor` looks at, and what it finds: named checks in groups, each with how many, the first of them, and the command
//! that mends it (rule 7.20).

use crate::model::prelude::*;

/// Up to how many are counted of each check.
pub(crate) const COUNTED: usize = 100;
/// One more than is counted says that there are more.
pub(crate) const LIMIT: i64 = 101;
/// How many are named.
const NAMED: usize = 3;

names! {
    /// In the order of the list.
    pub(crate) enum CheckGroup {
        /// The file of the database.
        File = "file",
        /// The PostgreSQL server.
        Server = "server",
        Backups = "backups",
        /// The audit trail, and what the rules of the program promise of the data.
        Trail = "trail",
        /// Packages, referrals, capacity and alerts.
        Work = "work",
        Accounts = "accounts",
        /// Grants and releases.
        Sharing = "sharing",
        /// Clients.
        People = "people",
    }
}

names! {
    /// In the order of the list, group by group.
    pub(crate) enum Check {
        /// The file is readable as a whole, and its indexes fit.
        Integrity = "integrity",
        /// No row refers to one that is missing.
        References = "references",
        /// Only its owner can read the database.
        Permissions = "permissions",
        /// Copies that upgrades left behind, which hold old data.
        Copies = "copies",
        /// Room on the disk for a copy of the database.
        Space = "space",
        /// The log beside the file, which grows while it cannot be written into that.
        Log = "log",
        /// Pages of the file that hold nothing.
        FreePages = "free-pages",
        /// Tables, views and indexes are those of the program.
        Schema = "schema",
        /// A server that its makers still mend.
        Version = "version",
        /// The rights of the role.
        Role = "role",
        /// Whether the connection is encrypted.
        Encryption = "encryption",
        /// Connections in use.
        Connections = "connections",
        /// Replicas that lag behind.
        Replicas = "replicas",
        /// Transactions that were left open.
        Transactions = "transactions",
        /// Whether the clocks of server and machine agree.
        Clock = "clock",
        /// Whether what is committed survives a crash.
        Durability = "durability",
        /// Transaction numbers that are used up.
        Wraparound = "wraparound",
        /// How old the last backup is.
        Backup = "backup",
        /// When it was last found out whether a backup is whole.
        Verified = "verified",
        /// No entry of the audit trail was changed or cut off.
        Chain = "chain",
        /// All is as the audit trail says.
        Recorded = "recorded",
        /// No data breaks a rule of the program.
        Rules = "rules",
        /// Packages that no provider is left to answer.
        RejectedPackages = "rejected-packages",
        /// Packages where a provider has not answered in time.
        OverduePackages = "overdue-packages",
        /// Packages that wait though none of their visits is to come.
        PastPackages = "past-packages",
        /// Offers that wait at providers that are not active.
        InactiveProviders = "inactive-providers",
        /// Open referrals whose status has long not changed.
        IdleReferrals = "idle-referrals",
        /// Resources with open referrals for which no account acts.
        UnwatchedResources = "unwatched-resources",
        /// Capacity that was long not confirmed.
        OldCapacity = "old-capacity",
        /// Alerts that could not be delivered.
        FailedAlerts = "failed-alerts",
        /// Alerts that are due, and are not sent.
        UnsentAlerts = "unsent-alerts",
        /// Accounts that see nothing.
        BlindAccounts = "blind-accounts",
        /// Accounts that have long done nothing.
        UnusedAccounts = "unused-accounts",
        /// Grants that end soon.
        EndingGrants = "ending-grants",
        /// Releases that end soon, and that no later one follows.
        EndingReleases = "ending-releases",
        /// Releases that lack an element of a valid one.
        IncompleteReleases = "incomplete-releases",
        /// Clients who may be one person.
        DoubledClients = "doubled-clients",
        /// Clients who have died, for whom something is planned.
        DeceasedClients = "deceased-clients",
    }
}

names! {
    pub(crate) enum CheckResult {
        Ok = "ok",
        /// Something that one should look at; it does not count as a failure.
        Note = "note",
        /// Something to mend.
        Found = "found",
        Skipped = "skipped",
    }
}

view! {
    /// What one check has found.
    pub(crate) struct Diagnosis("doctor", |view| view.check.name()) {
        group: CheckGroup => Status,
        check: Check => Status,
        result: CheckResult => Status,
        /// How many were found, at most 100.
        number: i64 => Number,
        /// Whether there are more than that.
        has_more: bool => YesNo(hidden),
        /// What was found, what is well, or why it was not looked at.
        detail: String => Text,
        /// The first of what was found.
        first: Vec<String> => Text,
        /// What mends it, or the first of it. Words in capitals are to be filled in.
        command: Option<String> => Text,
        /// The list that shows them all.
        list: Option<String> => Text(hidden),
    }
}

/// The result of a check.
pub(crate) enum Outcome {
    /// In words.
    Ok(String),
    Found(Findings),
    /// Why, and the command that looks at it all the same.
    Skipped(String, Option<String>),
}

/// What a check has found.
pub(crate) struct Findings {
    pub(crate) detail: String,
    pub(crate) number: usize,
    pub(crate) first: Vec<String>,
    pub(crate) command: String,
    pub(crate) list: Option<String>,
}

impl Check {
    pub(crate) fn group(self) -> CheckGroup {
        match self {
            Check::Integrity
            | Check::References
            | Check::Permissions
            | Check::Copies
            | Check::Space
            | Check::Log
            | Check::FreePages
            | Check::Schema => CheckGroup::File,
            Check::Version
            | Check::Role
            | Check::Encryption
            | Check::Connections
            | Check::Replicas
            | Check::Transactions
            | Check::Clock
            | Check::Durability
            | Check::Wraparound => CheckGroup::Server,
            Check::Backup | Check::Verified => CheckGroup::Backups,
            Check::Chain | Check::Recorded | Check::Rules => CheckGroup::Trail,
            Check::RejectedPackages
            | Check::OverduePackages
            | Check::PastPackages
            | Check::InactiveProviders
            | Check::IdleReferrals
            | Check::UnwatchedResources
            | Check::OldCapacity
            | Check::FailedAlerts
            | Check::UnsentAlerts => CheckGroup::Work,
            Check::BlindAccounts | Check::UnusedAccounts => CheckGroup::Accounts,
            Check::EndingGrants | Check::EndingReleases | Check::IncompleteReleases => CheckGroup::Sharing,
            Check::DoubledClients | Check::DeceasedClients => CheckGroup::People,
        }
    }

    /// Whether what it finds is housekeeping or a guess, which a person has to judge.
    fn is_advice(self) -> bool {
        use Check::{Copies, DoubledClients, FreePages, UnusedAccounts, Verified};
        matches!(self, Copies | FreePages | Verified | UnusedAccounts | DoubledClients)
    }

    /// Whether it reads all of a file or of a table.
    pub(crate) fn takes_long(self) -> bool {
        use Check::{Chain, DoubledClients, Integrity, Recorded, References, Rules};
        matches!(self, Integrity | References | Chain | Recorded | Rules | DoubledClients)
    }

    pub(crate) fn diagnosis(self, outcome: Outcome) -> Diagnosis {
        let bare = Diagnosis {
            group: self.group(),
            check: self,
            result: CheckResult::Ok,
            number: 0,
            has_more: false,
            detail: String::new(),
            first: Vec::new(),
            command: None,
            list: None,
        };
        match outcome {
            Outcome::Ok(detail) => Diagnosis { detail, ..bare },
            Outcome::Skipped(detail, command) => {
                Diagnosis { result: CheckResult::Skipped, detail, command, ..bare }
            }
            Outcome::Found(found) => Diagnosis {
                result: if self.is_advice() { CheckResult::Note } else { CheckResult::Found },
                number: i64::try_from(found.number.min(COUNTED)).unwrap_or(i64::MAX),
                has_more: found.number > COUNTED,
                detail: found.detail,
                first: found.first.into_iter().take(NAMED).collect(),
                command: Some(found.command),
                list: found.list,
                ..bare
            },
        }
    }
}

impl Outcome {
    /// Of things that are there, with their names: well if there are none. `mends` is for the first of them.
    pub(crate) fn of<T>(
        things: &[T], well: impl Into<String>, detail: impl Into<String>, name: impl Fn(&T) -> String,
        mends: impl Fn(&T) -> String,
    ) -> Outcome {
        let Some(first) = things.first() else { return Outcome::Ok(well.into()) };
        Outcome::Found(Findings {
            detail: detail.into(),
            number: things.len(),
            first: things.iter().take(NAMED).map(name).collect(),
            command: mends(first),
            list: None,
        })
    }

    /// With the list that shows all of them.
    pub(crate) fn listed(self, list: impl Into<String>) -> Outcome {
        match self {
            Outcome::Found(found) => Outcome::Found(Findings { list: Some(list.into()), ..found }),
            other => other,
        }
    }

    pub(crate) fn skipped(why: impl Into<String>) -> Outcome {
        Outcome::Skipped(why.into(), None)
    }
}

impl Diagnosis {
    /// `open referrals without a new status for 30 days: REF-7K3M9Q (Ada Moss), …`.
    pub(crate) fn words(&self) -> String {
        if self.first.is_empty() {
            return self.detail.clone();
        }
        let named = i64::try_from(self.first.len()).unwrap_or(i64::MAX);
        let more = if self.has_more || self.number > named { ", …" } else { "" };
        format!("{}: {}{more}", self.detail, self.first.join(", "))
    }

    /// `12`, or `100+`.
    pub(crate) fn count(&self) -> String {
        if self.has_more { format!("{}+", self.number) } else { self.number.to_string() }
    }
}

/// What `--only` and `--except` name: a check, or all of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Group(CheckGroup),
    Check(Check),
}

impl Part {
    /// Groups first.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        let groups = CheckGroup::ALL.iter().map(|group| group.name());
        groups.chain(Check::ALL.iter().map(|check| check.name()))
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        CheckGroup::from_name(name).map(Part::Group).or_else(|| Check::from_name(name).map(Part::Check))
    }

    pub(crate) fn covers(self, check: Check) -> bool {
        match self {
            Part::Group(group) => check.group() == group,
            Part::Check(one) => one == check,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_stand_in_the_order_of_their_groups() {
        assert!(Check::ALL.is_sorted_by_key(|check| check.group()));
        assert!(CheckGroup::ALL.iter().all(|group| Check::ALL.iter().any(|check| check.group() == *group)));
    }

    #[test]
    fn a_name_means_a_check_or_a_group() {
        let mut names: Vec<_> = Part::names().collect();
        assert!(names.iter().all(|name| Part::from_name(name).is_some()));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CheckGroup::ALL.len() + Check::ALL.len(), "no group is called as a check");
        let work = Part::from_name("work").unwrap();
        assert!(work.covers(Check::FailedAlerts) && !work.covers(Check::Chain));
    }

    #[test]
    fn what_is_found_is_counted_up_to_a_limit_and_the_first_are_named() {
        let of = |count: usize| {
            let things: Vec<usize> = (0..count).collect();
            let outcome =
                Outcome::of(&things, "none", "things", ToString::to_string, |one| format!("mend {one}"));
            Check::FailedAlerts.diagnosis(outcome.listed("list them"))
        };
        let well = of(0);
        assert_eq!((well.result, well.words().as_str(), well.command), (CheckResult::Ok, "none", None));
        let few = of(2);
        assert_eq!((few.count().as_str(), few.words().as_str()), ("2", "things: 0, 1"));
        assert_eq!((few.command.as_deref(), few.list.as_deref()), (Some("mend 0"), Some("list them")));
        let many = of(101);
        assert_eq!((many.count().as_str(), many.words().as_str()), ("100+", "things: 0, 1, 2, …"));
        assert_eq!(many.result, CheckResult::Found);
        let advice = Outcome::of(&[1], "", "", ToString::to_string, |_| String::new());
        assert_eq!(Check::Copies.diagnosis(advice).result, CheckResult::Note);
    }
}
