//! People as another system knows them, before they become clients of ours.

use chrono::NaiveDate;

/// What a source of people held: who can be taken over, who cannot, and what was left out of those who can.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "people are what people are called")]
pub(crate) struct People {
    pub(crate) people: Vec<Person>,
    pub(crate) rejects: Vec<PersonReject>,
    /// Facts that were legal in the source but have no place here, such as a birth date without a day.
    pub(crate) remarks: Vec<PersonRemark>,
    /// How many were found: always the number of `people` and `rejects` together.
    pub(crate) read: u64,
}

/// One person. At least one of `given` and `family` is not empty; neither has space around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The name that the source gives to this person; the same at every reading.
    pub(crate) source_id: String,
    /// All given names, joined with a space.
    pub(crate) given: String,
    pub(crate) family: String,
    /// None when the source does not say the day, even if it says the year.
    pub(crate) birth_date: Option<NaiveDate>,
    pub(crate) postal_code: Option<String>,
    /// Where it was read, for messages: the file, then the entry or the line.
    pub(crate) place: String,
}

/// Somebody who cannot be taken over, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonReject {
    pub(crate) place: String,
    pub(crate) reason: String,
}

/// Somebody who was taken over without a fact that the source holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonRemark {
    pub(crate) place: String,
    pub(crate) text: String,
}
