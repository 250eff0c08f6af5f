//! Two records of one person become one (rule 5.7): nothing is lost, no sight opens that was not said, and the code that is
//! given up leads on.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::expect;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::town::{dump, settle, sound, verified};
use crate::world::{Engine, World};

/// Acme shares services by request with Birch; Ada is active at both, and Birch has asked for her; Bo has a record at Acme.
fn share(world: &World) {
    settle(world);
    for (client, title) in [("A", "Lunch"), ("B", "Tea"), ("B", "Supper")] {
        world.ok(&format!(
            "record add CLI-00000{client} --provider acme --type services --date 2026-11-01 --title {title}"
        ));
    }
    world.ok("sharing setup acme --type services --level 1 --client-by-client on");
    world.ok("sharing link acme birch --type services");
    for provider in ["acme", "birch"] {
        world.ok(&format!("client enroll CLI-00000A {provider}"));
    }
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type services");
    let code = request(world, "A");
    world.sql(&format!("UPDATE sharing_request SET code = 'SHR-00000A' WHERE code = '{code}'"));
    world.ok("sharing grant SHR-00000A");
}

fn request(world: &World, client: &str) -> String {
    let requests = world.json(&format!("sharing list --client CLI-00000{client}"));
    requests[0]["code"].as_str().expect("a code").to_owned()
}

