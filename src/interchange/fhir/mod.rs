//! Reads clients from FHIR R4: Patient resources in a Bundle, alone in a file, one per line (NDJSON), or a
//! folder of such files. Only the needed fields are kept while reading, so a large bundle takes little
//! memory.

mod contact_point;
mod left;
mod raw;
mod resource;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Deserializer;

use self::contact_point::{address, phones, postal_code};
pub(crate) use self::raw::objects;
use self::resource::Resource;
use super::table::{self, Reading};
use super::{json_file, json_object};
use crate::error::{Error, Result};
use crate::file::Input;
use crate::model::client;
use crate::model::edit::Edit;
use crate::model::limit;
use crate::model::people::{Death, Emptied, People, Person, PersonReject, PersonRemark};
use crate::model::time;

/// The parts of an element that are not read, by their names; none of a part that is null.
type Others = BTreeMap<String, Option<IgnoredAny>>;

const NOT_FHIR: (&str, &str) = ("import.not_fhir", "FHIR R4");

/// Reads every Patient below `path` (<https://hl7.org/fhir/R4/patient.html>) and ignores all other resources.
///
/// The name is the one with use `official`, else `usual`, else the first that is neither `old` nor `maiden`, which are
/// former names; `name.text` is the family name only if no name has parts. A birth date without a day is legal in FHIR; it is left out, never completed, with a
/// remark. The postal code is that of the home address, else of the first other one that is not `old`. An
/// unusable Patient becomes a reject, and a table of such rejects is read like a file of Patients; a file that is not JSON or not FHIR fails with `import.not_json` or
/// `import.not_fhir`, and `import.no_patients` means that there was none.
pub(crate) fn patients(input: &Input, how: &Reading) -> Result<People> {
    let mut people = People::default();
    if input.is_folder() {
        for file in json_file::listing(input.path())? {
            read_file(&file, &mut people)?;
        }
    } else if let Some(objects) = objects_of_table(input, how)? {
        for (place, json) in &objects {
            read_object(place, json, &mut people);
        }
    } else {
        read_file(input, &mut people)?;
    }
    if people.read == 0 {
        let message = format!("`{}` holds no Patient resource", input.name());
        return Err(Error::invalid("import.no_patients", message).hint(
            "give a FHIR R4 Bundle, a Patient, an NDJSON file of Patients, or a folder of `.json` files",
        ));
    }
    Ok(people)
}

/// Whether these are Patients that were rejected before.
pub(crate) fn are_rejected(input: &Input, how: &Reading) -> Result<bool> {
    let objects = if input.is_folder() { None } else { objects_of_table(input, how)? };
    Ok(objects.is_some_and(|objects| objects.iter().any(|(_, json)| json.contains("\"resourceType\""))))
}

/// The places and the objects of a table of rejected objects; none of any other file.
fn objects_of_table(input: &Input, how: &Reading) -> Result<Option<Vec<(String, String)>>> {
    if table::opening(input, how)?.trim_start().starts_with(['{', '[']) {
        return Ok(None);
    }
    table::rejected_objects(input, how)
}

/// A Patient, or an entry of a Bundle.
fn read_object(place: &str, json: &str, people: &mut People) {
    let entry = serde_json::from_str::<Entry>(json);
    let read = entry.and_then(|entry| match entry.resource {
        Some(resource) => Ok((resource, entry.full_url)),
        None => serde_json::from_str(json).map(|resource| (resource, None)),
    });
    match read {
        Ok((resource, full_url)) => read_patient(place.to_owned(), resource, full_url.as_deref(), people),
        Err(error) => {
            people.read = people.read.saturating_add(1);
            let reason = format!("is no Patient: {error}");
            people.rejects.push(PersonReject { place: place.to_owned(), reason });
        }
    }
}

/// An entry of a Bundle.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "fullUrl")]
    full_url: Option<String>,
    resource: Option<Resource>,
}

#[derive(Default, Deserialize)]
struct HumanName {
    #[serde(rename = "use")]
    purpose: Option<String>,
    text: Option<String>,
    family: Option<String>,
    #[serde(default)]
    given: Vec<Option<String>>,
    #[serde(flatten)]
    others: Others,
}

/// To another Patient of the source who is the same person.
#[derive(Deserialize)]
struct Link {
    #[serde(rename = "type")]
    kind: Option<String>,
    other: Option<Other>,
}

impl Link {
    fn is_replaced_by(&self) -> bool {
        self.kind.as_deref() == Some("replaced-by")
    }
}

#[derive(Deserialize)]
struct Other {
    reference: Option<String>,
}

/// A field that may hold another type than in a Patient; then one Patient is bad, not the file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Loose<T> {
    Right(T),
    Wrong(IgnoredAny),
}

