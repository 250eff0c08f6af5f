//! What a directory of others says of none of its organizations and services: it is kept with its source (rule 8.24).

use expect_test::expect;
use serde_json::{Value, json};

use super::hsds::files;
use super::hsds_remainder::{document, goes_round, of_own, write_tables};
use crate::world::World;

fn json_of(world: &World, path: &str) -> Value {
    serde_json::from_str(&world.read(path)).expect("JSON")
}

/// What the hub says that it keeps of its sources, without the terms.
fn kept(world: &World, folder: &str) -> Vec<Value> {
    let all = json_of(world, &format!("{folder}/attributes.json"));
    let all = all.as_array().expect("a list").iter();
    let all =
        all.map(|one| serde_json::from_str::<Value>(one["value"].as_str().expect("a text")).expect("JSON"));
    all.filter(|one| one["entity"] != "taxonomy_term").collect()
}

// Rule 8.24.
both_engines!(what_is_about_no_provider_is_kept_with_its_source, |world| {
    world.as_user("anna");
    world.ok("init");
    write_tables(world, "others");
    for (name, text) in [
        (
            "metadata.csv",
            "id,resource_id,resource_type,last_action_date,last_action_type,field_name,previous_value,replacement_value,updated_by\n\
             m1,s1,service,2026-01-31,update,name,Nights,Night sitting,Jo Reed\n\
             m2,p1,phone,soon,update,number,,01632 960111,Jo Reed\n\
             m3,x,service,2026-01-30,delete,name,Days,none,Jo Reed\n",
        ),
        ("meta_table_descriptions.csv", "id,name,language,character_set\nd1,Harbour,en,UTF-8\n"),
        (
            "attributes.csv",
            "id,link_id,link_entity,taxonomy_term_id,value\na1,p1,phone,2,at lunch\na2,s1,service,1,\na3,x,service,2,gone\n",
        ),
    ] {
        world.write(&format!("others/{name}"), text);
    }
    world.write(
        "others/locations.csv",
        "id,organization_id,name,virtual,latitude,longitude\nl1,o1,Old Mill,no,52.1,0.5\nl9,,Barn,no,52.2,0.4\n",
    );
    let first = world.json("provider import others --format hsds --yes");
    assert_eq!([&first["created"], &first["rejected"]], [1, 0], "{first}");
    assert_eq!(first["not_kept"], Value::Object(serde_json::Map::new()));
    world.ok("export hsds --out out");
    let program = &document(world, "out")[0]["services"][0];
    assert_eq!(program["metadata"][0]["previous_value"], "Nights", "{program}");
    let own = Value::from(of_own(program)).to_string();
    assert!(own.contains("soon") && own.contains("at lunch"), "{own}");
    let metadata = world.read("out/metadata.csv");
    assert!(metadata.contains(",service,2026-01-31,update,name,Nights,Night sitting,Jo Reed"), "{metadata}");
    assert!(world.read("out/meta_table_descriptions.csv").contains(",Harbour,en,UTF-8"));
    assert!(world.read("out/locations.csv").contains(",Barn,"));
    // Nothing has the second term.
    let terms = json_of(world, "out/taxonomy_terms.json");
    let names: Vec<_> = terms.as_array().expect("a list").iter().map(|one| one["name"].clone()).collect();
    assert!(names.contains(&"Care".into()) && names.contains(&"Food".into()), "{terms}");
    let kept = Value::from(kept(world, "out")).to_string();
    for part in ["Days", "gone", "Barn", "UTF-8"] {
        assert!(kept.contains(part), "{part} in {kept}");
    }
    goes_round(world, "out");
});

