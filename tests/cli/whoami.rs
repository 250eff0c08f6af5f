//! `whoami`: who acts, with which rights, on which database.

use expect_test::expect;

use crate::town::settle;

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
