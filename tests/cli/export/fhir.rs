//! What the hub holds as FHIR R4 (rules 8.1 to 8.7).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use expect_test::expect;
use serde_json::{Value, json};

use crate::hidden;
use crate::reader::read_by;
use crate::world::{Engine, World, real};

/// The resources of a Bundle, by what refers to them.
fn bundle(text: &str) -> BTreeMap<String, Value> {
    let bundle: Value = serde_json::from_str(text).expect("JSON");
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    let mut found = BTreeMap::new();
    for entry in entries {
        let resource = &entry["resource"];
        let name = format!("{}/{}", words(&resource["resourceType"]), words(&resource["id"]));
        assert_eq!(entry["fullUrl"], format!("http://caredesk.invalid/fhir/{name}"));
        assert!(found.insert(name.clone(), resource.clone()).is_none(), "{name} is there twice");
    }
    found
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// All references of a resource.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(fields) => {
            found.extend(fields.get("reference").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| references(field, found));
        }
        _ => {}
    }
}

/// A client in each of its states, a package that was accepted and one that waits, on top of the world of the examples.
fn settle(world: &World) {
    hidden::begin(world);
    for line in [
        "client create --given Edda --family Quill --birth-date 1931-05-04 --address 'Mill Lane 2' --postal-code 'QX1 2AB' --phone '01632 960142' --phone 'daughter: 01632 960143' --phone 'home: 01632 960144'",
        "client edit quill --family Quillon --yes",
        "client create --given Walt --family Marsh --birth-date 1936-11-18",
        "client edit walt --status deceased --since 2026-11-20 --yes",
        "client create --given Ilse --family Reedham",
        "client edit ilse --status inactive --yes",
        "client create --given '花\u{3000}子' --family 山本",
        "contact create --anonymous --details 'rang at night'",
        "client create --given Edda --family Quilon --birth-date 1931-05-04",
        "client merge 'edda quilon' --into 'edda quillon' --yes",
    ] {
        world.ok(line);
    }
}

// Rule 8.1.
both_engines!(what_is_there_is_written_as_fhir, |world| {
    settle(world);
    let found = bundle(&world.ok("export fhir"));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for resource in found.values() {
        *kinds.entry(words(&resource["resourceType"])).or_default() += 1;
    }
    assert_eq!(kinds.len(), 12, "{kinds:?}");
    // The trail also tells of what is no more.
    let is_of_trail = |one: &&Value| ["AuditEvent", "Provenance"].contains(&words(&one["resourceType"]));
    let mut all = BTreeSet::new();
    found.values().filter(|one| !is_of_trail(one)).for_each(|one| references(one, &mut all));
    let dead: Vec<_> = all.iter().filter(|to| !found.contains_key(*to)).collect();
    assert!(dead.is_empty(), "{dead:?}");
    let codes = |query: &str| world.sql(query).into_iter().flatten().flatten().collect::<BTreeSet<_>>();
    for (kind, query) in [
        ("Organization", "SELECT code FROM provider WHERE merged_into IS NULL UNION SELECT 'hub'"),
        ("Patient", "SELECT code FROM client"),
        ("ServiceRequest", "SELECT code FROM referral"),
        ("Appointment", "SELECT code FROM visit"),
        ("Consent", "SELECT code FROM sharing_request UNION SELECT code FROM release"),
        ("DocumentReference", "SELECT code FROM release"),
        (
            "HealthcareService",
            "SELECT resource.code FROM resource JOIN provider ON provider.id = provider_id WHERE merged_into IS NULL",
        ),
    ] {
        let written = found.values().filter(|one| one["resourceType"] == kind);
        let written: BTreeSet<String> = written.map(|one| words(&one["id"]).to_owned()).collect();
        assert_eq!(written, codes(query), "{kind}");
    }
    let parents = codes("SELECT code FROM package");
    let tasks =
        found.values().filter(|one| one["resourceType"] == "Task" && words(&one["id"]).starts_with("PKG"));
    let (children, packages): (Vec<&Value>, Vec<&Value>) = tasks.partition(|one| one.get("partOf").is_some());
    assert_eq!(packages.iter().map(|one| words(&one["id"]).to_owned()).collect::<BTreeSet<_>>(), parents);
    assert_eq!(children.len().to_string(), codes("SELECT count(*) FROM offer").into_iter().next().unwrap());
});

fn patient<'f>(found: &'f BTreeMap<String, Value>, name: &str) -> &'f Value {
    let is_meant = |one: &&Value| one["resourceType"] == "Patient" && one["name"].to_string().contains(name);
    found.values().find(is_meant).unwrap_or_else(|| panic!("no {name}"))
}

