//! What `resource find` searches: the words of each resource, and where it is. Both are derived from other tables.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::model::resource::search::{Weight, words};
use crate::model::text::fold_words;
use crate::store::prelude::*;

/// Derives what is searched for all resources of these providers anew. Whatever changes a provider, its resources or its
/// lists ends with it.
pub(crate) fn index(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    delete_words(tx, providers)?;
    delete_listings(tx, providers)?;
    delete_searched(tx, providers)?;
    insert_searched(tx, providers)?;
    update_places(tx, providers)?;
    insert_terms(tx, providers)?;
    insert_listings(tx, providers)?;
    let mut resources = numbers(tx, providers)?;
    resources.sort_unstable();
    if resources.len() >= MANY {
        return tx.without_indexes("search_word", resources.len(), |tx| index_words(tx, &resources));
    }
    index_words(tx, &resources)
}

/// That an index of their words is made faster at once than word by word.
const MANY: usize = 200;

/// The words of so many resources are held in memory, some 40 bytes for each place of one. The more there are, the less often an index
/// is gone through.
const AT_ONCE: usize = 700;

/// So many words are written at once.
const WORDS_AT_ONCE: usize = 1_000;

fn index_words(tx: &mut Tx<'_>, resources: &[i64]) -> Result<()> {
    for some in resources.chunks(AT_ONCE) {
        for words in words_of(tx, some)?.chunks(WORDS_AT_ONCE) {
            let rows = words.iter().flat_map(|(word, places)| {
                places.iter().map(move |(points, resource)| (word.as_str(), *points, *resource))
            });
            insert_words(tx, &rows.collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

/// Before these providers, or resources of theirs, are deleted; [`index`] comes afterwards.
pub(crate) fn unindex(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    delete_words(tx, providers)?;
    delete_listings(tx, providers)?;
    unlist(tx, providers)
}

fn unlist(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/unlist"), params![], providers)
}

fn delete_words(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/delete_words"), params![], providers)
}

fn delete_listings(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/delete_listings"), params![], providers)
}

fn delete_searched(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/delete_searched"), params![], providers)
}

fn insert_searched(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/insert_searched"), params![], providers)
}

fn update_places(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/update_places"), params![], providers)
}

fn insert_terms(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/insert_terms"), params![], providers)
}

fn insert_listings(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/insert_listings"), params![], providers)
}

fn numbers(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<Vec<i64>> {
    tx.all_in(sql!("resource/numbers"), params![], providers, |row| row.get("number"))
}

fn insert_words(tx: &mut Tx<'_>, rows: &[(&str, i64, i64)]) -> Result<()> {
    tx.bulk(sql!("resource/insert_words"), rows, |(word, points, resource)| {
        [word as &dyn Param, points, resource]
    })
}

/// The same for all providers: after an upgrade from a database that had no such tables.
pub(crate) fn index_all(tx: &mut Tx<'_>) -> Result<()> {
    let providers = all_providers(tx)?;
    index(tx, &providers)
}

fn all_providers(tx: &mut Tx<'_>) -> Result<Vec<ProviderId>> {
    tx.all(sql!("resource/all_providers"), params![], |row| row.get("id"))
}

/// How much a word counts, and for which resource.
type Places = Vec<(i64, i64)>;

/// Each word once, with its places.
#[derive(Default)]
struct Words {
    /// By the word.
    numbers: HashMap<String, usize>,
    /// By its number.
    places: Vec<Places>,
}

/// In the order of the index, in which neighbours are cheapest to add one after the other.
fn words_of(tx: &mut Tx<'_>, resources: &[i64]) -> Result<Vec<(String, Places)>> {
    let mut words = Words::default();
    texts(tx, resources, &mut words)?;
    detail_texts(tx, resources, &mut words)?;
    Ok(words.in_order())
}

fn texts(tx: &mut Tx<'_>, resources: &[i64], all: &mut Words) -> Result<()> {
    tx.all_in(sql!("resource/texts"), params![], resources, |row| {
        let resource = row.get("number")?;
        for (column, weight) in TEXTS {
            if let Some(text) = row.get::<Option<String>>(column)? {
                let numbers = all.numbers_of(&text);
                all.add(resource, &numbers, weight);
            }
        }
        Ok(())
    })
    .map(drop)
}

fn detail_texts(tx: &mut Tx<'_>, resources: &[i64], all: &mut Words) -> Result<()> {
    // Thousands of resources have the same few hundred.
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    tx.all_in(sql!("resource/detail_texts"), params![], resources, |row| {
        let (resource, kind, name) = (row.get("number")?, row.get("kind")?, row.get::<String>("name")?);
        let numbers = match known.entry(name) {
            Entry::Occupied(numbers) => numbers.into_mut(),
            Entry::Vacant(name) => {
                let numbers = all.numbers_of(name.key());
                name.insert(numbers)
            }
        };
        all.add(resource, numbers, Weight::of_detail(kind));
        Ok(())
    })
    .map(drop)
}

/// The columns whose words count, and how much.
const TEXTS: [(&str, Weight); 6] = [
    ("name", Weight::Name),
    ("alternate_name", Weight::Name),
    ("provider_name", Weight::Provider),
    ("provider_alternate_name", Weight::Provider),
    ("description", Weight::Description),
    ("eligibility", Weight::Description),
];

impl Words {
    /// The words of a text, in their order.
    fn numbers_of(&mut self, text: &str) -> Vec<usize> {
        words(&fold_words(text)).map(|word| self.number(word)).collect()
    }

    fn number(&mut self, word: &str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.places.len();
        self.numbers.insert(word.to_owned(), number);
        self.places.push(Places::new());
        number
    }

    /// A text of this resource has these words.
    fn add(&mut self, resource: i64, numbers: &[usize], weight: Weight) {
        let points = weight.points(numbers.len());
        for number in numbers {
            if let Some(places) = self.places.get_mut(*number) {
                places.push((points, resource));
            }
        }
    }

    /// Of several places of a word in one resource the best counts.
    fn in_order(mut self) -> Vec<(String, Places)> {
        let mut words: Vec<(String, Places)> = self
            .numbers
            .into_iter()
            .filter_map(|(word, number)| Some((word, self.places.get_mut(number).map(std::mem::take)?)))
            .collect();
        for (_, places) in &mut words {
            keep_the_best(places);
        }
        words.sort_unstable();
        words
    }
}

fn keep_the_best(places: &mut Places) {
    places.sort_unstable_by_key(|(points, resource)| (*resource, Reverse(*points)));
    places.dedup_by_key(|(_, resource)| *resource);
    places.sort_unstable();
}
