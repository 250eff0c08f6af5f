//! Whether two records are of one organisation.

use super::{Judgement, SharedKeys, phone_key, postal_key, sorted_words};
use crate::model::prelude::*;
use crate::model::provider::imported::is_one_name;

/// What is compared of a provider.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traits {
    /// The name, then other names.
    pub(crate) names: Vec<String>,
    pub(crate) phones: Vec<String>,
    pub(crate) email: Option<String>,
    pub(crate) url: Option<String>,
    /// First lines with postal codes.
    pub(crate) addresses: Vec<(String, String)>,
}

impl Traits {
    /// Under each of these keys it is compared.
    pub(crate) fn add_to(&self, keys: &mut SharedKeys, record: u32) {
        self.names.iter().for_each(|name| keys.add(record, &sorted_words(name)));
        let phones = self.phones.iter().filter_map(|phone| phone_key(phone));
        phones.for_each(|phone| keys.add(record, &("phone", phone)));
        self.email.iter().for_each(|email| keys.add(record, &("e-mail", fold(email))));
        self.url.iter().for_each(|url| keys.add(record, &("web", web_key(url))));
        self.addresses.iter().for_each(|address| keys.add(record, &("address", address_key(address))));
    }

    pub(crate) fn judge(&self, other: &Traits) -> Judgement {
        let mut judgement = Judgement::default();
        self.judge_names(other, &mut judgement);
        let same = |what: &str, here: &[String], there: &[String], key: &dyn Fn(&str) -> Option<String>| {
            let there: Vec<String> = there.iter().filter_map(|one| key(one)).collect();
            let shared = here.iter().find(|one| key(one).is_some_and(|key| there.contains(&key)))?;
            Some(format!("the same {what}: {shared}"))
        };
        let [email, other_email] = [&self.email, &other.email].map(|one| Vec::from_iter(one.clone()));
        let [url, other_url] = [&self.url, &other.url].map(|one| Vec::from_iter(one.clone()));
        let reasons = [
            same("phone", &self.phones, &other.phones, &|phone| phone_key(phone)),
            same("e-mail", &email, &other_email, &|email| Some(fold(email))),
            same("page", &url, &other_url, &|url| Some(web_key(url))),
        ];
        reasons.into_iter().flatten().for_each(|reason| judgement.add(25, reason));
        let there: Vec<_> = other.addresses.iter().map(address_key).collect();
        if let Some((line, code)) = self.addresses.iter().find(|here| there.contains(&address_key(here))) {
            judgement.add(25, format!("the same address: {line}, {code}"));
        }
        judgement
    }

    fn judge_names(&self, other: &Traits, judgement: &mut Judgement) {
        let pairs = || self.names.iter().flat_map(|here| other.names.iter().map(move |there| (here, there)));
        if let Some((name, _)) = pairs().find(|(here, there)| sorted_words(here) == sorted_words(there)) {
            judgement.add(50, format!("the same name: {name}"));
        } else if let Some((here, there)) =
            pairs().find(|(here, there)| is_one_name(&text::fold_name(here), &text::fold_name(there)))
        {
            judgement.add(30, format!("names alike: {here}, {there}"));
        } else if let Some((here, there)) = pairs().next() {
            judgement.add(-20, format!("other names: {here}, {there}"));
        }
    }
}

/// The address of a page without what differs from browser to browser.
fn web_key(url: &str) -> String {
    let folded = fold(url);
    let bare = folded.split_once("://").map_or(folded.as_str(), |(_, bare)| bare);
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/').to_owned()
}

fn address_key((line, code): &(String, String)) -> (Vec<String>, String) {
    (sorted_words(line), postal_key(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Traits {
        Traits { names: vec![name.to_owned()], ..Traits::default() }
    }

    // Rule 5.7.
    #[test]
    fn an_organisation_is_known_by_its_name_and_how_to_reach_it() {
        let reach = |traits: Traits| Traits {
            phones: vec!["+44 1632 960123".to_owned()],
            url: Some("https://www.acme.example/".to_owned()),
            ..traits
        };
        let acme = reach(named("Acme Care"));
        assert_eq!(acme.judge(&named("ACME care")).score(), 50);
        assert_eq!(acme.judge(&named("Acme Care Ltd")).score(), 30);
        assert_eq!(acme.judge(&named("Birch Homes")).score(), 0);
        let renamed = Traits { url: Some("http://acme.example".to_owned()), ..reach(named("Birch Homes")) };
        let judgement = acme.judge(&renamed);
        assert_eq!(judgement.score(), 30);
        assert_eq!(judgement.reasons().len(), 3);
    }
}
