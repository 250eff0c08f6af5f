//! Whether two records are of one person.

use chrono::Datelike;

use super::{Judgement, SharedKeys, phone_key, postal_key, sorted_words, words};
use crate::model::client;
use crate::model::prelude::*;

/// What is compared of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traits {
    pub(crate) given: String,
    pub(crate) family: String,
    /// Full names.
    pub(crate) former_names: Vec<String>,
    pub(crate) birth_date: Option<NaiveDate>,
    pub(crate) postal_code: Option<String>,
    pub(crate) phones: Vec<String>,
}

/// How names are alike that differ by a letter or two.
const ALIKE: f64 = 0.9;

impl Traits {
    pub(crate) fn full_name(&self) -> PersonName {
        client::name(&self.given, &self.family)
    }

    /// Under each of these keys it is compared: its names, its birth date with one initial, its phones, where it lives with
    /// the beginning of its name.
    pub(crate) fn add_to(&self, keys: &mut SharedKeys, record: u32) {
        keys.add(record, &sorted_words(&self.full_name()));
        self.former_names.iter().for_each(|name| keys.add(record, &sorted_words(name)));
        let initials = [&self.given, &self.family].map(|name| text::fold_name(name).chars().next());
        if let Some(date) = self.birth_date {
            for initial in initials.into_iter().flatten() {
                keys.add(record, &(date_key(date), initial));
            }
        }
        if let (Some(code), [given, _]) = (&self.postal_code, initials) {
            let family: String = text::fold_name(&self.family).chars().take(2).collect();
            keys.add(record, &(postal_key(code), given, family));
        }
        let phones = self.phones.iter().filter_map(|phone| phone_key(phone));
        phones.for_each(|phone| keys.add(record, &("phone", phone)));
    }

    pub(crate) fn judge(&self, other: &Traits) -> Judgement {
        let mut judgement = Judgement::default();
        self.judge_names(other, &mut judgement);
        self.judge_birth_dates(other, &mut judgement);
        let has_phone = |phone: &&String| {
            phone_key(phone)
                .is_some_and(|key| other.phones.iter().any(|other| phone_key(other) == Some(key.clone())))
        };
        if let Some(phone) = self.phones.iter().find(has_phone) {
            judgement.add(25, format!("the same phone: {phone}"));
        }
        let postal = [self, other].map(|one| one.postal_code.as_deref().map(postal_key));
        if let ([Some(here), Some(there)], Some(code)) = (&postal, &self.postal_code)
            && here == there
        {
            judgement.add(10, format!("the same postal code: {code}"));
        }
        judgement
    }

    fn judge_names(&self, other: &Traits, judgement: &mut Judgement) {
        let (here, there) = (self.full_name(), other.full_name());
        if text::fold_name(&here) == text::fold_name(&there) {
            return judgement.add(45, format!("the same name: {here}"));
        }
        if sorted_words(&here) == sorted_words(&there) {
            return judgement.add(45, format!("the same names in another order: {here}, {there}"));
        }
        let is_former = |names: &[String], name: &str| {
            names.iter().any(|former| sorted_words(former) == sorted_words(name))
        };
        if is_former(&self.former_names, &there) || is_former(&other.former_names, &here) {
            return judgement.add(45, format!("a former name: {here}, {there}"));
        }
        let theirs = other.names();
        let pairs = self
            .names()
            .into_iter()
            .flat_map(|here| theirs.iter().map(move |there| judged_parts(&here, there)));
        let best = pairs.reduce(|best, next| if next.score > best.score { next } else { best });
        let Judgement { score, reasons } = best.unwrap_or_default();
        judgement.score += score;
        judgement.reasons.extend(reasons);
    }

    /// The present name, then former ones, of which the last word is taken for the family name.
    fn names(&self) -> Vec<Name> {
        let former = self.former_names.iter().map(|name| {
            let (given, family) = name.rsplit_once(' ').unwrap_or(("", name));
            Name { given: given.to_owned(), family: family.to_owned(), is_former: true }
        });
        let present = Name { given: self.given.clone(), family: self.family.clone(), is_former: false };
        [present].into_iter().chain(former).collect()
    }

