//! Reads contacts from a table, one per row.

use chrono::{DateTime, NaiveDate, Utc};

use super::table::{Column, Mapping, Reading, Row, Rows, edit, flag, instant, needed};
use crate::error::Result;
use crate::file::Input;
use crate::model::code::{Prefix, unlike_a_code};
use crate::model::contact;
use crate::model::edit::Edit;
use crate::model::reference::code_of;
use crate::model::text;
use crate::model::zone::Zone;

/// What `contact list` writes can be read again (rule 5.4).
const MAPPING: Mapping<12> = Mapping {
    fields: [
        "number", "client", "given", "family", "postal_code", "phone", "email", "submitted_on", "details",
        "created_at", "created_by", "anonymous",
    ],
    required: &["number"],
    listed: &[],
    also_listed: &["client_name", "referrals"],
    mark: Some("client_name"),
};

/// One contact as read. A field of which the row does not speak is none.
pub(crate) struct ContactRow {
    /// What people quote; it may be a code that another hub has given.
    pub(crate) number: String,
    pub(crate) client: Option<String>,
    /// Whether it says that it has no name.
    pub(crate) anonymous: bool,
    pub(crate) given: Option<String>,
    pub(crate) family: Option<String>,
    pub(crate) postal_code: Option<Edit<String>>,
    pub(crate) phone: Option<Edit<String>>,
    pub(crate) email: Option<Edit<String>>,
    pub(crate) submitted_on: Option<NaiveDate>,
    pub(crate) details: Option<Edit<String>>,
    /// Of a new one.
    pub(crate) created_at: Option<DateTime<Utc>>,
    pub(crate) created_by: Option<String>,
}

/// Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading, today: NaiveDate, zone: Zone) -> Result<Rows<ContactRow>> {
    Rows::open(input, how, &MAPPING, move |row, columns| contact(row, columns, today, zone))
}

fn contact(row: &Row<'_>, columns: [Column; 12], today: NaiveDate, zone: Zone) -> Result<ContactRow, String> {
    let [number, client, given, family, postal_code, phone, email, submitted_on, details, at, by, unnamed] =
        columns;
    let name = |column| row.name(column)?.map(|name| text::name(&name)).transpose();
    let anonymous = flag(row, unnamed, "anonymous")?.unwrap_or(false);
    let part = |column, what| {
        let name = name(column)?;
        match anonymous {
            true if name.is_some() => Err("is anonymous, and has a name".to_owned()),
            true => Ok(None),
            false => needed(row, column, name, what),
        }
    };
    let quoted = row.name(number)?.ok_or("has no number")?;
    let day = row.day(submitted_on, "submitted_on", "2026-11-20")?;
    Ok(ContactRow {
        number: code_of(Prefix::Contact, &quoted).map_or_else(|| unlike_a_code(&quoted), Ok)?,
        client: row.name(client)?,
        anonymous,
        given: part(given, "given")?,
        family: part(family, "family")?,
        postal_code: edit(row, postal_code, name(postal_code)?),
        phone: edit(row, phone, name(phone)?),
        email: edit(row, email, row.name(email)?.map(|email| text::email(&email)).transpose()?),
        submitted_on: needed(row, submitted_on, day, "submitted_on")?,
        details: edit(row, details, row.text(details)?.map(|text| contact::details(&text)).transpose()?),
        created_at: instant(row, at, "created_at", today, zone)?,
        created_by: row.name(by)?,
    })
}
