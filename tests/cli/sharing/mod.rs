//! Client-by-client sharing: settings, links, requests and their dates, both sides at the portal, and what leaves no trace.

mod answer;
mod bulk;
mod day;
mod days;
mod disclosed;
mod effects;
mod explain;
mod import;
mod law;
mod letter;
mod letter_model;
mod list;
mod minor;
mod model;
mod renew;
mod request;
mod seen;
mod setup;
mod stood;
mod story;
mod what_if;
mod who;
mod withdraw;
mod withdraw_model;

use expect_test::expect;

use crate::town::{settle, verified};
use crate::world::World;

/// The town, with meals contracts at Acme and Birch, three records of Ada at Acme and one at Birch, of Bo one at Acme; codes
/// can be foretold. Portal accounts `acme`, `birch` and `both` may answer requests. It is 2026-11-22T12:00:00Z.
pub fn share(world: &World) {
    world.begin(|world| {
    settle(world);
    world.ok("category create Meals");
    world.ok("category create Transport");
    world.ok("contract create acme 'Acme meals' --start 2026-01-01 --category meals");
    world.ok("contract create birch 'Birch meals' --start 2026-01-01 --stop 2026-12-31 --category meals");
    for (client, provider, kind, day, title) in [
        ("A", "acme", "services", 1, "Lunch"),
        ("A", "acme", "services", 2, "Supper"),
        ("A", "acme", "case-notes", 3, "Call"),
        ("A", "birch", "services", 4, "Breakfast"),
        ("B", "acme", "services", 5, "Tea"),
    ] {
        let contract =
            if kind == "services" { format!("--contract '{provider} meals'") } else { String::new() };
        world.ok(&format!(
            "record add CLI-00000{client} --provider {provider} --type {kind} --date 2026-11-0{day} --title {title} {contract}"
        ));
        world.sql(&format!("UPDATE record SET code = 'REC-00000{day}' WHERE title = '{title}'"));
    }
    world.sql("UPDATE client SET birth_date = '1941-03-02'");
    for login in ["acme", "birch", "both"] {
        world.ok(&format!("account permit {login} answer-sharing"));
    }
    world.at("2026-11-22T12:00:00Z");
    });
}

/// Level 2 at Acme for services, linked to Birch, and Ada active at both.
fn open(world: &World) {
    world.ok("sharing setup acme --type services --level 2 --require-expiry on");
    world.ok("sharing link acme birch --type services");
    world.ok("client enroll CLI-00000A acme --date 2026-01-01");
    world.ok("client enroll CLI-00000A birch --date 2026-01-01");
}

/// Makes a request of Birch to Acme under a code that can be foretold.
fn ask(world: &World, number: u8) -> String {
    ask_for(world, "CLI-00000A", number)
}

/// The same for another client.
fn ask_for(world: &World, client: &str, number: u8) -> String {
    let made =
        world.json(&format!("sharing request {client} --owner acme --recipient birch --type services"));
    let code = made["code"].as_str().unwrap();
    world.sql(&format!("UPDATE sharing_request SET code = 'SHR-00000{number}' WHERE code = '{code}'"));
    format!("SHR-00000{number}")
}

