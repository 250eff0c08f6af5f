//! `outsource`: rules 1.1 to 1.4 and 1.7 to 1.8, told from the hub's side.

use expect_test::expect;

use crate::town::{dump, in_json, refusal, settle, verified};
use crate::world::World;

both_engines!(a_package_is_offered, |world| {
    settle(world);
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference 'Winter 7'
        Offered 2 visits of REF-00000A to Acme Care, Birch Homecare as Winter 7.
        $ caredesk package show winter
        Winter 7: pending, waiting for an answer
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by stan

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS   RESPONDED AT
        Acme Care       stan          2026-11-22 10:00  pending
        Birch Homecare  stan          2026-11-22 10:00  pending
        $ caredesk outsource create REF-00000A --all-visits --provider 'Cedar Nursing' -q
        PKG-39J76K
        $ caredesk package list
        REFERENCE   STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS
        PKG-39J76K  pending  REF-00000A               2026-11-22 10:00       2       1
        Winter 7    pending  REF-00000A               2026-11-22 10:00       2       2
        $ caredesk visit list REF-00000A
        CODE        START             DURATION MINUTES  STATUS   NOTE  PACKAGE     PACKAGE STATUS  OFFERED DURATION MINUTES
        VIS-000001  2026-12-01 09:00                30  planned        Winter 7    pending                               30
        VIS-000002  2026-12-02 09:00                30  planned        Winter 7    pending                               30
        VIS-000003  2026-12-03 09:00                30  planned        PKG-39J76K  pending                               30
        VIS-000004  2026-12-04 09:00                30  planned        PKG-39J76K  pending                               30
    "#]]);
});

