//! Reads releases of information from a table, one per row; their documents are files beside it.

use chrono::{DateTime, NaiveDate, Utc};

use super::table::{Column, Mapping, Reading, Row, Rows, flag, instant};
use crate::error::Result;
use crate::file::Input;
use crate::model::code::Prefix;
use crate::model::reference::code_of;
use crate::model::release::Statements;
use crate::model::sharing::{DataType, Way, data_type};
use crate::model::text;
use crate::model::zone::Zone;

/// What `release list` writes can be read again (rule 5.4). When and by whom a release was entered is not taken from a
/// table: here it counts since it was imported.
const MAPPING: Mapping<22> = Mapping {
    fields: [
        "code", "client", "owner", "type", "document", "signed_on", "expires_on", "expiry_event",
        "signed_by", "signed_as", "purpose", "all_providers", "recipients", "right_to_revoke", "conditions",
        "redisclosure", "revoked_at", "reason", "withdrawn_on", "withdrawn_how", "sha256", "lacks",
    ],
    required: &["client", "owner", "type", "signed_on"],
    listed: &[],
    also_listed: &[
        "client_name", "owner_name", "status", "media_type", "size", "created_at", "created_by", "revoked_by",
    ],
    mark: Some("owner_name"),
};

/// One release as read.
pub(crate) struct ReleaseRow {
    pub(crate) code: Option<String>,
    pub(crate) client: String,
    pub(crate) owner: String,
    pub(crate) data_type: DataType,
    /// The name of the file.
    pub(crate) document: Option<String>,
    pub(crate) signed_on: NaiveDate,
    pub(crate) expires_on: Option<NaiveDate>,
    pub(crate) expiry_event: Option<String>,
    pub(crate) signed_by: Option<String>,
    pub(crate) signed_as: Option<String>,
    pub(crate) purpose: Option<String>,
    pub(crate) all_providers: bool,
    pub(crate) recipients: Vec<String>,
    pub(crate) statements: Statements,
    pub(crate) revoked_at: Option<DateTime<Utc>>,
    pub(crate) reason: Option<String>,
    pub(crate) withdrawn_on: Option<NaiveDate>,
    pub(crate) withdrawn_how: Option<Way>,
    /// Of the document, in hexadecimal digits.
    pub(crate) sha256: Option<String>,
}

/// Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading, today: NaiveDate, zone: Zone) -> Result<Rows<ReleaseRow>> {
    Rows::open(input, how, &MAPPING, move |row, columns| release(row, &columns, today, zone))
}

fn release(
    row: &Row<'_>, columns: &[Column; 22], today: NaiveDate, zone: Zone,
) -> Result<ReleaseRow, String> {
    let [code, client, owner, kind, document, signed_on, expires_on, event, signed_by, signed_as, rest @ ..] =
        *columns;
    let [purpose, all, recipients, to_revoke, conditions, redisclosure, rest @ ..] = rest;
    let [revoked_at, reason, withdrawn_on, how, sha256, lacks] = rest;
    let name = |column| row.name(column)?.map(|name| text::name(&name)).transpose();
    let lacks = row.many(lacks)?;
    let states = |column, what: &str| -> Result<bool, String> {
        // Our own list says what a release lacks.
        let has = lacks.as_ref().is_some_and(|lacks| lacks.iter().all(|lack| lack != what));
        Ok(flag(row, column, what)?.unwrap_or(has))
    };
    let code = row.name(code)?;
    let found = ReleaseRow {
        code: code.as_deref().and_then(|code| code_of(Prefix::Release, code)),
        client: row.name(client)?.ok_or("has no client")?,
        owner: row.name(owner)?.ok_or("has no owner")?,
        data_type: data_type(&row.name(kind)?.ok_or("has no type")?)?,
        document: row.name(document)?,
        signed_on: row.day(signed_on, "signed_on", "2026-11-20")?.ok_or("has no signed_on")?,
        expires_on: row.day(expires_on, "expires_on", "2026-11-20")?,
        expiry_event: name(event)?,
        signed_by: name(signed_by)?,
        signed_as: name(signed_as)?,
        purpose: name(purpose)?,
        all_providers: flag(row, all, "all_providers")?.unwrap_or(false),
        recipients: row.many_of(recipients, "provider")?.unwrap_or_default(),
        statements: Statements {
            right_to_revoke: states(to_revoke, "right_to_revoke")?,
            conditions: states(conditions, "conditions")?,
            redisclosure: states(redisclosure, "redisclosure")?,
        },
        revoked_at: instant(row, revoked_at, "revoked_at", today, zone)?,
        reason: row.text(reason)?.map(|reason| text::note(&reason)).transpose()?,
        withdrawn_on: row.day(withdrawn_on, "withdrawn_on", "2026-11-20")?,
        withdrawn_how: row.name(how)?.map(|how| way(&how)).transpose()?,
        sha256: row.name(sha256)?.map(|text| text.to_lowercase()),
    };
    if found.signed_as.is_some() && found.signed_by.is_none() {
        return Err("has a signed_as and no signed_by".to_owned());
    }
    let is_withdrawn = found.withdrawn_on.is_some() || found.withdrawn_how.is_some();
    if found.revoked_at.is_none() && (is_withdrawn || found.reason.is_some()) {
        return Err("says why or how it was withdrawn, and has no revoked_at".to_owned());
    }
    Ok(found)
}

fn way(text: &str) -> Result<Way, String> {
    Way::from_name(text).ok_or_else(|| {
        let all: Vec<&str> = Way::ALL.iter().map(|way| way.name()).collect();
        format!("withdrawn_how `{text}` is none of {}", all.join(", "))
    })
}
