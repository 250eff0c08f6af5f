//! What a Patient has and nothing here keeps (rule 5.2): elements, and parts of names, addresses and links.

use super::contact_point::{Address, ContactPoint, address_at};
use super::human_name::{HumanName, preferred};
use super::resource::Resource;
use super::{Loose, Others};
use crate::model::tally::Tally;

/// Counts what is left aside of a Patient.
pub(super) fn leave(tally: &mut Tally, patient: &Resource) {
    let mut left = patient.others.clone();
    left.extend(patient.identifier.as_ref().map(|_| "identifier".to_owned()));
    if let Some(Loose::Right(names)) = &patient.name {
        left.extend(of_names(names));
    }
    if let Some(Loose::Right(addresses)) = &patient.address {
        left.extend(of_addresses(addresses));
    }
    if let Some(Loose::Right(telecom)) = &patient.telecom {
        let is_left = |point: &&ContactPoint| point.phone().is_none();
        left.extend(telecom.iter().filter(is_left).map(|_| "telecom".to_owned()));
    }
    if let Some(Loose::Right(links)) = &patient.link {
        left.extend(links.iter().filter(|link| !link.is_replaced_by()).map(|_| "link".to_owned()));
    }
    for element in left {
        *tally.entry(element).or_default() += 1;
    }
}

/// Further names that are not former ones are left aside whole. The text of a name that has parts says them again.
fn of_names(names: &[HumanName]) -> Vec<String> {
    let kept = preferred(names);
    let mut left = Vec::new();
    for name in names {
        if name.is_former() || kept.is_some_and(|kept| std::ptr::eq(kept, name)) {
            left.extend(parts("name", &name.others));
        } else {
            left.push("name".to_owned());
        }
    }
    left
}

fn of_addresses(addresses: &[Address]) -> Vec<String> {
    let kept = address_at(addresses);
    let mut left = Vec::new();
    for (at, address) in addresses.iter().enumerate() {
        left.extend(parts("address", &address.others));
        if Some(at) != kept && (address.postal_code.is_some() || address.on_one_line().is_some()) {
            left.push("address".to_owned());
        }
    }
    left
}

fn parts<'o>(element: &'o str, others: &'o Others) -> impl Iterator<Item = String> + 'o {
    others.iter().filter(|(_, value)| value.is_some()).map(move |(part, _)| format!("{element}.{part}"))
}
