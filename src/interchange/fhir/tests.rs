//! What is read from FHIR files, and what is reported about the rest.
#![expect(clippy::needless_raw_string_hashes, reason = "snapshots are written with them")]

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};

use crate::error::{Error, Result};
use crate::file::Input;
use crate::interchange::table::Reading;
use crate::model::edit::Edit;
use crate::model::people::{Person, PersonReject};
use crate::model::remarks::Remarks;

/// All that is read of a source.
#[derive(Debug, Default)]
struct Source {
    people: Vec<Person>,
    rejects: Vec<PersonReject>,
    remarks: Remarks,
}

impl Source {
    fn read(&self) -> usize {
        self.people.len() + self.rejects.len()
    }
}

fn patients(input: &Input) -> Result<Source> {
    let mut source = Source::default();
    source.remarks = super::patients(input, &Reading::default(), "urn:uuid:own", &mut |found| {
        match found {
            Ok(person) => source.people.push(person),
            Err(reject) => source.rejects.push(reject),
        }
        Ok(())
    })?;
    Ok(source)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn postal_code(person: &Person) -> Option<&str> {
    match &person.postal_code {
        Some(Edit::Set(code)) => Some(code),
        _ => None,
    }
}

/// The result as lines, without the folder of the fixtures.
fn lines(source: &Source) -> String {
    let mut text = format!("read {}\n", source.read());
    for person in &source.people {
        let date = person.born_on().map_or("-".to_owned(), |date| date.to_string());
        let postal = postal_code(person).unwrap_or("-");
        let [given, family] = [&person.given, &person.family].map(|name| name.as_deref().unwrap_or_default());
        writeln!(
            text,
            "{} | {} | {} | {date} | {postal} | {}",
            person.source_id, given, family, person.place
        )
        .unwrap();
    }
    for reject in &source.rejects {
        writeln!(text, "reject {}: {}", reject.place, reject.reason).unwrap();
    }
    for note in &source.remarks.notes {
        writeln!(text, "remark {note}").unwrap();
    }
    text.replace(&format!("{}/", fixture("").display()).replace("//", "/"), "")
}

fn check_failure(content: &str, expected: &Expect) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.json");
    fs::write(&path, content).unwrap();
    let error = patients(&path.into()).unwrap_err();
    let text = format!("{}: {error}", error.code());
    expected.assert_eq(&text.replace(&folder.path().display().to_string(), "<DIR>"));
}

#[test]
fn a_bundle_gives_its_patients() {
    expect![[r#"
        read 7
        mira | Mira Josephine | Quill | 1941-02-28 | 01002 | fhir/bundle.json urn:uuid:0b8f6f0e-1111-4222-8333-444455556666
        0b8f6f0e-aaaa-4222-8333-444455556666 |  | Tern | - | 99999 | fhir/bundle.json urn:uuid:0b8f6f0e-aaaa-4222-8333-444455556666
        text-only |  | 张 示例 | - | - | fhir/bundle.json entry 4
        reject fhir/bundle.json entry 5: the Patient has no name
        reject fhir/bundle.json entry 6: the Patient has neither an `id` nor a `fullUrl`
        reject fhir/bundle.json entry 7: birth date `1971-02-29` is not a date
        reject fhir/bundle.json entry 8: `name` is not of the type that FHIR R4 gives it
        remark fhir/bundle.json urn:uuid:0b8f6f0e-aaaa-4222-8333-444455556666: birth date `1970-03` does not say the day and was left out
        remark fhir/bundle.json entry 4: birth date `1970` does not say the day and was left out
    "#]].assert_eq(&lines(&patients(&fixture("fhir/bundle.json").into()).unwrap()));
}

// Rule 1.12.
#[test]
fn addresses_and_phones_of_a_patient_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.json");
    let patient = r#"{"resourceType": "Patient", "id": "a", "name": [{"family": "Wren"}],
        "telecom": [{"system": "phone", "value": "020 7946 0018", "use": "home"}, {"system": "email", "value": "a@b.example"},
            {"system": "phone", "value": "07700 900123", "use": "old"}, {"system": "sms", "value": "07700 900124"},
            {"system": "phone", "value": "020 7946 0018", "use": "work"}],
        "address": [{"use": "old", "line": ["1 Old St"]}, {"use": "home", "line": ["Flat 2", "12 Elm  Road"], "city": "Ely",
            "postalCode": "CB7 4AA", "district": "East"}, {"use": "work", "text": "The Mill"}]}"#;
    fs::write(&path, patient).unwrap();
    let read = patients(&path.into()).unwrap();
    let person = &read.people[0];
    assert_eq!(person.address, Some(Edit::Set("Flat 2, 12 Elm Road, Ely".to_owned())));
    let phones: Vec<String> = person.phones.iter().flatten().map(ToString::to_string).collect();
    assert_eq!(phones, ["home: 020 7946 0018", "07700 900124"]);
    let left: Vec<_> = read.remarks.not_kept.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    assert_eq!(left, ["address 2", "address.district 1", "telecom 2"]);
}