// Rules 3.1 to 3.3, 3.5 and 3.6.
both_engines!(the_rules_are_walked, |world| {
    share(world);
    world.story(expect![[r#"
        $ caredesk sharing settings acme
        TYPE          LEVEL  CLIENT BY CLIENT  REQUIRE EXPIRY  RELEASE SHARING  DEFAULT DAYS  SHARING
        services          3  yes               no              no                             nothing
        clinical          3  yes               no              no                             nothing
        case-notes        3  yes               no              no                             nothing
        appointments      3  yes               no              no                             nothing
        eligibility       3  yes               no              no                             nothing
        forms             3  yes               no              no                             nothing
        referrals         3  yes               no              no                             nothing
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        2> error: `Acme Care` is at level 3 for services: it shares nothing
        2> hint: `caredesk sharing setup 'Acme Care' --type services --level 1` lets it share with all
        [exit 4]
        $ caredesk sharing setup acme --type services --level 2 --require-expiry on
        Changed sharing of services by `Acme Care`: level 2, by request, with an expiry.
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        2> error: `Acme Care` is not linked to `Birch Homecare` for services
        2> hint: `caredesk sharing link 'Acme Care' 'Birch Homecare' --type services` links them, in this direction
        [exit 4]
        $ caredesk sharing link acme birch --type services --type case-notes
        Linked `Acme Care` to `Birch Homecare` for services, by request. Linked `Acme Care` to `Birch Homecare` for case-notes; at level 3 it shares nothing.
        2> warning: `Acme Care` shares no case-notes yet: `caredesk sharing setup PRV-00000A --type case-notes --level 1` lets it
        $ caredesk sharing links
        OWNER      RECIPIENT       TYPE        SHARING  EDITABLE
        Acme Care  Birch Homecare  case-notes  nothing  no
        Acme Care  Birch Homecare  services    request  yes
        $ caredesk sharing request CLI-00000A --owner acme --recipient cedar --type services
        2> error: `Acme Care` is not linked to `Cedar Nursing` for services
        2> hint: `caredesk sharing link 'Acme Care' 'Cedar Nursing' --type services` links them, in this direction
        [exit 4]
        $ caredesk sharing request CLI-00000B --owner acme --recipient birch --type services
        2> error: CLI-00000B has had no service of one category at both `Acme Care` and `Birch Homecare` under contracts in force
        2> hint: `caredesk contract list --active --provider 'Birch Homecare'` shows what is in force; `caredesk record add` records a service
        [exit 4]
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        2> error: CLI-00000A is not active at `Acme Care` nor at `Birch Homecare`
        2> hint: `caredesk client enroll CLI-00000A 'Acme Care'` makes the client active there
        [exit 4]
        $ caredesk client enroll CLI-00000A acme --date 2026-01-01
        Changed client CLI-00000A (Ada Moss): active at `Acme Care` since 2026-01-01.
        $ caredesk client enroll CLI-00000A birch
        Changed client CLI-00000A (Ada Moss): active at `Birch Homecare` since 2026-11-22.
    "#]]);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk record list 'Ada Moss'
        CODE        OWNER           TYPE      HAPPENED ON  TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04   Breakfast  Meals     own
    "#]]);
    ask(world, 1);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk sharing list --status pending --columns client,owner_name,recipient_name,type,status
        CLIENT      OWNER      RECIPIENT       TYPE      STATUS
        CLI-00000A  Acme Care  Birch Homecare  services  pending
        $ caredesk sharing grant SHR-000001
        2> error: `Acme Care` requires an expiry for services, and has set no length that it follows from
        2> hint: give `--expires`, or set a length with `caredesk sharing setup 'Acme Care' --type services --default-days 365`
        [exit 4]
        $ caredesk sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-24
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-11-24. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-24
        Nothing to change: request SHR-000001 is granted already.
        $ caredesk sharing show SHR-000001
        SHR-000001: granted
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 1941-03-02)
        last day  2026-11-24

        STATUS   SIGNED ON   EXPIRES ON  BY     STARTS AT         ENDS AT
        pending                          birch  2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-20  2026-11-24  acme   2026-11-22 12:00
        $ caredesk record list CLI-00000A --viewer birch
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
    "#]]);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A
        CODE        OWNER           TYPE      HAPPENED ON  TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04   Breakfast  Meals     own
        REC-000002  Acme Care       services  2026-11-02   Supper     Meals     request
        REC-000001  Acme Care       services  2026-11-01   Lunch      Meals     request
        $ caredesk record show REC-000002
        code           REC-000002
        client         CLI-00000A
        client name    Ada Moss
        owner          PRV-00000A
        owner name     Acme Care
        type           services
        happened on    2026-11-02
        title          Supper
        category       Meals
        contract       CTR-KH3QER
        contract name  Acme meals
        never shared   no
        basis          request
        recorded at    2026-11-22 10:00 (2 h ago)
        $ caredesk record show REC-000003
        2> error: there is no record `REC-000003`
        2> hint: `caredesk record list` shows those that there are
        [exit 3]
    "#]]);
    world.at("2026-11-24T23:59:00Z");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A -q
        REC-000004
        REC-000002
        REC-000001
        $ caredesk sharing list --columns status,expires_on
        STATUS   EXPIRES ON
        granted  2026-11-24
    "#]]);
    world.at("2026-11-25T00:00:00Z");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A -q
        REC-000004
        $ caredesk sharing list --columns status,expires_on
        STATUS   EXPIRES ON
        expired  2026-11-24
    "#]]);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk sharing grant SHR-000001 --expires 2026-12-24
        2> error: SHR-000001 ran out on 2026-11-24
        2> hint: ask again: `caredesk sharing request CLI-00000A --owner 'Acme Care' --recipient 'Birch Homecare' --type services`
        [exit 4]
    "#]]);
    world.as_user("birch");
    ask(world, 2);
    world.as_user("sue");
    world.story(expect![[r#"
        $ caredesk sharing setup acme --type services --default-days 30
        Changed sharing of services by `Acme Care`: level 2, by request, with an expiry, 30 days if none is given.
        $ caredesk sharing grant SHR-000002
        Granted request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-25. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing list --columns code,status,expires_on
        CODE        STATUS   EXPIRES ON
        SHR-000002  granted  2026-12-25
        SHR-000001  expired  2026-11-24
        $ caredesk sharing list --expiring 29 --columns code
        2> note: no requests
        $ caredesk sharing list --expiring 30 --columns code
        CODE
        SHR-000002
        $ caredesk record list CLI-00000A --viewer birch -q
        REC-000004
        REC-000002
        REC-000001
        $ caredesk sharing pending SHR-000002
        Reopened request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` loses access to 2 records of 1 client.
        $ caredesk sharing deny SHR-000002
        Denied request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk sharing grant SHR-000002
        Granted request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-25. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing revoke SHR-000002 --dry-run
        dry run: Revoked request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` loses access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing revoke SHR-000002
        Revoked request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` loses access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk record list CLI-00000A --viewer birch -q
        REC-000004
    "#]]);
    verified(world);
});
