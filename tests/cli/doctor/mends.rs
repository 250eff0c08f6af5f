//! Each check is made to find something, and finds nothing any more after the command that it names.

use super::diagnosis;
use crate::town::settle;
use crate::world::World;

/// Runs the command that a check names until it finds nothing, with the words in capitals filled in; the commands.
fn mended(world: &World, check: &str, options: &str, fill: &[(&str, &str)]) -> Vec<String> {
    let mut commands = Vec::new();
    let asked = format!("{check} {options}");
    for _ in 0..20 {
        let found = diagnosis(world, &asked);
        let Some(command) = found["command"].as_str() else {
            assert_eq!(found["result"], "ok", "{found}");
            assert!(!commands.is_empty(), "{check} found nothing");
            return commands;
        };
        assert!(!found["first"].as_array().unwrap().is_empty(), "{found}");
        let mut line = format!("{} --yes", command.strip_prefix("caredesk ").expect(command));
        for (word, value) in fill {
            line = line.replace(word, value);
        }
        assert!(
            !line.split(' ').any(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase())),
            "{line}"
        );
        world.ok(&line);
        commands.push(line);
    }
    panic!("{check} still finds something after {commands:?}");
}

fn packages(world: &World) {
    world.ok("outsource create REF-00000A --all-visits --provider acme birch --reference winter");
    world.ok("outsource create REF-00000B --all-visits --provider cedar --reference spring");
}

// Rule 7.21.
both_engines!(packages_without_a_provider_left, |world| {
    settle(world);
    for (referral, reference) in [("REF-00000A", "winter"), ("REF-00000B", "spring")] {
        world
            .ok(&format!("outsource create {referral} --all-visits --provider acme --reference {reference}"));
        world.ok(&format!("package respond {reference} --provider acme --reject"));
    }
    assert_eq!(mended(world, "rejected-packages", "", &[("PROVIDER", "birch cedar")]).len(), 2);
});

both_engines!(packages_past_their_time, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --answer-by 4h --reference winter");
    world.ok("outsource add-provider winter birch --answer-by 2d");
    world.ok("outsource create REF-00000B --all-visits --provider cedar");
    assert_eq!(diagnosis(world, "overdue-packages")["result"], "ok");
    world.at("2026-11-22T15:00:00Z");
    mended(world, "overdue-packages", "", &[]);
});

both_engines!(packages_whose_visits_are_over, |world| {
    settle(world);
    packages(world);
    assert_eq!(diagnosis(world, "past-packages")["result"], "ok");
    world.at("2026-12-24T10:00:00Z");
    assert_eq!(diagnosis(world, "past-packages")["number"], 2);
    assert_eq!(mended(world, "past-packages", "", &[]).len(), 1);
});

both_engines!(offers_at_providers_that_are_not_active, |world| {
    settle(world);
    packages(world);
    world.ok("provider deactivate birch --yes");
    world.ok("provider deactivate cedar --yes");
    let commands = mended(world, "inactive-providers", "", &[]);
    assert!(commands.iter().any(|line| line.starts_with("outsource delete")), "{commands:?}");
    assert!(commands.iter().any(|line| line.starts_with("outsource remove-provider")), "{commands:?}");
});

both_engines!(referrals_that_do_not_move, |world| {
    settle(world);
    world.ok("queue create Meals --status New --status Visited --status Done:closed");
    world.ok("referral create --queue meals --client CLI-00000A");
    world.at("2026-12-10T10:00:00Z");
    world.ok("referral create --queue meals --client CLI-00000B");
    assert_eq!(diagnosis(world, "idle-referrals")["result"], "ok");
    world.at("2026-12-23T10:00:00Z");
    let found = diagnosis(world, "idle-referrals");
    assert_eq!((&found["number"], &found["list"]), (&3.into(), &"caredesk referral list --idle 30d".into()));
    let listed = world.json("referral list --idle 30d");
    assert_eq!(listed.as_array().map(Vec::len), Some(3));
    let statuses = world.json("queue show 'Home care'")["statuses"].clone();
    let closed =
        statuses.as_array().unwrap().iter().find(|one| one["closed"] == true).unwrap()["label"].clone();
    world.ok("queue rename-status meals Done 'Not needed'");
    // The label of the one is of the other too, in whatever queue.
    world.ok(&format!("queue add-status meals '{}:closed'", closed.as_str().unwrap()));
    mended(world, "idle-referrals", "", &[("STATUS", &format!("'{}'", closed.as_str().unwrap()))]);
    assert_eq!(diagnosis(world, "idle-referrals --idle-days 10")["number"], 1);
});