// Rules 8.1, 8.2.
both_engines!(people_are_written_as_they_are, |world| {
    settle(world);
    let found = bundle(&world.ok("export fhir --type patient"));
    assert!(found.keys().all(|name| name.starts_with("Patient/")));
    let edda = patient(&found, "Quillon");
    assert_eq!(
        edda["name"][0],
        json!({"use": "official", "text": "Edda Quillon", "family": "Quillon", "given": ["Edda"]})
    );
    assert_eq!(edda["name"][1], json!({"use": "old", "text": "Edda Quilon"}));
    assert_eq!(edda["name"][2], json!({"use": "old", "text": "Edda Quill"}));
    assert_eq!(edda["address"], json!([{"use": "home", "text": "Mill Lane 2", "postalCode": "QX1 2AB"}]));
    assert_eq!(
        edda["telecom"],
        json!([
            {"system": "phone", "value": "01632 960142"},
            {"system": "phone", "value": "daughter: 01632 960143"},
            {"system": "phone", "value": "01632 960144", "use": "home"},
        ])
    );
    let replaced = format!("Patient/{}", words(&edda["id"]));
    let other = words(&edda["link"][0]["other"]["reference"]);
    assert_eq!(edda["link"][0]["type"], "replaces");
    assert_eq!(found[other]["link"], json!([{"other": {"reference": replaced}, "type": "replaced-by"}]));
    assert_eq!(found[other]["active"], false);
    assert_eq!(patient(&found, "Marsh")["deceasedDateTime"], "2026-11-20");
    assert_eq!(patient(&found, "Reedham")["active"], false);
    assert_eq!(patient(&found, "山本")["name"][0]["given"], json!(["花", "子"]));
    assert_eq!(patient(&found, "anonymous")["name"], json!([{"use": "anonymous"}]));
});

/// Those of three that know nothing of each other which find something wrong with a Bundle; none of one that is not here.
fn complaints(text: &str) -> [Option<String>; 3] {
    let schema = real("fhir-r4-schema").map(|folder| {
        let schema = fs::read_to_string(folder.join("fhir.schema.json")).expect("the schema");
        against_schema(&serde_json::from_str(&schema).expect("JSON"), text)
    });
    [read_by("fhir_reader.py", &[], text.as_bytes()), read_by("fhir_reader.js", &[], text.as_bytes()), schema]
}

fn against_schema(schema: &Value, text: &str) -> String {
    let mut validators = BTreeMap::new();
    let mut complaints = String::new();
    for (name, resource) in bundle(text) {
        let kind = words(&resource["resourceType"]).to_owned();
        let validator = validators.entry(kind.clone()).or_insert_with(|| {
            let mut of_kind = schema.clone();
            of_kind.as_object_mut().expect("an object").remove("oneOf");
            of_kind["$ref"] = format!("#/definitions/{kind}").into();
            jsonschema::options().with_draft(jsonschema::Draft::Draft6).build(&of_kind).expect("a schema")
        });
        for error in validator.iter_errors(&resource) {
            complaints += &format!("{name}: {error}\n");
        }
    }
    complaints
}

// Rule 8.2. With the Python package `fhir.resources`, the Node package `fhir` and HL7's JSON schema, where they are.
both_engines!(three_that_know_nothing_of_each_other_find_it_valid, |world| {
    settle(world);
    let all = world.ok("export fhir");
    let of_provider = world.ok("export fhir --as seven");
    for text in [&all, &of_provider] {
        for found in complaints(text).into_iter().flatten() {
            assert_eq!(found, "");
        }
    }
});

