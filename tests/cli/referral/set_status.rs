//! `referral set-status` and `referral note`: what became of a referral.

use expect_test::expect;

use super::open_the_portal;
use crate::town::key;

// Rules 2.5 and 4.5.
both_engines!(what_became_of_a_referral_is_kept, |world| {
    open_the_portal(world);
    world.sql(&format!(
        "INSERT INTO account_permission (account_id, permission) VALUES ({}, 'change-status')",
        key(world, 20)
    ));
    world.ok("referral assign REF-00000C acme");
    world.ok("referral set-status REF-00000C Live --as acme --note 'came on Monday'");
    world.ok("referral assign REF-00000C birch");
    world.ok("referral unassign REF-00000C");
    world.story(expect![[r#"
        $ caredesk referral show REF-00000C
        code            REF-00000C
        queue           Home care
        status          Live
        closed          no
        client          CLI-00000A
        client name     Ada Moss
        contact number  20417
        note            came on Monday
        created at      2026-11-22 10:00 (2 h ago)
        created by      admin
        contact name    Ada Moss
        contact date    2026-11-20
        postal code     AB1 2CD
        phone           020 7946 0999
        email           ada@moss.example
        details         Lives alone. Two steps at the door.

        AT                           BY             WHAT      FROM            TO
        2026-11-22 10:00 (2 h ago)   admin          created                   New
        2026-11-22 10:00 (2 h ago)   admin          note                      ring twice
        2026-11-22 12:00 (just now)  admin          resource                  Acme Care
        2026-11-22 12:00 (just now)  admin as acme  status    New             Live
        2026-11-22 12:00 (just now)  admin as acme  note      ring twice      came on Monday
        2026-11-22 12:00 (just now)  admin          resource  Acme Care       Birch Homecare
        2026-11-22 12:00 (just now)  admin          resource  Birch Homecare
        $ caredesk referral show REF-00000C -o json
        {
          "code": "REF-00000C",
          "queue": "Home care",
          "status": "Live",
          "closed": false,
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "contact_number": "20417",
          "resource": null,
          "resource_name": null,
          "provider": null,
          "provider_name": null,
          "assigned_at": null,
          "note": "came on Monday",
          "created_at": "2026-11-22T10:00:04Z",
          "created_by": "admin",
          "contact": {
            "number": "20417",
            "given": "Ada",
            "family": "Moss",
            "postal_code": "AB1 2CD",
            "phone": "020 7946 0999",
            "email": "ada@moss.example",
            "submitted_on": "2026-11-20",
            "details": "Lives alone. Two steps at the door.",
            "anonymous": false
          },
          "history": [
            {
              "at": "2026-11-22T10:00:04Z",
              "by": "admin",
              "acted_by": null,
              "what": "created",
              "from": null,
              "to": "New"
            },
            {
              "at": "2026-11-22T10:00:04Z",
              "by": "admin",
              "acted_by": null,
              "what": "note",
              "from": null,
              "to": "ring twice"
            },
            {
              "at": "2026-11-22T12:00:00Z",
              "by": "admin",
              "acted_by": null,
              "what": "resource",
              "from": null,
              "to": "RES-00000A"
            },
            {
              "at": "2026-11-22T12:00:01Z",
              "by": "acme",
              "acted_by": "admin",
              "what": "status",
              "from": "New",
              "to": "Live"
            },
            {
              "at": "2026-11-22T12:00:01Z",
              "by": "acme",
              "acted_by": "admin",
              "what": "note",
              "from": "ring twice",
              "to": "came on Monday"
            },
            {
              "at": "2026-11-22T12:00:02Z",
              "by": "admin",
              "acted_by": null,
              "what": "resource",
              "from": "RES-00000A",
              "to": "RES-ZCM1TC"
            },
            {
              "at": "2026-11-22T12:00:03Z",
              "by": "admin",
              "acted_by": null,
              "what": "resource",
              "from": "RES-ZCM1TC",
              "to": null
            }
          ]
        }
    "#]]);
    world.as_user("tracy");
    assert_eq!(world.json("referral show REF-00000C")["history"].as_array().map(Vec::len), Some(7));
});

// Rule 2.5.
both_engines!(what_cannot_be_is_refused, |world| {
    open_the_portal(world);
    world.sql("UPDATE resource SET state = 'paused' WHERE name = 'Acme Meals'");
    world.sql("UPDATE resource SET state = 'inactive' WHERE name = 'Birch Homecare'");
    world.ok("queue create Old --status New");
    world.sql("UPDATE queue SET active = FALSE WHERE name = 'Old'");
    world.story(expect![[r#"
        $ caredesk referral create --queue meals
        2> error: the following required arguments were not provided:
        2>   <--contact <CONTACT>|--client <CLIENT>>
        2>
        2> Usage: caredesk referral create [OPTIONS] --queue <QUEUE> <--contact <CONTACT>|--client <CLIENT>>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk referral create --queue meals --contact 20417 --client ada
        2> error: the argument '--contact <CONTACT>' cannot be used with '--client <CLIENT>'
        2>
        2> Usage: caredesk referral create [OPTIONS] --queue <QUEUE> <--contact <CONTACT>|--client <CLIENT>>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk referral create --queue meals --contact 99999
        2> error: there is no contact `99999`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk referral create --queue meals --client nobody
        2> error: there is no client `nobody`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk referral create --queue old --contact 20417
        2> error: queue `Old` is inactive and takes no new referrals
        2> hint: `caredesk queue activate Old` brings it back
        [exit 4]
        $ caredesk referral create --queue meals --contact 20417 --strict
        2> error: the following required arguments were not provided:
        2>   --resource <RESOURCE>
        2>
        2> Usage: caredesk referral create [OPTIONS] --queue <QUEUE> <--contact <CONTACT>|--client <CLIENT>>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk referral assign REF-00000C cedar
        2> error: resource `Cedar Nursing` does not take referrals of queue `Home care`
        2> hint: those that do are `Acme Care`; link it with `caredesk queue add-resource 'Home care' RES-8NAC1D`
        [exit 4]
        $ caredesk referral assign REF-00000C birch
        2> error: resource `Birch Homecare` is inactive
        2> hint: `caredesk resource edit RES-ZCM1TC --state active` brings it back
        [exit 4]
        $ caredesk referral create --queue meals --contact 20417 --resource 'acme meals'
        2> error: resource `Acme Meals` is paused and takes no referrals for now
        2> hint: `caredesk resource edit RES-00000P --state active` brings it back
        [exit 4]
        $ caredesk referral create --queue meals --contact 20417 --resource birch
        2> error: resource `Birch Homecare` is inactive
        2> hint: `caredesk resource edit RES-ZCM1TC --state active` brings it back
        [exit 4]
        $ caredesk referral assign REF-00000C nobody
        2> error: there is no resource `nobody`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk referral assign REF-00000Z acme
        2> error: there is no referral `REF-00000Z`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral set-status REF-00000C Visited
        2> error: queue `Home care` has no status `Visited`
        2> hint: its statuses are New, Live, Closed
        [exit 5]
        $ caredesk referral set-status REF-00000C Live --from Closed
        2> error: referral `REF-00000C` is not in status `Closed` but in `New`
        2> hint: it was changed meanwhile; read it again
        [exit 4]
        $ caredesk referral set-status REF-00000C Live --from Visited
        2> error: queue `Home care` has no status `Visited`
        2> hint: its statuses are New, Live, Closed
        [exit 5]
        $ caredesk referral list --unassigned --resource acme
        2> error: the argument '--unassigned' cannot be used with '--resource <RESOURCE>'
        2>
        2> Usage: caredesk referral list [OPTIONS]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk referral list --queue nowhere
        2> error: there is no queue `nowhere`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
        $ caredesk referral list --columns code,secret
        2> error: there is no column `secret`
        2> hint: the columns are code, queue, status, closed, client, client_name, contact_number, resource, resource_name, provider, provider_name, assigned_at, note, created_at, created_by
        [exit 2]
    "#]]);
    world.ok("queue add-resource 'Home care' dormant");
    world.ok("referral set-status REF-00000B Closed");
    world.refusals(expect![[r#"
        4 provider.inactive          referral assign REF-00000C dormant
        4 referral.closed            referral assign REF-00000B acme
        3 resource.not_found         referral assign REF-00000B nobody
    "#]]);
    world.as_user("tracy");
    world.refusals(expect![[r#"
        6 actor.level                referral create --queue meals --contact 20417
        6 actor.level                referral assign REF-00000C acme
        6 actor.level                referral unassign REF-00000C
        6 actor.level                referral set-status REF-00000C Live
        6 actor.level                referral note REF-00000C x
        3 referral.not_found         referral note REF-00000Z x
    "#]]);
});
