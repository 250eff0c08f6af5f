//! The rules of sharing (3.1 to 3.8, 3.15, 3.16 and 2.12), one after the other, by which a provider sees a record or does not.

use super::{Facts, PROVIDERS, Record, TYPES, Versions, at, lasts, link};

/// What narrows, each by itself: only where one hides something that all others let through is it proven.
pub(super) const NARROWING: [&str; 15] = [
    "recorded", "never shared", "level", "link", "recipient", "category", "contract", "enrolment", "label",
    "last day of a grant", "released yet", "revoked", "last day of a release", "named", "taken out",
];

/// Facts as they are at an instant of a day.
pub(super) struct Judge<'f> {
    pub(super) facts: &'f Facts,
    pub(super) instant: u8,
    pub(super) day: u8,
    pub(super) without: Option<&'f str>,
}

impl Judge<'_> {
    fn at<'v, T>(&self, versions: &'v Versions<T>) -> Option<&'v T> {
        at(versions, self.instant)
    }

    fn holds(&self, rule: &str, is_so: bool) -> bool {
        is_so || self.without == Some(rule)
    }

    pub(super) fn basis(&self, record: &Record, recipient: u8) -> Option<&'static str> {
        let Facts { settings, links, inactive, .. } = self.facts;
        let setting = self.at(&settings[usize::from(record.provider) * TYPES.len() + record.kind])?;
        let both = [record.provider, recipient];
        let is_common = |category: u8| both.iter().all(|at| self.served(record.client, *at, category));
        let link = self.at(&links[link(record.provider, recipient, record.kind)]);
        let is_open = self.holds("recorded", record.created <= self.instant)
            // Rule 3.16.
            && self.holds("never shared", self.at(&record.never).is_none())
            && self.holds("level", setting.level != 3)
            && self.holds("link", link.is_some())
            // Rule 2.12: of the owner it does not matter.
            && self.holds("recipient", self.at(&inactive[usize::from(recipient)]).is_none())
            && (setting.level != 2 || self.holds("category", record.category.is_some_and(is_common)));
        match (setting.release, setting.client_by_client) {
            _ if !is_open => None,
            (true, _) => self.released(record, recipient).then_some("release"),
            (false, false) => Some("automatic"),
            (false, true) => {
                let is_active = both.iter().all(|at| self.active(record.client, *at));
                let is_agreed = self.holds("enrolment", is_active) && self.granted(record, recipient);
                is_agreed.then_some("request")
            }
        }
    }

    /// Rule 3.3.
    fn served(&self, client: u8, provider: u8, category: u8) -> bool {
        self.facts.records.iter().any(|record| {
            let number = self.facts.contract_of(record);
            let Some(contract) = number.map(|number| &self.facts.contracts[number]) else {
                return false;
            };
            let term = self.at(&contract.term);
            let is_in_force = term.is_some_and(|(start, stop)| *start <= self.day && lasts(*stop, self.day));
            record.kind == 0
                && record.client == client
                && record.provider == provider
                && record.category == Some(category)
                && record.created <= self.instant
                && contract.provider == provider
                && self.at(&contract.categories[usize::from(category)]).is_some()
                && self.holds("contract", is_in_force)
        })
    }

    /// Rule 3.5.
    fn active(&self, client: u8, provider: u8) -> bool {
        let enrolment = self.at(&self.facts.enrolments[usize::from(client * PROVIDERS + provider)]);
        enrolment.is_some_and(|(active, since)| *active && *since <= self.day)
    }

    /// Rules 3.5 and 3.6.
    fn granted(&self, record: &Record, recipient: u8) -> bool {
        self.facts.requests.iter().any(|request| {
            (request.client, request.owner, request.recipient, request.kind)
                == (record.client, record.provider, recipient, record.kind)
                && self.at(&request.labels).is_some_and(|(label, last)| {
                    self.holds("label", *label == "granted")
                        && self.holds("last day of a grant", lasts(*last, self.day))
                })
        })
    }

    /// Rules 3.7 and 3.15.
    fn released(&self, record: &Record, recipient: u8) -> bool {
        let is_over = |at: Option<u8>| at.is_some_and(|at| at <= self.instant);
        self.facts.releases.iter().any(|release| {
            let is_named = release.recipients.as_ref().is_none_or(|named| match named.get(&recipient) {
                None => self.holds("named", false),
                Some(removed) => self.holds("taken out", !is_over(*removed)),
            });
            (release.client, release.owner, release.kind) == (record.client, record.provider, record.kind)
                && self.holds("released yet", release.created <= self.instant)
                && self.holds("revoked", !is_over(release.revoked))
                && self.holds("last day of a release", lasts(release.expires, self.day))
                && is_named
        })
    }
}
