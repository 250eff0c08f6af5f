//! What a directory of others says and no field of ours holds: it goes out where it stood (rule 8.24).

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::hsds::{documents, files};
use crate::world::{Engine, World, real};

const DOCUMENT: &str = r#"[{
    "id": "o1", "name": "Harbour", "description": "Care at home", "website": "https://harbour.example",
    "url": "harbour.example/start", "logo": "https://harbour.example/logo.png", "year_incorporated": 1990,
    "uri": "see the leaflet", "parent_organization_id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "rating": {"stars": 4},
    "metadata": [{"id": "m1", "field_name": "name"}],
    "phones": [{"number": "01632 960111", "languages": [{"id": "x", "name": "Welsh", "code": "cy"}, {"name": "Urdu"}]}],
    "contacts": [{"name": "Jo Reed", "pronouns": "they"}],
    "attributes": [{"label": "Region", "value": "North"}],
    "services": [{
        "id": "s1", "name": "Night sitting", "status": "defunct", "assured_date": "2026-01-31", "assurer_email": "at the desk",
        "last_modified": "2026-02-01T10:30:45.123Z", "fees": "none", "fees_description": "Free of charge",
        "service_areas": [{"name": "Ely", "extent": "POINT (0 1)", "extent_type": "wkt"}],
        "cost_options": [{"amount": 35, "currency": "gbp", "valid_from": "2026-01-01"}],
        "schedules": [
            {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "dtstart": "2026-01-05", "timezone": 1, "bymonthday": "1,2"},
            {"freq": "WEEKLY", "interval": 2, "byday": "FR", "opens_at": "10:00"}
        ],
        "attributes": [{
            "link_type": "focus", "value": "older people",
            "taxonomy_term": {"name": "Care", "code": "C1", "description": "Care of people", "language": "en", "facet": "topic",
                "taxonomy": "Open", "taxonomy_detail": {"name": "Open", "uri": "https://open.example", "version": "2"}}
        }],
        "service_at_locations": [
            {"description": "upstairs", "location": {
                "id": "l1", "name": "Old Mill", "description": "By the river", "location_type": "virtual", "url": "mill",
                "latitude": 52.1, "longitude": 0.5, "external_identifier": "100", "external_identifier_type": "UPRN",
                "addresses": [{"address_1": "1 Mill Lane", "city": "Ely", "region": "East", "state_province": "Cambs",
                    "postal_code": "CB7", "country": "GB", "address_type": "physical", "floor": "2"}],
                "accessibility": [{"description": "Ramp", "url": "https://ramp.example"}]
            }},
            {"location": {"id": "l2", "name": "Van", "description": "On the road", "latitude": 200, "longitude": 1}}
        ]
    }]
}]"#;

const TABLES: [(&str, &str); 8] = [
    (
        "organizations.csv",
        "id,name,description,logo,year_incorporated,uri,rating\n\
         o1,Harbour,Care at home,https://harbour.example/logo.png,1990,see the leaflet,4 stars\n",
    ),
    (
        "locations.csv",
        "id,organization_id,name,description,virtual,latitude,longitude\nl1,o1,Old Mill,By the river,no,52.1,0.5\n",
    ),
    (
        "services.csv",
        "id,organization_id,name,status,fees,fees_description,assured_date\ns1,o1,Night sitting,defunct,none,Free,2026-01-31\n",
    ),
    ("service_at_location.csv", "id,service_id,location_id,description\nx,s1,l1,upstairs\n"),
    ("phones.csv", "id,service_id,number,vanity_number\np1,s1,01632 960111,CARE\n"),
    ("languages.csv", "id,phone_id,service_id,name,code\n1,p1,,Welsh,cy\n2,p1,s1,Urdu,\n"),
    (
        "addresses.csv",
        "id,location_id,address_1,city,region,state_province,postal_code,country,address_type\n\
         a1,l1,1 Mill Lane,Ely,East,Cambs,CB7,GB,physical\n",
    ),
    (
        "taxonomy.csv",
        "id,name,taxonomy_id,parent_id,parent_name,type\n1,Care,C1,C,People,service\n2,Food,F1,,,service\n",
    ),
];

