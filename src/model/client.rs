//! A client: a person who receives care. Only staff see clients; a portal account sees what its referrals
//! tell about them.

use std::collections::HashSet;
use std::mem;

use chrono::Datelike;
use unicode_normalization::char::is_combining_mark;

use super::client_phone::{self, Phone};
use super::reference::Reference;
use super::search_key::{Words, date_word, id_word, phone_word, postal_word, words_of_name};
use super::text::{fold_name, fold_words};
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("client");

names! {
    /// Whether a person is cared for (rule 5.5).
    #[derive(Default)]
    pub(crate) enum ClientStatus {
        #[default]
        Active = "active",
        /// No longer cared for
        Inactive = "inactive",
        /// Has died: nothing new is planned or asked
        Deceased = "deceased",
    }
}

view! {
    /// The view of a client. `id` is the external id.
    #[schemars(rename = "ClientView")]
    pub(crate) struct Client("client", |view| &view.code) {
        @id: ClientId,
        @source: Option<String>,
        @source_id: Option<String>,
        // The client that has replaced this one.
        @merged_into: Option<ClientId>,
        code: String => Code,
        // All given names; empty if only one name is known, which is then the family name.
        given: String => Text,
        // Empty only for who is anonymous.
        family: String => Name,
        birth_date: Option<NaiveDate> => Date,
        postal_code: Option<String> => Code(rank 1),
        /// Where visits are.
        address: Option<String> => Text(hidden),
        /// Each is a number, or a label and a number: `daughter: 020 7946 0018`.
        phones: Vec<Phone> => Text(hidden),
        /// What carers must know; a provider that has accepted visits sees it, one that is only asked does not.
        carer_note: Option<String> => Text(hidden),
        // Unique.
        external_id as "id": Option<String> => Code,
        status: ClientStatus => Status(rank 1),
        /// Since when inactive, or the day of death; null where it is unknown.
        since_on: Option<NaiveDate> => Date(hidden),
        /// What the person was called before, the latest first.
        former_names: Vec<String> => Text(hidden),
        /// Whether it is not known who the person is.
        anonymous: bool => YesNo(hidden),
    }
}

impl Client {
    /// A new client with a name only, or anonymous without one.
    pub(crate) fn named(id: ClientId, code: String, given: String, family: String) -> Client {
        Client {
            id,
            code,
            anonymous: name(&given, &family).is_empty(),
            given,
            family,
            birth_date: None,
            postal_code: None,
            address: None,
            phones: Vec::new(),
            carer_note: None,
            external_id: None,
            status: ClientStatus::Active,
            since_on: None,
            former_names: Vec::new(),
            source: None,
            source_id: None,
            merged_into: None,
        }
    }

    /// The same person by another name.
    pub(crate) fn called(self, given: String, family: String) -> Client {
        Client { anonymous: name(&given, &family).is_empty(), given, family, ..self }
    }

    /// The display name: `Maynard Mosciski`.
    pub(crate) fn full_name(&self) -> PersonName {
        name(&self.given, &self.family)
    }

