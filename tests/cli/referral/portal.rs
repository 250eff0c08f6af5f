//! Referrals as the portal accounts see them.

use expect_test::expect;
use serde_json::json;

use super::open_the_portal;

// Rule 2.7.
both_engines!(a_portal_account_sees_eight_fields, |world| {
    open_the_portal(world);
    world.ok("referral assign REF-00000C acme");
    world.ok("referral assign REF-00000B birch");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk referral list
        CODE        QUEUE      RESOURCE   CONTACT NUMBER  STATUS  NOTE        CONTACT   CONTACT DATE  POSTAL CODE
        REF-00000C  Home care  Acme Care  20417           New     ring twice  Ada Moss  2026-11-20    AB1 2CD
        $ caredesk referral list -o json
        [
        {"code":"REF-00000C","queue":"Home care","resource":"Acme Care","contact_number":"20417","status":"New","note":"ring twice","contact_name":"Ada Moss","contact_date":"2026-11-20","postal_code":"AB1 2CD"}
        ]
        $ caredesk referral list -o jsonl
        {"code":"REF-00000C","queue":"Home care","resource":"Acme Care","contact_number":"20417","status":"New","note":"ring twice","contact_name":"Ada Moss","contact_date":"2026-11-20","postal_code":"AB1 2CD"}
        $ caredesk referral list -o csv
        code,queue,resource,contact_number,status,note,contact_name,contact_date,postal_code
        REF-00000C,Home care,Acme Care,20417,New,ring twice,Ada Moss,2026-11-20,AB1 2CD
        $ caredesk referral history REF-00000C
        2> error: the history of REF-00000C is shown to the hub alone
        2> hint: `caredesk referral show REF-00000C` shows how it stands
        [exit 6]
        $ caredesk referral show REF-00000C
        code            REF-00000C
        queue           Home care
        resource        Acme Care
        contact number  20417
        status          New
        note            ring twice
        contact         Ada Moss
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
        contact  Ada Moss
        status   New
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
        CODE        QUEUE      RESOURCE   CONTACT NUMBER  STATUS  NOTE        CONTACT   CONTACT DATE  POSTAL CODE
        REF-00000C  Home care  Acme Care  20417           New     ring twice  Ada Moss  2026-11-20    AB1 2CD
        REF-00000A  Home care  Acme Care                  New                 Ada Moss
        $ caredesk referral list --contact 20417 -o jsonl
        {"code":"REF-00000C","queue":"Home care","resource":"RES-00000A","resource_name":"Acme Care","contact_number":"20417","status":"New","note":"ring twice","contact_name":"Ada Moss","contact_date":"2026-11-20","postal_code":"AB1 2CD","client":"CLI-00000A","client_name":"Ada Moss"}
        $ caredesk referral show REF-00000C
        code            REF-00000C
        queue           Home care
        resource        RES-00000A
        resource name   Acme Care
        contact number  20417
        status          New
        note            ring twice
        contact         Ada Moss
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
          "resource": "RES-00000A",
          "resource_name": "Acme Care",
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
            "submitted_on": "2026-11-20",
            "details": "Lives alone. Two steps at the door.",
            "anonymous": false
          }
        }
        $ caredesk referral show REF-00000A -o json
        {
          "code": "REF-00000A",
          "queue": "Home care",
          "resource": "RES-00000A",
          "resource_name": "Acme Care",
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
        2> hint: the columns are code, queue, resource, resource_name, contact_number, status, note, contact_name, contact_date, postal_code, client, client_name
        [exit 2]
        $ caredesk referral show REF-00000C --columns history
        2> error: there is no column `history`
        2> hint: the columns are code, queue, resource, resource_name, contact_number, status, note, contact_name, contact_date, postal_code, client, client_name, contact
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
        acme  contact.read  20417
        acme  contact.read  20417
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
        Changed referral REF-00000A: status New → Live, note none → came on Monday; no account is alerted (no e-mail address).
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
          "result": "unchanged",
          "changes": []
        }
        $ caredesk referral set-status REF-00000A Visited
        2> error: queue `Home care` has no status `Visited`
        2> hint: its statuses are New, Live, Closed
        [exit 5]
        $ caredesk referral set-status REF-00000A Closed -o json
        2> {"error":{"kind":"refused","code":"referral.may_not_close","message":"referral `REF-00000A` cannot be closed at the moment","hint":"the hub can say why","details":{}}}
        [exit 4]
        $ caredesk referral note REF-00000A 'has a dog' --append
        Changed referral REF-00000A: note came on Monday → came on Monday⏎has a dog.
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
