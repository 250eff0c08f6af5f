//! What `resource find` searches: the words of each resource, and where it is. Both are derived from other tables.

use std::collections::HashMap;

use crate::model::resource::search::{Weight, words};
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
    let mut found: Vec<(String, i64, i64)> = Vec::new();
    for (resource, mut words) in words_of(tx, providers)? {
        keep_the_best(&mut words);
        found.extend(words.into_iter().map(|(word, weight)| (word, weight, resource)));
    }
    // Neighbours in the index are cheapest to add one after the other.
    found.sort_unstable();
    insert_words(tx, &found)
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

fn insert_words(tx: &mut Tx<'_>, words: &[(String, i64, i64)]) -> Result<()> {
    tx.bulk(sql!("resource/insert_words"), words, |(word, weight, resource)| {
        [word as &dyn Param, weight, resource]
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

/// The words of one resource, and how much each counts for it where it stands.
type Words = Vec<(String, i64)>;

fn words_of(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<HashMap<i64, Words>> {
    let mut all = HashMap::new();
    texts(tx, providers, &mut all)?;
    detail_texts(tx, providers, &mut all)?;
    Ok(all)
}

fn texts(tx: &mut Tx<'_>, providers: &[ProviderId], all: &mut HashMap<i64, Words>) -> Result<()> {
    tx.all_in(sql!("resource/texts"), params![], providers, |row| {
        let of_one = all.entry(row.get("number")?).or_default();
        for (column, weight) in TEXTS {
            if let Some(text) = row.get::<Option<String>>(column)? {
                add(of_one, &text, weight);
            }
        }
        Ok(())
    })
    .map(drop)
}

fn detail_texts(tx: &mut Tx<'_>, providers: &[ProviderId], all: &mut HashMap<i64, Words>) -> Result<()> {
    tx.all_in(sql!("resource/detail_texts"), params![], providers, |row| {
        let of_one = all.entry(row.get("number")?).or_default();
        add(of_one, &row.get::<String>("name")?, Weight::of_detail(row.get("kind")?));
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

fn add(of_one: &mut Words, text: &str, weight: Weight) {
    let words = words(text);
    let points = weight.points(words.len());
    of_one.extend(words.into_iter().map(|word| (word, points)));
}

/// Of several places of a word the best counts.
fn keep_the_best(words: &mut Words) {
    words.sort_unstable_by(|(word, points), (other, theirs)| word.cmp(other).then(theirs.cmp(points)));
    words.dedup_by(|(word, _), (kept, _)| word == kept);
}
