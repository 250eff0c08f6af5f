//! Rules that concern several rows, which no constraint can enforce: each query returns what violates one.

use crate::store::prelude::*;

/// A rule in words, and the query that finds its violations.
pub(crate) struct Rule {
    pub(crate) words: &'static str,
    violations: &'static str,
}

pub(crate) const RULES: &[Rule] = &[
    rule("a package has the status that its offers say", sql!("database/package_status")),
    rule("of an accepted package nothing is left to answer", sql!("database/package_race")),
    rule("a package is offered to at least one provider", sql!("database/package_providers")),
    rule("a package has visits", sql!("database/package_visits")),
    rule("the visits of a package are of its referral", sql!("database/package_referral")),
    rule("a package holds its visits until it is recalled", sql!("database/package_release")),
    rule("an accepted visit is found with its provider", sql!("database/visit_holder")),
    rule("a provider has one agency record", sql!("database/provider_agency")),
    rule("a provider is noted as inactive while it is", sql!("database/provider_activity")),
    rule("a referral has a status of its queue", sql!("database/referral_queue")),
    rule("referrals arrive in an open status", sql!("database/queue_arrival")),
    rule("no two bounded entries of capacity overlap", sql!("database/capacity_overlap")),
    rule("only portal accounts have resources and permissions", sql!("database/account_portal")),
    rule("the document of a release is all there", sql!("database/release_document")),
    rule("a release is for all providers or for named ones", sql!("database/release_recipient")),
    rule(
        "a sharing request has one label, and is open under pending or granted",
        sql!("database/request_label"),
    ),
    rule(
        "of settings, links, enrolments, labels and terms one version holds at a time",
        sql!("database/version_overlap"),
    ),
    rule("a contract has a term and a category", sql!("database/contract_term")),
    rule("the contract of a record is of its provider", sql!("database/record_contract")),
    rule(
        "the register of disclosures names another's records and their basis",
        sql!("database/disclosure_basis"),
    ),
];

const fn rule(words: &'static str, violations: &'static str) -> Rule {
    Rule { words, violations }
}

impl Rule {
    /// The code or name of each thing that violates it.
    pub(crate) fn violations(&self, tx: &mut Tx<'_>) -> Result<Vec<String>> {
        tx.all(self.violations, params![], |row| row.get("offender"))
    }
}

/// How much a database holds, as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contents {
    pub(crate) clients: i64,
    pub(crate) packages: i64,
    pub(crate) accounts: i64,
}

pub(crate) fn contents(tx: &mut Tx<'_>) -> Result<Contents> {
    let found = tx.first(
        sql!("database/contents"),
        params![],
        |row| from_row! { row => Contents { clients, packages, accounts } },
    )?;
    found.ok_or_else(|| Error::internal("a count has no row"))
}
