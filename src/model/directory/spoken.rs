//! Of what a directory says something.

use super::DetailKind;

/// What a source can list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Programs,
    Phones,
    Addresses,
    OpeningHours,
    ContactPersons,
    Details(DetailKind),
    Text(Text),
    /// Whether it is active.
    Status,
    Locations,
    Capacities,
    /// All that is kept besides.
    Remainders,
}

/// A text that a provider or a program has one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    AlternateName,
    Description,
    Email,
    Url,
    Eligibility,
    Fees,
    ApplicationProcess,
}

/// The lists and texts of which a source says something, if only that they are empty. Of others it says nothing, and what is
/// known stays (rule 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Spoken(u64);

impl Spoken {
    pub(crate) fn of(list: List) -> Self {
        Spoken(match list {
            List::Programs => 1,
            List::Phones => 1 << 1,
            List::Addresses => 1 << 2,
            List::OpeningHours => 1 << 3,
            List::ContactPersons => 1 << 4,
            List::Text(text) => 1 << (5 + text as u32),
            List::Details(kind) => 1 << (12 + kind as u32),
            List::Locations => 1 << 60,
            List::Capacities => 1 << 61,
            List::Remainders => 1 << 62,
            List::Status => 1 << 63,
        })
    }

    /// Of all that a hub knows of its own providers. A program that is not there is newer than the directory, and has not ended.
    pub(crate) fn of_own() -> Self {
        Spoken(!Spoken::of(List::Programs).0)
    }

    /// Of the texts that are there, if empty.
    pub(crate) fn of_texts(texts: &[(Text, bool)]) -> Self {
        let mut spoken = Spoken::default();
        for (text, _) in texts.iter().filter(|(_, is_there)| *is_there) {
            spoken.add(Spoken::of(List::Text(*text)));
        }
        spoken
    }

    /// Of whether something is active, if the source says it.
    pub(crate) fn of_status(is_there: bool) -> Self {
        if is_there { Spoken::of(List::Status) } else { Spoken::default() }
    }

    pub(crate) fn add(&mut self, other: Spoken) {
        self.0 |= other.0;
    }

    pub(crate) fn with(mut self, other: Spoken) -> Self {
        self.add(other);
        self
    }

    /// What is known after an import: what the source has, else what was known, unless the source says that there is none.
    pub(crate) fn text<T>(self, text: Text, new: Option<T>, known: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.has(List::Text(text)) { new } else { new.or_else(known) }
    }

    pub(crate) fn has(self, list: List) -> bool {
        self.0 & Spoken::of(list).0 != 0
    }
}
