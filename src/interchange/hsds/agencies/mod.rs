//! Reads one table whose rows are agencies, their sites and their programs, as iCarol exports them: agencies become
//! providers, programs become resources of their agency, and sites are the places of both.

mod columns;
mod record;

use columns::Found;
use record::{Level, Record};

use super::super::table::{Reading, Table};
use super::assembly::{Assembly, Location, ServicePlace};
use super::object;
use crate::error::Result;
use crate::file::Input;
use crate::model::directory::{
    AddressKind, Coordinates, Detail, DetailKind, Directory, Listing, Lists, Reject, Service,
};
use crate::model::text::counted;

/// None if the headings say that all rows are of one kind. Errors are those of [`Table`].
pub(crate) fn read(input: &Input, how: &Reading) -> Result<Option<Directory>> {
    let mut table = Table::open(input, how)?;
    let Some(found) = Found::of(&mut table, how)? else { return Ok(None) };
    let mut agencies = Agencies::default();
    agencies.assembly.organizations.call_table(table.name());
    agencies.assembly.locations.call_table(table.name());
    agencies.assembly.services.call_table(table.name());
    let mut rows: Vec<(Record, Reject)> = Vec::new();
    let (mut rejects, mut rejected_ids) = (Vec::new(), Vec::new());
    let id = found.fields.column("id");
    agencies.assembly.read = table.each(&mut rejects, |row| {
        let record =
            record::read(&found, row).inspect_err(|_| rejected_ids.push(row.cell(id).trim().to_owned()))?;
        rows.push((record, row.reject("")));
        Ok(())
    })?;
    agencies.assembly.organizations.refuse_all(&rejects, id);
    agencies.assembly.rejects = rejects;
    agencies.assembly.remarks = table.remarks();
    // A program may stand before its agency.
    rows.sort_by_key(|(record, _)| record.level);
    for (record, row) in rows {
        let id = record.service.source_id.clone();
        if let Err(reason) = agencies.take(record) {
            agencies.assembly.rejects.push(Reject { reason, ..row });
            rejected_ids.push(id);
        }
    }
    Ok(Some(Directory { rejected_ids, ..agencies.finish(table.name()) }))
}

#[derive(Default)]
struct Agencies {
    assembly: Assembly,
    withheld: u64,
    closed_sites: u64,
    closed_programs: u64,
}

impl Agencies {
    fn take(&mut self, record: Record) -> Result<(), String> {
        self.withheld += record.withheld;
        match record.level {
            Level::Agency => self.agency(record),
            Level::Site => self.site(record),
            Level::Program => self.program(record).map(drop),
            Level::ProgramAtSite => self.program_at_site(record),
        }
    }

    fn agency(&mut self, record: Record) -> Result<(), String> {
        let Record { service: row, place, .. } = record;
        self.assembly.organizations.fresh(&row.source_id)?;
        self.leave("agency", [("application_process", row.application_process)]);
        let mut lists = row.lists;
        locate(&mut lists, place);
        let texts = [(row.eligibility, DetailKind::Audience), (row.fees, DetailKind::Cost)];
        let texts = texts.into_iter().filter_map(|(text, kind)| Some((text?, kind)));
        lists.details.extend(texts.map(|(name, kind)| Detail { kind, name, code: None, note: None }));
        self.assembly.add_listing(Listing {
            source_id: row.source_id,
            name: row.name,
            alternate_name: row.alternate_name,
            description: row.description,
            email: row.email,
            url: row.url,
            active: row.active,
            spoken: row.spoken,
            lists,
            line: row.line,
            ..Listing::default()
        });
        Ok(())
    }

    /// The agency of a row. One that has no row, as in an export of what has changed, is known by its name alone.
    fn agency_of(&mut self, record: &Record) -> Result<usize, String> {
        let Record { parent, parent_name, service, .. } = record;
        if let (false, Some(name)) = (self.assembly.organizations.knows(parent), parent_name) {
            let listing = Listing {
                source_id: parent.clone(),
                name: name.clone(),
                active: true,
                line: service.line,
                ..Listing::default()
            };
            self.assembly.add_listing(listing);
        }
        let found = self.assembly.organizations.find(parent)?.copied();
        found.ok_or_else(|| "names no agency".to_owned())
    }

