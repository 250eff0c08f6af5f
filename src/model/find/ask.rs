//! A text as a person enters it, read as what may be meant by it.

use super::dates::spoken_dates;
use crate::model::code::looks_like_a_code;
use crate::model::reference::Reference;
use crate::model::search_key::{date_word, id_word, phone_beginning, postal_word};
use crate::model::text::{escaped_for_like, fold_name};

/// A text that is searched for.
pub(crate) struct Asked {
    pub(crate) reference: Reference,
    /// The ways to read it, each as terms that all have to fit.
    pub(super) readings: Vec<Vec<Term>>,
}

/// A part of the text: something that is found begins with one of these. The sign before the digits of a phone and the like is
/// that of the stored words.
pub(super) struct Term {
    pub(super) beginnings: Vec<String>,
}

/// One beginning for each of up to three terms.
pub(crate) struct Combination(Vec<String>);

/// Terms that the database compares; what is found is compared with all of them.
const TERMS: usize = 3;

/// The ways to combine the beginnings of a long text would be too many.
const COMBINATIONS: usize = 12;

impl Asked {
    pub(crate) fn new(reference: Reference) -> Asked {
        let text = reference.as_str();
        let mut readings = vec![terms(text)];
        let whole = postal_word(text).filter(|_| text.chars().any(|letter| letter.is_ascii_digit()));
        readings.extend(whole.map(|postal| vec![Term { beginnings: vec![postal, id_word(text)] }]));
        readings.retain(|terms| !terms.is_empty());
        Asked { reference, readings }
    }

    /// A code is no name, so only codes are compared with it.
    pub(crate) fn is_code(&self) -> bool {
        looks_like_a_code(self.reference.as_str())
    }

    /// What the words of a person have to begin with.
    pub(crate) fn combinations(&self) -> Vec<Combination> {
        if self.is_code() {
            return Vec::new();
        }
        self.readings.iter().flat_map(|terms| combined(terms)).take(COMBINATIONS).collect()
    }

    /// What names hold that have up to three parts of the text, as patterns of LIKE.
    pub(crate) fn patterns(&self) -> [Option<String>; TERMS] {
        let key = self.reference.name_key();
        let mut words: Vec<&str> = key.split_whitespace().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        [0, 1, 2].map(|place| words.get(place).map(|word| format!("%{}%", escaped_for_like(word))))
    }

    /// The beginnings of the stored words of phones that may be meant.
    pub(crate) fn phones(&self) -> impl Iterator<Item = &str> {
        let terms = self.readings.iter().filter(|terms| terms.len() == 1).flatten();
        terms.flat_map(|term| &term.beginnings).map(String::as_str).filter(|word| word.starts_with('+'))
    }
}

impl Combination {
    /// Whether it is about names and postal codes alone.
    pub(crate) fn is_of_names(&self) -> bool {
        self.0.iter().all(|word| !word.starts_with(['+', '@', '=']))
    }

    /// The ranges of stored words that begin so, or that are exactly so. The first is always there.
    pub(crate) fn ranges(&self, whole: bool) -> [Option<(String, String)>; TERMS] {
        // No word holds a blank, and each other character comes after it.
        let end = if whole { ' ' } else { char::MAX };
        [0, 1, 2].map(|place| self.0.get(place).map(|word| (word.clone(), format!("{word}{end}"))))
    }
}