pub fn write_tables(world: &World, folder: &str) {
    fs::create_dir_all(world.path(folder)).expect("a folder");
    for (name, text) in TABLES {
        world.write(&format!("{folder}/{name}"), text);
    }
    world.write(&format!("{folder}/service_taxonomy.csv"), "service_id,taxonomy_id\ns1,1\n");
}

pub fn document(world: &World, folder: &str) -> Value {
    serde_json::from_str(&world.read(&format!("{folder}/organizations.json"))).expect("JSON")
}

pub fn of_own(owner: &Value) -> Vec<Value> {
    let attributes = owner["attributes"].as_array().expect("attributes").iter();
    let own = attributes.filter(|one| one["taxonomy_term"]["name"] == "remainder");
    own.map(|one| serde_json::from_str(one["value"].as_str().expect("a text")).expect("JSON")).collect()
}

/// Out and in again changes nothing, and what goes out of another hub then is the same to the byte.
pub fn goes_round(world: &World, folder: &str) {
    documents(world, folder);
    let alone = world.json(&format!("provider import {folder}/organizations.json --format hsds"));
    assert_eq!([&alone["created"], &alone["updated"]], [0, 0], "{alone}");
    assert_eq!(alone["import"], Value::Null, "{alone}");
    for (place, way) in [folder.to_owned(), format!("{folder}-documents")].iter().enumerate() {
        let again = world.json(&format!("provider import {way} --format hsds"));
        assert_eq!([&again["created"], &again["updated"], &again["rejected"]], [0, 0, 0], "{way}: {again}");
        assert_eq!(again["import"], Value::Null, "{way}: {again}");
        let db = format!("--db {folder}{place}.db");
        world.ok(&format!("{db} init"));
        let new = world.json(&format!("{db} provider import {way} --format hsds --yes"));
        assert_eq!(new["not_kept"], Value::Object(serde_json::Map::new()), "{way}");
        world.ok(&format!("{db} export hsds --out {folder}-{place}"));
        assert_eq!(files(&world.path(folder)), files(&world.path(&format!("{folder}-{place}"))), "{way}");
        world.ok(&format!("{db} database check"));
    }
}

// Rule 8.24.
both_engines!(a_document_of_others_loses_nothing, |world| {
    world.as_user("anna");
    world.ok("init");
    world.write("others.json", DOCUMENT);
    let first = world.json("provider import others.json --format hsds --yes");
    assert_eq!([&first["created"], &first["rejected"]], [1, 0], "{first}");
    assert_eq!(first["not_kept"], Value::Object(serde_json::Map::new()));
    let again = world.json("provider import others.json --format hsds");
    assert_eq!(again["unchanged"], 1, "{again}");
    world.ok("export hsds --out out");
    let provider = &document(world, "out")[0];
    let program = &provider["services"][0];
    for (thing, pointer, value) in [
        (provider, "/logo", "https://harbour.example/logo.png"),
        (provider, "/parent_organization_id", "3f7b145d-84af-42d7-8fae-eaca714b02b2"),
        (provider, "/phones/0/languages/0/name", "Welsh"),
        (provider, "/phones/0/languages/1/name", "Urdu"),
        (program, "/status", "defunct"),
        (program, "/assured_date", "2026-01-31"),
        (program, "/last_modified", "2026-02-01T10:30:45.123Z"),
        (program, "/fees", "none"),
        (program, "/service_areas/0/extent_type", "wkt"),
        (program, "/service_areas/0/extent", "POINT (0 1)"),
        (program, "/cost_options/0/valid_from", "2026-01-01"),
        (program, "/schedules/0/byday", "MO,TU"),
        (program, "/schedules/0/dtstart", "2026-01-05"),
        (program, "/schedules/0/bymonthday", "1,2"),
        (program, "/schedules/1/byday", "FR"),
        (program, "/attributes/0/link_type", "focus"),
        (program, "/attributes/0/taxonomy_term/description", "Care of people"),
        (program, "/attributes/0/taxonomy_term/taxonomy_detail/version", "2"),
        (program, "/service_at_locations/0/description", "upstairs"),
        (program, "/service_at_locations/0/location/name", "Old Mill"),
        (program, "/service_at_locations/0/location/location_type", "virtual"),
        (program, "/service_at_locations/0/location/external_identifier", "100"),
        (program, "/service_at_locations/0/location/addresses/0/region", "East"),
        (program, "/service_at_locations/0/location/accessibility/0/url", "https://ramp.example"),
        (program, "/service_at_locations/1/location/name", "Van"),
    ] {
        let ours: Vec<&Value> = of_others(thing, pointer);
        assert!(ours.contains(&&Value::from(value)), "{pointer}: {thing:#}");
    }
    assert_eq!(provider["year_incorporated"], 1990);
    let own = Value::from([of_own(provider), of_own(program)].concat()).to_string();
    for part in [
        r#""rating":{"stars":4}"#,
        "see the leaflet",
        "harbour.example/start",
        r#""pronouns":"they""#,
        r#""label":"Region""#,
        r#""field_name":"name""#,
        "at the desk",
        r#""floor":"2""#,
        r#""url":"mill""#,
    ] {
        assert!(own.contains(part), "{part} in {own}");
    }
    goes_round(world, "out");
});

