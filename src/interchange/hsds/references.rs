//! Finds the owner of a phone or an address by the ids in its row.

use std::collections::HashMap;

use super::assembly::{Assembly, Owner, ServicePlace};

/// The ids in a row; empty if there is none.
#[derive(Default, Clone, Copy)]
pub(super) struct References<'a> {
    pub(super) service: &'a str,
    pub(super) service_at_location: &'a str,
    pub(super) location: &'a str,
    pub(super) organization: &'a str,
    pub(super) contact: &'a str,
}

/// Tables that lead to owners indirectly.
#[derive(Default)]
pub(super) struct Detours {
    /// The owner of each contact, or the reason why it has none.
    pub(super) contacts: HashMap<String, Result<Owner, String>>,
    pub(super) services_at_locations: HashMap<String, ServicePlace>,
}

impl References<'_> {
    /// The owner: the service, else the location, the organization, or the owner of the contact. Every id in
    /// the row must lead somewhere, that of the contact only if there is no other.
    pub(super) fn owner(self, assembly: &Assembly, detours: &Detours) -> Result<Owner, String> {
        let service = assembly.services.find(self.service)?.copied();
        let location = assembly.locations.find(self.location)?.copied();
        let organization = assembly.organizations.find(self.organization)?.copied();
        if let Some(place) = service.or(self.service_there(detours, location)?) {
            return Ok(Owner::Service(place));
        }
        if let Some(place) = location {
            return self.inhabited(assembly, place);
        }
        match organization {
            Some(place) => Ok(Owner::Listing(place)),
            None => self.of_contact(detours),
        }
    }

    /// An unknown link of service and location is ignored if either is given as well.
    fn service_there(
        self, detours: &Detours, location: Option<usize>,
    ) -> Result<Option<ServicePlace>, String> {
        let id = self.service_at_location;
        let found = detours.services_at_locations.get(id).copied();
        if found.is_none() && location.is_none() && self.service.is_empty() && !id.is_empty() {
            return Err(format!("service at location `{id}` is not listed"));
        }
        Ok(found)
    }

    fn inhabited(self, assembly: &Assembly, place: usize) -> Result<Owner, String> {
        let location = assembly.places.get(place);
        if location.is_some_and(|at| at.listing.is_some() || !at.services.is_empty()) {
            return Ok(Owner::Location(place));
        }
        let why = location
            .and_then(|at| at.orphaned.as_deref())
            .unwrap_or("has neither a service nor an organization");
        Err(format!("location `{}`: {why}", self.location))
    }

    fn of_contact(self, detours: &Detours) -> Result<Owner, String> {
        if self.contact.is_empty() {
            return Err("names no organization, service or location".to_owned());
        }
        match detours.contacts.get(self.contact) {
            Some(Ok(owner)) => Ok(*owner),
            Some(Err(reason)) => Err(format!("contact `{}`: {reason}", self.contact)),
            None => Err(format!("contact `{}` is not in contacts.csv", self.contact)),
        }
    }
}
