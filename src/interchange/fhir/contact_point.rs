//! Where a Patient lives and is called.

use serde::Deserialize;

use super::{Others, filled};
use crate::model::client_phone::Phone;

#[derive(Deserialize)]
pub(super) struct Address {
    #[serde(rename = "use")]
    purpose: Option<String>,
    text: Option<String>,
    #[serde(default)]
    line: Vec<Option<String>>,
    city: Option<String>,
    state: Option<String>,
    country: Option<String>,
    #[serde(rename = "postalCode")]
    pub(super) postal_code: Option<String>,
    #[serde(flatten)]
    pub(super) others: Others,
}

impl Address {
    pub(super) fn is_old(&self) -> bool {
        self.purpose.as_deref() == Some("old")
    }

    /// Its parts on one line, or else its text.
    pub(super) fn on_one_line(&self) -> Option<String> {
        let places = [&self.city, &self.state, &self.country];
        let parts = self.line.iter().chain(places).filter_map(|part| filled(part.clone()));
        let parts: Vec<String> = parts.collect();
        let text = if parts.is_empty() { self.text.clone() } else { Some(parts.join(", ")) };
        filled(text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

/// <https://hl7.org/fhir/R4/datatypes.html#ContactPoint>
#[derive(Deserialize)]
pub(super) struct ContactPoint {
    system: Option<String>,
    value: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
}

impl ContactPoint {
    /// A phone that is in use, labelled with what it is for; none of another kind.
    pub(super) fn phone(&self) -> Option<Phone> {
        let is_phone = matches!(self.system.as_deref(), Some("phone" | "sms"));
        let number =
            filled(self.value.clone()).filter(|_| is_phone && self.purpose.as_deref() != Some("old"))?;
        let label = filled(self.purpose.clone()).map(|label| format!("{label}:")).unwrap_or_default();
        format!("{label}{}", number.replace(';', ",")).parse().ok()
    }
}

pub(super) fn postal_code(addresses: &[Address]) -> Option<String> {
    addresses.get(postal_code_at(addresses)?).and_then(|address| filled(address.postal_code.clone()))
}

/// The address whose postal code is kept: the home address, or else the first that is not an old one.
pub(super) fn postal_code_at(addresses: &[Address]) -> Option<usize> {
    let purpose = |address: &Address| address.purpose.clone().unwrap_or_default();
    let coded =
        || addresses.iter().enumerate().filter(|(_, address)| filled(address.postal_code.clone()).is_some());
    let home = coded().find(|(_, address)| purpose(address) == "home");
    home.or_else(|| coded().find(|(_, address)| purpose(address) != "old")).map(|(at, _)| at)
}

/// The address of the same choice as [`postal_code_at`]; that of the postal code where it has one.
pub(super) fn address_at(addresses: &[Address]) -> Option<usize> {
    if let Some(at) = postal_code_at(addresses) {
        return Some(at);
    }
    let home = addresses.iter().position(|address| address.purpose.as_deref() == Some("home"));
    home.or_else(|| addresses.iter().position(|address| !address.is_old()))
}

pub(super) fn address(addresses: &[Address]) -> Option<String> {
    addresses.get(address_at(addresses)?)?.on_one_line()
}

pub(super) fn phones(telecom: &[ContactPoint]) -> Vec<Phone> {
    let mut phones: Vec<Phone> = Vec::new();
    for phone in telecom.iter().filter_map(ContactPoint::phone) {
        if phones.iter().all(|known| known.number != phone.number) {
            phones.push(phone);
        }
    }
    phones
}
