//! Reads clients from FHIR R4: Patient resources in a Bundle, alone in a file, one per line (NDJSON), or a
//! folder of such files. Each is handed on when it has been read, so a large bundle takes little memory.

mod contact_point;
mod human_name;
mod left;
mod raw;
mod resource;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::{DeserializeSeed as _, IgnoredAny};
use serde_json::Deserializer;
use serde_json::de::Read;

use self::contact_point::{address, phones, postal_code};
use self::human_name::{HumanName, former_names, name};
pub(crate) use self::raw::objects;
use self::resource::{Document, Resource};
use super::table::{self, Reading};
use super::{json_file, json_object};
use crate::error::{Error, Result};
use crate::file::Input;
use crate::model::edit::Edit;
use crate::model::limit;
use crate::model::people::{Death, Emptied, Person, PersonReject};
use crate::model::remarks::Remarks;
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
///
/// `own` is the system of this hub's identifiers: whom `export fhir` has written is known by the code. `take` gets each person in the
/// order of the files; its error ends the reading. Returns what is to be said of the files.
pub(crate) fn patients(input: &Input, how: &Reading, own: &str, take: Take<'_>) -> Result<Remarks> {
    let mut reader = Reader { own, take, read: 0, remarks: Remarks::default(), refused: None };
    if input.is_folder() {
        for file in json_file::listing(input.path())? {
            reader.read_file(&file)?;
        }
    } else if let Some(objects) = objects_of_table(input, how)? {
        for (place, json) in &objects {
            reader.read_object(place, json)?;
        }
    } else {
        reader.read_file(input)?;
    }
    if reader.read == 0 {
        let message = format!("`{}` holds no Patient resource", input.name());
        return Err(Error::invalid("import.no_patients", message).hint(
            "give a FHIR R4 Bundle, a Patient, an NDJSON file of Patients, or a folder of `.json` files",
        ));
    }
    Ok(reader.remarks)
}

/// What becomes of a person who was read, or cannot be.
pub(crate) type Take<'t> = &'t mut dyn FnMut(Result<Person, PersonReject>) -> Result<()>;

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

/// An entry of a Bundle.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "fullUrl")]
    full_url: Option<String>,
    resource: Option<Resource>,
}

#[derive(Deserialize)]
struct Identifier {
    system: Option<String>,
    value: Option<String>,
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

/// Reads one file after the other.
struct Reader<'r> {
    own: &'r str,
    take: Take<'r>,
    /// Patients so far.
    read: u64,
    remarks: Remarks,
    /// Why no more is taken.
    refused: Option<Error>,
}