// Rules 5.2, 5.6 and 8.24.
both_engines!(what_is_about_no_provider_changes_with_its_source_and_comes_back, |world| {
    world.as_user("anna");
    world.ok("init");
    write_tables(world, "others");
    world.ok("provider import others --format hsds --source city --yes");
    world.ok("export hsds --out before");
    world.write("others/taxonomy.csv", "id,name,taxonomy_id,type\n1,Care,C1,need\n3,Rides,R1,service\n");
    world.story(expect![[r#"
        $ caredesk provider import others --format hsds --source city
        Providers: 0 created, 0 updated, 1 unchanged, with 1 resource, 1 phone and 1 address; 11 rows read, 0 rejected.
        Import IMP-WMEJHB: `caredesk import undo IMP-WMEJHB` takes it back.
        2> note: what `city` says of no provider: 1 new, 1 changed, 1 gone
    "#]]);
    world.ok("export hsds --out after");
    let terms = world.read("after/taxonomy_terms.csv");
    assert!(terms.contains("Rides") && !terms.contains("Food"), "{terms}");
    world.write(
        "services.json",
        r#"[{"id": "o1", "name": "Harbour", "attributes": [{"taxonomy_term": {"name": "Visits", "facet": "need"}}]}]"#,
    );
    // Documents are parts of a list: what one does not have is in another.
    let more = world.json("provider import services.json --format hsds --source city");
    assert_eq!(more["updated"], 1, "{more}");
    world.ok("export hsds --out more");
    let kept = world.read("more/attributes.json");
    assert!(kept.contains("Rides") && kept.contains("Visits"), "{kept}");
    world.ok("undo --yes");
    world.ok("export hsds --out again");
    assert_eq!(files(&world.path("after")), files(&world.path("again")));
    world.ok("undo --yes");
    world.ok("export hsds --out first");
    assert_eq!(files(&world.path("before")), files(&world.path("first")));
    world.ok("database check");
});

// Rule 8.20.
both_engines!(a_portal_account_writes_nothing_about_no_provider, |world| {
    world.as_user("anna");
    world.ok("init");
    write_tables(world, "others");
    world.ok("provider import others --format hsds --source city --yes");
    world.ok("account create rosa --name 'Rosa Quill' --level provider-portal --resource harbour");
    world.as_user("rosa");
    world.ok("export hsds --out own");
    assert_eq!(world.read("own/attributes.json"), "[]\n");
    let terms = world.read("own/taxonomy_terms.csv");
    assert!(terms.contains("Care") && !terms.contains("Food"), "{terms}");
});

const ONE: &str = "3f7b145d-84af-42d7-8fae-eaca714b02b1";
const TWO: &str = "3f7b145d-84af-42d7-8fae-eaca714b02b2";

/// A folder of documents.
fn write_documents(world: &World, folder: &str, documents: &[(&str, Value)]) {
    std::fs::create_dir_all(world.path(folder)).expect("a folder");
    for (name, value) in documents {
        world.write(&format!("{folder}/{name}.json"), value.to_string());
    }
}

fn taken(world: &World, line: &str) -> [Value; 4] {
    let done = world.json(&format!("provider import {line} --format hsds"));
    ["created", "updated", "rejected", "import"].map(|key| done[key].clone())
}

fn nothing() -> [Value; 4] {
    [0.into(), 0.into(), 0.into(), Value::Null]
}

// Rules 8.20 and 8.24.
both_engines!(nobody_is_shown_what_another_source_says, |world| {
    world.as_user("anna");
    world.ok("init");
    let term = json!({"id": ONE, "name": "Housing", "code": "H1"});
    let listing = json!([{"id": "o1", "name": "Harbour", "attributes": [{"taxonomy_term": term}]}]);
    write_documents(world, "one", &[("organizations", listing)]);
    let secret = json!([{"id": TWO, "name": "Housing", "code": "H1", "description": "not for all", "taxonomy": "Open"},
        {"id": TWO, "name": "Housing", "code": "H1", "description": "not for all", "parent_id": ONE}]);
    write_documents(
        world,
        "two",
        &[("organizations", json!([{"id": "o2", "name": "Mill"}])), ("taxonomy_terms", secret)],
    );
    for source in ["one", "two"] {
        world.ok(&format!("provider import {source} --format hsds --source {source} --yes"));
    }
    world.ok("account create rosa --name 'Rosa Quill' --level provider-portal --resource harbour");
    world.ok("export hsds --out out");
    let terms = world.read("out/taxonomy_terms.csv");
    assert!(terms.contains(&format!("{ONE},H1,Housing")) && terms.contains("not for all"), "{terms}");
    goes_round(world, "out");
    world.as_user("rosa");
    world.ok("export hsds --out own");
    let terms = world.read("own/taxonomy_terms.csv");
    assert!(terms.contains(&format!("{ONE},H1,Housing")) && !terms.contains("not for all"), "{terms}");
});

// Rules 8.22 and 8.24.
both_engines!(what_is_about_another_is_not_taken_for_its_own, |world| {
    world.as_user("anna");
    world.ok("init");
    let of = |id: &str, term: &str| json!({"id": ONE, "link_id": id, "link_entity": "organization", "taxonomy_term": {"name": term}});
    let here = json!([of(TWO, "Meals"), of(ONE, "Rides")]);
    write_documents(
        world,
        "one",
        &[("attributes", here), ("organizations", json!([{"id": TWO, "name": "Harbour"}]))],
    );
    world.ok("provider import one --format hsds --source one --yes");
    let provider = world.json("provider show harbour");
    assert!(provider["details"].to_string().contains("Meals"), "{provider}");
    // Another source has whom the second is about.
    write_documents(world, "two", &[("organizations", json!([{"id": ONE, "name": "Mill"}]))]);
    world.ok("provider import two --format hsds --source two --yes");
    world.ok("export hsds --out out");
    goes_round(world, "out");
    assert!(!world.json("provider show mill").to_string().contains("Rides"));
});

// Rules 5.2 and 8.24.
both_engines!(documents_of_one_source_in_turn_change_nothing, |world| {
    world.as_user("anna");
    world.ok("init");
    let listing = |id: &str, name: &str, term: Value| json!([{"id": id, "name": name, "attributes": [{"taxonomy_term": term}]}]);
    world.write(
        "a.json",
        listing("o1", "Harbour", json!({"id": ONE, "name": "Care", "facet": "a"})).to_string(),
    );
    world
        .write("b.json", listing("o2", "Mill", json!({"id": TWO, "name": "Care", "facet": "b"})).to_string());
    for file in ["a.json", "b.json"] {
        world.ok(&format!("provider import {file} --source city --yes"));
    }
    for file in ["a.json", "b.json", "a.json"] {
        assert_eq!(taken(world, &format!("{file} --source city")), nothing(), "{file}");
    }
    world.ok("export hsds --out out");
    let terms = world.read("out/taxonomy_terms.csv");
    assert!(terms.contains(ONE) && terms.contains(TWO), "both are terms: {terms}");
    goes_round(world, "out");
});

// Rule 8.24.
both_engines!(a_location_of_nobody_has_what_it_lists, |world| {
    world.as_user("anna");
    world.ok("init");
    for (name, text) in [
        ("organizations.csv", "id,name\no1,Harbour\n"),
        ("locations.csv", "id,organization_id,name\nl1,o1,Pier\nl2,,Barn\n"),
        (
            "addresses.csv",
            "id,location_id,address_1,city,postal_code,country,address_type\na2,l2,2 Mill Lane,Ely,CB7,GB,physical\n",
        ),
        ("phones.csv", "id,location_id,number\np2,l2,01632 960111\n"),
    ] {
        std::fs::create_dir_all(world.path("others")).expect("a folder");
        world.write(&format!("others/{name}"), text);
    }
    assert_eq!(taken(world, "others --yes")[..3], [1, 0, 0]);
    world.ok("export hsds --out out");
    assert!(world.read("out/addresses.csv").contains("2 Mill Lane"));
    assert!(Value::from(kept(world, "out")).to_string().contains("01632 960111"));
    goes_round(world, "out");
});

// Rule 8.22.
both_engines!(a_file_of_others_takes_nothing_from_a_source, |world| {
    world.as_user("anna");
    world.ok("init");
    write_tables(world, "others");
    world.ok("provider import others --format hsds --source city --yes");
    world.ok("provider create Mill");
    world.ok("export hsds --out mine");
    let id = |name: &str| {
        let terms = json_of(world, "mine/taxonomy_terms.json");
        terms.as_array().expect("a list").iter().find(|one| one["name"] == name).expect("a term")["id"]
            .clone()
    };
    let attribute = |name: &str, value: String| {
        json!({"id": ONE, "value": value, "link_id": TWO, "link_entity": "directory",
        "taxonomy_term": {"id": id(name), "name": name}})
    };
    let entry = |entity: &str| json!({"source": "city", "entity": entity, "entry": "x", "content": {"name": "Forged", "number": "1"}});
    let forged = json!([
        attribute("entry", entry("taxonomy").to_string()),
        attribute("entry", entry("phone").to_string())
    ]);
    let listing =
        json!([{"id": ONE, "name": "Barn", "attributes": [attribute("code", "PRV-ZZZZZZ".to_owned())]}]);
    let term = json!({"id": id("code"), "name": "Impostor"});
    let impostor = json!([{"id": TWO, "name": "Hill", "attributes": [{"taxonomy_term": term}]}]);
    write_documents(world, "impostor", &[("organizations", impostor)]);
    world.ok("provider import impostor --format hsds --source impostor --yes");
    write_documents(world, "forged", &[("organizations", listing), ("attributes", forged)]);
    let done = world.json("provider import forged --format hsds --yes");
    assert_eq!(done["not_kept"], json!({"directory": 1}), "{done}");
    world.ok("export hsds --out out");
    let terms = world.read("out/taxonomy_terms.csv");
    for name in ["Care", "Food", "Impostor"] {
        assert!(terms.contains(name), "{name} in {terms}");
    }
    goes_round(world, "out");
});

// Rule 8.24.
both_engines!(what_a_merge_brings_has_one_order, |world| {
    world.as_user("anna");
    world.ok("init");
    world.write("a.json", r#"[{"id": "o1", "name": "Harbour", "phones": [{"number": "1", "x": "y"}]}]"#);
    world.write("b.json", r#"[{"id": "o2", "name": "Mill", "extra": "e"}]"#);
    world.ok("provider import a.json --source a --yes");
    world.ok("provider import b.json --source b --yes");
    world.ok("provider merge mill --into harbour --yes");
    world.ok("export hsds --out out");
    goes_round(world, "out");
});

// Rule 5.2.
both_engines!(a_field_that_says_no_more_than_is_read_takes_back_what_it_said, |world| {
    world.as_user("anna");
    world.ok("init");
    for (status, url) in [("defunct", "harbour.example/start"), ("inactive", "")] {
        let services = json!([{"id": "s1", "name": "Night sitting", "status": status}]);
        let listing = json!([{"id": "o1", "name": "Harbour", "website": "https://harbour.example", "url": url, "services": services}]);
        world.write("o.json", listing.to_string());
        world.ok("provider import o.json --source city --yes");
    }
    world.ok("export hsds --out out");
    let provider = &document(world, "out")[0];
    assert_eq!(provider["services"][0]["status"], "inactive");
    assert!(!provider.to_string().contains("start"), "{provider}");
});

// Rule 8.21.
both_engines!(what_was_changed_of_a_term_that_nothing_has_is_a_row, |world| {
    world.as_user("anna");
    world.ok("init");
    let metadata = json!([{"id": TWO, "last_action_date": "2026-01-31", "last_action_type": "update", "field_name": "name",
        "previous_value": "House", "replacement_value": "Housing", "updated_by": "Jo Reed"}]);
    let terms = json!([{"id": ONE, "name": "Housing", "taxonomy": "Open", "metadata": metadata}]);
    write_documents(
        world,
        "others",
        &[("organizations", json!([{"id": "o1", "name": "Harbour"}])), ("taxonomy_terms", terms)],
    );
    world.ok("provider import others --format hsds --source city --yes");
    world.ok("export hsds --out out");
    let rows = world.read("out/metadata.csv");
    let row = rows.lines().nth(1).expect("a row");
    assert!(row.len() > 37 && row.find(',') == Some(36), "with an id: {row}");
    assert!(
        row.contains(&format!(",{ONE},taxonomy_term,2026-01-31,update,name,House,Housing,Jo Reed")),
        "{row}"
    );
    let terms = json_of(world, "out/taxonomy_terms.json");
    let term = terms.as_array().expect("a list").iter().find(|one| one["id"] == ONE).expect("the term");
    assert!(term["metadata"][0]["id"].is_string(), "{term}");
    goes_round(world, "out");
});
