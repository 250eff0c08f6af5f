//! Programs by parts of their names.

use crate::model::find::Asked;
use crate::store::prelude::*;

/// By name, at most `limit`.
pub(crate) fn of_words(
    tx: &mut Tx<'_>, asked: &Asked, visibility: Visibility, limit: i64,
) -> Result<Vec<Candidate<noun::Resource>>> {
    let [one, two, three] = asked.patterns();
    let (name, end) = asked.reference.name_range();
    let values = params![one, two, three, name, end, visibility.account(), limit];
    tx.all(sql!("resource/of_words"), values, coded_and_named)
}
