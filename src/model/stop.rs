//! What stops with a provider, a resource, a queue, a status or an account (rule 2.12).

use std::collections::{BTreeMap, HashSet};

use crate::model::prelude::*;

/// How many codes a sentence names of each sort.
const NAMED: usize = 5;

names! {
    /// In the order of the sentence.
    pub(crate) enum StopSort {
        /// Packages that the provider has still to answer.
        PendingOffers = "pending-offers",
        /// Packages that wait for an answer, or were accepted and have visits to come.
        RunningPackages = "running-packages",
        OpenReferrals = "open-referrals",
        /// Open referrals that accounts see no more.
        HiddenReferrals = "hidden-referrals",
        /// Portal accounts that no longer see what they saw.
        Accounts = "accounts",
        /// Queues that send referrals.
        Queues = "queues",
        /// Entries of capacity, in force or to come.
        Capacity = "capacity",
        /// Links that share with the provider: the owner and the data type.
        Links = "links",
        /// Grants and releases for the provider.
        Agreements = "agreements",
        /// Resources that the account acts for.
        Resources = "resources",
        /// Resources that no other account acts for.
        UnattendedResources = "unattended-resources",
        Permissions = "permissions",
        /// What the level may do and the next may not.
        Rights = "rights",
    }
}

/// Each thing that stops: a code, a login or a name.
pub(crate) type Found = Vec<(StopSort, String)>;

/// What stops of one sort.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub(crate) struct Stop {
    pub(crate) sort: StopSort,
    pub(crate) number: usize,
    /// Codes, logins or names.
    pub(crate) codes: Vec<String>,
}

/// Counted by sort, each code once.
pub(crate) fn stops(found: impl IntoIterator<Item = (StopSort, String)>) -> Vec<Stop> {
    let mut sorts: BTreeMap<StopSort, Vec<String>> = BTreeMap::new();
    let mut seen = HashSet::new();
    for (sort, code) in found {
        if seen.insert((sort, code.clone())) {
            sorts.entry(sort).or_default().push(code);
        }
    }
    sorts.into_iter().map(|(sort, codes)| Stop { sort, number: codes.len(), codes }).collect()
}

/// A whole sentence with a space before it; nothing where nothing stops.
pub(crate) fn words(stops: &[Stop]) -> String {
    if stops.is_empty() { String::new() } else { format!(" Affected: {}.", list(stops)) }
}

/// `2 open referrals (REF-7K3M9Q, REF-8XHB2M); 1 queue (Meals)`.
pub(crate) fn list(stops: &[Stop]) -> String {
    stops.iter().map(Stop::words).collect::<Vec<_>>().join("; ")
}

impl Stop {
    fn words(&self) -> String {
        let (one, several) = self.sort.nouns();
        let named = self.codes.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = match self.codes.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{} ({named}{more})", counted(self.number, one, several))
    }
}

impl StopSort {
    fn nouns(self) -> (&'static str, &'static str) {
        match self {
            StopSort::PendingOffers => ("offer to answer", "offers to answer"),
            StopSort::RunningPackages => ("running package", "running packages"),
            StopSort::OpenReferrals => ("open referral", "open referrals"),
            StopSort::HiddenReferrals => {
                ("open referral hidden from accounts", "open referrals hidden from accounts")
            }
            StopSort::Accounts => ("account that loses access", "accounts that lose access"),
            StopSort::Queues => ("queue", "queues"),
            StopSort::Capacity => ("capacity entry", "capacity entries"),
            StopSort::Links => ("link", "links"),
            StopSort::Agreements => ("agreement", "agreements"),
            StopSort::Resources => ("resource", "resources"),
            StopSort::UnattendedResources => {
                ("resource without another account", "resources without another account")
            }
            StopSort::Permissions => ("permission", "permissions"),
            StopSort::Rights => ("right", "rights"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stops_is_counted_and_named() {
        let found = |sort, codes: &[&str]| codes.iter().map(move |code| (sort, (*code).to_owned())).collect();
        let referrals: Vec<_> = found(StopSort::OpenReferrals, &["a", "b", "c", "d", "e", "f", "g", "a"]);
        let offers: Vec<_> = found(StopSort::PendingOffers, &["p"]);
        let stops = stops(referrals.into_iter().chain(offers));
        assert_eq!(stops.iter().map(|stop| stop.number).collect::<Vec<_>>(), [1, 7]);
        let expected = " Affected: 1 offer to answer (p); 7 open referrals (a, b, c, d, e and 2 more).";
        assert_eq!(words(&stops), expected);
        assert_eq!(words(&[]), "");
    }
}
