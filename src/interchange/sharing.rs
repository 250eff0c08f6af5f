//! Reads links and settings of sharing from tables, one for each row and type of data.

use super::table::{Column, Mapping, Reading, Row, Rows, edit, flag};
use crate::error::Result;
use crate::file::Input;
use crate::model::edit::Edit;
use crate::model::sharing::{DataType, LONGEST_DEFAULT, Length, SettingEdit, SharingLevel, data_type};

/// What `sharing links` writes can be read again (rule 5.4).
const LINK: Mapping<3> = Mapping {
    fields: ["owner", "recipient", "type"],
    required: &["owner", "recipient", "type"],
    listed: &[],
    also_listed: &["owner_name", "recipient_name", "sharing", "editable"],
    mark: Some("recipient_name"),
};

/// What `sharing settings` writes can be read again (rule 5.4).
const SETTING: Mapping<8> = Mapping {
    fields: [
        "provider", "type", "level", "client_by_client", "require_expiry", "release_sharing", "default_days",
        "notice",
    ],
    required: &["provider", "type"],
    listed: &[],
    also_listed: &["provider_name", "sharing"],
    mark: Some("provider_name"),
};

/// One link as read.
pub(crate) struct LinkRow {
    pub(crate) owner: String,
    pub(crate) recipient: String,
    pub(crate) data_type: DataType,
}

/// One setting as read.
pub(crate) struct SettingRow {
    pub(crate) provider: String,
    pub(crate) data_type: DataType,
    /// What the row speaks of.
    pub(crate) edit: SettingEdit,
}

/// Errors are those of [`Rows::open`].
pub(crate) fn links(input: &Input, how: &Reading) -> Result<Rows<LinkRow>> {
    Rows::open(input, how, &LINK, link)
}

/// Errors are those of [`Rows::open`].
pub(crate) fn settings(input: &Input, how: &Reading) -> Result<Rows<SettingRow>> {
    Rows::open(input, how, &SETTING, setting)
}

fn link(row: &Row<'_>, columns: [Column; 3]) -> Result<LinkRow, String> {
    let [owner, recipient, kind] = columns;
    Ok(LinkRow {
        owner: row.name(owner)?.ok_or("has no owner")?,
        recipient: row.name(recipient)?.ok_or("has no recipient")?,
        data_type: data_type(&row.name(kind)?.ok_or("has no type")?)?,
    })
}

fn setting(row: &Row<'_>, columns: [Column; 8]) -> Result<SettingRow, String> {
    let [provider, kind, level, client_by_client, require_expiry, release_sharing, default_days, notice] =
        columns;
    let days = row.name(default_days)?.map(|text| days_of(&text)).transpose()?;
    Ok(SettingRow {
        provider: row.name(provider)?.ok_or("has no provider")?,
        data_type: data_type(&row.name(kind)?.ok_or("has no type")?)?,
        edit: SettingEdit {
            level: row.name(level)?.map(|text| level_of(&text)).transpose()?,
            client_by_client: flag(row, client_by_client, "client_by_client")?,
            require_expiry: flag(row, require_expiry, "require_expiry")?,
            release_sharing: flag(row, release_sharing, "release_sharing")?,
            default_days: edit(row, default_days, days).map(|edit| match edit {
                Edit::Set(days) => Length::Days(days),
                Edit::Clear => Length::Unset,
            }),
            notice: edit(row, notice, row.text(notice)?),
        },
    })
}

fn level_of(text: &str) -> Result<SharingLevel, String> {
    let level = text.parse().ok().and_then(SharingLevel::from_number);
    level.ok_or_else(|| format!("level `{text}` is none of 1, 2 and 3"))
}

fn days_of(text: &str) -> Result<i64, String> {
    let days = text.parse().ok().filter(|days| (1..=LONGEST_DEFAULT).contains(days));
    days.ok_or_else(|| format!("default_days `{text}` is no number from 1 to {LONGEST_DEFAULT}"))
}
