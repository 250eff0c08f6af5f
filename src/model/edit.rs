//! A value that an edit may also take away: `none` clears it.

use super::code::unlike_a_code;
use super::text;
use super::time::Day;

/// What an option of `edit` says: a new text, or nothing from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Set(String),
    Cleared,
}

pub(crate) fn name(text: &str) -> Result<Text, String> {
    parse(text, text::name)
}

/// As [`unlike_a_code`] has it.
pub(crate) fn id(text: &str) -> Result<Text, String> {
    parse(text, unlike_a_code)
}

pub(crate) fn email(text: &str) -> Result<Text, String> {
    parse(text, text::email)
}

pub(crate) fn free(text: &str) -> Result<Text, String> {
    parse(text, text::free)
}

fn parse(text: &str, check: impl Fn(&str) -> Result<String, String>) -> Result<Text, String> {
    if text == "none" { Ok(Text::Cleared) } else { check(text).map(Text::Set) }
}

/// The value after an edit: an option that was not given leaves it.
pub(crate) fn apply(edit: Option<&Text>, was: Option<String>) -> Option<String> {
    match edit {
        None => was,
        Some(Text::Cleared) => None,
        Some(Text::Set(text)) => Some(text.clone()),
    }
}

/// A date that an edit may take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Date {
    Set(Day),
    Cleared,
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    if text == "none" { Ok(Date::Cleared) } else { text.parse().map(Date::Set) }
}
