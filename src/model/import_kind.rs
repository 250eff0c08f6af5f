//! What can be imported, and what each import needs.

use crate::model::access::Action;
use crate::model::names::names;

names! {
    /// What can be imported, by the action in the audit trail.
    pub(crate) enum ImportKind {
        Accounts = "account.import",
        Clients = "client.import",
        Contacts = "contact.import",
        Contracts = "contract.import",
        Enrolments = "client.import-enrolments",
        Links = "sharing.import-links",
        Providers = "provider.import",
        Records = "record.import",
        Referrals = "referral.import",
        Releases = "release.import",
        Resources = "resource.import",
        Settings = "sharing.import-settings",
        Visits = "visit.import",
    }
}

names! {
    /// How what is imported is written.
    pub(crate) enum FileFormat {
        /// A table: CSV, TSV, JSON, JSON lines or a workbook
        Csv = "csv",
        /// Human Services Data Specification: a folder of tables (1, 2 or 3), also zipped, or JSON (3)
        Hsds = "hsds",
        /// FHIR R4 bundles, NDJSON, or a folder of them
        Fhir = "fhir",
        /// A home-care instance in JSON
        Hhcrsp = "hhcrsp",
    }
}

impl ImportKind {
    /// The right that it needs, and taking it back as well.
    pub(crate) fn right(self) -> Action {
        match self {
            ImportKind::Accounts => Action::ChangeAccounts,
            ImportKind::Clients | ImportKind::Enrolments => Action::ChangeClients,
            ImportKind::Contacts => Action::ChangeContacts,
            ImportKind::Contracts | ImportKind::Links | ImportKind::Releases | ImportKind::Settings => {
                Action::ChangeSharing
            }
            ImportKind::Providers | ImportKind::Resources => Action::ChangeProviders,
            ImportKind::Records => Action::ChangeRecords,
            ImportKind::Referrals => Action::ChangeReferrals,
            ImportKind::Visits => Action::ChangeVisits,
        }
    }

    /// What a row is of, as in the views of it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            ImportKind::Accounts => "account",
            ImportKind::Clients => "client",
            ImportKind::Contacts => "contact",
            ImportKind::Contracts => "contract",
            ImportKind::Enrolments => "enrolment",
            ImportKind::Links | ImportKind::Settings => "sharing",
            ImportKind::Providers => "provider",
            ImportKind::Records => "record",
            ImportKind::Referrals => "referral",
            ImportKind::Releases => "release",
            ImportKind::Resources => "resource",
            ImportKind::Visits => "visit",
        }
    }

    /// What its rows are, as the report begins.
    pub(crate) fn things(self) -> &'static str {
        match self {
            ImportKind::Accounts => "Accounts",
            ImportKind::Clients => "Clients",
            ImportKind::Contacts => "Contacts",
            ImportKind::Contracts => "Contracts",
            ImportKind::Enrolments => "Enrolments",
            ImportKind::Links => "Links",
            ImportKind::Providers => "Providers",
            ImportKind::Records => "Records",
            ImportKind::Referrals => "Referrals",
            ImportKind::Releases => "Releases",
            ImportKind::Resources => "Resources",
            ImportKind::Settings => "Settings",
            ImportKind::Visits => "Visits",
        }
    }

    /// The formats that it reads.
    pub(crate) fn formats(self) -> &'static [FileFormat] {
        match self {
            ImportKind::Clients => &[FileFormat::Csv, FileFormat::Fhir],
            ImportKind::Providers => &[FileFormat::Csv, FileFormat::Hsds],
            ImportKind::Visits => &[FileFormat::Csv, FileFormat::Hhcrsp],
            _ => &[FileFormat::Csv],
        }
    }
}
