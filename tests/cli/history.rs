//! What became of a referral, a package and a client, step by step; and the filters of the audit trail.

use chrono::TimeDelta;
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

// Rule 6.5.
both_engines!(all_is_shown_as_it_stood, |world| {
    eventful(world);
    world.as_user("admin");
    world.ok("account create cleo --name Cleo --level provider-portal --resource birch");
    world.story(expect![[r#"
        $ caredesk package list --at '2026-11-22 10:00'
        2> note: no packages
        $ caredesk package list --at '2026-11-22T10:30:00Z'
        REFERENCE  STATUS    REFERRAL    ACCEPTED BY     CREATED AT        VISITS  OFFERS  WAITED
        winter     accepted  REF-00000A  Birch Homecare  2026-11-22 10:00       2       2   0 min
        $ caredesk visit list --at -2h --columns start,duration_minutes,status
        START             DURATION  STATUS
        2026-12-01 09:00    30 min  planned
        2026-12-02 09:00    30 min  planned
        2026-12-03 09:00    30 min  planned
        2026-12-04 09:00    30 min  planned
        $ caredesk referral history REF-00000A --at '2026-11-22T10:30:00Z' --columns at,action,on
        AT                ACTION            ON
        2026-11-22 09:00  referral.create   REF-00000A
        2026-11-22 10:00  referral.note     REF-00000A
        2026-11-22 10:00  outsource.create  PKG-EG2QXC
        2026-11-22 10:00  package.respond   PKG-EG2QXC
        2026-11-22 10:00  package.respond   PKG-EG2QXC
        2026-11-22 10:00  package.respond   PKG-EG2QXC
        2026-11-22 10:00  package.respond   PKG-EG2QXC
        $ caredesk account show cleo --at -2h
        2> error: there is no account `cleo`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk package list --at 2026-11-21
        2> note: no packages
        $ caredesk package list --at 'tomorrow 9:00'
        2> error: 2026-11-23 09:00 is still to come
        2> hint: `--at` shows how all stood at an earlier time
        [exit 5]
        $ caredesk package list --at soon
        2> error: invalid value 'soon' for '--at <WHEN>': `soon` is neither a day nor a moment: write 2026-11-17, yesterday, -3d, -2h or "2026-11-17 14:30"
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package rename summer spring --at -2h
        2> error: unexpected argument '--at' found
        2>
        2>   tip: a similar argument exists: '--operation-key'
        2>
        2> Usage: caredesk package rename [OPTIONS] <PACKAGE> <REFERENCE>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk package list --at -2h --as cleo
        2> error: how all stood is shown to the hub alone
        2> hint: histories and `caredesk sharing explain` take `--at` for providers too
        [exit 6]
        $ caredesk package history summer --at '2026-11-22T10:30:00Z' --as birch
        AT                STEP      PROVIDER        BY     ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT  REASON
        2026-11-22 10:00  asked     Birch Homecare  stan
        2026-11-22 10:00  accepted  Birch Homecare  birch
    "#]]);
});

// Rules 1.14 and 6.5: a package that was handed back has its visits no more, whether or not it is recalled later.
both_engines!(what_becomes_of_visits_after_a_hand_back_is_none_of_the_package, |world| {
    eventful(world);
    world.as_user("birch");
    world.ok("package hand-back summer --provider birch --reason ill");
    world.as_user("admin");
    world.at("2026-11-22T11:30:00Z");
    world.ok("visit cancel VIS-000002");
    let before = world.ok("package history summer --columns step,visit,to");
    world.at("2026-11-22T12:00:00Z");
    world.ok("outsource delete summer --yes");
    world.story(expect![[r#"
        $ caredesk package history summer --columns step,visit,to
        STEP           VISIT       TO
        created
        asked
        asked
        rejected
        accepted
        visit changed  VIS-000001  45
        visit changed  VIS-000001  cancelled
        visit changed  VIS-000001  planned
        changed                    summer
        handed back
        recalled
    "#]]);
    assert_eq!(world.ok("package history summer --columns step,visit,to --at '2026-11-22 11:45'"), before);
});

// Rules 5.6, 5.8 and 6.5.
both_engines!(what_was_erased_or_taken_back_does_not_come_back, |world| {
    eventful(world);
    world.as_user("admin");
    world.ok("referral note REF-00000A 'walks alone'");
    let kept = |world: &World| {
        world.sql("SELECT CAST(count(*) AS TEXT) FROM row_version WHERE before LIKE '%mornings%'")
    };
    assert_ne!(kept(world)[0][0].as_deref(), Some("0"), "a note is kept");
    world.at("2026-11-22T12:00:00Z");
    world.ok("outsource delete summer --yes");
    world.ok("visit cancel VIS-000001 VIS-000002 VIS-000003 VIS-000004");
    world.ok("referral set-status REF-00000A Closed");
    world.ok("client erase CLI-00000A --yes");
    assert_eq!(kept(world)[0][0].as_deref(), Some("0"), "of who was erased nothing is kept");
    assert!(!world.ok("referral show REF-00000A --at 2026-11-22T10:30:00Z").contains("mornings"));
    let client = world.ok("-q client create --given Marvin --family Brook");
    let row = format!("1,Home care,{},New,brief", client.trim());
    world.write("referrals.csv", format!("id,queue,client,status,note\n{row}\n"));
    let import = world.json("referral import referrals.csv")["import"].as_str().unwrap().to_owned();
    let brief = |world: &World| {
        world.sql("SELECT CAST(count(*) AS TEXT) FROM row_version WHERE before LIKE '%brief%'")
    };
    world.ok(&format!("import undo {import} --yes"));
    assert_eq!(brief(world)[0][0].as_deref(), Some("0"), "of what was taken back nothing is kept");
});

// Rule 6.5: so many new rows are kept by one statement.
both_engines!(many_that_come_at_once_were_not_there_before, |world| {
    settle(world);
    let list = "account list --level provider-portal -o json";
    let (before, then) = (world.ok(list), world.now());
    world.at(&(then + TimeDelta::minutes(1)).to_rfc3339());
    let row = |number: i32| format!("p{number},P {number},provider-portal,change-status,Acme Care\n");
    let rows: String = (0..40).map(row).collect();
    world.write("some.csv", format!("login,name,level,permissions,resources\n{rows}"));
    world.ok("account import some.csv");
    assert!(world.ok(list).contains("\"p39\""));
    assert_eq!(world.ok(&format!("{list} --at {}", then.to_rfc3339())), before);
    world.ok("undo --yes");
    assert_eq!(world.ok(list), before);
});

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