fn read_file(input: &Input, people: &mut People) -> Result<()> {
    if json_file::ends_in(input.path(), &["ndjson", "jsonl"]) {
        return read_lines(input, people);
    }
    let mut documents = Deserializer::from_reader(json_file::open(input)?).into_iter::<Resource>();
    let Some(first) = documents.next() else {
        return Err(Error::invalid("import.not_json", format!("`{}` is empty", input.name())));
    };
    let first = first.map_err(|error| json_file::json_error(input, NOT_FHIR, 0, error))?;
    match documents.next() {
        None => read_document(input.path(), &input.name(), first, people),
        // A second document must be the next line of NDJSON.
        Some(Ok(_)) => read_lines(input, people),
        Some(Err(error)) => Err(json_file::json_error(input, NOT_FHIR, 0, error)),
    }
}

fn read_lines(input: &Input, people: &mut People) -> Result<()> {
    for (before, line) in json_file::open(input)?.lines().enumerate() {
        let line = line.map_err(|error| input.unreadable(error))?;
        if line.trim().is_empty() {
            continue;
        }
        let resource = serde_json::from_str(&line)
            .map_err(|error| json_file::json_error(input, NOT_FHIR, before, error))?;
        let place = format!("{}:{}", input.name(), before.saturating_add(1));
        read_document(input.path(), &place, resource, people)?;
    }
    Ok(())
}

fn read_document(path: &Path, place: &str, document: Resource, people: &mut People) -> Result<()> {
    match document.kind.as_deref() {
        None => {
            let message = format!("`{}` is not FHIR R4: no `resourceType` in `{place}`", path.display());
            Err(Error::invalid(NOT_FHIR.0, message))
        }
        Some("Bundle") => {
            for (position, entry) in document.entry.into_iter().enumerate() {
                read_entry(place, position, entry, people);
            }
            Ok(())
        }
        Some(_) => {
            read_patient(place.to_owned(), document, None, people);
            Ok(())
        }
    }
}

fn read_entry(file: &str, position: usize, entry: Entry, people: &mut People) {
    let Some(resource) = entry.resource else { return };
    let place = entry_place(file, position, entry.full_url.as_deref());
    read_patient(place, resource, entry.full_url.as_deref(), people);
}

/// An entry without a `fullUrl` is named by its number from 1.
fn entry_place(file: &str, position: usize, full_url: Option<&str>) -> String {
    match full_url {
        Some(url) => format!("{file} {url}"),
        None => format!("{file} entry {}", position.saturating_add(1)),
    }
}

fn read_patient(place: String, resource: Resource, full_url: Option<&str>, people: &mut People) {
    let Some("Patient") = resource.kind.as_deref() else {
        let kind = resource.kind.unwrap_or_else(|| "resource without a type".to_owned());
        *people.not_kept.entry(kind).or_default() += 1;
        return;
    };
    left::leave(&mut people.not_kept, &resource);
    people.read = people.read.saturating_add(1);
    match person(place.clone(), resource, full_url) {
        Ok((person, remarks)) => {
            people.people.push(person);
            let place = |text| PersonRemark { place: place.clone(), text };
            people.remarks.extend(remarks.into_iter().map(place));
        }
        Err(reason) => people.rejects.push(PersonReject { place, reason }),
    }
}

/// The person and what was left out, or the reason why it is invalid.
fn person(place: String, patient: Resource, full_url: Option<&str>) -> Result<(Person, Vec<String>), String> {
    if let Some(key) = &patient.twice {
        return Err(json_object::twice(key));
    }
    let source_id = source_id(right("id", patient.id)?, full_url)?;
    let names = right("name", patient.name)?.unwrap_or_default();
    let former_names = former_names(&names);
    let (given, family) = name(&names)?;
    for name in former_names.iter().chain([&given, &family]) {
        limit::NAME.hold(name)?;
    }
    let addresses = right("address", patient.address)?.unwrap_or_default();
    let (postal_code, address) = (postal_code(&addresses), address(&addresses));
    let phones = right("telecom", patient.telecom)?
        .map(|telecom| phones(&telecom))
        .filter(|phones| !phones.is_empty());
    for (field, text) in
        [("id", Some(&source_id)), ("postalCode", postal_code.as_ref()), ("address", address.as_ref())]
    {
        let text = text.map_or("", String::as_str);
        limit::LINE.hold_cell(text).map_err(|reason| format!("`{field}` {reason}"))?;
    }
    let (birth_date, no_birthday) = day("birth date", right("birthDate", patient.birth_date)?)?;
    let (death, no_day) =
        death(right("deceasedBoolean", patient.deceased)?, right("deceasedDateTime", patient.deceased_at)?)?;
    let person = Person {
        code: None,
        source_id,
        given: Some(given),
        family: Some(family),
        birth_date: birth_date.map(Edit::Set),
        postal_code: postal_code.map(Edit::Set),
        address: address.map(Edit::Set),
        phones,
        carer_note: None,
        emptied: Emptied::default(),
        active: right("active", patient.active)?,
        death,
        inactive_since: None,
        former_names,
        replaced_by: replaced_by(right("link", patient.link)?.unwrap_or_default()),
        place,
    };
    Ok((person, no_birthday.into_iter().chain(no_day).collect()))
}

