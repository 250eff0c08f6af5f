//! Reads clients from a table, one person per row: with our own column names, mapped ones, or those of
//! Synthea's `patients.csv`.

use super::table::{Column, Mapping, Reading, Row, Rows, Table, edit, flag};
use crate::error::Result;
use crate::file::Input;
use crate::model::client::{self, ClientStatus};
use crate::model::client_phone::Phone;
use crate::model::people::{Death, Emptied, Person};
use crate::model::text::yes_or_no;
use crate::model::time;

/// An id is needed, and one of the names unless it is said that the person is anonymous.
const MAPPING: Mapping<13> = Mapping {
    fields: [
        "id", "given", "family", "birth_date", "postal_code", "deceased", "former_names", "status",
        "since_on", "address", "phones", "carer_note", "anonymous",
    ],
    required: &["id"],
    listed: &[],
    also_listed: &[],
    mark: None,
};

/// How Synthea names the first of them (<https://github.com/synthetichealth/synthea/wiki/CSV-File-Data-Dictionary>).
const SYNTHEA: [&str; 7] = ["Id", "FIRST", "LAST", "BIRTHDATE", "ZIP", "DEATHDATE", "MAIDEN"];

/// The column of our own lists that says who is meant.
const CODE: &str = "code";

/// The first of Synthea's names without which a table is another.
const SYNTHEA_NEEDED: usize = 5;

/// Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading) -> Result<Rows<Person>> {
    let table = Table::open(input, how)?;
    let mapping = with_synthea(&table, &how.mapping)?;
    let is_mapped = |field: &str| mapping.iter().any(|(name, _)| name == field);
    let has_a_name = is_mapped("given") || is_mapped("family") || !table.column("given")?.is_absent();
    let required: &[&str] = if has_a_name { MAPPING.required } else { &["id", "family"] };
    let code = table.column(CODE)?;
    let required =
        if code.is_absent() { required } else { required.split_first().map_or(required, |(_, names)| names) };
    let how = Reading { mapping, ..how.clone() };
    Rows::of(table, &how, &Mapping { required, ..MAPPING }, move |row, columns| person(row, columns, code))
}

/// Whether it is a list of ours, whose rows are known by their codes (rule 5.4).
pub(crate) fn is_our_list(input: &Input, how: &Reading) -> Result<bool> {
    Ok(!Table::open(input, how)?.column(CODE)?.is_absent())
}

/// A header with all of Synthea's names implies a mapping; explicit mappings take precedence.
fn with_synthea(table: &Table, mapping: &[(String, String)]) -> Result<Vec<(String, String)>> {
    let mut mapping = mapping.to_vec();
    for header in SYNTHEA.into_iter().take(SYNTHEA_NEEDED) {
        if table.column(header)?.is_absent() {
            return Ok(mapping);
        }
    }
    for (field, header) in MAPPING.fields.into_iter().zip(SYNTHEA) {
        if mapping.iter().all(|(name, _)| name != field) && !table.column(header)?.is_absent() {
            mapping.push((field.to_owned(), header.to_owned()));
        }
    }
    Ok(mapping)
}

fn person(row: &Row<'_>, columns: [Column; 13], code: Column) -> Result<Person, String> {
    let [id, given, family, birth, postal_code, deceased, former, status, since_on, ..] = columns;
    let [.., address, phones, carer_note, anonymous] = columns;
    let name = |column| Ok::<_, String>(row.has(column).then_some(row.called(column)?.unwrap_or_default()));
    let (given, family) = (name(given)?, name(family)?);
    let given_now = given.clone().unwrap_or_default();
    let has_no_name = given_now.is_empty() && family.as_ref().is_none_or(String::is_empty);
    match flag(row, anonymous, "anonymous")?.unwrap_or(false) {
        true if !has_no_name => return Err("is anonymous, and has a name".to_owned()),
        false if has_no_name => return Err("has no name".to_owned()),
        _ => {}
    }
    let since = row.day(since_on, "since", "2026-11-20")?;
    let status = row.name(status)?.map(|text| status_of(&text)).transpose()?;
    let said = status.filter(|status| *status == ClientStatus::Deceased).map(|_| Death::Died(since));
    let death = row.name(deceased)?.map(|text| death(&row.ordered(&text))).transpose()?;
    let code = row.name(code)?;
    Ok(Person {
        source_id: row.name(id)?.or_else(|| code.clone()).ok_or("has no id")?,
        code,
        birth_date: edit(row, birth, row.day(birth, "birth date", "1950-12-31")?),
        postal_code: edit(row, postal_code, row.name(postal_code)?),
        address: edit(row, address, row.name(address)?),
        phones: row.many(phones)?.map(|phones| all_phones(&phones)).transpose()?,
        carer_note: edit(row, carer_note, row.note(carer_note)?),
        emptied: Emptied {
            given: given.as_ref().is_some_and(String::is_empty),
            family: family.as_ref().is_some_and(String::is_empty),
            since_on: since.is_none() && row.has(since_on),
        },
        active: status.map(|status| status == ClientStatus::Active),
        death: death.or(said).or(status.map(|_| Death::Lives)),
        inactive_since: since.filter(|_| status == Some(ClientStatus::Inactive)),
        former_names: row
            .many(former)?
            .unwrap_or_default()
            .iter()
            .map(|name| former_name(name, &given_now))
            .collect(),
        replaced_by: None,
        given,
        family,
        place: String::new(),
    })
}

