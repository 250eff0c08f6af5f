//! Masking of small numbers. A number below the limit is not shown, and neither are the others from which one could compute it.
//!
//! A table is a network: each figure is a flow, which is as great as those that it is the sum of. Where a masked figure could be another,
//! the flow can be led around it through other masked figures, and where it cannot, the cheapest way round is masked too.

mod network;
#[cfg(test)]
mod tests;

use network::{Figure, Network};

use super::Count;

/// One number is the sum of others: `whole` and `parts` are places in a row of figures.
pub(crate) struct Sum {
    pub(crate) whole: usize,
    pub(crate) parts: &'static [usize],
    /// Whether the parts are not the whole of it. What is left is not shown, but is masked if it is small.
    pub(crate) has_rest: bool,
}

/// The last row is the total of those before it, and in each row the `sums` hold. A zero is shown, unless it is part of a number that is
/// not. For each number from 1 to below `least`, shown or the rest of a sum, a reader of the table takes every number from 1 to below
/// `least` for possible; a table in which this cannot be had is masked whole.
pub(crate) fn mask(rows: &[Vec<i64>], sums: &[Sum], least: i64) -> Vec<Vec<Count>> {
    let mut network = Network::new(rows, sums, least);
    let is_safe = network.small().into_iter().all(|figure| network.protect(figure));
    let mut masked: Vec<Vec<Count>> =
        rows.iter().map(|row| row.iter().copied().map(Count::Exact).collect()).collect();
    for Figure { place, value, is_masked, .. } in network.figures() {
        let Some((row, column)) = place else { continue };
        let Some(cell) = masked.get_mut(*row).and_then(|row| row.get_mut(*column)) else { continue };
        *cell = match is_masked {
            _ if !is_safe => Count::Withheld,
            false => Count::Exact(*value),
            true if *value < least => Count::Below(least),
            true => Count::Withheld,
        };
    }
    masked
}
