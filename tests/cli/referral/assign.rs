//! `referral assign` and `referral unassign`.

use expect_test::expect;

use super::open_the_portal;
use crate::town::{dump, key, verified};

// Rule 2.5.
both_engines!(a_referral_goes_to_a_resource_and_back, |world| {
    open_the_portal(world);
    world.story(expect![[r#"
        $ caredesk referral assign ref-c acme
        2> error: there is no referral `ref-c`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral assign REF-00000C acme
        Assigned referral REF-00000C to `Acme Care`; 1 account is alerted.
        $ caredesk referral assign REF-00000C acme
        Nothing to change: referral REF-00000C is at `Acme Care` already.
        $ caredesk referral assign REF-00000C acme --note 'ring three times'
        Changed referral REF-00000C: note ring twice → ring three times.
        $ caredesk referral assign REF-00000C birch --dry-run
        dry run: Reassigned referral REF-00000C from `Acme Care` to `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk referral assign REF-00000C birch -o json
        {
          "code": "REF-00000C",
          "queue": "Home care",
          "status": "New",
          "closed": false,
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "contact_number": "20417",
          "resource": "RES-ZCM1TC",
          "resource_name": "Birch Homecare",
          "provider": "PRV-00000B",
          "provider_name": "Birch Homecare",
          "assigned_at": "2026-11-22T12:00:05Z",
          "note": "ring three times",
          "created_at": "2026-11-22T10:00:04Z",
          "created_by": "admin",
          "result": "updated",
          "changes": [
            {
              "field": "resource",
              "from": "RES-00000A",
              "to": "RES-ZCM1TC"
            },
            {
              "field": "resource_name",
              "from": "Acme Care",
              "to": "Birch Homecare"
            },
            {
              "field": "provider",
              "from": "PRV-00000A",
              "to": "PRV-00000B"
            },
            {
              "field": "provider_name",
              "from": "Acme Care",
              "to": "Birch Homecare"
            },
            {
              "field": "assigned_at",
              "from": "2026-11-22T12:00:01Z",
              "to": "2026-11-22T12:00:05Z"
            }
          ],
          "alerted": 0,
          "not_alerted": [
            {
              "of": "Birch Homecare",
              "reason": "no-email"
            },
            {
              "of": "Acme Care",
              "reason": "no-email"
            }
          ]
        }
        $ caredesk referral unassign REF-00000C
        Unassigned referral REF-00000C from `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk referral unassign REF-00000C
        Nothing to change: referral REF-00000C is at no resource.
        $ caredesk referral set-status REF-00000C live --from new
        Changed referral REF-00000C: status New → Live.
        $ caredesk referral set-status REF-00000C Live --from Closed
        Nothing to change: referral REF-00000C stays as it is.
        $ caredesk referral note REF-00000C 'has a dog' --append
        Changed referral REF-00000C: note ring three times → ring three times⏎has a dog.
        $ caredesk referral note REF-00000C 'has a dog' -q
        REF-00000C
        $ caredesk referral note REF-00000C 'has a dog'
        Nothing to change: referral REF-00000C stays as it is.
        $ caredesk referral note REF-00000C ''
        Changed referral REF-00000C: note has a dog → none.
        $ caredesk referral create --queue meals --contact 20417 --resource 'acme meals' --note 'no nuts'
        Created referral REF-1CMFHW for Ada Moss in `Meals`, status `New`, at `Acme Meals`; 1 account is alerted.
        $ caredesk referral list
        CODE        QUEUE      STATUS  CLIENT    RESOURCE    NOTE     CREATED AT
        REF-1CMFHW  Meals      New     Ada Moss  Acme Meals  no nuts  2026-11-22 12:00
        REF-00000C  Home care  Live    Ada Moss                       2026-11-22 10:00
        REF-00000B  Home care  New     Bo Moss                        2026-11-22 09:00
        REF-00000A  Home care  New     Ada Moss                       2026-11-22 09:00
    "#]]);
    verified(world);
});

// Rule 2.2.
both_engines!(an_agency_covers_its_programs_in_active_queues, |world| {
    open_the_portal(world);
    world.ok("referral create --queue meals --contact 20417 --resource 'acme meals'");
    let seen = || {
        world.as_user("acme");
        let seen = world.json("referral list").as_array().map(Vec::len);
        let found = world.run("referral list --resource 'acme meals'").status;
        world.as_user("admin");
        (seen, found)
    };
    assert_eq!(seen(), (Some(1), 0));
    world.sql("UPDATE queue SET active = FALSE WHERE name = 'Meals'");
    assert_eq!(seen(), (Some(0), 3));
    world.ok("account add-resource acme RES-00000P");
    assert_eq!(seen(), (Some(1), 0));
});

// Rules 2.8 and 2.9.
both_engines!(an_assignment_asks_for_room_and_alerts, |world| {
    open_the_portal(world);
    world.sql(&format!(
        "INSERT INTO capacity (id, code, resource_id, places, unit, starts_at, set_at, set_by)
        SELECT {}, 'CAP-000001', resource.id, 1, 'beds', '2026-11-22T11:00:00.000Z', '2026-11-22T11:00:00.000Z', account.id
        FROM resource, account WHERE resource.code = 'RES-00000A' AND account.login = 'admin'",
        key(world, 80)
    ));
    let alerts = || {
        let rows = world.sql("SELECT alert.state, account.login FROM alert JOIN account ON account.id = alert.account_id ORDER BY alert.id");
        rows.into_iter()
            .map(|row| row.into_iter().flatten().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    world.story(expect![[r#"
        $ caredesk referral assign REF-00000C acme
        Assigned referral REF-00000C to `Acme Care`; 1 account is alerted.
        $ caredesk referral assign REF-00000A acme --strict
        2> error: `Acme Care` has no room left: 1 of 1 bed used
        2> hint: `caredesk capacity show RES-00000A` shows it; `capacity set` changes it
        [exit 4]
        $ caredesk referral assign REF-00000A acme --dry-run
        dry run: Assigned referral REF-00000A to `Acme Care`; 1 account is alerted.
        2> warning: `Acme Care` has no room left: 1 of 1 bed used
        $ caredesk referral assign REF-00000A acme
        Assigned referral REF-00000A to `Acme Care`; 1 account is alerted.
        2> warning: `Acme Care` has no room left: 1 of 1 bed used
        $ caredesk referral assign REF-00000A acme --strict
        Nothing to change: referral REF-00000A is at `Acme Care` already.
        $ caredesk referral create --queue meals --client CLI-00000B --resource acme --strict
        2> error: `Acme Care` has no room left: 2 of 1 bed used
        2> hint: `caredesk capacity show RES-00000A` shows it; `capacity set` changes it
        [exit 4]
        $ caredesk referral create --queue meals --client CLI-00000B --resource acme -o json
        {
          "code": "REF-SKEP1G",
          "queue": "Meals",
          "status": "New",
          "closed": false,
          "client": "CLI-00000B",
          "client_name": "Bo Moss",
          "contact_number": null,
          "resource": "RES-00000A",
          "resource_name": "Acme Care",
          "provider": "PRV-00000A",
          "provider_name": "Acme Care",
          "assigned_at": "2026-11-22T12:00:06Z",
          "note": null,
          "created_at": "2026-11-22T12:00:06Z",
          "created_by": "admin",
          "result": "created",
          "changes": [],
          "alerted": 1,
          "not_alerted": []
        }
        2> {"warning":"`Acme Care` has no room left: 2 of 1 bed used"}
    "#]]);
    assert_eq!(alerts(), ["waiting acme", "waiting acme", "waiting acme"]);
    world.ok("referral assign REF-00000C birch");
    world.ok("referral unassign REF-00000A");
    // What was never sent needs no second message that it is gone.
    assert_eq!(alerts(), ["withdrawn acme", "withdrawn acme", "waiting acme"]);
    let before = dump(world);
    world.ok("referral assign REF-00000A acme --dry-run");
    assert!(before == dump(world));
});
