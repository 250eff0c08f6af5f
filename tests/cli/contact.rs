//! Contacts: taken in, found by whatever people say, put right, and seen by a portal account only where rule 2.7 says so.

use expect_test::expect;

use crate::town::settle;
use crate::world::World;

both_engines!(a_contact_is_taken_in_and_found, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Brook --postal-code 'AB1 2CD'");
    world.write("intake.txt", "\u{feff}She fell twice.\n\nالسيدة بروك تعيش وحدها\n她一个人住\u{1b}[31m");
    world.story(expect![[r#"
        $ caredesk contact create --client brook --phone '+44 1234 567890' --email ada@example.org --number 2026-0815 --date 2026-11-20 --details-file intake.txt
        Created contact 2026-0815 for Ada Brook (CLI-MJ18AD).
        $ caredesk contact create --given Zoë --family 'van der Berg' --postal-code 'XY9 9ZZ' --details '- asks for help'
        Created contact CON-8NAC1D and client CLI-WMEJHB (Zoë van der Berg).
        $ caredesk contact create --given Ada --family Brook
        Created contact CON-3MCQZ5 and client CLI-HDY27J (Ada Brook).
        2> warning: CLI-MJ18AD has the same name
        $ caredesk client edit CLI-MJ18AD --given Adeline --postal-code none
        Changed client CLI-MJ18AD (Adeline Brook): given Ada → Adeline, postal code AB1 2CD → none, former names none → Ada Brook.
        $ caredesk contact list
        NUMBER      GIVEN  FAMILY        POSTAL CODE  SUBMITTED ON  CLIENT
        CON-3MCQZ5  Ada    Brook                      2026-11-22    CLI-HDY27J
        CON-8NAC1D  Zoë    van der Berg  XY9 9ZZ      2026-11-22    CLI-WMEJHB
        2026-0815   Ada    Brook         AB1 2CD      2026-11-20    CLI-MJ18AD
        $ caredesk contact list --since 2026-11-21 --client CLI-WMEJHB
        NUMBER      GIVEN  FAMILY        POSTAL CODE  SUBMITTED ON  CLIENT
        CON-8NAC1D  Zoë    van der Berg  XY9 9ZZ      2026-11-22    CLI-WMEJHB
        $ caredesk contact list --until yesterday -o json
        [
        {"number":"2026-0815","given":"Ada","family":"Brook","postal_code":"AB1 2CD","submitted_on":"2026-11-20","client":"CLI-MJ18AD","client_name":"Adeline Brook","anonymous":false}
        ]
        $ caredesk contact show 2026
        2026-0815: Ada Brook
        submitted    2026-11-20
        postal code  AB1 2CD
        phone        +44 1234 567890
        email        ada@example.org
        client       CLI-MJ18AD
        created      2026-11-22 09:00 (just now) by admin

        She fell twice.

        السيدة بروك تعيش وحدها
        她一个人住␛[31m
        $ caredesk contact show 'berg'
        CON-8NAC1D: Zoë van der Berg
        submitted    2026-11-22
        postal code  XY9 9ZZ
        client       CLI-WMEJHB
        created      2026-11-22 09:00 (just now) by admin

        - asks for help
        $ caredesk contact show con-8nac
        CON-8NAC1D: Zoë van der Berg
        submitted    2026-11-22
        postal code  XY9 9ZZ
        client       CLI-WMEJHB
        created      2026-11-22 09:00 (just now) by admin

        - asks for help
        $ caredesk contact show 'van der berg, zoe' -o json
        {
          "number": "CON-8NAC1D",
          "given": "Zoë",
          "family": "van der Berg",
          "postal_code": "XY9 9ZZ",
          "phone": null,
          "email": null,
          "submitted_on": "2026-11-22",
          "details": "- asks for help",
          "anonymous": false,
          "client": "CLI-WMEJHB",
          "client_name": "Zoë van der Berg",
          "created_at": "2026-11-22T09:00:03Z",
          "created_by": "admin",
          "referrals": []
        }
        $ caredesk contact show 'ada brook'
        2> error: `ada brook` could mean more than one contact
        2> hint: say which: 2026-0815 (Ada Brook), CON-3MCQZ5 (Ada Brook)
        [exit 4]
        $ caredesk client list
        CODE        GIVEN    FAMILY        BIRTH DATE  POSTAL CODE  ID  STATUS
        CLI-HDY27J  Ada      Brook                                      active
        CLI-MJ18AD  Adeline  Brook                                      active
        CLI-WMEJHB  Zoë      van der Berg              XY9 9ZZ          active
        $ caredesk audit list --columns action,on
        ACTION          ON
        client.edit     CLI-MJ18AD
        contact.create  CON-3MCQZ5
        client.create   CLI-HDY27J
        contact.create  CON-8NAC1D
        client.create   CLI-WMEJHB
        contact.create  2026-0815
        client.create   CLI-MJ18AD
        database.init   admin
    "#]]);
});

both_engines!(what_a_contact_cannot_be, |world| {
    world.ok("init");
    world.ok("contact create --given Ada --family Brook --number 2026-0815");
    world.write("latin.txt", b"caf\xe9");
    world.write("long.txt", "x".repeat((1 << 20) + 1));
    world.story(expect![[r#"
        $ caredesk contact create
        2> error: the following required arguments were not provided:
        2>   --given <GIVEN>
        2>   --family <FAMILY>
        2>
        2> Usage: caredesk contact create [OPTIONS] <--client <CLIENT>|--given <GIVEN> --family <FAMILY>|--anonymous>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --given Ada
        2> error: the following required arguments were not provided:
        2>   --family <FAMILY>
        2>
        2> Usage: caredesk contact create [OPTIONS] <--client <CLIENT>|--given <GIVEN> --family <FAMILY>|--anonymous>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --client brook --given Ada --family Brook
        2> error: the argument '--client <CLIENT>' cannot be used with:
        2>   --given <GIVEN>
        2>   --family <FAMILY>
        2>
        2> Usage: caredesk contact create [OPTIONS] <--client <CLIENT>|--given <GIVEN> --family <FAMILY>|--anonymous>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --client nobody
        2> error: there is no client `nobody`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk contact create --client brook --number 2026-0815
        2> error: there is a contact `2026-0815` already
        2> hint: look at it with `caredesk contact show 2026-0815`, or give another number
        [exit 4]
        $ caredesk contact create --client brook --number ' 2026-0815' --if-not-exists
        Nothing to change: contact 2026-0815 for Ada Brook (CLI-0FGPME) exists.
        $ caredesk contact create --client brook --if-not-exists
        2> error: the following required arguments were not provided:
        2>   --number <NUMBER>
        2>
        2> Usage: caredesk contact create [OPTIONS] <--client <CLIENT>|--given <GIVEN> --family <FAMILY>|--anonymous>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --client brook --number CON-1
        2> error: invalid value 'CON-1' for '--number <NUMBER>': `CON-1` has the form of a code of ours
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --client brook --date tomorrow
        2> error: submit date `2026-11-23` lies in the future
        2> hint: today is 2026-11-22 in the hub's time zone
        [exit 5]
        $ caredesk contact create --client brook --date 2/3/2026
        2> error: invalid value '2/3/2026' for '--date <DATE>': `2/3/2026` is not a date: it could be read in two ways; write 2026-12-01, today, tomorrow, monday, +3d or -2w
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --client brook --email nowhere
        2> error: invalid value 'nowhere' for '--email <EMAIL>': `nowhere` is not an e-mail address, such as office@example.org
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --client brook --details a --details-file latin.txt
        2> error: the argument '--details <TEXT>' cannot be used with '--details-file <FILE|->'
        2>
        2> Usage: caredesk contact create [OPTIONS] <--client <CLIENT>|--given <GIVEN> --family <FAMILY>|--anonymous>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact create --client brook --details-file latin.txt
        2> error: `latin.txt` is not a text in UTF-8
        [exit 5]
        $ caredesk contact create --client brook --details-file long.txt
        2> error: `long.txt` cannot be kept: a text has at most 1,048,576 bytes
        [exit 5]
        $ caredesk contact create --client brook --details-file missing.txt
        2> error: there is no file `missing.txt`
        [exit 5]
        $ caredesk contact create --client brook --dry-run
        dry run: Created contact CON-TY93TB for Ada Brook (CLI-0FGPME).
        $ caredesk contact show 2027
        2> error: there is no contact `2027`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk contact list --client nobody
        2> error: there is no client `nobody`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk contact list -o json --columns number
        [
        {"number":"2026-0815"}
        ]
        $ caredesk audit list --columns action
        ACTION
        contact.create
        client.create
        database.init
    "#]]);
});

both_engines!(a_contact_is_put_right, |world| {
    world.ok("init");
    world.ok("contact create --given Ada --family Brook --number 2026-0815 --phone 123 --details first");
    world.ok("contact create --given Ben --family Crane --number 2026-0816");
    world.story(expect![[r#"
        $ caredesk contact edit brook --phone none --details none --date yesterday -o json
        {
          "number": "2026-0815",
          "given": "Ada",
          "family": "Brook",
          "postal_code": null,
          "phone": null,
          "email": null,
          "submitted_on": "2026-11-21",
          "details": null,
          "anonymous": false,
          "client": "CLI-0FGPME",
          "client_name": "Ada Brook",
          "created_at": "2026-11-22T09:00:01Z",
          "created_by": "admin",
          "referrals": [],
          "result": "updated",
          "changes": [
            {
              "field": "phone",
              "from": "123",
              "to": null
            },
            {
              "field": "submitted_on",
              "from": "2026-11-22",
              "to": "2026-11-21"
            },
            {
              "field": "details",
              "from": "first",
              "to": null
            }
          ]
        }
        $ caredesk contact edit brook --phone none
        Nothing to change: contact 2026-0815 (Ada Brook) stays as it is.
        $ caredesk contact edit brook --family Brooke --number 2026-0817
        Changed contact 2026-0817 (Ada Brooke): number 2026-0815 → 2026-0817, family Brook → Brooke.
        $ caredesk contact edit 2026-0816 --number 2026-0817
        2> error: there is a contact `2026-0817` already
        2> hint: look at it with `caredesk contact show 2026-0817`, or give another number
        [exit 4]
        $ caredesk contact edit 2026-0816 --date tomorrow
        2> error: submit date `2026-11-23` lies in the future
        2> hint: today is 2026-11-22 in the hub's time zone
        [exit 5]
        $ caredesk contact edit 2026-0816 --email nowhere
        2> error: invalid value 'nowhere' for '--email <EMAIL>': `nowhere` is not an e-mail address, such as office@example.org
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact edit 2026-0815 --given Ada
        2> error: there is no contact `2026-0815`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk contact edit crane --details-file missing.txt
        2> error: there is no file `missing.txt`
        [exit 5]
        $ caredesk client list --columns given,family
        GIVEN  FAMILY
        Ada    Brook
        Ben    Crane
    "#]]);
    let typed = world.run_with_input("contact edit 2026-0816 --details-file -", "von Hand\r\nß".as_bytes());
    assert_eq!(typed.status, 0, "{}", typed.stderr);
    assert_eq!(world.json("contact show 2026-0816")["details"], "von Hand\r\nß");
    world.sql("INSERT INTO account (id, login, login_key, name, level, active) SELECT number_id, 'tim', 'tim', 'tim', 'trainee', TRUE FROM (SELECT id AS number_id FROM contact WHERE number = '2026-0816') AS any_id");
    world.as_user("tim");
    assert_eq!(world.run("contact show 2026-0816").status, 0);
    assert_eq!(world.run("contact edit 2026-0816 --given X").status, 6);
    assert_eq!(world.run("contact create --client crane").status, 6);
    assert_eq!(world.run("contact create --given X --family Y").status, 6);
});

/// The town with two contacts: `open-1`, of which one referral went to Acme Care and one to nobody, and `shut-1`, of which
/// none went to anybody.
pub fn with_contacts(world: &World) {
    world.begin(|world| {
    settle(world);
    world.ok("contact create --client CLI-00000A --number open-1 --phone 0151 --email ada@example.org --postal-code 'AB1 2CD' --details 'She fell.'");
    world.ok("contact create --client CLI-00000B --number shut-1 --details secret");
    world.ok("referral create --queue 'Home care' --client CLI-00000A");
    world.sql(
        "UPDATE referral SET contact_id = (SELECT id FROM contact WHERE number = 'open-1')
            WHERE client_id = (SELECT client_id FROM contact WHERE number = 'open-1');
        UPDATE referral SET assigned_at = created_at, resource_id = (SELECT resource.id FROM resource
            JOIN provider ON provider.id = resource.provider_id WHERE resource.kind = 'agency' AND provider.name = 'Acme Care')
            WHERE code = 'REF-00000A';
        UPDATE referral SET code = 'REF-00000C' WHERE code NOT IN ('REF-00000A', 'REF-00000B');
        UPDATE referral SET contact_id = (SELECT id FROM contact WHERE number = 'shut-1') WHERE code = 'REF-00000B'",
    );
    });
}

both_engines!(a_portal_account_sees_what_it_may, |world| {
    with_contacts(world);
    world.as_user("acme");
    assert_eq!(world.ok("contact list -o json"), "[]\n", "without the permission nothing");
    let hidden = world.run("contact show open-1");
    world.as_user("admin");
    world.ok("account permit acme access-contact-details");
    world.ok("account permit birch access-contact-details");
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk contact list -o json
        [
        {"number":"open-1","given":"Ada","family":"Moss","postal_code":"AB1 2CD","submitted_on":"2026-11-22","client":null,"client_name":null,"anonymous":false}
        ]
        $ caredesk contact show open
        open-1: Ada Moss
        submitted    2026-11-22
        postal code  AB1 2CD
        phone        0151
        email        ada@example.org
        created      2026-11-22 10:00 (just now) by admin

        She fell.

        CODE        QUEUE      RESOURCE   STATUS
        REF-00000A  Home care  Acme Care  New
        $ caredesk contact show 'ada moss' -o json
        {
          "number": "open-1",
          "given": "Ada",
          "family": "Moss",
          "postal_code": "AB1 2CD",
          "phone": "0151",
          "email": "ada@example.org",
          "submitted_on": "2026-11-22",
          "details": "She fell.",
          "anonymous": false,
          "client": null,
          "client_name": null,
          "created_at": "2026-11-22T10:00:00Z",
          "created_by": "admin",
          "referrals": [
            {
              "code": "REF-00000A",
              "queue": "Home care",
              "resource": "RES-4DHYWN",
              "resource_name": "Acme Care",
              "status": "New"
            }
          ]
        }
        $ caredesk contact show shut-1
        2> error: there is no contact `shut-1`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk contact show moss
        open-1: Ada Moss
        submitted    2026-11-22
        postal code  AB1 2CD
        phone        0151
        email        ada@example.org
        created      2026-11-22 10:00 (just now) by admin

        She fell.

        CODE        QUEUE      RESOURCE   STATUS
        REF-00000A  Home care  Acme Care  New
        $ caredesk contact list --client CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk contact edit open-1 --given X
        2> error: an account of level `provider-portal` may not change contacts
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk contact edit shut-1 --given X
        2> error: there is no contact `shut-1`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk contact create --given X --family Y
        2> error: an account of level `provider-portal` may not change contacts
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk contact show open-1 --dry-run -q
        open-1
        $ caredesk contact show open-1 --dry-run --exit-code -q
        open-1
        $ caredesk contact show open-1 --columns shoe_size
        2> error: there is no column `shoe_size`
        2> hint: the columns are number, given, family, postal_code, phone, email, submitted_on, details, anonymous, client, client_name, created_at, created_by, referrals
        [exit 2]
        # as admin
        $ caredesk contact show open-1
        open-1: Ada Moss
        submitted    2026-11-22
        postal code  AB1 2CD
        phone        0151
        email        ada@example.org
        client       CLI-00000A
        created      2026-11-22 10:00 (just now) by admin

        She fell.

        CODE        QUEUE      RESOURCE   STATUS
        REF-00000A  Home care  Acme Care  New
        REF-00000C  Home care             New
        $ caredesk audit list --on open-1 --columns by,action
        BY          ACTION
        acme        contact.read
        acme        contact.read
        acme        contact.read
        acme        contact.read
        acme        contact.read
        admin       contact.create
    "#]]);
    assert_eq!(hidden.stderr.replace("open-1", "shut-1"), {
        world.as_user("birch");
        world.run("contact show shut-1").stderr
    });
});

both_engines!(what_is_hidden_reads_like_what_is_not_there, |world| {
    with_contacts(world);
    world.ok("account permit birch access-contact-details");
    let verbs = [
        "contact show NAME",
        "contact show NAME -o json",
        "contact edit NAME --given X",
        "contact pdf NAME --file x.pdf",
        "contact pdf NAME --file -",
        "contact list --after NAME",
    ];
    for login in ["birch", "mute"] {
        world.as_user(login);
        for verb in verbs {
            let absent = world.run(&verb.replace("NAME", "gone-1"));
            for name in ["open-1", "shut-1"] {
                let hidden = world.run(&verb.replace("NAME", name));
                assert_eq!(hidden.status, 3, "{login}: {verb} {name}: {}", hidden.stderr);
                assert_eq!(
                    (hidden.stdout, hidden.stderr.replace(name, "gone-1")),
                    (absent.stdout.clone(), absent.stderr.clone()),
                    "{login}: {verb} {name}"
                );
            }
        }
    }
    world.as_user("admin");
    let looks = world.ok("audit list -o json --columns action");
    assert!(!looks.contains("contact.read") && !looks.contains("contact.pdf"), "{looks}");
});

both_engines!(a_day_of_the_week_is_past_for_what_has_been, |world| {
    world.ok("init");
    // Sunday the 22nd.
    for date in ["2026-11-15", "2026-11-16", "friday", "sunday"] {
        world.ok(&format!("contact create --given Ada --family Moss --date {date}"));
    }
    let dates = |line: &str| -> Vec<String> {
        let listed = world.json(line);
        let date = |contact: &serde_json::Value| contact["submitted_on"].as_str().unwrap().to_owned();
        listed.as_array().unwrap().iter().map(date).collect()
    };
    assert_eq!(dates("contact list --since monday"), ["2026-11-22", "2026-11-20", "2026-11-16"]);
    assert_eq!(dates("contact list --since sun"), ["2026-11-22"]);
    assert_eq!(dates("contact list --since monday --until mon"), ["2026-11-16"]);
    assert_eq!(dates("contact list --until yesterday").len(), 3);
});