both_engines!(resources_that_no_account_watches, |world| {
    settle(world);
    world.ok("provider add-resource acme 'Night shift'");
    world.ok("provider create 'Elm House'");
    world.ok("queue add-resource 'Home care' 'Elm House' 'Night shift' 'Acme Care'");
    world.ok("account create eva --name Eva --level provider-portal --resource 'Elm House'");
    for resource in ["'Elm House'", "'Night shift'", "'Acme Care'"] {
        world.ok(&format!(
            "referral create --queue 'Home care' --client CLI-00000B --resource {resource} --even-so"
        ));
    }
    assert_eq!(diagnosis(world, "unwatched-resources")["result"], "ok");
    for login in ["eva", "acme", "both", "mute"] {
        world.ok(&format!("account disable {login} --yes"));
    }
    world.ok("account create ines --name Ines --level provider-portal --resource 'Night shift'");
    let commands = mended(world, "unwatched-resources", "", &[("LOGIN", "new"), ("NAME", "New")]);
    assert!(commands.iter().any(|line| line.starts_with("account add-resource ines RES-")), "{commands:?}");
    assert!(commands.iter().any(|line| line.starts_with("account create new")), "{commands:?}");
    // Of a provider that is not active no account sees anything.
    world.ok("provider deactivate 'Elm House' --yes");
    let commands = mended(world, "unwatched-resources", "", &[(" RESOURCE", " 'Acme Care'")]);
    assert!(
        matches!(&*commands, [line] if line.starts_with("referral reassign --from RES-")),
        "{commands:?}"
    );
});

both_engines!(capacity_that_is_old, |world| {
    settle(world);
    world.ok("capacity set acme 4 --unit beds --maximum 12");
    world.ok("capacity set birch 2");
    world.at("2026-11-29T10:00:05Z");
    world.ok("capacity set birch 2 --from today --note 'confirmed'");
    let found = diagnosis(world, "old-capacity");
    assert_eq!((&found["number"], &found["result"]), (&1.into(), &"found".into()), "{found}");
    assert!(found["command"].as_str().unwrap().ends_with("N --unit beds --maximum 12"), "{found}");
    mended(world, "old-capacity", "", &[(" N ", " 4 ")]);
});

both_engines!(alerts_that_do_not_arrive, |world| {
    settle(world);
    world.ok("account edit acme --email acme@acme.example");
    world.ok("queue add-resource 'Home care' 'Acme Care'");
    world.ok("referral assign REF-00000A 'Acme Care'");
    assert_eq!(diagnosis(world, "unsent-alerts")["result"], "ok");
    world.at("2026-11-22T11:30:00Z");
    let send = ("alert send", "alert send --dir outbox --from hub@hub.example");
    mended(world, "unsent-alerts", "", &[send]);
    world.sql("UPDATE alert SET state = 'failed', sent_at = NULL, problem = 'no such box'");
    mended(world, "failed-alerts", "", &[(send.0, &send.1.replace("outbox", "again"))]);
});

both_engines!(accounts_that_see_nothing_or_are_not_used, |world| {
    settle(world);
    world.ok("account create eva --name Eva --level provider-portal");
    world.ok("account create dora --name Dora --level provider-portal --resource dormant");
    let found = diagnosis(world, "blind-accounts");
    assert_eq!(found["first"], serde_json::json!(["dora (Dora)", "eva (Eva)"]));
    mended(world, "blind-accounts", "", &[]);
    world.at("2027-03-01T10:00:00Z");
    world.as_user("stan");
    world.ok("client create --given Cy --family Moss");
    world.as_user("admin");
    let found = diagnosis(world, "unused-accounts");
    assert_eq!((&found["result"], &found["number"]), (&"note".into(), &7.into()), "{found}");
    mended(world, "unused-accounts", "", &[]);
});

