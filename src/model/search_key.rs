//! What people are found by: the words of their names, and the rest of what callers say of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::text::{fold, fold_words};

/// Words in their order, each once.
pub(crate) type Words = BTreeSet<String>;

/// Fewer digits are no phone.
const LEAST_DIGITS: usize = 4;

/// Digits that one subscriber has in common with himself: before them stand the codes of countries, which callers leave out.
const OWN_DIGITS: usize = 9;

/// The words of a name. A part with an apostrophe counts with it and without: `oneill`, `o`, `neill`.
pub(crate) fn words_of_name(name: &str) -> Words {
    let mut words = Words::new();
    for part in fold_words(name).split(|letter: char| !letter.is_alphanumeric() && letter != '\'') {
        words.extend(part.split('\'').map(str::to_owned));
        words.insert(part.replace('\'', ""));
    }
    words.remove("");
    words
}

/// The digits of a phone from the last on; none if there are too few.
pub(crate) fn phone_word(number: &str) -> Option<String> {
    let digits: String = number.chars().rev().filter(char::is_ascii_digit).collect();
    (digits.len() >= LEAST_DIGITS).then(|| format!("+{digits}"))
}

/// What the words of all phones begin with that end in these digits.
pub(crate) fn phone_beginning(number: &str) -> Option<String> {
    Some(phone_word(number)?.chars().take(1 + OWN_DIGITS).collect())
}

/// A postal code without blanks and signs; none if nothing is left of it.
pub(crate) fn postal_word(code: &str) -> Option<String> {
    let code: String = fold(code).chars().filter(|letter| letter.is_alphanumeric()).collect();
    (!code.is_empty()).then(|| format!("#{code}"))
}

pub(crate) fn date_word(date: NaiveDate) -> String {
    format!("@{date}")
}

/// An id that another system gave.
pub(crate) fn id_word(id: &str) -> String {
    format!("={}", fold(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Vec<String> {
        words_of_name(name).into_iter().collect()
    }

    #[test]
    fn a_name_is_found_by_each_of_its_words() {
        assert_eq!(of("Anna-Maria  van der Łęcki"), ["anna", "der", "lecki", "maria", "van"]);
        assert_eq!(of("Sean O’Neill"), ["neill", "o", "oneill", "sean"]);
        assert!(of(" - ' ").is_empty());
    }

    #[test]
    fn a_phone_is_found_by_its_last_digits() {
        let stored = phone_word("+44 1632 960-142").unwrap();
        assert_eq!(stored, "+241069236144");
        for said in ["01632 960142", "1632960142", "(01632) 960 142", "960142", "0044 1632 960142"] {
            assert!(stored.starts_with(&phone_beginning(said).unwrap()), "{said}");
        }
        assert!(!stored.starts_with(&phone_beginning("01632 960143").unwrap()));
        assert_eq!(phone_word("999"), None);
    }

    #[test]
    fn a_postal_code_is_written_in_many_ways() {
        assert_eq!(postal_word(" m14 5tq"), postal_word("M145TQ"));
        assert_eq!(postal_word("-"), None);
    }
}
