//! References to one thing: a code or its beginning, a number, a name or its beginning; and the choice among
//! the candidates. "Not found" and "not visible" read the same.

use std::fmt;
use std::str::FromStr;

use super::code::{Prefix, looks_like_a_code};
use super::limit;
use super::text::nearest;
use crate::model::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference(String);

/// A candidate that a store finds for a reference.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<N> {
    pub(crate) id: Id<N>,
    pub(crate) code: String,
    /// Its name; empty for things without one.
    pub(crate) name: String,
    /// How well it fits: the lowest rank wins.
    pub(crate) rank: i64,
}

/// A kind of thing, with the stable codes of its refusals.
pub(crate) struct Noun {
    pub(crate) name: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) ambiguous: &'static str,
}

/// The [`Noun`] of a name that its codes begin with as well.
macro_rules! noun {
    ($name:literal) => {
        Noun { name: $name, not_found: concat!($name, ".not_found"), ambiguous: concat!($name, ".ambiguous") }
    };
}

pub(crate) use noun;

impl Reference {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which names of people, organisations and what they offer are compared.
    pub(crate) fn name_key(&self) -> String {
        text::fold_name(&self.0)
    }

    /// The form in which labels are compared, such as those of queues and categories: two of them differ by a stroke alone.
    pub(crate) fn label_key(&self) -> String {
        fold(&self.0)
    }

    /// The bounds of all names that begin like this.
    pub(crate) fn name_range(&self) -> (String, String) {
        range(self.name_key())
    }

    /// The bounds of all labels that begin like this.
    pub(crate) fn label_range(&self) -> (String, String) {
        range(self.label_key())
    }

    /// The stored form of a code. Lower case, and letters that Crockford's digits leave out, are read as what
    /// they look like.
    pub(crate) fn code(&self) -> String {
        let upper = self.0.to_uppercase();
        let Some((prefix, digits)) = upper.split_once('-') else { return upper };
        let readable = |letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        format!("{prefix}-{}", digits.chars().map(readable).collect::<String>())
    }

    /// The code, if the reference is a whole one: a single index lookup instead of a choice among candidates.
    pub(crate) fn whole_code(&self) -> Option<String> {
        const LENGTH: usize = "PKG-7K3M9Q".len();
        (self.0.len() == LENGTH && looks_like_a_code(&self.0)).then(|| self.code())
    }

    /// The bounds of all codes that begin like this; an empty range if it is no code.
    pub(crate) fn code_range(&self) -> (String, String) {
        if !looks_like_a_code(&self.0) {
            return ("~".to_owned(), "~".to_owned());
        }
        let from = self.code();
        let to = format!("{from}~");
        (from, to)
    }
}

fn range(from: String) -> (String, String) {
    let end = format!("{from}\u{10ffff}");
    (from, end)
}

impl FromStr for Reference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("a reference cannot be empty".to_owned());
        }
        if text.contains('\0') {
            return Err("a reference cannot hold the character NUL".to_owned());
        }
        limit::LINE.hold(text)?;
        Ok(Reference(text.to_owned()))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The stored form of a text that is a whole code of this kind.
pub(crate) fn code_of(prefix: Prefix, text: &str) -> Option<String> {
    text.parse::<Reference>().ok()?.whole_code().filter(|code| prefix.is_of(code))
}

/// The best candidate. Refused with the candidates if several fit equally well; not found, with the nearest
/// of `names`, if none does.
pub(crate) fn choose<N>(
    noun: &Noun, reference: &Reference, found: &[Candidate<N>], names: impl FnOnce() -> Result<Vec<String>>,
) -> Result<Id<N>> {
    let Some(best) = found.iter().map(|candidate| candidate.rank).min() else {
        return Err(absent(noun, reference, &names()?));
    };
    let mut meant: Vec<&Candidate<N>> = found.iter().filter(|candidate| candidate.rank == best).collect();
    meant.dedup_by_key(|candidate| candidate.id);
    match meant.as_slice() {
        [one] => Ok(one.id),
        several => Err(ambiguous(noun, reference, several)),
    }
}

/// No such thing, or not visible to this actor.
pub(crate) fn absent(noun: &Noun, reference: &Reference, names: &[String]) -> Error {
    let near = nearest(reference.as_str(), names.iter().map(String::as_str));
    // A sharing request is listed by `sharing list`.
    let list = format!("`caredesk {} list`", noun.name.split(' ').next().unwrap_or_default());
    let hint = match near.as_slice() {
        [] => format!("{list} shows those that there are"),
        near => format!(
            "did you mean {}? {list} shows all",
            near.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
        ),
    };
    Error::not_found(noun.not_found, format!("there is no {} `{reference}`", noun.name))
        .hint(hint)
        .detail("reference", reference.as_str())
}

fn ambiguous<N>(noun: &Noun, reference: &Reference, several: &[&Candidate<N>]) -> Error {
    const MOST: usize = 5;
    let shown: Vec<String> = several.iter().take(MOST).map(|candidate| described(candidate)).collect();
    let more = if several.len() > MOST { ", …" } else { "" };
    let codes: Vec<String> = several.iter().map(|candidate| candidate.code.clone()).collect();
    Error::refused(noun.ambiguous, format!("`{reference}` could mean more than one {}", noun.name))
        .hint(format!("say which: {}{more}", shown.join(", ")))
        .detail("candidates", codes)
}

fn described<N>(candidate: &Candidate<N>) -> String {
    if candidate.name.is_empty() {
        candidate.code.clone()
    } else {
        format!("{} ({})", candidate.code, candidate.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKAGE: Noun =
        Noun { name: "package", not_found: "package.not_found", ambiguous: "package.ambiguous" };

    fn candidate(number: u128, rank: i64) -> Candidate<()> {
        Candidate { id: Id::from_u128(number), code: format!("PKG-{number}"), name: String::new(), rank }
    }

    fn reference(text: &str) -> Reference {
        text.parse().unwrap()
    }

    #[test]
    fn the_best_fit_is_meant() {
        let found = [candidate(1, 3), candidate(2, 1), candidate(3, 3)];
        assert_eq!(choose(&PACKAGE, &reference("x"), &found, || Ok(Vec::new())).unwrap(), Id::from_u128(2));
    }

    #[test]
    fn equal_fits_are_all_named() {
        let found = [candidate(1, 3), candidate(2, 3)];
        let refusal = choose(&PACKAGE, &reference("PKG-"), &found, || Ok(Vec::new())).unwrap_err();
        assert_eq!(refusal.code(), "package.ambiguous");
        assert_eq!(refusal.hint_text(), Some("say which: PKG-1, PKG-2"));
    }

    #[test]
    fn a_misread_code_is_still_found() {
        assert_eq!(reference("pkg-oIl2").code(), "PKG-0112");
        assert_eq!(reference("pkg-oIl2").code_range().1, "PKG-0112~");
        assert_eq!(reference("clinic").code_range().0, "~");
    }
}
