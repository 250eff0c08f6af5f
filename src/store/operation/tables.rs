//! The tables that imports change, and the things that their rows belong to. A table that an import changes and that is not
//! here is an internal error, so none is forgotten.

use crate::db::{Journaled, Referrer};

const fn table(table: &'static str, key: &'static [&'static str], thing: &'static str) -> Journaled {
    Journaled { table, key, thing, counter: None }
}

pub(super) const TABLES: &[Journaled] = &[
    table("account", &["id"], "id"),
    table("account_permission", &["account_id", "permission"], "account_id"),
    table("account_resource", &["account_id", "resource_id"], "account_id"),
    table("address", &["provider_id", "position"], "provider_id"),
    table("alert", &["id"], "referral_id"),
    table("capacity", &["id"], "id"),
    table("category", &["id"], "id"),
    table("client", &["id"], "id"),
    table("client_former_name", &["client_id", "position"], "client_id"),
    table("client_phone", &["client_id", "position"], "client_id"),
    table("contact", &["id"], "id"),
    table("contact_person", &["provider_id", "position"], "provider_id"),
    table("contract", &["id"], "id"),
    table("contract_category", &["id"], "contract_id"),
    table("contract_term", &["id"], "contract_id"),
    table("directory", &["id"], "id"),
    table("directory_detail", &["provider_id", "position"], "provider_id"),
    table("directory_entry", &["directory_id", "position"], "directory_id"),
    table("directory_remainder", &["provider_id", "position"], "provider_id"),
    table("enrolment", &["id"], "client_id"),
    table("never_shared", &["id"], "record_id"),
    table("opening_hours", &["provider_id", "position"], "provider_id"),
    table("phone", &["provider_id", "position"], "provider_id"),
    table("provider", &["id"], "id"),
    table("provider_inactivity", &["id"], "provider_id"),
    table("record", &["id"], "id"),
    table("referral", &["id"], "id"),
    table("referral_change", &["id"], "referral_id"),
    table("release", &["id"], "id"),
    table("release_piece", &["release_id", "position"], "release_id"),
    table("release_recipient", &["release_id", "provider_id"], "release_id"),
    table("resource", &["id"], "provider_id"),
    table("sharing_link", &["id"], "owner_id"),
    table("sharing_setting", &["id"], "provider_id"),
    // A calendar ignores an event whose SEQUENCE is less than one that it has seen.
    Journaled { counter: Some("sequence"), ..table("visit", &["id"], "id") },
];

/// The audit trail stays, and what people and resources are searched by is derived anew from the tables above.
pub(crate) const OTHERS: &[&str] = &[
    "audit", "client_word", "contact_word", "search_resource", "search_word", "search_term", "search_listing",
];

const fn referrer(table: &'static str, called: &'static str, by: &'static str) -> Referrer {
    Referrer { table, called, by }
}

/// What rows are called that have no name of their own; of two for one table the first counts whose column does not itself refer to
/// the thing.
pub(crate) const REFERRERS: &[Referrer] = &[
    referrer("account_resource", "a resource of account", "account_id"),
    referrer("address", "an address of provider", "provider_id"),
    referrer("alert", "an alert for account", "account_id"),
    referrer("alert", "an alert about referral", "referral_id"),
    referrer("client_former_name", "a former name of client", "client_id"),
    referrer("client_phone", "a phone number of client", "client_id"),
    referrer("contact_person", "a contact person of provider", "provider_id"),
    referrer("contract_category", "a category of contract", "contract_id"),
    referrer("contract_term", "the term of contract", "contract_id"),
    referrer("directory_detail", "a detail of provider", "provider_id"),
    referrer("directory_entry", "what a source says of no provider", "directory_id"),
    referrer("directory_remainder", "what else a directory says of provider", "provider_id"),
    referrer("disclosure", "a disclosure about client", "client_id"),
    referrer("disclosure", "a disclosure by provider", "owner_id"),
    referrer("enrolment", "an enrolment of client", "client_id"),
    referrer("enrolment", "an enrolment at provider", "provider_id"),
    referrer("never_shared", "a mark of record", "record_id"),
    referrer("offer", "the offer of package", "package_id"),
    referrer("opening_hours", "opening hours of provider", "provider_id"),
    referrer("package_visit", "package", "package_id"),
    referrer("phone", "a phone number of provider", "provider_id"),
    referrer("provider_inactivity", "a time of inactivity of provider", "provider_id"),
    referrer("queue_resource", "the list of queue", "queue_id"),
    referrer("referral_change", "the history of referral", "referral_id"),
    referrer("release_recipient", "release", "release_id"),
    referrer("sharing_answer", "an answer to sharing request", "request_id"),
    referrer("sharing_link", "a sharing link from provider", "owner_id"),
    referrer("sharing_link", "a sharing link to provider", "recipient_id"),
];

/// What the rows of some tables make up together, and what the audit trail calls it.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) singular: &'static str,
    pub(super) plural: &'static str,
    /// The table whose row is the thing itself; none where there are only rows of a history.
    pub(super) root: Option<&'static str>,
    tables: &'static [&'static str],
    /// Where the names under which the audit trail knows it are: table, column with its id, column with the name.
    pub(super) names: &'static [(&'static str, &'static str, &'static str)],
    /// Parts of which one is in the action of every entry about it; empty if all entries under its name are.
    only: &'static [&'static str],
    /// Parts of actions that are about something else under the same name.
    but: &'static [&'static str],
}

