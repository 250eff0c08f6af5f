//! A table for people, drawn in blocks, so that a million rows take no more memory than a few hundred. The
//! first block decides the columns and their widths for all.

use unicode_width::UnicodeWidthStr;

use super::Output;
use super::cell::{Fields, Times, cell, label};
use super::grid::{self, Column};
use super::layout::{Need, fit, give_way, least};
use super::sanitize::sanitize;
use super::style::{STRONG, paint};
use crate::model::view::{Field, FieldKind};

#[cfg(test)]
mod tests;

/// Rows in one block.
const BLOCK: usize = 250;

pub(super) struct Table<'a> {
    fields: Vec<&'static Field>,
    output: &'a Output,
    times: Times,
    block: Vec<Vec<String>>,
    needs: Vec<Need>,
    /// Set by the first block; none for a column that is left out.
    widths: Option<Vec<Option<usize>>>,
}

impl<'a> Table<'a> {
    pub(super) fn new(fields: Vec<&'static Field>, times: Times, output: &'a Output) -> Self {
        let rank = |field: &Field| if output.adds(field.key) { 0 } else { field.rank };
        let needs = fields.iter().map(|field| Need::new(&heading(field, &fields), rank(field))).collect();
        Table { fields, output, times, block: Vec::new(), needs, widths: None }
    }

    pub(super) fn row(&mut self, text: &mut Vec<u8>, row: &Fields) {
        let cells: Vec<String> = self.fields.iter().map(|field| self.cell(field, row)).collect();
        let is_narrow = self.output.width.is_some();
        for ((need, field), cell) in self.needs.iter_mut().zip(&self.fields).zip(&cells) {
            need.add(cell, is_narrow && wraps(field, self.times));
        }
        self.block.push(cells);
        if self.block.len() == BLOCK {
            self.flush(text, false);
        }
    }

    fn cell(&self, field: &Field, row: &Fields) -> String {
        row.get(field.key).map_or_else(String::new, |value| {
            sanitize(&cell(value, field.kind, self.times, self.output)).into_owned()
        })
    }

    /// `is_end` says that no more rows will come.
    pub(super) fn flush(&mut self, text: &mut Vec<u8>, is_end: bool) {
        if self.widths.is_none() {
            let widths = self.fitted(is_end);
            let headings = self.fields.iter().map(|field| heading(field, &self.fields)).collect();
            let headings = only_kept(&widths, headings);
            self.widths = Some(widths);
            for line in grid::lines(&self.columns(), [headings]) {
                put(text, &paint(&line, STRONG, self.output.colour));
            }
        }
        let rows = std::mem::take(&mut self.block);
        self.lines(rows).iter().for_each(|line| put(text, line));
    }

    /// If more rows follow, reserves room for wider cells.
    fn fitted(&mut self, is_end: bool) -> Vec<Option<usize>> {
        if !is_end {
            for (need, field) in self.needs.iter_mut().zip(&self.fields) {
                need.reserve(usual(field.kind, self.output.width.is_some()), wraps(field, self.times));
            }
        }
        fit(&self.needs, self.output.width, self.output.names_all_columns())
    }

    fn lines(&self, rows: Vec<Vec<String>>) -> Vec<String> {
        let widths = self.widths.as_deref().unwrap_or_default();
        let columns = self.columns();
        let (mut lines, mut even) = (Vec::new(), Vec::new());
        for row in rows {
            let row = only_kept(widths, row);
            if let Some(widened) = self.widened(&columns, &row) {
                lines.extend(grid::lines(&columns, std::mem::take(&mut even)));
                lines.extend(grid::lines(&widened, [row]));
            } else {
                even.push(row);
            }
        }
        lines.extend(grid::lines(&columns, even));
        lines
    }

    fn kept(&self) -> impl Iterator<Item = (&'static Field, usize)> {
        let widths = self.widths.iter().flatten();
        self.fields.iter().zip(widths).filter_map(|(field, width)| Some((*field, (*width)?)))
    }

    fn columns(&self) -> Vec<Column> {
        self.kept().map(|(field, width)| Column { width, is_right: is_right(field.kind) }).collect()
    }

    /// The columns of a row with a cell that is wider than its column and must stay whole; none for other rows,
    /// so that these keep their places. The cell takes room from what stands to the right of it, on a
    /// terminal then from text, which wraps.
    fn widened(&self, columns: &[Column], row: &[String]) -> Option<Vec<Column>> {
        let mut widened = columns.to_vec();
        let mut floors = Vec::with_capacity(columns.len());
        let (mut is_wider, mut missing) = (false, 0_usize);
        for ((column, (field, _)), cell) in widened.iter_mut().zip(self.kept()).zip(row) {
            let (before, content) = (column.width, cell.width());
            let may_wrap = self.output.width.is_some() && wraps(field, self.times);
            if content <= before {
                let given = missing.min(before - content);
                column.width -= given;
                missing -= given;
            } else if !may_wrap {
                is_wider = true;
                column.width = content;
                missing += content - before;
            }
            floors.push(if may_wrap { least(cell).min(column.width) } else { content });
        }
        if let Some(room) = self.output.width.filter(|_| missing > 0) {
            let mut widths: Vec<usize> = widened.iter().map(|column| column.width).collect();
            give_way(&mut widths, &floors, room);
            widened.iter_mut().zip(widths).for_each(|(column, width)| column.width = width);
        }
        is_wider.then_some(widened)
    }

    /// The columns that were left out: those with something in them, and the empty ones.
    pub(super) fn left_out(&self) -> LeftOut {
        let mut left_out = LeftOut::default();
        for ((field, need), width) in self.fields.iter().zip(&self.needs).zip(self.widths.iter().flatten()) {
            match width {
                Some(_) => {}
                None if need.says_something() => left_out.full.push(field.key),
                None => left_out.empty.push(field.key),
            }
        }
        left_out
    }
}

/// The keys of columns for which there was no room.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) full: Vec<&'static str>,
    pub(super) empty: Vec<&'static str>,
}

fn only_kept(widths: &[Option<usize>], row: Vec<String>) -> Vec<String> {
    row.into_iter().zip(widths).filter_map(|(cell, width)| width.map(|_| cell)).collect()
}

fn heading(field: &Field, beside: &[&Field]) -> String {
    label(field, beside.iter().copied()).to_uppercase()
}

fn put(text: &mut Vec<u8>, line: &str) {
    text.extend_from_slice(line.as_bytes());
    text.push(b'\n');
}

/// Whether a cell may wrap. An instant with its age may, before the age.
fn wraps(field: &Field, times: Times) -> bool {
    matches!(field.kind, FieldKind::Text | FieldKind::Name | FieldKind::Logins)
        || (field.kind == FieldKind::Age && times == Times::Both)
}

fn is_right(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Number | FieldKind::Minutes | FieldKind::Span | FieldKind::Many)
}

/// The usual maximum width of such cells. Text, which only a terminal wraps, gets more where there is none.
fn usual(kind: FieldKind, is_terminal: bool) -> usize {
    match kind {
        FieldKind::Code | FieldKind::Login | FieldKind::Date => "PKG-7K3M9Q".len(),
        FieldKind::Instant => "2026-11-22 10:00".len(),
        FieldKind::Age => "23 months ago".len(),
        FieldKind::Text | FieldKind::Name | FieldKind::Logins => {
            if is_terminal {
                24
            } else {
                32
            }
        }
        FieldKind::Minutes => "120 min".len(),
        FieldKind::Span => "23 months".len(),
        FieldKind::Status => "cancelled".len(),
        FieldKind::Number | FieldKind::YesNo | FieldKind::Many => 0,
    }
}
