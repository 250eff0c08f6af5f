//! What a directory says has ended, and who may begin it again.

use expect_test::expect;
use serde_json::json;

use crate::world::World;

/// The states of the programs, by name.
fn states(world: &World) -> String {
    let list = world.json("resource list --all");
    let programs = list.as_array().unwrap().iter().filter(|resource| resource["kind"] == "program");
    let state = |program: &serde_json::Value| {
        format!("{} {}", program["name"].as_str().unwrap(), program["state"].as_str().unwrap())
    };
    programs.map(state).collect::<Vec<_>>().join(", ")
}

// Rule 5.2: an export of what has changed says nothing of the rest, whatever it is written in.
both_engines!(what_is_not_in_a_directory_has_not_ended, |world| {
    world.ok("init");
    let tables = |services: &str| {
        std::fs::create_dir_all(world.path("tables")).unwrap();
        world.write("tables/organizations.csv", "id,name\no1,Plover House\n");
        world.write("tables/services.csv", format!("id,organization_id,name,status\n{services}"));
    };
    tables("s1,o1,Night care,active\ns2,o1,Day care,active\n");
    world.ok("provider import tables --source a");
    tables("s2,o1,Day care,active\n");
    world.story(expect![[r#"
        $ caredesk provider import tables --source a
        Providers: 0 created, 0 updated, 1 unchanged, with 1 resource, 0 phones and 0 addresses; 2 rows read, 0 rejected.
        2> note: programs that `a` had before and has no more: 1; they stay as they are; `--complete` says that they have ended
    "#]]);
    assert_eq!(states(world), "Day care active, Night care active");
    world.ok("provider import tables --source a --complete");
    assert_eq!(states(world), "Day care active, Night care inactive");
    tables("s1,o1,Night care,\n");
    world.ok("provider import tables --source a");
    assert_eq!(states(world), "Day care active, Night care active", "what was absent is there again");
    world.story(expect![[r#"
        $ caredesk provider import tables/organizations.csv --source a --complete
        2> error: `organizations.csv` lists no program, so `--complete` would end all of them
        2> hint: leave out `--complete`, or add the file that lists the programs
        [exit 2]
    "#]]);
});

both_engines!(a_part_of_a_table_of_agencies_ends_nothing, |world| {
    world.ok("init");
    let row = |id: &str, name: &str, parent: &str, status: &str| {
        json!({"ResourceAgencyNum": id, "PublicName": name, "ParentAgencyNum": parent, "ParentAgency": "Elder Trust",
               "AgencyStatus": status})
    };
    let all = [
        row("1", "Elder Trust", "", "Active"),
        row("2", "Meals", "1", "Active"),
        row("3", "Rides", "1", "Active"),
    ];
    world.write("county.json", json!(all).to_string());
    world.ok("provider import county.json");
    world.write("county.json", json!([row("2", "Meals", "1", "Defunct")]).to_string());
    world.ok("provider import county.json");
    assert_eq!(states(world), "Meals inactive, Rides active");
    world.write("county.json", json!([row("2", "Meals", "1", "")]).to_string());
    world.ok("provider import county.json");
    assert_eq!(states(world), "Meals inactive, Rides active", "an empty status says nothing");
    // A row that was rejected is still in the source.
    let mut broken = row("3", "Rides", "1", "Active");
    broken["TaxonomyLevelName"] = json!("Club");
    world.write("county.json", json!([row("2", "Meals", "1", "Active"), broken]).to_string());
    assert_eq!(world.run("provider import county.json --complete --keep-going").status, 9);
    assert_eq!(states(world), "Meals active, Rides active");
    world.write("county.json", json!([row("2", "Meals", "1", "Active")]).to_string());
    world.ok("provider import county.json --complete");
    assert_eq!(states(world), "Meals active, Rides inactive");
});

both_engines!(a_page_of_services_ends_nothing, |world| {
    world.ok("init");
    let service =
        |id: &str| json!({"id": id, "name": id, "organization": {"id": "o1", "name": "Plover House"}});
    world.write("page.json", json!({"contents": [service("s1"), service("s2")]}).to_string());
    world.ok("provider import page.json --source pages");
    world.write("page.json", json!({"contents": [service("s2")]}).to_string());
    world.ok("provider import page.json --source pages");
    assert_eq!(states(world), "s1 active, s2 active");
    // The list that an organization has is whole.
    let whole = json!({"id": "o1", "name": "Plover House", "services": [{"id": "s1", "name": "s1", "status": "active"}]});
    world.write("whole.json", whole.to_string());
    world.ok("provider import whole.json --source pages");
    assert_eq!(states(world), "s1 active, s2 inactive");
});

// Rule 5.2: a source begins again what it has ended, and not what people here have.
both_engines!(who_has_ended_something_may_begin_it_again, |world| {
    world.ok("init");
    let providers = |bee: &str, bell: &str| {
        world.write("homes.csv", format!("id,name,active\n1,Bee Care,{bee}\n2,Bell Care,{bell}\n"));
        world.ok("provider import homes.csv");
        let active = |name: &str| world.json(&format!("provider show {name}"))["active"].clone();
        (active("Bee"), active("Bell"))
    };
    assert_eq!(providers("yes", "no"), (json!(true), json!(false)));
    assert_eq!(providers("no", "yes"), (json!(false), json!(true)));
    world.write("homes.csv", "id,name\n1,Bee Care\n2,Bell Care\n");
    world.ok("provider import homes.csv");
    assert_eq!(world.json("provider show Bee")["active"], false, "a file without the column says nothing");
    assert_eq!(providers("yes", "yes"), (json!(true), json!(true)));
    world.ok("provider deactivate Bee --yes");
    assert_eq!(providers("yes", "yes"), (json!(false), json!(true)), "people here have switched it off");
    world.ok("provider activate Bee");
    assert_eq!(providers("no", "yes"), (json!(false), json!(true)));
    assert_eq!(providers("yes", "yes"), (json!(true), json!(true)));
    let programs = |status: &str| {
        let services = json!([{"id": "s", "name": "Night care", "status": status}]);
        world.write("one.json", json!({"id": "o", "name": "Plover House", "services": services}).to_string());
        world.ok("provider import one.json --source one");
        states(world)
    };
    assert_eq!(programs("defunct"), "Night care inactive");
    assert_eq!(programs("active"), "Night care active");
    world.ok("resource edit 'Night care' --state inactive --yes");
    assert_eq!(programs("active"), "Night care inactive", "people here have switched it off");
    world.ok("resource edit 'Night care' --state active");
    assert_eq!(programs("defunct"), "Night care inactive");
    assert_eq!(programs("active"), "Night care active");
});
