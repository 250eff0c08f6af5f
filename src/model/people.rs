//! People as another system describes them, before they become clients.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::model::client::{self, Client, ClientStatus};
use crate::model::client_phone::Phone;
use crate::model::edit::{self, Edit};
use crate::model::text::fold_name;

/// One person. At least one of `given` and `family` is there and not empty; neither has space around it. Of what is none the
/// source does not speak, and what is known stays (rule 5.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Person {
    /// The id of this person in the source; stable between readings.
    pub(crate) source_id: String,
    /// The code that our own list gives; it is the id as well where there is no other.
    pub(crate) code: Option<String>,
    /// All given names, joined with a space.
    pub(crate) given: Option<String>,
    pub(crate) family: Option<String>,
    /// A day; a year alone is not kept.
    pub(crate) birth_date: Option<Edit<NaiveDate>>,
    pub(crate) postal_code: Option<Edit<String>>,
    pub(crate) address: Option<Edit<String>>,
    /// All that there are; none if the source does not speak of them.
    pub(crate) phones: Option<Vec<Phone>>,
    pub(crate) carer_note: Option<Edit<String>>,
    pub(crate) emptied: Emptied,
    /// Whether the source says that the person is cared for.
    pub(crate) active: Option<bool>,
    /// Whether the source says that the person has died; none if it says nothing.
    pub(crate) death: Option<Death>,
    /// Since when inactive.
    pub(crate) inactive_since: Option<NaiveDate>,
    /// Full names that the person had before.
    pub(crate) former_names: Vec<String>,
    /// The id in the source of the person who replaces this one.
    pub(crate) replaced_by: Option<String>,
    /// Where it was read, for messages: the file, then the entry or the line.
    pub(crate) place: String,
}

/// What a table has of a person, but empty, and can not or not always be cleared (rule 5.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Emptied {
    pub(crate) given: bool,
    pub(crate) family: bool,
    /// Since when inactive, or the day of death.
    pub(crate) since_on: bool,
}

/// What a source says about the death of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    Lives,
    /// The day, if it is known.
    Died(Option<NaiveDate>),
}

/// Who was replaced by one who was replaced as well is replaced by the last of them. These are all of a source who were replaced.
pub(crate) fn follow_replacements(people: &mut [Person]) {
    for person in people.iter_mut() {
        person.replaced_by.take_if(|other| *other == person.source_id);
    }
    let replaced = |person: &Person| Some((person.source_id.clone(), person.replaced_by.clone()?));
    let by: HashMap<String, String> = people.iter().filter_map(replaced).collect();
    for person in people {
        // As many steps as there are at most, since a source may say that two have replaced each other.
        for _ in 0..by.len() {
            match person.replaced_by.as_ref().and_then(|other| by.get(other)) {
                Some(next) => person.replaced_by = Some(next.clone()),
                None => break,
            }
        }
    }
}

impl Person {
    /// Refused: a day of death or since when inactive that is still to come.
    pub(crate) fn must_be_past(&self, today: NaiveDate) -> Result<(), String> {
        let died = match self.death {
            Some(Death::Died(day)) => day,
            Some(Death::Lives) | None => None,
        };
        client::since_on(ClientStatus::Deceased, died, today)?;
        client::since_on(ClientStatus::Inactive, self.inactive_since, today).map(drop)
    }

    /// Whether a row that has the id of a known person means another (rule 5.1): a birth date that is the same proves that
    /// it does not, and so does a name in common, or where the birth dates contradict each other two of them.
    ///
    /// Who was anonymous is another only by a birth date (rule 2.14).
    pub(crate) fn is_another_than(&self, known: &Client) -> bool {
        if known.anonymous {
            return self.born_on().zip(known.birth_date).is_some_and(|(here, there)| here != there);
        }
        let (given, family) = self.names();
        let here = words(given, family, &self.former_names);
        let there = words(&known.given, &known.family, &known.former_names);
        let needed = match (self.born_on(), known.birth_date) {
            (Some(here), Some(there)) if here == there => return false,
            (Some(_), Some(_)) => here.len().min(there.len()).min(2),
            _ => 1,
        };
        here.intersection(&there).count() < needed
    }

    /// Of a format that knows one kind of blank: a text that differs from the one that is known in nothing else is that one.
    pub(crate) fn with_blanks_of(self, known: &Client) -> Person {
        let kept =
            |read: String, known: &str| if has_words_of(&read, known) { known.to_owned() } else { read };
        let edited = |edit: Option<Edit<String>>, known: &Option<String>| match (edit, known) {
            (Some(Edit::Set(read)), Some(known)) => Some(Edit::Set(kept(read, known))),
            (edit, _) => edit,
        };
        let phones = self.phones.map(|phones| {
            let is_known = phones.len() == known.phones.len()
                && phones
                    .iter()
                    .zip(&known.phones)
                    .all(|(read, known)| has_words_of(&read.to_string(), &known.to_string()));
            if is_known { known.phones.clone() } else { phones }
        });
        let former = |read: String| {
            known.former_names.iter().find(|known| has_words_of(&read, known)).cloned().unwrap_or(read)
        };
        Person {
            given: self.given.map(|read| kept(read, &known.given)),
            family: self.family.map(|read| kept(read, &known.family)),
            postal_code: edited(self.postal_code, &known.postal_code),
            address: edited(self.address, &known.address),
            former_names: self.former_names.into_iter().map(former).collect(),
            phones,
            ..self
        }
    }