    /// A warning where a note for providers holds a name of the person as a whole word, however it is written: those that
    /// are only asked must not learn who it is (rule 1.12). Initials are none.
    pub(crate) fn named_in(&self, note: &str) -> Option<String> {
        let words = |text: &str| -> Vec<String> {
            let folded = fold_words(text);
            folded.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
        };
        let own: HashSet<String> =
            words(&self.full_name()).into_iter().filter(|word| word.len() > 1).collect();
        let mut found: Vec<String> = Vec::new();
        for word in note.split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter)) {
            if words(word).iter().any(|word| own.contains(word)) && !found.iter().any(|known| known == word) {
                found.push(word.to_owned());
            }
        }
        let quoted: Vec<String> = found.iter().map(|word| format!("`{word}`")).collect();
        let named = quoted.join(", ");
        let read = "providers that are only asked read it too";
        (!quoted.is_empty()).then(|| format!("the note for providers names the client ({named}), and {read}"))
    }

    /// With what tells namesakes apart.
    pub(crate) fn described(&self) -> String {
        described(&self.given, &self.family, self.birth_date)
    }

    /// The form in which names are searched.
    pub(crate) fn name_key(&self) -> String {
        fold_name(&self.full_name())
    }

    /// What the person is found by.
    pub(crate) fn search_words(&self) -> Words {
        let mut words = words_of_name(&self.full_name());
        self.former_names.iter().for_each(|name| words.extend(words_of_name(name)));
        words.extend(self.phones.iter().filter_map(|phone| phone_word(&phone.number)));
        words.extend(self.postal_code.as_deref().and_then(postal_word));
        words.extend(self.birth_date.map(date_word));
        words.extend([&self.external_id, &self.source_id].into_iter().flatten().map(|id| id_word(id)));
        words
    }

    /// The same person after names were added that are no longer in use; the present one and spellings of the same are not.
    pub(crate) fn formerly(mut self, names: impl IntoIterator<Item = String>) -> Client {
        let present = self.name_key();
        let mut seen = HashSet::from([present, String::new()]);
        let names = names.into_iter().chain(mem::take(&mut self.former_names));
        self.former_names = names.filter(|name| seen.insert(fold_name(name))).collect();
        self
    }

    /// The person of both records: what this one lacks is that of the other, and so is a death.
    pub(crate) fn joined_by(self, other: &Client) -> Client {
        let has_died = |client: &Client| client.status == ClientStatus::Deceased;
        let (status, since_on) = match (has_died(&self), has_died(other)) {
            (false, true) => (other.status, other.since_on),
            (true, true) => (self.status, self.since_on.or(other.since_on)),
            (_, false) => (self.status, self.since_on),
        };
        let names = [other.full_name().into_text()].into_iter().chain(other.former_names.clone());
        let mut phones = self.phones.clone();
        other.phones.iter().for_each(|phone| client_phone::join(&mut phones, phone));
        let lives_elsewhere = |address: &&String| self.address.as_ref().is_some_and(|own| own != *address);
        let elsewhere = other.address.as_ref().filter(lives_elsewhere);
        let elsewhere = elsewhere.map(|address| format!("another address: {address}"));
        let carer_note = both(both(self.carer_note.clone(), other.carer_note.clone()), elsewhere);
        let after = Client {
            birth_date: self.birth_date.or(other.birth_date),
            postal_code: self.postal_code.clone().or_else(|| other.postal_code.clone()),
            address: self.address.clone().or_else(|| other.address.clone()),
            phones,
            carer_note,
            status,
            since_on,
            ..self
        };
        after.formerly(names)
    }

    /// The client that this one is now.
    pub(crate) fn lasting(&self) -> ClientId {
        self.merged_into.unwrap_or(self.id)
    }

    /// What is about a known person alone is refused for who is anonymous (rule 2.14).
    pub(crate) fn must_be_known(&self) -> Result<()> {
        if self.anonymous { Err(unknown(&self.code)) } else { Ok(()) }
    }

    /// Nothing new is planned or asked for who has died (rule 5.5).
    pub(crate) fn must_be_alive(&self) -> Result<()> {
        if self.status != ClientStatus::Deceased {
            return Ok(());
        }
        let day = self.since_on.map(|day| format!(" on {day}")).unwrap_or_default();
        let message = format!("{} ({}) died{day}", self.full_name(), self.code);
        Err(deceased(message).detail("client", self.code.clone()))
    }
}

/// Who is not known cannot have consented, and no record can be found again that is about such a person (rule 2.14).
pub(crate) fn unknown(code: &str) -> Error {
    let message =
        format!("{code} is anonymous: only who is known is enrolled, has records, and consents to sharing");
    Error::refused("client.anonymous", message)
        .hint(format!(
            "`caredesk client edit {code} --given NAME --family NAME` says who it is; if it is a client that you know, \
             `caredesk contact edit NUMBER --client CLIENT` does"
        ))
        .detail("client", code)
}

/// Invalid: a given name for who has no family name yet. If only one name is known, that is the family name.
pub(crate) fn must_have_a_family_name(given: &str, family: &str) -> Result<()> {
    if given.is_empty() || !family.is_empty() {
        return Ok(());
    }
    Err(Error::invalid("client.family", format!("`{given}` has no family name"))
        .hint("give it with `--family`; if only one name is known, give that one alone"))
}

/// What follows where an anonymous person becomes known: the providers that may see who it is from then on.
pub(crate) fn may_see_who(providers: &[String]) -> Option<String> {
    let names: Vec<String> = providers.iter().map(|name| format!("`{name}`")).collect();
    let verb = if names.len() == 1 { "has" } else { "have" };
    let names = names.join(", ");
    (!names.is_empty()).then(|| {
        format!("{names} {verb} referrals or visits of this person, and may see from now on who it is")
    })
}

/// One note of two.
fn both(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}\n{other}")),
        (one, other) => one.or(other),
    }
}

/// The code of [`deceased`].
pub(crate) const DECEASED: &str = "client.deceased";

pub(crate) fn deceased(message: impl Into<String>) -> Error {
    Error::refused(DECEASED, message).hint("`--even-so` does it all the same")
}