fn sharing(world: &World) {
    settle(world);
    world.write("signed.pdf", crate::release::PDF);
    world.ok("client enroll CLI-00000A acme --date 2026-11-01");
    world.ok("client enroll CLI-00000A birch --date 2026-11-01");
    world.ok("sharing setup acme --type clinical --level 1 --client-by-client on --default-days 365");
    world.ok("sharing setup acme --type forms --level 1 --release on");
    for data_type in ["clinical", "forms"] {
        world.ok(&format!("sharing link acme birch --type {data_type}"));
    }
}

both_engines!(grants_that_end_soon, |world| {
    sharing(world);
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type clinical");
    let code = world.json("sharing list")[0]["code"].as_str().unwrap().to_owned();
    world.ok(&format!("sharing grant {code} --signed 2026-11-20 --expires 2026-12-10"));
    assert_eq!(diagnosis(world, "ending-grants --ending-days 10")["result"], "ok");
    mended(world, "ending-grants", "", &[]);
});

const ADD: &str = "release add CLI-00000A --owner acme --type forms --document signed.pdf";
const WHOLE: &str =
    "--purpose 'after hospital' --signed-by 'Ada Moss' --right-to-revoke --conditions --redisclosure";

both_engines!(releases_that_end_soon, |world| {
    sharing(world);
    world.ok(&format!("{ADD} --signed 2026-11-20 --expires 2026-12-10 --recipient birch {WHOLE}"));
    let fill =
        [("FILE", "signed.pdf"), ("DATE", "2026-11-22"), ("--expires 2026-11-22", "--expires 2027-11-01")];
    let commands = mended(world, "ending-releases", "", &fill);
    assert_eq!(commands.len(), 1, "the new one follows the old: {commands:?}");
    world.ok(&format!("{ADD} --signed 2026-11-20 --expires 2026-12-11 --recipient birch cedar {WHOLE}"));
    assert_eq!(
        diagnosis(world, "ending-releases")["number"],
        1,
        "what is for others too is followed by none"
    );
});

both_engines!(releases_that_are_not_valid, |world| {
    sharing(world);
    world.ok(&format!("{ADD} --signed 2026-11-20 --expires 2027-11-20 --recipient birch {WHOLE}"));
    assert_eq!(diagnosis(world, "incomplete-releases")["result"], "ok");
    world.ok(&format!("{ADD} --signed 2026-11-20 --all-providers"));
    mended(world, "incomplete-releases", "", &[]);
});

both_engines!(backups_that_are_old_or_not_verified, |world| {
    settle(world);
    std::fs::create_dir(world.path("copies")).unwrap();
    let never = diagnosis(world, "backup");
    assert_eq!(
        (&never["first"][0], &never["command"]),
        (&"no backup is known".into(), &"caredesk database backup DIR".into())
    );
    assert_eq!(diagnosis(world, "verified")["result"], "note");
    mended(world, "backup", "", &[("DIR", "copies")]);
    world.at("2026-11-23T11:00:00Z");
    assert_eq!(diagnosis(world, "backup")["result"], "ok");
    world.at("2026-11-24T11:00:00Z");
    let old = diagnosis(world, "backup");
    assert!(old["first"][0].as_str().unwrap().ends_with(".zip of 2026-11-22 10:00"), "{old}");
    assert_eq!(diagnosis(world, "backup --backup-age 3d")["result"], "ok");
    assert_eq!(mended(world, "backup", "", &[]), ["database backup copies --yes"]);
    let commands = mended(world, "verified", "", &[]);
    assert!(commands[0].starts_with("database verify copies/"), "{commands:?}");
    world.as_user("stan");
    assert_eq!(world.run("doctor --only backup").status, 6);
});

both_engines!(clients_who_are_there_twice, |world| {
    settle(world);
    for _ in 0..2 {
        world.ok("client create --given Cy --family Reed --birth-date 1950-07-01 --postal-code 'N1 9ZZ'");
    }
    assert_eq!(diagnosis(world, "doubled-clients")["result"], "note");
    mended(world, "doubled-clients", "", &[]);
});

both_engines!(clients_who_have_died, |world| {
    sharing(world);
    packages(world);
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type clinical");
    assert_eq!(diagnosis(world, "deceased-clients")["result"], "ok");
    world.ok("client edit CLI-00000A --status deceased --since 2026-11-21");
    let commands = mended(world, "deceased-clients", "", &[]);
    assert!(commands.len() >= 5, "{commands:?}");
});