// Rules 1.1 and 1.2.
both_engines!(what_is_not_a_package_is_refused, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.ok("visit cancel VIS-000002");
    world.ok("referral set-status REF-00000B Closed");
    world.refusals(expect![[r#"
        2 usage                      outsource create REF-00000A --visit VIS-000003
        2 usage                      outsource create REF-00000A --provider acme
        4 referral.closed            outsource create REF-00000B --all-visits --provider acme
        4 visit.other_referral       outsource create REF-00000A --visit VIS-000005 --provider acme
        4 visit.outsourced           outsource create REF-00000A --visit VIS-000003 VIS-000001 --provider acme
        4 visit.cancelled            outsource create REF-00000A --visit VIS-000002 --provider acme
        4 provider.inactive          outsource create REF-00000A --visit VIS-000003 --provider acme dormant
        4 package.exists             outsource create REF-00000A --visit VIS-000003 --provider acme --reference winter
        4 package.exists             outsource create REF-00000A --visit VIS-000003 --provider acme --reference ' WINTER '
        2 usage                      outsource create REF-00000A --visit VIS-000003 --provider acme --reference PKG-WINTER
        2 usage                      outsource create REF-00000A --visit VIS-000003 --provider acme --reference ref-1
        2 usage                      outsource create REF-00000A --visit VIS-000003 --provider acme --reference ''
        3 provider.not_found         outsource create REF-00000A --visit VIS-000003 --provider nobody
        3 visit.not_found            outsource create REF-00000A --visit VIS-ZZZZZZ --provider acme
        3 referral.not_found         outsource create REF-ZZZZZZ --all-visits --provider acme
        4 visit.ambiguous            outsource create REF-00000A --visit VIS-0 --provider acme
        4 referral.ambiguous         outsource create REF-0 --visit VIS-000003 --provider acme
        2 usage                      outsource create REF-00000A --visit VIS-000003 --all-visits --provider acme
        2 usage                      outsource create REF-00000A --all-visits --provider ''
        2 usage                      outsource create
        2 usage                      outsource add-provider winter
        4 provider.inactive          outsource add-provider winter dormant
        3 package.not_found          outsource add-provider summer birch
        4 package.last_provider      outsource remove-provider winter acme
        4 package.not_offered        outsource remove-provider winter birch
        2 usage.confirmation         outsource delete winter
        2 usage.confirmation         outsource resend winter
        3 package.not_found          outsource delete summer --yes
    "#]]);
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000005 --provider acme
        2> error: visit `VIS-000005` belongs to referral `REF-00000B`, not to `REF-00000A`
        2> hint: `caredesk visit list REF-00000A` shows its visits
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000001 --provider acme
        2> error: visit `VIS-000001` is in package `winter` already
        2> hint: recall that one first with `caredesk outsource delete winter`
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000002 --provider acme
        2> error: visit `VIS-000002` is cancelled
        2> hint: `caredesk visit list REF-00000A` shows the planned ones
        [exit 4]
        $ caredesk outsource create REF-00000B --visit VIS-000005 --provider acme
        2> error: referral `REF-00000B` is closed (status `Closed`)
        2> hint: open it again with `caredesk referral set-status REF-00000B STATUS`
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider dormant
        2> error: provider `Dormant Care` is inactive
        2> hint: `caredesk provider activate PRV-00000D` brings it back
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider 'Birch Homcare'
        2> error: there is no provider `Birch Homcare`
        2> hint: did you mean `Birch Homecare`? `caredesk provider list` shows all
        [exit 3]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme --reference Winter
        2> error: there is a package `Winter` already
        2> hint: look at it with `caredesk package show "Winter"`, or give another reference
        [exit 4]
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme --reference PKG-WINTER
        2> error: invalid value 'PKG-WINTER' for '--reference <REFERENCE>': `PKG-WINTER` looks like a code; a reference of your own begins otherwise
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk outsource create REF-00000A --visit VIS-000003
        2> error: no provider is named for the package of `REF-00000A`
        2> hint: name it with `--provider`
        [exit 2]
        $ caredesk outsource create REF-0 --visit VIS-000003 --provider acme
        2> error: `REF-0` could mean more than one referral
        2> hint: say which: REF-00000A, REF-00000B
        [exit 4]
        $ caredesk outsource remove-provider winter acme
        2> error: package `winter` needs at least one provider
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls the whole package
        [exit 4]
        $ caredesk outsource remove-provider winter birch
        2> error: package `winter` was not offered to `Birch Homecare`
        2> hint: `caredesk package show PKG-SZNCK3` says to whom it was
        [exit 4]
        $ caredesk outsource delete winter
        2> error: this needs a yes: Are you sure you want to delete this outsourced package? (winter)
        2> hint: say it with `--yes`, or look first with `--dry-run`
        [exit 2]
    "#]]);
});

// The last planned visit is taken: `--all-visits` finds nothing.
both_engines!(nothing_is_left_to_offer, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --all-visits --provider birch
        2> error: referral `REF-00000A` has no visits to put into a package
        2> hint: plan one with `caredesk visit add REF-00000A`, or name some with `--visit`
        [exit 4]
        $ caredesk outsource create REF-00000A --provider birch
        2> error: referral `REF-00000A` has no visits to put into a package
        2> hint: plan one with `caredesk visit add REF-00000A`, or name some with `--visit`
        [exit 4]
    "#]]);
});

both_engines!(naming_a_thing_twice_is_naming_it_once, |world| {
    settle(world);
    let made = world.json(
        "outsource create REF-00000A --visit VIS-000001 --visit vis-ooooo1 --provider acme PRV-00000A 'ACME care' --reference winter",
    );
    assert_eq!(
        (made["visits"].as_array().unwrap().len(), made["offers"].as_array().unwrap().len()),
        (1, 1),
        "{made}"
    );
    let added = world.json("outsource add-provider winter birch prv-00000b birch");
    assert_eq!(added["offers"].as_array().unwrap().len(), 2, "{added}");
    assert_eq!(world.json("outsource add-provider winter birch acme")["result"], "unchanged");
});

// Rules 1.3 and 1.4.
both_engines!(providers_come_and_go_until_one_accepts, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk outsource add-provider winter birch
        The package winter is now offered to Acme Care, Birch Homecare; it is pending.
        $ caredesk outsource add-provider winter birch
        The package winter is offered to Acme Care, Birch Homecare already.
        $ caredesk outsource remove-provider winter acme
        The package winter is now offered to Birch Homecare; it is pending.
        $ caredesk outsource remove-provider winter birch
        2> error: package `winter` needs at least one provider
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls the whole package
        [exit 4]
        $ caredesk outsource add-provider winter acme cedar
        The package winter is now offered to Birch Homecare, Acme Care, Cedar Nursing; it is pending.
        $ caredesk package respond winter --provider cedar --accept
        `Cedar Nursing` has accepted the package winter; 2 other offers were closed.
        $ caredesk outsource add-provider winter birch
        2> error: package `winter` was accepted by `Cedar Nursing`; its providers can no longer change
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk outsource remove-provider winter birch
        2> error: package `winter` was accepted by `Cedar Nursing`; its providers can no longer change
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk outsource remove-provider winter cedar
        2> error: package `winter` was accepted by `Cedar Nursing`; its providers can no longer change
        2> hint: `caredesk outsource delete PKG-SZNCK3` recalls it
        [exit 4]
        $ caredesk package show winter
        winter: accepted by Cedar Nursing
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin
        amended    2026-11-22 10:00 by stan

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Birch Homecare  stan          2026-11-22 10:00  closed
        Acme Care       stan          2026-11-22 10:00  closed
        Cedar Nursing   stan          2026-11-22 10:00  accepted  2026-11-22 10:00
    "#]]);
});

