//! The whole first job, with real data: a real directory, synthetic patients, a published home-care instance, a package to
//! three imported providers, their answers, the calendar; and the JSON of every step.

use serde_json::{Value, json};

use crate::world::{World, real};

const ZONE: &str = "Europe/London";

/// A report of an import, whose exit status is 9 where some rows were rejected.
fn imported(world: &World, line: &str, status: i32) -> Value {
    let answer = world.run(&format!("{line} -o json"));
    assert_eq!(answer.status, status, "{}{}", answer.stdout, answer.stderr);
    serde_json::from_str(&answer.stdout).expect("a report")
}

/// The refusal of a command, as JSON on stderr.
fn refused(world: &World, line: &str, code: &str) {
    let answer = world.run(&format!("{line} -o json"));
    assert_eq!((answer.status, answer.stdout.as_str()), (4, ""), "{}", answer.stderr);
    let error: Value = serde_json::from_str(answer.stderr.lines().last().expect("an error")).expect("JSON");
    assert_eq!(error["error"]["code"], code);
}

fn code(object: &Value) -> String {
    object["code"].as_str().expect("a code").to_owned()
}

both_engines!(care_is_outsourced_to_real_providers, |world| {
    let data = ["hsds1-baltimore-icarol", "synthea-csv-28/patients.csv", "visits-hhcrsp/toy.json"].map(real);
    let [Some(directory), Some(patients), Some(instance)] = data else { return };

    let made = world.json(&format!("init --time-zone {ZONE}"));
    assert_eq!((&made["result"], &made["time_zone"]), (&json!("created"), &json!(ZONE)));
    let providers = imported(world, &format!("provider import {} --keep-going", directory.display()), 9);
    assert_eq!((&providers["created"], &providers["rejected"]), (&json!(748), &json!(394)));
    let clients = imported(world, &format!("client import {}", patients.display()), 0);
    assert_eq!((&clients["created"], &clients["rejected"]), (&json!(27), &json!(0)));

    let client = code(&world.json("client list --limit 1")[0]);
    let referral = code(&world.json(&format!("referral create --queue home --client {client}")));
    let visits =
        imported(world, &format!("visit import {referral} {} --date 2026-11-30", instance.display()), 0);
    let planned = world.json(&format!("visit list {referral}"));
    assert_eq!(visits["created"], planned.as_array().expect("a list").len());
    assert_eq!(planned[0]["status"], "planned");

    let asked = world.json("provider list --active --limit 3");
    let [first, second, third] = [0, 1, 2].map(|number| code(&asked[number]));
    let package = world.json(&format!(
        "outsource create {referral} --all-visits --provider {first} {second} {third} --reference \"first week\""
    ));
    assert_eq!((&package["status"], &package["referral"]), (&json!("pending"), &json!(referral)));
    assert_eq!(package["visits"].as_array().map(Vec::len), planned.as_array().map(Vec::len));
    let keys: Vec<&String> = package["offers"][0].as_object().expect("an offer").keys().collect();
    assert_eq!(
        keys,
        [
            "provider", "provider_name", "requested_by", "requested_at", "opens_at", "lapses_at",
            "reminded_at", "status", "responded_at", "ended_at", "reason"
        ]
    );

    let rejected = world.json(&format!("package respond \"first week\" --provider {first} --reject"));
    assert_eq!(
        (&rejected["status"], &rejected["offers"][0]["status"]),
        (&json!("pending"), &json!("rejected"))
    );
    let accepted = world.json(&format!("package respond \"first week\" --provider {second} --accept"));
    assert_eq!((&accepted["status"], &accepted["accepted_by_name"]), (&json!("accepted"), &asked[1]["name"]));
    assert_eq!(accepted["offers"][2]["status"], "closed");
    assert_eq!(accepted["offers"][2]["responded_at"], Value::Null);
    refused(
        world,
        &format!("package respond \"first week\" --provider {third} --accept"),
        "package.already_accepted",
    );

    let week = world.ok(&format!("schedule show {referral} --week 2026-W49"));
    assert!(week.contains("✓ accepted") && week.contains("Week 49"), "{week}");
    world.ok(&format!("schedule export {referral} --file week.ics"));
    let calendar = world.read("week.ics");
    assert_eq!(
        calendar.matches("STATUS:CONFIRMED").count(),
        planned.as_array().map_or(0, Vec::len),
        "{calendar}"
    );
    let name = world.json(&format!("client show {client}"));
    assert!(!calendar.contains(name["family"].as_str().expect("a name")), "{calendar}");

    assert_eq!(world.json("audit verify")["intact"], true);
    assert!(world.json("database check").as_array().expect("checks").iter().all(|check| check["ok"] == true));
});
