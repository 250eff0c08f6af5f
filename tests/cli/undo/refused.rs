//! What cannot be taken back, and who may not.

use super::{assert_same, begin, newest, state};
use crate::town::{refusal, verified};
use crate::world::World;

/// Does it, and returns its number.
fn done(world: &World, line: &str) -> i64 {
    world.ok(line);
    newest(world)
}

fn ok_as(world: &World, login: &str, line: &str) {
    let user = world.user();
    world.as_user(login);
    world.ok(line);
    world.as_user(&user);
}

fn must_be_refused(world: &World, line: &str, code: &str) -> String {
    let (status, found, message) = refusal(world, line);
    assert_eq!((status, found.as_str()), (4, code), "{line}: {message}");
    message
}

// Rule 7.41.
both_engines!(answers_consents_and_recalls_stand_and_say_so, |world| {
    begin(world);
    world.ok("sharing setup acme --type services --client-by-client on");
    world.ok("client enroll CLI-00000A acme");
    world.ok("client enroll CLI-00000A birch");
    let lines = [
        ("sharing request CLI-00000A --owner acme --recipient birch --type services", "agreed to"),
        ("package respond Mornings --provider birch --accept", "`caredesk package hand-back`"),
        (
            "outsource create REF-00000A --visit VIS-000003 --provider acme --reference Late",
            "`caredesk outsource delete PACKAGE`",
        ),
        ("outsource delete Late --yes", "a recall stands"),
        ("client create --given Di --family Ray", "`caredesk client merge`"),
        ("referral create --queue 'Home care' --client fox", "`caredesk referral set-status` closes it"),
        ("visit add REF-00000A --start '2026-12-08 09:00' --duration 30", "`caredesk visit cancel`"),
        (
            "record add CLI-00000A --provider acme --type forms --date 2026-11-01 --title Form",
            "`caredesk record edit RECORD",
        ),
        ("account create joe --name Joe --level standard", "`caredesk account disable`"),
        ("client erase ray --yes", "what was erased is gone"),
    ];
    for (line, instead) in lines {
        let number = done(world, line);
        let message = must_be_refused(world, &format!("undo {number} --yes"), "operation.stands");
        assert!(message.contains(instead), "{line}: {message}");
        // It does not go on with the one before it either.
        must_be_refused(world, "undo --yes", "operation.stands");
        let card = world.json(&format!("operation show {number}"));
        assert_eq!(card["can_be_undone"], false, "{line}");
        assert!(card["why_not"].as_str().unwrap().contains(instead), "{line}");
    }
    world.write("password.txt", "correct horse battery\n");
    let number = done(world, "account set-password stan --password-file password.txt");
    must_be_refused(world, &format!("undo {number} --yes"), "operation.stands");
});

// Rule 7.42.
both_engines!(what_has_changed_since_is_named_and_stays, |world| {
    begin(world);
    let (first, second) =
        (done(world, "referral assign REF-00000A acme"), done(world, "referral set-status REF-00000A Live"));
    let message = must_be_refused(world, &format!("undo {first} --yes"), "operation.changed_since");
    assert!(
        message.contains(&format!("operation {second} (referral.set-status of REF-00000A by admin)")),
        "{message}"
    );
    let card = world.json(&format!("operation show {first}"));
    assert_eq!(card["in_the_way"][0]["number"], second);
    // What was taken back is in the way of nothing.
    world.ok(&format!("undo {second} --yes"));
    world.ok(&format!("undo {first} --yes"));
    must_be_refused(world, &format!("undo {first} --yes"), "operation.undone");
    // What it refers to must be as it was, and so must what is like it.
    let cases = [
        ("client edit fox --family Ray", "client edit fox --given Di", "operation.changed_since"),
        (
            "account remove-resource both acme",
            "account edit both --level standard --yes",
            "operation.changed_since",
        ),
        ("capacity set birch 3", "capacity set birch 2", "operation.changed_since"),
        (
            "category create Sitting",
            "contract create birch Nights --start 2026-01-01 --category Sitting",
            "operation.used",
        ),
        (
            "client edit fox --status inactive",
            "client merge fox --into CLI-00000A --yes",
            "operation.changed_since",
        ),
    ];
    for (line, then, code) in cases {
        let number = done(world, line);
        world.ok(then);
        must_be_refused(world, &format!("undo {number} --yes"), code);
    }
});