    /// The places of a closed site are those of no program.
    fn site(&mut self, record: Record) -> Result<(), String> {
        self.assembly.locations.fresh(&record.service.source_id)?;
        let listing = self.agency_of(&record)?;
        let Record { service: row, place, .. } = record;
        let is_agency = self.assembly.listings.get(listing).is_some_and(|agency| agency.name == row.name);
        self.leave("site", texts(&row).into_iter().filter(|(field, _)| *field != "name" || !is_agency));
        let Service { source_id, active, lists, line, .. } = row;
        self.closed_sites += u64::from(!active);
        let (listing, lists) = if active { (Some(listing), lists) } else { (None, Lists::default()) };
        self.assembly.add_location(
            &source_id,
            line,
            Location { listing, place, lists, ..Location::default() },
        );
        Ok(())
    }

    fn program(&mut self, record: Record) -> Result<ServicePlace, String> {
        self.assembly.services.fresh(&record.service.source_id)?;
        let listing = self.agency_of(&record)?;
        let Record { mut service, site, place, .. } = record;
        locate(&mut service.lists, place);
        let at = self.assembly.add_service(listing, service).ok_or("has lost its agency")?;
        self.link(at, &site);
        Ok(at)
    }

    /// What is said of a program at a site is said of the program. Where that has no row, its first site stands for it.
    fn program_at_site(&mut self, record: Record) -> Result<(), String> {
        let known = self.assembly.services.get(&record.program).copied();
        let Some(at) = known else {
            let mut record = record;
            if !record.program.is_empty() {
                record.service.source_id.clone_from(&record.program);
            }
            return self.program(record).map(drop);
        };
        let Record { mut service, site, place, .. } = record;
        locate(&mut service.lists, place);
        let mut said = texts(&service);
        if let Some(kept) = self.assembly.service_mut(at) {
            if service.active {
                kept.lists.extend_from(&service.lists);
                object::complete_service(kept, service);
            } else {
                self.closed_programs += 1;
            }
            for ((_, said), (_, kept)) in said.iter_mut().zip(texts(kept)) {
                said.take_if(|said| kept.as_ref() == Some(said));
            }
        }
        self.leave("program_at_site", said);
        self.link(at, &site);
        Ok(())
    }

    /// Counts texts of a row for which its provider or program has no place (rule 5.2).
    fn leave(&mut self, level: &str, texts: impl IntoIterator<Item = (&'static str, Option<String>)>) {
        for (field, _) in texts.into_iter().filter(|(_, text)| text.is_some()) {
            *self.assembly.remarks.not_kept.entry(format!("{level}.{field}")).or_default() += 1;
        }
    }

    /// A site that is in no row has its address in the rows that name it.
    fn link(&mut self, program: ServicePlace, site: &str) {
        let site = self.assembly.locations.get(site).copied();
        if let Some(site) = site.and_then(|at| self.assembly.location_mut(at)) {
            site.services.push(program);
        }
    }

    fn finish(mut self, table: &str) -> Directory {
        let left = [
            (
                self.withheld,
                "private number, address or person is",
                "private numbers, addresses and persons are",
            ),
            (self.closed_sites, "site that is not active is", "sites that are not active are"),
            (
                self.closed_programs,
                "program at a site, not active there, is",
                "programs at sites, not active there, are",
            ),
        ];
        for (count, one, many) in left.into_iter().filter(|(count, ..)| *count > 0) {
            let rows = counted(count, one, many);
            self.assembly.remarks.notes.push(format!("{table}: {rows} left aside."));
        }
        self.assembly.finish()
    }
}

/// What is said of a row in texts.
fn texts(row: &Service) -> [(&'static str, Option<String>); 8] {
    [
        ("name", Some(row.name.clone())),
        ("alternate_name", row.alternate_name.clone()),
        ("description", row.description.clone()),
        ("eligibility", row.eligibility.clone()),
        ("fees", row.fees.clone()),
        ("application_process", row.application_process.clone()),
        ("email", row.email.clone()),
        ("url", row.url.clone()),
    ]
}

fn locate(lists: &mut Lists, place: Option<Coordinates>) {
    for address in lists.addresses.iter_mut().filter(|address| address.kind == AddressKind::Physical) {
        address.place = address.place.or(place);
    }
}
