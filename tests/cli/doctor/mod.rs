//! `doctor`: what it looks at and for whom, and that what it finds is mended by the command that it names.

mod database;
mod mends;

use expect_test::expect;
use serde_json::Value;

use crate::town::{dump, settle};
use crate::world::World;

/// What one check says.
pub fn diagnosis(world: &World, check: &str) -> Value {
    let answer = world.run_json(&format!("doctor --only {check}"));
    let all: Value =
        serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{answer:?}: {error}"));
    assert_eq!(all.as_array().map(Vec::len), Some(1), "{all}");
    let one = all[0].clone();
    assert_eq!(answer.status, if one["result"] == "found" { 8 } else { 0 }, "{one}");
    one
}

// Rules 7.20 and 7.21.
both_engines!(all_is_well_in_a_new_town, |world| {
    settle(world);
    let before = dump(world);
    world.story(expect![[r#"
        $ caredesk doctor --except file,server,backups,trail
        Work
          ✓ ok         rejected-packages    each package has been accepted or has a provider left to answer
          ✓ ok         overdue-packages     no provider is past its time to answer
          ✓ ok         past-packages        each package that waits has visits to come
          ✓ ok         inactive-providers   no offer waits at a provider that is not active
          ✓ ok         idle-referrals       each open referral has had a new status in 30 days
          ✓ ok         unwatched-resources  an account acts for each resource with open referrals
          ✓ ok         old-capacity         all capacity was set in the last 7 days
          ✓ ok         failed-alerts        all alerts were delivered
          ✓ ok         unsent-alerts        alerts are sent when they are due
        Accounts
          ✓ ok         blind-accounts       each portal account acts for a resource
          ! 8 to note  unused-accounts      accounts that have done nothing for 90 days that is recorded: acme (acme), birch (birch), both (both), …
                       $ caredesk account disable acme
        Sharing
          ✓ ok         ending-grants        no grant ends within 30 days
          ✓ ok         ending-releases      no release ends within 30 days without another
          ✓ ok         incomplete-releases  each release has all elements of a valid one
        People
          ✓ ok         doubled-clients      no two clients look like one person
          ✓ ok         deceased-clients     nothing is planned for clients who have died
        $ caredesk doctor --only people,failed-alerts --except doubled-clients -o csv
        group,check,result,number,has_more,detail,first,command,list
        work,failed-alerts,ok,0,false,all alerts were delivered,[],,
        people,deceased-clients,ok,0,false,nothing is planned for clients who have died,[],,
        $ caredesk doctor --only sharing -q
        # as tracy
        $ caredesk doctor --only trail,blind-accounts
        Trail
          · skipped  chain           for admins
          · skipped  recorded        for admins
          · skipped  rules           for admins
        Accounts
          ✓ ok       blind-accounts  each portal account acts for a resource
        $ caredesk doctor --only chain
        2> error: an account of level `trainee` may not look after the database
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        # as acme
        $ caredesk doctor
        2> error: an account of level `provider-portal` may not read the reports of the hub
        2> hint: that takes the level trainee; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk doctor --only blind-accounts
        2> error: an account of level `provider-portal` may not read the reports of the hub
        2> hint: that takes the level trainee; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    assert!(before == dump(world), "it records nothing");
});

both_engines!(what_is_found_is_counted_and_named, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme birch --reference winter");
    world.ok("outsource create REF-00000B --all-visits --provider acme --reference spring");
    for (package, provider) in [("winter", "acme"), ("winter", "birch"), ("spring", "acme")] {
        world.ok(&format!("package respond {package} --provider {provider} --reject"));
    }
    world.at("2026-12-04T10:00:00Z");
    world.story(expect![[r#"
        $ caredesk doctor --only work --idle-days 3
        Work
          ✗ 2 found  rejected-packages    packages that no provider is left to answer: PKG-EG2QXC (spring), PKG-SZNCK3 (winter)
                     $ caredesk outsource add-provider PKG-EG2QXC PROVIDER
          ✓ ok       overdue-packages     no provider is past its time to answer
          ✗ 1 found  past-packages        packages without an acceptance, of which no visit is to come: PKG-SZNCK3 (winter)
                     $ caredesk outsource delete PKG-SZNCK3
          ✓ ok       inactive-providers   no offer waits at a provider that is not active
          ✗ 2 found  idle-referrals       open referrals without a new status for 3 days: REF-00000B (Bo Moss), REF-00000A (Ada Moss)
                     $ caredesk referral set-status REF-00000B STATUS
          ✓ ok       unwatched-resources  an account acts for each resource with open referrals
          ✓ ok       old-capacity         all capacity was set in the last 7 days
          ✓ ok       failed-alerts        all alerts were delivered
          ✓ ok       unsent-alerts        alerts are sent when they are due
        2> error: 3 of 9 checks found something
        2> hint: `caredesk doctor --only rejected-packages,past-packages,idle-referrals` looks again
        [exit 8]
        $ caredesk doctor --only rejected-packages -o json
        [
        {"group":"work","check":"rejected-packages","result":"found","number":2,"has_more":false,"detail":"packages that no provider is left to answer","first":["PKG-EG2QXC (spring)","PKG-SZNCK3 (winter)"],"command":"caredesk outsource add-provider PKG-EG2QXC PROVIDER","list":"caredesk package list --status rejected"}
        ]
        2> {"error":{"kind":"environment","code":"doctor.found","message":"1 of 1 check found something","hint":"`caredesk doctor --only rejected-packages` looks again","details":{"found":["rejected-packages"]}}}
        [exit 8]
    "#]]);
    world.at("2026-12-24T10:00:00Z");
    world.story(expect![[r#"
        $ caredesk doctor --only rejected-packages,past-packages,sharing -q
        rejected-packages
        past-packages
        2> error: 2 of 5 checks found something
        2> hint: `caredesk doctor --only rejected-packages,past-packages` looks again
        [exit 8]
        $ caredesk doctor --only rejected-packages,past-packages
        Work
          ✗ 2 found  rejected-packages  packages that no provider is left to answer: PKG-SZNCK3 (winter), PKG-EG2QXC (spring)
                     $ caredesk outsource delete PKG-SZNCK3
          ✗ 2 found  past-packages      packages without an acceptance, of which no visit is to come: PKG-SZNCK3 (winter), PKG-EG2QXC (spring)
                     $ caredesk outsource delete PKG-SZNCK3 PKG-EG2QXC
        2> error: 2 of 2 checks found something
        2> hint: `caredesk doctor --only rejected-packages,past-packages` looks again
        [exit 8]
    "#]]);
});

both_engines!(what_it_does_not_know_is_refused, |world| {
    settle(world);
    world.refusals(expect![[r#"
        2 usage                      doctor --only idle
        2 usage                      doctor --only work, --except
        2 usage                      doctor --idle-days 0
        2 usage                      doctor --idle-days many
        2 usage                      doctor --ending-days 36501
        2 usage                      doctor --alert-age soon
        2 usage.unknown_column       doctor --columns first,last
        2 usage                      doctor now
        # as acme
        6 actor.level                doctor
        6 actor.level                doctor --only blind-accounts
        # as tracy
        6 actor.level                doctor --only permissions,work
        6 actor.level                doctor --only chain
    "#]]);
});
