//! Reads a folder of HSDS tables of any version: each file once, referenced tables first.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::super::table::{Column, Reading, Row, Table};
use super::assembly::{Assembly, Location, Owner};
use super::references::Detours;
use super::rows::{AddressColumns, ListingColumns, PhoneColumns, ReferenceColumns, ServiceColumns};
use crate::error::Result;
use crate::model::directory::{AddressKind, Directory};
use crate::model::text::counted;

const ORGANIZATIONS: &[&str] = &["organizations.csv", "organization.csv"];
const SERVICES: &[&str] = &["services.csv", "service.csv"];
const LOCATIONS: &[&str] = &["locations.csv", "location.csv"];
const SERVICES_AT_LOCATIONS: &[&str] =
    &["service_at_location.csv", "services_at_location.csv", "service_at_locations.csv"];
const CONTACTS: &[&str] = &["contacts.csv", "contact.csv"];
const PHONES: &[&str] = &["phones.csv", "phone.csv"];
/// The table and the default kind of its rows.
const ADDRESSES: &[(&[&str], AddressKind)] = &[
    (
        &["addresses.csv", "address.csv", "physical_addresses.csv", "physical_address.csv"],
        AddressKind::Physical,
    ),
    (&["mail_addresses.csv", "postal_addresses.csv", "postal_address.csv"], AddressKind::Postal),
];

pub(super) fn is_folder_of_tables(files: &BTreeMap<String, PathBuf>) -> bool {
    files.keys().any(|file| ORGANIZATIONS.contains(&file.to_lowercase().as_str()))
}

pub(super) fn read(files: BTreeMap<String, PathBuf>, how: &Reading) -> Result<Directory> {
    let mut tables = Tables { files, how, assembly: Assembly::default(), detours: Detours::default() };
    tables.organizations()?;
    tables.locations()?;
    tables.services()?;
    tables.services_at_locations()?;
    tables.contacts()?;
    tables.phones()?;
    for (names, kind) in ADDRESSES {
        tables.addresses(names, *kind)?;
    }
    tables.note_what_is_left();
    Ok(tables.assembly.finish())
}

struct Tables<'a> {
    how: &'a Reading,
    /// Those not read yet.
    files: BTreeMap<String, PathBuf>,
    assembly: Assembly,
    detours: Detours,
}

