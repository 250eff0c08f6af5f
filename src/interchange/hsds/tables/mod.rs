//! Reads a folder of HSDS tables of any version: each file once, referenced tables first.

mod capacity;
mod left;
mod lists;
mod metadata;
mod terms;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use left::Left;
use terms::TERMS_OF_SERVICES;

use super::super::table::{Column, Reading, Row, Table};
use super::assembly::{Assembly, Location, Owner, ServicePlace};
use super::categories::Kept;
use super::details::{self, CONTACT_COLUMNS, LISTS};
use super::entry::Entry;
use super::fields::Columns;
use super::kind::{Kind, Rest};
use super::own;
use super::references::{Detours, ReferenceColumns};
use super::rows::{AddressColumns, ListingColumns, PhoneColumns, ServiceColumns};
use crate::error::Result;
use crate::model::directory::{AddressKind, Coordinates, Detail, DetailKind, Directory, List, Lists, Spoken};
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

const HOURS: &[&[&str]] = &[
    &["schedules.csv", "schedule.csv"],
    &["regular_schedules.csv", "regular_schedule.csv"],
    &["holiday_schedules.csv", "holiday_schedule.csv"],
];

pub(super) fn are_tables<'a>(mut files: impl Iterator<Item = &'a String>) -> bool {
    files.any(|file| ORGANIZATIONS.contains(&table_of(file).as_str()))
}

/// The name of the table in a file, whatever it is written in and however it is packed: that of its CSV.
fn table_of(file: &str) -> String {
    let name = file.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.') {
        Some((stem, "tsv" | "tab" | "txt" | "xlsx" | "ods")) => format!("{stem}.csv"),
        _ => name.to_owned(),
    }
}

pub(super) fn read(files: BTreeMap<String, PathBuf>, how: &Reading) -> Result<Directory> {
    let mut tables = Tables {
        files,
        how,
        assembly: Assembly::default(),
        detours: Detours::default(),
        programs: HashMap::new(),
    };
    tables.terms()?;
    tables.metadata()?;
    tables.attributes_of_others()?;
    tables.organizations()?;
    tables.locations()?;
    tables.programs()?;
    tables.services()?;
    tables.services_at_locations()?;
    tables.contacts()?;
    tables.phones()?;
    for (names, kind) in ADDRESSES {
        tables.addresses(names, *kind)?;
    }
    tables.details()?;
    tables.languages()?;
    tables.hours()?;
    tables.capacities()?;
    tables.terms_of_services()?;
    tables.descriptions_of_tables()?;
    tables.count_what_is_left()?;
    Ok(own::settled(tables.assembly.finish()))
}

struct Tables<'a> {
    how: &'a Reading,
    /// Those not read yet.
    files: BTreeMap<String, PathBuf>,
    assembly: Assembly,
    detours: Detours,
    /// The names of programs by their ids.
    programs: HashMap<String, Detail>,
}