/// Those that few people share come first.
fn combined(terms: &[Term]) -> Vec<Combination> {
    let mut terms: Vec<&Term> = terms.iter().collect();
    let length = |term: &&Term| term.beginnings.first().map_or(0, String::len);
    terms.sort_by_key(|term| {
        std::cmp::Reverse((term.beginnings.iter().all(|word| !is_word(word)), length(term)))
    });
    let mut all = vec![Vec::new()];
    for term in terms.into_iter().take(TERMS) {
        let with = |begun: &Vec<String>| {
            term.beginnings
                .iter()
                .map(|word| [begun.as_slice(), std::slice::from_ref(word)].concat())
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all.into_iter().filter(|words| !words.is_empty()).map(Combination).collect()
}

fn is_word(word: &str) -> bool {
    !word.starts_with(['+', '#', '@', '='])
}

/// Words, dates of one to three words, runs of digits, postal codes.
fn terms(text: &str) -> Vec<Term> {
    let words: Vec<&str> = text.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()).collect();
    let mut terms = Vec::new();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let (term, length) = date(rest).or_else(|| phone(rest)).or_else(|| postal(rest)).unzip();
        match term {
            Some(term) => terms.push(term),
            None => terms.extend(rest.first().map(|word| names(word)).into_iter().flatten()),
        }
        rest = rest.get(length.unwrap_or(1)..).unwrap_or_default();
    }
    terms
}

fn date(words: &[&str]) -> Option<(Term, usize)> {
    let longest = (1..=words.len().min(3)).rev();
    longest.into_iter().find_map(|length| {
        let dates = spoken_dates(&words.get(..length)?.join(" "));
        let beginnings: Vec<String> = dates.into_iter().map(date_word).collect();
        (!beginnings.is_empty()).then_some((Term { beginnings }, length))
    })
}

/// A year, or the last digits of a phone, may be meant as well.
fn phone(words: &[&str]) -> Option<(Term, usize)> {
    let is_digits =
        |word: &&&str| word.chars().all(|letter| letter.is_ascii_digit() || "+()-./".contains(letter));
    let length = words.iter().take_while(is_digits).count();
    let said = words.get(..length)?.concat();
    let phone = phone_beginning(&said)?;
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    let year = (digits.len() == 4).then(|| format!("@{digits}"));
    let others = [postal_word(&digits).filter(|_| digits.len() <= 8), year, Some(digits)];
    Some((Term { beginnings: [phone].into_iter().chain(others.into_iter().flatten()).collect() }, length))
}

fn postal(words: &[&str]) -> Option<(Term, usize)> {
    let has_digit = |word: &&&str| word.chars().any(|letter| letter.is_ascii_digit());
    let length = words.iter().take(2).take_while(has_digit).count();
    let code = words.get(..length)?.concat();
    let beginnings = [postal_word(&code)?, fold_name(&code)];
    Some((Term { beginnings: beginnings.into() }, length))
}

fn names(word: &str) -> Vec<Term> {
    let folded = fold_name(word);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| Term { beginnings: vec![word.to_owned()] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        terms(text).iter().map(|term| term.beginnings.join("|")).collect()
    }

    #[test]
    fn callers_say_words_dates_and_numbers() {
        for (text, expected) in [
            ("hohenberg maria", &["hohenberg", "maria"][..]),
            ("Hohenberg-Weiß, O’Neill", &["hohenberg", "weiss", "oneill"]),
            ("01632 960142", &["+241069236|01632960142"]),
            ("+44 (1632) 960-142", &["+241069236|441632960142"]),
            ("maria 12 Nov 1950", &["maria", "@1950-11-12"]),
            ("1950-11-12", &["@1950-11-12"]),
            ("11/12/1950", &["@1950-12-11|@1950-11-12"]),
            ("maria 1950", &["maria", "+0591|#1950|@1950|1950"]),
            ("m14 5tq", &["#m145tq|m145tq"]),
            ("12", &["#12|12"]),
            ("' -", &[]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_few_people_share_is_looked_up_first() {
        let asked = Asked::new("maria hohenberg 1950".parse().unwrap());
        let all: Vec<String> = asked.combinations().iter().map(|one| one.0.join(" ")).collect();
        assert_eq!(all.first().unwrap(), "hohenberg maria +0591");
        assert!(Asked::new("PKG-7K".parse().unwrap()).combinations().is_empty());
        let one = Combination(vec!["maria".to_owned()]);
        assert_eq!(one.ranges(true), [Some(("maria".to_owned(), "maria ".to_owned())), None, None]);
    }
}
