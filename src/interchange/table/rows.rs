//! Tables whose rows are each of one thing, with our own column names, mapped ones, or those of our own lists.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Column, Reading, Row, Table};
use crate::error::Result;
use crate::file::Input;
use crate::model::directory::Reject;
use crate::model::edit::Edit;
use crate::model::remarks::Remarks;
use crate::model::text::yes_or_no;
use crate::model::time::{self, Moment};
use crate::model::zone::Zone;

/// What the columns of a table are.
#[derive(Clone, Copy)]
pub(crate) struct Mapping<const N: usize> {
    /// What a column can be mapped to.
    pub(crate) fields: [&'static str; N],
    /// Those without which there is nothing to import.
    pub(crate) required: &'static [&'static str],
    /// How our own list names some of the fields: (field, heading).
    pub(crate) listed: &'static [(&'static str, &'static str)],
    /// What our own list writes besides, which follows from the rest (rule 5.4).
    pub(crate) also_listed: &'static [&'static str],
    /// The heading that shows that a table is our own list. Without one, its names are always understood.
    pub(crate) mark: Option<&'static str>,
}

/// A table that is being read.
pub(crate) struct Rows<T> {
    table: Table,
    read: Read<T>,
}

/// Reads one row.
type Read<T> = Box<dyn Fn(&Row<'_>) -> Result<T, String>>;

/// One row: a thing, or the reason why it is invalid; and the row itself, in case the thing is rejected later.
pub(crate) type FoundRow<T> = (Result<T, String>, Reject);

impl<T> Rows<T> {
    /// A field that is not mapped is taken from the column of its own name, or as our own list names it; `read` gets the
    /// columns in the order of the fields. Errors are those of [`Table`].
    pub(crate) fn open<const N: usize>(
        input: &Input, how: &Reading, mapping: &Mapping<N>,
        read: impl Fn(&Row<'_>, [Column; N]) -> Result<T, String> + 'static,
    ) -> Result<Self> {
        Rows::of(Table::open(input, how)?, how, mapping, read)
    }

    /// The same with a table that is open already.
    pub(crate) fn of<const N: usize>(
        mut table: Table, how: &Reading, mapping: &Mapping<N>,
        read: impl Fn(&Row<'_>, [Column; N]) -> Result<T, String> + 'static,
    ) -> Result<Self> {
        let is_our_list = match mapping.mark {
            Some(heading) => !table.column(heading)?.is_absent(),
            None => true,
        };
        let (listed, also): (&[_], &[_]) =
            if is_our_list { (mapping.listed, mapping.also_listed) } else { (&[], &[]) };
        let all = table.with_other_names(&how.mapping, listed)?;
        let columns = table.mapped(mapping.fields, mapping.required, &all)?;
        let mut known = columns.to_vec();
        for heading in also {
            known.push(table.column(heading)?);
        }
        table.only(&known, &mapping.fields, how)?;
        Ok(Rows { table, read: Box::new(move |row| read(row, columns)) })
    }

    /// The next row. Errors: the file cannot be read on.
    pub(crate) fn next(&mut self) -> Result<Option<FoundRow<T>>> {
        let Rows { table, read } = self;
        Ok(table.next_row()?.map(|row| match row {
            Ok(row) => (read(&row), row.reject("")),
            Err(row) => (Err(row.reason.clone()), row),
        }))
    }

    /// After the last row: how the table was understood, and what was left aside.
    pub(crate) fn remarks(&self) -> Remarks {
        self.table.remarks()
    }
}

/// What is in a field that may be empty: none where the row does not speak of it.
pub(crate) fn edit<T>(row: &Row<'_>, column: Column, value: Option<T>) -> Option<Edit<T>> {
    match value {
        Some(value) => Some(Edit::Set(value)),
        None => row.has(column).then_some(Edit::Clear),
    }
}

/// What is in a field that may be left out, but not empty.
pub(crate) fn needed<T>(
    row: &Row<'_>, column: Column, value: Option<T>, what: &str,
) -> Result<Option<T>, String> {
    if value.is_none() && row.has(column) { Err(format!("has no {what}")) } else { Ok(value) }
}

/// Yes or no; `what` names it in errors.
pub(crate) fn flag(row: &Row<'_>, column: Column, what: &str) -> Result<Option<bool>, String> {
    let text = row.name(column)?;
    text.map(|text| yes_or_no(&text).map_err(|why| format!("column `{what}`: {why}"))).transpose()
}

/// An instant as [`Moment`] reads it, or the first of a day; `what` names it in errors.
pub(crate) fn instant(
    row: &Row<'_>, column: Column, what: &str, today: NaiveDate, zone: Zone,
) -> Result<Option<DateTime<Utc>>, String> {
    let Some(text) = row.name(column)? else { return Ok(None) };
    let text = row.ordered(&text);
    let at = match text.parse::<NaiveDate>() {
        Ok(day) => time::start_of(day, zone),
        Err(_) => text.parse::<Moment>().and_then(|moment| moment.resolve(today, zone)),
    };
    at.map(Some).map_err(|why| format!("{what}: {why}"))
}
