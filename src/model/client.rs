//! A client: a person who receives care. Only staff see clients; a portal account sees what its referrals
//! tell about them.

use chrono::Datelike;

use super::reference::Reference;
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("client");

view! {
    /// The view of a client. `id` is the external id.
    #[schemars(rename = "ClientView")]
    pub(crate) struct Client("client", |view| &view.code) {
        @id: ClientId,
        @source: Option<String>,
        @source_id: Option<String>,
        code: String => Code,
        // All given names; empty if only one name is known, which is then the family name.
        given: String => Text,
        family: String => Text,
        birth_date: Option<NaiveDate> => Date,
        postal_code: Option<String> => Code(rank 1),
        // Unique.
        external_id as "id": Option<String> => Code,
    }
}

impl Client {
    /// A new client with a name only.
    pub(crate) fn named(id: ClientId, code: String, given: String, family: String) -> Client {
        Client {
            id,
            code,
            given,
            family,
            birth_date: None,
            postal_code: None,
            external_id: None,
            source: None,
            source_id: None,
        }
    }

    /// The display name: `Maynard Mosciski`.
    pub(crate) fn full_name(&self) -> String {
        name(&self.given, &self.family)
    }

    /// The form in which names are searched.
    pub(crate) fn name_key(&self) -> String {
        fold(&self.full_name())
    }
}

/// A warning: two people of one name are no error, but often one person created twice.
pub(crate) fn looks_doubled(double: &Client) -> String {
    let what = if double.birth_date.is_some() { "name and birth date" } else { "name" };
    format!("{} has the same {what}", double.code)
}

pub(crate) fn name(given: &str, family: &str) -> String {
    format!("{given} {family}").trim().to_owned()
}

view! {
    /// A client with the details of `show`.
    pub(crate) struct ClientCard("client", |view| &view.client.code) {
        ..client: Client,
        /// Valid releases of all owners and types (rule 3.7).
        active_releases: i64 => Number,
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

/// The folded name of a text with the family name first: `Mosciski, Maynard` or `Mosciski Maynard`. A single
/// word stays as it is.
pub(crate) fn family_last(reference: &Reference) -> String {
    let text = reference.as_str();
    let parted = text.split_once(',').or_else(|| text.trim().split_once(char::is_whitespace));
    parted.map_or_else(|| reference.key(), |(family, given)| fold(&name(given, family)))
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

    #[test]
    fn a_family_name_may_come_first() {
        let key = |text: &str| family_last(&text.parse().unwrap());
        assert_eq!(key("Mosciski Maynard Lee"), "maynard lee mosciski");
        assert_eq!(key("van der Berg, Zoë"), "zoe van der berg");
        assert_eq!(key("Mosciski"), "mosciski");
    }
}
