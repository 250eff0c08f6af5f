//! Resolves the resources that the rows of an import name. Each name is looked up once, however often it
//! occurs.

use std::collections::{HashMap, HashSet};

use super::import::ResourceRef;
use crate::model::prelude::*;
use crate::model::reference::{Candidate, Reference, choose};
use crate::model::resource::{NOUN, ResourceKind};

/// A resource with all names that a file may use for it.
#[derive(Clone, Debug)]
pub(crate) struct ResourceCandidate {
    pub(crate) given: ResourceRef,
    pub(crate) kind: ResourceKind,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) provider_code: String,
}

/// The resource of each text in the file, or the reason why there is none (lower case, no full stop).
#[derive(Default)]
pub(crate) struct Names(HashMap<String, Result<ResourceRef, String>>);

impl Names {
    /// The names not yet looked up, without duplicates.
    pub(crate) fn unknown<'a>(&self, texts: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
        let mut seen = HashSet::new();
        texts.filter(|text| !self.0.contains_key(*text) && seen.insert(*text)).collect()
    }

    /// The keys of a text: the code that it may be, and its folded form.
    pub(crate) fn keys(text: &str) -> (String, String) {
        text.parse::<Reference>()
            .map_or_else(|_| Default::default(), |reference| (reference.code(), reference.name_key()))
    }

    /// Resolves these names among all resources found for them.
    pub(crate) fn learn(&mut self, texts: &[&String], found: &[ResourceCandidate]) {
        let mut by_key: HashMap<&str, Vec<&ResourceCandidate>> = HashMap::new();
        let mut seen = HashSet::new();
        let mut found: Vec<&ResourceCandidate> =
            found.iter().filter(|named| seen.insert(named.given.id)).collect();
        found.sort_unstable_by_key(|named| &named.given.code);
        for named in found {
            by_key.entry(&named.given.code).or_default().push(named);
            by_key.entry(&named.name_key).or_default().push(named);
            if named.kind == ResourceKind::Agency {
                by_key.entry(&named.provider_code).or_default().push(named);
            }
        }
        for text in texts {
            self.0.insert((*text).clone(), meant(text, &by_key));
        }
    }

    /// The code of every resource found.
    pub(crate) fn codes(self) -> HashMap<ResourceId, String> {
        self.0.into_values().flatten().map(|given| (given.id, given.code)).collect()
    }

    /// The resources of one row, in its order, or the reason of the first failure.
    pub(crate) fn all<'a>(&'a self, texts: &[String]) -> Result<Vec<&'a ResourceRef>, String> {
        let get = |text: &String| match self.0.get(text) {
            Some(Ok(given)) => Ok(given),
            Some(Err(reason)) => Err(reason.clone()),
            None => Err(format!("resource `{text}` was not looked up")),
        };
        texts.iter().map(get).collect()
    }
}

fn meant(text: &str, by_key: &HashMap<&str, Vec<&ResourceCandidate>>) -> Result<ResourceRef, String> {
    let reference: Reference = text.parse()?;
    let (code, key) = (reference.code(), reference.name_key());
    let by_code = by_key.get(code.as_str()).into_iter().flatten().map(|named| (*named, 1));
    let by_name = by_key.get(key.as_str()).into_iter().flatten();
    let rank = |named: &ResourceCandidate| if named.kind == ResourceKind::Agency { 2 } else { 3 };
    let by_name = by_name.map(|named| (*named, rank(named)));
    let fitting: Vec<(&ResourceCandidate, i64)> = by_code.chain(by_name).collect();
    let candidates: Vec<Candidate<noun::Resource>> = fitting
        .iter()
        .map(|(named, rank)| Candidate {
            id: named.given.id,
            code: named.given.code.clone(),
            name: named.name.clone(),
            rank: *rank,
        })
        .collect();
    let id = choose(&NOUN, &reference, &candidates, || Ok(Vec::new())).map_err(|error| words(&error))?;
    let found = fitting.into_iter().find(|(named, _)| named.given.id == id);
    found.map(|(named, _)| named.given.clone()).ok_or_else(|| format!("there is no resource `{text}`"))
}

/// An ambiguous name lists its candidates.
fn words(error: &Error) -> String {
    match error.hint_text().filter(|_| error.code() == NOUN.ambiguous) {
        Some(which) => format!("{}; {which}", error.message()),
        None => error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(number: u128, kind: ResourceKind, name: &str) -> ResourceCandidate {
        let given = ResourceRef {
            id: ResourceId::from_u128(number),
            code: format!("RES-00000{number}"),
            is_active: true,
        };
        let (name, name_key) = (name.to_owned(), name.to_lowercase());
        ResourceCandidate { given, kind, name, name_key, provider_code: format!("PRV-00000{}", number / 2) }
    }

    fn meaning(text: &str) -> Result<String, String> {
        let found = [
            named(2, ResourceKind::Agency, "Oak"),
            named(3, ResourceKind::Program, "Oak"),
            named(4, ResourceKind::Agency, "Elm"),
            named(5, ResourceKind::Program, "Ash"),
            named(7, ResourceKind::Program, "Ash"),
        ];
        let (mut names, text) = (Names::default(), text.to_owned());
        names.learn(&[&text], &found);
        names.all(&[text]).map(|given| given[0].code.clone())
    }

    #[test]
    fn a_name_means_the_agency_before_a_program() {
        assert_eq!(meaning("oak").as_deref(), Ok("RES-000002"));
        assert_eq!(meaning("res-ooooo3").as_deref(), Ok("RES-000003"));
        assert_eq!(meaning("PRV-000002").as_deref(), Ok("RES-000004"));
    }

    #[test]
    fn what_means_nothing_says_why() {
        assert_eq!(meaning("Yew").unwrap_err(), "there is no resource `Yew`");
        let both = "`Ash` could mean more than one resource; say which: RES-000005 (Ash), RES-000007 (Ash)";
        assert_eq!(meaning("Ash").unwrap_err(), both);
    }
}
