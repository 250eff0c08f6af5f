//! Accounts: who acts, in whose name, and with which rights.

use expect_test::expect;

use crate::world::World;

const PASSWORD: &str = "correct horse battery";

both_engines!(one_option_takes_several_values, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("provider create 'Birch Lane'");
    world.ok("category create Meals");
    world.ok("category create Transport");
    world.story(expect![[r#"
        $ caredesk account create eve --name Eve --level provider-portal --resource acme birch --can edit-capacity change-status
        Created account eve: level provider-portal.
        $ caredesk account create ann --name Ann --level provider-portal --resource acme --can edit-capacity
        Created account ann: level provider-portal.
        $ caredesk queue create Meals --status New Visited Done:closed
        Created queue `Meals`: statuses New, Visited, Done.
        $ caredesk contract create acme Meals --start 2026-01-01 --category meals transport
        Created contract CTR-12T84A (Meals): `Acme Care`, from 2026-01-01, for Meals, Transport.
        $ caredesk contract edit meals --category transport meals --stop 2026-12-31
        Changed contract CTR-12T84A (Meals): ends on none → 2026-12-31.
        $ caredesk provider add-resource acme Night --account eve ann --queue meals
        Created resource RES-8RYZHX (Night) of `Acme Care`: queue `Meals`, accounts `ann`, `eve`.
        $ caredesk sharing setup acme --type services clinical --level 1
        Changed sharing of services by `Acme Care`: level 1, by request. Changed sharing of clinical by `Acme Care`: level 1, by request.
        $ caredesk sharing link acme birch --type services clinical
        Linked `Acme Care` to `Birch Lane` for services, by request. Linked `Acme Care` to `Birch Lane` for clinical, by request.
        $ caredesk sharing unlink acme birch --type services clinical
        Unlinked `Acme Care` from `Birch Lane` for services. Unlinked `Acme Care` from `Birch Lane` for clinical.
        $ caredesk account list --columns login,resources
        LOGIN  RESOURCES
        admin
        ann    RES-4DHYWN, RES-8RYZHX
        eve    RES-4DHYWN, RES-8RYZHX, RES-ZCM1TC
    "#]]);
    let eve = world.json("account show eve");
    assert_eq!(eve["permissions"].as_array().map(Vec::len), Some(2));
});

// Rules 2.2, 2.3 and 4.3.
both_engines!(an_account_is_made_and_shown, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.story(expect![[r#"
        $ caredesk account create eve --name 'Eve Oak' --level provider-portal --email eve@acme.example --resource acme --can respond-packages
        Created account eve: level provider-portal.
        $ caredesk account create bob --name 'Bob Elm' --level standard
        Created account bob: level standard.
        $ caredesk account create ann --name 'Ann Ash' --level provider-portal --can answer-sharing -o json
        {
          "login": "ann",
          "name": "Ann Ash",
          "level": "provider-portal",
          "email": null,
          "active": true,
          "has_password": false,
          "first_password_expires_at": null,
          "permissions": [
            "answer-sharing"
          ],
          "resources": [],
          "resource_assigned_emails": true,
          "alerts_off": [],
          "result": "created",
          "changes": []
        }
        2> {"warning":"answer-sharing takes effect once the account has a provider's agency record"}
        $ caredesk account list
        LOGIN  NAME     LEVEL            ACTIVE  RESOURCES
        admin  admin    admin            yes
        ann    Ann Ash  provider-portal  yes
        bob    Bob Elm  standard         yes
        eve    Eve Oak  provider-portal  yes     RES-4DHYWN
        $ caredesk account show EVE -o json
        {
          "login": "eve",
          "name": "Eve Oak",
          "level": "provider-portal",
          "email": "eve@acme.example",
          "active": true,
          "has_password": false,
          "first_password_expires_at": null,
          "permissions": [
            "respond-packages"
          ],
          "resources": [
            "RES-4DHYWN"
          ],
          "resource_assigned_emails": true,
          "alerts_off": []
        }
        $ caredesk account create eve --name Another --level standard
        2> error: there is an account `eve` already
        2> hint: look at it with `caredesk account show eve`
        [exit 4]
        $ caredesk account create eve --name Another --level standard --if-not-exists
        Nothing to change: account eve exists.
        $ caredesk account create sam --name Sam --level standart
        2> error: invalid value 'standart' for '--level <LEVEL>'
        2>   [possible values: trainee, standard, supervisor, admin, provider-portal]
        2>
        2>   tip: a similar value exists: 'standard'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk account create sam --name Sam --level provider-portal --can edit-capasity
        2> error: invalid value 'edit-capasity' for '--can <PERMISSION>...'
        2>   [possible values: edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing]
        2>
        2>   tip: a similar value exists: 'edit-capacity'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk account create sam --name Sam --level standard --can edit-capacity
        2> error: account `sam` is of level standard: only a portal account is given resources and permissions
        2> hint: make the account with `--level provider-portal`
        [exit 4]
        $ caredesk account create sam --name Sam --level standard --resource acme
        2> error: account `sam` is of level standard: only a portal account is given resources and permissions
        2> hint: make the account with `--level provider-portal`
        [exit 4]
        $ caredesk account create sam --name Sam --level provider-portal --resource nobody
        2> error: there is no resource `nobody`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk account show sem
        2> error: there is no account `sem`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account permit bob edit-capacity
        2> error: account `bob` is of level standard: only a portal account is given resources and permissions
        2> hint: make the account with `--level provider-portal`
        [exit 4]
        $ caredesk account permit eve edit-capacity change-status
        Changed account eve: permissions respond-packages → change-status, edit-capacity, respond-packages.
        $ caredesk account permit eve change-status
        Nothing to change: account eve stays as it is.
        $ caredesk account forbid eve change-status
        Changed account eve: permissions change-status, edit-capacity, respond-packages → edit-capacity, respond-packages.
        $ caredesk account add-resource ann 'Acme Care'
        Changed account ann: resources none → RES-4DHYWN.
        $ caredesk account remove-resource ann acme
        Changed account ann: resources RES-4DHYWN → none.
        $ caredesk account disable admin
        2> error: the account that acts cannot disable itself
        2> hint: another admin can do it
        [exit 4]
    "#]]);
});

// Rule 2.2: what a level of staff ends is asked about first.
both_engines!(an_account_is_edited, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("account create eve --name Eve --level provider-portal --email e@x.example --resource acme --can edit-capacity --can change-status");
    world.ok("account create bob --name Bob --level standard");
    world.sql("UPDATE resource SET code = 'RES-00000A'");
    world.story(expect![[r#"
        $ caredesk account edit eve --name 'Eve Oak' --email none
        Changed account eve: name Eve → Eve Oak, email e@x.example → none.
        $ caredesk account edit eve --name 'Eve Oak'
        Nothing to change: account eve stays as it is.
        $ caredesk account edit eve --email nonsense
        2> error: invalid value 'nonsense' for '--email <EMAIL>': `nonsense` is not an e-mail address, such as office@example.org
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk account edit eve --level standart
        2> error: invalid value 'standart' for '--level <LEVEL>'
        2>   [possible values: trainee, standard, supervisor, admin, provider-portal]
        2>
        2>   tip: a similar value exists: 'standard'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk account edit nobody --level standard
        2> error: there is no account `nobody`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account edit eve --level standard
        2> error: this must be confirmed: Are you sure you want to change account eve to the level standard? Affected: 1 resource (RES-00000A); 1 resource without another account (RES-00000A); 2 permissions (change-status, edit-capacity).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk account edit eve --level standard --dry-run
        dry run: Changed account eve: level provider-portal → standard, permissions change-status, edit-capacity → none, resources RES-00000A → none, resource assigned emails yes → none. Affected: 1 resource (RES-00000A); 1 resource without another account (RES-00000A); 2 permissions (change-status, edit-capacity).
        $ caredesk account edit eve --level standard --yes
        Changed account eve: level provider-portal → standard, permissions change-status, edit-capacity → none, resources RES-00000A → none, resource assigned emails yes → none. Affected: 1 resource (RES-00000A); 1 resource without another account (RES-00000A); 2 permissions (change-status, edit-capacity).
        $ caredesk account show eve -o json
        {
          "login": "eve",
          "name": "Eve Oak",
          "level": "standard",
          "email": null,
          "active": true,
          "has_password": false,
          "first_password_expires_at": null,
          "permissions": [],
          "resources": [],
          "resource_assigned_emails": null,
          "alerts_off": []
        }
        $ caredesk audit list --limit 1 -o jsonl --columns action,on,before,after
        {"action":"account.edit","on":"eve","before":{"login":"eve","name":"Eve Oak","level":"provider-portal","email":null,"active":true,"has_password":false,"first_password_expires_at":null,"permissions":["change-status","edit-capacity"],"resources":["RES-00000A"],"resource_assigned_emails":true,"alerts_off":[]},"after":{"login":"eve","name":"Eve Oak","level":"standard","email":null,"active":true,"has_password":false,"first_password_expires_at":null,"permissions":[],"resources":[],"resource_assigned_emails":null,"alerts_off":[]}}
        $ caredesk account add-resource eve acme
        2> error: account `eve` is of level standard: only a portal account is given resources and permissions
        2> hint: make the account with `--level provider-portal`
        [exit 4]
        $ caredesk account edit bob --level provider-portal -o json --yes
        {
          "login": "bob",
          "name": "Bob",
          "level": "provider-portal",
          "email": null,
          "active": true,
          "has_password": false,
          "first_password_expires_at": null,
          "permissions": [],
          "resources": [],
          "resource_assigned_emails": true,
          "alerts_off": [],
          "result": "updated",
          "changes": [
            {
              "field": "level",
              "from": "standard",
              "to": "provider-portal"
            },
            {
              "field": "resource_assigned_emails",
              "from": null,
              "to": true
            }
          ],
          "gains": [],
          "losses": [],
          "stops": [
            {
              "sort": "rights",
              "number": 8,
              "codes": [
                "change clients",
                "change contacts",
                "change referrals",
                "change visits",
                "change packages",
                "change capacity",
                "change records",
                "read the alerts"
              ]
            }
          ]
        }
        $ caredesk account add-resource bob acme
        Changed account bob: resources none → RES-00000A.
        $ caredesk account edit admin --level supervisor --yes
        2> error: `admin` is the last active admin
        2> hint: make another first: `caredesk account edit LOGIN --level admin`
        [exit 4]
        $ caredesk account edit admin --name Chief
        Changed account admin: name admin → Chief.
        $ caredesk account edit bob --level admin --yes
        Changed account bob: level provider-portal → admin, resources RES-00000A → none, resource assigned emails yes → none. Affected: 1 resource (RES-00000A); 1 resource without another account (RES-00000A).
        $ caredesk account edit admin --level supervisor --yes
        Changed account admin: level admin → supervisor. Affected: 5 rights (erase clients, change providers, change accounts, look after the database, send alerts).
        $ caredesk account edit bob --level standard --yes
        2> error: an account of level `supervisor` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    world.as_user("bob");
    world.story(expect![[r#"
        $ caredesk account disable bob
        2> error: the account that acts cannot disable itself
        2> hint: another admin can do it
        [exit 4]
        $ caredesk account edit bob --level standard --yes
        2> error: `bob` is the last active admin
        2> hint: make another first: `caredesk account edit LOGIN --level admin`
        [exit 4]
        $ caredesk account enable admin
        Nothing to change: account admin stays as it is.
    "#]]);
});

both_engines!(an_inactive_resource_is_given_to_nobody, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("account create ann --name Ann --level provider-portal --resource acme");
    world.ok("account create eve --name Eve --level provider-portal");
    world.sql("UPDATE resource SET state = 'inactive', code = 'RES-00000A'");
    world.story(expect![[r#"
        $ caredesk account add-resource eve acme
        2> error: resource `RES-00000A` is inactive
        2> hint: make it active first: `caredesk resource edit RES-00000A --state active`
        [exit 4]
        $ caredesk account create sam --name Sam --level provider-portal --resource acme
        2> error: resource `RES-00000A` is inactive
        2> hint: make it active first: `caredesk resource edit RES-00000A --state active`
        [exit 4]
        $ caredesk account add-resource ann acme
        Nothing to change: account ann stays as it is.
        $ caredesk account remove-resource ann acme
        Changed account ann: resources RES-00000A → none.
    "#]]);
});

// Rule 2.9.
both_engines!(alerts_are_switched_by_an_admin_and_by_oneself, |world| {
    world.ok("init");
    world.ok("account create eve --name Eve --level provider-portal");
    world.ok("account create ann --name Ann --level provider-portal");
    world.ok("account create bob --name Bob --level standard");
    world.story(expect![[r#"
        $ caredesk account alerts eve off
        Changed account eve: resource assigned emails yes → no, alerts off none → offered, recalled, calls-changed, assigned, reassigned, status, request, answer, ending.
        $ caredesk account alerts eve off
        Nothing to change: account eve stays as it is.
        $ caredesk account show eve
        login                     eve
        name                      Eve
        level                     provider-portal
        active                    yes
        has password              no
        resource assigned emails  no
        alerts off                offered, recalled, calls-changed, assigned, reassigned, status, request, answer, ending
        $ caredesk account list --columns login,resource_assigned_emails
        LOGIN  RESOURCE ASSIGNED EMAILS
        admin
        ann    yes
        bob
        eve    no
        $ caredesk account alerts bob off
        Changed account bob: alerts off none → handed-back, accepted, rejected, lapsed, status, answer, ending.
        $ caredesk account alerts eve maybe
        2> error: invalid value 'maybe' for '<on|off>'
        2>   [possible values: on, off]
        2>
        2> For more information, try '--help'.
        [exit 2]
        # as eve
        $ caredesk account alerts eve on -o json
        {
          "login": "eve",
          "name": "Eve",
          "level": "provider-portal",
          "email": null,
          "active": true,
          "has_password": false,
          "first_password_expires_at": null,
          "permissions": [],
          "resources": [],
          "resource_assigned_emails": true,
          "alerts_off": [],
          "result": "updated",
          "changes": [
            {
              "field": "resource_assigned_emails",
              "from": false,
              "to": true
            },
            {
              "field": "alerts_off",
              "from": [
                "offered",
                "recalled",
                "calls-changed",
                "assigned",
                "reassigned",
                "status",
                "request",
                "answer",
                "ending"
              ],
              "to": []
            }
          ]
        }
        $ caredesk account alerts ann off
        2> error: there is no account `ann`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account alerts bob off
        2> error: there is no account `bob`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account alerts nobody off
        2> error: there is no account `nobody`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account edit eve --name Evelyn
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk account edit eve --email e@x.example
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk account edit ann --name Anna
        2> error: there is no account `ann`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account permit eve edit-capacity
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk account list --columns login,resource_assigned_emails
        LOGIN  RESOURCE ASSIGNED EMAILS
        eve    yes
        # as bob
        $ caredesk account alerts eve off
        2> error: an account of level `standard` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk account alerts bob off
        Nothing to change: account bob stays as it is.
    "#]]);
});

// Rule 2.1.
both_engines!(only_an_admin_changes_accounts, |world| {
    world.ok("init");
    world.ok("account create sue --name Sue --level supervisor");
    world.ok("account create eve --name Eve --level provider-portal");
    world.write("new.txt", "a password of mine\n");
    world.as_user("sue");
    for line in [
        "account create x --name X --level admin",
        "account set-password admin --password-file new.txt",
        "account permit eve edit-capacity",
        "account disable eve --yes",
    ] {
        assert_eq!(world.run(line).status, 6, "{line}");
    }
    world.ok("account set-password sue --password-file new.txt");
    world.as_user("eve");
    world.story(expect![[r#"
        $ caredesk account list
        LOGIN  NAME  LEVEL            ACTIVE  RESOURCES
        eve    Eve   provider-portal  yes
        $ caredesk account show sue
        2> error: there is no account `sue`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account show nobody
        2> error: there is no account `nobody`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account set-password sue --password-file new.txt
        2> error: there is no account `sue`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account disable sue
        2> error: there is no account `sue`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account set-password eve --password-file new.txt
        Changed account eve: new password.
    "#]]);
});

// Rule 2.10.
both_engines!(acting_as_another_takes_its_password, |world| {
    world.ok("init");
    world.write("right.txt", format!("{PASSWORD}\n"));
    world.write("short.txt", "short\n");
    world.ok("account create bob --name Bob --level standard --password-file right.txt");
    world.ok("account create ann --name Ann --level trainee");
    world.ok("account create old --name Old --level standard --password-file right.txt");
    world.ok("account disable old --yes");
    assert_eq!(who(world, "whoami --as bob"), ("bob".to_owned(), Some("admin".to_owned())));
    assert_eq!(world.run("whoami --as old").status, 6);
    assert_eq!(world.run("account set-password bob --password-file short.txt").status, 5);
    assert_eq!(world.run("account set-password bob").status, 2);
    world.as_user("ann");
    assert_eq!(who(world, "whoami --as ann --no-input").0, "ann", "ann needs no password");
    assert_eq!(world.run("whoami --as bob").status, 2);
    world.set("CAREDESK_PASSWORD_FILE", "right.txt");
    assert_eq!(who(world, "whoami --as bob"), ("bob".to_owned(), Some("ann".to_owned())));
    world.ok("client create --given Ada --family Brook --as bob");
    let of = |login: &str| {
        let answer = world.run(&format!("whoami --as {login}"));
        (answer.status, answer.stdout, answer.stderr.replace(login, "LOGIN"))
    };
    // No password, an account that acts no more, and no account at all read the same.
    assert_eq!(of("old"), of("nobody"));
    assert_eq!(of("admin"), of("nobody"));
    world.write("right.txt", "wrong horse battery\n");
    assert_eq!(of("bob"), of("nobody"));
    assert_eq!(of("bob").0, 6);
    world.as_user("admin");
    world.story(expect![[r#"
        $ caredesk whoami --as nobody
        2> error: there is no active account `nobody` in this database
        2> hint: an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password
        [exit 6]
        $ caredesk audit list --limit 1 --columns by,acted_by,action
        BY   ACTED BY  ACTION
        bob  ann       client.create
    "#]]);
});

both_engines!(a_password_is_never_told, |world| {
    world.ok("init");
    world.write("right.txt", format!("{PASSWORD}\n"));
    world.ok("account create bob --name Bob --level standard --password-file right.txt");
    world.ok("account set-password bob --password-file right.txt");
    for line in ["account show bob -o json", "account list -o json", "audit list -o json"] {
        let told = world.ok(line);
        assert!(!told.contains("argon2") && !told.contains(PASSWORD), "{line}");
    }
    let stored = world.sql("SELECT password_hash FROM account WHERE login = 'bob'");
    assert!(stored[0][0].as_ref().unwrap().starts_with("$argon2id$"));
});

/// Who acts, and the login of who acts as that.
fn who(world: &World, line: &str) -> (String, Option<String>) {
    let me = world.json(line);
    (me["login"].as_str().unwrap().to_owned(), me["acted_by"].as_str().map(str::to_owned))
}
