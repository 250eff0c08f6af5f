//! Counts by kind.

use std::collections::BTreeMap;

/// How many there are of each kind.
pub(crate) type Tally = BTreeMap<String, u64>;

pub(crate) fn add(tally: &mut Tally, more: Tally) {
    for (kind, count) in more {
        *tally.entry(kind).or_default() += count;
    }
}
