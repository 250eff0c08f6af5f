//! What an explanation proposes works as it stands, and leads to the records: in situations of every kind, each command is run
//! exactly as it is printed. What no command can do is said in words, with who has to do it, and then done.
//!
//! Of all situations so many are tried that any two parts are met in each combination; `just proposals` tries all.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::{env, thread};

use serde_json::Value;

use crate::release::PDF;
use crate::world::{Engine, World};

const LEVELS: [&str; 4] = ["", "1", "2", "3"];
const WAYS: [&str; 5] = ["automatic", "request", "expiry", "length", "release"];
/// What is so of the categories, which matters at level 2.
const CATEGORIES: [&str; 7] =
    ["shared", "ended", "no contract", "no record", "ended at owner", "none at owner", "uncategorised"];
const ENROLMENTS: [&str; 4] = ["both", "owner", "recipient", "none"];
const REQUESTS: [&str; 9] =
    ["none", "pending", "granted", "denied", "revoked", "expired", "cancelled", "unanswered", "reopened"];
const RELEASES: [&str; 5] = ["none", "other", "revoked", "expired", "valid"];
const INACTIVE: [&str; 3] = ["", "recipient", "owner"];

/// More than any situation needs.
const STEPS: usize = 12;

/// How many share a world: in a large one each command takes longer.
const IN_ONE_WORLD: usize = 40;

#[derive(Clone, Copy, Debug)]
struct Situation {
    level: &'static str,
    linked: bool,
    way: &'static str,
    category: &'static str,
    enrolled: &'static str,
    request: &'static str,
    release: &'static str,
    inactive: &'static str,
}

// Rule 3.9.
both_engines!(what_is_proposed_works_as_it_stands_and_leads_to_the_records, |world| {
    let engine = world.engine();
    let mut chosen = situations();
    if env::var_os("CAREDESK_TEST_PROPOSALS").is_none_or(|wanted| wanted != "all") {
        chosen = with_each_two_parts(&chosen);
        if engine == Engine::Postgres {
            chosen = chosen.into_iter().step_by(10).collect();
        }
    }
    let worlds: Mutex<Vec<&[Situation]>> = Mutex::new(chosen.chunks(IN_ONE_WORLD).collect());
    let failed = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(some) = worlds.lock().unwrap().pop() else { break };
            let failures = walk_all(&World::new(engine), some);
            failed.lock().unwrap().extend(failures);
        }
    };
    thread::scope(|scope| {
        (1..thread::available_parallelism().unwrap().get()).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), chosen.len(), failed.join("\n"));
});

/// Each that has two parts which none before it has together. The stride is prime to their number, and one of those that
/// leave few.
fn with_each_two_parts(all: &[Situation]) -> Vec<Situation> {
    let mut met = BTreeSet::new();
    let mut chosen = Vec::new();
    for place in 0..all.len() {
        let situation = all[place * 1_501 % all.len()];
        let (parts, before) = (situation.parts(), met.len());
        for second in 0..parts.len() {
            met.extend((0..second).map(|first| [first, second].map(|part| (part, parts[part]))));
        }
        if met.len() > before {
            chosen.push(situation);
        }
    }
    chosen
}

impl Situation {
    fn parts(self) -> [&'static str; 8] {
        let Situation { level, linked, way, category, enrolled, request, release, inactive } = self;
        let linked = if linked { "linked" } else { "" };
        [level, linked, way, category, enrolled, request, release, inactive]
    }
}

/// What is wrong with the proposals in these situations.
fn walk_all(world: &World, situations: &[Situation]) -> Vec<String> {
    settle(world, situations);
    let walks = situations.iter().enumerate().map(|(number, one)| walk(world, number, *one));
    walks.filter_map(Result::err).collect()
}

/// Each combination in which every part matters.
fn situations() -> Vec<Situation> {
    let mut all = Vec::new();
    for level in LEVELS {
        let ways = if level.is_empty() { &WAYS[1..2] } else { &WAYS };
        let categories = if level == "2" { &CATEGORIES[..] } else { &CATEGORIES[..1] };
        for (&way, &category) in
            ways.iter().flat_map(|way| categories.iter().map(move |category| (way, category)))
        {
            let by_request = !["automatic", "release"].contains(&way);
            let enrolments = if by_request { &ENROLMENTS[..] } else { &ENROLMENTS[..1] };
            let requests = if by_request && !level.is_empty() { &REQUESTS[..] } else { &REQUESTS[..1] };
            let releases = if way == "release" { &RELEASES[..] } else { &RELEASES[..1] };
            for (enrolled, request, release, inactive, linked) in rest(enrolments, requests, releases) {
                all.push(Situation { level, linked, way, category, enrolled, request, release, inactive });
            }
        }
    }
    all
}

type Rest = (&'static str, &'static str, &'static str, &'static str, bool);

