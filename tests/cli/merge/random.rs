//! Random histories in which clients and providers become one, between imports that are taken back and people who are erased:
//! after each step nothing hangs on one that was given up, and no merge lets anyone see what it did not say.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::{columns_to, counts, nothing_is_lost, referring};
use crate::honest::settle_honestly;
use crate::release::PDF;
use crate::town::{dump, verified};
use crate::world::{Answer, Engine, World};

/// Two clients of the town, and those whom the imports bring.
const CLIENTS: [&str; 5] = ["CLI-00000A", "CLI-00000B", "n1", "n2", "n3"];
const PROVIDERS: [&str; 3] = ["PRV-00000A", "PRV-00000B", "PRV-00000C"];
const TYPES: [&str; 2] = ["services", "forms"];

/// Who sees which thing: a provider and a record, or a login and what it may see.
type Sight = BTreeSet<(String, String)>;

// Rules 5.6 to 5.8.
both_engines!(no_merge_loses_a_row_or_opens_what_it_did_not_say, |world| {
    let (engine, cases) = (world.engine(), if world.engine() == Engine::Sqlite { 6 } else { 2 });
    let config = Config { cases, max_shrink_time: 20_000, failure_persistence: None, ..Config::default() };
    let (merges, gains) = (Cell::new(0), Cell::new(0));
    let steps = (vec(building(), 24), vec(prop_oneof![2 => building(), 3 => unmaking()], 24));
    let done = TestRunner::new(config).run(&steps, |(first, then)| {
        let world = World::new(engine);
        begin(&world);
        let columns = Columns::of(&world);
        for (minute, line) in first.iter().chain(&then).enumerate() {
            if let Some((merged, gained)) = take(&world, &columns, minute, line) {
                merges.set(merges.get() + merged);
                gains.set(gains.get() + gained);
            }
        }
        verified(&world);
        world.ok("database check");
        Ok(())
    });
    done.unwrap_or_else(|fault| panic!("{fault}"));
    let proves = engine == Engine::Postgres || merges.get() > 8 && gains.get() > 1;
    assert!(proves, "{} merges with {} gains prove too little", merges.get(), gains.get());
});

fn begin(world: &World) {
    settle_honestly(world);
    world.ok("queue add-resource 'Home care' acme birch cedar");
    world.write("paper.pdf", PDF);
    let tables = [
        "n1,Ida,Fox,1950-01-02\nn2,Cy,Reed,1960-03-04\n",
        "n1,Ida,Fox,1950-01-02\nn2,Cy,Reeds,1960-03-04\nn3,Di,Ray,1970-01-01\n",
        "n2,Cyril,Reed,1960-03-04\nn3,Di,Ray,\n",
    ];
    for (number, table) in tables.iter().enumerate() {
        world.write(&format!("people{number}.csv"), format!("id,given,family,birth_date\n{table}"));
    }
    world.ok("client import people0.csv --source county");
    for owner in PROVIDERS {
        for kind in TYPES {
            world.ok(&format!("sharing setup {owner} --type {kind} --level 1 --client-by-client on"));
        }
    }
}

fn client() -> impl Strategy<Value = &'static str> {
    select(CLIENTS.to_vec())
}

fn provider() -> impl Strategy<Value = &'static str> {
    select(PROVIDERS.to_vec())
}

/// What makes people and providers have something in common. `SHR#n` is one of the requests there are.
fn building() -> impl Strategy<Value = String> {
    let kind = || select(TYPES.to_vec());
    let sides = || (provider(), provider());
    let switch = || select(vec!["on", "on", "off"]);
    prop_oneof![
        6 => (client(), provider(), kind()).prop_map(|(client, at, kind)| format!("record add {client} --provider {at} --type {kind} --date 2026-11-01 --title t")),
        5 => (client(), provider(), select(vec!["active", "active", "active", "inactive"])).prop_map(|(client, at, status)| format!("client enroll {client} {at} --status {status}")),
        4 => (sides(), kind()).prop_map(|((owner, recipient), kind)| format!("sharing link {owner} {recipient} --type {kind}")),
        2 => (provider(), kind(), switch(), switch()).prop_map(|(owner, kind, asks, release)| format!("sharing setup {owner} --type {kind} --client-by-client {asks} --release {release}")),
        4 => (client(), sides(), kind()).prop_map(|(client, (owner, recipient), kind)| format!("sharing request {client} --owner {owner} --recipient {recipient} --type {kind}")),
        4 => (0..9).prop_map(|number| format!("sharing grant SHR#{number} --expires 2027-06-30")),
        2 => (client(), sides(), kind()).prop_map(|(client, (owner, to), kind)| format!("release add {client} --owner {owner} --type {kind} --document paper.pdf --signed today --expires 2027-06-30 --recipient {to}")),
        2 => client().prop_map(|client| format!("contact create --client {client}")),
        2 => client().prop_map(|client| format!("referral create --queue 'Home care' --client {client}")),
        3 => (0..9, provider()).prop_map(|(number, to)| format!("referral assign REF#{number} {to}")),
        2 => (1..=6, provider()).prop_map(|(number, to)| format!("outsource create REF-00000{} --visit VIS-00000{number} --provider {to}", if number < 5 { "A" } else { "B" })),
        1 => (0..9, provider(), select(vec!["accept", "reject"])).prop_map(|(number, by, how)| format!("package respond PKG#{number} --provider {by} --{how}")),
        2 => (0..3).prop_map(|number| format!("client import people{number}.csv --source county --keep-going")),
    ]
}

