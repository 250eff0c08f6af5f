//! The tables of terms, and which of them describe which service.

use std::io::Read;

use serde_json::Value;

use super::super::super::table::{self, Table};
use super::super::assembly::{About, Assembly, Owner};
use super::super::categories::{self, Kept};
use super::super::fields::{Columns, Fields};
use super::super::kind::Kind;
use super::super::object::Object;
use super::super::said;
use super::Tables;
use super::left::Left;
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
const LINKS: [&str; 7] =
    ["id", "service_id", "link_id", "link_entity", "taxonomy_term_id", "taxonomy_id", "value"];

impl Tables<'_> {
    pub(super) fn terms(&mut self) -> Result<()> {
        self.taxonomies()?;
        for names in TERMS {
            let Some(mut sheet) = self.open(names)? else { continue };
            self.assembly.says_all(Kind::Term.name());
            let columns = Columns::of(&sheet, &categories::COLUMNS)?;
            let left = Left::of(Kind::Term, &sheet)?;
            self.each(&mut sheet, |assembly, row| {
                let rest = left.fields(row, assembly);
                assembly.terms.add(&columns.row(row), rest)
            })?;
        }
        self.assembly.is_own = self.assembly.terms.are_own();
        Ok(())
    }

    /// The names of taxonomies, which terms name by their ids.
    fn taxonomies(&mut self) -> Result<()> {
        let Some(mut sheet) = self.open(TAXONOMIES)? else { return Ok(()) };
        self.assembly.says_all(Kind::Taxonomy.name());
        let columns = Columns::of(&sheet, &["id", "name", "description"])?;
        let left = Left::of(Kind::Taxonomy, &sheet)?;
        self.each(&mut sheet, |assembly, row| {
            let rest = left.fields(row, assembly);
            assembly.terms.add_row_of_taxonomies(&columns.row(row), rest)
        })
    }

    /// Attributes of what is no organization, no service and no location, a phone for example, which go with it.
    pub(super) fn attributes_of_others(&mut self) -> Result<()> {
        for name in TERMS_OF_SERVICES {
            let Some((_, path)) = self.file(&[name]) else { continue };
            let Ok(mut sheet) = Table::open(&path.as_path().into(), self.how) else { continue };
            let (columns, left) = (Columns::of(&sheet, &LINKS)?, Left::of(Kind::Attribute, &sheet)?);
            self.assembly.says_all(Kind::Attribute.name());
            sheet.count_others();
            let assembly = &mut self.assembly;
            // The rows are read once more with all others, and what is wrong with one is said then.
            sheet.each(&mut Vec::new(), |row| {
                let link = Link::of(&columns.row(row))?;
                if !link.is_of_others() {
                    return Ok(());
                }
                match assembly.terms.own(&link.term) {
                    Some(said::ENTRY) => assembly.say_own(&link.value.unwrap_or_default()),
                    Some(_) => {}
                    None => {
                        let rest = left.fields(row, assembly);
                        link.put_beside(assembly, rest);
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// A table of links, and the JSON files that some exports have for it.
    pub(super) fn terms_of_services(&mut self) -> Result<()> {
        for name in TERMS_OF_SERVICES {
            let Some(mut sheet) = self.open(&[name])? else { continue };
            let (columns, left) = (Columns::of(&sheet, &LINKS)?, Left::of(Kind::Attribute, &sheet)?);
            self.each(&mut sheet, |assembly, row| {
                let link = Link::of(&columns.row(row))?;
                if link.is_of_others() {
                    return Ok(());
                }
                let owner = match link.owner(assembly) {
                    Ok(Some(owner)) => owner,
                    Ok(None) => return Ok(()),
                    Err(reason) if link.is_of_service => return Err(reason),
                    Err(_) => {
                        let rest = left.fields(row, assembly);
                        link.put_beside(assembly, rest);
                        return Ok(());
                    }
                };
                if let Some(name) = assembly.terms.own(&link.term).map(str::to_owned) {
                    if let Some(lists) = assembly.lists_mut(owner) {
                        lists.own.push((name, link.value.unwrap_or_default()));
                    }
                    return Ok(());
                }
                let Kept { term, fields: mut rest } = assembly.terms.of_id(&link.term);
                rest.extend(left.fields(row, assembly));
                rest.extend(link.value.map(|value| ("value".to_owned(), value.into())));
                rest.sort_keys();
                assembly.take(owner, Kind::Attribute, term, rest);
                Ok(())
            })?;
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
                    let Kept { term, fields } = self.assembly.terms.of_id(&key);
                    self.assembly.take(Owner::Service(service), Kind::Attribute, term, fields);
                }
            }
        }
        Ok(())
    }
}

/// Which term a row says of what.
struct Link {
    term: String,
    /// What it is about: a service if the table is one of services.
    entity: String,
    id: String,
    is_of_service: bool,
    value: Option<String>,
    /// The id of the row itself.
    row_id: String,
}

impl Link {
    fn of(fields: &impl Fields) -> Result<Self, String> {
        Ok(Link {
            term: fields.first_name(&["taxonomy_term_id", "taxonomy_id"])?.ok_or("names no term")?,
            entity: fields.field("link_entity").trim().to_lowercase(),
            id: fields.first_name(&["service_id", "link_id"])?.ok_or("names no service")?,
            is_of_service: !fields.field("service_id").is_empty(),
            value: fields.text("value")?,
            row_id: fields.name("id")?.unwrap_or_default(),
        })
    }

    /// Whether it is about something else than an organization, a service or a location.
    fn is_of_others(&self) -> bool {
        !matches!(self.entity.as_str(), "" | "organization" | "service" | "location")
    }

    /// What it is about, by its id alone; none if it has no id.
    fn owner(&self, assembly: &Assembly) -> Result<Option<Owner>, String> {
        let service = assembly.services.find(&self.id).map(Option::<&_>::copied);
        let organization = assembly.organizations.get(&self.id).copied();
        let location = assembly.locations.get(&self.id).copied();
        match (service, organization, location) {
            (Ok(Some(service)), ..) => Ok(Some(Owner::Service(service))),
            (_, Some(organization), _) => Ok(Some(Owner::Listing(organization))),
            (_, _, Some(location)) => Ok(Some(Owner::Location(location))),
            (service, ..) => service.map(|_| None),
        }
    }

    /// Keeps it for what it is about, with what else its row says.
    fn put_beside(self, assembly: &mut Assembly, rest: Object) {
        let mut attribute = rest;
        let term = categories::object(&assembly.terms.of_id(&self.term).term);
        attribute.insert("taxonomy_term".to_owned(), Value::Object(term));
        attribute.extend(self.value.map(|value| ("value".to_owned(), value.into())));
        attribute.sort_keys();
        let about = About { id: self.row_id, fields: attribute };
        assembly.attribute_of((&self.entity, &self.id), about);
    }
}
