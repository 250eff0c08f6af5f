//! Each column, one by one. Whoever adds a column that refers to a client or to a provider gives it a row in `settle`, and is
//! told here what else is missing.

use std::collections::BTreeMap;
use std::fs;

use expect_test::expect;
use serde_json::Value;

use super::{columns_to, counts, nothing_is_lost, referring};
use crate::release::PDF;
use crate::town::{self, key, sound, verified};
use crate::world::{Engine, World};

/// What stays with the one that is given up, and why.
const STAYS: &[(&str, &str)] = &[
    ("alert.provider_id", "of what both were told"),
    ("client_former_name.client_id", "the one that is kept has a copy of each"),
    ("client_phone.client_id", "the one that is kept has a copy of each"),
    ("enrolment.client_id", "where both were enrolled, one standing holds"),
    ("disclosure.owner_id", "between the two"),
    ("disclosure.recipient_id", "between the two"),
    ("enrolment.provider_id", "of who was enrolled at both, one standing holds"),
    ("offer.provider_id", "of packages that both were offered"),
    ("provider_inactivity.provider_id", "when the other was inactive says nothing of the one that stays"),
    ("release_recipient.provider_id", "where both are named, or the other is the owner"),
    ("sharing_link.owner_id", "between the two, and where both have one"),
    ("sharing_link.recipient_id", "between the two, and where both have one"),
    ("sharing_request.owner_id", "between the two"),
    ("sharing_request.recipient_id", "between the two"),
    ("sharing_setting.provider_id", "of one data type one setting holds"),
];

/// Where the rows of a column are in the copy. Former names and phones are lists in the client of whom they are.
const COPIED: &[(&str, &str)] = &[
    ("client.merged_into", "merged-clients.json"),
    ("contact.client_id", "contacts.json"),
    ("disclosure.client_id", "disclosures.json"),
    ("enrolment.client_id", "enrolments.json"),
    ("record.client_id", "records.json"),
    ("referral.client_id", "referrals.json"),
    ("release.client_id", "releases.json"),
    ("sharing_request.client_id", "sharing-requests.json"),
];

/// What an erasure removes; of all else the rows stay, and are of who was erased.
const REMOVED: &[&str] = &["client_former_name.client_id", "client_phone.client_id"];

/// For each column two rows of Bo and Birch, so that one may move and one may stay. Bo has replaced Zaphod, Birch has
/// replaced Dormant, and all of Bo's names hold `zaphod`.
fn settle(world: &World) {
    town::settle(world);
    world.ok("client create --given Zaphod --family Zaphodson --id zaphod-1 --birth-date 1931-01-02");
    world.ok("client merge zaphod-1 --into CLI-00000B --yes");
    world.ok("client edit CLI-00000B --given Zaphodia");
    world.ok("provider activate dormant");
    for verb in ["deactivate", "activate"].repeat(2) {
        world.ok(&format!("provider {verb} birch --yes"));
    }
    for client in ["CLI-00000A", "CLI-00000B"] {
        world.ok(&format!("contact create --client {client} --phone 1"));
        world.ok(&format!("client edit {client} --phone zaphod:{client}"));
        for provider in ["acme", "birch", "cedar"] {
            world.ok(&format!("client enroll {client} {provider}"));
            world.ok(&format!("record add {client} --provider {provider} --type services --date 2026-11-01 --title {client}-{provider}"));
        }
    }
    world.ok("client enroll CLI-00000B dormant");
    world.ok("category create Meals");
    for owner in ["acme", "birch", "cedar"] {
        world.ok(&format!("sharing setup {owner} --type services --level 1 --client-by-client on"));
        world.ok(&format!("contract create {owner} Meals --start 2026-01-01 --category meals"));
    }
    for (owner, recipient) in [("birch", "cedar"), ("cedar", "birch"), ("acme", "birch"), ("birch", "acme")] {
        world.ok(&format!("sharing link {owner} {recipient} --type services"));
        let made = world.json(&format!(
            "sharing request CLI-00000B --owner {owner} --recipient {recipient} --type services"
        ));
        world.ok(&format!("sharing grant {}", made["code"].as_str().unwrap()));
    }
    world.write("paper.pdf", PDF);
    let release =
        "release add CLI-00000B --type forms --document paper.pdf --signed today --expires 2027-06-30";
    world.ok(&format!("{release} --owner birch --recipient acme cedar"));
    world.ok(&format!("{release} --owner acme --recipient birch cedar"));
    world.ok(&format!("{release} --owner cedar --recipient birch"));
    for viewer in ["acme", "birch", "cedar"] {
        world.ok(&format!("record list CLI-00000B --viewer {viewer}"));
    }
    world.sql("UPDATE account SET email = login || '@mail.example' WHERE login IN ('acme', 'birch')");
    world.ok("outsource create REF-00000A --all-visits --provider birch --reference one");
    world.ok("outsource create REF-00000B --all-visits --provider acme birch --reference two");
    world.ok("package respond one --provider birch --accept");
    world.ok("package respond two --provider acme --accept");
    world.ok("alert send --dir mails --from alerts@hub.example");
    world.sql("UPDATE account SET email = NULL");
    world.ok("provider merge dormant --into birch --yes");
    directory(world);
}

