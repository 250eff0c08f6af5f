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

pub(crate) fn name(typed: &str) -> Result<Text, String> {
    parse(typed, text::name)
}

/// As [`unlike_a_code`] has it.
pub(crate) fn id(typed: &str) -> Result<Text, String> {
    parse(typed, unlike_a_code)
}

pub(crate) fn email(typed: &str) -> Result<Text, String> {
    parse(typed, text::email)
}

pub(crate) fn free(typed: &str) -> Result<Text, String> {
    parse(typed, text::free)
}

fn parse(typed: &str, check: impl Fn(&str) -> Result<String, String>) -> Result<Text, String> {
    if typed == "none" { Ok(Text::Cleared) } else { check(typed).map(Text::Set) }
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

pub(crate) fn date(typed: &str) -> Result<Date, String> {
    if typed == "none" { Ok(Date::Cleared) } else { typed.parse().map(Date::Set) }
}