type Damage = (&'static str, fn(&mut Value), [bool; 3]);

/// What is done to the first resource of a type, and who has to notice it.
const DAMAGES: [Damage; 13] = [
    ("Task", |one| drop(one.as_object_mut().unwrap().remove("status")), [true, true, false]),
    ("Task", |one| one["status"] = "sent".into(), [false, true, true]),
    ("Patient", |one| one["birthDate"] = "4 May 1931".into(), [true, false, true]),
    ("Patient", |one| one["nickname"] = "Ada".into(), [true, true, true]),
    ("Patient", |one| one["name"] = "Ada Moss".into(), [true, true, true]),
    ("Patient", |one| one["active"] = "yes".into(), [false, true, true]),
    ("Appointment", |one| drop(one.as_object_mut().unwrap().remove("participant")), [true, true, true]),
    ("Consent", |one| drop(one.as_object_mut().unwrap().remove("scope")), [true, true, true]),
    ("AuditEvent", |one| drop(one.as_object_mut().unwrap().remove("source")), [true, true, true]),
    ("Provenance", |one| drop(one.as_object_mut().unwrap().remove("target")), [true, true, true]),
    ("ServiceRequest", |one| drop(one.as_object_mut().unwrap().remove("subject")), [true, true, true]),
    ("DocumentReference", |one| one["content"] = json!({}), [true, true, true]),
    ("Location", |one| one["id"] = "x".repeat(65).into(), [false, false, true]),
];

// Rule 8.2: each of the three notices what is wrong, so that its silence says something.
both_engines!(each_of_the_three_notices_what_is_wrong, |world| {
    settle(world);
    let whole: Value = serde_json::from_str(&world.ok("export fhir")).expect("JSON");
    for (at, (kind, damage, notice)) in DAMAGES.iter().enumerate() {
        let mut entry = whole["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
        let mut one =
            entry.find(|one| one["resourceType"] == *kind).unwrap_or_else(|| panic!("no {kind}")).clone();
        damage(&mut one);
        let url = format!("http://caredesk.invalid/fhir/{kind}/{}", words(&one["id"]));
        let text = json!({"resourceType": "Bundle", "type": "collection", "entry": [{"fullUrl": url, "resource": one}]});
        for (number, found) in complaints(&text.to_string()).into_iter().enumerate() {
            let is_noticed = found.map(|found| !found.is_empty());
            assert!(
                is_noticed.is_none_or(|noticed| noticed == notice[number]),
                "damage {at}, reader {number}"
            );
        }
    }
});

// Rule 8.3.
both_engines!(its_own_export_changes_nothing, |world| {
    settle(world);
    world.ok("export fhir --out own.json");
    world.ok("export fhir --out own");
    world.ok("export fhir --out own.ndjson");
    let before = world.ok("client list -o json");
    for file in ["own.json", "own", "own.ndjson", "own/Patient.ndjson"] {
        let done = world.json(&format!("client import {file}"));
        assert_eq!(
            (&done["created"], &done["updated"], &done["rejected"]),
            (&json!(0), &json!(0), &json!(0)),
            "{file}"
        );
        assert_eq!(done["read"], done["unchanged"], "{file}");
    }
    assert_eq!(world.ok("client list -o json"), before);
    // Whom the file gives another name is changed by it.
    let text = world.read("own.json").replace("\"family\":\"Quillon\"", "\"family\":\"Quillow\"");
    world.write("changed.json", text);
    assert_eq!(world.json("client import changed.json")["updated"], 1);
});

// Rule 8.3.
both_engines!(who_was_erased_does_not_come_back, |world| {
    settle(world);
    world.ok("export fhir --type Patient --out own.json");
    world.ok("client erase reedham --yes");
    let done = world.run("client import own.json --keep-going -o json");
    assert_eq!(done.status, 9, "{}", done.stderr);
    assert!(done.stderr.contains("is erased"), "{}", done.stderr);
    assert!(!world.ok("client list").contains("Reedham"));
});

// Rule 8.3.
both_engines!(who_is_no_more_does_not_come_back_either, |world| {
    settle(world);
    world.write("people.csv", "id,given,family\n77,Tilda,Vane\n");
    let import = world.json("client import people.csv --source clinic")["import"].clone();
    world.ok("export fhir --type Patient --out own.json");
    world.ok(&format!("import undo {} --yes", words(&import)));
    let done = world.run("client import own.json --keep-going -o json");
    assert_eq!(done.status, 9, "{}", done.stderr);
    assert!(done.stderr.contains("was written by this hub, and is not here any more"), "{}", done.stderr);
    assert!(!world.ok("client list").contains("Tilda"));
});

// Rule 8.3: the codes of another hub are the ids of that source, and name nothing here.
both_engines!(people_of_another_hub_come_by_its_codes, |world| {
    settle(world);
    world.ok("export fhir --type Patient --out own.json");
    let own = world.read("own.json");
    let system =
        own.split("\"system\":\"urn:uuid:").nth(1).and_then(|rest| rest.get(..36)).expect("a system");
    world.write("other.json", own.replace(system, "00000000-0000-5000-8000-000000000000"));
    let done = world.run("client import other.json --source 'other hub' --keep-going -o json");
    // Who is anonymous elsewhere has no name to come by.
    assert!(done.stderr.contains("the Patient has no name"), "{}", done.stderr);
    let quillon = world.json("client list --name 'edda quillon' -o json");
    assert_eq!(quillon.as_array().map(Vec::len), Some(2), "{quillon}");
    assert!(quillon.as_array().unwrap().iter().all(|one| one["id"].is_null()), "{quillon}");
});

// Rule 8.4.
both_engines!(packages_and_offers_are_tasks, |world| {
    crate::town::settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --provider birch --reference winter --provider-note 'two steps'");
    let statuses = |world: &World| {
        let found = bundle(&world.ok("export fhir --type Task"));
        let line = |(name, one): (&String, &Value)| {
            let name = name.strip_prefix("Task/PKG").map(|rest| rest.chars().skip(7).collect::<String>())?;
            Some(format!("{name}{} ({})", words(&one["status"]), words(&one["businessStatus"]["text"])))
        };
        found.iter().filter_map(line).collect::<Vec<_>>().join(", ")
    };
    let mut text = String::new();
    for line in [
        "whoami",
        "package respond winter --provider acme --reject --reason 'no staff'",
        "package respond winter --provider birch --accept",
        "package hand-back winter --provider birch --reason 'ill' --yes",
        "outsource delete winter --yes",
    ] {
        world.ok(line);
        text += &format!("{}\n  {}\n", line.split(" --").next().unwrap(), statuses(world));
    }
    expect![[r#"
        whoami
          requested (pending), .1requested (pending), .2requested (pending)
        package respond winter
          requested (pending), .1rejected (rejected), .2requested (pending)
        package respond winter
          accepted (accepted), .1rejected (rejected), .2accepted (accepted)
        package hand-back winter
          failed (handed back), .1rejected (rejected), .2failed (handed back)
        outsource delete winter
          cancelled (recalled), .1rejected (rejected), .2failed (handed back)
    "#]]
    .assert_eq(&text);
});

// Rule 8.5.
both_engines!(what_has_changed_since_is_written_alone, |world| {
    settle(world);
    world.at("2026-11-28T09:00:00Z");
    world.ok("client create --given Nela --family Newman");
    world.ok("client edit quillon --postal-code 'QX9 9ZZ' --yes");
    let found = bundle(&world.ok("export fhir --since '2026-11-28 08:00'"));
    let people: Vec<&Value> = found.values().filter(|one| one["resourceType"] == "Patient").collect();
    assert_eq!(people.len(), 2);
    assert!(people.iter().all(|one| words(&one["meta"]["lastUpdated"]).starts_with("2026-11-28T09:00:0")));
    assert!(
        found
            .keys()
            .all(|name| ["Patient/", "AuditEvent/", "Provenance/"].iter().any(|kind| name.starts_with(kind)))
    );
    // What has been looked at has not changed.
    world.at("2026-11-29T09:00:00Z");
    world.ok("release form quillon --owner PRV-000001 --file form.pdf");
    world.ok("export fhir --out all.json");
    let none = world.ok("export fhir --since 2026-11-29 --type Patient,Task");
    assert!(!none.contains("entry") && bundle(&none).is_empty(), "{none}");
});

// Rule 8.5: people are known as they are now alone (rule 6.5).
both_engines!(how_all_stood_is_written_too, |world| {
    crate::town::settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.at("2026-11-22T12:00:00Z");
    world.ok("package respond winter --provider acme --accept");
    let task = |line: &str| {
        let found = bundle(&world.ok(line));
        let mut tasks = found.values().filter(|one| one["resourceType"] == "Task");
        let status =
            tasks.find(|one| one.get("partOf").is_none()).map(|one| words(&one["status"]).to_owned());
        let latest = found.values().map(|one| words(&one["meta"]["lastUpdated"]).to_owned()).max();
        (status, latest)
    };
    let (now, latest) = task("export fhir");
    assert_eq!((now.as_deref(), latest.is_some_and(|at| *at > *"2026-11-22T11")), (Some("accepted"), true));
    let (then, latest) = task("export fhir --at '2026-11-22 11:00'");
    assert_eq!((then.as_deref(), latest.is_some_and(|at| *at < *"2026-11-22T11")), (Some("requested"), true));
});

// Rule 8.6.
both_engines!(a_provider_gets_what_it_sees, |world| {
    settle(world);
    let secrets = hidden::Hidden::of(world).secrets;
    let text = world.ok("export fhir --as seven");
    let told: Vec<&String> = secrets.iter().filter(|secret| text.contains(secret.as_str())).collect();
    assert!(told.is_empty(), "{told:?}");
    let found = bundle(&text);
    let mut all = BTreeSet::new();
    for one in found.values() {
        references(one, &mut all);
    }
    assert!(all.iter().all(|to| found.contains_key(to)), "{all:?}");
    assert!(found.values().all(|one| one.get("meta").is_none()));
    world.story(expect![[r#"
        $ caredesk export fhir --as seven --since yesterday
        2> error: `--since` is for the hub: a provider is not shown when things change
        2> hint: leave it out
        [exit 2]
        $ caredesk export fhir --as seven --type AuditEvent
        2> error: an account of level `provider-portal` may not read the audit trail
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk export fhir --as seven --at yesterday
        2> error: how all stood is shown to the hub alone
        2> hint: histories and `caredesk sharing explain` take `--at` for providers too
        [exit 6]
    "#]]);
});

// Rule 8.6: who has visits of a client sees whose they are, and each look is in the register.
both_engines!(what_a_provider_takes_along_is_in_the_register, |world| {
    crate::town::settle(world);
    world.ok("account create wim --name Wim --level provider-portal --resource acme --can respond-packages --can access-contact-details");
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    let asked = world.ok("export fhir --as wim");
    assert!(!asked.contains("Moss") && asked.contains("masked"), "{asked}");
    world.ok("package respond winter --provider acme --accept");
    let before = world.json("disclosure list -o json").as_array().map_or(0, Vec::len);
    let has = bundle(&world.ok("export fhir --as wim"));
    assert!(has.contains_key("Patient/CLI-00000A"));
    let lines = world.json("disclosure list -o json");
    assert_eq!(lines.as_array().map_or(0, Vec::len), before + 1);
    assert_eq!((&lines[0]["command"], &lines[0]["client"]), (&json!("export fhir"), &json!("CLI-00000A")));
});

// Rule 8.7.
both_engines!(an_export_is_there_whole_or_not_at_all, |world| {
    crate::town::settle(world);
    world.story(expect![[r#"
        $ caredesk export fhir --out hub.json
        Wrote 48 resources to hub.json: 5 Organization, 4 HealthcareService, 2 Patient, 2 ServiceRequest, 2 CarePlan, 6 Appointment, 14 AuditEvent, 13 Provenance.
        $ caredesk export fhir --out hub.json
        2> error: there is a file `hub.json` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk export fhir --out hub
        Wrote 49 resources to hub: 5 Organization, 4 HealthcareService, 2 Patient, 2 ServiceRequest, 2 CarePlan, 6 Appointment, 15 AuditEvent, 13 Provenance.
        $ caredesk export fhir --out hub
        2> error: there is a folder `hub` already
        2> hint: name a folder that does not exist yet
        [exit 4]
        $ caredesk export fhir --out dry --dry-run
        dry run: Wrote 50 resources to dry: 5 Organization, 4 HealthcareService, 2 Patient, 2 ServiceRequest, 2 CarePlan, 6 Appointment, 16 AuditEvent, 13 Provenance.
        $ caredesk export fhir --type Patient --out people.ndjson -o json
        {
          "file": "people.ndjson",
          "resources": 2,
          "types": [
            {
              "type": "Patient",
              "resources": 2
            }
          ],
          "result": "created",
          "changes": []
        }
        $ caredesk export fhir --type Patiens
        2> error: invalid value 'Patiens' for '--type <TYPE>'
        2>   [possible values: Organization, Location, HealthcareService, Patient, ServiceRequest, CarePlan, Appointment, Task, DocumentReference, Consent, AuditEvent, Provenance]
        2>
        2>   tip: a similar value exists: 'Patient'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk audit list --action export.fhir
        NUMBER  AT                BY     ACTED BY  ACTION       ON
            17  2026-11-22 10:00  admin            export.fhir  fhir
            16  2026-11-22 10:00  admin            export.fhir  fhir
            15  2026-11-22 10:00  admin            export.fhir  fhir
        $ caredesk export ./fhir
        2> note: wrote ./fhir
    "#]]);
    assert!(!world.path("dry").exists() && world.path("hub/Patient.ndjson").exists());
    assert!(world.read("fhir").starts_with("caredesk: 1\n"));
    assert_eq!(world.read("people.ndjson"), world.read("hub/Patient.ndjson"));
});

// Rule 8.7: others may change things while much is read, so the lock of a change is taken after that.
#[test]
fn others_need_not_wait_for_an_export() {
    let world = World::new(Engine::Sqlite);
    crate::town::settle(&world);
    let other = rusqlite::Connection::open(world.path(&world.database_name())).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock of a change");
    for (line, read) in [
        ("export fhir --out hub.json", "statement: audit/following"),
        ("export hmis --out hmis", "statement: enrolment/versions"),
    ] {
        let answer = world.run(&format!("{line} --lock-timeout 1s -v"));
        assert_eq!(answer.status, 7, "{}", answer.stderr);
        assert!(answer.stderr.contains(read), "{}", answer.stderr);
    }
    assert!(!world.path("hub.json").exists() && !world.path("hmis").exists());
}
