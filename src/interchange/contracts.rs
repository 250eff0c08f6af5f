//! Reads contracts from a table, one per row.

use chrono::NaiveDate;

use super::table::{Column, Mapping, Reading, Row, Rows, edit, needed};
use crate::error::Result;
use crate::file::Input;
use crate::model::code::unlike_a_code;
use crate::model::edit::Edit;

/// What `contract list` writes can be read again (rule 5.4).
const MAPPING: Mapping<6> = Mapping {
    fields: ["provider", "name", "starts_on", "ends_on", "categories", "code"],
    required: &["provider", "name"],
    listed: &[],
    also_listed: &["provider_name", "active"],
    mark: Some("provider_name"),
};

/// One contract as read. A field of which the row does not speak is none.
pub(crate) struct ContractRow {
    pub(crate) provider: String,
    pub(crate) name: String,
    pub(crate) starts_on: Option<NaiveDate>,
    pub(crate) ends_on: Option<Edit<NaiveDate>>,
    pub(crate) categories: Option<Vec<String>>,
    pub(crate) code: Option<String>,
}

/// Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading) -> Result<Rows<ContractRow>> {
    Rows::open(input, how, &MAPPING, contract)
}

fn contract(row: &Row<'_>, columns: [Column; 6]) -> Result<ContractRow, String> {
    let [provider, name, starts_on, ends_on, categories, code] = columns;
    let start = row.day(starts_on, "starts_on", "2026-01-01")?;
    let listed = row.many(categories)?.filter(|listed| !listed.is_empty());
    Ok(ContractRow {
        provider: row.name(provider)?.ok_or("has no provider")?,
        name: unlike_a_code(&row.name(name)?.ok_or("has no name")?)?,
        starts_on: needed(row, starts_on, start, "starts_on")?,
        ends_on: edit(row, ends_on, row.day(ends_on, "ends_on", "2026-12-31")?),
        categories: needed(row, categories, listed, "categories")?,
        code: row.name(code)?,
    })
}