/// A number that is there twice is one.
fn all_phones(texts: &[String]) -> Result<Vec<Phone>, String> {
    let mut phones: Vec<Phone> = Vec::new();
    for text in texts {
        let phone: Phone = text.parse()?;
        if !phones.contains(&phone) {
            phones.push(phone);
        }
    }
    Ok(phones)
}

/// Our own words, and what other systems write for a yes or no to being active.
fn status_of(text: &str) -> Result<ClientStatus, String> {
    match text.to_lowercase().as_str() {
        "active" => Ok(ClientStatus::Active),
        "inactive" => Ok(ClientStatus::Inactive),
        "deceased" | "died" | "dead" => Ok(ClientStatus::Deceased),
        _ => match yes_or_no(text) {
            Ok(true) => Ok(ClientStatus::Active),
            Ok(false) => Ok(ClientStatus::Inactive),
            Err(_) => Err(format!("status `{text}` is none of active, inactive and deceased")),
        },
    }
}

/// A day, or whether the person has died.
fn death(text: &str) -> Result<Death, String> {
    match yes_or_no(text) {
        Ok(true) => Ok(Death::Died(None)),
        Ok(false) => Ok(Death::Lives),
        Err(_) => Ok(Death::Died(Some(time::day_of_table("deceased", text, "2026-11-20, yes or no")?))),
    }
}

/// A single word is a former family name.
fn former_name(name: &str, given: &str) -> String {
    let is_whole = given.is_empty() || name.contains(char::is_whitespace);
    if is_whole { name.to_owned() } else { client::name(given, name).into_text() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::edit::Edit;

    fn read(text: &str, mapping: &[(&str, &str)]) -> Vec<Result<Person, String>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mapping: Vec<_> =
            mapping.iter().map(|(field, header)| ((*field).to_owned(), (*header).to_owned())).collect();
        let how = Reading { mapping, ..Reading::default() };
        let mut table = open(&file.path().into(), &how).unwrap();
        let mut found = Vec::new();
        while let Some(next) = table.next().unwrap() {
            found.push(next.0);
        }
        found
    }

    #[test]
    fn synthea_is_recognised_by_its_header() {
        let found = read("Id,BIRTHDATE,FIRST,LAST,ZIP\nx-1,1950-12-31,Ann,Oak,02155\n", &[]);
        let person = found[0].as_ref().unwrap();
        assert_eq!(
            (person.given.as_deref(), person.family.as_deref(), person.source_id.as_str()),
            (Some("Ann"), Some("Oak"), "x-1")
        );
        assert_eq!(person.postal_code, Some(Edit::Set("02155".to_owned())));
    }

    #[test]
    fn what_the_person_maps_goes_before() {
        let found = read("Id,BIRTHDATE,FIRST,LAST,ZIP,MAIDEN\nx,,Ann,Oak,,Elm\n", &[("family", "MAIDEN")]);
        assert_eq!(found[0].as_ref().unwrap().family.as_deref(), Some("Elm"));
    }

    #[test]
    fn rows_that_cannot_be_taken_say_why() {
        let text = "id,given,family,birth_date\n1,,,\n,Ann,Oak,\n2,Ann,Oak,31/12/1950\n3,Ann,Oak,1950-12-31 00:00:00\n4,Ann,Oak,0000-00-00\n5,Ann,Oak,0001-01-01\n";
        let found = read(text, &[]);
        let reasons: Vec<_> = found.iter().map(|found| found.as_ref().err().map(String::as_str)).collect();
        let date = "birth date `31/12/1950` is not a date such as 1950-12-31; `--date-format` says what its numbers are";
        let empty = "birth date `0000-00-00` is not a date such as 1950-12-31";
        let early = "birth date `0001-01-01` lies outside 1850-01-01 to 2200-12-31";
        assert_eq!(
            reasons,
            [Some("has no name"), Some("has no id"), Some(date), None, Some(empty), Some(early)]
        );
    }
}
