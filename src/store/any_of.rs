//! Lists of what one of several filters lets through. Each filter is a query of its own, so that it stays a range of its index,
//! and the pages are merged.

use crate::store::prelude::*;

/// Each of these filters once with each of the values; without values they limit nothing.
pub(crate) fn each<F: Copy, V: Copy>(filters: &[F], values: &[V], with: impl Fn(F, V) -> F) -> Vec<F> {
    if values.is_empty() {
        return filters.to_vec();
    }
    filters.iter().flat_map(|filter| values.iter().map(|value| with(*filter, *value))).collect()
}

/// A page of what any of the filters lets through, in the order of `key`, at most `limit`. `page` reads that of one.
pub(crate) fn any_of<F, T, K: Ord>(
    filters: &[F], key: impl Fn(&T) -> K, oldest_first: bool, limit: i64,
    mut page: impl FnMut(&F) -> Result<Vec<T>>,
) -> Result<Vec<T>> {
    if let [only] = filters {
        return page(only);
    }
    let mut found = Vec::new();
    for filter in filters {
        found.extend(page(filter)?);
    }
    Ok(spoken_for::one_page(found, key, oldest_first, limit))
}

/// The keys of what was made from one instant up to but not at another, and somewhat more: a key is drawn a little before or
/// after the instant that is recorded with it.
fn keys_between<N>(since: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> (Id<N>, Id<N>) {
    let slack = TimeDelta::hours(1);
    let first = since.and_then(|at| at.checked_sub_signed(slack)).map_or(Id::NIL, Id::first_of);
    let last = until.and_then(|at| at.checked_add_signed(slack)).map_or(Id::MAX, Id::first_of);
    (first, last)
}

/// The keys between which a page of these lies, which goes on after `after`; none where it has no bound.
pub(super) fn page_between<N>(
    since: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>, after: Option<Id<N>>, oldest_first: bool,
) -> (Option<Id<N>>, Option<Id<N>>) {
    let (first, end) = keys_between(since, until);
    let newer = after.filter(|_| oldest_first).map_or(first, |after| after.max(first));
    let older = after.filter(|_| !oldest_first).map_or(end, |after| after.min(end));
    (Some(newer).filter(|key| *key != Id::NIL), Some(older).filter(|key| *key != Id::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_filter_meets_each_value() {
        let with = |filter: (u8, u8), value: u8| (filter.0, value);
        assert_eq!(each(&[(1, 0), (2, 0)], &[7, 8], with), [(1, 7), (1, 8), (2, 7), (2, 8)]);
        assert_eq!(each(&[(1, 0)], &[], with), [(1, 0)]);
    }

    #[test]
    fn pages_are_merged_in_order_and_each_thing_is_there_once() {
        let pages = |filter: &[u8; 2]| Ok(filter.to_vec());
        let page =
            |filters: &[[u8; 2]], oldest_first| any_of(filters, |one| *one, oldest_first, 3, pages).unwrap();
        assert_eq!(page(&[[5, 2], [4, 2]], false), [5, 4, 2]);
        assert_eq!(page(&[[1, 5], [1, 3], [2, 9]], true), [1, 2, 3]);
    }
}
