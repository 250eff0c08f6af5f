//! How well a thing fits a text.

use super::ask::{Asked, Term};
use crate::model::client::family_last;
use crate::model::prelude::*;
use crate::model::search_key::{Words, date_word, id_word, phone_word, postal_word, words_of_name};
use crate::model::text::fold_name;

/// The best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The code, number or login is the text.
    Code,
    /// The whole name is the text.
    Name,
    /// Each part of the text is a word, a phone, a date.
    Words,
    /// Each part of the text begins a word.
    Beginnings,
    /// Each part of the text stands somewhere.
    Parts,
}

/// Something of a thing that a text may mean.
pub(crate) struct Side {
    what: &'static str,
    text: String,
    kind: SideKind,
    words: Words,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SideKind {
    Code,
    Name,
    /// Said in the answer, since a list does not show it otherwise.
    Other,
}

impl Side {
    pub(crate) fn code(what: &'static str, text: &str) -> Side {
        Side { what, text: text.to_owned(), kind: SideKind::Code, words: Words::from([id_word(text)]) }
    }

    pub(crate) fn name(text: &str) -> Side {
        Side { what: "name", text: text.to_owned(), kind: SideKind::Name, words: words_of_name(text) }
    }

    pub(crate) fn other_name(what: &'static str, text: &str) -> Side {
        Side { what, kind: SideKind::Other, ..Side::name(text) }
    }

    pub(crate) fn phone(text: &str) -> Side {
        Side::said("phone", text, phone_word(text))
    }

    pub(crate) fn postal_code(text: &str) -> Side {
        Side::said("postal code", text, postal_word(text))
    }

    pub(crate) fn date(what: &'static str, date: NaiveDate) -> Side {
        Side::said(what, &date.to_string(), Some(date_word(date)))
    }

    fn said(what: &'static str, text: &str, word: Option<String>) -> Side {
        Side { what, text: text.to_owned(), kind: SideKind::Other, words: word.into_iter().collect() }
    }

    fn is_name(&self) -> bool {
        self.kind == SideKind::Name || self.what.ends_with("name")
    }

    fn label(&self) -> String {
        match self.kind {
            SideKind::Code | SideKind::Name => self.what.to_owned(),
            SideKind::Other => format!("{} {}", self.what, self.text),
        }
    }

    /// Whether a word of it is one of these, or begins so.
    fn fit(&self, beginnings: &[String]) -> Option<Fit> {
        let best = |beginning: &String| {
            let word = self.words.range(beginning.clone()..).next()?;
            // Before the own digits of a phone stands the code of its country, which callers leave out.
            let is_whole = word == beginning || beginning.starts_with('+') && beginning.len() > 9;
            word.starts_with(beginning).then_some(if is_whole { Fit::Words } else { Fit::Beginnings })
        };
        beginnings.iter().filter_map(best).min()
    }
}

impl Asked {
    /// How well a thing with these sides fits, and which of them do; none if a part of the text fits none.
    pub(crate) fn fit(&self, sides: &[Side]) -> Option<(Fit, String)> {
        self.as_code(sides).or_else(|| self.as_name(sides)).or_else(|| {
            let readings = self.readings.iter().filter(|_| !self.is_code());
            readings.filter_map(|terms| in_words(terms, sides)).min().or_else(|| self.in_parts(sides))
        })
    }

    fn as_code(&self, sides: &[Side]) -> Option<(Fit, String)> {
        let (code, key) = (fold(&self.reference.code()), self.reference.label_key());
        let fit = |side: &&Side| match fold(&side.text) {
            stored if stored == code || stored == key => Some((Fit::Code, side.label())),
            stored if stored.starts_with(&code) || stored.starts_with(&key) => {
                Some((Fit::Beginnings, side.label()))
            }
            _ => None,
        };
        sides.iter().filter(|side| side.kind == SideKind::Code).filter_map(|side| fit(&side)).min()
    }

    fn as_name(&self, sides: &[Side]) -> Option<(Fit, String)> {
        let keys = [self.reference.name_key(), family_last(&self.reference)];
        let is_meant = |side: &&Side| side.is_name() && keys.contains(&fold_name(&side.text));
        sides.iter().find(is_meant).map(|side| (Fit::Name, side.label()))
    }

    fn in_parts(&self, sides: &[Side]) -> Option<(Fit, String)> {
        let key = self.reference.name_key();
        let holds = |side: &&Side| {
            let stored = fold_name(&side.text);
            side.is_name() && !key.is_empty() && key.split_whitespace().all(|part| stored.contains(part))
        };
        sides.iter().find(holds).map(|side| (Fit::Parts, side.label()))
    }
}

/// All terms have to fit, each a side.
fn in_words(terms: &[Term], sides: &[Side]) -> Option<(Fit, String)> {
    let mut fits = Vec::with_capacity(terms.len());
    for term in terms {
        let fit = |(place, side): (usize, &Side)| Some((side.fit(&term.beginnings)?, place));
        fits.push(sides.iter().enumerate().filter_map(fit).min()?);
    }
    let worst = fits.iter().map(|(fit, _)| *fit).max()?;
    let is_meant = |(place, _): &(usize, &Side)| fits.iter().any(|(_, of)| of == place);
    let labels: Vec<String> =
        sides.iter().enumerate().filter(is_meant).map(|(_, side)| side.label()).collect();
    Some((worst, labels.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(text: &str) -> Option<(Fit, String)> {
        let day = NaiveDate::from_ymd_opt(1950, 11, 12).unwrap();
        let sides = [
            Side::code("code", "CLI-7K3M9Q"),
            Side::name("Anna Maria Hohenberg"),
            Side::other_name("former name", "Anna Brook"),
            Side::phone("+44 1632 960142"),
            Side::postal_code("M14 5TQ"),
            Side::date("birth date", day),
        ];
        Asked::new(text.parse().unwrap()).fit(&sides)
    }

    #[test]
    fn a_fit_says_how_well_and_by_what() {
        for (text, expected, matched) in [
            ("cli-7k3m9q", Fit::Code, "code"),
            ("CLI-7K", Fit::Beginnings, "code"),
            ("hohenberg, anna maria", Fit::Name, "name"),
            ("brook anna", Fit::Name, "former name Anna Brook"),
            ("hohenberg maria", Fit::Words, "name"),
            ("hohen", Fit::Beginnings, "name"),
            ("enberg", Fit::Parts, "name"),
            ("maria brook", Fit::Words, "name, former name Anna Brook"),
            ("01632 960142", Fit::Words, "phone +44 1632 960142"),
            ("960142", Fit::Beginnings, "phone +44 1632 960142"),
            ("maria 12.11.1950", Fit::Words, "name, birth date 1950-11-12"),
            ("anna 1950", Fit::Beginnings, "name, birth date 1950-11-12"),
            ("m145tq", Fit::Words, "postal code M14 5TQ"),
        ] {
            assert_eq!(fit(text), Some((expected, matched.to_owned())), "{text}");
        }
        for text in ["maria brooks", "01632 960143", "CLI-8", "1951-11-12", "hohenberg 1951"] {
            assert_eq!(fit(text), None, "{text}");
        }
    }
}