// Rule 7.42.
both_engines!(no_undo_breaks_a_rule, |world| {
    begin(world);
    world.ok("account edit sue --level admin");
    world.as_user("sue");
    let number = done(world, "account edit admin --level standard --yes");
    world.ok("account edit sue --email sue@example.org");
    // The last admin would be gone.
    world.as_user("admin");
    ok_as(world, "sue", &format!("undo {number} --yes"));
    world.as_user("sue");
    let number = done(world, "account edit stan --level admin");
    ok_as(world, "stan", "account disable admin --yes");
    ok_as(world, "stan", "account disable sue --yes");
    world.as_user("stan");
    must_be_refused(world, &format!("undo {number} --yes"), "account.last_admin");
    world.ok("audit verify");
});

// Rule 7.43.
both_engines!(each_takes_back_what_it_did_and_an_admin_what_others_did, |world| {
    begin(world);
    world.as_user("stan");
    let own = done(world, "referral note REF-00000A 'third floor'");
    world.as_user("sue");
    let sues = done(world, "queue add-status 'Home care' Waiting");
    assert_eq!(refusal(world, &format!("undo {own} --yes")).1, "operation.of_another");
    world.as_user("stan");
    assert_eq!(refusal(world, &format!("undo {sues} --yes")).1, "operation.not_found");
    assert_eq!(refusal(world, &format!("operation show {sues}")).1, "operation.not_found");
    assert_eq!(refusal(world, "operation list --by sue").1, "actor.level");
    let listed = world.json("operation list");
    assert!(listed.as_array().unwrap().iter().all(|line| line["by"] == "stan"), "{listed}");
    world.as_user("acme");
    assert_eq!(refusal(world, "operation list").1, "operation.portal");
    assert_eq!(refusal(world, "undo --yes").1, "operation.portal");
    world.as_user("tracy");
    assert_eq!(refusal(world, "undo --yes").1, "operation.nothing");
    world.as_user("admin");
    world.ok(&format!("undo {sues} --yes"));
    // Who may no longer do it may not take it back.
    world.ok("account edit stan --level trainee --yes");
    world.as_user("stan");
    assert_eq!(refusal(world, "undo --yes").1, "actor.level");
});

// Rule 7.42: what was said to others cannot be called back.
both_engines!(an_alert_that_was_sent_stands, |world| {
    begin(world);
    world.ok("account edit acme --email acme@example.org");
    let before = state(world);
    let number = done(world, "referral assign REF-00000A acme");
    assert_ne!(world.json("alert list"), serde_json::json!([]));
    let said = world.run(&format!("undo {number} --yes"));
    assert!(said.stderr.contains("1 alert of it that had not been sent will not be"), "{said:?}");
    assert_same(&before, &state(world), "an assignment with its alert");
    let undo = newest(world);
    must_be_refused(world, &format!("undo {undo} --yes"), "operation.alerted");
    world.ok("account edit birch --email birch@example.org");
    let alerts = || world.sql("SELECT state FROM alert ORDER BY code");
    world.ok("referral assign REF-00000A acme");
    let waiting = alerts();
    // The one that it withdrew waits again.
    world.ok("referral assign REF-00000A birch");
    world.ok("undo --yes");
    assert_eq!(waiting, alerts());
    let number = done(world, "referral assign REF-00000A birch");
    world.ok("alert send --dir mails --from hub@example.org");
    must_be_refused(world, &format!("undo {number} --yes"), "operation.alerted");
});

// Rules 5.6, 7.42.
both_engines!(an_import_is_taken_back_as_import_undo_does, |world| {
    begin(world);
    world.write("people.csv", "id,given,family\n1,Cy,Reed\n2,Di,Ray\n");
    let before = state(world);
    let import = world.json("client import people.csv --source county")["import"].clone();
    let number = newest(world);
    assert_eq!(world.json(&format!("operation show {number}"))["import"], import);
    world.ok("undo --yes");
    assert_same(&before, &state(world), "bare undo");
    assert_eq!(world.json("import list")[0]["status"], "undone");
    world.ok("client import people.csv --source county");
    world.ok("client edit 'Di Ray' --postal-code AB1");
    let number = world.json("operation list --action client.import --limit 1")[0]["number"].clone();
    let undo = world.run(&format!("undo {number} --yes"));
    assert_eq!(undo.status, 9, "{undo:?}");
});