// Rule 1.4.
both_engines!(who_rejected_may_be_asked_again, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter");
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject --reason 'no staff'
        `Acme Care` has rejected the package winter; 1 provider has still to answer.
        $ caredesk package respond winter --provider birch --reject
        `Birch Homecare` has rejected the package winter; nobody is left to answer.
        $ caredesk package list --status rejected
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS
        winter     rejected  REF-00000A               2026-11-22 10:00       1       2
        $ caredesk outsource add-provider winter acme
        2> error: `Acme Care` has rejected package `winter`
        2> hint: to ask again, take it out first: `caredesk outsource remove-provider PKG-SZNCK3 PRV-00000A`
        [exit 4]
        $ caredesk outsource add-provider winter cedar
        The package winter is now offered to Acme Care, Birch Homecare, Cedar Nursing; it is pending.
        $ caredesk outsource remove-provider winter acme cedar
        The package winter is now offered to Birch Homecare; it is rejected.
        $ caredesk package show winter
        winter: rejected
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin
        amended    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Birch Homecare  admin         2026-11-22 10:00  rejected  2026-11-22 10:00
        $ caredesk outsource add-provider winter acme
        The package winter is now offered to Birch Homecare, Acme Care; it is pending.
        $ caredesk package respond winter --provider acme --accept
        `Acme Care` has accepted the package winter.
        $ caredesk package show winter
        winter: accepted by Acme Care
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin
        amended    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Birch Homecare  admin         2026-11-22 10:00  rejected  2026-11-22 10:00
        Acme Care       admin         2026-11-22 10:00  accepted  2026-11-22 10:00
    "#]]);
    let removed = world.sql("SELECT status, reason FROM offer WHERE removed_at IS NOT NULL ORDER BY status");
    assert_eq!(
        removed,
        [[Some("pending".to_owned()), None], [Some("rejected".to_owned()), Some("no staff".to_owned())]]
    );
    verified(world);
});

// A package that all have rejected does not come back to life on a referral that was closed meanwhile.
both_engines!(nobody_is_asked_about_a_closed_referral, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    assert_eq!(refusal(world, "referral set-status REF-00000A Closed").1, "referral.has_pending_package");
    world.ok("package respond winter --provider acme --reject");
    world.ok("referral set-status REF-00000A Closed");
    assert_eq!(refusal(world, "outsource add-provider winter birch").1, "referral.closed");
    assert_eq!(refusal(world, "outsource resend winter --yes").1, "referral.closed");
    world.ok("outsource delete winter --yes");
});

