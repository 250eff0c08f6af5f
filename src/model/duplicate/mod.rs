//! Records that may be of one person, or of one organisation: which pairs are compared, and how a pair is judged. They are
//! only shown; who knows the people decides (rule 5.7).

pub(crate) mod organisation;
pub(crate) mod person;

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::prelude::*;

view! {
    /// Two records that may be one, with the reasons for and against it.
    pub(crate) struct Duplicate("duplicate", |view| &view.code) {
        /// How likely it is, up to 100.
        score: i64 => Number,
        code: String => Code,
        name: String => Text,
        other: String => Code,
        other_name: String => Text,
        reasons: Vec<String> => Text,
        /// Makes one of them.
        command: String => Text(hidden),
    }
}

/// What of a pair is alike and what is not, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judgement {
    score: i64,
    reasons: Vec<String>,
}

impl Judgement {
    pub(crate) fn score(&self) -> i64 {
        self.score.clamp(0, 100)
    }

    pub(crate) fn reasons(self) -> Vec<String> {
        self.reasons
    }

    fn add(&mut self, points: i64, reason: impl Into<String>) {
        self.score += points;
        self.reasons.push(reason.into());
    }
}

/// What records have in common: pairs that share a key are compared, so that not each is compared with all others. A record
/// is known by its number in the order of reading.
#[derive(Default)]
pub(crate) struct SharedKeys(Vec<(u64, u32)>);

/// The pairs to compare.
pub(crate) struct Pairs {
    /// Each once, the smaller number first.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// How many keys so many records have in common that they tell nothing, such as the phone of a hospital.
    pub(crate) too_common: usize,
}

impl SharedKeys {
    /// So many records with one key are compared at most; what is in one record twice counts once.
    const MOST: usize = 200;

    pub(crate) fn add(&mut self, record: u32, key: &impl Hash) {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        self.0.push((hasher.finish(), record));
    }

    pub(crate) fn pairs(mut self) -> Pairs {
        self.0.sort_unstable();
        self.0.dedup();
        let mut found = Pairs { pairs: Vec::new(), too_common: 0 };
        for group in self.0.chunk_by(|one, other| one.0 == other.0) {
            if group.len() > Self::MOST {
                found.too_common += 1;
                continue;
            }
            for (place, (_, one)) in group.iter().enumerate() {
                found.pairs.extend(group.iter().skip(place + 1).map(|(_, other)| (*one, *other)));
            }
        }
        found.pairs.sort_unstable();
        found.pairs.dedup();
        found
    }
}

/// The words of a name, folded, in alphabetical order: names in another order are the same.
pub(crate) fn sorted_words(name: &str) -> Vec<String> {
    let mut words = words(name);
    words.sort_unstable();
    words
}

fn words(name: &str) -> Vec<String> {
    let folded = text::fold_name(name);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The last nine digits of a phone, so that a number with the prefix of its country is the same; none of a short one.
pub(crate) fn phone_key(number: &str) -> Option<String> {
    const NEEDED: usize = 6;
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= NEEDED).then(|| digits.iter().rev().take(9).rev().collect())
}

fn postal_key(code: &str) -> String {
    fold(code).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shares_a_key_is_compared_once_and_what_all_share_tells_nothing() {
        let mut keys = SharedKeys::default();
        for (record, key) in [(3, "a"), (1, "a"), (2, "b"), (1, "b"), (3, "c"), (1, "c"), (1, "a"), (9, "d")]
        {
            keys.add(record, &key);
        }
        (0..300).for_each(|record| keys.add(record, &"everywhere"));
        let found = keys.pairs();
        assert_eq!((found.pairs, found.too_common), (vec![(1, 2), (1, 3)], 1));
    }

    #[test]
    fn phones_are_compared_by_their_last_digits() {
        assert_eq!(phone_key("+44 1632 960123"), phone_key("(01632) 960-123"));
        assert_eq!(phone_key("999"), None);
    }
}
