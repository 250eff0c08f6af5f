//! `outsource`: rules 1.1 to 1.4 and 1.7 to 1.8, told from the hub's side.

mod constraints;
mod create;
mod providers;
mod remind;
mod resend;
mod waves;
mod week;

use expect_test::expect;

use crate::town::{dump, refusal, settle};
use crate::world::World;

/// What every changing command must do alike, each tried on the town as it stands.
const CHANGES: &[(&str, &str)] = &[
    ("outsource create REF-00000A --visit VIS-000002 --provider acme", "created"),
    ("outsource add-provider winter cedar", "updated"),
    ("outsource remove-provider winter birch", "updated"),
    ("outsource delete winter --yes", "deleted"),
    ("outsource resend winter --yes", "created"),
    ("package respond winter --provider acme --accept", "updated"),
    ("package respond winter --provider acme --reject --reason full", "updated"),
    ("package rename winter summer", "updated"),
    ("package edit winter --provider-note 'two carers'", "updated"),
    ("visit edit VIS-000001 --duration 45", "updated"),
    ("visit cancel VIS-000001 VIS-000002", ""),
    ("visit add REF-00000A --start '2026-12-07 09:00' --duration 30 --weekly mon,tue --until 2026-12-08", ""),
    ("referral set-status REF-00000A Live", "updated"),
    ("referral create --queue 'Home care' --client CLI-00000A", "created"),
    ("provider deactivate acme --yes", "updated"),
    ("provider create Elm", "created"),
    ("queue create Meals --status New --status Done:closed", "created"),
];

fn offered(world: &World) {
    world.begin(|world| {
        settle(world);
        world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter");
    });
}

// Rule 4.2.
both_engines!(a_dry_run_changes_nothing, |world| {
    offered(world);
    let before = dump(world);
    for (line, result) in CHANGES {
        let plain = world.run(&format!("{line} --dry-run"));
        assert_eq!((plain.status, plain.stderr.contains("error")), (0, false), "{line}: {plain:?}");
        assert!(plain.stdout.starts_with("dry run: "), "{line}: {plain:?}");
        let told = world.run(&format!("{line} --dry-run --exit-code"));
        assert_eq!(told.status, 11, "{line}: {told:?}");
        let made = world.json(&format!("{line} --dry-run"));
        let first = made.get(0).unwrap_or(&made);
        assert_eq!(first["dry_run"], true, "{line}: {made}");
        assert!(result.is_empty() || first["result"] == **result, "{line}: {made}");
        assert!(before == dump(world), "{line}: a dry run changed something");
    }
    let unchanged = world.run("outsource add-provider winter acme --dry-run --exit-code");
    assert_eq!(unchanged.status, 0, "{unchanged:?}");
    assert_eq!(world.run("outsource add-provider winter acme --exit-code").status, 2);
});

// One code, one line, one row for each thing that is changed.
both_engines!(a_change_is_told_alike_in_every_format, |world| {
    offered(world);
    for (line, result) in CHANGES {
        let quiet = world.run(&format!("{line} -q --dry-run"));
        let codes: Vec<&str> = quiet.stdout.lines().collect();
        let is_code = |word: &&str| !word.contains(' ') && !word.is_empty() || *word == "Meals";
        assert!(codes.iter().all(is_code) && quiet.stderr.is_empty(), "{line}: {quiet:?}");
        let one_line = world.run(&format!("{line} -o jsonl --dry-run"));
        for text in one_line.stdout.lines() {
            let object: serde_json::Value = serde_json::from_str(text).unwrap();
            assert!(result.is_empty() || object["result"] == **result, "{line}: {object}");
        }
        assert_eq!(one_line.stdout.lines().count(), codes.len(), "{line}");
        for format in ["csv", "tsv"] {
            let answer = world.run(&format!("{line} -o {format} --dry-run"));
            assert_eq!(
                (answer.status, answer.stdout.lines().count()),
                (0, codes.len() + 1),
                "{line}: {answer:?}"
            );
        }
    }
});

// Rule 2.1.
both_engines!(only_those_who_may_change_packages_do, |world| {
    offered(world);
    for (line, _) in &CHANGES[..8] {
        let line = line.replace("--yes", "--yes --dry-run");
        for user in ["stan", "sue", "admin"] {
            world.as_user(user);
            assert_eq!(
                world.run(&format!("{line} --dry-run").replace("--dry-run --dry-run", "--dry-run")).status,
                0,
                "{user}: {line}"
            );
        }
        world.as_user("tracy");
        assert_eq!(refusal(world, &line).0, 6, "tracy: {line}");
        world.as_user("mute");
        let status = if line.contains("create") { 3 } else { 6 };
        let hidden = line.contains("cedar") || line.contains("birch");
        assert_eq!(refusal(world, &line).0, if hidden { 3 } else { status }, "mute: {line}");
        world.as_user("cedar");
        assert_eq!(refusal(world, &line).0, 3, "cedar: {line}");
    }
});