/// A warning: two people of one name are no error, but often one person created twice.
pub(crate) fn possible_duplicate(existing: &Client) -> String {
    let what = if existing.birth_date.is_some() { "name and birth date" } else { "name" };
    format!("{} has the same {what}", existing.code)
}

/// For people, as those of a file: `Ada Brook, born 1941-03-02`.
pub(crate) fn described(given: &str, family: &str, birth_date: Option<NaiveDate>) -> String {
    let born = birth_date.map_or("without a birth date".to_owned(), |day| format!("born {day}"));
    format!("{}, {born}", name(given, family))
}

pub(crate) fn name(given: &str, family: &str) -> PersonName {
    PersonName::new(given, family)
}

view! {
    /// A client that another has replaced; its code leads to that other.
    pub(crate) struct MergedClient("client", |view| &view.client.code) {
        ..client: Client,
        /// The code of the other.
        merged_into: Option<String> => Code,
    }
}

view! {
    /// Something that is planned or asked for a client, and the command that ends it.
    pub(crate) struct Planned("client", |view| &view.code) {
        code: String => Code,
        /// What it is, such as `the referral in Home care`.
        what: String => Text,
        command: String => Text,
    }
}

impl Planned {
    /// As a note, with the command to copy.
    pub(crate) fn words(&self) -> String {
        format!("still planned: {} ({}); `{}` ends it", self.what, self.code, self.command)
    }
}

/// Refused: a day in the future, and one too long ago for a living person. Such a date is a mistake.
pub(crate) fn birth_date(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, String> {
    const EARLIEST: i32 = 1880;
    if date > today {
        return Err(format!("birth date `{date}` lies in the future"));
    }
    if date.year() < EARLIEST {
        return Err(format!("birth date `{date}` lies before {EARLIEST}"));
    }
    Ok(date)
}

/// Refused: a day in the future, and for who is active any day.
pub(crate) fn since_on(
    status: ClientStatus, day: Option<NaiveDate>, today: NaiveDate,
) -> Result<Option<NaiveDate>, String> {
    match day {
        Some(day) if day > today => Err(format!("{status} since `{day}`, which lies in the future")),
        Some(day) if status == ClientStatus::Active => {
            Err(format!("{status} since `{day}`: only who is inactive or deceased has such a day"))
        }
        day => Ok(day),
    }
}

/// The folded name of a text with the family name first: `Mosciski, Maynard` or `Mosciski Maynard`. A single
/// word stays as it is.
pub(crate) fn family_last(reference: &Reference) -> String {
    let text = reference.as_str();
    let parted = text.split_once(',').or_else(|| text.trim().split_once(char::is_whitespace));
    parted.map_or_else(|| fold_name(text), |(family, given)| fold_name(&name(given, family)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn birth_dates_that_cannot_be() {
        let today = day("2026-11-22");
        for good in ["1880-01-01", "1999-12-31", "2026-11-22"] {
            assert!(birth_date(day(good), today).is_ok(), "{good}");
        }
        for bad in ["1879-12-31", "2026-11-23"] {
            assert!(birth_date(day(bad), today).is_err(), "{bad}");
        }
    }

    // Rule 1.12.
    #[test]
    fn a_name_in_a_note_is_found_as_a_whole_word() {
        let client = |given: &str, family: &str| {
            Client::named(ClientId::NIL, String::new(), given.into(), family.into())
        };
        let named = |given, family, note: &str| client(given, family).named_in(note);
        for (given, family, note, expected) in [
            ("Ada", "Moss", "tell ada first", Some("`ada`")),
            ("Ada", "Moss", "mossy path, Adam", None),
            ("Zoë J.", "van der Łuk", "ZOE and Luk; j. too", Some("`ZOE`, `Luk`")),
            ("Zoe", "O'Brien", "O’Brien's dog", Some("`Brien`")),
            ("Zoe\u{308}", "Oak", "Zoe\u{308} zoë Zoe\u{308}", Some("`Zoe\u{308}`, `zoë`")),
            ("", "Li", "Li", Some("`Li`")),
            ("Ada", "Moss", "", None),
        ] {
            let found = named(given, family, note);
            let words = found.as_deref().and_then(|found| found.split(['(', ')']).nth(1));
            assert_eq!(words, expected, "{note}");
        }
    }

    #[test]
    fn a_family_name_may_come_first() {
        let key = |text: &str| family_last(&text.parse().unwrap());
        assert_eq!(key("Mosciski Maynard Lee"), "maynard lee mosciski");
        assert_eq!(key("van der Berg, Zoë"), "zoe van der berg");
        assert_eq!(key("Mosciski"), "mosciski");
    }
}