    /// Refused: an empty part of the name of someone who has one, since a name cannot be cleared.
    pub(crate) fn must_keep_its_name(&self, known: &Client) -> Result<(), String> {
        let parts = [
            (self.emptied.given, &known.given, "given name"),
            (self.emptied.family, &known.family, "family name"),
        ];
        match parts.into_iter().find(|(is_emptied, part, _)| *is_emptied && !part.is_empty()) {
            None => Ok(()),
            Some((_, _, what)) => {
                let (code, known) = (&known.code, known.full_name());
                Err(format!("has no {what}, and {code} is {known}: a name cannot be cleared"))
            }
        }
    }

    /// For people: `Ada Fenn, born 1941-03-02`.
    pub(crate) fn described(&self) -> String {
        let (given, family) = self.names();
        client::described(given, family, self.born_on())
    }

    fn names(&self) -> (&str, &str) {
        (self.given.as_deref().unwrap_or_default(), self.family.as_deref().unwrap_or_default())
    }

    pub(crate) fn born_on(&self) -> Option<NaiveDate> {
        edit::apply(self.birth_date.as_ref(), None)
    }

    /// The status after an import. Who is called active but not living stays deceased.
    pub(crate) fn status(&self, before: Option<&Client>) -> (ClientStatus, Option<NaiveDate>) {
        let was = before.map_or((ClientStatus::Active, None), |client| (client.status, client.since_on));
        let known_on = was.1.filter(|_| !self.emptied.since_on);
        let cared_for = match self.active {
            // Who was replaced is cared for under the name of the other.
            _ if self.replaced_by.is_some() => (ClientStatus::Inactive, None),
            Some(false) if was.0 == ClientStatus::Inactive => {
                (ClientStatus::Inactive, self.inactive_since.or(known_on))
            }
            Some(false) => (ClientStatus::Inactive, self.inactive_since),
            Some(true) => (ClientStatus::Active, None),
            None if was.0 == ClientStatus::Deceased => (ClientStatus::Active, None),
            None => was,
        };
        match self.death {
            Some(Death::Died(day)) if was.0 == ClientStatus::Deceased => (was.0, day.or(known_on)),
            Some(Death::Died(day)) => (ClientStatus::Deceased, day),
            None if was.0 == ClientStatus::Deceased => was,
            Some(Death::Lives) | None => cared_for,
        }
    }
}

/// Whether two texts differ in their blanks at most.
fn has_words_of(read: &str, known: &str) -> bool {
    read.split_whitespace().eq(known.split_whitespace())
}

/// The single names of a person, present and former.
fn words(given: &str, family: &str, former: &[String]) -> HashSet<String> {
    let names = [given, family].into_iter().chain(former.iter().map(String::as_str));
    let folded: Vec<String> = names.map(fold_name).collect();
    let words = folded.iter().flat_map(|name| name.split(|letter: char| !letter.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A rejected person, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonReject {
    pub(crate) place: String,
    pub(crate) reason: String,
}

/// Why a row is stopped that has the id of another (rule 5.1).
pub(crate) fn another(here: &Person, there: &Client) -> String {
    let known = there.described();
    let (id, code, source) = (&here.source_id, &there.code, there.source.as_deref().unwrap_or_default());
    let is_by_code = here.code.is_some();
    let here = here.described();
    if is_by_code {
        return format!("{code} is {known}, and here it is {here}: correct the row, or {code} first");
    }
    format!(
        "the id `{id}` of the source `{source}` is {known} ({code}), and here it is {here}: say with `--source` where the \
         file comes from, or correct {code} first"
    )
}

/// What is said of a client whom the source has replaced by another.
pub(crate) fn replaced(before: &Client, by: &Client) -> String {
    let names = [before, by].map(|client| format!("{} ({})", client.code, client.full_name()));
    let [here, there] = [before, by].map(|client| &client.code);
    format!(
        "{} was replaced by {} in the source, and is inactive from now on; `caredesk client merge {here} --into {there}` makes one of them",
        names[0], names[1]
    )
}

/// Why an id cannot be given again.
pub(crate) fn taken(other: &Client) -> String {
    let source = other.source.as_ref().map(|source| format!(" of the source `{source}`")).unwrap_or_default();
    let id = other.external_id.as_deref().unwrap_or_default();
    format!("the id `{id}` belongs to {} ({}){source} already", other.code, other.full_name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn client(given: &str, family: &str, birth_date: &str) -> Client {
        let named = Client::named(Id::from_u128(1), String::new(), given.to_owned(), family.to_owned());
        Client { birth_date: birth_date.parse().ok(), ..named }
    }

    // Rule 5.1.
    #[test]
    fn who_has_the_id_of_another_is_known_by_name_or_birth_date() {
        let ada = client("Ada Mary", "Fenn", "1941-03-02");
        for (given, family, birth_date, is_another) in [
            ("Ada", "Fenn", "1941-03-02", false),
            ("Greta", "Quince", "1941-03-02", false),
            ("Greta", "Quince", "1933-09-19", true),
            ("Greta", "Quince", "", true),
            ("ÀDA", "Quince", "", false),
            ("Ada", "Quince", "1933-09-19", true),
            ("Ada", "Fenn-Lowe", "1914-03-02", false),
            ("", "Fenn", "1933-09-19", false),
            ("", "", "", true),
        ] {
            let row = Person {
                given: Some(given.to_owned()),
                family: Some(family.to_owned()),
                birth_date: birth_date.parse().ok().map(Edit::Set),
                ..Person::default()
            };
            assert_eq!(row.is_another_than(&ada), is_another, "{given} {family} {birth_date}");
        }
        let married = client("Ada", "Lowe", "").formerly(["Ada Fenn".to_owned()]);
        let row =
            Person { given: Some("A".to_owned()), family: Some("Fenn".to_owned()), ..Person::default() };
        assert!(!row.is_another_than(&married));
    }
}
