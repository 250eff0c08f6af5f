//! One row: an agency, a site, a program, or a program at a site.

use super::super::super::table::Row;
use super::super::details::{self, category};
use super::super::fields::Fields;
use super::super::rows::{is_blank, phone_kind};
use super::columns::{ADDRESSES, Found, PERSONS, PHONES};
use crate::model::directory::{
    Address, AddressKind, ContactPerson, Coordinates, Detail, DetailKind, List, Lists, OpeningHours, Phone,
    Service, Spoken, Text,
};

/// In the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Agency,
    Site,
    Program,
    ProgramAtSite,
}

pub(super) struct Record {
    pub(super) level: Level,
    /// The ids of others; empty if there is none.
    pub(super) parent: String,
    pub(super) program: String,
    pub(super) site: String,
    pub(super) parent_name: Option<String>,
    pub(super) place: Option<Coordinates>,
    /// What each of the kinds may have.
    pub(super) service: Service,
    /// Phones, addresses and persons that are not for others.
    pub(super) withheld: u64,
}

/// Reads the row of a table whose columns are these.
pub(super) fn read(found: &Found, row: &Row<'_>) -> Result<Record, String> {
    let name = |field| row.name(found.fields.column(field));
    let text = |field| row.text(found.fields.column(field));
    let reference = |field| Ok::<_, String>(name(field)?.filter(|id| id != "0").unwrap_or_default());
    let source_id = name("id")?.ok_or("has no id")?;
    let parent = reference("parent")?;
    let parent = if parent == source_id { String::new() } else { parent };
    let mut withheld = 0;
    let status = name("active")?;
    let has_status = status.is_some() || row.has(found.fields.column("inactive_since"));
    let service = Service {
        name: row.called(found.fields.column("name"))?.ok_or("has no name")?,
        alternate_name: name("alternate_name")?.or(name("official_name")?),
        description: text("description")?,
        eligibility: text("eligibility")?,
        fees: text("fees")?,
        application_process: text("application_process")?,
        email: name("email")?,
        url: name("url")?,
        active: is_active(status.as_deref(), name("inactive_since")?.as_deref()),
        lists: lists(found, row, &mut withheld)?,
        spoken: Spoken::of_texts(&TEXTS.map(|(text, field)| (text, row.has(found.fields.column(field)))))
            .with(Spoken::of_status(has_status)),
        line: row.line(),
        source_id,
        ..Service::default()
    };
    Ok(Record {
        level: level(name("level")?.as_deref(), &parent)?,
        program: reference("program")?,
        site: reference("site")?,
        parent_name: name("parent_name")?,
        place: Coordinates::from_degrees(
            row.cell(found.fields.column("latitude")),
            row.cell(found.fields.column("longitude")),
        ),
        parent,
        service,
        withheld,
    })
}

const TEXTS: [(Text, &str); 7] = [
    (Text::AlternateName, "alternate_name"),
    (Text::Description, "description"),
    (Text::Email, "email"),
    (Text::Url, "url"),
    (Text::Eligibility, "eligibility"),
    (Text::Fees, "fees"),
    (Text::ApplicationProcess, "application_process"),
];

/// Without a level, what has a parent is a program of it.
fn level(text: Option<&str>, parent: &str) -> Result<Level, String> {
    let Some(text) = text else {
        return Ok(if parent.is_empty() { Level::Agency } else { Level::Program });
    };
    let letters: String = text.chars().filter(|sign| sign.is_alphabetic()).collect();
    match letters.to_lowercase().as_str() {
        "agency" | "organization" | "organisation" | "provider" => Ok(Level::Agency),
        "site" | "location" => Ok(Level::Site),
        "program" | "programme" | "service" => Ok(Level::Program),
        "programatsite" | "programmeatsite" | "serviceatlocation" | "serviceatsite" => {
            Ok(Level::ProgramAtSite)
        }
        _ => Err(format!("the level `{text}` is none of Agency, Site, Program and ProgramAtSite")),
    }
}

/// `Active, but do not refer` takes no referrals either.
fn is_active(status: Option<&str>, inactive_since: Option<&str>) -> bool {
    let Some(status) = status else { return inactive_since.is_none() };
    let status = status.to_lowercase();
    let ends = [
        "inactive", "defunct", "closed", "deleted", "archived", "suspended", "not refer", "temporarily",
        "false", "no", "n", "0",
    ];
    !ends.iter().any(|end| status == *end || end.len() > 2 && status.contains(end))
}

