//! What a folder of tables has and nothing here keeps (rule 5.2): columns, and whole tables.

use super::super::super::table::Table;
use super::super::assembly::Assembly;
use super::Tables;
use crate::error::Result;

/// Counts the values of the columns that are left aside: `locations.name`. The id of a row says nothing by itself.
pub(super) fn leave(assembly: &mut Assembly, sheet: &Table) {
    let name = stem(sheet.name());
    for (column, count) in sheet.not_kept().into_iter().filter(|(column, _)| column != "id") {
        *assembly.remarks.not_kept.entry(format!("{name}.{column}")).or_default() += count;
    }
}

/// Whether a cell says more than what follows from others.
pub(super) fn is_a_value(cell: &str, follows: impl Fn(&str) -> bool) -> bool {
    !cell.trim().is_empty() && !follows(cell)
}

/// Counts values of a column of which others are read.
pub(super) fn count(assembly: &mut Assembly, sheet: &Table, column: &str, values: u64) {
    if values > 0 {
        *assembly.remarks.not_kept.entry(format!("{}.{column}", stem(sheet.name()))).or_default() += values;
    }
}

impl Tables<'_> {
    /// Names the files that nothing was read from, and counts the rows of the tables among them.
    pub(super) fn count_what_is_left(&mut self) -> Result<()> {
        let left: Vec<&str> = self.files.keys().map(String::as_str).collect();
        if left.is_empty() {
            return Ok(());
        }
        let note = format!("Ignored, as nothing in them is imported: {}.", left.join(", "));
        self.assembly.remarks.notes.push(note);
        for (file, path) in &self.files {
            if !file.to_lowercase().ends_with(".csv") {
                continue;
            }
            // One that is no table has no rows.
            let Ok(mut sheet) = Table::open(&path.as_path().into(), self.how) else { continue };
            let rows = sheet.each(&mut Vec::new(), |_| Ok(()))?;
            if rows > 0 {
                *self.assembly.remarks.not_kept.entry(stem(file).to_owned()).or_default() += rows;
            }
        }
        Ok(())
    }
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
