//! What `resource find` searches: the words of each resource, and where it is. Both are derived from other tables.

use std::collections::HashMap;

use crate::model::resource::search::{Weight, words};
use crate::store::prelude::*;

/// Derives words and places of all resources of these providers anew. Whatever changes a provider, its resources or its lists
/// ends with it.
pub(crate) fn index(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    delete_places(tx, providers)?;
    insert_places(tx, providers)?;
    delete_words(tx, providers)?;
    let mut found: Vec<(String, ResourceId, i64)> = Vec::new();
    for (resource, words) in words_of(tx, providers)? {
        found.extend(words.into_iter().map(|(word, weight)| (word, resource, weight.points())));
    }
    // Neighbours in the index are cheapest to add one after the other.
    found.sort_unstable();
    insert_words(tx, &found)
}

fn delete_places(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/delete_places"), params![], providers)
}

fn insert_places(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/insert_places"), params![], providers)
}

fn delete_words(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<()> {
    tx.run_in(sql!("resource/delete_words"), params![], providers)
}

fn insert_words(tx: &mut Tx<'_>, words: &[(String, ResourceId, i64)]) -> Result<()> {
    tx.bulk(sql!("resource/insert_words"), words, |(word, resource, weight)| {
        [word as &dyn Param, resource, weight]
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

type Words = HashMap<String, Weight>;

fn words_of(tx: &mut Tx<'_>, providers: &[ProviderId]) -> Result<HashMap<ResourceId, Words>> {
    let mut all = HashMap::new();
    texts(tx, providers, &mut all)?;
    detail_texts(tx, providers, &mut all)?;
    Ok(all)
}

fn texts(tx: &mut Tx<'_>, providers: &[ProviderId], all: &mut HashMap<ResourceId, Words>) -> Result<()> {
    tx.all_in(sql!("resource/texts"), params![], providers, |row| {
        let of_one = all.entry(row.get("id")?).or_default();
        for (column, weight) in TEXTS {
            if let Some(text) = row.get::<Option<String>>(column)? {
                add(of_one, &text, weight);
            }
        }
        Ok(())
    })
    .map(drop)
}

fn detail_texts(
    tx: &mut Tx<'_>, providers: &[ProviderId], all: &mut HashMap<ResourceId, Words>,
) -> Result<()> {
    tx.all_in(sql!("resource/detail_texts"), params![], providers, |row| {
        let of_one = all.entry(row.get("resource_id")?).or_default();
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

/// Of several places of a word the best counts.
fn add(of_one: &mut Words, text: &str, weight: Weight) {
    for word in words(text) {
        let kept = of_one.entry(word).or_insert(weight);
        *kept = (*kept).max(weight);
    }
}
