//! Reads accounts from CSV, TSV and similar tables.

use std::sync::Arc;

use super::{AccountRow, Cell, FIELDS, PASSED_OVER, Reading, Take, line, unknown_column};
use crate::error::Result;
use crate::file::Input;
use crate::interchange::csv_reader::{Column, CsvReader, Row};
use crate::model::directory::Reject;

pub(super) fn read(input: &Input, how: &Reading<'_>, take: Take<'_>) -> Result<Vec<String>> {
    let mut sheet = CsvReader::open(input)?;
    let columns = sheet.mapped(FIELDS, &["login"], how.mapping)?;
    let mut known = columns.to_vec();
    for passed_over in PASSED_OVER {
        known.push(sheet.column(passed_over)?);
    }
    if let Some(unknown) = sheet.others(&known).next() {
        return Err(unknown_column(&input.short_name(), unknown));
    }
    let notes = sheet.notes().to_vec();
    while let Some(row) = sheet.next_row()? {
        take(match row {
            Ok(row) => found(&row, &columns, how),
            Err(ragged) => broken(ragged, columns),
        })?;
    }
    Ok(notes)
}

fn found(row: &Row<'_>, columns: &[Column; 8], how: &Reading<'_>) -> AccountRow {
    let cells = columns
        .map(|column| if column.is_absent() { Cell::Absent } else { Cell::Text(row.cell(column).into()) });
    let size = columns.iter().map(|column| row.cell(*column).len() as u64 + 1).sum();
    let read = line(&cells);
    let [id, ..] = columns;
    let login = if read.is_err() { row.cell(*id).trim().to_owned() } else { String::new() };
    let Reject { columns, cells, .. } = if how.keeps_cells { row.reject("") } else { Reject::default() };
    AccountRow { line: read, login, at: row.line(), columns, cells, size }
}

fn broken(ragged: Reject, [id, ..]: [Column; 8]) -> AccountRow {
    let login = id.of(&ragged).trim().to_owned();
    let Reject { line, reason, columns, cells, .. } = ragged;
    let size = cells.iter().map(|cell| cell.len() as u64 + 1).sum();
    AccountRow { line: Err(reason), login, at: line.unwrap_or(0), columns: Arc::clone(&columns), cells, size }
}
