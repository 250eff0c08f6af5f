//! Reads enrolments of clients at providers from a table, one per row.

use chrono::NaiveDate;

use super::table::{Column, Mapping, Reading, Row, Rows};
use crate::error::Result;
use crate::file::Input;
use crate::model::enrolment::EnrolmentStatus;

/// What `client enrolments` writes can be read again (rule 5.4).
const MAPPING: Mapping<4> = Mapping {
    fields: ["client", "provider", "status", "since_on"],
    required: &["client", "provider"],
    listed: &[],
    also_listed: &["client_name", "provider_name"],
    mark: Some("provider_name"),
};

/// One enrolment as read.
pub(crate) struct EnrolmentRow {
    pub(crate) client: String,
    pub(crate) provider: String,
    pub(crate) status: EnrolmentStatus,
    pub(crate) since_on: Option<NaiveDate>,
}

/// Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading) -> Result<Rows<EnrolmentRow>> {
    Rows::open(input, how, &MAPPING, enrolment)
}

fn enrolment(row: &Row<'_>, columns: [Column; 4]) -> Result<EnrolmentRow, String> {
    let [client, provider, status, since_on] = columns;
    Ok(EnrolmentRow {
        client: row.name(client)?.ok_or("has no client")?,
        provider: row.name(provider)?.ok_or("has no provider")?,
        status: row.name(status)?.map_or(Ok(EnrolmentStatus::Active), |text| status_of(&text))?,
        since_on: row.day(since_on, "since_on", "2026-01-31")?,
    })
}

/// Our own words, and what other systems write for a yes or no to being active.
fn status_of(text: &str) -> Result<EnrolmentStatus, String> {
    match text.to_lowercase().as_str() {
        "active" | "yes" | "true" | "y" | "1" => Ok(EnrolmentStatus::Active),
        "inactive" | "no" | "false" | "n" | "0" => Ok(EnrolmentStatus::Inactive),
        _ => Err(format!("status `{text}` is neither active nor inactive")),
    }
}
