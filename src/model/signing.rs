//! Who signs for a client: under the age that the hub has set it is a guardian (rule 3.16).

use chrono::Months;

use crate::model::prelude::*;
use crate::model::time::long_date;

/// Where the hub has set none.
const USUAL: u32 = 18;

/// A higher one is a mistake.
pub(crate) const HIGHEST: u32 = 30;

/// How a hub that has none stores it.
const NONE: &str = "none";

/// From which age on a client signs for itself; none where it always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SigningAge(pub(crate) Option<u32>);

impl SigningAge {
    pub(crate) fn stored(text: Option<&str>) -> Self {
        SigningAge(match text {
            Some(NONE) => None,
            Some(text) => Some(text.parse().unwrap_or(USUAL)),
            None => Some(USUAL),
        })
    }

    pub(crate) fn to_store(self) -> String {
        self.0.map_or(NONE.to_owned(), |age| age.to_string())
    }

    /// Whether who was born then signs for itself on that day. Without a birth date it is not known.
    pub(crate) fn is_reached(self, birth_date: Option<NaiveDate>, day: NaiveDate) -> Option<bool> {
        let Some(age) = self.0 else { return Some(true) };
        let from = birth_date?.checked_add_months(Months::new(12 * age))?;
        Some(day >= from)
    }

    /// Who signs, in plain words, for a client who may be too young on that day.
    pub(crate) fn words(self, client: &str, birth_date: Option<NaiveDate>, day: NaiveDate) -> String {
        let another = "Who signs for the client writes by what right, such as parent or legal guardian.";
        let Some(age) = self.0 else { return format!("The client signs, at any age. {another}") };
        let who = format!(
            "A client who is {age} or older on the day of the signature signs. For one who is younger a parent or a legal guardian does."
        );
        match birth_date.filter(|_| self.is_reached(birth_date, day) == Some(false)) {
            Some(born) => format!("{who} {client} was born on {} and is younger. {another}", long_date(born)),
            None => format!("{who} {another}"),
        }
    }

    /// Refused under that age. Where the birth date is not known, this is what to say about it.
    pub(crate) fn must_be_reached(
        self, client: &str, birth_date: Option<NaiveDate>, day: NaiveDate,
    ) -> Result<Option<String>> {
        let age = self.0.unwrap_or_default();
        match self.is_reached(birth_date, day) {
            Some(true) => Ok(None),
            Some(false) => Err(Error::refused(
                "client.minor",
                format!("{client} was under {age} on {day}, and does not sign without a guardian"),
            )
            .hint("`--signed-by` names who signed, `--signed-as` says by what right, such as \"legal guardian\"")),
            None => Ok(Some(format!(
                "no birth date of {client} is known: whether it signs without a guardian, from {age} on, was not checked"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_birthday_counts() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let reached =
            |age: Option<u32>, on: &str| SigningAge(age).is_reached(Some(day("2008-11-22")), day(on));
        assert_eq!(reached(Some(18), "2026-11-21"), Some(false));
        assert_eq!(reached(Some(18), "2026-11-22"), Some(true));
        assert_eq!(reached(Some(19), "2026-11-22"), Some(false));
        assert_eq!(reached(None, "2010-01-01"), Some(true));
        assert_eq!(SigningAge(Some(18)).is_reached(None, day("2026-11-22")), None);
        let leap = SigningAge(Some(18)).is_reached(Some(day("2008-02-29")), day("2026-02-28"));
        assert_eq!(leap, Some(true));
    }

    #[test]
    fn who_signs_is_said_in_words() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let words = |age: Option<u32>, born: Option<&str>| {
            SigningAge(age).words("Ada Moss", born.map(day), day("2026-11-22"))
        };
        assert!(
            words(Some(18), Some("2010-01-31"))
                .contains("Ada Moss was born on 31 January 2010 and is younger.")
        );
        assert!(!words(Some(18), Some("1941-03-02")).contains("Ada Moss"));
        assert!(words(Some(16), None).contains("who is 16 or older"));
        assert!(words(None, Some("2010-01-31")).starts_with("The client signs, at any age."));
    }

    #[test]
    fn what_is_stored_is_read_again() {
        for age in [SigningAge(None), SigningAge(Some(16))] {
            assert_eq!(SigningAge::stored(Some(&age.to_store())), age);
        }
        assert_eq!(SigningAge::stored(None), SigningAge(Some(18)));
    }
}
