//! One row of a table, cell by cell.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde_json::Value;

use super::options::{self, DateOrder};
use super::{ABSENT, BAD, Column, NESTED, Table, clean_name, clean_text};
use crate::model::directory::{REJECTED_AT, REJECTED_FROM, REJECTED_IN, Reject};
use crate::model::spreadsheet::unguard;
use crate::model::{limit, time};

/// One row whose cells fit the header.
pub(crate) struct Row<'a> {
    pub(super) table: &'a Table,
}

impl Row<'_> {
    /// The line of the file on which the row starts; the header is on line 1.
    pub(crate) fn line(&self) -> u64 {
        self.table.line
    }

    /// The exact text of the cell.
    pub(crate) fn cell(&self, column: Column) -> &str {
        column.0.and_then(|index| self.table.record.get(index)).unwrap_or_default()
    }

    /// Whether the row speaks of the field, be it with an empty cell.
    pub(crate) fn has(&self, column: Column) -> bool {
        column.0.is_some() && self.sign(column) != Some(ABSENT)
    }

    fn sign(&self, column: Column) -> Option<u8> {
        column.0.and_then(|index| self.table.signs.get(index)).copied()
    }

    /// The text without what spreadsheets put around it; the reason of an error names the column.
    fn value(&self, column: Column) -> Result<Cow<'_, str>, String> {
        let cell = self.cell(column);
        if let Some(why) = spoiled(cell) {
            return Err(self.blame(column, &why));
        }
        match self.sign(column) {
            None => Ok(unprotected(cell).map_or_else(|| unguard(cell), Cow::Owned)),
            Some(BAD) => Err(self.blame(column, cell)),
            Some(_) => Ok(cell.into()),
        }
    }

    /// The text without what spreadsheets put around it, or the cell as it is where it is no text.
    pub(crate) fn plain(&self, column: Column) -> Cow<'_, str> {
        self.value(column).unwrap_or_else(|_| self.cell(column).into())
    }

    /// The cell through [`clean_name`]; blank is none. The reason of an error names the column.
    pub(crate) fn name(&self, column: Column) -> Result<Option<String>, String> {
        let cell = self.value(column)?;
        if cell.is_empty() {
            return Ok(None);
        }
        if self.sign(column) == Some(NESTED) {
            return Err(self.blame(column, "holds a list"));
        }
        if self.table.looks_merged && cell.contains(['\n', '\r']) {
            return Err(self.blame(column, "holds several rows: a quotation mark is missing or too many"));
        }
        let name = clean_name(&cell).map_err(|reason| self.blame(column, &reason))?;
        Ok((!name.is_empty()).then_some(name))
    }

    /// The cell through [`clean_text`]; blank is none. The reason of an error names the column.
    pub(crate) fn text(&self, column: Column) -> Result<Option<String>, String> {
        clean_text(&self.value(column)?).map_err(|reason| self.blame(column, &reason))
    }

    /// The same for what people or things are called: a name is as long as one that is entered by hand.
    pub(crate) fn called(&self, column: Column) -> Result<Option<String>, String> {
        let name = self.name(column)?;
        let limit = |name: &String| limit::NAME.hold_cell(name).map_err(|reason| self.blame(column, &reason));
        name.as_ref().map_or(Ok(()), limit).map(|()| name)
    }

    /// The same for a note or a reason.
    pub(crate) fn note(&self, column: Column) -> Result<Option<String>, String> {
        let note = self.text(column)?;
        let limit = |note: &String| limit::NOTE.hold_cell(note).map_err(|reason| self.blame(column, &reason));
        note.as_ref().map_or(Ok(()), limit).map(|()| note)
    }

    /// Several names: a list, or texts between semicolons; none where the row does not speak of the field.
    pub(crate) fn many(&self, column: Column) -> Result<Option<Vec<String>>, String> {
        self.many_of(column, "")
    }

    /// The same, or a list of things that have their name or code under this key.
    pub(crate) fn many_of(&self, column: Column, key: &str) -> Result<Option<Vec<String>>, String> {
        if !self.has(column) {
            return Ok(None);
        }
        let text = self.value(column)?;
        if text.trim_start().starts_with('[') {
            let list = serde_json::from_str::<Vec<Value>>(&text).unwrap_or_else(|_| vec![Value::Null]);
            let name = |item: &Value| item.as_str().or_else(|| item.get(key)?.as_str()).map(str::to_owned);
            let list = list.iter().map(name).collect::<Option<Vec<_>>>();
            let list = list.ok_or_else(|| self.blame(column, "holds no list of texts"))?;
            let limit = |name: &String| limit::LINE.hold_cell(name);
            list.iter().try_for_each(limit).map_err(|reason| self.blame(column, &reason))?;
            return Ok(Some(list));
        }
        let parts = text.split(';').map(clean_name).collect::<Result<Vec<_>, _>>();
        let parts = parts.map_err(|reason| self.blame(column, &reason))?;
        Ok(Some(parts.into_iter().filter(|part| !part.is_empty()).collect()))
    }

    /// A day, as `--date-format` has it or such as 2026-12-31; `what` names it in errors.
    pub(crate) fn day(&self, column: Column, what: &str, such_as: &str) -> Result<Option<NaiveDate>, String> {
        debug_assert!(self.table.may_hold_dates(column), "rejected rows have to know the dates of `{what}`");
        let Some(text) = self.name(column)? else { return Ok(None) };
        let text = self.ordered(&text);
        let day = time::day_of_table(what, &text, such_as);
        day.map(Some).map_err(|why| {
            if options::needs_an_order(&text) {
                format!("{why}; `--date-format` says what its numbers are")
            } else {
                why
            }
        })
    }

    /// A text that begins with a date, in the order of ISO 8601.
    pub(crate) fn ordered(&self, text: &str) -> String {
        ordered(text, self.table.dates)
    }

    /// The filled and the empty cells of columns that nothing has asked for, as texts, and the reason why one is none.
    pub(crate) fn others(&self) -> impl Iterator<Item = (&str, Result<Option<String>, String>)> {
        let others = self.table.others.iter();
        others.map(|other| (other.name.as_str(), self.text(Column(Some(other.index)))))
    }

    /// Its cells without those that an import has added to a rejected row.
    pub(super) fn own_cells(&self) -> Vec<String> {
        let is_own =
            |name: &str| name == "error" || [REJECTED_FROM, REJECTED_IN, REJECTED_AT].contains(&name);
        let cells = self.table.headers.iter().zip(&self.table.record);
        cells.filter(|(name, _)| !is_own(name.trim())).map(|(_, cell)| cell.to_owned()).collect()
    }

    /// This row as a reject, its cells as read but for what options of the import said of them.
    pub(crate) fn reject(&self, reason: impl Into<String>) -> Reject {
        let Table { name, raw, line, number, .. } = self.table;
        let place = (!raw.is_empty()).then(|| format!("/{}", number.saturating_sub(1)));
        let (columns, cells) = self.table.as_rejected();
        Reject { file: name.clone(), line: Some(*line), place, reason: reason.into(), columns, cells }
    }

    fn blame(&self, column: Column, reason: &str) -> String {
        let header =
            column.0.and_then(|index| self.table.headers.get(index)).map_or("", |header| header.trim());
        format!("column `{header}` {reason}")
    }
}