/// A row of each list that a directory fills.
fn directory(world: &World) {
    for (number, provider) in (900..).zip(["PRV-00000A", "PRV-00000B"]) {
        let of = format!("(SELECT id FROM provider WHERE code = '{provider}'), 1");
        world.sql(&format!(
            "INSERT INTO phone (provider_id, position, number) VALUES ({of}, '1');
            INSERT INTO address (provider_id, position, kind, city) VALUES ({of}, 'postal', 'Ely');
            INSERT INTO directory_detail (provider_id, position, kind, name, name_key) VALUES ({of}, 'language', 'Welsh', 'welsh');
            INSERT INTO directory_remainder (provider_id, position, entity, content) VALUES ({of}, 'organization', '{{}}');
            INSERT INTO opening_hours (provider_id, position, weekday, closed) VALUES ({of}, 1, TRUE);
            INSERT INTO contact_person (provider_id, position, name) VALUES ({of}, 'Jo');
            INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
            VALUES ({}, 'RES-000{number}', (SELECT id FROM provider WHERE code = '{provider}'), 'program', 'p', 'p', 'active');",
            key(world, number)
        ));
    }
}

/// Before and after: each column has as many rows of the two as it had, and of the one that is given up only what stays.
fn merged(world: &World, table: &str, line: &str, (other, kept): (&str, &str)) {
    let columns = columns_to(world, table);
    let of = |code: &str| referring(world, table, &columns, code);
    let (rows, others, own) = (counts(world), of(other), of(kept));
    let without: Vec<_> = others.iter().filter(|(_, count)| **count == 0).collect();
    assert_eq!(without, [], "there is a row of each: add one to `settle`");
    world.ok(line);
    nothing_is_lost(&rows, world);
    let (left, now) = (of(other), of(kept));
    for column in &columns {
        assert!(left[column] + now[column] >= others[column] + own[column], "{column} lost a row");
        let reason = STAYS.iter().find(|(stays, _)| stays == column);
        assert!(left[column] == 0 || reason.is_some(), "{column}: {} rows are left behind", left[column]);
        assert!(now[column] > own[column] || reason.is_some(), "{column}: nothing has moved");
    }
    verified(world);
    sound(world);
}

// Rule 5.7.
both_engines!(a_merge_sees_to_every_column, |world| {
    settle(world);
    for code in open_requests(world, "CLI-00000B", "acme") {
        world.ok(&format!("sharing revoke {code}"));
    }
    merged(world, "provider", "provider merge birch --into acme --yes", ("PRV-00000B", "PRV-00000A"));
    merged(world, "client", "client merge CLI-00000B --into CLI-00000A --yes", ("CLI-00000B", "CLI-00000A"));
    let all: Vec<String> = [columns_to(world, "client"), columns_to(world, "provider")].concat();
    for (column, _) in STAYS {
        assert!(all.iter().any(|known| known == column), "there is no column {column}");
    }
});

