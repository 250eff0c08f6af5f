//! What a table holds in a few bytes, alike on both engines and in whatever order its rows are read: the sum of the SHA-256 of
//! each row. It shows what an accident changes; against intent there is the digest of the whole file.

use sha2::{Digest, Sha256};

use super::Step;
use super::cell::Cell;
use super::images::{Images, in_order, kept_column};
use super::tables::Table;
use crate::db::Tx;
use crate::error::Result;

/// The number of its rows, and their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableSum {
    pub(crate) table: String,
    pub(crate) rows: i64,
    pub(crate) sum: String,
}

/// Adds up the rows of a table.
pub(super) struct Adder<'t> {
    table: &'t Table,
    /// The places of its columns in the order of their names, which a schema cannot change.
    order: Vec<usize>,
    kept: Option<usize>,
    rows: i64,
    sum: [u64; 4],
}

impl<'t> Adder<'t> {
    pub(super) fn of(table: &'t Table) -> Self {
        let mut order: Vec<usize> = (0..table.columns.len()).collect();
        order.sort_by_key(|place| table.columns.get(*place).map(|(name, _)| name));
        Adder { table, order, kept: kept_column(table), rows: 0, sum: [0; 4] }
    }

    pub(super) fn add(&mut self, row: &[Cell]) {
        let mut digest = Sha256::new();
        for place in &self.order {
            match row.get(*place) {
                Some(Cell::Text(text)) if self.kept == Some(*place) => {
                    add(&mut digest, 2, in_order(text).as_bytes());
                }
                Some(Cell::Text(text)) => add(&mut digest, 2, text.as_bytes()),
                Some(Cell::Integer(number)) => add(&mut digest, 1, &number.to_be_bytes()),
                Some(Cell::Bytes(bytes)) => add(&mut digest, 3, bytes),
                Some(Cell::Null) | None => add(&mut digest, 0, &[]),
            }
        }
        let mut carry = 0;
        for (sum, part) in self.sum.iter_mut().zip(digest.finalize().chunks_exact(8)) {
            let part = part.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
            let (added, over) = sum.overflowing_add(part);
            let (added, more) = added.overflowing_add(carry);
            (*sum, carry) = (added, u64::from(over || more));
        }
        self.rows += 1;
    }

    pub(super) fn end(self) -> TableSum {
        let [a, b, c, d] = self.sum;
        TableSum {
            table: self.table.name.clone(),
            rows: self.rows,
            sum: format!("{d:016x}{c:016x}{b:016x}{a:016x}"),
        }
    }
}

/// With its length, so that different rows never read alike.
fn add(digest: &mut Sha256, kind: u8, bytes: &[u8]) {
    digest.update([kind]);
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}

impl Tx<'_> {
    /// What each table holds, in the order of their names.
    pub(crate) fn sums(&mut self, step: Step<'_>) -> Result<Vec<TableSum>> {
        let tables = self.tables()?;
        let images = Images::of(&tables);
        let mut sums = Vec::with_capacity(tables.len());
        for table in &tables {
            let sum = self.sum_of(table, &images)?;
            step(u64::try_from(sum.rows).unwrap_or_default());
            sums.push(sum);
        }
        Ok(sums)
    }

    pub(super) fn sum_of(&mut self, table: &Table, images: &Images) -> Result<TableSum> {
        let mut adder = Adder::of(table);
        self.rows_of(table, images, |row| {
            adder.add(&row);
            Ok(())
        })?;
        Ok(adder.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::copy::cell::Kind;

    #[test]
    fn a_sum_knows_what_and_how_often_but_no_order() {
        let named = |names: [&str; 2]| Table {
            name: "thing".to_owned(),
            columns: names.map(|name| (name.to_owned(), Kind::Text)).to_vec(),
            key: Vec::new(),
        };
        let (table, turned) = (named(["a", "b"]), named(["b", "a"]));
        let sum = |table: &Table, rows: &[[&str; 2]]| {
            let mut adder = Adder::of(table);
            for row in rows {
                adder.add(&row.map(|text| Cell::Text(text.to_owned())));
            }
            adder.end()
        };
        let one = sum(&table, &[["x", "yz"], ["p", "q"]]);
        assert_eq!(one, sum(&table, &[["p", "q"], ["x", "yz"]]));
        assert_eq!(one, sum(&turned, &[["q", "p"], ["yz", "x"]]), "columns by their names");
        for other in [&[["xy", "z"], ["p", "q"]][..], &[["x", "yz"]], &[["x", "yz"], ["p", "q"], ["p", "q"]]]
        {
            assert_ne!(one.sum, sum(&table, other).sum, "{other:?}");
        }
        let mut empty = Adder::of(&table);
        empty.add(&[Cell::Null, Cell::Text(String::new())]);
        assert_ne!(empty.end().sum, sum(&table, &[["", ""]]).sum);
    }
}