#[test]
fn an_ndjson_file_gives_a_patient_per_line() {
    expect![[r#"
        read 2
        n1 | Ada | Wren | 1950-06-01 | - | fhir/patients.ndjson:1
        reject fhir/patients.ndjson:4: the Patient has no name
    "#]]
    .assert_eq(&lines(&patients(&fixture("fhir/patients.ndjson").into()).unwrap()));
}

#[test]
fn ndjson_is_known_under_any_ending() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("patients.json");
    fs::copy(fixture("fhir/patients.ndjson"), &path).unwrap();
    assert_eq!(patients(&path.into()).unwrap().read(), 2);
}

#[test]
fn a_birth_date_too_far_away_is_a_slip() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("patients.ndjson");
    let patient = |date: &str| {
        format!(
            "{{\"resourceType\":\"Patient\",\"id\":\"{date}\",\"name\":[{{\"text\":\"Tern\"}}],\"birthDate\":\"{date}\"}}\n"
        )
    };
    fs::write(&path, ["0000-01-01", "0001", "2201-01", "1850"].map(patient).concat()).unwrap();
    let reasons: Vec<String> =
        patients(&path.into()).unwrap().rejects.into_iter().map(|reject| reject.reason).collect();
    assert_eq!(
        reasons,
        ["0000-01-01", "0001", "2201-01"]
            .map(|date| format!("birth date `{date}` lies outside 1850-01-01 to 2200-12-31"))
    );
}

#[test]
fn a_folder_gives_the_patients_of_its_json_files_by_name() {
    let people = patients(&fixture("fhir-folder").into()).unwrap();
    assert_eq!(people.read(), 8);
    assert_eq!(people.people[0].source_id, "alone");
}

#[test]
fn files_that_cannot_be_used_say_why_and_where() {
    check_failure("", &expect!["import.empty: `<DIR>/it.json` is empty"]);
    check_failure(
        "{\"resourceType\":\n  Patient}",
        &expect!["import.not_json: `<DIR>/it.json` is not JSON: expected value at line 2, column 3"],
    );
    check_failure(
        "{\"resourceType\": \"Bundle\", \"entry\": [",
        &expect![
            "import.not_json: `<DIR>/it.json` is not JSON: EOF while parsing a list at line 1, column 37"
        ],
    );
    check_failure(
        "{\"resourceType\": \"Bundle\",\n \"entry\": {}}",
        &expect![
            "import.not_fhir: `<DIR>/it.json` is not FHIR R4: invalid type: map, expected a sequence at line 2, column 11"
        ],
    );
    check_failure(
        "{\"resourceType\": \"Patient\"}\n}",
        &expect!["import.not_json: `<DIR>/it.json` is not JSON: expected value at line 2, column 1"],
    );
    check_failure(
        "{\"resourceType\": \"Patient\"}\n{\"resourceType\": \"Patient\"}\n{\"resourceType\" 1}\n",
        &expect!["import.not_json: `<DIR>/it.json` is not JSON: expected `:` at line 3, column 17"],
    );
    check_failure(
        "[1]",
        &expect![
            "import.not_fhir: `<DIR>/it.json` is not FHIR R4: invalid type: sequence, expected a FHIR resource at line 1, column 1"
        ],
    );
    check_failure(
        "{\"name\": 1}",
        &expect!["import.not_fhir: `<DIR>/it.json` is not FHIR R4: no `resourceType` in `<DIR>/it.json`"],
    );
    check_failure(
        "{\"resourceType\": \"Appointment\"}",
        &expect!["import.no_patients: `<DIR>/it.json` holds no Patient resource"],
    );
}

