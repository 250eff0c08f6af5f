//! What is to be said of the files of an import, besides their rows.

use sha2::{Digest, Sha256};

use crate::model::audit::hex;
use crate::model::prelude::*;
use crate::model::tally::{self, Tally};

/// What was noticed while reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Remarks {
    /// Sentences for the person.
    pub(crate) notes: Vec<String>,
    /// What the files have and nothing here keeps, by kind (rule 5.2).
    pub(crate) not_kept: Tally,
    /// How tables were understood, those that are alike once.
    #[serde(skip)]
    pub(crate) layouts: Vec<Layout>,
}

/// How a table was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Layout {
    /// Headings, and the fields that they are.
    pub(crate) columns: Vec<(String, &'static str)>,
    /// Headings that are left aside.
    pub(crate) others: Vec<String>,
    /// The order of the numbers in dates, where it was stated.
    pub(crate) dates: Option<&'static str>,
    /// Where it is not UTF-8.
    pub(crate) encoding: Option<&'static str>,
}

impl Remarks {
    pub(crate) fn add(&mut self, more: Remarks) {
        self.notes.extend(more.notes);
        tally::add(&mut self.not_kept, more.not_kept);
        let new = |layout: &Layout| !self.layouts.contains(layout);
        let new: Vec<Layout> = more.layouts.into_iter().filter(new).collect();
        self.layouts.extend(new);
    }

    /// A digest that is the same for files that were understood in the same way: for tables that of their columns, for
    /// all else that of the source.
    pub(crate) fn digest(&self, source: &str) -> String {
        let mut layouts = self.layouts.clone();
        layouts.sort();
        let source = if layouts.is_empty() { source } else { "" };
        hex(&Sha256::digest(format!("{source}{layouts:?}")))
    }
}

impl Layout {
    /// Without a full stop: "`LAST` → family, `FIRST` → given, id".
    pub(crate) fn words(&self) -> String {
        let word = |(heading, field): &(String, &str)| match heading.trim() {
            same if same == *field => same.to_owned(),
            heading => format!("`{heading}` → {field}"),
        };
        self.columns.iter().map(word).collect::<Vec<_>>().join(", ")
    }
}