/// A Patient without either element may be alive or not.
fn death(deceased: Option<bool>, at: Option<String>) -> Result<(Option<Death>, Option<String>), String> {
    let Some(at) = filled(at) else {
        let death = deceased.map(|died| if died { Death::Died(None) } else { Death::Lives });
        return Ok((death, None));
    };
    let date = at.split_once('T').map_or(at.as_str(), |(date, _)| date).to_owned();
    let (day, remark) = day("day of death", Some(date))?;
    Ok((Some(Death::Died(day)), remark))
}

/// <https://hl7.org/fhir/R4/patient-definitions.html#Patient.link>; a reference ends in the id.
fn replaced_by(links: Vec<Link>) -> Option<String> {
    let link = links.into_iter().find(Link::is_replaced_by)?;
    let reference = filled(link.other?.reference)?;
    let reference = reference.split("/_history/").next()?;
    let id = reference.strip_prefix("urn:uuid:").or_else(|| reference.rsplit('/').next())?;
    Some(id.to_owned())
}

/// Names of the uses `old` and `maiden`. One of a family name alone belongs to the given names that the person has.
fn former_names(names: &[HumanName]) -> Vec<String> {
    let given_now = names.iter().find(|name| !name.is_former()).map(HumanName::given).unwrap_or_default();
    let full = |name: &HumanName| {
        let (given, family) = (name.given(), filled(name.family.clone()).unwrap_or_default());
        match (given.is_empty(), family.is_empty()) {
            (true, true) => filled(name.text.clone()),
            (true, false) => Some(client::name(&given_now, &family).into_text()),
            _ => Some(client::name(&given, &family).into_text()),
        }
    };
    names.iter().filter(|name| name.is_former()).filter_map(full).collect()
}

fn right<T>(field: &str, value: Option<Loose<T>>) -> Result<Option<T>, String> {
    match value {
        None => Ok(None),
        Some(Loose::Right(value)) => Ok(Some(value)),
        Some(Loose::Wrong(_)) => Err(format!("`{field}` is not of the type that FHIR R4 gives it")),
    }
}

fn source_id(id: Option<String>, full_url: Option<&str>) -> Result<String, String> {
    let url = full_url.map(|url| url.strip_prefix("urn:uuid:").unwrap_or(url).to_owned());
    filled(id)
        .or_else(|| filled(url))
        .ok_or_else(|| "the Patient has neither an `id` nor a `fullUrl`".to_owned())
}

/// Given and family names of the preferred name, or its text.
fn name(names: &[HumanName]) -> Result<(String, String), String> {
    let preferred = preferred(names).ok_or("the Patient has no name")?;
    let (given, family) = (preferred.given(), preferred.family());
    if preferred.has_parts() { Ok((given, family)) } else { Ok((given, preferred.text())) }
}

/// The name of the best use; one without parts only if no name has any.
fn preferred(names: &[HumanName]) -> Option<&HumanName> {
    let with_parts = names.iter().filter(|name| name.has_parts()).min_by_key(|name| name.rank());
    with_parts.or_else(|| names.iter().find(|name| !name.text().is_empty()))
}

impl HumanName {
    fn rank(&self) -> u8 {
        match self.purpose.as_deref() {
            Some("official") => 0,
            Some("usual") => 1,
            Some("old" | "maiden") => 3,
            _ => 2,
        }
    }

    fn has_parts(&self) -> bool {
        !self.given().is_empty() || !self.family().is_empty()
    }

    fn family(&self) -> String {
        filled(self.family.clone()).unwrap_or_default()
    }

    fn text(&self) -> String {
        filled(self.text.clone()).unwrap_or_default()
    }

    fn given(&self) -> String {
        self.given.iter().cloned().filter_map(filled).collect::<Vec<_>>().join(" ")
    }

    fn is_former(&self) -> bool {
        matches!(self.purpose.as_deref(), Some("old" | "maiden"))
    }
}

/// FHIR's `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (<https://hl7.org/fhir/R4/datatypes.html#date>).
fn day(what: &str, text: Option<String>) -> Result<(Option<NaiveDate>, Option<String>), String> {
    let Some(text) = text else { return Ok((None, None)) };
    let completed = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.clone(),
    };
    match time::date(&completed) {
        Some(Ok(date)) if completed == text => Ok((Some(date), None)),
        Some(Ok(_)) => Ok((None, Some(format!("{what} `{text}` does not say the day and was left out")))),
        Some(Err(_)) => Err(format!("{what} {}", time::out_of_range(&text))),
        None => Err(format!("{what} `{text}` is not a date")),
    }
}

/// The trimmed text, unless it is empty.
fn filled(text: Option<String>) -> Option<String> {
    let text = text?;
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}
