//! What waits for the one who acts, each with the command that shows it (rule 2.13).

use crate::model::prelude::*;

/// Up to how many are counted of each sort.
pub(crate) const COUNTED: usize = 100;
/// One more than is counted says that there are more.
pub(crate) const LIMIT: i64 = 101;
/// How many codes a line names.
const NAMED: usize = 3;

names! {
    /// In the order of the list.
    pub(crate) enum WorkSort {
        /// Packages that a provider has still to answer.
        Offers = "offers",
        /// Open referrals of one status.
        Referrals = "referrals",
        /// Sharing requests that a provider has still to answer.
        Requests = "sharing-requests",
        /// Entries of capacity that were set more than a week ago.
        Capacity = "old-capacity",
        /// Packages that no provider has answered yet.
        PendingPackages = "pending-packages",
        /// Packages that all providers have rejected.
        RejectedPackages = "rejected-packages",
        /// Open referrals without a resource.
        Unassigned = "unassigned-referrals",
        FailedAlerts = "failed-alerts",
    }
}

view! {
    /// What waits of one sort.
    pub(crate) struct Work("work", |view| view.sort.name()) {
        sort: WorkSort => Status,
        /// At most 100.
        number: i64 => Number,
        /// Whether there are more than that.
        has_more: bool => YesNo(hidden),
        /// Of referrals.
        queue: Option<String> => Text,
        status: Option<String> => Text,
        /// Since when the oldest waits; none if there are more than are counted.
        oldest_at: Option<DateTime<Utc>> => Age,
        /// Until when the first of them can still be answered; none if there are more than are counted.
        lapses_at: Option<DateTime<Utc>> => Instant,
        /// Of some of them, the newest first.
        codes: Vec<String> => Text(hidden),
        command: String => Text,
    }
}

view! {
    /// The work of the acting account.
    pub(crate) struct Desk("desk", |view| &view.login) {
        login: String => Code,
        name: String => Text,
        work: Vec<Work> => Many,
    }
}

/// One thing that waits.
pub(crate) struct Waiting {
    pub(crate) code: String,
    pub(crate) since: DateTime<Utc>,
    /// Until when it can be answered, if that ends.
    pub(crate) lapses_at: Option<DateTime<Utc>>,
}

impl Waiting {
    pub(crate) fn since(code: String, since: DateTime<Utc>) -> Self {
        Waiting { code, since, lapses_at: None }
    }
}

impl Work {
    /// None if nothing waits. `found` are the newest first.
    pub(crate) fn of(sort: WorkSort, found: &[Waiting], command: impl Into<String>) -> Option<Work> {
        let has_more = found.len() > COUNTED;
        let oldest = found.iter().map(|one| one.since).min();
        let first_end = found.iter().filter_map(|one| one.lapses_at).min();
        (!found.is_empty()).then(|| Work {
            sort,
            number: i64::try_from(found.len().min(COUNTED)).unwrap_or(i64::MAX),
            has_more,
            queue: None,
            status: None,
            oldest_at: oldest.filter(|_| !has_more),
            lapses_at: first_end.filter(|_| !has_more),
            codes: found.iter().take(NAMED).map(|one| one.code.clone()).collect(),
            command: command.into(),
        })
    }

    /// The open referrals of one status.
    pub(crate) fn referrals(queue: String, status: String, number: i64) -> Work {
        let [in_queue, in_status] = [&queue, &status].map(|name| text::shell_word(name));
        Work {
            sort: WorkSort::Referrals,
            number,
            has_more: false,
            oldest_at: None,
            lapses_at: None,
            codes: Vec::new(),
            command: format!("caredesk referral list --queue {in_queue} --status {in_status}"),
            queue: Some(queue),
            status: Some(status),
        }
    }

    /// `2 packages to answer: PKG-7K3M9Q, PKG-8XHB2M`.
    pub(crate) fn words(&self) -> String {
        let (one, several) = match self.sort {
            WorkSort::Offers => ("package to answer", "packages to answer"),
            WorkSort::Referrals => ("open referral", "open referrals"),
            WorkSort::Requests => ("sharing request to answer", "sharing requests to answer"),
            WorkSort::Capacity => ("capacity entry older than a week", "capacity entries older than a week"),
            WorkSort::PendingPackages => ("package without an answer", "packages without an answer"),
            WorkSort::RejectedPackages => {
                ("package that all have rejected", "packages that all have rejected")
            }
            WorkSort::Unassigned => ("open referral without a resource", "open referrals without a resource"),
            WorkSort::FailedAlerts => ("alert that failed", "alerts that failed"),
        };
        let noun = if self.number == 1 && !self.has_more { one } else { several };
        let number =
            if self.has_more { format!("more than {}", self.number) } else { self.number.to_string() };
        let place = match (&self.queue, &self.status) {
            (Some(queue), Some(status)) => format!(" in `{queue}`: {status}"),
            _ => String::new(),
        };
        let more = if usize::try_from(self.number).is_ok_and(|number| number > self.codes.len()) {
            ", …"
        } else {
            ""
        };
        let codes = match self.codes.as_slice() {
            [] => String::new(),
            codes => format!(": {}{more}", codes.join(", ")),
        };
        format!("{number} {noun}{place}{codes}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_counted_up_to_a_limit() {
        let at: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().unwrap();
        let found = |count: usize| {
            (0..count).map(|number| Waiting::since(format!("PKG-{number}"), at)).collect::<Vec<_>>()
        };
        let words = |count| Work::of(WorkSort::Offers, &found(count), "").map(|work| work.words());
        assert_eq!(words(0), None);
        assert_eq!(words(1).unwrap(), "1 package to answer: PKG-0");
        assert_eq!(words(4).unwrap(), "4 packages to answer: PKG-0, PKG-1, PKG-2, …");
        assert_eq!(words(101).unwrap(), "more than 100 packages to answer: PKG-0, PKG-1, PKG-2, …");
        assert_eq!(Work::of(WorkSort::Offers, &found(101), "").unwrap().oldest_at, None);
        let referrals = Work::referrals("Home care".into(), "New".into(), 2);
        assert_eq!(referrals.words(), "2 open referrals in `Home care`: New");
        assert_eq!(referrals.command, "caredesk referral list --queue 'Home care' --status New");
    }
}
