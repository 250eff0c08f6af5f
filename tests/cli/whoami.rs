//! `whoami`: who acts, with which rights, on which database.

use expect_test::expect;

use crate::town::settle;
use crate::world::World;

// Rule 2.10.
both_engines!(the_account_its_rights_and_its_database_are_shown, |world| {
    settle(world);
    world.call("<SHOWN>", &world.database_name().replace(":secret", ""));
    world.story(expect![[r#"
        $ caredesk whoami --columns login,name,level,time_zone
        login      admin
        name       admin
        level      admin
        time zone  UTC
        $ caredesk whoami -q
        admin
        # as acme
        $ caredesk whoami --columns login,level,permissions -o json
        {
          "login": "acme",
          "level": "provider-portal",
          "permissions": [
            "respond-packages"
          ]
        }
        # as admin
        $ caredesk whoami --as stan --columns login,acted_by -o json
        {
          "login": "stan",
          "acted_by": "admin"
        }
        $ caredesk whoami --as nobody
        2> error: there is no active account `nobody` in this database
        2> hint: an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password
        [exit 6]
        # as stranger
        $ caredesk whoami
        2> error: there is no active account `stranger` in this database
        2> hint: an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password
        [exit 6]
    "#]]);
});

// Rule 2.13.
both_engines!(who_one_is_and_what_one_may_do_is_said_in_words, |world| {
    settle(world);
    world.call("<DB>", &world.database_name().replace(":secret", ""));
    world.ok("outsource create REF-00000A --all-visits --provider acme birch --reference winter");
    world.ok("account permit mute answer-sharing edit-capacity");
    world.at("2026-11-22T13:00:00Z");
    world.story(expect![[r##"
        # as acme
        $ caredesk whoami
        acme (acme), portal account
        speaks for  Acme Care (PRV-00000A)
        acts for    Acme Care (RES-4DHYWN)
        may         see the referrals at your resources, and their capacity
                    answer packages that your providers are offered
        may not     say how many more referrals your resources take
                    change the status and the note of your referrals
                    read the whole contacts of your referrals
                    ask for records of others, and answer who asks for yours
        database    <DB>
        time zone   UTC

        Waiting:
        3 h  1 package to answer: PKG-SZNCK3
             $ caredesk package list --status pending
        $ caredesk whoami --columns providers,resources,may,may_not,work -o json
        {
          "providers": [
            {
              "code": "PRV-00000A",
              "name": "Acme Care"
            }
          ],
          "resources": [
            {
              "code": "RES-4DHYWN",
              "name": "Acme Care"
            }
          ],
          "may": [
            "see the referrals at your resources, and their capacity",
            "answer packages that your providers are offered"
          ],
          "may_not": [
            "say how many more referrals your resources take",
            "change the status and the note of your referrals",
            "read the whole contacts of your referrals",
            "ask for records of others, and answer who asks for yours"
          ],
          "work": [
            {
              "sort": "offers",
              "number": 1,
              "has_more": false,
              "queue": null,
              "status": null,
              "oldest_at": "2026-11-22T10:00:00Z",
              "lapses_at": null,
              "codes": [
                "PKG-SZNCK3"
              ],
              "command": "caredesk package list --status pending"
            }
          ]
        }
        # as both
        $ caredesk whoami
        both (both), portal account
        speaks for  Acme Care (PRV-00000A)
                    Birch Homecare (PRV-00000B)
        acts for    Acme Care (RES-4DHYWN)
                    Birch Homecare (RES-ZCM1TC)
        may         see the referrals at your resources, and their capacity
                    answer packages that your providers are offered
        may not     say how many more referrals your resources take
                    change the status and the note of your referrals
                    read the whole contacts of your referrals
                    ask for records of others, and answer who asks for yours
        database    <DB>
        time zone   UTC

        Waiting:
        3 h  1 package to answer: PKG-SZNCK3
             $ caredesk package list --status pending
        # as mute
        $ caredesk whoami
        mute (mute), portal account
        speaks for  Acme Care (PRV-00000A)
        acts for    Acme Care (RES-4DHYWN)
        may         see the referrals at your resources, and their capacity
                    say how many more referrals your resources take
                    ask for records of others, and answer who asks for yours
        may not     change the status and the note of your referrals
                    read the whole contacts of your referrals
                    answer packages that your providers are offered
        database    <DB>
        time zone   UTC

        Nothing waits for you.
        # as stan
        $ caredesk whoami
        stan (stan), standard of the hub
        may        read what the hub has
                   change clients
                   change contacts
                   change referrals
                   change visits
                   change packages
                   change capacity
                   change records
                   read the alerts
        may not    export all that is held about a client
                   erase clients
                   change queues
                   change sharing
                   change providers
                   change accounts
                   look after the database
                   read the audit trail
                   read the register of disclosures
                   send alerts
        database   <DB>
        time zone  UTC

        Waiting:
        3 h  1 package without an answer: PKG-SZNCK3
             $ caredesk package list --status pending
        3 h  2 open referrals without a resource: REF-00000B, REF-00000A
             $ caredesk referral list --unassigned --open
    "##]]);
});

// Rule 2.13: alone, the program says what waits, where there is a database and an account; otherwise what it can do.
both_engines!(alone_it_says_what_waits, |world| {
    let help = world.run("");
    assert_eq!((help.status, help.stdout.as_str()), (2, ""), "{help:?}");
    assert!(help.stderr.contains("Usage: caredesk <NOUN> <VERB> [OPTIONS]"), "{help:?}");
    settle(world);
    work(world);
    world.story(expect![[r##"
        # as acme
        $ caredesk --color never
        acme (acme)

        Waiting:
        9 days  1 package to answer: PKG-WINTER; until 2026-12-02 09:00 (in 20 h)
                $ caredesk package list --status pending
        –       1 open referral in `Home care`: New
                $ caredesk referral list --queue 'Home care' --status New
        9 days  1 sharing request to answer: SHR-000001
                $ caredesk sharing list --incoming PRV-ACME --status pending
        9 days  1 capacity entry older than a week: CAP-000001
                $ caredesk capacity list
        $ caredesk -o json
        {
          "login": "acme",
          "name": "acme",
          "work": [
            {
              "sort": "offers",
              "number": 1,
              "has_more": false,
              "queue": null,
              "status": null,
              "oldest_at": "2026-11-22T10:00:02Z",
              "lapses_at": "2026-12-02T09:00:00Z",
              "codes": [
                "PKG-WINTER"
              ],
              "command": "caredesk package list --status pending"
            },
            {
              "sort": "referrals",
              "number": 1,
              "has_more": false,
              "queue": "Home care",
              "status": "New",
              "oldest_at": null,
              "lapses_at": null,
              "codes": [],
              "command": "caredesk referral list --queue 'Home care' --status New"
            },
            {
              "sort": "sharing-requests",
              "number": 1,
              "has_more": false,
              "queue": null,
              "status": null,
              "oldest_at": "2026-11-22T10:00:10Z",
              "lapses_at": null,
              "codes": [
                "SHR-000001"
              ],
              "command": "caredesk sharing list --incoming PRV-ACME --status pending"
            },
            {
              "sort": "old-capacity",
              "number": 1,
              "has_more": false,
              "queue": null,
              "status": null,
              "oldest_at": "2026-11-22T10:00:01Z",
              "lapses_at": null,
              "codes": [
                "CAP-000001"
              ],
              "command": "caredesk capacity list"
            }
          ]
        }
        # as birch
        $ caredesk --color never
        birch (birch)

        Waiting:
        9 days  1 package to answer: PKG-WINTER; until 2026-12-02 09:00 (in 19 h)
                $ caredesk package list --status pending
        # as cedar
        $ caredesk --color never
        cedar (cedar)

        Nothing waits for you.
        # as admin
        $ caredesk --color never
        admin (admin)

        Waiting:
        9 days  1 sharing request to answer: SHR-000001
                $ caredesk sharing list --status pending
        9 days  1 package without an answer: PKG-WINTER; until 2026-12-02 09:00 (in 19 h)
                $ caredesk package list --status pending
        9 days  1 package that all have rejected: PKG-SPRING
                $ caredesk package list --status rejected
        9 days  1 open referral without a resource: REF-00000A
                $ caredesk referral list --unassigned --open
        # as tracy
        $ caredesk --color never
        tracy (tracy)

        Waiting:
        9 days  1 package without an answer: PKG-WINTER; until 2026-12-02 09:00 (in 19 h)
                $ caredesk package list --status pending
        9 days  1 package that all have rejected: PKG-SPRING
                $ caredesk package list --status rejected
        9 days  1 open referral without a resource: REF-00000A
                $ caredesk referral list --unassigned --open
        $ caredesk --columns login
        login  tracy
    "##]]);
    world.as_user("mute");
    expect![[r#"
        mute (mute)

        Waiting:
        –  1 open referral in `Home care`: New
           $ caredesk referral list --queue 'Home care' --status New
    "#]]
    .assert_eq(&world.ok("--color never"));
    world.as_user("stranger");
    assert_eq!(world.run("").stderr, help.stderr);
    world.as_user("admin");
    assert_eq!(world.run("--colour").status, 2);
});

fn work(world: &World) {
    world.sql("INSERT INTO queue_resource (queue_id, resource_id) SELECT queue.id, resource.id FROM queue CROSS JOIN resource");
    world.ok("account permit acme edit-capacity answer-sharing");
    world.ok("capacity set 'Acme Care' 4");
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter --answer-by '2026-12-02 09:00'");
    world.ok("outsource create REF-00000A --visit VIS-000002 --provider cedar --reference spring");
    world.ok("package respond spring --provider cedar --reject");
    world.ok("referral assign REF-00000B 'Acme Care'");
    for client in ["acme", "birch"] {
        world.ok(&format!("client enroll CLI-00000A {client}"));
    }
    world.ok("sharing setup acme --type forms --level 1 --client-by-client on");
    world.ok("sharing link acme birch --type forms");
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type forms");
    world.sql("UPDATE package SET code = 'PKG-' || upper(reference); UPDATE sharing_request SET code = 'SHR-000001'");
    world.sql("UPDATE provider SET code = 'PRV-ACME' WHERE name = 'Acme Care'; UPDATE capacity SET code = 'CAP-000001'");
    world.at("2026-12-01T13:00:00Z");
}