// Rule 4.3.
both_engines!(verbs_and_options_are_guessed_at, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk outsource creat REF-00000A
        2> error: unrecognized subcommand 'creat'
        2>
        2>   tip: a similar subcommand exists: 'create'
        2>
        2> Usage: caredesk outsource [OPTIONS] <COMMAND>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk outsorce create
        2> error: unrecognized subcommand 'outsorce'
        2>
        2>   tip: some similar subcommands exist: 'doctor', 'resource', 'outsource'
        2>
        2> Usage: caredesk [OPTIONS] <COMMAND>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package list --statu pending
        2> error: unexpected argument '--statu' found
        2>
        2>   tip: a similar argument exists: '--status'
        2>
        2> Usage: caredesk package list [OPTIONS]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package list --status open
        2> error: invalid value 'open' for '--status <STATUS>'
        2>   [possible values: pending, accepted, rejected, handed_back, recalled]
        2>
        2>   tip: a similar value exists: 'pending'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package lst -o json
        2> {"error":{"kind":"usage","code":"usage","message":"unrecognized subcommand 'lst'","hint":"a similar subcommand exists: 'list'","details":{}}}
        [exit 2]
        $ caredesk package list --status open -o json
        2> {"error":{"kind":"usage","code":"usage","message":"invalid value 'open' for '--status <STATUS>' [possible values: pending, accepted, rejected, handed_back, recalled]","hint":"a similar value exists: 'pending'","details":{}}}
        [exit 2]
    "#]]);
});

both_engines!(json_of_a_package_has_every_documented_key, |world| {
    offered(world);
    let shown = world.run_json("package show winter");
    expect![[r#"
        {
          "code": "PKG-SZNCK3",
          "reference": "winter",
          "status": "pending",
          "referral": "REF-00000A",
          "area": null,
          "provider_note": null,
          "accepted_by": null,
          "accepted_by_name": null,
          "lapses_at": null,
          "created_at": "2026-11-22T10:00:00Z",
          "created_by": "admin",
          "amended_at": null,
          "amended_by": null,
          "recalled_at": null,
          "recalled_by": null,
          "visits": [
            {
              "code": "VIS-000001",
              "start": "2026-12-01T09:00:00Z",
              "duration_minutes": 30,
              "status": "planned",
              "provider_note": null,
              "offered_start": "2026-12-01T09:00:00Z",
              "offered_duration_minutes": 30,
              "differs_from_offer": false
            }
          ],
          "offers": [
            {
              "provider": "PRV-00000A",
              "provider_name": "Acme Care",
              "requested_by": "admin",
              "requested_at": "2026-11-22T10:00:00Z",
              "opens_at": null,
              "lapses_at": null,
              "reminded_at": null,
              "status": "pending",
              "responded_at": null,
              "ended_at": null,
              "reason": null
            },
            {
              "provider": "PRV-00000B",
              "provider_name": "Birch Homecare",
              "requested_by": "admin",
              "requested_at": "2026-11-22T10:00:00Z",
              "opens_at": null,
              "lapses_at": null,
              "reminded_at": null,
              "status": "pending",
              "responded_at": null,
              "ended_at": null,
              "reason": null
            }
          ],
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "address": null,
          "postal_code": null,
          "phones": [],
          "carer_note": null,
          "weeks": [
            {
              "week": "2026-W49",
              "visits": 1,
              "duration_minutes": 30,
              "provider": null,
              "provider_name": null,
              "held_visits": null,
              "held_duration_minutes": null
            }
          ]
        }
    "#]]
    .assert_eq(&shown.stdout);
});

// Rule 1.8: each package is asked about.
both_engines!(several_packages_are_recalled_at_once, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.ok("outsource create REF-00000A --visit VIS-000002 --provider acme --reference spring");
    world.ok("outsource create REF-00000B --all-visits --provider birch --reference summer");
    world.ok("package respond summer --provider birch --accept");
    world.ok("outsource delete spring --yes");
    world.story(expect![[r#"
        $ caredesk outsource delete winter spring summer
        2> error: this must be confirmed: summer was accepted by Birch Homecare. Are you sure you want to delete these 2 outsourced packages: winter and summer?
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk outsource delete winter nowhere --yes
        2> error: there is no package `nowhere`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
        $ caredesk outsource delete winter spring summer --yes
        Recalled package PKG-SZNCK3 (winter); 1 visit is free again; no account is alerted (no e-mail address). Nothing to change: package PKG-EG2QXC (spring) was recalled before. Recalled package PKG-39J76K (summer); 2 visits are free again. `Birch Homecare` had accepted it; let them know. No account is alerted (no e-mail address).
        $ caredesk outsource delete winter summer -o json --columns reference,result
        [
        {"reference":"winter","result":"unchanged"},
        {"reference":"summer","result":"unchanged"}
        ]
    "#]]);
});