/// What stands there; of attributes, those of others in any place.
fn of_others<'v>(thing: &'v Value, pointer: &str) -> Vec<&'v Value> {
    match pointer.strip_prefix("/attributes/0") {
        Some(rest) => {
            thing["attributes"].as_array().into_iter().flatten().filter_map(|one| one.pointer(rest)).collect()
        }
        None => thing.pointer(pointer).into_iter().collect(),
    }
}

// Rule 8.24.
both_engines!(tables_of_others_lose_nothing, |world| {
    world.as_user("anna");
    world.ok("init");
    write_tables(world, "others");
    let first = world.json("provider import others --format hsds --yes");
    assert_eq!([&first["created"], &first["rejected"]], [1, 0], "{first}");
    assert_eq!(first["not_kept"], Value::Object(serde_json::Map::new()));
    world.ok("export hsds --out out");
    let provider = &document(world, "out")[0];
    let program = &provider["services"][0];
    assert_eq!(provider["logo"], "https://harbour.example/logo.png");
    assert_eq!(program["phones"][0]["languages"][0]["name"], "Welsh");
    assert_eq!(program["languages"][0]["name"], "Urdu");
    assert_eq!(program["service_at_locations"][0]["description"], "upstairs");
    assert_eq!(program["service_at_locations"][0]["location"]["name"], "Old Mill");
    let own = Value::from([of_own(provider), of_own(program)].concat()).to_string();
    for part in ["4 stars", "see the leaflet", r#""virtual":"no""#, "CARE"] {
        assert!(own.contains(part), "{part} in {own}");
    }
    goes_round(world, "out");
});

// Rules 5.2 and 8.24.
both_engines!(what_is_kept_changes_with_its_list_and_comes_back, |world| {
    world.as_user("anna");
    world.ok("init");
    world.write("others.json", DOCUMENT);
    world.ok("provider import others.json --format hsds --source city --yes");
    world.ok("export hsds --out before");
    let shorter = r#"[{"id": "o1", "name": "Harbour", "logo": null, "uri": "https://o1.example", "phones": [{"number": "01632 960111"}]}]"#;
    world.write("others.json", shorter);
    let changed = world.json("provider import others.json --format hsds --source city");
    assert_eq!(changed["updated"], 1, "{changed}");
    world.ok("export hsds --out after");
    let provider = &document(world, "after")[0];
    assert_eq!([&provider["logo"], &provider["phones"][0]["languages"]], [&Value::Null, &Value::Null]);
    assert_eq!(
        [&provider["uri"], &provider["year_incorporated"]],
        [&Value::from("https://o1.example"), &Value::from(1990)]
    );
    assert_eq!(provider["services"], document(world, "before")[0]["services"]);
    world.ok(&format!("import undo {} --yes", changed["import"].as_str().expect("a code")));
    world.ok("export hsds --out again");
    assert_eq!(files(&world.path("before")), files(&world.path("again")));
    world.ok("database check");
});

