//! What a person is called, who may not have said it.

use std::fmt;
use std::ops::Deref;

use crate::model::prelude::*;

/// For people, of a client or a contact without a name.
pub(crate) const ANONYMOUS: &str = "anonymous";

/// The whole name; empty where the person is anonymous. Sentences have the word for it, and programs the empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub(crate) struct PersonName(String);

impl PersonName {
    /// `Maynard Mosciski`.
    pub(crate) fn new(given: &str, family: &str) -> Self {
        PersonName(format!("{given} {family}").trim().to_owned())
    }

    /// The name itself, and nothing for who has none.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_empty() { ANONYMOUS } else { &self.0 })
    }
}

/// The name itself, for what compares and searches names.
impl Deref for PersonName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_name_is_anonymous_in_words_alone() {
        for (given, family, words, data) in [
            ("Ada", "Brook", "Ada Brook", "\"Ada Brook\""),
            ("", "Li", "Li", "\"Li\""),
            ("", "", "anonymous", "\"\""),
        ] {
            let name = PersonName::new(given, family);
            assert_eq!(
                (name.to_string().as_str(), serde_json::to_string(&name).unwrap().as_str()),
                (words, data)
            );
        }
    }
}
