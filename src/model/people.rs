//! People as another system describes them, before they become clients.

use chrono::NaiveDate;

/// The people of a source: the valid ones, the rejected ones, and the facts that were left out.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "people are what people are called")]
pub(crate) struct People {
    pub(crate) people: Vec<Person>,
    pub(crate) rejects: Vec<PersonReject>,
    /// Facts that are valid in the source but not here, such as a birth date without a day.
    pub(crate) remarks: Vec<PersonRemark>,
    /// How many were found: the number of `people` and `rejects` together.
    pub(crate) read: u64,
}

/// One person. At least one of `given` and `family` is not empty; neither has space around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The id of this person in the source; stable between readings.
    pub(crate) source_id: String,
    /// All given names, joined with a space.
    pub(crate) given: String,
    pub(crate) family: String,
    /// None if the source does not give the day, even if it gives the year.
    pub(crate) birth_date: Option<NaiveDate>,
    pub(crate) postal_code: Option<String>,
    /// Where it was read, for messages: the file, then the entry or the line.
    pub(crate) place: String,
}

/// A rejected person, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonReject {
    pub(crate) place: String,
    pub(crate) reason: String,
}

/// A person who is imported without a fact of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonRemark {
    pub(crate) place: String,
    pub(crate) text: String,
}
