//! The tables of terms, and which of them describe which service.

use std::io::Read;

use super::super::super::table;
use super::super::assembly::Owner;
use super::super::categories::{self, Kept};
use super::super::fields::{Columns, Fields};
use super::super::kind::Kind;
use super::Tables;
use super::left::{Left, stem};
use crate::error::Result;
use crate::model::directory::{DetailKind, List, Spoken};

/// Tables of terms, the most exact names first.
const TERMS: &[&[&str]] =
    &[&["taxonomy_terms.csv", "taxonomy_term.csv"], &["taxonomy.csv"], &["taxonomy_mapping.csv"]];
/// Which taxonomies there are (HSDS 3).
const TAXONOMIES: &[&str] = &["taxonomies.csv"];
/// Which service has which term.
pub(super) const TERMS_OF_SERVICES: &[&str] = &[
    "attributes.csv", "attribute.csv", "service_attributes.csv", "service_taxonomy.csv",
    "services_taxonomy.csv",
];

/// That the link is to a service or an organization shows by its id.
const LINKS: [&str; 6] = ["service_id", "link_id", "link_entity", "taxonomy_term_id", "taxonomy_id", "value"];

impl Tables<'_> {
    pub(super) fn terms(&mut self) -> Result<()> {
        self.taxonomies()?;
        for names in TERMS {
            let Some(mut sheet) = self.open(names)? else { continue };
            let columns = Columns::of(&sheet, &categories::COLUMNS)?;
            let left = Left::of(Kind::Term, &sheet)?;
            let table = stem(sheet.name()).to_owned();
            let mut terms = std::mem::take(&mut self.terms);
            self.each(&mut sheet, |assembly, row| {
                let rest = left.fields(row, &mut assembly.remarks.not_kept);
                terms.add(&columns.row(row), &table, rest)
            })?;
            self.terms = terms;
        }
        Ok(())
    }

    /// The names of taxonomies, which terms name by their ids.
    fn taxonomies(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(TAXONOMIES)? else { return Ok(()) };
        let columns = Columns::of(&sheet, &["id", "name"])?;
        let left = Left::of(Kind::Taxonomy, &sheet)?;
        let mut names = std::mem::take(&mut self.terms.taxonomies);
        self.each(&mut sheet, |assembly, row| {
            let fields = columns.row(row);
            let rest = left.fields(row, &mut assembly.remarks.not_kept);
            names.extend(fields.name("id")?.zip(fields.name("name")?.map(|name| (name, rest))));
            Ok(())
        })?;
        self.terms.taxonomies = names;
        Ok(())
    }

    /// A table of links, and the JSON files that some exports have for it.
    pub(super) fn terms_of_services(&mut self) -> Result<()> {
        for name in TERMS_OF_SERVICES {
            let Some(mut sheet) = self.open(&[name])? else { continue };
            let (columns, left) = (Columns::of(&sheet, &LINKS)?, Left::of(Kind::Attribute, &sheet)?);
            let (mut terms, mut astray) = (std::mem::take(&mut self.terms), 0);
            self.each(&mut sheet, |assembly, row| {
                let fields = columns.row(row);
                let term = fields.first_name(&["taxonomy_term_id", "taxonomy_id"])?.ok_or("names no term")?;
                let of = fields.first_name(&["service_id", "link_id"])?.ok_or("names no service")?;
                let service = assembly.services.find(&of).map(Option::<&_>::copied);
                let organization = assembly.organizations.get(&of).copied();
                let location = assembly.locations.get(&of).copied();
                let owner = match (service, organization, location.map(Owner::Location)) {
                    (Ok(Some(service)), ..) => Owner::Service(service),
                    (_, Some(organization), _) => Owner::Listing(organization),
                    (_, _, Some(location)) => location,
                    // An attribute may describe anything, a phone for example.
                    _ if fields.field("service_id").is_empty() => {
                        astray += 1;
                        return Ok(());
                    }
                    (Err(reason), ..) => return Err(reason),
                    (Ok(None), ..) => return Ok(()),
                };
                let value = fields.text("value")?;
                if let Some(name) = terms.own(&term) {
                    if let Some(lists) = assembly.lists_mut(owner) {
                        lists.own.push((name.clone(), value.unwrap_or_default()));
                    }
                    return Ok(());
                }
                let Kept { term, fields: mut rest } = terms.of_id(&term);
                rest.extend(left.fields(row, &mut assembly.remarks.not_kept));
                rest.extend(value.map(|value| ("value".to_owned(), value.into())));
                rest.sort_keys();
                assembly.take(owner, Kind::Attribute, term, rest);
                Ok(())
            })?;
            self.terms = terms;
            self.count_rows(&sheet, astray);
        }
        self.json_lists_of_terms()
    }

    fn json_lists_of_terms(&mut self) -> Result<()> {
        let files = self.files.iter().filter(|(file, _)| {
            let (stem, end) = file.rsplit_once('.').unwrap_or_default();
            stem.to_lowercase().contains("categor") && end.eq_ignore_ascii_case("json")
        });
        for (file, path) in files.map(|(file, path)| (file.clone(), path.clone())).collect::<Vec<_>>() {
            let input = path.as_path().into();
            let mut text = String::new();
            let mut source = table::open(&input, self.how)?;
            let read = source.text.read_to_string(&mut text);
            read.map_err(|error| crate::file::unreadable(&file, error))?;
            let Some(lists) = categories::by_service(&text) else { continue };
            self.files.remove(&file);
            self.assembly.read += lists.len() as u64;
            self.assembly.spoken.add(Spoken::of(List::Details(DetailKind::Category)));
            for (service, keys) in lists {
                let Some(service) = self.assembly.services.get(&service).copied() else { continue };
                for key in keys {
                    let Kept { term, fields } = self.terms.of_id(&key);
                    self.assembly.take(Owner::Service(service), Kind::Attribute, term, fields);
                }
            }
        }
        Ok(())
    }
}
