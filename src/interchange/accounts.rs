//! Reads accounts from a table, one per row.

use std::sync::Arc;

use super::table::{Column, Reading, Row, Table, edit, flag};
use crate::error::{Error, Result};
use crate::file::Input;
use crate::model::account::import::{Line, Permissions, alert_kind, level, permission};
use crate::model::account::login;
use crate::model::alert::AlertKinds;
use crate::model::directory::Reject;
use crate::model::remarks::Remarks;
use crate::model::text;

/// What a column can be mapped to. `login` is needed.
pub(crate) const FIELDS: [&str; 9] = [
    "login",
    "name",
    "email",
    "level",
    "active",
    "permissions",
    "resources",
    "resource_assigned_emails",
    "alerts_off",
];

/// Columns of our own tables that an import ignores: what there is of a password, and the reason of an
/// earlier rejection.
const PASSED_OVER: [&str; 3] = ["has_password", "first_password_expires_at", "error"];

/// One row: an account, or the reason why it is invalid.
pub(crate) struct AccountRow {
    pub(crate) line: Result<Line, String>,
    /// The login of a row that could not be read; otherwise empty.
    pub(crate) login: String,
    /// The line of the file on which the row starts.
    pub(crate) at: u64,
    /// The row itself, for the file of rejects; both empty unless requested.
    pub(crate) columns: Arc<[String]>,
    pub(crate) cells: Vec<String>,
    /// Its approximate size in bytes.
    pub(crate) size: u64,
}

/// Receives every row in the order of the file; an error ends reading.
pub(crate) type Take<'a> = &'a mut dyn FnMut(AccountRow) -> Result<()>;

/// Reads a file; with `keeps_cells` each row keeps its cells. A table with a
/// password is refused: passwords are never imported.
pub(crate) fn read(input: &Input, how: &Reading, keeps_cells: bool, take: Take<'_>) -> Result<Remarks> {
    let mut table = Table::open(input, how)?;
    let columns = table.mapped(FIELDS, &["login"], &how.mapping)?;
    let mut known = columns.to_vec();
    for passed_over in PASSED_OVER {
        known.push(table.column(passed_over)?);
    }
    refuse_passwords(&table, &known)?;
    table.only(&known, &FIELDS, how)?;
    while let Some(row) = table.next_row()? {
        take(match row {
            Ok(row) => found(&row, &columns, keeps_cells),
            Err(ragged) => broken(ragged, columns),
        })?;
    }
    Ok(table.remarks())
}

fn refuse_passwords(table: &Table, known: &[Column]) -> Result<()> {
    let Some(column) = table.others(known).find(|column| column.to_lowercase().contains("password")) else {
        return Ok(());
    };
    let message = format!("`{}` has the unknown column `{column}`", table.name());
    Err(Error::invalid("import.unknown_column", message)
        .hint("passwords are never imported: `--invite FILE` gives each new account a first one"))
}

fn found(row: &Row<'_>, columns: &[Column; 9], keeps_cells: bool) -> AccountRow {
    let size = columns.iter().map(|column| row.cell(*column).len() as u64 + 1).sum();
    let read = line(row, columns);
    let [id, ..] = columns;
    let login = if read.is_err() { row.cell(*id).trim().to_owned() } else { String::new() };
    let Reject { columns, cells, .. } = if keeps_cells { row.reject("") } else { Reject::default() };
    AccountRow { line: read, login, at: row.line(), columns, cells, size }
}

fn broken(ragged: Reject, [id, ..]: [Column; 9]) -> AccountRow {
    let login = id.of(&ragged).trim().to_owned();
    let Reject { line, reason, columns, cells, .. } = ragged;
    let size = cells.iter().map(|cell| cell.len() as u64 + 1).sum();
    AccountRow { line: Err(reason), login, at: line.unwrap_or(0), columns: Arc::clone(&columns), cells, size }
}

/// `columns` are in the order of [`FIELDS`].
fn line(row: &Row<'_>, columns: &[Column; 9]) -> Result<Line, String> {
    let [id, name, email, rank, active, permissions, resources, emails, off] = *columns;
    let (permissions, off) = (row.many(permissions)?, row.many(off)?);
    Ok(Line {
        login: login(&row.name(id)?.ok_or("has no login")?)?,
        name: row.name(name)?.map(|name| text::name(&name)).transpose()?,
        email: edit(row, email, row.name(email)?.map(|email| text::email(&email)).transpose()?),
        level: row.name(rank)?.map(|text| level(&text)).transpose()?,
        active: flag(row, active, "active")?,
        resource_assigned_emails: flag(row, emails, "resource_assigned_emails")?,
        alerts_off: off
            .map(|texts| texts.iter().map(|text| alert_kind(text)).collect::<Result<AlertKinds, _>>())
            .transpose()?,
        permissions: permissions
            .map(|texts| texts.iter().map(|text| permission(text)).collect::<Result<Permissions, _>>())
            .transpose()?,
        resources: row.many(resources)?,
    })
}
