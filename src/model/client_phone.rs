//! The phone of a client, written `daughter: 020 7946 0018` or without a label.

use std::fmt;
use std::str::FromStr;

use crate::model::prelude::*;
use crate::model::text::fold_name;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(into = "String")]
#[schemars(with = "String")]
pub(crate) struct Phone {
    /// Whose it is, or where.
    pub(crate) label: Option<String>,
    pub(crate) number: String,
}

impl Phone {
    fn is_labelled_as(&self, other: &Phone) -> bool {
        let key = |phone: &Phone| phone.label.as_deref().map(fold_name);
        key(self).is_some() && key(self) == key(other)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.label {
            Some(label) => write!(formatter, "{label}: {}", self.number),
            None => formatter.write_str(&self.number),
        }
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.to_string()
    }
}

impl FromStr for Phone {
    type Err = String;

    /// Tables keep several between semicolons.
    fn from_str(text: &str) -> Result<Self, String> {
        let (label, number) = match text.split_once(':') {
            Some((label, number)) => (Some(text::name(label)?), number),
            None => (None, text),
        };
        let number = text::line(number)?;
        if text.contains(';') || !number.chars().any(|letter| letter.is_ascii_digit()) {
            return Err(format!("`{text}` is not a phone, such as 020 7946 0018 or daughter:020 7946 0018"));
        }
        Ok(Phone { label, number })
    }
}

/// Adds a phone to those that are known: it takes the place of the one with the same label, and a number that is there stays.
pub(crate) fn add(phones: &mut Vec<Phone>, new: Phone) {
    if let Some(known) = phones.iter_mut().find(|known| known.is_labelled_as(&new)) {
        *known = new;
    } else if phones.iter().all(|known| known.number != new.number) {
        phones.push(new);
    }
}

/// Adds a phone of another record of the same person: nothing takes the place of anything, and a number without a label gets
/// one.
pub(crate) fn join(phones: &mut Vec<Phone>, other: &Phone) {
    match phones.iter_mut().find(|known| known.number == other.number) {
        None => phones.push(other.clone()),
        Some(known) if known.label.is_none() => known.label.clone_from(&other.label),
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(text: &str) -> Phone {
        text.parse().unwrap()
    }

    // Rule 1.12.
    #[test]
    fn a_phone_reads_what_it_writes() {
        for (text, written) in [
            (" 020 7946 0018 ", "020 7946 0018"),
            ("daughter:020 7946 0018", "daughter: 020 7946 0018"),
            ("Zoë at work : +44 (20) 7946 x2", "Zoë at work: +44 (20) 7946 x2"),
            ("tel:+44:20", "tel: +44:20"),
        ] {
            let read = phone(text);
            assert_eq!(read.to_string(), written);
            assert_eq!(phone(written), read);
        }
        for bad in ["", " ", "daughter:", ":020", "ask the daughter", "1;2", "a:\u{7}1"] {
            assert!(bad.parse::<Phone>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_label_has_one_number_and_a_number_one_place() {
        let mut phones = vec![phone("1"), phone("Home: 2")];
        for new in ["1", "home: 3", "son: 1", "4", "son: 5"] {
            add(&mut phones, phone(new));
        }
        let found: Vec<String> = phones.iter().map(Phone::to_string).collect();
        assert_eq!(found, ["1", "home: 3", "4", "son: 5"]);
        for other in ["neighbour: 1", "son: 6", "work: 3"] {
            join(&mut phones, &phone(other));
        }
        let found: Vec<String> = phones.iter().map(Phone::to_string).collect();
        assert_eq!(found, ["neighbour: 1", "home: 3", "4", "son: 5", "son: 6"]);
    }
}
