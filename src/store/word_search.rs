//! People by words that they are found by, however many have them.

use crate::model::find::Combination;
use crate::model::search_key::Words;
use crate::store::prelude::*;

/// Whose words are in memory at once.
const AT_ONCE: usize = 500;

/// A word with whom it finds.
pub(super) type Word<N> = (String, Id<N>);

/// People who are found by words, which are derived from what they are and kept in a table.
pub(crate) trait Searched: Sized {
    /// The marker of its ids.
    type Noun;

    fn id(&self) -> Id<Self::Noun>;

    fn words(&self) -> Words;

    /// Those with these ids that there are.
    fn with_ids(tx: &mut Tx<'_>, ids: &[Id<Self::Noun>]) -> Result<Vec<Self>>;

    fn insert_words(tx: &mut Tx<'_>, words: &[Word<Self::Noun>]) -> Result<()>;

    fn delete_words(tx: &mut Tx<'_>, words: &[Word<Self::Noun>]) -> Result<()>;
}

/// Before rows of these people are put back; [`index_words`] comes afterwards.
pub(crate) fn unindex_words<T: Searched>(tx: &mut Tx<'_>, ids: &[Id<T::Noun>]) -> Result<()> {
    for some in ids.chunks(AT_ONCE) {
        let people = T::with_ids(tx, some)?;
        T::delete_words(tx, &words_of(&people))?;
    }
    Ok(())
}

/// Derives the words of those of these people that there are.
pub(crate) fn index_words<T: Searched>(tx: &mut Tx<'_>, ids: &[Id<T::Noun>]) -> Result<()> {
    for some in ids.chunks(AT_ONCE) {
        let people = T::with_ids(tx, some)?;
        add_words(tx, &people)?;
    }
    Ok(())
}

/// Derives the words of people who have none.
pub(super) fn add_words<'t, T: Searched + 't>(
    tx: &mut Tx<'_>, people: impl IntoIterator<Item = &'t T>,
) -> Result<()> {
    T::insert_words(tx, &words_of(people))
}

/// Keeps the words of what has changed.
pub(super) fn update_words<T: Searched>(tx: &mut Tx<'_>, before: &T, after: &T) -> Result<()> {
    let (old, new) = (before.words(), after.words());
    let of = |word: &String| (word.clone(), after.id());
    T::delete_words(tx, &old.difference(&new).map(of).collect::<Vec<_>>())?;
    T::insert_words(tx, &new.difference(&old).map(of).collect::<Vec<_>>())
}

/// In the order of the key, in which neighbours are cheapest to add one after the other.
fn words_of<'t, T: Searched + 't>(people: impl IntoIterator<Item = &'t T>) -> Vec<Word<T::Noun>> {
    let of = |one: &T| one.words().into_iter().map(|word| (word, one.id())).collect::<Vec<_>>();
    let mut words: Vec<_> = people.into_iter().flat_map(of).collect();
    words.sort_unstable();
    words
}

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
