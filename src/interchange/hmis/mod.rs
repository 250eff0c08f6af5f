//! Enrolments and releases as HMIS CSV, the form in which homeless services of the United States exchange them (fiscal year 2024), as far as there
//! are fields for them on both sides (rule 8.61). What the standard asks for and is not kept is `99`, data not collected.

mod columns;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

pub(crate) use self::columns::HmisFile;
use crate::model::client;
use crate::model::enrolment::Stay;
use crate::model::release::ReleaseView;
use crate::model::zone::Zone;

/// Data not collected.
const UNKNOWN: &str = "99";
const YES: &str = "1";
const NO: &str = "0";

/// What the rows of an export have in common.
pub(crate) struct Hmis {
    pub(crate) export: String,
    /// The login that stands for who entered what.
    pub(crate) user: String,
    pub(crate) zone: Zone,
}

/// The cells of a row, by their columns.
type Cells = HashMap<&'static str, String>;

impl Hmis {
    /// The whole row, in the order of the columns.
    fn row(
        &self, file: HmisFile, cells: &[(&'static str, String)], dates: (DateTime<Utc>, DateTime<Utc>),
    ) -> Vec<String> {
        let mut cells: Cells = cells.iter().cloned().collect();
        cells.insert("DateCreated", self.instant(dates.0));
        cells.insert("DateUpdated", self.instant(dates.1));
        cells.insert("ExportID", self.export.clone());
        cells.entry("UserID").or_insert_with(|| self.user.clone());
        file.columns().map(|column| cells.remove(column).unwrap_or_default()).collect()
    }

    /// The time on the hub's wall.
    fn instant(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// What the export is: a full refresh of a reporting period, and not hashed.
    pub(crate) fn export(
        &self, (source, name): (&str, Option<&str>), (from, to): (NaiveDate, NaiveDate), at: DateTime<Utc>,
    ) -> Vec<String> {
        let cells = [
            ("SourceType", "4".to_owned()),
            ("SourceName", name.unwrap_or_default().to_owned()),
            ("ExportDate", self.instant(at)),
            ("ExportStartDate", from.to_string()),
            ("ExportEndDate", to.to_string()),
            ("SoftwareName", "caredesk".to_owned()),
            ("SoftwareVersion", env!("CARGO_PKG_VERSION").to_owned()),
            ("CSVVersion", "2024".to_owned()),
            ("ExportPeriodType", "3".to_owned()),
            ("ExportDirective", "2".to_owned()),
            ("HashStatus", "1".to_owned()),
            ("ImplementationID", source.to_owned()),
        ];
        self.row(HmisFile::Export, &cells, (at, at))
    }

    pub(crate) fn user(&self, name: &str, at: DateTime<Utc>) -> Vec<String> {
        let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
        let cells = [("UserFirstName", first.to_owned()), ("UserLastName", last.to_owned())];
        self.row(HmisFile::User, &cells, (at, at))
    }

    pub(crate) fn organization(&self, stay: &Stay) -> Vec<String> {
        let cells = [
            ("OrganizationID", stay.begun.provider.clone()),
            ("OrganizationName", stay.begun.provider_name.clone()),
            ("VictimServiceProvider", NO.to_owned()),
        ];
        self.row(HmisFile::Organization, &cells, (stay.begun.from_at, stay.begun.from_at))
    }

    /// The agency record of a provider is its project: services only, in no continuum of care.
    pub(crate) fn project(&self, stay: &Stay) -> Vec<String> {
        let cells = [
            ("ProjectID", stay.begun.agency.clone()),
            ("OrganizationID", stay.begun.provider.clone()),
            ("ProjectName", stay.begun.provider_name.clone()),
            ("OperatingStartDate", stay.entry_on.to_string()),
            ("ContinuumProject", NO.to_owned()),
            ("ProjectType", "6".to_owned()),
        ];
        self.row(HmisFile::Project, &cells, (stay.begun.from_at, stay.begun.from_at))
    }

    pub(crate) fn client(&self, stay: &Stay) -> Vec<String> {
        const RACES: [&str; 7] = [
            "AmIndAKNative", "Asian", "BlackAfAmerican", "HispanicLatinaeo", "MidEastNAfrican",
            "NativeHIPacific", "White",
        ];
        const GENDERS: [&str; 7] = [
            "Woman", "Man", "NonBinary", "CulturallySpecific", "Transgender", "Questioning",
            "DifferentIdentity",
        ];
        let of = &stay.begun;
        let known = |is_known: bool| if is_known { YES } else { UNKNOWN }.to_owned();
        let mut cells = vec![
            ("PersonalID", of.client.clone()),
            ("FirstName", of.given.clone()),
            ("LastName", of.family.clone()),
            ("NameDataQuality", known(!client::name(&of.given, &of.family).is_empty())),
            ("SSNDataQuality", UNKNOWN.to_owned()),
            ("DOB", of.birth_date.map(|date| date.to_string()).unwrap_or_default()),
            ("DOBDataQuality", known(of.birth_date.is_some())),
            ("VeteranStatus", UNKNOWN.to_owned()),
        ];
        for (all, none) in [(RACES, "RaceNone"), (GENDERS, "GenderNone")] {
            cells.extend(all.map(|one| (one, NO.to_owned())));
            cells.push((none, UNKNOWN.to_owned()));
        }
        self.row(HmisFile::Client, &cells, (of.from_at, stay.updated_at))
    }

    /// Each is a household of its own.
    pub(crate) fn enrollment(&self, stay: &Stay) -> Vec<String> {
        let id = id(stay);
        let cells = [
            ("EnrollmentID", id.clone()),
            ("PersonalID", stay.begun.client.clone()),
            ("ProjectID", stay.begun.agency.clone()),
            ("EntryDate", stay.entry_on.to_string()),
            ("HouseholdID", id),
            ("RelationshipToHoH", YES.to_owned()),
            ("DisablingCondition", UNKNOWN.to_owned()),
        ];
        self.row(HmisFile::Enrollment, &cells, (stay.begun.from_at, stay.updated_at))
    }

    /// None of a stay that lasts.
    pub(crate) fn exit(&self, stay: &Stay) -> Option<Vec<String>> {
        let id = id(stay);
        let cells = [
            ("ExitID", id.clone()),
            ("EnrollmentID", id),
            ("PersonalID", stay.begun.client.clone()),
            ("ExitDate", stay.exit_on?.to_string()),
            ("Destination", UNKNOWN.to_owned()),
        ];
        Some(self.row(HmisFile::Exit, &cells, (stay.updated_at, stay.updated_at)))
    }

    pub(crate) fn release(&self, release: &ReleaseView) -> Vec<String> {
        let date = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let revoked = release.revoked_at.map(|at| at.with_timezone(&self.zone).date_naive());
        let recipients: Vec<&str> = release.recipients.iter().map(|one| one.code.as_str()).collect();
        let recipients = if release.all_providers { "all".to_owned() } else { recipients.join(";") };
        let cells = [
            ("ReleaseOfInformationID", release.code.clone()),
            ("PersonalID", release.client.clone()),
            ("OrganizationID", release.owner.clone()),
            ("DataType", release.data_type.name().to_owned()),
            ("StartDate", release.signed_on.to_string()),
            ("EndDate", date(release.expires_on)),
            ("RevokedDate", date(revoked)),
            ("Recipients", recipients),
            ("Purpose", release.purpose.clone().unwrap_or_default()),
            ("SignedBy", release.signed_by.clone().unwrap_or_default()),
            ("UserID", release.created_by.clone()),
        ];
        let updated = release.revoked_at.unwrap_or(release.created_at);
        self.row(HmisFile::ReleaseOfInformation, &cells, (release.created_at, updated))
    }
}

/// At most 32 characters, the same in each export.
fn id(stay: &Stay) -> String {
    stay.begun.id.uuid().simple().to_string()
}
