//! A table for people, drawn in blocks, so that a million rows take no more memory than a few hundred. The
//! first block decides the columns and their widths.

use super::Output;
use super::cell::{Fields, Times, cell, label};
use super::grid::{self, Column};
use super::layout::{Need, fit, give_way};
use super::sanitize::sanitize;
use super::style::{STRONG, paint};
use crate::model::view::{Field, FieldKind};

#[cfg(test)]
mod tests;

/// Rows in one block, which decide the widths together.
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
        let needs = fields.iter().map(|field| Need::new(&heading(field, &fields), field.rank)).collect();
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
        let is_first = self.widths.is_none();
        let widths = match self.widths.take() {
            None => self.fitted(is_end),
            Some(widths) => self.widened(widths),
        };
        if is_first {
            let headings = self.fields.iter().map(|field| heading(field, &self.fields)).collect();
            for line in self.lines(&widths, vec![headings]) {
                put(text, &paint(&line, STRONG, self.output.colour));
            }
        }
        let rows = std::mem::take(&mut self.block);
        self.lines(&widths, rows).iter().for_each(|line| put(text, line));
        self.widths = Some(widths);
    }

    /// If more rows follow, reserves room for wider cells.
    fn fitted(&mut self, is_end: bool) -> Vec<Option<usize>> {
        if !is_end {
            for (need, field) in self.needs.iter_mut().zip(&self.fields) {
                need.reserve(usual(field.kind), wraps(field, self.times));
            }
        }
        fit(&self.needs, self.output.width, self.output.columns.is_some())
    }

    /// Columns keep their position and text wraps. Only a cell that must not be cut takes room from the text
    /// beside it.
    fn widened(&self, widths: Vec<Option<usize>>) -> Vec<Option<usize>> {
        let kept: Vec<usize> = (0..widths.len()).filter(|index| widths[*index].is_some()).collect();
        let mut fitted = Vec::with_capacity(kept.len());
        let mut floors = Vec::with_capacity(kept.len());
        for index in &kept {
            let (need, before) = (&self.needs[*index], widths[*index].unwrap_or(0));
            let wraps = wraps(self.fields[*index], self.times);
            let wanted = match self.output.width {
                None => need.natural(),
                Some(_) if wraps => before,
                Some(_) => need.least(),
            };
            fitted.push(before.max(wanted));
            floors.push(if wraps { need.least() } else { before.max(wanted) });
        }
        if let Some(room) = self.output.width {
            give_way(&mut fitted, &floors, room);
        }
        let mut widened = vec![None; widths.len()];
        kept.into_iter().zip(fitted).for_each(|(index, width)| widened[index] = Some(width));
        widened
    }

    fn lines(&self, widths: &[Option<usize>], rows: Vec<Vec<String>>) -> Vec<String> {
        let kept = |index: usize| widths.get(index).is_some_and(Option::is_some);
        let columns: Vec<Column> = self
            .fields
            .iter()
            .zip(widths)
            .filter_map(|(field, width)| Some(Column { width: (*width)?, is_right: is_right(field.kind) }))
            .collect();
        let rows = rows.into_iter().map(|row| {
            row.into_iter().enumerate().filter(|(index, _)| kept(*index)).map(|(_, cell)| cell).collect()
        });
        grid::lines(&columns, rows)
    }

    /// The columns that were left out, except those that are empty.
    pub(super) fn left_out(&self) -> Vec<&'static str> {
        let widths = self.widths.iter().flatten();
        let columns = self.fields.iter().zip(&self.needs).zip(widths);
        columns
            .filter(|((_, need), width)| width.is_none() && need.says_something())
            .map(|((field, _), _)| field.key)
            .collect()
    }
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
    matches!(field.kind, FieldKind::Text | FieldKind::Name)
        || (field.kind == FieldKind::Age && times == Times::Both)
}

fn is_right(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Number | FieldKind::Minutes | FieldKind::Many)
}

/// The usual maximum width of such cells.
fn usual(kind: FieldKind) -> usize {
    match kind {
        FieldKind::Code | FieldKind::Date => "PKG-7K3M9Q".len(),
        FieldKind::Instant => "2026-11-22 10:00".len(),
        FieldKind::Age => "23 months ago".len(),
        FieldKind::Text | FieldKind::Name => 24,
        FieldKind::Minutes => "120 min".len(),
        FieldKind::Status | FieldKind::Number | FieldKind::YesNo | FieldKind::Many => 0,
    }
}