    fn judge_birth_dates(&self, other: &Traits, judgement: &mut Judgement) {
        let (Some(here), Some(there)) = (self.birth_date, other.birth_date) else { return };
        let parts = |date: NaiveDate| [i64::from(date.year()), date.month().into(), date.day().into()];
        let same = parts(here).iter().zip(parts(there)).filter(|(one, other)| **one == *other).count();
        match same {
            3 => judgement.add(40, format!("the same birth date: {here}")),
            _ if date_key(here) == date_key(there) => {
                judgement.add(30, format!("birth dates with day and month swapped: {here}, {there}"));
            }
            2 => judgement.add(15, format!("birth dates alike: {here}, {there}")),
            _ => judgement.add(-35, format!("other birth dates: {here}, {there}")),
        }
    }
}

/// A name of a person, in its parts.
struct Name {
    given: String,
    family: String,
    is_former: bool,
}

fn judged_parts(here: &Name, there: &Name) -> Judgement {
    let mut judgement = Judgement::default();
    judge_parts(("given", &here.given, &there.given), (15, -40), &mut judgement);
    judge_parts(("family", &here.family, &there.family), (20, -15), &mut judgement);
    for former in [here, there].into_iter().filter(|name| name.is_former) {
        judgement.add(-5, format!("by a former name: {}", client::name(&former.given, &former.family)));
    }
    judgement
}

/// The same for dates of which day and month are swapped.
fn date_key(date: NaiveDate) -> (i32, u32, u32) {
    let (month, day) = (date.month(), date.day());
    (date.year(), month.min(day), month.max(day))
}

/// Given or family names: the same, an initial, alike, or different.
fn judge_parts(
    (what, here, there): (&str, &str, &str), (points, against): (i64, i64), judgement: &mut Judgement,
) {
    let (one, other) = (words(here), words(there));
    let (Some(first), Some(second)) = (one.first(), other.first()) else { return };
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    if one == other {
        judgement.add(points, format!("the same {what} name: {here}"));
    } else if first == second {
        judgement.add(points - 3, format!("the same first {what} name: {here}, {there}"));
    } else if is_initial(first, second) || is_initial(second, first) {
        judgement.add(points - 5, format!("an initial of the {what} name: {here}, {there}"));
    } else if strsim::jaro_winkler(first, second) >= ALIKE {
        judgement.add(points - 5, format!("{what} names alike: {here}, {there}"));
    } else {
        judgement.add(against, format!("other {what} names: {here}, {there}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(given: &str, family: &str, birth_date: &str, postal_code: &str) -> Traits {
        Traits {
            given: given.to_owned(),
            family: family.to_owned(),
            birth_date: birth_date.parse().ok(),
            postal_code: (!postal_code.is_empty()).then(|| postal_code.to_owned()),
            ..Traits::default()
        }
    }

    // Rule 5.7.
    #[test]
    fn likely_pairs_score_above_unlikely_ones() {
        let ada = person("Ada", "Brook", "1941-03-02", "AB1 2CD");
        let ranked = [
            person("Ada", "Brook", "1941-03-02", "ab12cd"),
            person("Brook", "Ada", "1941-02-03", ""),
            person("A.", "Brook", "1941-03-02", ""),
            person("Ada", "Brok", "1941-03-12", ""),
            person("Ada", "Brook", "", ""),
            person("Ada", "Fenn", "1941-03-02", ""),
            person("Zoe", "Brook", "1941-03-02", "AB1 2CD"),
            person("Ada", "Brook", "1933-09-19", ""),
            person("Zoe", "Fenn", "1941-03-02", ""),
        ];
        let scores: Vec<i64> = ranked.iter().map(|other| ada.judge(other).score()).collect();
        assert_eq!(scores, [95, 75, 70, 45, 45, 40, 30, 10, 0]);
    }

    #[test]
    fn a_former_name_and_a_phone_are_reasons() {
        let phones = vec!["01632 960123".to_owned()];
        let ada = Traits { phones: phones.clone(), ..person("Ada", "Brook", "", "") };
        let former_names = vec!["Ada Brook".to_owned()];
        let married = Traits { former_names, phones, ..person("Ada", "Lowe", "", "") };
        let judgement = ada.judge(&married);
        assert_eq!(judgement.score(), 70);
        assert_eq!(
            judgement.reasons(),
            ["a former name: Ada Brook, Ada Lowe", "the same phone: 01632 960123"]
        );
        let swapped = Traits { birth_date: "1941-02-03".parse().ok(), ..married };
        let judgement = person("A", "Brook", "1941-03-02", "").judge(&swapped);
        assert_eq!(judgement.score(), 55);
        assert_eq!(judgement.reasons()[2], "by a former name: Ada Brook");
    }
}
