//! What opens or closes sight says whose, of how many records of which clients; and what does neither says so (rule 3.14).

use expect_test::expect;

use super::{ask, open, share};
use crate::release::PDF;
use crate::world::World;

fn granted(world: &World) {
    share(world);
    open(world);
    ask(world, 1);
    world.ok("sharing grant SHR-000001 --expires 2026-12-31");
    world.write("paper.pdf", PDF);
}

// Rule 3.14.
both_engines!(contracts_and_enrolments_say_who_gains_and_who_loses, |world| {
    granted(world);
    world.story(expect![[r#"
        $ caredesk contract edit 'birch meals' --stop 2026-11-01
        Changed contract CTR-EKGE4G (Birch meals): ends on 2026-12-31 → 2026-11-01, active yes → no. `Birch Homecare` loses access to 2 records of 1 client.
        $ caredesk contract edit 'birch meals' --stop 2026-11-01 -o json
        {
          "code": "CTR-EKGE4G",
          "provider": "PRV-00000B",
          "provider_name": "Birch Homecare",
          "name": "Birch meals",
          "starts_on": "2026-01-01",
          "ends_on": "2026-11-01",
          "active": false,
          "categories": [
            "Meals"
          ],
          "result": "unchanged",
          "changes": [],
          "gains": [],
          "losses": [],
          "stops": []
        }
        $ caredesk contract edit 'birch meals' --stop 2026-12-31
        Changed contract CTR-EKGE4G (Birch meals): ends on 2026-11-01 → 2026-12-31, active no → yes. `Birch Homecare` gains access to 2 records of 1 client.
        $ caredesk client enroll CLI-00000A acme --status inactive
        Changed client CLI-00000A (Ada Moss): inactive at `Acme Care` since 2026-11-22. `Birch Homecare` loses access to 2 records of 1 client.
        $ caredesk client enroll CLI-00000A acme --status inactive -o json
        {
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "provider": "PRV-00000A",
          "provider_name": "Acme Care",
          "status": "inactive",
          "since_on": "2026-11-22",
          "result": "unchanged",
          "changes": [],
          "gains": [],
          "losses": [],
          "stops": []
        }
        $ caredesk client enroll CLI-00000A acme -o json
        {
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "provider": "PRV-00000A",
          "provider_name": "Acme Care",
          "status": "active",
          "since_on": "2026-11-22",
          "result": "updated",
          "changes": [
            {
              "field": "status",
              "from": "inactive",
              "to": "active"
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
        $ caredesk client enroll CLI-00000A cedar
        Changed client CLI-00000A (Ada Moss): active at `Cedar Nursing` since 2026-11-22.
    "#]]);
    let changed = world.json("provider deactivate birch --yes");
    assert_eq!(changed["losses"][0]["records"], 2, "{changed}");
    let changed = world.json("provider activate birch");
    assert_eq!(changed["gains"][0]["records"], 2, "{changed}");
});

// Rule 3.14.
both_engines!(a_revocation_that_closes_nothing_says_so, |world| {
    granted(world);
    world.ok("sharing setup acme --type services --client-by-client off");
    world.story(expect![[r#"
        $ caredesk sharing revoke SHR-000001
        Revoked request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare`; no account is alerted (no e-mail address).
        2> warning: this closes nothing: `Birch Homecare` still sees 2 records, since `Acme Care` shares services automatically; `caredesk sharing setup PRV-00000A --type services --client-by-client on` ends that
    "#]]);
    world.ok("sharing setup acme --type services --release on --require-expiry off");
    let add = "release add CLI-00000A --owner acme --type services --document paper.pdf --signed today";
    world.ok(&format!("{add} --all-providers"));
    let code = world.json("release list")[0]["code"].as_str().unwrap().to_owned();
    world.sql(&format!("UPDATE release SET code = 'ROI-000001' WHERE code = '{code}'"));
    world.ok(&format!("{add} --recipient birch"));
    world.story(expect![[r#"
        $ caredesk release revoke ROI-000001 --yes
        Revoked release ROI-000001 (Ada Moss). No provider loses access to any record.
        2> warning: this closes nothing: `Birch Homecare` still sees 2 records, by a release; `caredesk release list --owner PRV-00000A --type services --status active` lists them
    "#]]);
});

// Rule 3.14.
both_engines!(what_cannot_work_yet_says_what_is_missing, |world| {
    granted(world);
    world.ok("sharing setup acme --type forms --level 1 --release on");
    let add = "release add CLI-00000A --owner acme --document paper.pdf --signed today --expires 2026-12-31 --dry-run";
    let warned = |line: &str| {
        let answer = world.run(line);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        answer
            .stderr
            .lines()
            .filter(|line| line.starts_with("warning: "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let of_release = |options: &str| warned(&format!("{add} {options}"));
    expect![[r#"
        [
            [
                "warning: nothing is shown to `Birch Homecare` for now: `Acme Care` is not linked to `Birch Homecare` for forms; `caredesk sharing link 'Acme Care' 'Birch Homecare' --type forms` links them, in this direction",
                "warning: nothing is shown to `Cedar Nursing` for now: `Acme Care` is not linked to `Cedar Nursing` for forms; `caredesk sharing link 'Acme Care' 'Cedar Nursing' --type forms` links them, in this direction",
            ],
            [
                "warning: `Acme Care` is linked to no provider for forms; `caredesk sharing link PRV-00000A PROVIDER --type forms` links it to one",
            ],
            [
                "warning: nothing is shown to `Birch Homecare` for now: `Acme Care` is at level 3 for clinical: it shares nothing; `caredesk sharing setup 'Acme Care' --type clinical --level 1` lets it share with all",
                "warning: `Acme Care` does not share clinical by releases: this one counts once `caredesk sharing setup PRV-00000A --type clinical --release on` is done",
            ],
            [
                "warning: `Acme Care` does not share services by releases: this one counts once `caredesk sharing setup PRV-00000A --type services --release on` is done",
            ],
            [
                "warning: `Acme Care` shares no clinical yet: `caredesk sharing setup PRV-00000A --type clinical --level 1` lets it",
            ],
        ]
    "#]]
    .assert_debug_eq(&[
        of_release("--type forms --recipient birch cedar"),
        of_release("--type forms --all-providers"),
        of_release("--type clinical --recipient birch"),
        of_release("--type services --recipient birch"),
        warned("sharing link acme birch --type clinical"),
    ]);
});