fn rest(enrolments: &[&'static str], requests: &[&'static str], releases: &[&'static str]) -> Vec<Rest> {
    let mut all = Vec::new();
    for &enrolled in enrolments {
        for &request in requests {
            for &release in releases {
                for inactive in INACTIVE {
                    all.extend([true, false].map(|linked| (enrolled, request, release, inactive, linked)));
                }
            }
        }
    }
    all
}

/// The owner `o12`, the recipient `r12` and the client `c12` of the situation with the number 12.
fn settle(world: &World, chosen: &[Situation]) {
    world.at("2026-11-20T10:00:00Z");
    world.ok("init");
    world.ok("provider create willow");
    world.ok("category create Care");
    world.write("ada.pdf", PDF);
    let headings = [
        ("provider import", "name\n"),
        ("client import", "id,given,family\n"),
        ("contract import", "provider,name,starts_on,ends_on,categories\n"),
        ("client import-enrolments", "client,provider,since_on\n"),
        ("record import", "id,client,provider,type,date,title,category,contract\n"),
        ("sharing import-settings", "provider,type,level,client_by_client\n"),
        ("sharing import-links", "owner,recipient,type\n"),
    ];
    import(world, headings, chosen, rows);
    answer(world, chosen, "unanswered");
    world.at("2026-12-22T10:00:00Z");
    for request in &REQUESTS[1..] {
        if *request != "unanswered" {
            answer(world, chosen, request);
        }
    }
    world.at("2026-12-24T10:00:00Z");
    finish(world, chosen);
}

/// Imports tables, of which `rows` says what each has of a situation.
fn import<const TABLES: usize>(
    world: &World, headings: [(&str, &str); TABLES], chosen: &[Situation],
    rows: fn(usize, &Situation) -> [String; TABLES],
) {
    let mut tables = headings.map(|(command, heading)| (command, heading.to_owned()));
    for (n, one) in chosen.iter().enumerate() {
        tables.iter_mut().zip(rows(n, one)).for_each(|((_, table), rows)| *table += &rows);
    }
    for (command, table) in &tables {
        world.write("table.csv", table);
        let yes = if command.starts_with("provider") { " --yes" } else { "" };
        world.ok(&format!("{command} table.csv --source test{yes}"));
    }
}

/// What each of the tables has of a situation. All is open at first, so that requests can be sent.
fn rows(n: usize, one: &Situation) -> [String; 7] {
    let (o, r, c) = (format!("o{n}"), format!("r{n}"), format!("Ada c{n}"));
    let contract = |at: &str, stop: &str| format!("{at},Care,2026-01-01,{stop},Care\n");
    let record = |at: &str, id: &str, category: &str, contract: &str| {
        format!("{id}{n},{c},{at},services,2026-11-02,Visit,{category},{contract}\n")
    };
    let ended = |is_ended: bool| if is_ended { "2026-12-20" } else { "" };
    let mut contracts = String::new();
    if one.category != "none at owner" {
        contracts += &contract(&o, ended(one.category == "ended at owner"));
    }
    if one.category != "no contract" {
        contracts += &contract(&r, ended(one.category == "ended"));
    }
    let mut records = match one.category {
        "uncategorised" => record(&o, "o", "", ""),
        "none at owner" => record(&o, "o", "Care", ""),
        _ => record(&o, "o", "Care", "Care"),
    };
    if !["no contract", "no record"].contains(&one.category) {
        records += &record(&r, "r", "Care", "Care");
    }
    let mut enrolments = String::new();
    for (at, side) in [(&o, "owner"), (&r, "recipient")] {
        if one.request != "none" || ["both", side].contains(&one.enrolled) {
            let _ = writeln!(enrolments, "{c},{at},2026-11-01");
        }
    }
    let setting = if one.level.is_empty() { String::new() } else { format!("{o},services,1,yes\n") };
    let is_needed = one.linked || one.request != "none";
    let link = if is_needed { format!("{o},{r},services\n") } else { String::new() };
    [format!("{o}\n{r}\n"), format!("{c},Ada,c{n}\n"), contracts, enrolments, records, setting, link]
}

/// Sends the requests that come to be so, and answers them.
fn answer(world: &World, chosen: &[Situation], request: &str) {
    for (n, _) in chosen.iter().enumerate().filter(|(_, one)| one.request == request) {
        let ask = || {
            let line = format!("sharing request 'Ada c{n}' --owner o{n} --recipient r{n} --type services");
            world.json(&line)["code"].as_str().unwrap().to_owned()
        };
        let code = ask();
        match request {
            "granted" => drop(world.ok(&format!("sharing grant {code} --expires 2027-06-30"))),
            "denied" => drop(world.ok(&format!("sharing deny {code}"))),
            "cancelled" => drop(world.ok(&format!("sharing cancel {code}"))),
            "expired" => drop(world.ok(&format!("sharing grant {code} --expires 2026-12-23"))),
            "revoked" => {
                world.ok(&format!("sharing grant {code}"));
                world.ok(&format!("sharing revoke {code}"));
            }
            "reopened" => {
                world.ok(&format!("sharing deny {code}"));
                let second = ask();
                world.ok(&format!("sharing deny {second}"));
                world.ok(&format!("sharing pending {code}"));
            }
            _ => {}
        }
    }
}

/// What closes again what was open.
fn finish(world: &World, chosen: &[Situation]) {
    let headings = [
        (
            "sharing import-settings",
            "provider,type,level,client_by_client,require_expiry,release_sharing,default_days\n",
        ),
        ("client import-enrolments", "client,provider,status\n"),
    ];
    import(world, headings, chosen, last_rows);
    for (n, one) in chosen.iter().enumerate() {
        let (o, r, c) = (format!("o{n}"), format!("r{n}"), format!("'Ada c{n}'"));
        if one.release != "none" {
            let to = if one.release == "other" { "willow" } else { &r };
            let signed = "--document ada.pdf --signed 2026-12-01";
            let until = if one.release == "expired" { "--expires 2026-12-24" } else { "" };
            let line =
                format!("release add {c} --owner {o} --type services {signed} --recipient {to} {until}");
            let code = world.json(&line)["code"].as_str().unwrap().to_owned();
            if one.release == "revoked" {
                world.ok(&format!("release revoke {code} --yes"));
            }
        }
        if !one.linked && one.request != "none" {
            world.ok(&format!("sharing unlink {o} {r} --type services --yes"));
        }
        match one.inactive {
            "recipient" => drop(world.ok(&format!("provider deactivate {r} --yes"))),
            "owner" => drop(world.ok(&format!("provider deactivate {o} --yes"))),
            _ => {}
        }
    }
    world.at("2026-12-25T10:00:00Z");
}

/// The settings as they are to be, and who is active no more.
fn last_rows(n: usize, one: &Situation) -> [String; 2] {
    let setting = if one.level.is_empty() {
        String::new()
    } else {
        let by_request = if one.way == "automatic" { "no" } else { "yes" };
        let (expiry, release, days) = match one.way {
            "expiry" => ("yes", "no", ""),
            "length" => ("yes", "no", "30"),
            "release" => ("no", "yes", ""),
            _ => ("no", "no", ""),
        };
        format!("o{n},services,{},{by_request},{expiry},{release},{days}\n", one.level)
    };
    let mut enrolments = String::new();
    for (at, side) in [("o", "owner"), ("r", "recipient")] {
        if one.request != "none" && !["both", side].contains(&one.enrolled) {
            let _ = writeln!(enrolments, "Ada c{n},{at}{n},inactive");
        }
    }
    [setting, enrolments]
}

/// To the records, or why not: every second situation by the first command alone, the others by all in their order.
fn walk(world: &World, n: usize, one: Situation) -> Result<(), String> {
    let question = format!("sharing explain 'Ada c{n}' --owner o{n} --recipient r{n} --type services");
    let mut done = Vec::new();
    for _ in 0..STEPS {
        let told = world.json(&question);
        if told["records_visible"] != 0 {
            return Ok(());
        }
        let failing: Vec<&Value> =
            told["rules"].as_array().unwrap().iter().filter(|rule| rule["met"] == false).collect();
        let fixes = failing.iter().filter_map(|rule| rule["fix"].as_str());
        let commands: Vec<&str> = fixes.take(if n.is_multiple_of(2) { 1 } else { usize::MAX }).collect();
        for line in &commands {
            let answer = world.run(line.strip_prefix("caredesk ").unwrap());
            done.push((*line).to_owned());
            if answer.status != 0 {
                return Err(format!("{one:?}\n  {}\n  {}", done.join("\n  "), answer.stderr));
            }
        }
        if commands.is_empty() {
            let needed = failing.iter().find(|rule| !rule["needed"].is_null());
            let Some(rule) = needed else {
                return Err(format!("{one:?}\n  {}\n  nothing proposed: {told:#}", done.join("\n  ")));
            };
            done.push(supply(world, n, rule));
        }
    }
    Err(format!("{one:?}\n  {}\n  and there is no end", done.join("\n  ")))
}

/// Does what no command could do by itself, by whom the words name.
fn supply(world: &World, n: usize, rule: &Value) -> String {
    let needed = rule["needed"].as_str().unwrap();
    let (o, r, c) = (format!("o{n}"), format!("r{n}"), format!("'Ada c{n}'"));
    let line = match rule["rule"].as_str().unwrap() {
        "level" if needed.contains(&o) => format!("sharing setup {o} --type services --level 1"),
        "release" | "expiry" if needed.contains(&o) => {
            let signed = "--document ada.pdf --signed 2026-12-25";
            format!("release add {c} --owner {o} --type services {signed} --recipient {r}")
        }
        "category" => {
            let named = [&r, &o].into_iter().filter(|at| needed.contains(at.as_str()));
            let at = named.min_by_key(|at| needed.find(at.as_str())).expect("a provider");
            let contracts = world.json(&format!("contract list --provider {at} --active"));
            let code = contracts[0]["code"].as_str().unwrap().to_owned();
            let what =
                format!("--type services --date 2026-12-24 --title Visit --category Care --contract {code}");
            format!("record add {c} --provider {at} {what}")
        }
        _ => panic!("of whom is it needed? {rule:#}"),
    };
    world.ok(&line);
    format!("({line})")
}
