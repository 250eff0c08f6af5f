//! What an account sees in all, counted and listed.

use crate::model::access::{Level, Permission};
use crate::model::prelude::*;
use crate::model::whoami::Held;

/// Up to how many are counted of each sort.
pub(crate) const COUNTED: usize = 1_000;
/// How many are listed of each sort.
const LISTED: usize = 10;

names! {
    /// In the order of the list.
    pub(crate) enum SightSort {
        Referrals = "referrals",
        Packages = "packages",
        Clients = "clients",
        Visits = "visits",
        /// Of its providers, and what is shared with them.
        Records = "records",
        /// Entries of capacity.
        Capacity = "capacity",
        Requests = "sharing-requests",
    }
}

view! {
    /// What an account sees of one sort.
    pub(crate) struct SightLine("account", |view| view.sort.name()) {
        sort: SightSort => Status,
        /// At most 1,000.
        number: i64 => Number,
        /// Whether there are more than that.
        has_more: bool => YesNo(hidden),
        /// The first of them, as its own list has them.
        codes: Vec<String> => Text,
        /// The list of that account.
        command: String => Text(hidden),
    }
}

view! {
    /// What an account sees.
    pub(crate) struct AccountSight("account", |view| &view.login) {
        login: String => Login,
        name: String => Text,
        level: Level => Status,
        active: bool => YesNo,
        permissions: Vec<Permission> => Text,
        /// The providers that it speaks for; none for staff.
        providers: Vec<Held> => Many,
        /// The resources that it acts for; none for staff.
        resources: Vec<Held> => Many,
        sees: Vec<SightLine> => Many,
    }
}

impl SightLine {
    /// One more than is counted says that there are more.
    pub(crate) const LIMIT: i64 = 1_001;

    pub(crate) fn of(sort: SightSort, codes: &[String], command: String) -> Self {
        SightLine {
            sort,
            number: i64::try_from(codes.len().min(COUNTED)).unwrap_or(i64::MAX),
            has_more: codes.len() > COUNTED,
            codes: codes.iter().take(LISTED).cloned().collect(),
            command,
        }
    }

    /// `12`, or `more than 1000`.
    pub(crate) fn count(&self) -> String {
        if self.has_more { format!("more than {}", self.number) } else { self.number.to_string() }
    }
}
