//! Whatever happens to providers, settings, links, contracts, enrolments, requests, releases and records over the days, recipients
//! that are taken out and consent that is withdrawn among it: the explanation agrees with what is seen, at every instant, and says
//! the same of that instant ever after.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use crate::release::PDF;
use crate::world::{Engine, World};

/// What was seen: the question, the instant, and how many records.
type Seen = (String, String, i64);

both_engines!(an_explanation_agrees_with_what_is_seen_then_and_later, |world| {
    let cases = if world.engine() == Engine::Sqlite { 3 } else { 1 };
    let config = Config { cases, max_shrink_time: 15_000, failure_persistence: None, ..Config::default() };
    let engine = world.engine();
    let told = TestRunner::new(config).run(&prop::collection::vec(step(), 25), |steps| {
        tell(&World::new(engine), &steps);
        Ok(())
    });
    told.unwrap_or_else(|fault| panic!("{fault}"));
});

const PROVIDERS: [&str; 3] = ["oak", "harbour", "willow"];
const TYPES: [&str; 2] = ["services", "forms"];

/// Everything open between Oak and Harbour, so that a step has something to take away.
fn settle(world: &World) {
    world.begin(|world| {
    world.ok("init");
    world.ok("category create Care");
    world.ok("category create Meals");
    for name in PROVIDERS {
        world.ok(&format!("provider create {name}"));
        let stop = if name == "harbour" { "--stop 2026-12-05" } else { "" };
        world.ok(&format!(
            "contract create {name} '{name} 2026' --start 2026-01-01 {stop} --category Care --category Meals"
        ));
    }
    world.ok("client create --given Ada --family Moss");
    for name in PROVIDERS {
        world.ok(&format!("record add ada --provider {name} --type services --date 2026-11-01 --title Visit --category Care --contract '{name} 2026'"));
        world.ok(&format!("client enroll ada {name}"));
        for kind in TYPES {
            world.ok(&format!(
                "record add ada --provider {name} --type {kind} --date 2026-11-02 --title Note"
            ));
            world.ok(&format!("sharing setup {name} --type {kind} --level 1"));
            for other in PROVIDERS.into_iter().filter(|other| *other != name) {
                world.ok(&format!("sharing link {name} {other} --type {kind}"));
            }
        }
    }
    world.write("ada.pdf", PDF);
    });
}

fn tell(world: &World, steps: &[(i64, String)]) {
    settle(world);
    let mut now: DateTime<Utc> = "2026-11-23T00:00:00Z".parse().unwrap();
    let mut seen = Vec::new();
    for (number, (hours, line)) in steps.iter().enumerate() {
        now += TimeDelta::hours(*hours);
        world.at(&now.to_rfc3339());
        let answer = world.run(&with_codes(world, line));
        assert!([0, 3, 4, 5].contains(&answer.status), "{line}: {}", answer.stderr);
        seen.extend(look(world, number));
    }
    world.at("2027-06-01T00:00:00Z");
    for (question, at, count) in seen {
        let told = world.json(&format!("{question} --at {at}"));
        assert_eq!(told["records_visible"], count, "{question} --at {at}\n{told:#}");
    }
}

/// What Harbour sees of Oak's and Willow of Harbour's, now, as it is explained; one of these in turn as it is listed, too.
fn look(world: &World, number: usize) -> Vec<Seen> {
    let mut seen = Vec::new();
    for (owner, recipient) in [("oak", "harbour"), ("harbour", "willow")] {
        for kind in TYPES {
            let question =
                format!("sharing explain ada --owner {owner} --recipient {recipient} --type {kind}");
            let told = world.json(&question);
            let count = told["records_visible"].as_i64().unwrap();
            if seen.len() == number % 4 {
                let listed = world.json(&format!("record list ada --viewer {recipient} --type {kind}"));
                let of_owner =
                    listed.as_array().unwrap().iter().filter(|record| record["owner_name"] == owner).count();
                assert_eq!(i64::try_from(of_owner).unwrap(), count, "{question}\n{told:#}\n{listed:#}");
            }
            seen.push((question, told["at"].as_str().unwrap().to_owned(), count));
        }
    }
    seen
}

