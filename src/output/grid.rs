//! Draws cells side by side in columns of given widths, the only use of comfy-table.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, Table, Width};

use super::layout::GAP;

/// A blank at which a cell does not wrap.
pub(super) const HARD_BLANK: &str = "\u{a0}";

#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) width: usize,
    pub(super) is_right: bool,
}

impl Column {
    pub(super) fn left(width: usize) -> Self {
        Column { width, is_right: false }
    }
}

/// Without borders and trailing blanks, so that the text can be searched and cut. Wider text wraps.
pub(super) fn lines(columns: &[Column], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.add_rows(rows.into_iter().map(|row| row.into_iter().map(Cell::new_owned)));
    for (column, wanted) in table.column_iter_mut().zip(columns) {
        let gap = if column.index + 1 < columns.len() { GAP } else { 0 };
        let narrow = |width| u16::try_from(width).unwrap_or(u16::MAX);
        column.set_padding((0, narrow(gap)));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(narrow(wanted.width + gap))));
        column.set_cell_alignment(if wanted.is_right { CellAlignment::Right } else { CellAlignment::Left });
    }
    table.lines().map(|line| finished(&line)).collect()
}

fn finished(line: &str) -> String {
    let line = line.trim_end_matches(' ');
    // Most lines are ASCII, and a search in each of them takes time.
    if line.is_ascii() { line.to_owned() } else { line.replace(HARD_BLANK, " ") }
}