// Rule 8.24.
both_engines!(a_merge_keeps_what_both_directories_say, |world| {
    world.as_user("anna");
    world.ok("init");
    world.write("others.json", DOCUMENT);
    world.ok("provider import others.json --format hsds --source city --yes");
    world.write("more.json", r#"[{"id": "o2", "name": "Mill", "logo": "https://mill.example/logo.png", "legal_name": "Mill Ltd"}]"#);
    world.ok("provider import more.json --format hsds --source county --yes");
    world.ok("provider merge mill --into harbour --yes");
    world.ok("export hsds --out out");
    let all = document(world, "out");
    let provider =
        all.as_array().expect("a list").iter().find(|one| one["name"] == "Harbour").expect("it stays");
    assert_eq!(provider["logo"], "https://harbour.example/logo.png");
    let own = Value::from(of_own(provider)).to_string();
    assert!(own.contains("https://mill.example/logo.png") && own.contains("Mill Ltd"), "{own}");
    let again = world.json("provider import out --format hsds");
    assert_eq!([&again["created"], &again["updated"], &again["rejected"]], [0, 0, 0], "{again}");
});

/// The texts of a document, those in the values of attributes too.
fn texts(value: &Value, all: &mut HashSet<String>) {
    match value {
        Value::Object(object) => object.values().for_each(|one| texts(one, all)),
        Value::Array(list) => list.iter().for_each(|one| texts(one, all)),
        Value::String(text) => {
            if let Ok(inner @ Value::Object(_)) = serde_json::from_str(text) {
                texts(&inner, all);
            }
            // Currencies are written in capitals.
            all.insert(text.trim().to_lowercase());
        }
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => drop(all.insert(number.to_string())),
    }
}

/// The columns of tables that nothing else keeps.
const COLUMNS: &[(&str, &str, &[&str])] = &[
    ("hsds1-baltimore-icarol", "locations.csv", &["name", "description", "email", "alternate_name"]),
    (
        "hsds1-baltimore-icarol",
        "taxonomy.csv",
        &[
            "id", "name", "taxonomy_id", "parent_id", "parent_name", "type", "filter", "filter_parent",
            "filter_priority",
        ],
    ),
    (
        "hsds1-baltimore-icarol",
        "taxonomy_mapping.csv",
        &["211 Code", "211 Name", "Open Eligibility Name", "taxonomy_id", "BCHD Approval "],
    ),
    ("hsds1-ohana-sanmateo-sample", "taxonomy.csv", &["taxonomy_id", "name", "parent_id", "parent_name"]),
    (
        "hsds1-ohana-sanmateo-sample",
        "locations.csv",
        &["name", "description", "email", "short_desc", "admin_emails", "virtual", "website"],
    ),
    ("hsds1-ohana-sanmateo-sample", "phones.csv", &["country_prefix", "vanity_number"]),
    ("hsds1-ohana-sanmateo-sample", "organizations.csv", &["date_incorporated"]),
    (
        "hsds3-spec/examples-csv",
        "organizations.csv",
        &["logo", "uri", "parent_organization_id", "year_incorporated"],
    ),
    (
        "hsds3-spec/examples-csv",
        "locations.csv",
        &[
            "name",
            "description",
            "url",
            "alternate_name",
            "external_identifier",
            "external_identifier_type",
            "latitude",
            "longitude",
        ],
    ),
    ("hsds3-spec/examples-csv", "services.csv", &["assured_date", "assurer_email", "last_modified", "fees"]),
    (
        "hsds3-spec/examples-csv",
        "schedules.csv",
        &["dtstart", "timezone", "until", "count", "wkst", "bymonthday"],
    ),
    ("hsds3-spec/examples-csv", "service_areas.csv", &["extent", "extent_type", "uri"]),
    ("hsds3-spec/examples-csv", "accessibility.csv", &["url"]),
    ("hsds3-spec/examples-csv", "cost_options.csv", &["valid_from", "valid_to"]),
    ("hsds3-spec/examples-csv", "service_at_location.csv", &["description"]),
    ("hsds3-spec/examples-csv", "organization_identifiers.csv", &["identifier_scheme"]),
    ("hsds3-spec/examples-csv", "programs.csv", &["alternate_name"]),
    ("hsds3-spec/examples-csv", "meta_table_descriptions.csv", &["name", "language", "character_set"]),
    (
        "hsds3-spec/examples-csv",
        "metadata.csv",
        &[
            "resource_id", "resource_type", "last_action_date", "last_action_type", "field_name",
            "previous_value", "replacement_value", "updated_by",
        ],
    ),
    ("hsds3-spec/examples-csv", "attributes.csv", &["link_id", "link_type", "link_entity", "value"]),
    ("hsds3-spec/examples-csv", "taxonomies.csv", &["id", "name", "description", "uri", "version"]),
    (
        "hsds3-spec/examples-csv",
        "taxonomy_terms.csv",
        &[
            "id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id",
            "term_uri",
        ],
    ),
];

/// The texts of the documents, but for keys, times, and what is written in one way.
fn of_documents(folder: &Path) -> HashSet<String> {
    let mut all = HashSet::new();
    for name in [
        "organization_full.json",
        "organization.json",
        "organization_list.json",
        "service_full.json",
        "service_at_location_full.json",
        "location.json",
        "taxonomy.json",
        "taxonomy_list.json",
        "taxonomy_term.json",
        "taxonomy_term_list.json",
    ] {
        let Ok(text) = fs::read_to_string(folder.join(name)) else { continue };
        let mut document: Value = serde_json::from_str(&text).expect("JSON");
        without_keys(&mut document);
        texts(&document, &mut all);
    }
    all
}

/// What a page of a list says of itself.
const PAGE: [&str; 7] =
    ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"];

fn without_keys(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let is_key = |key: &str| key == "id" || key == "link_entity" || key.ends_with("_id");
            object
                .retain(|key, _| !is_key(key) && !PAGE.contains(&key.as_str()) || key.starts_with("parent"));
            object.values_mut().for_each(without_keys);
        }
        Value::Array(list) => list.iter_mut().for_each(without_keys),
        _ => {}
    }
}