const fn kind(
    (singular, plural): (&'static str, &'static str), root: Option<&'static str>,
    tables: &'static [&'static str], names: &'static [(&'static str, &'static str, &'static str)],
) -> Kind {
    Kind { singular, plural, root, tables, names, only: &[], but: &[".export"] }
}

pub(super) const KINDS: &[Kind] = &[
    Kind {
        only: &["account."],
        ..kind(
            ("account", "accounts"),
            Some("account"),
            &["account", "account_permission", "account_resource"],
            &[("account", "id", "login")],
        )
    },
    Kind {
        but: &[".export", "enrol"],
        ..kind(
            ("client", "clients"),
            Some("client"),
            &["client", "client_former_name", "client_phone"],
            &[("client", "id", "code")],
        )
    },
    Kind {
        but: &["sharing."],
        ..kind(
            ("provider", "providers"),
            Some("provider"),
            &[
                "provider", "provider_inactivity", "resource", "phone", "address", "directory_detail",
                "directory_remainder", "opening_hours", "contact_person",
            ],
            &[("provider", "id", "code"), ("resource", "provider_id", "code")],
        )
    },
    kind(
        ("entry of capacity", "entries of capacity"),
        Some("capacity"),
        &["capacity"],
        &[("capacity", "id", "code")],
    ),
    kind(("category", "categories"), Some("category"), &["category"], &[("category", "id", "name")]),
    Kind {
        only: &["contact."],
        ..kind(("contact", "contacts"), Some("contact"), &["contact"], &[("contact", "id", "number")])
    },
    kind(
        ("contract", "contracts"),
        Some("contract"),
        &["contract", "contract_category", "contract_term"],
        &[("contract", "id", "code")],
    ),
    kind(
        ("directory", "directories"),
        Some("directory"),
        &["directory", "directory_entry"],
        &[("directory", "id", "name")],
    ),
    kind(
        ("referral", "referrals"),
        Some("referral"),
        &["referral", "referral_change", "alert"],
        &[("referral", "id", "code")],
    ),
    kind(("visit", "visits"), Some("visit"), &["visit"], &[("visit", "id", "code")]),
    kind(("record", "records"), Some("record"), &["record", "never_shared"], &[("record", "id", "code")]),
    kind(
        ("release", "releases"),
        Some("release"),
        &["release", "release_piece", "release_recipient"],
        &[("release", "id", "code")],
    ),
    Kind {
        only: &["enrol", "merge", "erase"],
        ..kind(
            ("client's enrolments", "clients' enrolments"),
            None,
            &["enrolment"],
            &[("client", "id", "code")],
        )
    },
    Kind {
        only: &["sharing.", "merge"],
        ..kind(
            ("provider's links", "providers' links"),
            None,
            &["sharing_link"],
            &[("provider", "id", "code")],
        )
    },
    Kind {
        only: &["sharing.", "merge"],
        ..kind(
            ("provider's sharing settings", "providers' sharing settings"),
            None,
            &["sharing_setting"],
            &[("provider", "id", "code")],
        )
    },
];

impl Kind {
    /// The place among [`KINDS`] of what the rows of a table belong to.
    pub(super) fn of_table(table: &str) -> u8 {
        let place = KINDS.iter().position(|kind| kind.tables.contains(&table));
        place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
    }

    pub(super) fn at(place: u8) -> Option<&'static Kind> {
        KINDS.get(usize::from(place))
    }

    /// Whether an entry of this action, under a name of such a thing, is about it.
    pub(super) fn is_about(&self, action: &str) -> bool {
        let has = |parts: &[&str]| parts.iter().any(|part| action.contains(part));
        (self.only.is_empty() || has(self.only)) && !has(self.but)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_belongs_to_one_kind_of_thing() {
        for table in TABLES {
            let kinds = KINDS.iter().filter(|kind| kind.tables.contains(&table.table)).count();
            assert_eq!(kinds, 1, "{}", table.table);
        }
        assert_eq!(KINDS.iter().map(|kind| kind.tables.len()).sum::<usize>(), TABLES.len());
    }
}