/// Also where its type comes after its entries, which nothing forbids.
#[test]
fn a_bundle_is_read_entry_by_entry_until_no_more_is_taken() {
    let entry = |id: &str| {
        format!(r#"{{"resource":{{"resourceType":"Patient","id":"{id}","name":[{{"family":"Tern"}}]}}}}"#)
    };
    let entries = format!("\"entry\": [{}, {}, {}]", entry("a"), entry("b"), entry("c"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.json");
    for (begins, ends) in [("\"resourceType\": \"Bundle\", ", ""), ("", ", \"resourceType\": \"Bundle\"")] {
        fs::write(&path, format!("{{{begins}{entries}{ends}}}")).unwrap();
        let input = Input::from(path.as_path());
        let ids: Vec<String> =
            patients(&input).unwrap().people.into_iter().map(|person| person.source_id).collect();
        assert_eq!(ids, ["a", "b", "c"]);
        let mut taken = 0;
        let refused = super::patients(&input, &Reading::default(), "", &mut |_| {
            taken += 1;
            if taken < 2 { Ok(()) } else { Err(Error::usage("enough")) }
        });
        assert_eq!((taken, refused.unwrap_err().message()), (2, "enough"));
    }
    // What follows the entries is read before it is known that it is broken, and the error says where it is.
    fs::write(&path, format!("{{\"resourceType\": \"Bundle\", {entries}, \"total\": }}")).unwrap();
    assert_eq!(patients(&path.into()).unwrap_err().code(), "import.not_json");
}

#[test]
fn a_missing_file_is_not_found() {
    assert_eq!(patients(&fixture("fhir/none.json").into()).unwrap_err().code(), "file.unreadable");
}

#[test]
fn published_resources_are_read() {
    let given = std::env::var_os("CAREDESK_TEST_DATA").map(PathBuf::from);
    let data = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    if !data.is_dir() {
        // Written past the capture of the test runner, so that the skip is visible.
        let _ = writeln!(
            io::stderr(),
            "SKIPPED published_resources_are_read: there is no folder {}",
            data.display()
        );
        return;
    }
    let official = patients(&data.join("fhir-r4-official").into()).unwrap();
    assert_eq!((official.read(), official.people.len(), official.rejects.len()), (22, 19, 3));
    let bundles = patients(&data.join("synthea-fhir-r4/bundles").into()).unwrap();
    let postal_codes: Vec<_> = bundles.people.iter().map(postal_code).collect();
    assert_eq!(postal_codes, [Some("01002"), Some("01887"), Some("02338")]);
}

#[test]
fn parts_that_are_not_kept_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.json");
    let patient = serde_json::json!({
        "resourceType": "Patient", "id": "p1", "birthDate": "1941-02-28", "gender": "female", "photo": null,
        "name": [
            {"use": "usual", "given": ["Mia"], "family": "Quill"},
            {"use": "official", "text": "Dr Mira Quill", "given": ["Mira"], "family": "Quill", "prefix": ["Dr"], "suffix": null},
            {"use": "maiden", "family": "Tern", "period": {"end": "1970"}}
        ],
        "address": [
            {"use": "work", "postalCode": "99999", "type": "postal"},
            {"use": "home", "postalCode": "01002", "line": ["1 High St"], "city": "Dover", "district": "Kent"}
        ],
        "link": [{"type": "seealso", "other": {"reference": "Patient/p2"}}]
    });
    fs::write(&path, patient.to_string()).unwrap();
    let people = patients(&path.into()).unwrap();
    assert_eq!(people.people.len(), 1);
    let left: Vec<String> =
        people.remarks.not_kept.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    expect![[r#"
        address 1
        address.district 1
        address.type 1
        gender 1
        link 1
        name 1
        name.period 1
        name.prefix 1"#]]
    .assert_eq(&left.join("\n"));
}