fn of_tables(path: &Path, place: &str) -> HashSet<String> {
    let mut all = HashSet::new();
    for (_, table, columns) in COLUMNS.iter().filter(|(of, _, _)| *of == place) {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_path(path.join(table)).expect("a table");
        let header = reader.headers().expect("a header").clone();
        for row in reader.records().map_while(Result::ok) {
            let cells = header.iter().zip(&row).filter(|(name, _)| columns.contains(name));
            all.extend(cells.map(|(_, cell)| cell.trim().to_lowercase()));
        }
    }
    all
}

/// What is left of each: descriptions of an interface, and tables inside of a document.
const LEFT: &[(&str, &[&str])] = &[
    ("hsds1-baltimore-icarol", &[]),
    ("hsds1-ohana-sanmateo-sample", &[]),
    ("hsds3-spec/examples", &["base", "tabular"]),
    ("hsds3-spec/examples-csv", &[]),
    ("hsds3-uk-mocks", &["api_details"]),
];

// Rule 8.24.
both_engines!(real_directories_lose_nothing, |world| {
    for (number, (place, left)) in LEFT.iter().enumerate() {
        // A server would take minutes for the largest, which says nothing about it that the others do not.
        if world.engine() == Engine::Postgres && number == 0 {
            continue;
        }
        let Some(path) = real(place) else { continue };
        let db = format!("--db lost{number}.db");
        world.ok(&format!("{db} init"));
        let done = world
            .run(&format!("{db} provider import {} --source x --keep-going --yes -o json", path.display()));
        let first: Value = serde_json::from_str(&done.stdout).expect("JSON");
        let kinds: BTreeMap<String, u64> = serde_json::from_value(first["not_kept"].clone()).expect("counts");
        assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), *left, "{place}");
        world.ok(&format!("{db} export hsds --out lost{number}"));
        let mut found = HashSet::new();
        for name in ["organizations.json", "attributes.json"] {
            let text = world.read(&format!("lost{number}/{name}"));
            texts(&serde_json::from_str(&text).expect("JSON"), &mut found);
        }
        let all = found.iter().cloned().collect::<Vec<_>>().join("\n");
        let lost: Vec<String> = of_tables(&path, place)
            .into_iter()
            .chain(of_documents(&path))
            .filter(|text| !found.contains(text) && !all.contains(text.as_str()))
            .collect();
        assert_eq!(lost, [""; 0], "{place}");
    }
});
