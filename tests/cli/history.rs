//! What became of a referral, a package and a client, step by step; and the filters of the audit trail.

use expect_test::expect;

use crate::town::settle;
use crate::world::World;

/// A package that one provider rejects and another accepts, of which a visit is moved, cancelled and planned again, and which is
/// renamed; by several accounts.
fn eventful(world: &World) {
    world.begin(|world| {
        settle(world);
        world.as_user("stan");
        world.ok("referral note REF-00000A 'prefers mornings'");
        world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter");
        world.as_user("acme");
        world.ok("package respond winter --provider acme --reject --reason 'no staff on Tuesdays'");
        world.as_user("birch");
        world.ok("package respond winter --provider birch --accept");
        world.at("2026-11-22T11:00:00Z");
        world.as_user("admin");
        world.ok("visit edit VIS-000001 --duration 45 --as stan");
        world.as_user("stan");
        world.ok("visit cancel VIS-000001");
        world.ok("visit restore VIS-000001");
        world.ok("package rename winter summer");
        world.ok("client edit CLI-00000A --postal-code 'N1 9GU'");
    });
}

// Rule 4.5.
both_engines!(each_step_says_who_did_what_and_why, |world| {
    eventful(world);
    world.story(expect![[r#"
        $ caredesk referral history REF-00000A
        AT                BY     ACTED BY  ACTION            ON          FIELD             FROM       TO                REASON
        2026-11-22 09:00  admin            referral.create   REF-00000A                               New
        2026-11-22 10:00  stan             referral.note     REF-00000A  note                         prefers mornings
        2026-11-22 10:00  stan             outsource.create  PKG-EG2QXC                               pending
        2026-11-22 10:00  acme             package.respond   PKG-EG2QXC  PRV-00000A        pending    rejected          no staff on Tuesdays
        2026-11-22 10:00  birch            package.respond   PKG-EG2QXC  status            pending    accepted
        2026-11-22 10:00  birch            package.respond   PKG-EG2QXC  accepted_by                  PRV-00000B
        2026-11-22 10:00  birch            package.respond   PKG-EG2QXC  PRV-00000B        pending    accepted
        2026-11-22 11:00  stan   admin     visit.edit        VIS-000001  duration_minutes  30         45
        2026-11-22 11:00  stan             visit.cancel      VIS-000001  status            planned    cancelled
        2026-11-22 11:00  stan             visit.restore     VIS-000001  status            cancelled  planned
        2026-11-22 11:00  stan             package.rename    PKG-EG2QXC  reference         winter     summer
        $ caredesk package history summer
        AT                STEP           PROVIDER        BY     ACTED BY  VISIT       FIELD             FROM       TO         OPENS AT  LAPSES AT  REASON
        2026-11-22 10:00  created                        stan
        2026-11-22 10:00  asked          Acme Care       stan
        2026-11-22 10:00  asked          Birch Homecare  stan
        2026-11-22 10:00  rejected       Acme Care       acme                                                                                      no staff on Tuesdays
        2026-11-22 10:00  accepted       Birch Homecare  birch
        2026-11-22 11:00  visit changed                  stan   admin     VIS-000001  duration_minutes  30         45
        2026-11-22 11:00  visit changed                  stan             VIS-000001  status            planned    cancelled
        2026-11-22 11:00  visit changed                  stan             VIS-000001  status            cancelled  planned
        2026-11-22 11:00  changed                        stan                         reference         winter     summer
        $ caredesk client history CLI-00000A --columns at,by,action,on,field,from,to -o csv
        at,by,action,on,field,from,to
        2026-11-22T10:00:00Z,stan,referral.note,REF-00000A,note,,prefers mornings
        2026-11-22T10:00:01Z,stan,outsource.create,PKG-EG2QXC,,,pending
        2026-11-22T10:00:02Z,acme,package.respond,PKG-EG2QXC,PRV-00000A,pending,rejected
        2026-11-22T10:00:03Z,birch,package.respond,PKG-EG2QXC,status,pending,accepted
        2026-11-22T10:00:03Z,birch,package.respond,PKG-EG2QXC,accepted_by,,PRV-00000B
        2026-11-22T10:00:03Z,birch,package.respond,PKG-EG2QXC,PRV-00000B,pending,accepted
        2026-11-22T11:00:00Z,stan,visit.edit,VIS-000001,duration_minutes,30,45
        2026-11-22T11:00:01Z,stan,visit.cancel,VIS-000001,status,planned,cancelled
        2026-11-22T11:00:02Z,stan,visit.restore,VIS-000001,status,cancelled,planned
        2026-11-22T11:00:03Z,stan,package.rename,PKG-EG2QXC,reference,winter,summer
        2026-11-22T11:00:04Z,stan,client.edit,CLI-00000A,postal_code,,N1 9GU
        $ caredesk package history summer -o jsonl --columns at,step,by,acted_by,visit,field,from,to
        {"at":"2026-11-22T10:00:01Z","step":"created","by":"stan","acted_by":null,"visit":null,"field":null,"from":null,"to":null}
        {"at":"2026-11-22T10:00:01Z","step":"asked","by":"stan","acted_by":null,"visit":null,"field":null,"from":null,"to":null}
        {"at":"2026-11-22T10:00:01Z","step":"asked","by":"stan","acted_by":null,"visit":null,"field":null,"from":null,"to":null}
        {"at":"2026-11-22T10:00:02Z","step":"rejected","by":"acme","acted_by":null,"visit":null,"field":null,"from":null,"to":null}
        {"at":"2026-11-22T10:00:03Z","step":"accepted","by":"birch","acted_by":null,"visit":null,"field":null,"from":null,"to":null}
        {"at":"2026-11-22T11:00:00Z","step":"visit_changed","by":"stan","acted_by":"admin","visit":"VIS-000001","field":"duration_minutes","from":"30","to":"45"}
        {"at":"2026-11-22T11:00:01Z","step":"visit_changed","by":"stan","acted_by":null,"visit":"VIS-000001","field":"status","from":"planned","to":"cancelled"}
        {"at":"2026-11-22T11:00:02Z","step":"visit_changed","by":"stan","acted_by":null,"visit":"VIS-000001","field":"status","from":"cancelled","to":"planned"}
        {"at":"2026-11-22T11:00:03Z","step":"changed","by":"stan","acted_by":null,"visit":null,"field":"reference","from":"winter","to":"summer"}
        # as tracy
        $ caredesk referral history REF-00000B
        AT                BY     ACTED BY  ACTION           ON          FIELD  FROM  TO   REASON
        2026-11-22 09:00  admin            referral.create  REF-00000B               New
    "#]]);
});

// Rule 2.6: who else had it, and who of the hub did what, is the hub's.
both_engines!(a_history_is_the_hubs, |world| {
    eventful(world);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk package history summer
        AT                STEP      PROVIDER        BY     ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT  REASON
        2026-11-22 10:00  asked     Birch Homecare  stan
        2026-11-22 10:00  accepted  Birch Homecare  birch
        $ caredesk referral history REF-00000A
        2> error: there is no referral `REF-00000A`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
    "#]]);
    world.refusals(expect![[r#"
        3 client.not_found           client history CLI-00000A
        3 referral.not_found         referral history REF-00000B
    "#]]);
});

// Rule 5.8.
both_engines!(an_erased_client_leaves_no_history, |world| {
    eventful(world);
    world.as_user("admin");
    world.ok("client create --given Eve --family Nightingale");
    world.ok("client edit 'Eve Nightingale' --postal-code 'N7 7AA'");
    let code = world.json("client show 'Eve Nightingale'")["code"].as_str().expect("a code").to_owned();
    assert_eq!(world.json(&format!("client history {code}")).as_array().map(Vec::len), Some(2));
    world.ok(&format!("client erase {code} --yes"));
    let left = world.run_json(&format!("client history {code}"));
    assert!(!left.stdout.contains("Nightingale") && !left.stdout.contains("N7 7AA"), "{left:?}");
});

// Rule 4.1.
both_engines!(entries_are_found_by_day_action_thing_and_account, |world| {
    eventful(world);
    world.at("2026-11-24T10:00:00Z");
    world.as_user("sue");
    world.story(expect![[r#"
        $ caredesk audit list --action package
        NUMBER  AT                BY     ACTED BY  ACTION           ON
            22  2026-11-22 11:00  stan             package.rename   PKG-EG2QXC
            18  2026-11-22 10:00  birch            package.respond  PKG-EG2QXC
            17  2026-11-22 10:00  acme             package.respond  PKG-EG2QXC
        $ caredesk audit list --action visit.cancel --since yesterday
        2> note: no such changes
        $ caredesk audit list --action visit.cancel --since 2026-11-22 --until 2026-11-22 --columns number,by,on
        NUMBER  BY    ON
            20  stan  VIS-000001
        $ caredesk audit list --until 2026-11-21 --by stan
        2> note: no such changes
        $ caredesk audit list --on summer --by birch --columns number,action
        NUMBER  ACTION
            18  package.respond
        $ caredesk audit list --on 'ada moss' --columns number,action,on
        NUMBER  ACTION       ON
            23  client.edit  CLI-00000A
    "#]]);
    world.refusals(expect![[r#"
        3 account.not_found          audit list --by stanley
        3 audit.no_subject           audit list --on 'Acme Crae'
        3 audit.no_subject           audit list --on PKG-ZZZZZZ
        3 audit.no_action            audit list --action package.acept
        3 audit.no_action            audit list --action knit
    "#]]);
});
