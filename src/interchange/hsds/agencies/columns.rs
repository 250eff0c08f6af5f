//! The columns of a table of agencies and programs: by the words of HSDS, or as iCarol heads them.

use std::collections::HashMap;

use super::super::super::table::{Column, Reading, Table};
use super::super::fields::Columns;
use crate::error::Result;

/// A field, and how iCarol and others head it.
type Field = (&'static str, &'static [&'static str]);

/// What a column can be mapped to, besides the columns that only iCarol has.
const FIELDS: [Field; 45] = [
    ("id", &["ResourceAgencyNum"]),
    ("name", &["PublicName"]),
    ("level", &["TaxonomyLevelName"]),
    ("parent", &["ParentAgencyNum", "parent_id", "parent_agency_id"]),
    ("parent_name", &["ParentAgency"]),
    ("program", &["ConnectsToProgramNum"]),
    ("site", &["ConnectsToSiteNum"]),
    ("alternate_name", &["AlternateName"]),
    ("official_name", &["OfficialName"]),
    ("description", &["AgencyDescription"]),
    ("email", &["EmailAddressMain"]),
    ("url", &["WebsiteAddress", "website"]),
    ("active", &["AgencyStatus", "status"]),
    ("inactive_since", &["MadeInactiveOn"]),
    ("eligibility", &[]),
    ("fees", &["FeeStructureSource"]),
    ("application_process", &["ApplicationProcess"]),
    ("phone", &[]),
    ("address", &["PhysicalAddress1"]),
    ("address_2", &["PhysicalAddress2"]),
    ("city", &["PhysicalCity"]),
    ("region", &["PhysicalStateProvince"]),
    ("postal_code", &["PhysicalPostalCode"]),
    ("country", &["PhysicalCountry"]),
    ("address_is_private", &["PhysicalAddressIsPrivate"]),
    ("latitude", &[]),
    ("longitude", &[]),
    ("hours", &["HoursOfOperation"]),
    ("taxonomy_terms", &["TaxonomyTerms", "TaxonomyTerm", "Categories"]),
    ("taxonomy_codes", &["TaxonomyCodes"]),
    ("keywords", &["SearchHints"]),
    ("service_areas", &["Coverage", "CoverageArea", "CoverageAreaText"]),
    ("languages", &["LanguagesOfferedList", "LanguagesOffered"]),
    ("accessibility", &["DisabilitiesAccess"]),
    ("required_documents", &["DocumentsRequired"]),
    ("accepted_payments", &["PaymentMethods"]),
    ("wait_time", &["NormalWaitTime"]),
    ("transportation", &["BusServiceAccess", "PublicAccessTransportation"]),
    ("funding_sources", &["SourceOfFunds"]),
    ("licenses", &["LicenseAccreditation"]),
    ("legal_status", &["LegalStatus"]),
    ("tax_id", &["FEIN"]),
    ("alert", &["TemporaryMessage"]),
    ("minimum_age", &["Custom_Minimum Age"]),
    ("maximum_age", &["Custom_Maximum Age"]),
];

/// The columns that show that the rows are not all agencies.
const MARKS: [&str; 2] = ["level", "parent"];

/// A number of iCarol: its columns begin with this. The kind; whom it reaches.
pub(super) const PHONES: [(&str, &str, Option<&str>); 12] = [
    ("Phone1", "voice", None),
    ("Phone2", "voice", None),
    ("Phone3", "voice", None),
    ("Phone4", "voice", None),
    ("Phone5", "voice", None),
    ("PhoneFax", "fax", None),
    ("PhoneTTY", "tty", None),
    ("PhoneTollFree", "voice", Some("Toll free")),
    ("PhoneNumberHotline", "voice", Some("Hotline")),
    ("PhoneNumberBusinessLine", "voice", Some("Business line")),
    ("PhoneNumberOutOfArea", "voice", Some("Out of area")),
    ("PhoneNumberAfterHours", "voice", Some("After hours")),
];

/// An address, or a person, of iCarol: its columns begin with this.
pub(super) const ADDRESSES: [&str; 2] = ["Mailing", "Other"];
pub(super) const PERSONS: [&str; 2] = ["MainContact", "SeniorWorker"];

/// What follows the beginning of such columns.
const OF_PHONES: [&str; 6] = ["", "Number", "Name", "Description", "Type", "IsPrivate"];
const OF_ADDRESSES: [&str; 8] = [
    "AttentionName", "Address1", "Address2", "City", "StateProvince", "PostalCode", "Country",
    "AddressIsPrivate",
];
const OF_PERSONS: [&str; 5] = ["Name", "Title", "EmailAddress", "PhoneNumber", "IsPrivate"];

pub(super) struct Found {
    /// By the names of [`FIELDS`].
    pub(super) fields: Columns,
    /// By their own headings.
    families: HashMap<String, Column>,
}

impl Found {
    /// None if all rows are of one kind, for all that the headings say.
    pub(super) fn of(table: &mut Table, how: &Reading) -> Result<Option<Found>> {
        let aliases: Vec<(&str, &str)> = FIELDS
            .iter()
            .flat_map(|(field, headings)| headings.iter().map(|heading| (*field, *heading)))
            .collect();
        let all = table.with_other_names(&how.mapping, &aliases)?;
        let is_mapped = all.iter().any(|(field, _)| MARKS.contains(&field.as_str()));
        if !is_mapped && table.column("parent")?.is_absent() {
            return Ok(None);
        }
        let names = FIELDS.map(|(field, _)| field);
        let columns = table.mapped(names, &["id", "name"], &all)?;
        let fields = Columns::named(names.into_iter().zip(columns));
        let families = families(table)?;
        let known: Vec<Column> = columns.into_iter().chain(families.values().copied()).collect();
        table.only(&known, &names, how)?;
        Ok(Some(Found { fields, families }))
    }

    /// The column of iCarol with this heading.
    pub(super) fn family(&self, beginning: &str, end: &str) -> Column {
        self.families.get(&format!("{beginning}{end}")).copied().unwrap_or_default()
    }

    /// Whether there is a column of one of these beginnings.
    pub(super) fn has_any(&self, beginnings: &[&str]) -> bool {
        self.families.keys().any(|heading| beginnings.iter().any(|beginning| heading.starts_with(beginning)))
    }
}

fn families(table: &Table) -> Result<HashMap<String, Column>> {
    let phones = PHONES.iter().flat_map(|(beginning, ..)| OF_PHONES.map(|end| format!("{beginning}{end}")));
    let of = |beginnings: [&'static str; 2], ends: &'static [&'static str]| {
        beginnings
            .into_iter()
            .flat_map(move |beginning| ends.iter().map(move |end| format!("{beginning}{end}")))
    };
    let headings = phones.chain(of(ADDRESSES, &OF_ADDRESSES)).chain(of(PERSONS, &OF_PERSONS));
    let mut found = HashMap::new();
    for heading in headings {
        let column = table.column(&heading)?;
        if !column.is_absent() {
            found.insert(heading, column);
        }
    }
    Ok(found)
}