/// `SHR-n`, `ROI-n` and `REC-n` stand for the nth request, release and record that there are, by their codes.
fn with_codes(world: &World, line: &str) -> String {
    let mut line = line.to_owned();
    for (prefix, table) in [("SHR-", "sharing_request"), ("ROI-", "release"), ("REC-", "record")] {
        let Some(at) = line.find(prefix) else { continue };
        let rest = line[at + prefix.len()..].split(' ').next().unwrap().to_owned();
        let codes = world.sql(&format!("SELECT code FROM {table} ORDER BY id DESC"));
        let number: usize = rest.parse().unwrap();
        let code = codes.get(number % codes.len().max(1)).and_then(|row| row[0].clone());
        line = line.replace(&format!("{prefix}{rest}"), &code.unwrap_or_else(|| format!("{prefix}ZZZZZZ")));
    }
    line
}

/// Hours that go by, and a command.
fn step() -> impl Strategy<Value = (i64, String)> {
    (select(vec![1, 5, 11, 24, 30]), change())
}

fn change() -> impl Strategy<Value = String> {
    let pair = || select(vec![("oak", "harbour"), ("harbour", "willow")]);
    let kind = || select(TYPES.to_vec());
    let day = || select(vec!["today", "tomorrow", "+2d", "+5d", "+30d"]);
    prop_oneof![
        4 => (select(PROVIDERS.to_vec()), kind(), select(vec!["--level 1", "--level 2", "--level 3", "--client-by-client on", "--client-by-client off", "--release on", "--release off"]))
            .prop_map(|(owner, kind, what)| format!("sharing setup {owner} --type {kind} {what} --yes")),
        2 => (pair(), kind(), select(vec!["link", "unlink"])).prop_map(|((owner, recipient), kind, verb)| {
            let yes = if verb == "unlink" { "--yes" } else { "" };
            format!("sharing {verb} {owner} {recipient} --type {kind} {yes}")
        }),
        3 => (select(PROVIDERS.to_vec()), select(vec!["activate", "activate", "deactivate"]))
            .prop_map(|(provider, verb)| format!("provider {verb} {provider} --yes")),
        2 => (select(PROVIDERS.to_vec()), select(vec!["active", "inactive"]))
            .prop_map(|(provider, status)| format!("client enroll ada {provider} --status {status} --yes")),
        4 => (pair(), kind()).prop_map(|((owner, recipient), kind)| format!("sharing request ada --owner {owner} --recipient {recipient} --type {kind}")),
        5 => (0..3_u8, day()).prop_map(|(number, day)| format!("sharing grant SHR-{number} --expires {day}")),
        1 => (0..3_u8, select(vec!["deny", "revoke"])).prop_map(|(number, verb)| format!("sharing {verb} SHR-{number} --yes")),
        4 => (pair(), kind(), day(), 0..3_u8).prop_map(|((owner, recipient), kind, day, whom)| {
            let third = if owner == "oak" { "willow" } else { "oak" };
            let to = match whom {
                0 => "--all-providers".to_owned(),
                1 => format!("--recipient {recipient}"),
                _ => format!("--recipient {recipient} --recipient {third}"),
            };
            format!("release add ada --owner {owner} --type {kind} --document ada.pdf --signed today --expires {day} {to}")
        }),
        2 => (0..3_u8).prop_map(|number| format!("release revoke ROI-{number} --yes")),
        2 => (0..3_u8, select(PROVIDERS.to_vec()))
            .prop_map(|(number, provider)| format!("release remove-recipient ROI-{number} {provider} --yes")),
        1 => (pair(), any::<bool>()).prop_map(|((owner, recipient), all)| {
            let to = if all { String::new() } else { format!("--recipient {recipient}") };
            format!("sharing withdraw ada --owner {owner} {to} --reason moved --yes")
        }),
        2 => (0..9_u8, select(vec!["on", "on", "off"]))
            .prop_map(|(number, never)| format!("record edit REC-{number} --never-shared {never} --yes")),
        2 => (select(PROVIDERS.to_vec()), kind(), select(vec!["Care", "Meals"])).prop_map(|(provider, kind, category)| {
            format!("record add ada --provider {provider} --type {kind} --date today --title More --category {category} --contract '{provider} 2026'")
        }),
        1 => (select(PROVIDERS.to_vec()), select(vec!["none", "today", "yesterday", "+1d"]))
            .prop_map(|(provider, stop)| format!("contract edit '{provider} 2026' --stop {stop} --yes")),
    ]
}