impl Tables<'_> {
    /// The file of a table that was not read yet.
    fn file(&self, names: &[&str]) -> Option<(String, PathBuf)> {
        let mut files = self.files.iter();
        files
            .find(|(file, _)| names.contains(&table_of(file).as_str()))
            .map(|(file, path)| (file.clone(), path.clone()))
    }

    /// None without the table or its header.
    fn open(&mut self, names: &[&str]) -> Result<Option<Table>> {
        let Some((name, path)) = self.file(names) else { return Ok(None) };
        self.files.remove(&name);
        match Table::open(&path.as_path().into(), self.how) {
            Ok(sheet) => {
                self.speak_of(names);
                Ok(Some(sheet))
            }
            Err(error) if error.code() == "import.empty" && names != ORGANIZATIONS => {
                self.assembly.remarks.notes.push(format!("{} is empty.", path.display()));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// A table that is there, if only its header, says that there is no more of its kind.
    fn speak_of(&mut self, names: &[&str]) {
        if names == LOCATIONS {
            self.assembly.says_all(Kind::Location.name());
        }
        let mut add = |list| self.assembly.spoken.add(Spoken::of(list));
        match names {
            PHONES => add(List::Phones),
            CONTACTS => add(List::ContactPersons),
            _ if names == LOCATIONS || names == SERVICES_AT_LOCATIONS => add(List::Locations),
            _ if names == super::capacity::TABLES => add(List::Capacities),
            _ if ADDRESSES.iter().any(|(addresses, _)| *addresses == names) => add(List::Addresses),
            _ if HOURS.contains(&names) => add(List::OpeningHours),
            [one] if TERMS_OF_SERVICES.contains(one) => add(List::Details(DetailKind::Category)),
            _ => {
                let listed = LISTS.iter().find(|(tables, _, _)| *tables == names);
                if let Some((_, _, listed)) = listed {
                    add(List::Details(listed.kind()));
                }
            }
        }
    }

    fn each(
        &mut self, sheet: &mut Table, mut take: impl FnMut(&mut Assembly, &Row<'_>) -> Result<(), String>,
    ) -> Result<()> {
        let mut rejects = Vec::new();
        let assembly = &mut self.assembly;
        sheet.count_others();
        assembly.read += sheet.each(&mut rejects, |row| take(assembly, row))?;
        assembly.rejects.append(&mut rejects);
        Ok(())
    }

    fn organizations(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(ORGANIZATIONS)? else { return Ok(()) };
        let (columns, own) = (ListingColumns::of(&sheet)?, Columns::of(&sheet, &details::COLUMNS)?);
        let left = Left::of(Kind::Organization, &sheet)?;
        self.assembly.organizations.call_table(sheet.name());
        self.each(&mut sheet, |assembly, row| {
            let id = fresh_id(row, columns.id, |id| assembly.organizations.fresh(id))?;
            let mut listing = columns.read(row, id)?;
            let own = own.row(row);
            listing.lists.details = details::own(&own)?;
            listing.lists.spoken = details::spoken(&own);
            let at = assembly.add_listing(listing);
            left.whole(assembly, Owner::Listing(at), row);
            Ok(())
        })?;
        let Assembly { organizations, rejects, .. } = &mut self.assembly;
        organizations.refuse_all(rejects, columns.id);
        Ok(())
    }

    fn locations(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(LOCATIONS)? else { return Ok(()) };
        let (id, organization) = (sheet.required("id")?, sheet.column("organization_id")?);
        let (latitude, longitude) = (sheet.column("latitude")?, sheet.column("longitude")?);
        let own = Columns::of(&sheet, &details::COLUMNS)?;
        let (left, mut orphans) = (Left::of(Kind::Location, &sheet)?, 0_u64);
        self.assembly.locations.call_table(sheet.name());
        self.each(&mut sheet, |assembly, row| {
            let id = fresh_id(row, id, |id| assembly.locations.fresh(id))?;
            let (listing, orphaned) = match assembly.organizations.find(row.cell(organization).trim()) {
                Ok(found) => (found.copied(), None),
                Err(reason) => (None, Some(reason)),
            };
            orphans += u64::from(orphaned.is_some());
            let place = Coordinates::from_degrees(row.cell(latitude), row.cell(longitude));
            let own = own.row(row);
            let lists =
                Lists { details: details::own(&own)?, spoken: details::spoken(&own), ..Lists::default() };
            let rest = vec![left.fields(row, assembly)];
            let location = Location { listing, orphaned, place, lists, rest, ..Location::default() };
            assembly.add_location(&id, row.line(), location);
            Ok(())
        })?;
        if orphans > 0 {
            let rows = counted(orphans, "row names", "rows name");
            let note = "an organization that was rejected; only locations that a service links to are kept";
            self.assembly.remarks.notes.push(format!("{}: {rows} {note}.", sheet.name()));
        }
        Ok(())
    }

    fn services(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(SERVICES)? else { return Ok(()) };
        let columns = ServiceColumns::of(&sheet)?;
        let (own, left) = (Columns::of(&sheet, &details::COLUMNS)?, Left::of(Kind::Service, &sheet)?);
        let (taxonomy_ids, program) = (sheet.column("taxonomy_ids")?, sheet.column("program_id")?);
        let programs = std::mem::take(&mut self.programs);
        self.assembly.services.call_table(sheet.name());
        self.each(&mut sheet, |assembly, row| {
            let id = fresh_id(row, columns.common.id, |id| assembly.services.fresh(id))?;
            let own = own.row(row);
            let mut lists =
                Lists { details: details::own(&own)?, spoken: details::spoken(&own), ..Lists::default() };
            let ids = row.cell(taxonomy_ids).split([',', ';']).map(str::trim).filter(|id| !id.is_empty());
            let ids: Vec<Kept> = ids.map(|id| assembly.terms.of_code(id)).collect();
            lists.details.extend(programs.get(row.cell(program).trim()).cloned());
            for (column, kind) in [(taxonomy_ids, DetailKind::Category), (program, DetailKind::Program)] {
                if !column.is_absent() {
                    lists.spoken.add(Spoken::of(List::Details(kind)));
                }
            }
            let place = take_service(assembly, &columns, row, id, lists)?;
            left.whole(assembly, Owner::Service(place), row);
            for Kept { term, fields } in ids {
                assembly.take(Owner::Service(place), Kind::Attribute, term, fields);
            }
            Ok(())
        })?;
        let Assembly { services, rejects, .. } = &mut self.assembly;
        services.refuse_all(rejects, columns.common.id);
        Ok(())
    }

    fn services_at_locations(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(SERVICES_AT_LOCATIONS)? else { return Ok(()) };
        let id = sheet.column("id")?;
        let (service, location) = (sheet.required("service_id")?, sheet.required("location_id")?);
        let left = Left::of(Kind::ServiceAtLocation, &sheet)?;
        let mut links = std::mem::take(&mut self.detours.services_at_locations);
        self.each(&mut sheet, |assembly, row| {
            let service =
                assembly.services.find(row.cell(service).trim())?.copied().ok_or("names no service")?;
            let location =
                assembly.locations.find(row.cell(location).trim())?.copied().ok_or("names no location")?;
            if let Some(place) = assembly.location_mut(location) {
                place.services.push(service);
            }
            let rest = left.fields(row, assembly);
            if !rest.is_empty() {
                assembly.links.push((service, location, rest));
            }
            links.insert(row.cell(id).trim().to_owned(), service);
            Ok(())
        })?;
        links.remove("");
        self.detours.services_at_locations = links;
        Ok(())
    }

    /// In HSDS 1 phones refer to contacts.
    fn contacts(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(CONTACTS)? else { return Ok(()) };
        let (id, references) = (sheet.required("id")?, ReferenceColumns::of(&sheet)?);
        let (columns, left) = (Columns::of(&sheet, &CONTACT_COLUMNS)?, Left::of(Kind::Contact, &sheet)?);
        let mut detours = std::mem::take(&mut self.detours);
        self.each(&mut sheet, |assembly, row| {
            let owner = references.read(row).owner(assembly, &detours);
            let person = details::contact_person(&columns.row(row))?;
            let fields = left.fields(row, assembly);
            match (owner.as_ref(), person) {
                (Ok(owner), Some(person)) => assembly.take(*owner, Kind::Contact, person, fields),
                (Ok(owner), None) => assembly.remain(*owner, Rest::alone(Kind::Contact, fields)),
                (Err(_), _) => {}
            }
            detours.contacts.insert(row.cell(id).trim().to_owned(), owner);
            Ok(())
        })?;
        self.detours = detours;
        Ok(())
    }

    fn phones(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(PHONES)? else { return Ok(()) };
        let (columns, references) = (PhoneColumns::of(&sheet)?, ReferenceColumns::of(&sheet)?);
        let (id, left) = (sheet.column("id")?, Left::of(Kind::Phone, &sheet)?);
        let mut phones = HashMap::new();
        let (detours, mut astray) = (std::mem::take(&mut self.detours), 0_u64);
        self.each(&mut sheet, |assembly, row| {
            let named = references.read(row);
            let owner = named.owner(assembly, &detours)?;
            let phone = columns.read(row)?;
            phones.insert(row.cell(id).trim().to_owned(), (owner, phone.key()));
            let fields = left.fields(row, assembly);
            assembly.take(owner, Kind::Phone, phone, fields);
            let organization = assembly.organizations.get(named.organization);
            astray += u64::from(
                matches!(owner, Owner::Service(place) if organization.is_some_and(|at| *at != place.0)),
            );
            Ok(())
        })?;
        phones.remove("");
        self.detours = Detours { phones, ..detours };
        if astray > 0 {
            let rows = counted(astray, "row names", "rows name");
            let note = "another organization than the one that runs its service; the service was followed";
            self.assembly.remarks.notes.push(format!("{}: {rows} {note}.", sheet.name()));
        }
        Ok(())
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
    assembly: &mut Assembly, columns: &ServiceColumns, row: &Row<'_>, id: String, lists: Lists,
) -> Result<ServicePlace, String> {
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
    let mut service = columns.read(row, id)?;
    service.lists = lists;
    let place = assembly.add_service(listing, service).ok_or("has lost its organization")?;
    if let Some(location) = location.and_then(|at| assembly.location_mut(at)) {
        location.services.push(place);
    }
    Ok(place)
}
