//! What a transaction writes at its end, without a look at what comes of it.

use super::{Engine, Param, Tx, sqlite, text, trace};
use crate::error::Result;

/// More rows are sent at once.
const FEW: usize = 100;

impl Tx<'_> {
    /// Like [`Tx::bulk`], for rows that are written last: to a server they go in one journey with the commit, or with the next
    /// statement, and only then an error is known. They are neither journalled nor kept.
    pub(crate) fn bulk_later<'r, R, const N: usize>(
        &mut self, sql: &str, rows: &'r [R], bind: impl Fn(&'r R) -> [&'r dyn Param; N],
    ) -> Result<()> {
        let watch = trace::watch(|| Ok(Vec::new()))?;
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::bulk(tx, sql, rows, &bind),
            Engine::Postgres(tx) if rows.len() > FEW => tx.bulk(sql, rows, &bind),
            Engine::Postgres(tx) => {
                let params: Vec<&dyn Param> = rows.iter().flat_map(&bind).collect();
                tx.run_later(&text::repeat_values(sql, N, rows.len()), &params)
            }
        })?;
        trace::end(watch.as_ref(), text::name(sql), Some(rows.len() as u64));
        Ok(())
    }
}