impl Tables<'_> {
    /// None without the table or its header.
    fn open(&mut self, names: &[&str]) -> Result<Option<Table>> {
        let name = self.files.keys().find(|file| names.contains(&file.to_lowercase().as_str())).cloned();
        let Some(path) = name.and_then(|name| self.files.remove(&name)) else { return Ok(None) };
        match Table::open(&path.as_path().into(), self.how) {
            Ok(sheet) => Ok(Some(sheet)),
            Err(error) if error.code() == "import.empty" && names != ORGANIZATIONS => {
                self.assembly.notes.push(format!("{} is empty.", path.display()));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn each(
        &mut self, sheet: &mut Table, mut take: impl FnMut(&mut Assembly, &Row<'_>) -> Result<(), String>,
    ) -> Result<()> {
        let mut rejects = Vec::new();
        let assembly = &mut self.assembly;
        assembly.read += sheet.each(&mut rejects, |row| take(assembly, row))?;
        assembly.rejects.append(&mut rejects);
        Ok(())
    }

    fn organizations(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(ORGANIZATIONS)? else { return Ok(()) };
        let columns = ListingColumns::of(&sheet)?;
        self.assembly.organizations.call_table(sheet.name());
        self.each(&mut sheet, |assembly, row| {
            let id = fresh_id(row, columns.id, |id| assembly.organizations.fresh(id))?;
            assembly.add_listing(columns.read(row, id)?);
            Ok(())
        })?;
        let Assembly { organizations, rejects, .. } = &mut self.assembly;
        organizations.refuse_all(rejects, columns.id);
        Ok(())
    }

    fn locations(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(LOCATIONS)? else { return Ok(()) };
        let (id, organization) = (sheet.required("id")?, sheet.column("organization_id")?);
        let mut orphans = 0_u64;
        self.assembly.locations.call_table(sheet.name());
        self.each(&mut sheet, |assembly, row| {
            let id = fresh_id(row, id, |id| assembly.locations.fresh(id))?;
            let (listing, orphaned) = match assembly.organizations.find(row.cell(organization).trim()) {
                Ok(found) => (found.copied(), None),
                Err(reason) => (None, Some(reason)),
            };
            orphans += u64::from(orphaned.is_some());
            assembly.add_location(&id, row.line(), Location { listing, orphaned, ..Location::default() });
            Ok(())
        })?;
        if orphans > 0 {
            let rows = counted(orphans, "row names", "rows name");
            let note = "an organization that was rejected; only locations that a service links to are kept";
            self.assembly.notes.push(format!("{}: {rows} {note}.", sheet.name()));
        }
        Ok(())
    }

    fn services(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(SERVICES)? else { return Ok(()) };
        let columns = ServiceColumns::of(&sheet)?;
        self.assembly.services.call_table(sheet.name());
        self.each(&mut sheet, |assembly, row| {
            let id = fresh_id(row, columns.common.id, |id| assembly.services.fresh(id))?;
            take_service(assembly, &columns, row, id)
        })?;
        let Assembly { services, rejects, .. } = &mut self.assembly;
        services.refuse_all(rejects, columns.common.id);
        Ok(())
    }

    fn services_at_locations(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(SERVICES_AT_LOCATIONS)? else { return Ok(()) };
        let id = sheet.column("id")?;
        let (service, location) = (sheet.required("service_id")?, sheet.required("location_id")?);
        let mut links = std::mem::take(&mut self.detours.services_at_locations);
        self.each(&mut sheet, |assembly, row| {
            let service =
                assembly.services.find(row.cell(service).trim())?.copied().ok_or("names no service")?;
            let location =
                assembly.locations.find(row.cell(location).trim())?.copied().ok_or("names no location")?;
            if let Some(place) = assembly.location_mut(location) {
                place.services.push(service);
            }
            links.insert(row.cell(id).trim().to_owned(), service);
            Ok(())
        })?;
        links.remove("");
        self.detours.services_at_locations = links;
        Ok(())
    }

    /// Of contacts only the owner is needed: in HSDS 1 phones refer to contacts.
    fn contacts(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(CONTACTS)? else { return Ok(()) };
        let (id, references) = (sheet.required("id")?, ReferenceColumns::of(&sheet)?);
        let mut detours = std::mem::take(&mut self.detours);
        self.each(&mut sheet, |assembly, row| {
            let owner = references.read(row).owner(assembly, &detours);
            detours.contacts.insert(row.cell(id).trim().to_owned(), owner);
            Ok(())
        })?;
        self.detours = detours;
        Ok(())
    }

    fn phones(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(PHONES)? else { return Ok(()) };
        let (columns, references) = (PhoneColumns::of(&sheet)?, ReferenceColumns::of(&sheet)?);
        let (detours, mut astray) = (std::mem::take(&mut self.detours), 0_u64);
        self.each(&mut sheet, |assembly, row| {
            let named = references.read(row);
            let owner = named.owner(assembly, &detours)?;
            assembly.add_phone(owner, columns.read(row)?);
            let organization = assembly.organizations.get(named.organization);
            astray += u64::from(
                matches!(owner, Owner::Service(place) if organization.is_some_and(|at| *at != place.0)),
            );
            Ok(())
        })?;
        self.detours = detours;
        if astray > 0 {
            let rows = counted(astray, "row names", "rows name");
            let note = "another organization than the one that runs its service; the service was followed";
            self.assembly.notes.push(format!("{}: {rows} {note}.", sheet.name()));
        }
        Ok(())
    }

    fn addresses(&mut self, names: &[&str], kind: AddressKind) -> Result<()> {
        let Some(mut sheet) = self.open(names)? else { return Ok(()) };
        let (columns, references) = (AddressColumns::of(&sheet)?, ReferenceColumns::of(&sheet)?);
        let detours = std::mem::take(&mut self.detours);
        self.each(&mut sheet, |assembly, row| {
            let owner = references.read(row).owner(assembly, &detours)?;
            assembly.add_address(owner, columns.read(row, kind)?);
            Ok(())
        })?;
        self.detours = detours;
        Ok(())
    }

    fn note_what_is_left(&mut self) {
        let left: Vec<&str> = self.files.keys().map(String::as_str).collect();
        if !left.is_empty() {
            self.assembly
                .notes
                .push(format!("Ignored, as nothing in them is imported: {}.", left.join(", ")));
        }
    }
}

fn fresh_id(
    row: &Row<'_>, column: Column, check: impl FnOnce(&str) -> Result<(), String>,
) -> Result<String, String> {
    let id = row.name(column)?.ok_or("has no id")?;
    check(&id)?;
    Ok(id)
}

/// The organization of the row (HSDS 3) or of its location (HSDS 1).
fn take_service(
    assembly: &mut Assembly, columns: &ServiceColumns, row: &Row<'_>, id: String,
) -> Result<(), String> {
    let location_id = row.cell(columns.location).trim();
    let organization = assembly.organizations.find(row.cell(columns.organization).trim())?.copied();
    let location = assembly.locations.find(location_id)?.copied();
    let listing = match (organization, location.and_then(|place| assembly.places.get(place))) {
        (Some(listing), _) => listing,
        (None, Some(Location { listing: Some(listing), .. })) => *listing,
        (None, Some(Location { orphaned, .. })) => {
            let why = orphaned.as_deref().unwrap_or("belongs to no organization");
            return Err(format!("location `{location_id}`: {why}"));
        }
        (None, None) => return Err("names no location and no organization".to_owned()),
    };
    let service = columns.read(row, id)?;
    let place = assembly.add_service(listing, service);
    if let (Some(place), Some(location)) = (place, location.and_then(|at| assembly.location_mut(at))) {
        location.services.push(place);
    }
    Ok(())
}
