//! Lists that are read page by page, so that no export holds one whole.

use crate::commands::prelude::*;

/// Rows in memory at once.
pub(super) const PAGE: i64 = 500;

/// `page` gets the last row of the page before, and how many it may return; `each` gets what it returns.
pub(super) fn pages<T>(
    tx: &mut Tx<'_>, limit: i64, mut page: impl FnMut(&mut Tx<'_>, Option<&T>, i64) -> Result<Vec<T>>,
    mut each: impl FnMut(&mut Tx<'_>, &[T]) -> Result<()>,
) -> Result<()> {
    let mut last = None;
    loop {
        let mut rows = page(tx, last.as_ref(), limit)?;
        each(tx, &rows)?;
        let is_last = i64::try_from(rows.len()).is_ok_and(|length| length < limit);
        last = rows.pop();
        if is_last || last.is_none() {
            return Ok(());
        }
    }
}
