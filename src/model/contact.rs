//! A contact: one submitted intake record. People quote its number; name and postal code stay as submitted,
//! even if the client's change.

use super::client::name;
use super::search_key::{Words, phone_word, postal_word, words_of_name};
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("contact");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    pub(crate) id: ContactId,
    pub(crate) number: String,
    pub(crate) client_id: ClientId,
    /// The code of the client.
    pub(crate) client: String,
    pub(crate) client_name: PersonName,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) postal_code: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    /// A date in the hub's zone, not in the future.
    pub(crate) submitted_on: NaiveDate,
    /// Free text, with its line breaks.
    pub(crate) details: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
}

view! {
    /// A referral as its contact shows it.
    pub(crate) struct ContactReferral("referral", |view| &view.code) {
        code: String => Code,
        queue: String => Text,
        /// The code of the resource that it is at.
        resource: Option<String> => Code(hidden),
        resource_name: Option<String> => Name(rank 1),
        status: String => Status,
    }
}

view! {
    /// The view of a contact in a list, without the details whose reading is audited.
    pub(crate) struct ContactLine("contact", |view| &view.number) {
        number: String => Code,
        given: String => Text,
        family: String => Name,
        postal_code: Option<String> => Code(rank 1),
        submitted_on: NaiveDate => Date,
        /// The code of the client; none for a portal account, for which clients do not exist.
        client: Option<String> => Code,
        /// What the client is called today; empty where that is not known.
        client_name: Option<PersonName> => Name(hidden),
        /// Whether it was submitted without a name.
        anonymous: bool => YesNo(hidden),
    }
}

view! {
    /// The submitted details, for actors who may read them (rule 2.7).
    pub(crate) struct ContactDetails("contact", |view| &view.number) {
        number: String => Code,
        given: String => Text,
        family: String => Name,
        postal_code: Option<String> => Text,
        phone: Option<String> => Text,
        email: Option<String> => Text,
        submitted_on: NaiveDate => Date,
        details: Option<String> => Text,
        /// Whether it was submitted without a name.
        anonymous: bool => YesNo(hidden),
    }
}

view! {
    /// The full view of a contact, of `show` and of changes.
    pub(crate) struct ContactView("contact", |view| &view.submitted.number) {
        ..submitted: ContactDetails,
        /// The code of the client; none for a portal account, for which clients do not exist.
        client: Option<String> => Code,
        /// What the client is called today.
        client_name: Option<PersonName> => Name(hidden),
        created_at: DateTime<Utc> => Age,
        created_by: String => Login,
        /// Those that the actor may see.
        referrals: Vec<ContactReferral> => Many,
    }
}

impl Contact {
    /// Submitted without a name.
    pub(crate) fn is_anonymous(&self) -> bool {
        self.full_name().is_empty()
    }

    /// The display name: `Maynard Mosciski`.
    pub(crate) fn full_name(&self) -> PersonName {
        name(&self.given, &self.family)
    }

    /// The form in which names are searched.
    pub(crate) fn name_key(&self) -> String {
        text::fold_name(&self.full_name())
    }

    /// What it is found by beside its number.
    pub(crate) fn search_words(&self) -> Words {
        let mut words = words_of_name(&self.full_name());
        words.extend(self.phone.as_deref().and_then(phone_word));
        words.extend(self.postal_code.as_deref().and_then(postal_word));
        words
    }

    pub(crate) fn line(&self, is_portal: bool) -> ContactLine {
        cloned! { self => ContactLine {
            number, given, family, postal_code, submitted_on,
            client: (!is_portal).then(|| self.client.clone()),
            client_name: (!is_portal).then(|| self.client_name.clone()),
            anonymous: self.is_anonymous(),
        } }
    }

    pub(crate) fn view(&self, is_portal: bool, referrals: Vec<ContactReferral>) -> ContactView {
        ContactView {
            submitted: self.details(),
            client: (!is_portal).then(|| self.client.clone()),
            client_name: (!is_portal).then(|| self.client_name.clone()),
            created_at: self.created_at,
            created_by: self.created_by.clone(),
            referrals,
        }
    }

    pub(crate) fn details(&self) -> ContactDetails {
        cloned! { self => ContactDetails {
            number, given, family, postal_code, phone, email, submitted_on, details,
            anonymous: self.is_anonymous(),
        } }
    }
}

impl ContactDetails {
    /// The display name: `Maynard Mosciski`.
    pub(crate) fn full_name(&self) -> PersonName {
        name(&self.given, &self.family)
    }
}

/// A date in the future is invalid.
pub(crate) fn submitted_on(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate> {
    if date <= today {
        return Ok(date);
    }
    Err(Error::invalid("contact.date", format!("submit date `{date}` lies in the future"))
        .hint(format!("today is {today} in the hub's time zone")))
}

/// Any text, kept as it is except for a byte order mark.
pub(crate) fn details(text: &str) -> Result<String, String> {
    text::free(text.trim_start_matches('\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_is_submitted_tomorrow() {
        let today = day("2026-11-22");
        assert_eq!(submitted_on(today, today).unwrap(), today);
        assert_eq!(submitted_on(day("2026-11-23"), today).unwrap_err().code(), "contact.date");
    }

    #[test]
    fn details_are_kept_as_they_are() {
        assert_eq!(details("\u{feff}a\r\nb\n").unwrap(), "a\r\nb\n");
        assert_eq!(details("\u{feff}\u{feff}a").unwrap(), "a");
        assert!(details("a\0").is_err());
        assert!(details(&"x".repeat((1 << 20) + 1)).is_err());
    }
}
