//! `account import`: what every row would do, what it does, and what a second time changes.

use std::fmt::Write as _;

use expect_test::expect;

use crate::town::sound;
use crate::world::{Engine, World};

/// Two providers, one with a program that was closed, and accounts of several levels.
fn hub(world: &World) {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("provider create 'Birch House'");
    world.ok("account create sue --name 'Sue Fern' --level supervisor");
    world.ok("account create eve --name 'Eve Oak' --level provider-portal --email eve@acme.example --resource acme --can edit-capacity");
    let codes = ["Acme Care", "Birch House"]
        .map(|name| format!("UPDATE resource SET code = 'RES-00000{}' WHERE name = '{name}';", &name[..1]));
    world.sql(&codes.concat());
}

const MIXED: &str = "\
login,name,email,level,permissions,resources,active,resource_assigned_emails
ada,Ada Moss,ada@acme.example,provider-portal,edit-capacity; change-status,acme care;RES-00000B,yes,off
bob,Bob Elm,,standard,,,,
eve,Eve Oak,eve@acme.example,Provider Portal,edit-capacity,RES-00000A,true,
SUE,Sue Fern-Hill,sue@hub.example,supervisor,,,,
";

both_engines!(a_table_of_accounts_is_judged_and_then_taken, |world| {
    hub(world);
    world.write("accounts.csv", MIXED);
    world.story(expect![[r#"
        $ caredesk account import accounts.csv --dry-run
        dry run: Accounts: 4 read, 2 created, 1 updated, 1 unchanged, 0 rejected.
        Would change account sue (Sue Fern-Hill): name Sue Fern → Sue Fern-Hill, email none → sue@hub.example
        $ caredesk account import accounts.csv --dry-run -o jsonl
        {"file":"accounts.csv","row":2,"place":null,"outcome":"created","account":"ada","account_name":"Ada Moss","changes":[],"reason":null}
        {"file":"accounts.csv","row":3,"place":null,"outcome":"created","account":"bob","account_name":"Bob Elm","changes":[],"reason":null}
        {"file":"accounts.csv","row":4,"place":null,"outcome":"unchanged","account":"eve","account_name":"Eve Oak","changes":[],"reason":null}
        {"file":"accounts.csv","row":5,"place":null,"outcome":"updated","account":"sue","account_name":"Sue Fern-Hill","changes":[{"field":"name","from":"Sue Fern","to":"Sue Fern-Hill"},{"field":"email","from":null,"to":"sue@hub.example"}],"reason":null}
        {"read":4,"created":2,"updated":1,"unchanged":1,"rejected":0,"cleared":{},"not_kept":{},"changes":[{"subject":"sue","field":"name","from":"Sue Fern","to":"Sue Fern-Hill"},{"subject":"sue","field":"email","from":null,"to":"sue@hub.example"}],"more_changes":0,"gains":[],"losses":[],"import":null,"dry_run":true}
        $ caredesk account import accounts.csv --dry-run -o csv --exit-code
        read,created,updated,unchanged,rejected,cleared,not_kept,changes,more_changes,gains,losses,import,dry_run
        4,2,1,1,0,{},{},"[{""subject"":""sue"",""field"":""name"",""from"":""Sue Fern"",""to"":""Sue Fern-Hill""},{""subject"":""sue"",""field"":""email"",""from"":null,""to"":""sue@hub.example""}]",0,[],[],,true
        [exit 11]
        $ caredesk account list --columns login,name
        LOGIN  NAME
        admin  admin
        eve    Eve Oak
        sue    Sue Fern
        $ caredesk account import accounts.csv
        Accounts: 4 read, 2 created, 1 updated, 1 unchanged, 0 rejected.
        Import IMP-JTMASJ: `caredesk import undo IMP-JTMASJ` takes it back.
        $ caredesk account import accounts.csv
        Accounts: 4 read, 0 created, 0 updated, 4 unchanged, 0 rejected.
        $ caredesk account import accounts.csv -o json
        {
          "read": 4,
          "created": 0,
          "updated": 0,
          "unchanged": 4,
          "rejected": 0,
          "cleared": {},
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": null
        }
        $ caredesk account show ada -o json
        {
          "login": "ada",
          "name": "Ada Moss",
          "level": "provider-portal",
          "email": "ada@acme.example",
          "active": true,
          "has_password": false,
          "first_password_expires_at": null,
          "permissions": [
            "change-status",
            "edit-capacity"
          ],
          "resources": [
            "RES-00000A",
            "RES-00000B"
          ],
          "resource_assigned_emails": false,
          "alerts_off": [
            "offered",
            "recalled",
            "calls-changed",
            "assigned",
            "reassigned",
            "status",
            "request",
            "answer",
            "ending"
          ]
        }
        $ caredesk account list
        LOGIN  NAME           LEVEL            ACTIVE  RESOURCES
        ada    Ada Moss       provider-portal  yes     RES-00000A, RES-00000B
        admin  admin          admin            yes
        bob    Bob Elm        standard         yes
        eve    Eve Oak        provider-portal  yes     RES-00000A
        sue    Sue Fern-Hill  supervisor       yes
        $ caredesk audit list --columns action,on --limit 4
        ACTION          ON
        account.import  sue
        account.import  bob
        account.import  ada
        account.create  eve
    "#]]);
    // What a list writes can be read again, and changes nothing.
    for format in ["csv", "tsv", "json", "jsonl"] {
        let list = world.ok(&format!("account list -o {format}"));
        world.write("again", list);
        let counts = world.json("account import again");
        assert_eq!((&counts["read"], &counts["unchanged"]), (&5.into(), &5.into()), "{format}");
    }
});

both_engines!(rows_that_cannot_be_say_why, |world| {
    hub(world);
    world.sql("UPDATE resource SET state = 'inactive' WHERE code = 'RES-00000B'");
    world.write(
        "bad.csv",
        "login,name,email,level,permissions,resources,active,resource_assigned_emails\n\
         ann,Ann Ash,,provider-portal,,,\n\
         ,Nobody,,standard,,,,\n\
         a b,Spaces,,standard,,,,\n\
         cid,,,standard,,,,\n\
         dan,Dan Dale,,,,,,\n\
         eli,Eli Elm,eli@,standard,,,,\n\
         fay,Fay Fern,,standart,,,,\n\
         gus,Gus Grove,,provider-portal,edit-capasity,,,\n\
         hal,Hal Hazel,,provider-portal,fly,,,\n\
         ivy,Ivy Ivory,,provider-portal,,nobody,,\n\
         jon,Jon Jay,,provider-portal,,care,,\n\
         kim,Kim Kelp,,provider-portal,,RES-00000B,,\n\
         lea,Lea Lind,,standard,,acme care,,\n\
         max,Max Moss,,standard,change-status,,,\n\
         nat,Nat Nettle,,standard,,,,off\n\
         ok,Olga Kay,,standard,,,,\n\
         OK,Olga Kay,,standard,,,,\n\
         pia,Pia Pine,,standard,,,perhaps,\n\
         eve,,,standard,,,,\n\
         admin,,,trainee,,,,\n\
         admin2,A\u{1b}[31mB,,admin,,,,\n",
    );
    for letter in ["C", "D"] {
        world.ok(&format!("provider create {letter}"));
        world.sql(&format!(
            "UPDATE resource SET code = 'RES-00000{letter}', name = 'Care', name_key = 'care' WHERE name = '{letter}'"
        ));
    }
    world.story(expect![[r#"
        $ caredesk account import bad.csv
        2> rejected: bad.csv line 2: has 7 cells where the header has 8
        2> rejected: bad.csv line 3: has no login
        2> rejected: bad.csv line 4: a login has no spaces
        2> rejected: bad.csv line 5: is a new account and has no name
        2> rejected: bad.csv line 6: is a new account and has no level
        2> rejected: bad.csv line 7: `eli@` is not an e-mail address, such as office@example.org
        2> rejected: bad.csv line 8: `standart` is not a level; did you mean `standard`?
        2> rejected: bad.csv line 9: `edit-capasity` is not a permission; did you mean `edit-capacity`?
        2> rejected: bad.csv line 10: `fly` is not a permission: those are edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing
        2> rejected: bad.csv line 11: there is no resource `nobody`
        2> rejected: bad.csv line 12: `care` could mean more than one resource; say which: RES-00000C (Care), RES-00000D (Care)
        2> rejected: bad.csv line 13: resource RES-00000B is inactive
        2> rejected: bad.csv line 14: is of level standard: only a portal account is given resources and permissions
        2> rejected: bad.csv line 15: is of level standard: only a portal account is given resources and permissions
        2> rejected: bad.csv line 16: is of level standard: only a portal account is alerted of assignments
        2> rejected: bad.csv line 18: the login `OK` was already used on line 17
        2> rejected: bad.csv line 19: column `active`: `perhaps` is neither yes nor no
        2> rejected: bad.csv line 20: the level standard would end 1 resource (RES-00000A); 1 permission (edit-capacity): say `--yes` if that is meant
        2> rejected: bad.csv line 21: `admin` is the last active admin
        2> rejected: bad.csv line 22: column `name` holds the control character U+001B
        2> error: 20 of 21 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk account list -q
        admin
        eve
        sue
        $ caredesk account import bad.csv --dry-run -o jsonl
        {"file":"bad.csv","row":2,"place":null,"outcome":"rejected","account":"ann","account_name":null,"changes":[],"reason":"has 7 cells where the header has 8"}
        {"file":"bad.csv","row":3,"place":null,"outcome":"rejected","account":null,"account_name":null,"changes":[],"reason":"has no login"}
        {"file":"bad.csv","row":4,"place":null,"outcome":"rejected","account":"a b","account_name":null,"changes":[],"reason":"a login has no spaces"}
        {"file":"bad.csv","row":5,"place":null,"outcome":"rejected","account":"cid","account_name":null,"changes":[],"reason":"is a new account and has no name"}
        {"file":"bad.csv","row":6,"place":null,"outcome":"rejected","account":"dan","account_name":null,"changes":[],"reason":"is a new account and has no level"}
        {"file":"bad.csv","row":7,"place":null,"outcome":"rejected","account":"eli","account_name":null,"changes":[],"reason":"`eli@` is not an e-mail address, such as office@example.org"}
        {"file":"bad.csv","row":8,"place":null,"outcome":"rejected","account":"fay","account_name":null,"changes":[],"reason":"`standart` is not a level; did you mean `standard`?"}
        {"file":"bad.csv","row":9,"place":null,"outcome":"rejected","account":"gus","account_name":null,"changes":[],"reason":"`edit-capasity` is not a permission; did you mean `edit-capacity`?"}
        {"file":"bad.csv","row":10,"place":null,"outcome":"rejected","account":"hal","account_name":null,"changes":[],"reason":"`fly` is not a permission: those are edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing"}
        {"file":"bad.csv","row":11,"place":null,"outcome":"rejected","account":"ivy","account_name":null,"changes":[],"reason":"there is no resource `nobody`"}
        {"file":"bad.csv","row":12,"place":null,"outcome":"rejected","account":"jon","account_name":null,"changes":[],"reason":"`care` could mean more than one resource; say which: RES-00000C (Care), RES-00000D (Care)"}
        {"file":"bad.csv","row":13,"place":null,"outcome":"rejected","account":"kim","account_name":null,"changes":[],"reason":"resource RES-00000B is inactive"}
        {"file":"bad.csv","row":14,"place":null,"outcome":"rejected","account":"lea","account_name":null,"changes":[],"reason":"is of level standard: only a portal account is given resources and permissions"}
        {"file":"bad.csv","row":15,"place":null,"outcome":"rejected","account":"max","account_name":null,"changes":[],"reason":"is of level standard: only a portal account is given resources and permissions"}
        {"file":"bad.csv","row":16,"place":null,"outcome":"rejected","account":"nat","account_name":null,"changes":[],"reason":"is of level standard: only a portal account is alerted of assignments"}
        {"file":"bad.csv","row":17,"place":null,"outcome":"created","account":"ok","account_name":"Olga Kay","changes":[],"reason":null}
        {"file":"bad.csv","row":18,"place":null,"outcome":"rejected","account":"OK","account_name":null,"changes":[],"reason":"the login `OK` was already used on line 17"}
        {"file":"bad.csv","row":19,"place":null,"outcome":"rejected","account":"pia","account_name":null,"changes":[],"reason":"column `active`: `perhaps` is neither yes nor no"}
        {"file":"bad.csv","row":20,"place":null,"outcome":"rejected","account":"eve","account_name":null,"changes":[],"reason":"the level standard would end 1 resource (RES-00000A); 1 permission (edit-capacity): say `--yes` if that is meant"}
        {"file":"bad.csv","row":21,"place":null,"outcome":"rejected","account":"admin","account_name":null,"changes":[],"reason":"`admin` is the last active admin"}
        {"file":"bad.csv","row":22,"place":null,"outcome":"rejected","account":"admin2","account_name":null,"changes":[],"reason":"column `name` holds the control character U+001B"}
        2> {"rejected":{"at":"bad.csv line 2","reason":"has 7 cells where the header has 8"}}
        2> {"rejected":{"at":"bad.csv line 3","reason":"has no login"}}
        2> {"rejected":{"at":"bad.csv line 4","reason":"a login has no spaces"}}
        2> {"rejected":{"at":"bad.csv line 5","reason":"is a new account and has no name"}}
        2> {"rejected":{"at":"bad.csv line 6","reason":"is a new account and has no level"}}
        2> {"rejected":{"at":"bad.csv line 7","reason":"`eli@` is not an e-mail address, such as office@example.org"}}
        2> {"rejected":{"at":"bad.csv line 8","reason":"`standart` is not a level; did you mean `standard`?"}}
        2> {"rejected":{"at":"bad.csv line 9","reason":"`edit-capasity` is not a permission; did you mean `edit-capacity`?"}}
        2> {"rejected":{"at":"bad.csv line 10","reason":"`fly` is not a permission: those are edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing"}}
        2> {"rejected":{"at":"bad.csv line 11","reason":"there is no resource `nobody`"}}
        2> {"rejected":{"at":"bad.csv line 12","reason":"`care` could mean more than one resource; say which: RES-00000C (Care), RES-00000D (Care)"}}
        2> {"rejected":{"at":"bad.csv line 13","reason":"resource RES-00000B is inactive"}}
        2> {"rejected":{"at":"bad.csv line 14","reason":"is of level standard: only a portal account is given resources and permissions"}}
        2> {"rejected":{"at":"bad.csv line 15","reason":"is of level standard: only a portal account is given resources and permissions"}}
        2> {"rejected":{"at":"bad.csv line 16","reason":"is of level standard: only a portal account is alerted of assignments"}}
        2> {"rejected":{"at":"bad.csv line 18","reason":"the login `OK` was already used on line 17"}}
        2> {"rejected":{"at":"bad.csv line 19","reason":"column `active`: `perhaps` is neither yes nor no"}}
        2> {"rejected":{"at":"bad.csv line 20","reason":"the level standard would end 1 resource (RES-00000A); 1 permission (edit-capacity): say `--yes` if that is meant"}}
        2> {"rejected":{"at":"bad.csv line 21","reason":"`admin` is the last active admin"}}
        2> {"rejected":{"at":"bad.csv line 22","reason":"column `name` holds the control character U+001B"}}
        2> {"error":{"kind":"invalid","code":"import.rejected","message":"20 of 21 rows were rejected, so nothing was written","hint":"correct the rows, or import the good ones with `--keep-going`","details":{"read":21,"rejected":20}}}
        [exit 5]
        $ caredesk account import bad.csv --keep-going --rejects rejects.csv -o json
        {
          "read": 21,
          "created": 1,
          "updated": 0,
          "unchanged": 0,
          "rejected": 20,
          "cleared": {},
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": "IMP-8RYZHX"
        }
        2> {"rejected":{"at":"bad.csv line 2","reason":"has 7 cells where the header has 8"}}
        2> {"rejected":{"at":"bad.csv line 3","reason":"has no login"}}
        2> {"rejected":{"at":"bad.csv line 4","reason":"a login has no spaces"}}
        2> {"rejected":{"at":"bad.csv line 5","reason":"is a new account and has no name"}}
        2> {"rejected":{"at":"bad.csv line 6","reason":"is a new account and has no level"}}
        2> {"rejected":{"at":"bad.csv line 7","reason":"`eli@` is not an e-mail address, such as office@example.org"}}
        2> {"rejected":{"at":"bad.csv line 8","reason":"`standart` is not a level; did you mean `standard`?"}}
        2> {"rejected":{"at":"bad.csv line 9","reason":"`edit-capasity` is not a permission; did you mean `edit-capacity`?"}}
        2> {"rejected":{"at":"bad.csv line 10","reason":"`fly` is not a permission: those are edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing"}}
        2> {"rejected":{"at":"bad.csv line 11","reason":"there is no resource `nobody`"}}
        2> {"rejected":{"at":"bad.csv line 12","reason":"`care` could mean more than one resource; say which: RES-00000C (Care), RES-00000D (Care)"}}
        2> {"rejected":{"at":"bad.csv line 13","reason":"resource RES-00000B is inactive"}}
        2> {"rejected":{"at":"bad.csv line 14","reason":"is of level standard: only a portal account is given resources and permissions"}}
        2> {"rejected":{"at":"bad.csv line 15","reason":"is of level standard: only a portal account is given resources and permissions"}}
        2> {"rejected":{"at":"bad.csv line 16","reason":"is of level standard: only a portal account is alerted of assignments"}}
        2> {"rejected":{"at":"bad.csv line 18","reason":"the login `OK` was already used on line 17"}}
        2> {"rejected":{"at":"bad.csv line 19","reason":"column `active`: `perhaps` is neither yes nor no"}}
        2> {"rejected":{"at":"bad.csv line 20","reason":"the level standard would end 1 resource (RES-00000A); 1 permission (edit-capacity): say `--yes` if that is meant"}}
        2> {"rejected":{"at":"bad.csv line 21","reason":"`admin` is the last active admin"}}
        2> {"rejected":{"at":"bad.csv line 22","reason":"column `name` holds the control character U+001B"}}
        2> {"note":"20 rejected rows are in `rejects.csv`"}
        2> {"error":{"kind":"partial","code":"import.partial","message":"20 of 21 rows were rejected; the others were imported","hint":"correct those rows and import the file again: rows that are already imported stay as they are","details":{"read":21,"created":1,"updated":0,"unchanged":0,"rejected":20}}}
        [exit 9]
        $ caredesk account import bad.csv --dry-run --yes --keep-going -o jsonl
        {"file":"bad.csv","row":2,"place":null,"outcome":"rejected","account":"ann","account_name":null,"changes":[],"reason":"has 7 cells where the header has 8"}
        {"file":"bad.csv","row":3,"place":null,"outcome":"rejected","account":null,"account_name":null,"changes":[],"reason":"has no login"}
        {"file":"bad.csv","row":4,"place":null,"outcome":"rejected","account":"a b","account_name":null,"changes":[],"reason":"a login has no spaces"}
        {"file":"bad.csv","row":5,"place":null,"outcome":"rejected","account":"cid","account_name":null,"changes":[],"reason":"is a new account and has no name"}
        {"file":"bad.csv","row":6,"place":null,"outcome":"rejected","account":"dan","account_name":null,"changes":[],"reason":"is a new account and has no level"}
        {"file":"bad.csv","row":7,"place":null,"outcome":"rejected","account":"eli","account_name":null,"changes":[],"reason":"`eli@` is not an e-mail address, such as office@example.org"}
        {"file":"bad.csv","row":8,"place":null,"outcome":"rejected","account":"fay","account_name":null,"changes":[],"reason":"`standart` is not a level; did you mean `standard`?"}
        {"file":"bad.csv","row":9,"place":null,"outcome":"rejected","account":"gus","account_name":null,"changes":[],"reason":"`edit-capasity` is not a permission; did you mean `edit-capacity`?"}
        {"file":"bad.csv","row":10,"place":null,"outcome":"rejected","account":"hal","account_name":null,"changes":[],"reason":"`fly` is not a permission: those are edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing"}
        {"file":"bad.csv","row":11,"place":null,"outcome":"rejected","account":"ivy","account_name":null,"changes":[],"reason":"there is no resource `nobody`"}
        {"file":"bad.csv","row":12,"place":null,"outcome":"rejected","account":"jon","account_name":null,"changes":[],"reason":"`care` could mean more than one resource; say which: RES-00000C (Care), RES-00000D (Care)"}
        {"file":"bad.csv","row":13,"place":null,"outcome":"rejected","account":"kim","account_name":null,"changes":[],"reason":"resource RES-00000B is inactive"}
        {"file":"bad.csv","row":14,"place":null,"outcome":"rejected","account":"lea","account_name":null,"changes":[],"reason":"is of level standard: only a portal account is given resources and permissions"}
        {"file":"bad.csv","row":15,"place":null,"outcome":"rejected","account":"max","account_name":null,"changes":[],"reason":"is of level standard: only a portal account is given resources and permissions"}
        {"file":"bad.csv","row":16,"place":null,"outcome":"rejected","account":"nat","account_name":null,"changes":[],"reason":"is of level standard: only a portal account is alerted of assignments"}
        {"file":"bad.csv","row":17,"place":null,"outcome":"unchanged","account":"ok","account_name":"Olga Kay","changes":[],"reason":null}
        {"file":"bad.csv","row":18,"place":null,"outcome":"rejected","account":"OK","account_name":null,"changes":[],"reason":"the login `OK` was already used on line 17"}
        {"file":"bad.csv","row":19,"place":null,"outcome":"rejected","account":"pia","account_name":null,"changes":[],"reason":"column `active`: `perhaps` is neither yes nor no"}
        {"file":"bad.csv","row":20,"place":null,"outcome":"updated","account":"eve","account_name":"Eve Oak","changes":[{"field":"level","from":"provider-portal","to":"standard"},{"field":"email","from":"eve@acme.example","to":null},{"field":"permissions","from":["edit-capacity"],"to":[]},{"field":"resources","from":["RES-00000A"],"to":[]},{"field":"resource_assigned_emails","from":true,"to":null}],"reason":null}
        {"file":"bad.csv","row":21,"place":null,"outcome":"rejected","account":"admin","account_name":null,"changes":[],"reason":"`admin` is the last active admin"}
        {"file":"bad.csv","row":22,"place":null,"outcome":"rejected","account":"admin2","account_name":null,"changes":[],"reason":"column `name` holds the control character U+001B"}
        {"read":21,"created":0,"updated":1,"unchanged":1,"rejected":19,"cleared":{"email":1,"permissions":1,"resource_assigned_emails":1,"resources":1},"not_kept":{},"changes":[{"subject":"eve","field":"level","from":"provider-portal","to":"standard"},{"subject":"eve","field":"email","from":"eve@acme.example","to":null},{"subject":"eve","field":"permissions","from":["edit-capacity"],"to":[]},{"subject":"eve","field":"resources","from":["RES-00000A"],"to":[]},{"subject":"eve","field":"resource_assigned_emails","from":true,"to":null}],"more_changes":0,"gains":[],"losses":[],"import":null,"dry_run":true}
        2> {"rejected":{"at":"bad.csv line 2","reason":"has 7 cells where the header has 8"}}
        2> {"rejected":{"at":"bad.csv line 3","reason":"has no login"}}
        2> {"rejected":{"at":"bad.csv line 4","reason":"a login has no spaces"}}
        2> {"rejected":{"at":"bad.csv line 5","reason":"is a new account and has no name"}}
        2> {"rejected":{"at":"bad.csv line 6","reason":"is a new account and has no level"}}
        2> {"rejected":{"at":"bad.csv line 7","reason":"`eli@` is not an e-mail address, such as office@example.org"}}
        2> {"rejected":{"at":"bad.csv line 8","reason":"`standart` is not a level; did you mean `standard`?"}}
        2> {"rejected":{"at":"bad.csv line 9","reason":"`edit-capasity` is not a permission; did you mean `edit-capacity`?"}}
        2> {"rejected":{"at":"bad.csv line 10","reason":"`fly` is not a permission: those are edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing"}}
        2> {"rejected":{"at":"bad.csv line 11","reason":"there is no resource `nobody`"}}
        2> {"rejected":{"at":"bad.csv line 12","reason":"`care` could mean more than one resource; say which: RES-00000C (Care), RES-00000D (Care)"}}
        2> {"rejected":{"at":"bad.csv line 13","reason":"resource RES-00000B is inactive"}}
        2> {"rejected":{"at":"bad.csv line 14","reason":"is of level standard: only a portal account is given resources and permissions"}}
        2> {"rejected":{"at":"bad.csv line 15","reason":"is of level standard: only a portal account is given resources and permissions"}}
        2> {"rejected":{"at":"bad.csv line 16","reason":"is of level standard: only a portal account is alerted of assignments"}}
        2> {"rejected":{"at":"bad.csv line 18","reason":"the login `OK` was already used on line 17"}}
        2> {"rejected":{"at":"bad.csv line 19","reason":"column `active`: `perhaps` is neither yes nor no"}}
        2> {"rejected":{"at":"bad.csv line 21","reason":"`admin` is the last active admin"}}
        2> {"rejected":{"at":"bad.csv line 22","reason":"column `name` holds the control character U+001B"}}
        2> {"error":{"kind":"partial","code":"import.partial","message":"19 of 21 rows were rejected; the others were imported","hint":"correct those rows and import the file again: rows that are already imported stay as they are","details":{"read":21,"created":0,"updated":1,"unchanged":1,"rejected":19}}}
        [exit 9]
        $ caredesk account list -q
        admin
        eve
        ok
        sue
    "#]]);
    let kept = world.read("rejects.csv");
    assert!(kept.contains("eli,Eli Elm,eli@,standard,,,,,\"bad.csv line 7: "), "{kept}");
    let again = world.run("account import rejects.csv --dry-run --keep-going");
    assert_eq!(again.status, 9, "the reasons of the last time are passed over: {}", again.stderr);
});

both_engines!(a_file_that_is_none_is_refused_whole, |world| {
    hub(world);
    for (name, text) in [
        ("unknown.csv", "login,name,level,emial\nbob,Bob,standard,x\n"),
        ("password.csv", "login,name,level,Password\nbob,Bob,standard,secret words\n"),
        ("nologin.csv", "user,name,level\nbob,Bob,standard\n"),
        ("twins.csv", "login,name,name\nbob,Bob,Bob\n"),
        ("empty.csv", ""),
        ("broken.json", "[{\"login\": \"bob\", \"name\": \"Bob\", \"level\": \"standard\"}, {\"login\""),
        ("unknown.json", "[{\"login\": \"bob\", \"nmae\": \"Bob\"}]"),
        ("password.jsonl", "{\"login\": \"bob\", \"password\": \"secret words\"}\n"),
    ] {
        world.write(name, text);
    }
    world.story(expect![[r#"
        $ caredesk account import unknown.csv --strict
        2> error: `unknown.csv` has columns that are not known: `emial`
        2> hint: perhaps --map email="emial"; the fields are `login`, `name`, `email`, `level`, `active`, `permissions`, `resources`, `resource_assigned_emails`, `alerts_off`
        [exit 5]
        $ caredesk account import password.csv
        2> error: `password.csv` has the unknown column `Password`
        2> hint: passwords are never imported: `--invite FILE` gives each new account a first one
        [exit 5]
        $ caredesk account import nologin.csv
        2> error: `nologin.csv` has no column `login`
        2> hint: say which column holds it: --map login="…"; the columns are `user`, `name`, `level`
        [exit 5]
        $ caredesk account import twins.csv
        2> error: `twins.csv` has two columns named `name`
        2> hint: rename one of them in the file
        [exit 5]
        $ caredesk account import empty.csv
        2> error: `empty.csv` is empty
        [exit 5]
        $ caredesk account import none.csv
        2> error: there is no file `none.csv`
        [exit 5]
        $ caredesk account import .
        2> error: `.` is a folder, not a file
        2> hint: name a file in it
        [exit 5]
        $ caredesk account import broken.json
        2> error: `broken.json` is not valid JSON: EOF while parsing an object at line 1 column 63
        [exit 5]
        $ caredesk account import unknown.json --strict
        2> error: `unknown.json` has columns that are not known: `nmae`
        2> hint: perhaps --map name="nmae"; the fields are `login`, `name`, `email`, `level`, `active`, `permissions`, `resources`, `resource_assigned_emails`, `alerts_off`
        [exit 5]
        $ caredesk account import password.jsonl
        2> error: `password.jsonl` has the unknown column `password`
        2> hint: passwords are never imported: `--invite FILE` gives each new account a first one
        [exit 5]
        $ caredesk account import nologin.csv --map logn=user
        2> error: there is no field `logn` to map
        2> hint: did you mean `login`? the fields are `login`, `name`, `email`, `level`, `active`, `permissions`, `resources`, `resource_assigned_emails`, `alerts_off`
        [exit 5]
        $ caredesk account import nologin.csv --map login=usr
        2> error: `nologin.csv` has no column `usr`
        2> hint: did you mean `user`? the columns are `user`, `name`, `level`
        [exit 5]
        $ caredesk account import nologin.csv --map login=user --dry-run
        dry run: Accounts: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk account list -q
        admin
        eve
        sue
    "#]]);
});

both_engines!(json_is_read_object_by_object, |world| {
    hub(world);
    world.write(
        "accounts.json",
        "[\n  {\"login\": \"ada\", \"name\": \"Ada Moss\",\n   \"level\": \"provider-portal\", \"resources\": [\"acme care\"],\n   \"permissions\": \"edit-capacity;answer-sharing\"},\n  {\"login\": \"eve\", \"email\": null, \"permissions\": []}, 7,\n\n  {\"login\": \"bob\", \"level\": \"standard\"},\n  {\"login\": [\"x\"]}\n]\n",
    );
    world.write("more.jsonl", "{\"who\": \"ada\", \"active\": false}\n\n{\"who\": \"ADA\"}\n");
    world.story(expect![[r#"
        $ caredesk account import accounts.json --dry-run
        2> rejected: accounts.json line 5: is not a JSON object
        2> rejected: accounts.json line 7: is a new account and has no name
        2> rejected: accounts.json line 8: column `login` holds a list
        2> error: 3 of 5 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk account import accounts.json --keep-going --rejects kept.csv
        Accounts: 5 read, 1 created, 1 updated, 0 unchanged, 3 rejected.
        Cleared: email of 1, permissions of 1.
        Import IMP-WWQF9C: `caredesk import undo IMP-WWQF9C` takes it back.
        2> rejected: accounts.json line 5: is not a JSON object
        2> rejected: accounts.json line 7: is a new account and has no name
        2> rejected: accounts.json line 8: column `login` holds a list
        2> note: 3 rejected rows are in `kept.csv`
        2> error: 3 of 5 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk account list --columns login,email,permissions,resources
        LOGIN  EMAIL  PERMISSIONS                    RESOURCES
        ada           answer-sharing, edit-capacity  RES-00000A
        admin
        eve                                          RES-00000A
        sue
        $ caredesk account import more.jsonl --map login=who --keep-going -o jsonl
        {"file":"more.jsonl","row":1,"place":null,"outcome":"updated","account":"ada","account_name":"Ada Moss","changes":[{"field":"active","from":true,"to":false}],"reason":null}
        {"file":"more.jsonl","row":3,"place":null,"outcome":"rejected","account":"ADA","account_name":null,"changes":[],"reason":"the login `ADA` was already used on line 1"}
        {"read":2,"created":0,"updated":1,"unchanged":0,"rejected":1,"cleared":{},"not_kept":{},"changes":[],"more_changes":0,"gains":[],"losses":[],"import":"IMP-12T84A"}
        2> {"rejected":{"at":"more.jsonl line 3","reason":"the login `ADA` was already used on line 1"}}
        2> {"error":{"kind":"partial","code":"import.partial","message":"1 of 2 rows was rejected; the others were imported","hint":"correct those rows and import the file again: rows that are already imported stay as they are","details":{"read":2,"created":0,"updated":1,"unchanged":0,"rejected":1}}}
        [exit 9]
        $ caredesk account show ada --columns active
        active  no
    "#]]);
    let piped = world.run_with_input("account import -", b"login,name,level\nzoe,Zoe,trainee\n");
    assert_eq!(
        piped.stdout.lines().next(),
        Some("Accounts: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.")
    );
});

both_engines!(what_a_column_says_and_what_it_does_not, |world| {
    hub(world);
    world.write("names.csv", "login,name\neve,Eve Oakley\n");
    world.write("clear.csv", "login,email,permissions,resources\neve,,,\n");
    world.write("staff.csv", "login,level\neve,trainee\n");
    world.ok("account edit eve --email eve@new.example");
    world.story(expect![[r#"
        $ caredesk account import names.csv
        Accounts: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Import IMP-KJ2RBK: `caredesk import undo IMP-KJ2RBK` takes it back.
        $ caredesk account show eve --columns name,email,permissions,resources
        name         Eve Oakley
        email        eve@new.example
        permissions  edit-capacity
        resources    RES-00000A
        $ caredesk account import staff.csv
        2> rejected: staff.csv line 2: the level trainee would end 1 resource (RES-00000A); 1 permission (edit-capacity): say `--yes` if that is meant
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk account import staff.csv --yes --dry-run
        dry run: Accounts: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Would be cleared: permissions of 1, resource assigned emails of 1, resources of 1.
        Would change account eve (Eve Oakley): level provider-portal → trainee, permissions edit-capacity → none, resources RES-00000A → none, resource assigned emails yes → none
        $ caredesk account import clear.csv
        Accounts: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Cleared: email of 1, permissions of 1, resources of 1.
        Import IMP-8RYZHX: `caredesk import undo IMP-8RYZHX` takes it back.
        $ caredesk account show eve --columns name,email,permissions,resources
        name  Eve Oakley
        $ caredesk account import staff.csv
        Accounts: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Cleared: resource assigned emails of 1.
        Import IMP-KH3QER: `caredesk import undo IMP-KH3QER` takes it back.
        $ caredesk audit list --limit 1 -o jsonl --columns action,on,before,after
        {"action":"account.import","on":"eve","before":{"login":"eve","name":"Eve Oakley","level":"provider-portal","email":null,"active":true,"has_password":false,"first_password_expires_at":null,"permissions":[],"resources":[],"resource_assigned_emails":true,"alerts_off":[]},"after":{"login":"eve","name":"Eve Oakley","level":"trainee","email":null,"active":true,"has_password":false,"first_password_expires_at":null,"permissions":[],"resources":[],"resource_assigned_emails":null,"alerts_off":[]}}
    "#]]);
});

both_engines!(an_import_leaves_an_admin, |world| {
    hub(world);
    world.ok("account create amy --name Amy --level admin");
    world.write("all.csv", "login,level,active\nadmin,trainee,\namy,trainee,\n");
    world.write("own.csv", "login,active\nadmin,no\n");
    world.write("turn.csv", "login,level\nsue,admin\nadmin,trainee\namy,trainee\n");
    world.story(expect![[r#"
        $ caredesk account import all.csv
        2> rejected: all.csv line 3: `amy` is the last active admin
        2> error: 1 of 2 rows was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk account import own.csv
        2> rejected: own.csv line 2: the account that acts cannot disable itself
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk account import turn.csv
        Accounts: 3 read, 0 created, 3 updated, 0 unchanged, 0 rejected.
        Import IMP-9X9FZS: `caredesk import undo IMP-9X9FZS` takes it back.
        $ caredesk account list --columns login,level
        LOGIN  LEVEL
        admin  trainee
        amy    trainee
        eve    provider-portal
        sue    admin
        $ caredesk account import turn.csv
        2> error: an account of level `trainee` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    world.as_user("eve");
    world.story(expect![[r#"
        $ caredesk account import all.csv
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk account import none.csv
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

// On PostgreSQL with a tenth of them, since its half of all stories runs beside the others.
both_engines!(one_bad_row_among_a_hundred_thousand, |world| {
    hub(world);
    let count = if world.engine() == Engine::Sqlite { 100_000 } else { 10_000 };
    let mut text = "login,name,level,permissions,resources\n".to_owned();
    for number in 0..count {
        // Not in the order of the logins.
        let login = number * 7_919_i64 % count;
        let level = if number == count / 2 { "provider-portl" } else { "provider-portal" };
        let _ = writeln!(text, "p{login},P {number},{level},edit-capacity;change-status,RES-00000A");
    }
    world.write("many.csv", &text);
    let state = || world.sql("SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM audit)");
    let (before, schema) = (state(), schema(world));
    let answer = world.run("account import many.csv");
    assert_eq!((answer.status, answer.stdout.as_str()), (5, ""));
    let line = count / 2 + 2;
    assert_eq!(
        answer.stderr,
        format!(
            "rejected: many.csv line {line}: `provider-portl` is not a level; did you mean `provider-portal`?\nerror: 1 of {count} rows was rejected, so nothing was written\nhint: correct the rows, or import the good ones with `--keep-going`\n"
        )
    );
    assert_eq!(state(), before, "all or nothing");
    let taken = world.run("account import many.csv --keep-going");
    let good = count - 1;
    assert_eq!(taken.status, 9);
    assert_eq!(
        taken.stdout.lines().next(),
        Some(format!("Accounts: {count} read, {good} created, 0 updated, 0 unchanged, 1 rejected.").as_str())
    );
    let numbers = "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM account_permission),
        (SELECT count(*) FROM account_resource), (SELECT count(*) FROM audit WHERE action = 'account.import')";
    let expected = [good + 3, 2 * good + 1, good + 1, good].map(|number| Some(number.to_string()));
    assert_eq!(world.sql(numbers), [expected]);
    assert_eq!(self::schema(world), schema);
    world.ok("audit verify");
    sound(world);
});

/// Every table and index, as the engine has them.
fn schema(world: &World) -> Vec<Vec<Option<String>>> {
    match world.engine() {
        Engine::Sqlite => world.sql("SELECT name, sql FROM sqlite_schema ORDER BY name"),
        Engine::Postgres => {
            world.sql("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        }
    }
}

both_engines!(an_address_is_no_longer_than_mail_servers_take, |world| {
    hub(world);
    let [longest, longer] = [244, 245].map(|length| format!("{}@b.example", "a".repeat(length)));
    let row = |login: &str, email: &str| format!("{login},Ada,{email},standard\n");
    let head = "login,name,email,level\n";
    world.write("accounts.csv", [head, &row("ada", &longest), &row("bob", &longer)].concat());
    let answer = world.run("account import accounts.csv");
    assert_eq!(answer.status, 5, "{answer:?}");
    let rejected = "rejected: accounts.csv line 3: an e-mail address has at most 254 bytes";
    assert_eq!(answer.stderr.lines().next(), Some(rejected));
    let answer = world.run(&format!("account edit sue --email {longer}"));
    assert!(answer.stderr.contains("an e-mail address has at most 254 bytes"), "{answer:?}");
    assert_eq!(answer.status, 2);
    world.ok(&format!("account edit sue --email {longest}"));
    assert_eq!(world.json("account show sue")["email"], longest);
});
