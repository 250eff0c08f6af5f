//! Referrals: made, sent to resources and back, their statuses, notes and history; and what a portal account sees of them.

use expect_test::expect;
use serde_json::{Value, json};

use crate::town::{dump, key, refusal, settle, verified};
use crate::world::World;

/// An option of `referral list`, and what it keeps of the whole list.
type Choice = (&'static str, Box<dyn Fn(&Value) -> bool>);

/// The town of [`settle`], where `Home care` sends referrals to Acme and Birch, and a second queue `Meals` to Acme and its
/// program `Acme Meals`. Contact 20417 is Ada Moss's, and `REF-00000C` came of it. Acme's portal account has an address.
fn open_the_portal(world: &World) {
    settle(world);
    let of_acme = "SELECT id FROM provider WHERE name = 'Acme Care'";
    world.sql(&format!(
        "INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
        VALUES ({}, 'RES-00000P', ({of_acme}), 'program', 'Acme Meals', 'acme meals', 'active');
        UPDATE resource SET code = 'RES-00000A' WHERE kind = 'agency' AND provider_id = ({of_acme});
        UPDATE account SET email = 'rosa@acme.example' WHERE login = 'acme';",
        key(world, 70)
    ));
    world.ok("queue create Meals --status New --status Visited --status Done:closed");
    world.ok("queue add-resource 'Home care' acme birch");
    world.ok("queue add-resource Meals 'Acme Care' 'Acme Meals'");
    world.ok("contact create --client CLI-00000A --number 20417 --date 2026-11-20 --postal-code 'AB1 2CD' --phone '020 7946 0999' --email ada@moss.example --details 'Lives alone. Two steps at the door.'");
    world.ok("referral create --queue 'Home care' --contact 20417 --note 'ring twice'");
    world.sql("UPDATE referral SET code = 'REF-00000C' WHERE contact_id IS NOT NULL");
    world.at("2026-11-22T12:00:00Z");
}

// Rule 2.5.
both_engines!(a_referral_goes_to_a_resource_and_back, |world| {
    open_the_portal(world);
    world.story(expect![[r#"
        $ caredesk referral assign ref-c acme
        2> error: there is no referral `ref-c`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral assign REF-00000C acme
        The referral REF-00000C is now at `Acme Care`; 1 account is alerted.
        $ caredesk referral assign REF-00000C acme
        The referral REF-00000C is at `Acme Care` already.
        $ caredesk referral assign REF-00000C acme --note 'ring three times'
        The referral REF-00000C is at `Acme Care` already; its note was replaced.
        $ caredesk referral assign REF-00000C birch --dry-run
        dry run: The referral REF-00000C went from `Acme Care` to `Birch Homecare`; no account is alerted.
        $ caredesk referral assign REF-00000C birch -o json
        {
          "code": "REF-00000C",
          "queue": "Home care",
          "status": "New",
          "closed": false,
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "contact_number": "20417",
          "resource": "Birch Homecare",
          "resource_code": "RES-ZCM1TC",
          "provider": "Birch Homecare",
          "assigned_at": "2026-11-22T12:00:05Z",
          "note": "ring three times",
          "created_at": "2026-11-22T10:00:04Z",
          "created_by": "admin",
          "result": "updated"
        }
        $ caredesk referral unassign REF-00000C
        The referral REF-00000C was taken from `Birch Homecare`.
        $ caredesk referral unassign REF-00000C
        The referral REF-00000C is at no resource already.
        $ caredesk referral set-status REF-00000C live --from new
        The referral REF-00000C is now in status `Live`.
        $ caredesk referral set-status REF-00000C Live --from Closed
        The referral REF-00000C is in status `Live` already.
        $ caredesk referral note REF-00000C 'has a dog' --append
        The referral REF-00000C has a new note.
        $ caredesk referral note REF-00000C 'has a dog' -q
        REF-00000C
        $ caredesk referral note REF-00000C 'has a dog'
        The note of the referral REF-00000C is so already.
        $ caredesk referral note REF-00000C ''
        The referral REF-00000C has no note any more.
        $ caredesk referral create --queue meals --contact 20417 --resource 'acme meals' --note 'no nuts'
        Made the referral REF-1CMFHW for Ada Moss in `Meals`, status `New`, at `Acme Meals`; 1 account is alerted.
        $ caredesk referral list
        CODE        QUEUE      STATUS  CLIENT      CLIENT NAME  RESOURCE    NOTE     CREATED AT
        REF-1CMFHW  Meals      New     CLI-00000A  Ada Moss     Acme Meals  no nuts  2026-11-22 12:00
        REF-00000C  Home care  Live    CLI-00000A  Ada Moss                          2026-11-22 10:00
        REF-00000B  Home care  New     CLI-00000B  Bo Moss                           2026-11-22 09:00
        REF-00000A  Home care  New     CLI-00000A  Ada Moss                          2026-11-22 09:00
    "#]]);
    verified(world);
});

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
        created at      2026-11-22 10:00
        created by      admin
        contact name    Ada Moss
        contact date    2026-11-20
        postal code     AB1 2CD
        phone           020 7946 0999
        email           ada@moss.example
        details         Lives alone. Two steps at the door.

        AT                BY             WHAT      FROM            TO
        2026-11-22 10:00  admin          created                   New
        2026-11-22 10:00  admin          note                      ring twice
        2026-11-22 12:00  admin          resource                  Acme Care
        2026-11-22 12:00  admin as acme  status    New             Live
        2026-11-22 12:00  admin as acme  note      ring twice      came on Monday
        2026-11-22 12:00  admin          resource  Acme Care       Birch Homecare
        2026-11-22 12:00  admin          resource  Birch Homecare
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
          "resource_code": null,
          "provider": null,
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
            "date": "2026-11-20",
            "details": "Lives alone. Two steps at the door."
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
        2> Usage: caredesk referral create --queue <QUEUE> --db <PATH|URL> <--contact <CONTACT>|--client <CLIENT>>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk referral create --queue meals --contact 20417 --client ada
        2> error: the argument '--contact <CONTACT>' cannot be used with '--client <CLIENT>'
        2>
        2> Usage: caredesk referral create --queue <QUEUE> --db <PATH|URL> <--contact <CONTACT>|--client <CLIENT>>
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
        2> hint: `caredesk queue activate "Old"` brings it back
        [exit 4]
        $ caredesk referral create --queue meals --contact 20417 --strict
        2> error: the following required arguments were not provided:
        2>   --resource <RESOURCE>
        2>
        2> Usage: caredesk referral create --queue <QUEUE> --resource <RESOURCE> --strict --db <PATH|URL> <--contact <CONTACT>|--client <CLIENT>>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk referral assign REF-00000C cedar
        2> error: resource `Cedar Nursing` does not take referrals of queue `Home care`
        2> hint: those that do are `Acme Care`; link it with `caredesk queue add-resource "Home care" RES-8NAC1D`
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
        2> hint: somebody changed it meanwhile; read it again
        [exit 4]
        $ caredesk referral set-status REF-00000C Live --from Visited
        2> error: queue `Home care` has no status `Visited`
        2> hint: its statuses are New, Live, Closed
        [exit 5]
        $ caredesk referral list --unassigned --resource acme
        2> error: the argument '--unassigned' cannot be used with '--resource <RESOURCE>'
        2>
        2> Usage: caredesk referral list --unassigned --db <PATH|URL>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk referral list --queue nowhere
        2> error: there is no queue `nowhere`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
        $ caredesk referral list --columns code,secret
        2> error: there is no column `secret`
        2> hint: the columns are code, queue, status, closed, client, client_name, contact_number, resource, resource_code, provider, assigned_at, note, created_at, created_by
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

// Rule 2.7.
both_engines!(a_portal_account_sees_eight_fields, |world| {
    open_the_portal(world);
    world.ok("referral assign REF-00000C acme");
    world.ok("referral assign REF-00000B birch");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk referral list
        CODE        QUEUE      RESOURCE   CONTACT NUMBER  STATUS  NOTE        CONTACT NAME  CONTACT DATE  POSTAL CODE
        REF-00000C  Home care  Acme Care  20417           New     ring twice  Ada Moss      2026-11-20    AB1 2CD
        $ caredesk referral list -o json
        [
        {"code":"REF-00000C","queue":"Home care","resource":"Acme Care","contact_number":"20417","status":"New","note":"ring twice","contact_name":"Ada Moss","contact_date":"2026-11-20","postal_code":"AB1 2CD"}
        ]
        $ caredesk referral list -o jsonl
        {"code":"REF-00000C","queue":"Home care","resource":"Acme Care","contact_number":"20417","status":"New","note":"ring twice","contact_name":"Ada Moss","contact_date":"2026-11-20","postal_code":"AB1 2CD"}
        $ caredesk referral list -o csv
        code,queue,resource,contact_number,status,note,contact_name,contact_date,postal_code
        REF-00000C,Home care,Acme Care,20417,New,ring twice,Ada Moss,2026-11-20,AB1 2CD
        $ caredesk referral show REF-00000C
        code            REF-00000C
        queue           Home care
        resource        Acme Care
        contact number  20417
        status          New
        note            ring twice
        contact name    Ada Moss
        contact date    2026-11-20
        postal code     AB1 2CD
        $ caredesk referral show ref-c
        2> error: there is no referral `ref-c`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral show REF-00000C -o json
        {
          "code": "REF-00000C",
          "queue": "Home care",
          "resource": "Acme Care",
          "contact_number": "20417",
          "status": "New",
          "note": "ring twice",
          "contact_name": "Ada Moss",
          "contact_date": "2026-11-20",
          "postal_code": "AB1 2CD"
        }
        $ caredesk referral show REF-00000C -o csv
        code,queue,resource,contact_number,status,note,contact_name,contact_date,postal_code
        REF-00000C,Home care,Acme Care,20417,New,ring twice,Ada Moss,2026-11-20,AB1 2CD
        $ caredesk referral show REF-00000C --columns contact_name,status
        contact name  Ada Moss
        status        New
        $ caredesk referral list --columns client
        2> error: there is no column `client`
        2> hint: the columns are code, queue, resource, contact_number, status, note, contact_name, contact_date, postal_code
        [exit 2]
        $ caredesk referral list --columns secret
        2> error: there is no column `secret`
        2> hint: the columns are code, queue, resource, contact_number, status, note, contact_name, contact_date, postal_code
        [exit 2]
        $ caredesk referral show REF-00000C --columns history
        2> error: there is no column `history`
        2> hint: the columns are code, queue, resource, contact_number, status, note, contact_name, contact_date, postal_code
        [exit 2]
        $ caredesk referral list --queue home --status new --resource acme --provider acme --open -q
        REF-00000C
        $ caredesk referral list --queue meals
        2> error: there is no queue `meals`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
        $ caredesk referral list --resource birch
        2> error: there is no resource `birch`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk referral list --provider birch
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk referral list --client CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk referral list --contact 20417
        2> error: there is no contact `20417`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk referral list --unassigned -o json
        []
        $ caredesk referral list --after REF-00000B
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral list --after REF-00000C -o json
        []
        $ caredesk queue list -o json
        []
        $ caredesk queue show 'Home care'
        2> error: there is no queue `Home care`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
        $ caredesk visit list REF-00000C
        2> error: there is no referral `REF-00000C`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk schedule show REF-00000C
        2> error: there is no referral `REF-00000C`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk contact show 20417
        2> error: there is no contact `20417`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk package list --referral REF-00000C
        2> error: there is no referral `REF-00000C`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
    "#]]);
    let told = world.ok("referral list -o json") + &world.ok("referral show REF-00000C -o json");
    for hidden in ["Lives alone", "7946", "moss.example", "CLI-", "history", "admin", "Birch", "REF-00000B"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
});

// Rule 2.7.
both_engines!(a_portal_account_with_details_sees_the_contact, |world| {
    open_the_portal(world);
    world.ok("account permit acme access-contact-details");
    world.ok("referral assign REF-00000C acme");
    world.ok("referral assign REF-00000A acme");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk referral list
        CODE        QUEUE      RESOURCE   CONTACT NUMBER  STATUS  NOTE        CONTACT NAME  CONTACT DATE  POSTAL CODE
        REF-00000C  Home care  Acme Care  20417           New     ring twice  Ada Moss      2026-11-20    AB1 2CD
        REF-00000A  Home care  Acme Care                  New                 Ada Moss
        $ caredesk referral list --contact 20417 -o jsonl
        {"code":"REF-00000C","queue":"Home care","resource":"Acme Care","contact_number":"20417","status":"New","note":"ring twice","contact_name":"Ada Moss","contact_date":"2026-11-20","postal_code":"AB1 2CD","client":"CLI-00000A","client_name":"Ada Moss"}
        $ caredesk referral show REF-00000C
        code            REF-00000C
        queue           Home care
        resource        Acme Care
        contact number  20417
        status          New
        note            ring twice
        contact name    Ada Moss
        contact date    2026-11-20
        postal code     AB1 2CD
        client          CLI-00000A
        client name     Ada Moss
        phone           020 7946 0999
        email           ada@moss.example
        details         Lives alone. Two steps at the door.
        $ caredesk referral show REF-00000C -o json
        {
          "code": "REF-00000C",
          "queue": "Home care",
          "resource": "Acme Care",
          "contact_number": "20417",
          "status": "New",
          "note": "ring twice",
          "contact_name": "Ada Moss",
          "contact_date": "2026-11-20",
          "postal_code": "AB1 2CD",
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "contact": {
            "number": "20417",
            "given": "Ada",
            "family": "Moss",
            "postal_code": "AB1 2CD",
            "phone": "020 7946 0999",
            "email": "ada@moss.example",
            "date": "2026-11-20",
            "details": "Lives alone. Two steps at the door."
          }
        }
        $ caredesk referral show REF-00000A -o json
        {
          "code": "REF-00000A",
          "queue": "Home care",
          "resource": "Acme Care",
          "contact_number": null,
          "status": "New",
          "note": null,
          "contact_name": "Ada Moss",
          "contact_date": null,
          "postal_code": null,
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "contact": null
        }
        $ caredesk referral list --columns created_by
        2> error: there is no column `created_by`
        2> hint: the columns are code, queue, resource, contact_number, status, note, contact_name, contact_date, postal_code, client, client_name
        [exit 2]
        $ caredesk referral show REF-00000C --columns history
        2> error: there is no column `history`
        2> hint: the columns are code, queue, resource, contact_number, status, note, contact_name, contact_date, postal_code, client, client_name, contact
        [exit 2]
        $ caredesk referral show REF-00000C --columns status
        status  New
        $ caredesk referral show REF-00000C -q
        REF-00000C
    "#]]);
    world.as_user("admin");
    world.story(expect![[r#"
        $ caredesk audit list --by acme --columns by,action,on
        BY    ACTION        ON
        acme  contact.look  20417
        acme  contact.look  20417
    "#]]);
});

both_engines!(a_portal_account_changes_status_and_note_alone, |world| {
    open_the_portal(world);
    world.ok("referral assign REF-00000A acme");
    world.ok("referral assign REF-00000B birch");
    world.ok("outsource create REF-00000A --all-visits --provider cedar --reference 'secret week'");
    world.as_user("acme");
    world.refusals(expect![[r#"
        6 actor.permission           referral set-status REF-00000A Live
        6 actor.permission           referral note REF-00000A x
        3 referral.not_found         referral set-status REF-00000B Live
    "#]]);
    world.as_user("admin");
    world.ok("account permit acme change-status");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk referral set-status REF-00000A live --note 'came on Monday'
        The referral REF-00000A is now in status `Live`.
        $ caredesk referral set-status REF-00000A live -o json
        {
          "code": "REF-00000A",
          "queue": "Home care",
          "resource": "Acme Care",
          "contact_number": null,
          "status": "Live",
          "note": "came on Monday",
          "contact_name": "Ada Moss",
          "contact_date": null,
          "postal_code": null,
          "result": "unchanged"
        }
        $ caredesk referral set-status REF-00000A Visited
        2> error: queue `Home care` has no status `Visited`
        2> hint: its statuses are New, Live, Closed
        [exit 5]
        $ caredesk referral set-status REF-00000A Closed -o json
        2> {"error":{"kind":"refused","code":"referral.may_not_close","message":"referral `REF-00000A` cannot be closed at the moment","hint":"the hub can say why","details":{}}}
        [exit 4]
        $ caredesk referral note REF-00000A 'has a dog' --append
        The referral REF-00000A has a new note.
        $ caredesk referral set-status REF-00000B Live
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral note REF-00000B x
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral assign REF-00000A acme
        2> error: an account of level `provider-portal` may not change referrals
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk referral assign REF-00000A birch
        2> error: there is no resource `birch`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk referral assign REF-00000B acme
        2> error: there is no referral `REF-00000B`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk referral unassign REF-00000A
        2> error: an account of level `provider-portal` may not change referrals
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk referral create --queue 'Home care' --client CLI-00000A
        2> error: there is no queue `Home care`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
    "#]]);
    world.as_user("admin");
    assert_eq!(world.json("referral show REF-00000A")["note"], "came on Monday\nhas a dog");
});

// Rules 2.5 and 2.6.
both_engines!(what_is_assigned_away_is_gone_at_once, |world| {
    open_the_portal(world);
    world.ok("account permit acme access-contact-details change-status");
    world.ok("referral assign REF-00000C acme");
    world.as_user("acme");
    world.ok("referral show REF-00000C");
    world.as_user("admin");
    world.ok("referral assign REF-00000C birch");
    world.as_user("acme");
    assert_eq!(world.json("referral list"), json!([]));
    for line in [
        "referral show REF",
        "referral set-status REF Live",
        "referral note REF x",
        "referral assign REF acme",
        "referral unassign REF",
        "referral list --after REF",
        "contact show NUMBER",
        "referral list --contact NUMBER",
        "referral list --queue QUEUE",
    ] {
        let told = |referral: &str, number: &str, queue: &str| {
            let line = line.replace("REF", referral).replace("NUMBER", number).replace("QUEUE", queue);
            let answer = world.run(&line);
            let told =
                answer.stderr.replace(referral, "REF").replace(number, "NUMBER").replace(queue, "QUEUE");
            (answer.status, answer.stdout, told)
        };
        assert_eq!(told("REF-00000C", "20417", "home"), told("REF-99999Z", "99999", "nowhere"), "{line}");
        assert_eq!(told("REF-00000C", "20417", "home").0, 3, "{line}");
    }
    world.as_user("birch");
    assert_eq!(world.json("referral list")[0]["code"], "REF-00000C");
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
        The referral REF-00000C is now at `Acme Care`; 1 account is alerted.
        $ caredesk referral assign REF-00000A acme --strict
        2> error: `Acme Care` has no room left: 1 of 1 beds used
        2> hint: `caredesk capacity show RES-00000A` shows it; `capacity set` changes it
        [exit 4]
        $ caredesk referral assign REF-00000A acme --dry-run
        dry run: The referral REF-00000A is now at `Acme Care`; 1 account is alerted.
        2> warning: `Acme Care` has no room left: 1 of 1 beds used
        $ caredesk referral assign REF-00000A acme
        The referral REF-00000A is now at `Acme Care`; 1 account is alerted.
        2> warning: `Acme Care` has no room left: 1 of 1 beds used
        $ caredesk referral assign REF-00000A acme --strict
        The referral REF-00000A is at `Acme Care` already.
        $ caredesk referral create --queue meals --client CLI-00000B --resource acme --strict
        2> error: `Acme Care` has no room left: 2 of 1 beds used
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
          "resource": "Acme Care",
          "resource_code": "RES-00000A",
          "provider": "Acme Care",
          "assigned_at": "2026-11-22T12:00:06Z",
          "note": null,
          "created_at": "2026-11-22T12:00:06Z",
          "created_by": "admin",
          "result": "created"
        }
        2> {"warning":"`Acme Care` has no room left: 2 of 1 beds used"}
    "#]]);
    assert_eq!(alerts(), ["waiting acme", "waiting acme", "waiting acme"]);
    world.ok("referral assign REF-00000C birch");
    world.ok("referral unassign REF-00000A");
    assert_eq!(alerts(), ["withdrawn acme", "withdrawn acme", "waiting acme"]);
    let before = dump(world);
    world.ok("referral assign REF-00000A acme --dry-run");
    assert!(before == dump(world));
});

both_engines!(every_filter_finds_what_the_whole_list_has, |world| {
    open_the_portal(world);
    for (number, (queue, resource)) in
        [("Home care", "birch"), ("meals", "acme"), ("meals", "RES-00000P"), ("Home care", "acme")]
            .into_iter()
            .cycle()
            .take(12)
            .enumerate()
    {
        let client = if number % 3 == 0 { "--client CLI-00000B" } else { "--contact 20417" };
        let made = world.ok(&format!("-q referral create --queue '{queue}' {client} --resource {resource}"));
        match number % 4 {
            0 => drop(world.ok(&format!("referral unassign {made}"))),
            1 => drop(world.ok(&format!("referral set-status {made} Visited"))),
            2 => drop(world.ok(&format!("referral set-status {made} Done"))),
            _ => {}
        }
    }
    let all = world.json("referral list");
    let codes = |list: &Value, wanted: &dyn Fn(&Value) -> bool| -> Vec<String> {
        let found = list.as_array().unwrap().iter().filter(|referral| wanted(referral));
        found.map(|referral| referral["code"].as_str().unwrap().to_owned()).collect()
    };
    let is = |key: &'static str, value: Value| move |referral: &Value| referral[key] == value;
    let filters: Vec<Choice> = vec![
        ("--queue meals", Box::new(is("queue", json!("Meals")))),
        ("--status new", Box::new(is("status", json!("New")))),
        ("--open", Box::new(is("closed", json!(false)))),
        ("--unassigned", Box::new(is("resource", Value::Null))),
        ("--resource 'Acme Meals'", Box::new(is("resource", json!("Acme Meals")))),
        ("--provider acme", Box::new(is("provider", json!("Acme Care")))),
        ("--client CLI-00000B", Box::new(is("client", json!("CLI-00000B")))),
        ("--contact 20417", Box::new(is("contact_number", json!("20417")))),
    ];
    for (one, is_one) in &filters {
        for (other, is_other) in &filters {
            if [*one, *other].contains(&"--unassigned")
                && (one.contains("--re")
                    || one.contains("--p")
                    || other.contains("--re")
                    || other.contains("--p"))
                || one.split(' ').next() == other.split(' ').next() && one != other
            {
                continue;
            }
            let options = if one == other { (*one).to_owned() } else { format!("{one} {other}") };
            let expected = codes(&all, &|referral| is_one(referral) && is_other(referral));
            assert_eq!(
                codes(&world.json(&format!("referral list {options}")), &|_| true),
                expected,
                "{options}"
            );
            if let [_, second, rest @ ..] = expected.as_slice() {
                let rest: Vec<&String> = rest.iter().take(2).collect();
                let paged = world.json(&format!("referral list {options} --after {second} --limit 2"));
                assert_eq!(codes(&paged, &|_| true).iter().collect::<Vec<_>>(), rest, "{options}");
            }
        }
    }
    let expected = codes(&all, &|referral| {
        ["Acme Care", "Birch Homecare"].iter().any(|name| referral["provider"] == *name)
    });
    world.as_user("both");
    assert_eq!(codes(&world.json("referral list"), &|_| true), expected);
    assert_eq!(codes(&world.json("referral list --limit 3"), &|_| true), expected[..3]);
    assert_eq!(refusal(world, "referral list --contact 20417").0, 3);
});