impl Reader<'_> {
    /// A Patient, or an entry of a Bundle.
    fn read_object(&mut self, place: &str, json: &str) -> Result<()> {
        let entry = serde_json::from_str::<Entry>(json);
        let read = entry.and_then(|entry| match entry.resource {
            Some(resource) => Ok((resource, entry.full_url)),
            None => serde_json::from_str(json).map(|resource| (resource, None)),
        });
        match read {
            Ok((resource, full_url)) => self.read_patient(place.to_owned(), resource, full_url.as_deref()),
            Err(error) => {
                self.read = self.read.saturating_add(1);
                let reason = format!("is no Patient: {error}");
                (self.take)(Err(PersonReject { place: place.to_owned(), reason }))
            }
        }
    }

    fn read_file(&mut self, input: &Input) -> Result<()> {
        if json_file::ends_in(input.path(), &["ndjson", "jsonl"]) || is_lines(input)? {
            return self.read_lines(input);
        }
        let mut json = Deserializer::from_reader(json_file::open(input)?);
        let (path, place) = (input.path(), input.name());
        self.read_document(path, &place, &mut json, |error| json_file::json_error(input, NOT_FHIR, 0, error))
    }

    fn read_lines(&mut self, input: &Input) -> Result<()> {
        for (before, line) in json_file::open(input)?.lines().enumerate() {
            let line = line.map_err(|error| input.unreadable(error))?;
            if line.trim().is_empty() {
                continue;
            }
            let place = format!("{}:{}", input.name(), before.saturating_add(1));
            let mut json = Deserializer::from_str(&line);
            self.read_document(input.path(), &place, &mut json, |error| {
                json_file::json_error(input, NOT_FHIR, before, error)
            })?;
        }
        Ok(())
    }

    fn read_document<'de, R: Read<'de>>(
        &mut self, path: &Path, place: &str, json: &mut Deserializer<R>,
        wrong: impl FnOnce(serde_json::Error) -> Error,
    ) -> Result<()> {
        let mut entries = 0_usize;
        let mut take = |entry| {
            let read = self.read_entry(place, entries, entry);
            entries = entries.saturating_add(1);
            read.map_err(|error| {
                self.refused = Some(error);
                "no more is taken"
            })
        };
        let read = Document(&mut take).deserialize(&mut *json).and_then(|document| {
            json.end()?;
            Ok(document)
        });
        if let Some(error) = self.refused.take() {
            return Err(error);
        }
        let document = read.map_err(wrong)?;
        match document.kind.as_deref() {
            None => {
                let message = format!("`{}` is not FHIR R4: no `resourceType` in `{place}`", path.display());
                Err(Error::invalid(NOT_FHIR.0, message))
            }
            Some("Bundle") => {
                let mut rest = document.entry.into_iter().zip(entries..);
                rest.try_for_each(|(entry, position)| self.read_entry(place, position, entry))
            }
            Some(_) => self.read_patient(place.to_owned(), document, None),
        }
    }

    fn read_entry(&mut self, file: &str, position: usize, entry: Entry) -> Result<()> {
        let Some(resource) = entry.resource else { return Ok(()) };
        let place = entry_place(file, position, entry.full_url.as_deref());
        self.read_patient(place, resource, entry.full_url.as_deref())
    }

    fn read_patient(&mut self, place: String, resource: Resource, full_url: Option<&str>) -> Result<()> {
        let Some("Patient") = resource.kind.as_deref() else {
            let kind = resource.kind.unwrap_or_else(|| "resource without a type".to_owned());
            *self.remarks.not_kept.entry(kind).or_default() += 1;
            return Ok(());
        };
        let code = own_code(&resource, self.own);
        // Of what this hub has written, nothing is lost.
        if code.is_none() {
            left::leave(&mut self.remarks.not_kept, &resource);
        }
        self.read = self.read.saturating_add(1);
        let found = person(place.clone(), resource, full_url, code).map(|(person, remarks)| {
            self.remarks.notes.extend(remarks.into_iter().map(|remark| format!("{place}: {remark}")));
            person
        });
        (self.take)(found.map_err(|reason| PersonReject { place, reason }))
    }
}

/// Whether a second document follows the first, which has to be the next line of NDJSON.
fn is_lines(input: &Input) -> Result<bool> {
    let mut documents = Deserializer::from_reader(json_file::open(input)?).into_iter::<IgnoredAny>();
    let Some(first) = documents.next() else {
        return Err(Error::invalid("import.not_json", format!("`{}` is empty", input.name())));
    };
    let second = first.and_then(|_| documents.next().transpose());
    Ok(second.map_err(|error| json_file::json_error(input, NOT_FHIR, 0, error))?.is_some())
}

/// An entry without a `fullUrl` is named by its number from 1.
fn entry_place(file: &str, position: usize, full_url: Option<&str>) -> String {
    match full_url {
        Some(url) => format!("{file} {url}"),
        None => format!("{file} entry {}", position.saturating_add(1)),
    }
}

/// The person and what was left out, or the reason why it is invalid.
fn person(
    place: String, patient: Resource, full_url: Option<&str>, code: Option<String>,
) -> Result<(Person, Vec<String>), String> {
    if let Some(key) = &patient.twice {
        return Err(json_object::twice(key));
    }
    let source_id = match &code {
        Some(code) => code.clone(),
        None => source_id(right("id", patient.id)?, full_url)?,
    };
    let names = right("name", patient.name)?.unwrap_or_default();
    let former_names = former_names(&names);
    // This hub knows by the code who is anonymous here.
    let is_nameless = code.is_some() && names.iter().all(|name| name.purpose.as_deref() != Some("official"));
    let (given, family) = if is_nameless { <_>::default() } else { name(&names)? };
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
        code,
        source_id,
        given: Some(given).filter(|_| !is_nameless),
        family: Some(family).filter(|_| !is_nameless),
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

/// The code of whom this hub has written.
fn own_code(patient: &Resource, own: &str) -> Option<String> {
    let Some(Loose::Right(identifiers)) = &patient.identifier else { return None };
    let is_own = |identifier: &&Identifier| identifier.system.as_deref() == Some(own);
    identifiers.iter().find(is_own).and_then(|identifier| filled(identifier.value.clone()))
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
