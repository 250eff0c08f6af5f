//! Merged cells of a sheet: what is written in the first of several rows counts for each of them.

use std::collections::BTreeMap;

use calamine::Dimensions;

use super::spool::Cell;

#[derive(Default)]
pub(super) struct Merged {
    /// Those that begin in rows to come, the last first.
    coming: Vec<Dimensions>,
    /// By column: the last row, and what the first holds.
    open: BTreeMap<usize, (u32, Cell)>,
}

impl Merged {
    pub(super) fn new(mut areas: Vec<Dimensions>) -> Self {
        areas.retain(|area| area.start.0 < area.end.0);
        areas.sort_by_key(|area| std::cmp::Reverse(area.start));
        Merged { coming: areas, open: BTreeMap::new() }
    }

    /// Nothing that begins above or in the heading counts for the rows below it.
    pub(super) fn skip(&mut self, row: u32) {
        while self.coming.pop_if(|area| area.start.0 <= row).is_some() {}
    }

    /// Fills in what a row that is not empty leaves out.
    pub(super) fn fill(&mut self, row: u32, cells: &mut [Cell]) {
        self.open.retain(|_, (last, _)| *last >= row);
        for (column, (_, value)) in &self.open {
            if let Some(cell) = cells.get_mut(*column).filter(|cell| **cell == Cell::empty()) {
                *cell = value.clone();
            }
        }
        while let Some(area) = self.coming.pop_if(|area| area.start.0 <= row) {
            let column = usize::try_from(area.start.1).unwrap_or(usize::MAX);
            if let Some(cell) = cells.get(column).filter(|_| area.start.0 == row) {
                self.open.insert(column, (area.end.0, cell.clone()));
            }
        }
    }
}
