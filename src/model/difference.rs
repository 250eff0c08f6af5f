//! A line of one text that another has not.

use crate::model::prelude::*;

names! {
    /// Which of the two has it.
    pub(crate) enum Sign {
        /// Only the first.
        Removed = "removed",
        /// Only the second.
        Added = "added",
    }
}

view! {
    pub(crate) struct DifferentLine("line", |view| &view.line) {
        sign: Sign => Status,
        line: String => Text,
        /// The part of the text in which it stands.
        within: Option<String> => Text,
    }
}
