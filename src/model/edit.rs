//! A change to an optional value.

use crate::error::Result;

/// The value of an option of `edit`: a new value, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edit<T> {
    Set(T),
    Clear,
}

impl<T> Edit<T> {
    /// The same with a value that is computed, such as a day from a relative word.
    pub(crate) fn map<U>(self, work_out: impl FnOnce(T) -> U) -> Edit<U> {
        match self {
            Edit::Set(value) => Edit::Set(work_out(value)),
            Edit::Clear => Edit::Clear,
        }
    }
}

/// The value parser of such an option: `none` clears, anything else is read by `parse`.
pub(crate) fn or_none<T>(
    parse: impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static,
) -> impl Fn(&str) -> Result<Edit<T>, String> + Clone + Send + Sync + 'static {
    move |text| if text == "none" { Ok(Edit::Clear) } else { parse(text).map(Edit::Set) }
}

/// The value parser of an option whose value cannot be cleared, so that `none` is not taken for one.
pub(crate) fn never_none<T>(
    parse: impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| if text == "none" { Err("it cannot be cleared".to_owned()) } else { parse(text) }
}

/// The value after an edit: an absent option leaves it.
pub(crate) fn apply<T: Clone>(edit: Option<&Edit<T>>, before: Option<T>) -> Option<T> {
    match edit {
        None => before,
        Some(Edit::Clear) => None,
        Some(Edit::Set(value)) => Some(value.clone()),
    }
}

/// The same for a value that is computed, such as a day from a relative word.
pub(crate) fn try_apply<T, U>(
    edit: Option<Edit<T>>, before: Option<U>, work_out: impl FnOnce(T) -> Result<U>,
) -> Result<Option<U>> {
    match edit {
        None => Ok(before),
        Some(Edit::Clear) => Ok(None),
        Some(Edit::Set(value)) => work_out(value).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_none_clears_and_nothing_else_does() {
        let parse =
            or_none(|text: &str| if text == "bad" { Err("no".to_owned()) } else { Ok(text.to_owned()) });
        let after = |text: &str| parse(text).map(|edit| apply(Some(&edit), Some("old".to_owned())));
        assert_eq!(after("none"), Ok(None));
        assert_eq!(after("None"), Ok(Some("None".to_owned())));
        assert_eq!(after("new"), Ok(Some("new".to_owned())));
        assert_eq!(after("bad"), Err("no".to_owned()));
        assert_eq!(apply(None, Some("old")), Some("old"));
        let doubled = |edit| try_apply(edit, Some(1), |number: i64| Ok(2 * number)).unwrap();
        assert_eq!(
            [doubled(None), doubled(Some(Edit::Clear)), doubled(Some(Edit::Set(4)))],
            [Some(1), None, Some(8)]
        );
    }
}