both_engines!(two_records_become_one_and_both_codes_lead_to_it, |world| {
    share(world);
    world.ok("client edit CLI-00000B --given Adah --birth-date 1941-03-02 --id NHS-7");
    world.ok("contact create --client CLI-00000B --number 2026-01");
    world.ok("client enroll CLI-00000B acme");
    let rows = |world: &World| -> BTreeMap<String, usize> {
        dump(world).into_iter().map(|(table, rows)| (table, rows.len())).collect()
    };
    let before = rows(world);
    world.story(expect![[r#"
        $ caredesk client merge CLI-00000B --into CLI-00000A
        2> error: this must be confirmed: Is CLI-00000B (Adah Moss, born 1941-03-02) the same person as CLI-00000A (Ada Moss, without a birth date), and from now on only CLI-00000A? This cannot be taken back. It brings 1 contact, 1 referral, 2 records. `Birch Homecare` gains access to 2 records of 1 client.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk client merge CLI-00000B --into CLI-00000A --dry-run
        dry run: Merged client CLI-00000B into CLI-00000A (Ada Moss). It brings 1 contact, 1 referral, 2 records. `Birch Homecare` gains access to 2 records of 1 client.
        $ caredesk client merge CLI-00000B --into CLI-00000A --yes -o json
        {
          "code": "CLI-00000A",
          "given": "Ada",
          "family": "Moss",
          "birth_date": "1941-03-02",
          "postal_code": null,
          "address": null,
          "phones": [],
          "carer_note": null,
          "id": null,
          "status": "active",
          "since_on": null,
          "former_names": [
            "Adah Moss",
            "Bo Moss"
          ],
          "anonymous": false,
          "result": "updated",
          "changes": [
            {
              "field": "birth_date",
              "from": null,
              "to": "1941-03-02"
            },
            {
              "field": "former_names",
              "from": [],
              "to": [
                "Adah Moss",
                "Bo Moss"
              ]
            }
          ],
          "gains": [
            {
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "records": 2,
              "clients": 1
            }
          ],
          "losses": [],
          "stops": []
        }
        $ caredesk client merge CLI-00000B --into CLI-00000A
        Nothing to change: `CLI-00000B` is CLI-00000A (Ada Moss) already.
        $ caredesk client list
        CODE        GIVEN  FAMILY  BIRTH DATE  POSTAL CODE  ID  STATUS
        CLI-00000A  Ada    Moss    1941-03-02                   active
        $ caredesk client show CLI-00000B
        code             CLI-00000A
        given            Ada
        family           Moss
        birth date       1941-03-02
        status           active
        former names     Adah Moss, Bo Moss
        active releases  0

        CODE        QUEUE      STATUS  SINCE AT
        REF-00000B  Home care  New     2026-11-22 09:00 (1 h ago)
        REF-00000A  Home care  New     2026-11-22 09:00 (1 h ago)

        CODE        START             DURATION  REFERRAL
        VIS-000001  2026-12-01 09:00    30 min  REF-00000A
        VIS-000002  2026-12-02 09:00    30 min  REF-00000A
        VIS-000003  2026-12-03 09:00    30 min  REF-00000A

        PROVIDER    PROVIDER NAME   SINCE ON
        PRV-00000A  Acme Care       2026-11-22
        PRV-00000B  Birch Homecare  2026-11-22

        RECIPIENT       OWNER      TYPES     RECORDS
        Birch Homecare  Acme Care  services        3
        $ caredesk client show NHS-7 --columns code
        code  CLI-00000A
        $ caredesk client show 'adah moss' -q
        CLI-00000A
        $ caredesk contact show 2026-01 --columns client,given
        client  CLI-00000A
        given   Adah
        $ caredesk referral list --client CLI-00000B --columns code,client
        CODE        CLIENT
        REF-00000B  CLI-00000A
        REF-00000A  CLI-00000A
        $ caredesk record list CLI-00000B --viewer birch --columns title,basis
        TITLE   BASIS
        Supper  request
        Tea     request
        Lunch   request
        $ caredesk client create --given Ada --family Moss --id NHS-7
        2> error: the id `NHS-7` belongs to CLI-00000B (Adah Moss) already
        2> hint: `--if-not-exists` leaves it as it is; `caredesk client edit` changes it
        [exit 4]
        $ caredesk audit list --limit 2 --columns action,on,after -o jsonl
        {"action":"record.read","on":"CLI-00000A","after":{"viewer":"PRV-00000B","viewer_name":"Birch Homecare","disclosed":[{"owner":"PRV-00000A","owner_name":"Acme Care","type":"services","basis":"request","source":"SHR-00000A","records":3}]}}
        {"action":"client.merge","on":"CLI-00000A","after":{"code":"CLI-00000A","given":"Ada","family":"Moss","birth_date":"1941-03-02","postal_code":null,"address":null,"phones":[],"carer_note":null,"id":null,"status":"active","since_on":null,"former_names":["Adah Moss","Bo Moss"],"anonymous":false}}
        $ caredesk client merge CLI-00000A --into NHS-7
        Nothing to change: `CLI-00000A` is CLI-00000A (Ada Moss) already.
        $ caredesk --as stan client merge CLI-00000A --into NHS-7
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    for (table, count) in before {
        assert!(rows(world)[&table] >= count, "{table} lost a row");
    }
    verified(world);
});

both_engines!(what_cannot_be_one_is_named_and_nothing_is_done, |world| {
    share(world);
    world.ok("client enroll CLI-00000B acme");
    world.ok("client enroll CLI-00000B birch");
    world.ok("sharing request CLI-00000B --owner acme --recipient birch --type services");
    let code = request(world, "B");
    world.sql(&format!("UPDATE sharing_request SET code = 'SHR-00000B' WHERE code = '{code}'"));
    world.ok("client enroll CLI-00000B birch --status inactive");
    let before = dump(world);
    world.story(expect![[r#"
        $ caredesk client merge CLI-00000B --into CLI-00000A --yes
        2> error: CLI-00000B and CLI-00000A cannot be one yet: SHR-00000B and SHR-00000A are both open, for services of `Acme Care` to `Birch Homecare`; CLI-00000A is active at `Birch Homecare`, and CLI-00000B is not
        2> hint: first decide what holds: `caredesk sharing cancel SHR-00000B`, `caredesk client enroll CLI-00000B PRV-00000B --status active`
        [exit 4]
    "#]]);
    assert!(before == dump(world), "nothing is done");
    world.story(expect![[r#"
        $ caredesk sharing cancel SHR-00000B
        Cancelled request SHR-00000B: `Birch Homecare` no longer asks `Acme Care` for services of CLI-00000B.
        $ caredesk client enroll CLI-00000B PRV-00000B --status active
        Changed client CLI-00000B (Bo Moss): active at `Birch Homecare` since 2026-11-22.
        $ caredesk client merge CLI-00000B --into CLI-00000A --yes
        Merged client CLI-00000B into CLI-00000A (Ada Moss). It brings 1 referral, 2 records, 1 request. `Birch Homecare` gains access to 2 records of 1 client.
    "#]]);
    sound(world);
});

both_engines!(merged_clients_of_a_source_stay_merged, |world| {
    world.ok("init");
    world.write("a.csv", "id,given,family\n1,Ada,Moss\n2,Adah,Moss\n");
    world.ok("client import a.csv");
    world.ok("client merge 2 --into 1 --yes");
    world.write("a.csv", "id,given,family,birth_date\n1,Ada,Moss,\n2,Adah,Lowe,1941-03-02\n");
    world.story(expect![[r#"
        $ caredesk client import a.csv
        Clients: 2 read, 0 created, 0 updated, 2 unchanged, 0 rejected.
        2> note: a.csv: 1 row is of a client that was merged into another here; nothing of it changes that one
        $ caredesk client list --columns id,given,family,birth_date,former_names
        ID  GIVEN  FAMILY  BIRTH DATE  FORMER NAMES
        1   Ada    Moss                Adah Moss
    "#]]);
});

/// Which records each provider sees of each of the two.
fn seen(world: &World, clients: &[&str]) -> BTreeSet<(String, String)> {
    let mut seen = BTreeSet::new();
    for provider in PROVIDERS {
        for client in clients {
            let records = world.json(&format!("record list {client} --viewer '{provider}'"));
            let titles = records.as_array().into_iter().flatten().filter_map(|one| one["title"].as_str());
            seen.extend(titles.map(|title| (provider.to_owned(), title.to_owned())));
        }
    }
    seen
}

const PROVIDERS: [&str; 3] = ["Acme Care", "Birch Homecare", "Cedar Nursing"];

/// Of each of two clients: at which providers active, which have a record, and which have been granted it by Acme.
type Plan = [([bool; 3], [bool; 3], [bool; 2]); 2];

both_engines!(no_sight_opens_that_was_not_said, |world| {
    let cases = if world.engine() == Engine::Sqlite { 8 } else { 2 };
    let config = Config { cases, max_shrink_iters: 20, failure_persistence: None, ..Config::default() };
    let engine = world.engine();
    let done = TestRunner::new(config).run(&any::<Plan>(), |plan| {
        let world = World::new(engine);
        lay_out(&world, &plan);
        must_say_all(&world);
        Ok(())
    });
    done.unwrap_or_else(|fault| panic!("{fault}"));
});

fn lay_out(world: &World, plan: &Plan) {
    settle(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client on");
    for recipient in &PROVIDERS[1..] {
        world.ok(&format!("sharing link acme '{recipient}' --type services"));
    }
    for ((active, records, granted), client) in plan.iter().zip(["CLI-00000A", "CLI-00000B"]) {
        for (provider, is_active) in PROVIDERS.iter().zip(active) {
            if *is_active {
                world.ok(&format!("client enroll {client} '{provider}'"));
            }
        }
        for (provider, _) in PROVIDERS.iter().zip(records).filter(|(_, has)| **has) {
            world.ok(&format!(
                "record add {client} --provider '{provider}' --type services --date 2026-11-01 --title '{client} {provider}'"
            ));
        }
        for (recipient, _) in PROVIDERS[1..].iter().zip(granted).filter(|(_, has)| **has) {
            let line =
                format!("sharing request {client} --owner acme --recipient '{recipient}' --type services");
            let answer = world.run(&format!("{line} -o json"));
            if answer.status == 0 {
                let made: Value = serde_json::from_str(&answer.stdout).expect("JSON");
                world.ok(&format!("sharing grant {}", made["code"].as_str().expect("a code")));
            }
        }
    }
}

/// A merge that is possible says how many records each provider comes to see, and nothing else is seen after it.
fn must_say_all(world: &World) {
    let (before, stored) = (seen(world, &["CLI-00000A", "CLI-00000B"]), dump(world));
    let answer = world.run("client merge CLI-00000B --into CLI-00000A --yes -o json");
    if answer.status != 0 {
        assert_eq!(answer.status, 4, "{}", answer.stderr);
        assert!(stored == dump(world), "refused, and something changed");
        return;
    }
    let said: Value = serde_json::from_str(&answer.stdout).expect("JSON");
    let gains = |provider: &str| -> i64 {
        let of =
            said["gains"].as_array().into_iter().flatten().filter(|gain| gain["recipient_name"] == provider);
        of.filter_map(|gain| gain["records"].as_i64()).sum()
    };
    let after = seen(world, &["CLI-00000A"]);
    for provider in PROVIDERS {
        let opened = after.difference(&before).filter(|(who, _)| who == provider).count();
        assert_eq!(gains(provider), i64::try_from(opened).expect("few"), "{provider}: {said}");
    }
    for (table, rows) in stored {
        assert!(dump(world)[&table].len() >= rows.len(), "{table} lost a row");
    }
}
