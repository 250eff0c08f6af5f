//! People by words that they are found by, however many have them.

use crate::model::find::Combination;
use crate::store::prelude::*;

/// So many are compared one by one.
pub(super) const FEW_WORDS: i64 = 1_000;

/// A range of words.
pub(super) type WordRange = (String, String);

/// Where few have one of the words, all of these are found, to be compared by the program: the database would read all that have
/// the others.
pub(super) fn few_or_all<T>(
    tx: &mut Tx<'_>, combination: &Combination, (whole, limit): (bool, i64),
    count: fn(&mut Tx<'_>, &WordRange) -> Result<i64>,
    find: impl Fn(&mut Tx<'_>, [Option<WordRange>; 3], i64) -> Result<Vec<T>>,
) -> Result<Vec<T>> {
    let all = combination.ranges(whole);
    let mut rarest: Option<(i64, &WordRange)> = None;
    for range in all.iter().flatten() {
        let words = count(tx, range)?;
        if rarest.is_none_or(|(least, _)| words < least) {
            rarest = Some((words, range));
        }
    }
    match rarest {
        Some((words, range)) if words < FEW_WORDS => find(tx, [Some(range.clone()), None, None], FEW_WORDS),
        _ => find(tx, all, limit),
    }
}
