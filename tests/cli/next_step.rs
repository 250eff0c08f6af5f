//! What is next: one hint after a change that begins something, for people alone.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::expect;

use crate::{commands, tables};

// Each verb that changes something, with its hint on a terminal or without one. A new verb has to be looked at.
both_engines!(each_change_has_a_next_step_or_none, |world| {
    world.begin(tables::settle);
    world.write("password.txt", "correct horse battery\n");
    let entries = || world.sql("SELECT count(*) FROM audit WHERE action NOT LIKE '%.read'");
    let mut verbs: BTreeMap<String, Option<String>> = BTreeMap::new();
    for line in commands::examples() {
        tables::count_codes(world);
        let before = entries();
        let answer = world.run(&world.with_names_of_this_run(line));
        let hint = hint_in(&answer.stderr);
        assert!(
            hint.is_none() || answer.status != 0 || before != entries(),
            "{line} changes nothing\n{}",
            answer.stderr
        );
        if answer.status == 0 && before != entries() {
            let verb = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
            let known = verbs.entry(verb).or_default();
            *known = known.take().or(hint);
        }
    }
    let mut text = String::new();
    for (verb, hint) in &verbs {
        writeln!(text, "{verb}: {}", hint.as_deref().unwrap_or("-")).unwrap();
    }
    expect![[r#"
        account add-resource: `caredesk account permit ines PERMISSION` says what it may do
        account alerts: -
        account create: `caredesk account permit ines PERMISSION` says what it may do
        account disable: -
        account edit: -
        account enable: -
        account forbid: -
        account import: -
        account invite: -
        account permit: `caredesk account invite ines --file FILE` gives it a first password
        account remove-resource: -
        account sees: -
        account set-password: -
        alert dismiss: -
        alert send: -
        apply <FIXTURES>/commands/hub.yaml: -
        batch <FIXTURES>/commands/lines.txt: -
        capacity edit: -
        capacity remove: -
        capacity set: -
        category create: `caredesk contract create PROVIDER NAME --start DATE --category Transport` puts it into a contract
        client create: -
        client edit: -
        client enroll: -
        client export: -
        client import: -
        client import-enrolments: -
        client merge: -
        contact create: `caredesk referral create --queue QUEUE --contact 2026-0200` refers it
        contact edit: -
        contact import: -
        contact pdf: -
        contract create: -
        contract edit: -
        contract import: -
        database backup: -
        database copy: -
        disclosure pdf: -
        export fhir: -
        export hmis: -
        hub edit: -
        outsource add-provider: -
        outsource create: -
        outsource delete: `caredesk outsource create REF-000004` offers visits to providers
        outsource remind: -
        outsource remove-provider: -
        outsource resend: -
        package edit: -
        package hand-back: -
        package pdf: -
        package rename: -
        package respond: -
        provider activate: -
        provider add-resource: `caredesk queue add-resource QUEUE RES-XKS6S7` lets it take referrals of a queue
        provider create: `caredesk account create LOGIN --name NAME --level provider-portal --resource PRV-XWR6XJ` creates an account that acts for it
        provider deactivate: -
        provider edit: -
        provider import: -
        provider merge: -
        provider remove-resource: -
        queue activate: -
        queue add-resource: -
        queue add-status: -
        queue create: `caredesk queue add-resource Transport RESOURCE` says who takes its referrals
        queue deactivate: -
        queue edit: -
        queue move-status: -
        queue remove-resource: -
        queue rename-status: -
        queue retire-status: -
        record add: -
        record edit: -
        record import: -
        referral assign: -
        referral create: `caredesk referral assign REF-N6Z7WM RESOURCE` assigns it
        referral import: -
        referral note: -
        referral reassign: -
        referral set-status: -
        referral unassign: `caredesk referral assign REF-000004 RESOURCE` assigns it
        release add: -
        release document: -
        release form: -
        release import: -
        release remove-recipient: -
        release revoke: -
        resource edit: -
        resource import: -
        schedule pdf: -
        sharing cancel: -
        sharing deny: -
        sharing form: -
        sharing grant: -
        sharing import-links: -
        sharing import-settings: -
        sharing link: `caredesk sharing request CLIENT --owner PRV-000002 --recipient PRV-000001 --type case-notes` asks for the records of a client
        sharing pending: -
        sharing renew: -
        sharing request: -
        sharing revoke: -
        sharing setup: `caredesk sharing link PRV-000002 RECIPIENT --type case-notes` says with whom
        sharing unlink: -
        undo --yes: -
        visit add: `caredesk outsource create REF-000004` offers visits to providers
        visit cancel: -
        visit edit: -
        visit import: -
        visit restore: `caredesk outsource create REF-000004` offers visits to providers
    "#]].assert_eq(&text);
});

/// The lines of the hint as one.
fn hint_in(stderr: &str) -> Option<String> {
    let mut lines = stderr.lines().skip_while(|line| !line.starts_with("hint:"));
    let first = lines.next()?.strip_prefix("hint:")?.trim().to_owned();
    let more = lines.take_while(|line| line.starts_with(' ')).map(str::trim);
    Some(more.fold(first, |text, line| format!("{text} {line}")).trim().to_owned())
}

both_engines!(only_people_hear_what_is_next, |world| {
    world.ok("init");
    for line in [
        "queue create Meals --status New",
        "-q queue create Rides --status New",
        "queue create Visits --status New -o json",
    ] {
        assert_eq!(world.run(line).stderr, "", "{line}");
    }
    world.set("CAREDESK_TEST_TERMINAL", "80");
    world.story(expect![[r#"
        $ caredesk queue create 'Night care' --status New
        Created queue `Night care`: statuses New.
        2> hint: `caredesk queue add-resource 'Night care' RESOURCE` says who takes its
        2>       referrals
        $ caredesk queue create 'Night care' --status New --if-not-exists
        Nothing to change: queue `Night care` exists, with the statuses New.
        $ caredesk --dry-run queue create 'Day care' --status New
        dry run: Created queue `Day care`: statuses New.
        $ caredesk -q queue create Lunch --status New
        Lunch
        $ caredesk queue create Dinner --status New -o json
        {
          "name": "Dinner",
          "active": true,
          "statuses": [
            {
              "label": "New",
              "closed": false,
              "retired": false
            }
          ],
          "resources": [],
          "result": "created",
          "changes": []
        }
        $ caredesk provider create 'Acme Care'
        Created provider PRV-WF6YT1 (Acme Care).
        2> hint:
        2>       `caredesk account create LOGIN --name NAME --level provider-portal --resource PRV-WF6YT1`
        2>       creates an account that acts for it
        $ caredesk queue add-resource 'Night care' acme
        Linked queue `Night care` to `Acme Care`.
        $ caredesk account create eve --name Eve --level provider-portal
        Created account eve: level provider-portal.
        2> hint: `caredesk account add-resource eve RESOURCE` says for whom it acts
        $ caredesk account add-resource eve acme
        Changed account eve: resources none → RES-CMR5C9.
        2> hint: `caredesk account permit eve PERMISSION` says what it may do
        $ caredesk account permit eve respond-packages
        Changed account eve: permissions none → respond-packages.
        2> hint: `caredesk account invite eve --file FILE` gives it a first password
        $ caredesk sharing setup acme --type services --level 1 --client-by-client on
        Changed sharing of services by `Acme Care`: level 1, by request.
        2> hint: `caredesk sharing link PRV-WF6YT1 RECIPIENT --type services` says with
        2>       whom
        $ caredesk sharing setup acme --type services --default-days 90
        Changed sharing of services by `Acme Care`: level 1, by request, 90 days if no expiry is given.
        $ caredesk provider create 'Birch House' -q
        PRV-G2REYA
        $ caredesk sharing link acme birch --type services
        Linked `Acme Care` to `Birch House` for services, by request.
        2> hint:
        2>       `caredesk sharing request CLIENT --owner PRV-WF6YT1 --recipient PRV-G2REYA --type services`
        2>       asks for the records of a client
        $ caredesk client create --given Ada --family Moss
        Created client CLI-VRX6JT (Ada Moss).
        $ caredesk referral create --queue 'Night care' --client ada
        Created referral REF-P59YCN for Ada Moss in `Night care`, status `New`.
        2> hint: `caredesk referral assign REF-P59YCN RESOURCE` assigns it
        $ caredesk referral assign ada acme
        Assigned referral REF-P59YCN to `Acme Care`; no account is alerted (no e-mail address).
        $ caredesk referral create --queue 'Night care' --client ada --resource acme --even-so
        Created referral REF-SKEP1G for Ada Moss in `Night care`, status `New`, at `Acme Care`; no account is alerted (no e-mail address).
        2> warning: Ada Moss has an open referral in `Night care` already: REF-P59YCN
    "#]]);
});
