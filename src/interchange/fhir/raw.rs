//! The objects of a source as they are written: read again for the few that an import rejects, so that no other is kept.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::BufRead;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::super::json_file;
use super::super::table::Reading;
use super::{NOT_FHIR, entry_place, objects_of_table};
use crate::error::Result;
use crate::file::Input;

/// The JSON of the Patients at these places, each with the entry of its bundle, which may hold its only id. Where two have
/// one place, the last: it is the one that came too late.
pub(crate) fn objects(
    input: &Input, how: &Reading, places: HashSet<&str>,
) -> Result<HashMap<String, String>> {
    let mut search = Search { places, found: HashMap::new() };
    if search.places.is_empty() {
        return Ok(search.found);
    }
    if input.is_folder() {
        for file in json_file::listing(input.path())? {
            search.file(&file)?;
        }
    } else if let Some(rows) = objects_of_table(input, how)? {
        for (place, json) in rows {
            search.keep(&place, &json);
        }
    } else {
        search.file(input)?;
    }
    Ok(search.found)
}

struct Search<'p> {
    places: HashSet<&'p str>,
    found: HashMap<String, String>,
}

impl Search<'_> {
    fn keep(&mut self, place: &str, json: &str) {
        if self.places.contains(place) {
            self.found.insert(place.to_owned(), json.to_owned());
        }
    }

    fn file(&mut self, input: &Input) -> Result<()> {
        let name = input.name();
        let is_in_lines = |place: &&&str| place.strip_prefix(&name).is_some_and(|rest| rest.starts_with(':'));
        if self.places.iter().any(|place| is_in_lines(&place)) {
            return self.lines(input);
        }
        let mut document = serde_json::Deserializer::from_reader(json_file::open(input)?);
        let read = if self.places.contains(&*name) {
            Box::<RawValue>::deserialize(&mut document).map(|raw| self.keep(&name, raw.get()))
        } else {
            Bundle { search: self, place: &name }.deserialize(&mut document)
        };
        read.map_err(|error| json_file::json_error(input, NOT_FHIR, 0, error))
    }

    fn lines(&mut self, input: &Input) -> Result<()> {
        for (before, line) in json_file::open(input)?.lines().enumerate() {
            let line = line.map_err(|error| input.unreadable(error))?;
            let place = format!("{}:{}", input.name(), before.saturating_add(1));
            if self.places.contains(&*place) {
                self.keep(&place, &line);
            } else if !line.trim().is_empty() {
                let mut document = serde_json::Deserializer::from_str(&line);
                Bundle { search: self, place: &place }
                    .deserialize(&mut document)
                    .map_err(|error| json_file::json_error(input, NOT_FHIR, before, error))?;
            }
        }
        Ok(())
    }
}

/// The entries of a document, one in memory at a time.
struct Bundle<'a, 'p> {
    search: &'a mut Search<'p>,
    place: &'a str,
}

impl<'de> DeserializeSeed<'de> for Bundle<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

#[derive(Deserialize)]
struct Head {
    #[serde(rename = "fullUrl")]
    full_url: Option<String>,
}

impl<'de> Visitor<'de> for Bundle<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a FHIR resource")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(key) = elements.next_key::<String>()? {
            if key == "entry" {
                elements.next_value_seed(Bundle { search: &mut *self.search, place: self.place })?;
            } else {
                elements.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut position = 0;
        while let Some(raw) = entries.next_element::<Box<RawValue>>()? {
            let head = serde_json::from_str::<Head>(raw.get());
            let full_url = head.ok().and_then(|head| head.full_url);
            self.search.keep(&entry_place(self.place, position, full_url.as_deref()), raw.get());
            position += 1;
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