fn lists(found: &Found, row: &Row<'_>, withheld: &mut u64) -> Result<Lists, String> {
    let own = found.fields.row(row);
    let mut lists = Lists {
        details: details::own(&own)?,
        opening_hours: hours(row.text(found.fields.column("hours"))?).into_iter().collect(),
        spoken: details::spoken(&own),
        ..Lists::default()
    };
    lists.details.extend(categories(&own)?);
    let is_private = |beginning: &str, end: &str| -> Result<bool, String> {
        let text = row.name(found.family(beginning, end))?.unwrap_or_default().to_lowercase();
        Ok(matches!(text.as_str(), "true" | "yes" | "y" | "1"))
    };
    let mut keep = |is_private: bool| {
        *withheld += u64::from(is_private);
        !is_private
    };
    if let Some(number) = row.name(found.fields.column("phone"))? {
        lists.phones.push(Phone { number, kind: phone_kind(None), ..Phone::default() });
    }
    for (beginning, kind, label) in PHONES {
        if let Some(phone) = phone(found, row, beginning, kind, label)?
            && keep(is_private(beginning, "IsPrivate")?)
        {
            lists.phones.push(phone);
        }
    }
    for (address, is_private) in addresses(found, row, is_private)? {
        if keep(is_private) {
            lists.addresses.push(address);
        }
    }
    for beginning in PERSONS {
        let person = person(found, row, beginning)?;
        if person != ContactPerson::default() && keep(is_private(beginning, "IsPrivate")?) {
            let number = row.name(found.family(beginning, "PhoneNumber"))?;
            lists.phones.extend(number.map(|number| Phone {
                number,
                kind: phone_kind(None),
                department: person.name.clone().or(person.title.clone()),
                ..Phone::default()
            }));
            lists.contact_persons.push(person);
        }
    }
    lists.spoken.add(spoken(found));
    Ok(lists)
}

/// What the columns speak of, if only with empty cells.
fn spoken(found: &Found) -> Spoken {
    let has = |field| !found.fields.column(field).is_absent();
    let there = [
        (List::Phones, has("phone") || found.has_any(&["Phone"])),
        (List::Addresses, has("address") || has("city") || has("postal_code") || found.has_any(&ADDRESSES)),
        (List::OpeningHours, has("hours")),
        (List::ContactPersons, found.has_any(&PERSONS)),
        (List::Details(DetailKind::Category), has("taxonomy_terms") || has("taxonomy_codes")),
    ];
    let mut spoken = Spoken::default();
    for (list, _) in there.into_iter().filter(|(_, is_there)| *is_there) {
        spoken.add(Spoken::of(list));
    }
    spoken
}

fn phone(
    found: &Found, row: &Row<'_>, beginning: &str, kind: &str, label: Option<&str>,
) -> Result<Option<Phone>, String> {
    let name = |end| row.name(found.family(beginning, end));
    let Some(number) = name("Number")?.or(name("")?) else { return Ok(None) };
    let written = name("Type")?.map(|kind| kind.to_lowercase());
    let is_kind = |kind: &&String| ["fax", "tty", "voice", "sms", "text", "cell"].contains(&kind.as_str());
    Ok(Some(Phone {
        number,
        extension: None,
        kind: written.as_ref().filter(is_kind).cloned().unwrap_or_else(|| kind.to_owned()),
        department: name("Name")?
            .or(name("Description")?)
            .or(label.map(str::to_owned))
            .or(written.filter(|kind| !is_kind(&kind))),
    }))
}

/// The physical address and those of iCarol, with whether they are private.
fn addresses(
    found: &Found, row: &Row<'_>, is_private: impl Fn(&str, &str) -> Result<bool, String>,
) -> Result<Vec<(Address, bool)>, String> {
    let name = |field| row.name(found.fields.column(field));
    let hidden = name("address_is_private")?.unwrap_or_default().to_lowercase();
    let physical = Address {
        line_1: name("address")?,
        line_2: name("address_2")?,
        city: name("city")?,
        region: name("region")?,
        postal_code: name("postal_code")?,
        country: name("country")?,
        ..Address::default()
    };
    let mut all = vec![(physical, matches!(hidden.as_str(), "true" | "yes" | "y" | "1"))];
    for beginning in ADDRESSES {
        let name = |end| row.name(found.family(beginning, end));
        let address = Address {
            attention: name("AttentionName")?,
            line_1: name("Address1")?,
            line_2: name("Address2")?,
            city: name("City")?,
            region: name("StateProvince")?,
            postal_code: name("PostalCode")?,
            country: name("Country")?,
            kind: if beginning == "Mailing" { AddressKind::Postal } else { AddressKind::Physical },
            place: None,
        };
        all.push((address, is_private(beginning, "AddressIsPrivate")?));
    }
    all.retain(|(address, _)| !is_blank(address));
    Ok(all)
}

fn person(found: &Found, row: &Row<'_>, beginning: &str) -> Result<ContactPerson, String> {
    let name = |end| row.name(found.family(beginning, end));
    Ok(ContactPerson {
        name: name("Name")?,
        title: name("Title")?,
        department: None,
        email: name("EmailAddress")?,
    })
}

fn hours(text: Option<String>) -> Option<OpeningHours> {
    text.map(|text| OpeningHours { note: Some(text), ..OpeningHours::default() })
}

/// As many names as codes belong to each other, in their order.
fn categories(fields: &impl Fields) -> Result<Vec<Detail>, String> {
    let parts = |key| -> Result<Vec<String>, String> {
        let text = fields.name(key)?.unwrap_or_default();
        let parts = text.split([';', '|', '*']).map(str::trim).filter(|part| !part.is_empty());
        Ok(parts.map(str::to_owned).collect())
    };
    let (names, codes) = (parts("taxonomy_terms")?, parts("taxonomy_codes")?);
    if names.len() == codes.len() {
        return Ok(names
            .into_iter()
            .zip(codes)
            .map(|(name, code)| category(name, Some(code), None))
            .collect());
    }
    let named = names.into_iter().map(|name| category(name, None, None));
    Ok(named.chain(codes.into_iter().map(|code| category(code.clone(), Some(code), None))).collect())
}
