//! Several referrals in one command: all of them or none, each named with what it became.

use expect_test::expect;

use super::open_the_portal;
use crate::town::key;

// Rule 2.5.
both_engines!(several_referrals_go_to_a_resource_and_back_at_once, |world| {
    open_the_portal(world);
    world.ok("referral assign REF-00000B birch");
    world.ok("capacity set acme 1");
    world.story(expect![[r#"
        $ caredesk referral assign REF-00000A REF-00000B REF-00000C REF-00000A acme
        Assigned referral REF-00000A to `Acme Care`; 1 account is alerted. Reassigned referral REF-00000B from `Birch Homecare` to `Acme Care`; 1 account is alerted, none of `Birch Homecare` (no e-mail address). Assigned referral REF-00000C to `Acme Care`; 1 account is alerted.
        2> warning: `Acme Care` has no room left: 2 of 1 place used
        $ caredesk referral assign REF-00000A REF-00000B 'Acme Meals'
        2> error: resource `Acme Meals` does not take referrals of queue `Home care`
        2> hint: those that do are `Acme Care`, `Birch Homecare`; link it with `caredesk queue add-resource 'Home care' RES-00000P`
        [exit 4]
        $ caredesk referral assign REF-00000A REF-00000B birch -o json --columns code,resource_name,result,changes
        [
        {"code":"REF-00000A","resource_name":"Birch Homecare","result":"updated","changes":[{"field":"resource","from":"RES-00000A","to":"RES-ZCM1TC"},{"field":"resource_name","from":"Acme Care","to":"Birch Homecare"},{"field":"provider","from":"PRV-00000A","to":"PRV-00000B"},{"field":"provider_name","from":"Acme Care","to":"Birch Homecare"},{"field":"assigned_at","from":"2026-11-22T12:00:02Z","to":"2026-11-22T12:00:04Z"}]},
        {"code":"REF-00000B","resource_name":"Birch Homecare","result":"updated","changes":[{"field":"resource","from":"RES-00000A","to":"RES-ZCM1TC"},{"field":"resource_name","from":"Acme Care","to":"Birch Homecare"},{"field":"provider","from":"PRV-00000A","to":"PRV-00000B"},{"field":"provider_name","from":"Acme Care","to":"Birch Homecare"},{"field":"assigned_at","from":"2026-11-22T12:00:02Z","to":"2026-11-22T12:00:04Z"}]}
        ]
        $ caredesk referral assign REF-00000A REF-00000C birch --note 'by phone'
        Changed referral REF-00000A: note none → by phone. Reassigned referral REF-00000C from `Acme Care` to `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk referral unassign REF-00000A REF-00000B
        Unassigned referral REF-00000A from `Birch Homecare`; no account is alerted (no e-mail address). Unassigned referral REF-00000B from `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk referral unassign REF-00000A REF-00000C
        Nothing to change: referral REF-00000A is at no resource. Unassigned referral REF-00000C from `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk referral set-status REF-00000A REF-00000C Live
        Changed referral REF-00000A: status New → Live. Changed referral REF-00000C: status New → Live.
        $ caredesk referral set-status REF-00000A REF-00000B Live -o json --columns code,status,result
        [
        {"code":"REF-00000A","status":"Live","result":"unchanged"},
        {"code":"REF-00000B","status":"Live","result":"updated"}
        ]
        $ caredesk referral assign REF-00000A REF-00000B
        2> error: there is no resource `REF-00000B`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk referral unassign
        2> error: the following required arguments were not provided:
        2>   <REFERRAL>...
        2>
        2> Usage: caredesk referral unassign [OPTIONS] <REFERRAL>...
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

// Rule 2.5.
both_engines!(of_several_referrals_all_are_changed_or_none, |world| {
    open_the_portal(world);
    world.ok("capacity set acme 1");
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
    world.refusals(expect![[r#"
        3 referral.not_found         referral assign REF-00000A REF-00000C REF-ZZZZZZ acme
        4 referral.not_linked        referral assign REF-00000A REF-00000C 'Acme Meals'
        4 capacity.exhausted         referral assign REF-00000B REF-00000C acme --strict
        3 referral.not_found         referral unassign REF-00000C REF-ZZZZZZ
        5 referral.unknown_status    referral set-status REF-00000B REF-00000C Nowhere
        4 referral.status_changed    referral set-status REF-00000C REF-00000B Live --from Closed
        4 referral.has_pending_package referral set-status REF-00000C REF-00000A Closed
    "#]]);
});

// Rules 2.6 and 2.7.
both_engines!(of_several_referrals_a_hidden_one_is_as_one_that_is_not, |world| {
    open_the_portal(world);
    world.sql(&format!(
        "INSERT INTO account_permission (account_id, permission) VALUES ({}, 'change-status')",
        key(world, 20)
    ));
    world.ok("referral assign REF-00000C acme");
    world.story(expect![[r#"
        # as acme
        $ caredesk referral set-status REF-00000C REF-00000B Live
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral set-status REF-00000C REF-00000Z Live
        2> error: there is no referral `REF-00000Z`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral set-status REF-00000C REF-00000B Nowhere
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral set-status REF-00000C REF-00000B Closed --dry-run
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral unassign REF-00000C REF-00000B
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral unassign REF-00000C REF-00000Z
        2> error: there is no referral `REF-00000Z`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral reassign --from acme --to birch
        2> error: there is no resource `birch`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(what_is_open_at_one_resource_goes_to_another, |world| {
    open_the_portal(world);
    world.ok("queue create Respite --status New --status Done:closed");
    world.ok("referral assign REF-00000A REF-00000B REF-00000C acme");
    world.ok("referral set-status REF-00000A Closed");
    world.ok("capacity set birch 1");
    world.story(expect![[r#"
        $ caredesk referral reassign --from acme --to birch
        2> error: this must be confirmed: Are you sure you want to reassign 2 referrals from `Acme Care` to `Birch Homecare`? 1 referral stays there: 1 Closed.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk referral reassign --from acme --to birch --dry-run
        dry run: Reassigned 2 referrals from `Acme Care` to `Birch Homecare`: REF-00000B, REF-00000C. 1 referral stays there: 1 Closed. No account is alerted (no e-mail address).
        2> warning: `Birch Homecare` has no room left: 1 of 1 place used
        $ caredesk referral reassign --from acme --to birch --strict --yes
        2> error: `Birch Homecare` has no room left: 1 of 1 place used
        2> hint: `caredesk capacity show RES-ZCM1TC` shows it; `capacity set` changes it
        [exit 4]
        $ caredesk referral reassign --from acme --to acme
        2> error: `--from` and `--to` are both resource `RES-00000A` (Acme Care)
        2> hint: `caredesk resource find` shows those that take referrals
        [exit 5]
        $ caredesk referral reassign --from acme --to 'Acme Meals' --yes
        2> error: resource `Acme Meals` does not take referrals of queue `Home care`
        2> hint: those that do are `Acme Care`, `Birch Homecare`; link it with `caredesk queue add-resource 'Home care' RES-00000P`
        [exit 4]
        $ caredesk referral reassign --from acme --to birch --status Closed --yes
        Nothing to change: no such referral is open at `Acme Care`. 3 referrals stay there: 2 New, 1 Closed.
        $ caredesk referral reassign --from acme --to birch --queue Respite --yes
        Nothing to change: no such referral is open at `Acme Care`. 3 referrals stay there: 2 New, 1 Closed.
        $ caredesk referral set-status REF-00000B Live
        Changed referral REF-00000B: status New → Live; 1 account is alerted.
        $ caredesk referral reassign --from acme --to birch --status live --yes -o json --columns code,resource_name,result
        {
          "code": "REF-00000B",
          "resource_name": "Birch Homecare",
          "result": "updated"
        }
        $ caredesk referral reassign --from acme --to birch --queue 'home care' --yes
        Reassigned referral REF-00000C from `Acme Care` to `Birch Homecare`. 1 referral stays there: 1 Closed. No account is alerted (no e-mail address).
        2> warning: `Birch Homecare` has no room left: 1 of 1 place used
        $ caredesk referral reassign --from acme --to birch --yes -o json
        []
        $ caredesk referral list --columns code,resource_name,status
        CODE        RESOURCE        STATUS
        REF-00000C  Birch Homecare  New
        REF-00000B  Birch Homecare  Live
        REF-00000A  Acme Care       Closed
        $ caredesk audit list --action referral.reassign --columns action,on
        ACTION             ON
        referral.reassign  REF-00000C
        referral.reassign  REF-00000B
        # as tracy
        $ caredesk referral reassign --from acme --to birch
        2> error: an account of level `trainee` may not change referrals
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

// Rule 2.8.
both_engines!(what_is_noted_beside_capacity_is_said_where_a_referral_goes, |world| {
    open_the_portal(world);
    world.ok("capacity set birch 3 --note 'mornings only'");
    world.ok("capacity set acme 1");
    world.story(expect![[r#"
        $ caredesk referral assign REF-00000A REF-00000B birch
        Assigned referral REF-00000A to `Birch Homecare`; no account is alerted (no e-mail address). Assigned referral REF-00000B to `Birch Homecare`; no account is alerted (no e-mail address).
        2> note: `Birch Homecare` notes beside its capacity: mornings only
        $ caredesk referral assign REF-00000C birch -o json --columns code,result
        {
          "code": "REF-00000C",
          "result": "updated"
        }
        2> {"note":"`Birch Homecare` notes beside its capacity: mornings only"}
        $ caredesk referral reassign --from birch --to acme --yes
        Reassigned 3 referrals from `Birch Homecare` to `Acme Care`: REF-00000A, REF-00000B, REF-00000C; 1 account is alerted, none of `Birch Homecare` (no e-mail address).
        2> warning: `Acme Care` has no room left: 2 of 1 place used
        $ caredesk resource list --columns name,places_left,capacity_note
        NAME            PLACES LEFT  CAPACITY NOTE
        Acme Care                 0
        Acme Meals
        Birch Homecare            3  mornings only
        Cedar Nursing
        $ caredesk resource find care --columns name,places_left,capacity_note
        NAME       PLACES LEFT  CAPACITY NOTE
        Acme Care            0
        $ caredesk resource list --sort=-places_left --limit 1 --columns name
        NAME
        Birch Homecare
        # as acme
        $ caredesk resource list --columns name,places_left,capacity_note
        NAME        PLACES LEFT  CAPACITY NOTE
        Acme Care             0
        Acme Meals
        # as birch
        $ caredesk resource list --columns name,places_left,capacity_note
        NAME            PLACES LEFT  CAPACITY NOTE
        Birch Homecare            3  mornings only
    "#]]);
});