/// Between Birch and another.
fn open_requests(world: &World, client: &str, other: &str) -> Vec<String> {
    let sides = [("birch", other), (other, "birch")];
    let list = |(owner, recipient)| {
        let found =
            world.json(&format!("sharing list --client {client} --incoming {owner} --outgoing {recipient}"));
        found
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    sides.into_iter().flat_map(list).collect()
}

// Rules 5.7, 5.8: a copy has what is held of all records that are one, and an erasure reaches it.
both_engines!(a_copy_and_an_erasure_see_to_every_column, |world| {
    settle(world);
    world.ok("client merge CLI-00000B --into CLI-00000A --yes");
    end_what_is_open(world);
    let columns = columns_to(world, "client");
    let codes: Vec<String> =
        world.sql("SELECT code FROM client ORDER BY code").into_iter().flatten().flatten().collect();
    assert_eq!(codes.len(), 3);
    let mut held = BTreeMap::<String, usize>::new();
    for (column, count) in codes.iter().flat_map(|code| referring(world, "client", &columns, code)) {
        *held.entry(column).or_default() += count;
    }
    world.ok("client export CLI-00000A --dir copy");
    for (column, count) in held.iter().filter(|(column, _)| !REMOVED.contains(&column.as_str())) {
        let found = COPIED.iter().find(|(copied, _)| copied == column);
        let (_, file) = found.unwrap_or_else(|| panic!("{column} is in no file of the copy"));
        let copied: Value = serde_json::from_str(&world.read(&format!("copy/{file}"))).unwrap();
        assert_eq!(copied.as_array().unwrap().len(), *count, "{column} in {file}");
    }
    let replaced = world.read("copy/merged-clients.json");
    for text in ["zaphod-1", "1931-01-02", "Zaphod Zaphodson", "Zaphodia"] {
        assert!(replaced.contains(text), "{text}: {replaced}");
    }
    let documents = fs::read_dir(world.path("copy/documents")).unwrap().count();
    assert_eq!(documents, held["release.client_id"]);
    let erased = world.json("client erase CLI-00000A --yes");
    for (key, column) in
        [("contacts", "contact"), ("referrals", "referral"), ("records", "record"), ("documents", "release")]
    {
        assert_eq!(erased[key], held[&format!("{column}.client_id")], "{erased}");
    }
    for (column, count) in &held {
        let (table, name) = column.split_once('.').unwrap();
        let left = world.sql(&format!(
            "SELECT client.erased_at FROM {table} AS child JOIN client ON client.id = child.{name}"
        ));
        let expected = if REMOVED.contains(&column.as_str()) { 0 } else { *count };
        assert_eq!(left.len(), expected, "{column}");
        assert!(left.iter().all(|row| row[0].is_some()), "{column} is of a client that was not erased");
    }
    let left = format!("{:?}", town::dump(world)).to_lowercase();
    assert!(!left.contains("zaphod") && !left.contains("1931-01-02"), "a name is left");
    if world.engine() == Engine::Sqlite {
        let file = fs::read(world.database_name()).unwrap();
        assert!(
            !String::from_utf8_lossy(&file).to_lowercase().contains("zaphod"),
            "a name is left in the file"
        );
    }
    verified(world);
});

fn end_what_is_open(world: &World) {
    let refused = world.run_json("client erase CLI-00000A --yes");
    let error: Value = serde_json::from_str(refused.stderr.lines().last().unwrap()).unwrap();
    for command in error["error"]["details"]["commands"].as_array().unwrap() {
        let command = command.as_str().unwrap().strip_prefix("caredesk ").unwrap();
        world.ok(&format!("{command} --yes"));
    }
}

// Rule 5.8: who was erased is not told of another, and what is written about it later is erased as well.
both_engines!(what_is_left_of_an_erased_client_stays_so, |world| {
    town::settle(world);
    for referral in ["REF-00000A", "REF-00000B"] {
        world.ok(&format!("referral set-status {referral} Closed"));
    }
    world.sql("UPDATE visit SET status = 'cancelled'");
    world.ok("client erase CLI-00000A --yes");
    world.refusals(expect![[r#"
        4 client.erased              client merge CLI-00000A --into CLI-00000B
        4 client.erased              client merge CLI-00000B --into CLI-00000A
    "#]]);
    world.ok("client edit CLI-00000A --given Zaphod");
    world.ok("contact create --client CLI-00000A --details zaphod");
    let erased = world.json("client erase CLI-00000A --yes");
    assert_eq!((&erased["result"], &erased["contacts"]), (&"deleted".into(), &1.into()), "{erased}");
    assert!(!format!("{:?}", town::dump(world)).to_lowercase().contains("zaphod"));
    assert_eq!(world.json("client erase CLI-00000A --yes")["result"], "unchanged");
    verified(world);
});

// Rules 5.6, 5.8: a file may be called after the person that it is about.
both_engines!(the_name_of_a_file_does_not_outlive_whom_it_is_of, |world| {
    world.ok("init");
    for (name, id, family) in [("zaphod-brook", 1, "Brook"), ("zaphod-moss", 2, "Moss"), ("others", 3, "Fox")]
    {
        world.write(&format!("{name}.csv"), format!("id,given,family\n{id},Z,{family}\n"));
        world.ok(&format!("client import {name}.csv --source {name}"));
    }
    let codes = world.ok("import list -q");
    let undone = codes.lines().nth(1).unwrap();
    let code = world.ok("client list --name 'z moss' -q");
    world.ok(&format!("import undo {undone} --yes"));
    let stored = |world: &World| format!("{:?}", town::dump(world));
    assert!(stored(world).contains("zaphod-moss.csv"));
    world.ok(&format!("client erase {} --yes", code.trim()));
    world.ok("client erase 'z brook' --yes");
    assert!(!stored(world).contains("zaphod"), "{}", stored(world));
    let inputs: Vec<_> =
        world.json("import list").as_array().unwrap().iter().map(|one| one["input"].clone()).collect();
    assert_eq!(inputs, ["others.csv", "erased", "erased"]);
    verified(world);
});