/// A text that begins with a date of this order, in that of ISO 8601.
pub(super) fn ordered(text: &str, order: Option<DateOrder>) -> String {
    if let Some(day) = options::with_month(text) {
        return day.to_string();
    }
    let (date, time) = text.split_once([' ', 'T']).map_or((text, None), |(date, time)| (date, Some(time)));
    let day = order.and_then(|order| order.date(date)).or_else(|| DateOrder::Ymd.date(date));
    match day {
        None => text.to_owned(),
        Some(day) => time.map_or_else(|| day.to_string(), |time| format!("{day} {time}")),
    }
}

/// What a spreadsheet has made of a value that is lost: an error, or a long number of which it shows the first digits.
fn spoiled(cell: &str) -> Option<String> {
    const ERRORS: [&str; 17] = [
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#NV", "#BEZUG!",
        "#WERT!", "#ZAHL!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#¡REF!", "#¡VALOR!",
    ];
    let cell = cell.trim();
    if cell.starts_with('#') && ERRORS.contains(&cell) {
        return Some(format!("holds the error {cell}"));
    }
    let (number, exponent) = cell.split_once("E+")?;
    let has_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = number.splitn(2, ['.', ',']).all(has_digits) && has_digits(exponent);
    is_number.then(|| {
        format!("holds `{cell}`, a number that a spreadsheet has shortened: enter it again, as text")
    })
}

/// Without the formula that keeps a number as it is written, as in `="0012"` (rule 5.4).
fn unprotected(cell: &str) -> Option<String> {
    let inner = cell.strip_prefix("=\"")?.strip_suffix('"')?;
    Some(inner.replace("\"\"", "\""))
}
