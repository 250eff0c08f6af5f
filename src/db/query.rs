//! Queries that are asked together: a server answers all in one journey.

use super::{Engine, Param, Row, Tx, sqlite, text, trace};
use crate::error::Result;

/// A query with its values, and how a row of the answer is read.
pub(crate) struct Query<T> {
    pub(crate) sql: &'static str,
    pub(crate) values: Vec<Box<dyn Param>>,
    pub(crate) read: fn(&Row<'_>) -> Result<T>,
}

impl<T> Query<T> {
    fn params(&self) -> Vec<&dyn Param> {
        self.values.iter().map(AsRef::as_ref).collect()
    }
}

impl Tx<'_> {
    /// The first row, if there is one.
    pub(crate) fn ask<T>(&mut self, query: &Query<T>) -> Result<Option<T>> {
        self.first(query.sql, &query.params(), query.read)
    }

    /// The first row of each.
    pub(crate) fn ask_three<A, B, C>(
        &mut self, one: &Query<A>, two: &Query<B>, three: &Query<C>,
    ) -> Result<(Option<A>, Option<B>, Option<C>)> {
        let params = [one.params(), two.params(), three.params()];
        let [first, second, third] = &params;
        let texts = [(one.sql, first), (two.sql, second), (three.sql, third)]
            .map(|(sql, params)| self.as_it_stood(text::present(sql, params)));
        let [first, second, third] = [0, 1, 2].map(|place| (&*texts[place], &*params[place]));
        let names = texts.each_ref().map(|text| text::name(text)).join(", ");
        let all = texts.iter().zip(&params);
        let watch = trace::watch(|| {
            let plans: Result<Vec<_>> = all.map(|(text, params)| self.plan(text, params)).collect();
            Ok(plans?.concat())
        })?;
        let mut found = (None, None, None);
        let mut take = |place: usize, row: &Row<'_>| {
            match place {
                0 if found.0.is_none() => found.0 = Some((one.read)(row)?),
                1 if found.1.is_none() => found.1 = Some((two.read)(row)?),
                2 if found.2.is_none() => found.2 = Some((three.read)(row)?),
                _ => {}
            }
            Ok(())
        };
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => (0..).zip([first, second, third]).try_for_each(|(place, (sql, params))| {
                sqlite::each(tx, sql, params, &mut |row: &Row<'_>| take(place, row))
            }),
            Engine::Postgres(tx) => tx.each_of(first, [Some(second), Some(third)], &mut take),
        })?;
        let rows = u64::from(found.0.is_some()) + u64::from(found.1.is_some()) + u64::from(found.2.is_some());
        trace::end(watch.as_ref(), &names, Some(rows));
        Ok(found)
    }
}
