//! Finds the owner of a phone or an address by the ids in its row.

use std::collections::HashMap;

use super::super::table::{Column, Row, Table};
use super::assembly::{Assembly, Location, Owner, ServicePlace};
use crate::error::Result;

pub(super) struct ReferenceColumns {
    service: Column,
    service_at_location: Column,
    location: Column,
    organization: Column,
    contact: Column,
}

impl ReferenceColumns {
    pub(super) fn of(sheet: &Table) -> Result<Self> {
        Ok(ReferenceColumns {
            service: sheet.column("service_id")?,
            service_at_location: sheet.column("service_at_location_id")?,
            location: sheet.column("location_id")?,
            organization: sheet.column("organization_id")?,
            contact: sheet.column("contact_id")?,
        })
    }

    pub(super) fn read<'r>(&self, row: &'r Row<'_>) -> References<'r> {
        References {
            service: row.cell(self.service).trim(),
            service_at_location: row.cell(self.service_at_location).trim(),
            location: row.cell(self.location).trim(),
            organization: row.cell(self.organization).trim(),
            contact: row.cell(self.contact).trim(),
        }
    }
}

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
    /// The owner of each phone, and by which it is known there.
    pub(super) phones: HashMap<String, (Owner, String)>,
}

impl References<'_> {
    /// Whether the row names no owner.
    pub(super) fn is_empty(self) -> bool {
        let References { service, service_at_location, location, organization, contact } = self;
        [service, service_at_location, location, organization, contact].into_iter().all(str::is_empty)
    }

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
        let is_empty = |at: &&Location| at.listing.is_none() && at.services.is_empty();
        match location.filter(is_empty).and_then(|at| at.orphaned.as_deref()) {
            Some(why) => Err(format!("location `{}`: {why}", self.location)),
            None => Ok(Owner::Location(place)),
        }
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