fn unmaking() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (client(), client()).prop_map(|(other, kept)| format!("client merge {other} --into {kept} --yes")),
        3 => (provider(), provider()).prop_map(|(other, kept)| format!("provider merge {other} --into {kept} --yes")),
        2 => (0..9).prop_map(|number| format!("import undo IMP#{number} --yes")),
        1 => client().prop_map(|client| format!("client erase {client} --yes")),
        1 => (0..9).prop_map(|number| format!("sharing revoke SHR#{number}")),
        1 => (0..9).prop_map(|number| format!("sharing deny SHR#{number}")),
    ]
}

/// The columns that refer to clients and to providers.
struct Columns([(&'static str, Vec<String>); 2]);

impl Columns {
    fn of(world: &World) -> Self {
        Columns(["client", "provider"].map(|table| (table, columns_to(world, table))))
    }

    /// Nothing that counts now hangs on one that was given up, and none leads to one that was given up itself.
    fn must_hold(&self, world: &World, line: &str) {
        let mut query = String::new();
        for (table, columns) in &self.0 {
            for column in columns {
                let (child, name) = column.split_once('.').unwrap();
                query += &format!(
                    "SELECT '{column}', gone.code FROM {child} AS child JOIN {table} AS gone ON gone.id = child.{name}
                    WHERE gone.merged_into IS NOT NULL AND {};",
                    counts_now(column)
                );
            }
        }
        let query = if world.engine() == Engine::Sqlite { query + "PRAGMA foreign_key_check" } else { query };
        let found = world.sql(&query);
        assert!(found.is_empty(), "$ caredesk {line}: {found:?}");
    }
}

/// Whether a row still has an effect. What is left behind by a merge has none.
fn counts_now(column: &str) -> &'static str {
    match column.split_once('.').unwrap() {
        ("enrolment" | "sharing_setting" | "sharing_link", _) => "child.until_at IS NULL",
        ("offer", _) => "child.removed_at IS NULL AND child.status IN ('pending', 'accepted')",
        ("sharing_request", "owner_id" | "recipient_id") => "child.open",
        ("client_former_name" | "release_recipient", _) | ("disclosure", "owner_id" | "recipient_id") => {
            "FALSE"
        }
        _ => "TRUE",
    }
}

/// Does one step, and returns how many merges there were and whether something came into sight.
fn take(world: &World, columns: &Columns, minute: usize, line: &str) -> Option<(usize, usize)> {
    let line = with_codes(world, line)?;
    world.at(&format!("2026-11-23T10:{minute:02}:00Z"));
    let moment = format!("2026-11-23T10:{minute:02}:30.000Z");
    let gained = if let Some((table, names)) = line.split_once(" merge ") {
        merge(world, columns, &moment, (table, &line), names)
    } else {
        let before = dump(world);
        let Answer { stderr, status, .. } = world.run(&line);
        assert!([0, 2, 3, 4, 5, 9].contains(&status), "$ caredesk {line}\n{stderr}[exit {status}]");
        let is_whole = [0, 9].contains(&status) || before == dump(world);
        assert!(is_whole, "it failed and changed something: {line}");
        None
    };
    columns.must_hold(world, &line);
    gained
}

/// With the code of one that there is in the place of `SHR#3`; none if there is none.
fn with_codes(world: &World, line: &str) -> Option<String> {
    let Some((before, after)) = line.split_once('#') else { return Some(line.to_owned()) };
    let (number, rest) = after.split_at(1);
    let (before, prefix) = before.split_at(before.len() - 3);
    let table = match prefix {
        "SHR" => "sharing_request",
        "REF" => "referral",
        "PKG" => "package",
        _ => "operation WHERE undoes IS NULL",
    };
    let codes: Vec<String> =
        world.sql(&format!("SELECT code FROM {table} ORDER BY 1")).into_iter().flatten().flatten().collect();
    let place = number.parse::<usize>().unwrap().checked_rem(codes.len())?;
    Some(format!("{before}{}{rest}", codes[place]))
}

/// The code behind a reference; one that was given up leads on.
fn code(world: &World, table: &str, reference: &str) -> Option<String> {
    let Answer { stdout, status, .. } = world.run_json(&format!("{table} show {reference}"));
    let shown: Value = serde_json::from_str(&stdout).ok()?;
    (status == 0).then(|| shown["code"].as_str().unwrap().to_owned())
}

fn merge(
    world: &World, columns: &Columns, moment: &str, (table, line): (&str, &str), names: &str,
) -> Option<(usize, usize)> {
    let (other, kept) = names.strip_suffix(" --yes").unwrap().split_once(" --into ").unwrap();
    let (other, kept) = (code(world, table, other)?, code(world, table, kept)?);
    let columns = &columns.0.iter().find(|(of, _)| *of == table).unwrap().1;
    let of = |code: &str| referring(world, table, columns, code);
    let sentence = world.run(&line.replace("--yes", "--dry-run")).stdout;
    let (before, rows, seen, known) = (dump(world), counts(world), seen(world, moment), known(world, moment));
    let (others, own) = (of(&other), of(&kept));
    let Answer { stdout, stderr, status } = world.run_json(line);
    if status != 0 {
        assert_eq!(status, 4, "{stderr}");
        assert!(before == dump(world), "it was refused and changed something: {line}");
        return None;
    }
    let done: Value = serde_json::from_str(&stdout).unwrap();
    if done["result"] == "unchanged" {
        return None;
    }
    nothing_is_lost(&rows, world);
    let (left, now) = (of(&other), of(&kept));
    for column in columns {
        assert!(left[column] + now[column] >= others[column] + own[column], "{column} lost a row: {line}");
    }
    let gone = if table == "provider" { other.as_str() } else { "" };
    let gained = as_said(&done["gains"], &self::seen(world, moment), &seen, gone);
    as_said(&done["losses"], &seen, &self::seen(world, moment), gone);
    let gains = done["gains"].as_array().unwrap().iter().map(|one| one["recipient"].as_str().unwrap());
    let others = speakers(world, gains.filter(|code| table == "provider" && *code != kept));
    for (login, thing) in self::known(world, moment).difference(&known) {
        // Who sees records of a client may name it.
        let is_said = thing.starts_with("client") && others.contains(login) || says(&sentence, login, thing);
        assert!(is_said, "{login} sees {thing}: {sentence}");
    }
    Some((1, usize::from(gained > 0)))
}

/// The records that are in the one and not in the other, provider by provider, are as many as was said.
fn as_said(said: &Value, one: &Sight, other: &Sight, gone: &str) -> i64 {
    let mut found = BTreeMap::<String, i64>::new();
    for (provider, _) in one.difference(other).filter(|(provider, _)| provider != gone) {
        *found.entry(provider.clone()).or_default() += 1;
    }
    let pair =
        |one: &Value| (one["recipient"].as_str().unwrap().to_owned(), one["records"].as_i64().unwrap());
    let said: BTreeMap<String, i64> = said.as_array().unwrap().iter().map(pair).collect();
    assert_eq!(found, said);
    found.values().sum()
}

/// Whether one of the sentences tells that the login will see such a thing.
fn says(sentence: &str, login: &str, thing: &str) -> bool {
    let kind = thing.split(' ').next().unwrap();
    // A contact comes with its referral.
    let kind = if kind == "contact" { "referral" } else { kind };
    let word = if kind == "client" { "name" } else { kind };
    sentence.split(". ").any(|part| {
        part.contains("may") && part.contains(word) && part.split([' ', ',']).any(|word| word == login)
    })
}

/// The logins that speak for one of these providers.
fn speakers<'a>(world: &World, codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let codes: Vec<String> = codes.map(|code| format!("'{code}'")).collect();
    if codes.is_empty() {
        return Vec::new();
    }
    let query = format!(
        "SELECT login FROM account_provider AS mine JOIN account ON account.id = mine.account_id
        JOIN provider ON provider.id = mine.provider_id WHERE provider.code IN ({})",
        codes.join(", ")
    );
    world.sql(&query).into_iter().flatten().flatten().collect()
}

/// Which records each provider sees, its own among them.
fn seen(world: &World, moment: &str) -> Sight {
    pairs(world.sql_at(
        moment,
        "2026-11-23",
        "SELECT viewer.code, record.code FROM shared_record AS shared
        JOIN record ON record.id = shared.record_id JOIN provider AS viewer ON viewer.id = shared.recipient_id
        UNION SELECT viewer.code, record.code FROM record JOIN provider AS viewer ON viewer.id = record.provider_id",
    ))
}

/// What each portal account sees beside records.
fn known(world: &World, moment: &str) -> Sight {
    pairs(world.sql_at(
        moment,
        "2026-11-23",
        "SELECT login, 'client ' || client.code FROM account_client AS mine
        JOIN account ON account.id = mine.account_id JOIN client ON client.id = mine.client_id
        UNION SELECT login, 'referral ' || referral.code FROM account_scope AS mine
        JOIN account ON account.id = mine.account_id JOIN referral ON referral.resource_id = mine.resource_id
        UNION SELECT login, 'contact ' || contact.number FROM account_contact AS mine
        JOIN account ON account.id = mine.account_id JOIN contact ON contact.id = mine.contact_id
        UNION SELECT login, 'package ' || package.code FROM account_provider AS mine
        JOIN account ON account.id = mine.account_id JOIN offer ON offer.provider_id = mine.provider_id
        JOIN package ON package.id = offer.package_id
        WHERE offer.removed_at IS NULL AND offer.status <> 'closed' AND package.status <> 'recalled'",
    ))
}

fn pairs(rows: Vec<Vec<String>>) -> Sight {
    let pair = |row: Vec<String>| <[String; 2]>::try_from(row).map(|[who, what]| (who, what)).unwrap();
    rows.into_iter().map(pair).collect()
}