// Rules 4.6, 7.10, 7.42.
both_engines!(it_is_a_change_like_any_other, |world| {
    begin(world);
    let before = state(world);
    world.ok("referral note REF-00000A 'third floor'");
    let middle = state(world);
    world.ok("referral note REF-00000B 'second floor'");
    assert_eq!(world.run("undo --dry-run --exit-code").status, 11);
    // The same key again does not go on with the one before.
    let line = "undo --yes --operation-key once";
    assert_eq!(world.json(line)["status"], "undone");
    world.ok(line);
    assert_same(&middle, &state(world), line);
    // Each line of a batch is an operation, and one line takes back what another did.
    let number = newest(world);
    world.write("lines.txt", "referral note REF-00000B first\nreferral note REF-00000A second\nundo --yes\n");
    world.ok("batch lines.txt");
    let listed = world.json("operation list --limit 3");
    assert_eq!(
        (&listed[0]["undoes"], &listed[0]["action"]),
        (&listed[1]["number"], &"operation.undo".into())
    );
    assert!(listed[2]["number"].as_i64().unwrap() > number);
    world.ok("undo --yes");
    assert_same(&middle, &state(world), "a batch");
    world.ok("undo --yes");
    assert_same(&before, &state(world), "the first");
    // How all stood is what it was.
    let at =
        |instant: &str| world.json(&format!("referral show REF-00000A --at '{instant}'"))["note"].clone();
    assert_eq!(at("2026-11-22 09:59"), serde_json::Value::Null);
    verified(world);
});

// Rules 5.8, 7.44.
both_engines!(what_was_taken_back_is_erased_too, |world| {
    begin(world);
    let referral =
        world.json("referral create --queue 'Home care' --client fox")["code"].as_str().unwrap().to_owned();
    let number = done(world, &format!("referral note {referral} 'near the mill'"));
    world.ok("client edit fox --carer-note 'the key is at the mill'");
    world.ok("undo --yes");
    world.ok(&format!("undo {number} --yes"));
    world.ok(&format!("referral set-status {referral} Closed"));
    world.ok("client erase fox --yes");
    for (table, rows) in crate::town::dump(world) {
        let found = rows.iter().flatten().flatten().find(|cell| cell.contains("the mill"));
        assert_eq!(found, None, "{table}");
    }
    must_be_refused(world, &format!("undo {number} --yes"), "operation.undone");
    must_be_refused(world, &format!("undo {} --yes", number + 4), "operation.stands");
    world.ok("database check");
});

// Rule 7.42: where a clock was set back, what was done at one instant is not one operation.
both_engines!(what_shares_its_instant_with_others_is_left_alone, |world| {
    begin(world);
    let first = done(world, "category create Sitting");
    done(world, "provider edit acme --phone 5");
    let last = done(world, "category create Walking");
    let at = format!("(SELECT at FROM audit WHERE sequence = {first})");
    world.sql(&format!("UPDATE audit SET at = {at} WHERE sequence = {last}"));
    let before = state(world);
    for number in [first, last] {
        must_be_refused(world, &format!("undo {number} --yes"), "operation.shared_instant");
    }
    assert_same(&before, &state(world), "undo");
});

// Rule 7.42: what each has looked up is what it takes back, whatever the others have taken back meanwhile.
both_engines!(many_take_back_at_once, |world| {
    begin(world);
    for round in 0..3 {
        world.write(
            "enrolments.csv",
            format!("client,provider,status,since\nCLI-00000B,acme,active,2026-11-0{}\n", round + 1),
        );
        world.write(
            "referrals.csv",
            format!("id,queue,client,created_at\n{round},Home care,CLI-00000A,2026-11-20\n"),
        );
        world.ok("client import-enrolments enrolments.csv");
        world.ok("referral import referrals.csv --source county");
        for number in 0..4 {
            world.ok(&format!("provider edit acme --phone {round}{number}"));
        }
        let answers = crate::race::at_once((0..12).map(|_| world.command("undo --yes")).collect());
        assert!(answers.iter().all(|answer| [0, 4].contains(&answer.status)), "{answers:?}");
        verified(world);
        world.ok("database check");
    }
});