// Rules 1.8 and 4.5.
both_engines!(deleting_asks_first_and_frees_the_visits, |world| {
    settle(world);
    world.ok(
        "outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter",
    );
    world.ok("package respond winter --provider birch --accept");
    world.story(expect![[r#"
        $ caredesk outsource delete winter
        2> error: this needs a yes: winter was accepted by Birch Homecare. Are you sure you want to delete this outsourced package?
        2> hint: say it with `--yes`, or look first with `--dry-run`
        [exit 2]
        $ caredesk outsource delete winter --dry-run
        dry run: The package winter was recalled; 2 visits are free again. `Birch Homecare` had accepted it; let them know.
        $ caredesk outsource delete winter --yes
        The package winter was recalled; 2 visits are free again. `Birch Homecare` had accepted it; let them know.
        $ caredesk outsource delete winter --yes
        2> error: package `winter` was recalled
        2> hint: `caredesk package list --referral REF-00000A` shows what is offered now
        [exit 4]
        $ caredesk package show winter
        winter: recalled
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin
        recalled   2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                30  planned
        VIS-000002  2026-12-02 09:00                30  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00  closed
        Birch Homecare  admin         2026-11-22 10:00  accepted  2026-11-22 10:00
        $ caredesk package list
        2> note: no packages
        $ caredesk package list --status recalled --columns reference,status,accepted_by
        REFERENCE  STATUS    ACCEPTED BY
        winter     recalled  Birch Homecare
        $ caredesk visit list REF-00000A --columns code,package,package_status
        CODE        PACKAGE  PACKAGE STATUS
        VIS-000001
        VIS-000002
        VIS-000003
        VIS-000004
        $ caredesk outsource create REF-00000A --visit VIS-000001 --provider cedar --reference winter -o jsonl
        {"code":"PKG-BW8EPQ","reference":"winter","status":"pending","referral":"REF-00000A","accepted_by":null,"created_at":"2026-11-22T10:00:10Z","created_by":"admin","amended_at":null,"amended_by":null,"recalled_at":null,"recalled_by":null,"visits":[{"code":"VIS-000001","start":"2026-12-01T09:00:00Z","duration_minutes":30,"status":"planned","offered_start":"2026-12-01T09:00:00Z","offered_duration_minutes":30,"differs_from_offer":false}],"offers":[{"provider":"Cedar Nursing","provider_code":"PRV-00000C","requested_by":"admin","requested_at":"2026-11-22T10:00:10Z","status":"pending","responded_at":null,"reason":null}],"result":"created"}
        $ caredesk package show winter --columns status,offers -o jsonl
        {"status":"pending","offers":[{"provider":"Cedar Nursing","provider_code":"PRV-00000C","requested_by":"admin","requested_at":"2026-11-22T10:00:10Z","status":"pending","responded_at":null,"reason":null}]}
    "#]]);
});

// Rule 1.7.
both_engines!(resending_offers_what_is_true_now, |world| {
    settle(world);
    world.ok(
        "outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter",
    );
    world.ok("package respond winter --provider acme --reject");
    world.story(expect![[r#"
        $ caredesk visit edit VIS-000001 --duration 45
        The visit VIS-000001 is now on Tue 1 December 2026 at 09:00, 45 min.
        2> warning: winter was offered with 30 min; recall and send again to offer 45 min: `caredesk outsource resend winter`
        $ caredesk visit edit VIS-000002 --start '2026-12-02 10:00'
        The visit VIS-000002 is now on Wed 2 December 2026 at 10:00, 30 min.
        2> warning: winter was offered with the visit VIS-000002 on Wed 2 December 09:00; recall and send again to offer the new time: `caredesk outsource resend winter`
        $ caredesk visit cancel VIS-000002
        Cancelled VIS-000002.
        2> warning: VIS-000002 stays in winter, which is pending: let the provider know
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code       PKG-SZNCK3
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS     OFFERED DURATION MINUTES  OFFERED START
        VIS-000001  2026-12-01 09:00                45  planned                          30  2026-12-01 09:00
        VIS-000002  2026-12-02 10:00                30  cancelled                        30  2026-12-02 09:00

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00  rejected  2026-11-22 10:00
        Birch Homecare  admin         2026-11-22 10:00  pending
        $ caredesk outsource resend winter
        2> error: this needs a yes: Are you sure you want to recall this package and send it again? (winter)
        2> hint: say it with `--yes`, or look first with `--dry-run`
        [exit 2]
        $ caredesk outsource resend winter --yes
        Recalled PKG-SZNCK3 and offered 1 visit to Acme Care, Birch Homecare as PKG-TY93TB.
        2> note: 1 visit was left out, as cancelled
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code       PKG-TY93TB
        referral   REF-00000A
        created    2026-11-22 10:00 by admin

        CODE        START             DURATION MINUTES  STATUS
        VIS-000001  2026-12-01 09:00                45  planned

        PROVIDER        REQUESTED BY  REQUESTED AT      STATUS   RESPONDED AT
        Acme Care       admin         2026-11-22 10:00  pending
        Birch Homecare  admin         2026-11-22 10:00  pending
        $ caredesk package list --status recalled --columns reference,status
        REFERENCE  STATUS
        winter     recalled
        $ caredesk visit cancel VIS-000001
        Cancelled VIS-000001.
        2> warning: VIS-000001 stays in winter, which is pending: let the provider know
        $ caredesk outsource resend winter --yes
        2> error: referral `REF-00000A` has no visits to put into a package
        2> hint: plan one with `caredesk visit add REF-00000A`, or name some with `--visit`
        [exit 4]
    "#]]);
});

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
    ("visit edit VIS-000001 --duration 45", "updated"),
    ("visit cancel VIS-000001 VIS-000002", ""),
    ("visit add REF-00000A --start '2026-12-07 09:00' --duration 30 --weekly mon,tue --until 2026-12-08", ""),
    ("referral set-status REF-00000A Live", "updated"),
    ("referral create --queue 'Home care' --client CLI-00000A", "created"),
    ("provider deactivate acme", "updated"),
    ("provider create Elm", "created"),
    ("queue create Meals --status New --status Done:closed", "created"),
];

fn offered(world: &World) {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter");
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
        2>   tip: some similar subcommands exist: 'resource', 'outsource'
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
        2> Usage: caredesk package list --status <STATUS>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package list --status open
        2> error: invalid value 'open' for '--status <STATUS>'
        2>   [possible values: pending, accepted, rejected, recalled]
        2>
        2>   tip: a similar value exists: 'pending'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package lst -o json
        2> {"error":{"kind":"usage","code":"usage","message":"unrecognized subcommand 'lst'","hint":"a similar subcommand exists: 'list'","details":{}}}
        [exit 2]
        $ caredesk package list --status open -o json
        2> {"error":{"kind":"usage","code":"usage","message":"invalid value 'open' for '--status <STATUS>' [possible values: pending, accepted, rejected, recalled]","hint":"a similar value exists: 'pending'","details":{}}}
        [exit 2]
    "#]]);
});

both_engines!(json_of_a_package_has_every_documented_key, |world| {
    offered(world);
    let shown = in_json(world, "package show winter");
    expect![[r#"
        {
          "code": "PKG-SZNCK3",
          "reference": "winter",
          "status": "pending",
          "referral": "REF-00000A",
          "accepted_by": null,
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
              "offered_start": "2026-12-01T09:00:00Z",
              "offered_duration_minutes": 30,
              "differs_from_offer": false
            }
          ],
          "offers": [
            {
              "provider": "Acme Care",
              "provider_code": "PRV-00000A",
              "requested_by": "admin",
              "requested_at": "2026-11-22T10:00:00Z",
              "status": "pending",
              "responded_at": null,
              "reason": null
            },
            {
              "provider": "Birch Homecare",
              "provider_code": "PRV-00000B",
              "requested_by": "admin",
              "requested_at": "2026-11-22T10:00:00Z",
              "status": "pending",
              "responded_at": null,
              "reason": null
            }
          ]
        }
    "#]]
    .assert_eq(&shown.stdout);
});
