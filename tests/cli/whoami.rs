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
    world.call("<SHOWN>", &world.database_name().replace(":secret", ""));
    world.ok("outsource create REF-00000A --all-visits --provider acme birch --reference winter");
    world.ok("account permit mute answer-sharing edit-capacity");
    world.at("2026-11-22T13:00:00Z");
    world.story(expect![[r#"
        # as acme
        $ caredesk whoami
        $ caredesk whoami --columns providers,resources,may,may_not,work -o json
        # as both
        $ caredesk whoami
        # as mute
        $ caredesk whoami
        # as stan
        $ caredesk whoami
    "#]]);
});

// Rule 2.13: alone, the program says what waits, where there is a database and an account; otherwise what it can do.
both_engines!(alone_it_says_what_waits, |world| {
    let help = world.run("");
    assert_eq!((help.status, help.stdout.as_str()), (2, ""), "{help:?}");
    assert!(help.stderr.contains("Usage: caredesk [OPTIONS] <COMMAND>"), "{help:?}");
    settle(world);
    work(world);
    world.story(expect![[r#"
        # as acme
        $ caredesk
        $ caredesk -o json
        # as birch
        $ caredesk
        # as mute
        $ caredesk
        # as cedar
        $ caredesk
        # as admin
        $ caredesk
        # as tracy
        $ caredesk
        $ caredesk --columns login
    "#]]);
    world.as_user("stranger");
    assert_eq!(world.run("").stderr, help.stderr);
    world.as_user("admin");
    assert_eq!(world.run("--colour").status, 2);
});

fn work(world: &World) {
    world.sql("INSERT INTO queue_resource (queue_id, resource_id) SELECT queue.id, resource.id FROM queue CROSS JOIN resource");
    world.ok("account permit acme edit-capacity answer-sharing");
    world.ok("capacity set 'Acme Care' 4");
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter");
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
