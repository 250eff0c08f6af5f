//! Client-by-client sharing: settings, links, requests and their dates, both sides at the portal, and what leaves no trace.

use expect_test::expect;

use crate::town::{refusal, settle, verified};
use crate::world::World;

/// The town, with meals contracts at Acme and Birch, three records of Ada at Acme and one at Birch, of Bo one at Acme; codes
/// can be foretold. Portal accounts `acme`, `birch` and `both` may answer requests. It is 2026-11-22T12:00:00Z.
fn share(world: &World) {
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
    for login in ["acme", "birch", "both"] {
        world.ok(&format!("account permit {login} answer-sharing"));
    }
    world.at("2026-11-22T12:00:00Z");
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
    let made = world.json("sharing request CLI-00000A --owner acme --recipient birch --type services");
    let code = made["code"].as_str().unwrap();
    world.sql(&format!("UPDATE sharing_request SET code = 'SHR-00000{number}' WHERE code = '{code}'"));
    format!("SHR-00000{number}")
}

// Rules 3.1 to 3.3, 3.5 and 3.6.
both_engines!(the_rules_are_walked, |world| {
    share(world);
    world.story(expect![[r#"
        $ caredesk sharing settings acme
        TYPE          LEVEL  CLIENT BY CLIENT  REQUIRE EXPIRY  RELEASE  DEFAULT DAYS  SHARING
        services          3  yes               no              no                     nothing
        clinical          3  yes               no              no                     nothing
        case-notes        3  yes               no              no                     nothing
        appointments      3  yes               no              no                     nothing
        eligibility       3  yes               no              no                     nothing
        forms             3  yes               no              no                     nothing
        referrals         3  yes               no              no                     nothing
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        2> error: `Acme Care` is at level 3 for services: it shares nothing
        2> hint: `caredesk sharing setup "Acme Care" --type services --level 1` lets it share with all
        [exit 4]
        $ caredesk sharing setup acme --type services --level 2 --require-expiry on
        `Acme Care` is at level 2 for services: by request, with an expiry.
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        2> error: `Acme Care` is not linked to `Birch Homecare` for services
        2> hint: `caredesk sharing link "Acme Care" "Birch Homecare" --type services` links them, in this direction
        [exit 4]
        $ caredesk sharing link acme birch --type services --type case-notes
        `Acme Care` is linked to `Birch Homecare` for services, by request. `Acme Care` is linked to `Birch Homecare` for case-notes; at level 3 it shares nothing.
        $ caredesk sharing links
        OWNER      RECIPIENT       TYPE        SHARING  EDITABLE
        Acme Care  Birch Homecare  case-notes  nothing  no
        Acme Care  Birch Homecare  services    request  yes
        $ caredesk sharing request CLI-00000A --owner acme --recipient cedar --type services
        2> error: `Acme Care` is not linked to `Cedar Nursing` for services
        2> hint: `caredesk sharing link "Acme Care" "Cedar Nursing" --type services` links them, in this direction
        [exit 4]
        $ caredesk sharing request CLI-00000B --owner acme --recipient birch --type services
        2> error: CLI-00000B has had no service of one category at both `Acme Care` and `Birch Homecare` under contracts in force
        2> hint: `caredesk contract list --active --provider "Birch Homecare"` shows what is in force; `caredesk record add` records a service
        [exit 4]
        $ caredesk sharing request CLI-00000A --owner acme --recipient birch --type services
        2> error: CLI-00000A is not active at `Acme Care` nor at `Birch Homecare`
        2> hint: `caredesk client enroll CLI-00000A "Acme Care"` makes the client active there
        [exit 4]
        $ caredesk client enroll CLI-00000A acme --date 2026-01-01
        CLI-00000A is active at `Acme Care` since 2026-01-01.
        $ caredesk client enroll CLI-00000A birch
        CLI-00000A is active at `Birch Homecare` since 2026-11-22.
    "#]]);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk record list 'Ada Moss'
        CODE        OWNER           TYPE      DATE        TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04  Breakfast  Meals     own
    "#]]);
    ask(world, 1);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk sharing list --status pending --columns client,owner,recipient,type,status
        CLIENT      OWNER      RECIPIENT       TYPE      STATUS
        CLI-00000A  Acme Care  Birch Homecare  services  pending
        $ caredesk sharing grant SHR-000001
        2> error: `Acme Care` requires an expiry for services, and has set no length that it follows from
        2> hint: give `--expires`, or set a length with `caredesk sharing setup "Acme Care" --type services --default-days 365`
        [exit 4]
        $ caredesk sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-24
        SHR-000001 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-11-24. `Birch Homecare` gains sight of 2 records of 1 client.
        $ caredesk sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-24
        SHR-000001 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-11-24.
        $ caredesk sharing show SHR-000001
        SHR-000001: granted
        `Birch Homecare` asks `Acme Care` for services of CLI-00000A
        last day   2026-11-24

        LABEL    SIGNED      EXPIRES     BY     FROM              UNTIL
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
        CODE        OWNER           TYPE      DATE        TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04  Breakfast  Meals     own
        REC-000002  Acme Care       services  2026-11-02  Supper     Meals     request
        REC-000001  Acme Care       services  2026-11-01  Lunch      Meals     request
        $ caredesk record show REC-000002
        code         REC-000002
        client       CLI-00000A
        owner        Acme Care
        type         services
        date         2026-11-02
        title        Supper
        category     Meals
        contract     CTR-KH3QER
        basis        request
        recorded at  2026-11-22 10:00
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
        $ caredesk sharing list --columns status,expires
        STATUS   EXPIRES
        granted  2026-11-24
    "#]]);
    world.at("2026-11-25T00:00:00Z");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A -q
        REC-000004
        $ caredesk sharing list --columns status,expires
        STATUS   EXPIRES
        expired  2026-11-24
    "#]]);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk sharing grant SHR-000001 --expires 2026-12-24
        2> error: SHR-000001 ran out on 2026-11-24
        2> hint: ask anew: `caredesk sharing request CLI-00000A --owner "Acme Care" --recipient "Birch Homecare" --type services`
        [exit 4]
    "#]]);
    world.as_user("birch");
    ask(world, 2);
    world.as_user("sue");
    world.story(expect![[r#"
        $ caredesk sharing setup acme --type services --default-days 30
        `Acme Care` is at level 2 for services: by request, with an expiry, 30 days if none is given.
        $ caredesk sharing grant SHR-000002
        SHR-000002 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-25. `Birch Homecare` gains sight of 2 records of 1 client.
        $ caredesk sharing list --columns code,status,expires
        CODE        STATUS   EXPIRES
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
        SHR-000002 is pending: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` loses sight of 2 records of 1 client.
        $ caredesk sharing deny SHR-000002
        SHR-000002 is denied: services of CLI-00000A, `Acme Care` to `Birch Homecare`.
        $ caredesk sharing grant SHR-000002
        SHR-000002 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-25. `Birch Homecare` gains sight of 2 records of 1 client.
        $ caredesk sharing revoke SHR-000002 --dry-run
        dry run: SHR-000002 is revoked: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` loses sight of 2 records of 1 client.
        $ caredesk sharing revoke SHR-000002
        SHR-000002 is revoked: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` loses sight of 2 records of 1 client.
        $ caredesk record list CLI-00000A --viewer birch -q
        REC-000004
    "#]]);
    verified(world);
});

// Rules 3.1 to 3.5.
both_engines!(each_refusal_has_its_code, |world| {
    share(world);
    world.refusals(expect![[r#"
        4 sharing.level              sharing request CLI-00000A --owner acme --recipient birch --type services
        2 usage                      sharing request CLI-00000A --owner acme --recipient birch --type servises
    "#]]);
    open(world);
    world.ok("sharing setup acme --type clinical --level 1 --client-by-client off");
    world.ok("sharing setup acme --type forms --level 1 --release on");
    world.ok("sharing link acme birch --type clinical --type forms");
    world.ok("sharing setup acme --type case-notes --level 2");
    world.ok("contract edit 'birch meals' --stop 2026-11-21");
    world.refusals(expect![[r#"
        4 sharing.not_linked         sharing request CLI-00000A --owner acme --recipient birch --type case-notes
        4 sharing.automatic          sharing request CLI-00000A --owner acme --recipient birch --type clinical
        4 sharing.by_release         sharing request CLI-00000A --owner acme --recipient birch --type forms
        4 sharing.no_common_category sharing request CLI-00000A --owner acme --recipient birch --type services
        4 sharing.same               sharing request CLI-00000A --owner acme --recipient acme --type services
        3 client.not_found           sharing request CLI-00000Z --owner acme --recipient birch --type services
        4 sharing.same               sharing link acme acme --type services
        2 usage                      sharing setup acme --type services --level 4
        2 usage                      sharing setup acme --type services --default-days 0
        2 usage                      sharing setup acme --level 1
        3 provider.not_found         sharing setup nobody --type services --level 1
    "#]]);
    world.ok("contract edit 'birch meals' --stop 2026-11-22");
    world.ok("client enroll CLI-00000A birch --status inactive");
    world.refusals(expect![[r#"
        4 sharing.not_enrolled       sharing request CLI-00000A --owner acme --recipient birch --type services
    "#]]);
    world.ok("client enroll CLI-00000A birch");
    let code = ask(world, 1);
    world.refusals(expect![[r#"
        4 sharing.open_request       sharing request CLI-00000A --owner acme --recipient birch --type services
        4 sharing.expiry_missing     sharing grant SHR-000001
        5 sharing.signed_future      sharing grant SHR-000001 --signed 2026-11-23 --expires 2026-12-01
        5 sharing.expiry_before_signed sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-19
        5 sharing.expiry_past        sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-21
        2 usage                      sharing grant SHR-000001 --expires 12/1/2026
        4 sharing.not_granted        sharing revoke SHR-000001
        3 sharing.not_found          sharing grant SHR-ZZZZZZ
        2 usage                      sharing list --expiring -1
        2 usage                      sharing list --status open
    "#]]);
    world.ok(&format!("sharing grant {code} --expires today"));
    world.refusals(expect![[r#"
        4 sharing.open_request       sharing request CLI-00000A --owner acme --recipient birch --type services
        4 sharing.granted            sharing deny SHR-000001
        # at 2026-11-23T12:00:00Z
        4 sharing.expired            sharing revoke SHR-000001
        4 sharing.expired            sharing pending SHR-000001
    "#]]);
});

both_engines!(bad_input_names_what_is_accepted, |world| {
    share(world);
    world.story(expect![[r#"
        $ caredesk category create meals
        2> error: there is a category `meals` already
        2> hint: `--if-not-exists` leaves it as it is
        [exit 4]
        $ caredesk category create meals --if-not-exists
        There is a category `Meals`.
        $ caredesk category create ''
        2> error: invalid value '' for '<NAME>': a name cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk category list
        NAME
        Meals
        Transport
        $ caredesk contract create acme 'ACME meals' --start 2026-01-01 --category meals
        2> error: `Acme Care` has a contract `ACME meals` already
        2> hint: `caredesk contract list --provider "Acme Care"` shows it; `caredesk contract edit` changes it
        [exit 4]
        $ caredesk contract create acme other --start 2026-01-02 --stop 2026-01-01 --category meals
        2> error: a contract cannot stop on 2026-01-01, before it starts on 2026-01-02
        2> hint: `--stop` is its last day; `--stop none` leaves it open
        [exit 5]
        $ caredesk contract create acme other --start 2026-01-02
        2> error: the following required arguments were not provided:
        2>   --category <CATEGORY>
        2>
        2> Usage: caredesk contract create --start <DATE> --category <CATEGORY> --db <PATH|URL> <PROVIDER> <NAME>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contract create acme other --start 2026-01-02 --category meels
        2> error: there is no category `meels`
        2> hint: did you mean `Meals`? `caredesk category list` shows all
        [exit 3]
        $ caredesk contract create acme CTR-1 --start 2026-01-02 --category meals
        2> error: invalid value 'CTR-1' for '<NAME>': `CTR-1` has the form of a code of ours
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contract edit 'acme meals' --category meals --category transport --stop 2027-01-31
        The contract CTR-KH3QER (`Acme meals` of `Acme Care`, from 2026-01-01 to 2027-01-31, for Meals, Transport) was changed.
        $ caredesk contract edit 'acme meals' --category transport meals --stop 2027-01-31
        2> error: unexpected argument 'meals' found
        2>
        2> Usage: caredesk contract edit [OPTIONS] <CONTRACT>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contract edit 'acme meals' --category transport --category meals --stop 2027-01-31
        The contract CTR-KH3QER (`Acme meals` of `Acme Care`, from 2026-01-01 to 2027-01-31, for Meals, Transport) is so already.
        $ caredesk contract show 'acme meals' --columns name,start,stop,active,categories
        name        Acme meals
        start       2026-01-01
        stop        2027-01-31
        active      yes
        categories  Meals, Transport
        $ caredesk contract list --provider birch --active --columns name,stop
        NAME         STOP
        Birch meals  2026-12-31
        $ caredesk client enroll CLI-00000A acme --date tomorrow
        2> error: 2026-11-23 is still to come, and today is 2026-11-22
        2> hint: say it on the day, or leave `--date` out
        [exit 5]
        $ caredesk client enroll CLI-00000A acme --status gone
        2> error: invalid value 'gone' for '--status <STATUS>'
        2>   [possible values: active, inactive]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client enroll CLI-00000A acme
        CLI-00000A is active at `Acme Care` since 2026-11-22.
        $ caredesk client enroll CLI-00000A acme
        CLI-00000A is active at `Acme Care` since 2026-11-22.
        $ caredesk client enroll CLI-00000A acme --status inactive -o json
        {
          "client": "CLI-00000A",
          "provider": "Acme Care",
          "status": "inactive",
          "since": "2026-11-22",
          "result": "updated"
        }
        $ caredesk record add CLI-00000A --provider acme --type servicse --date today --title x
        2> error: invalid value 'servicse' for '--type <TYPE>'
        2>   [possible values: services, clinical, case-notes, appointments, eligibility, forms, referrals]
        2>
        2>   tip: a similar value exists: 'services'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk record add CLI-00000A --provider acme --type services --date today --title x --contract 'birch meals'
        2> error: there is no contract `birch meals`
        2> hint: `caredesk contract list` shows those that there are
        [exit 3]
        $ caredesk record add CLI-00000A --provider birch --type services --date today --title x --contract 'birch meals' --category transport
        2> error: CTR-EKGE4G is not a contract for `Transport`, but for Meals
        2> hint: `caredesk contract show CTR-EKGE4G` shows it
        [exit 4]
        $ caredesk sharing link acme birch --type case_notes
        2> error: invalid value 'case_notes' for '--type <TYPE>'
        2>   [possible values: services, clinical, case-notes, appointments, eligibility, forms, referrals]
        2>
        2>   tip: a similar value exists: 'case-notes'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk sharing setup acme --type services --client-by-client yes
        2> error: invalid value 'yes' for '--client-by-client <on|off>'
        2>   [possible values: on, off]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk sharing setup acme --type services --default-days 5 --no-default-days
        2> error: the argument '--default-days <N>' cannot be used with '--no-default-days'
        2>
        2> Usage: caredesk sharing setup --type <TYPE> --default-days <N> --db <PATH|URL> <PROVIDER>
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

both_engines!(each_side_keeps_to_its_side, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    // The recipient asks and does not answer. Neither does who lacks the permission or the level. The owner does not ask
    // in the recipient's name. To a third none of it exists.
    world.refusals(expect![[r#"
        # as birch
        6 sharing.wrong_side         sharing grant SHR-000001
        6 sharing.wrong_side         sharing revoke SHR-000001
        6 actor.level                sharing setup birch --type services --level 1
        # as mute
        6 actor.permission           sharing grant SHR-000001
        # as stan
        6 actor.level                sharing grant SHR-000001
        # as acme
        6 sharing.wrong_side         sharing request CLI-00000A --owner acme --recipient birch --type services
        # as cedar
        3 sharing.not_found          sharing show SHR-000001
        3 sharing.not_found          sharing grant SHR-000001
        3 client.not_found           sharing request CLI-00000A --owner acme --recipient cedar --type services
        3 client.not_found           record list CLI-00000A
        3 record.not_found           record show REC-000001
        3 provider.not_found         sharing settings acme
        3 provider.not_found         sharing list --incoming acme
    "#]]);
    world.as_user("cedar");
    world.call("", "\r");
    world.story(expect![[r#"
        $ caredesk sharing list
        2> note: no requests
        $ caredesk sharing links
        2> note: no links
        $ caredesk contract list
        2> note: no contracts
        $ caredesk category list
        2> note: no categories
        $ caredesk sharing calendar --file -
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//caredesk//caredesk//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Sharing that runs out
        END:VCALENDAR
    "#]]);
    world.as_user("both");
    world.ok(&format!("sharing grant {code} --expires 2027-01-01"));
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A
        2> error: you speak for several providers, and they see different records
        2> hint: say which looks with `--viewer`: `Acme Care` or `Birch Homecare`
        [exit 2]
        $ caredesk record list CLI-00000A --viewer birch -q
        REC-000004
        REC-000002
        REC-000001
        $ caredesk record list CLI-00000A --viewer cedar
        2> error: there is no provider `cedar`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(nobody_answers_his_own_request, |world| {
    share(world);
    open(world);
    world.as_user("both");
    let code = ask(world, 1);
    assert_eq!(refusal(world, &format!("sharing grant {code} --expires 2027-01-01")).1, "sharing.wrong_side");
    world.as_user("acme");
    world.ok(&format!("sharing grant {code} --expires 2027-01-01"));
});

both_engines!(an_answer_in_the_instant_of_the_question_is_one, |world| {
    share(world);
    open(world);
    world.at("2026-11-22T13:00:00Z");
    let code = ask(world, 1);
    let asked = world.json(&format!("sharing show {code}"));
    assert!(asked["answered_at"].is_null() && asked["answered_by"].is_null(), "{asked}");
    for answer in ["deny", "grant --expires 2027-01-01", "revoke --yes"] {
        world.at("2026-11-22T13:00:00Z");
        let (verb, options) = answer.split_once(' ').unwrap_or((answer, ""));
        world.ok(&format!("sharing {verb} {code} {options}"));
        let answered = world.json(&format!("sharing show {code}"));
        assert_eq!(answered["requested_at"], "2026-11-22T13:00:00Z");
        assert_eq!(answered["answered_at"], "2026-11-22T13:00:00Z");
        assert_eq!(answered["answered_by"], "admin");
        let last = answered["answers"].as_array().unwrap().last().unwrap();
        assert_eq!(last["label"], answered["status"], "the label in force ends the history");
    }
    let again = world.json("sharing list");
    assert_eq!(again[0]["answered_by"], "admin");
});

// Rule 3.8.
both_engines!(what_is_not_shared_leaves_no_trace, |world| {
    share(world);
    open(world);
    let look = |lines: &[&str]| {
        world.as_user("birch");
        let told = world.transcript(lines);
        world.as_user("admin");
        told
    };
    let lines = [
        "record list CLI-00000A -o json --columns code,owner,basis",
        "record list CLI-00000A --limit 1 -q",
        "record list CLI-00000A --after REC-000002 -q",
        "record show REC-000002",
        "record list CLI-00000B",
        "record list CLI-00000Z",
    ];
    let before = look(&lines);
    let asked = before.replace("CLI-00000B", "CLI-00000Z");
    assert!(asked.matches("there is no client `CLI-00000Z`").count() == 2, "{before}");
    world.ok("record add CLI-00000A --provider acme --type services --date today --title Secret --contract 'acme meals'");
    world.ok("record add CLI-00000B --provider acme --type case-notes --date today --title Secret");
    assert_eq!(before, look(&lines));
    world.sql("DELETE FROM record WHERE title IN ('Supper', 'Secret')");
    assert_eq!(before, look(&lines));
});

// Rule 3.6.
both_engines!(a_day_ends_at_midnight_on_the_hubs_wall, |world| {
    for (zone, still, over) in [
        ("Europe/London", "2027-06-30T22:59:59Z", "2027-06-30T23:00:00Z"),
        ("Pacific/Auckland", "2027-06-30T11:59:59Z", "2027-06-30T12:00:00Z"),
    ] {
        let world = &World::new(world.engine());
        share(world);
        open(world);
        world.ok("contract edit 'birch meals' --stop none");
        world.sql(&format!("UPDATE setting SET value = '{zone}' WHERE name = 'time_zone'"));
        let code = ask(world, 1);
        world.ok(&format!("sharing grant {code} --expires 2027-06-30"));
        world.as_user("birch");
        let seen = |instant: &str| {
            world.at(instant);
            world.ok("record list CLI-00000A -q").lines().count()
        };
        assert_eq!((seen(still), seen(over)), (3, 1), "{zone}");
    }
});

both_engines!(a_contract_counts_on_its_last_day, |world| {
    share(world);
    open(world);
    world.ok("sharing setup acme --type services --client-by-client off");
    let seen = |instant: &str| {
        world.at(instant);
        world.ok("record list CLI-00000A --viewer birch -q").lines().count()
    };
    assert_eq!(seen("2026-12-31T23:59:59Z"), 3);
    assert_eq!(seen("2027-01-01T00:00:00Z"), 1);
});

// Rule 3.10.
both_engines!(every_look_at_anothers_records_is_written_down, |world| {
    share(world);
    open(world);
    world.ok("sharing setup acme --type case-notes --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type case-notes");
    let code = ask(world, 1);
    world.ok(&format!("sharing grant {code} --expires 2027-01-01"));
    let register = || {
        let rows = world.sql(
            "SELECT client.code, owner.name, recipient.name, data_type, records, basis, disclosure.source, account.login, behind, command
            FROM disclosure JOIN client ON client.id = client_id JOIN provider AS owner ON owner.id = owner_id
            JOIN provider AS recipient ON recipient.id = recipient_id JOIN account ON account.id = account_id
            ORDER BY at, data_type",
        );
        let cell = |cell: Option<String>| cell.unwrap_or_else(|| "-".to_owned());
        let line = |row: Vec<Option<String>>| row.into_iter().map(cell).collect::<Vec<_>>().join(" ") + "\n";
        rows.into_iter().map(line).collect::<String>()
    };
    world.as_user("birch");
    world.ok("record list CLI-00000A");
    world.ok("record list CLI-00000A --limit 2");
    world.ok("record list CLI-00000A --type case-notes");
    world.ok("record show REC-000002");
    // Its own records are nobody's disclosure.
    world.ok("record show REC-000004");
    world.as_user("admin");
    world.ok("record list CLI-00000A");
    world.ok("record list CLI-00000A --viewer birch --as birch");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A --viewer birch --dry-run
        2> error: a provider's look at records is itself recorded, so there is no dry run of it
        2> hint: leave out `--dry-run`
        [exit 2]
    "#]]);
    expect![[r#"
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch - record list
        CLI-00000A Acme Care Birch Homecare services 2 request SHR-000001 birch - record list
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch - record list
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch - record list
        CLI-00000A Acme Care Birch Homecare services 1 request SHR-000001 birch - record show
        CLI-00000A Acme Care Birch Homecare case-notes 1 automatic - birch admin record list
        CLI-00000A Acme Care Birch Homecare services 2 request SHR-000001 birch admin record list
    "#]]
    .assert_eq(&register());
    let looks = world.json("audit list --on CLI-00000A");
    let looks = looks.as_array().unwrap().iter().filter(|entry| entry["action"] == "record.look").count();
    assert_eq!(looks, 5);
    verified(world);
});

both_engines!(a_long_look_is_one_row_of_the_register, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type services");
    let mut table = "client,provider,type,date,title,id\n".to_owned();
    for number in 0..600 {
        table += &format!("CLI-00000A,acme,services,2026-10-01,Visit {number},{number}\n");
    }
    world.write("many.csv", table);
    world.ok("record import many.csv");
    let shown = world.ok("record list CLI-00000A --viewer birch -q").lines().count();
    assert_eq!(shown, 603);
    assert_eq!(world.sql("SELECT records FROM disclosure"), [[Some("602".to_owned())]]);
});

both_engines!(a_change_says_who_loses_sight, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.story(expect![[r#"
        $ caredesk sharing link acme birch --type services
        `Acme Care` is linked to `Birch Homecare` for services, automatically. `Birch Homecare` gains sight of 3 records of 2 clients.
        $ caredesk sharing link acme cedar --type services
        `Acme Care` is linked to `Cedar Nursing` for services, automatically. `Cedar Nursing` gains sight of 3 records of 2 clients.
        $ caredesk sharing link acme cedar --type services
        `Acme Care` is linked to `Cedar Nursing` for services, automatically.
        $ caredesk sharing setup acme --type services --level 2 --dry-run -o json
        {
          "provider": "Acme Care",
          "type": "services",
          "level": 2,
          "client_by_client": false,
          "require_expiry": false,
          "release": false,
          "default_days": null,
          "sharing": "automatic",
          "gained": [],
          "lost": [
            {
              "recipient": "Birch Homecare",
              "records": 1,
              "clients": 1
            },
            {
              "recipient": "Cedar Nursing",
              "records": 3,
              "clients": 2
            }
          ],
          "result": "updated",
          "dry_run": true
        }
        $ caredesk sharing setup acme --type services --level 2
        `Acme Care` is at level 2 for services: automatic once linked. `Birch Homecare` loses sight of 1 record of 1 client. `Cedar Nursing` loses sight of 3 records of 2 clients.
        $ caredesk sharing setup acme --type services --level 2
        `Acme Care` is at level 2 for services: automatic once linked.
        $ caredesk sharing setup acme --type services --level 3 --dry-run
        dry run: `Acme Care` is at level 3 for services: nothing is shared. `Birch Homecare` loses sight of 2 records of 1 client.
        $ caredesk sharing unlink acme birch --type services --dry-run
        dry run: `Acme Care` is not linked to `Birch Homecare` for services. `Birch Homecare` loses sight of 2 records of 1 client.
        $ caredesk sharing unlink acme birch --type services
        `Acme Care` is not linked to `Birch Homecare` for services. `Birch Homecare` loses sight of 2 records of 1 client.
        $ caredesk sharing unlink acme birch --type services
        `Acme Care` is not linked to `Birch Homecare` for services.
        $ caredesk sharing links cedar
        OWNER      RECIPIENT      TYPE      SHARING    EDITABLE
        Acme Care  Cedar Nursing  services  automatic  no
    "#]]);
});

both_engines!(what_runs_out_is_in_a_calendar, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    world.ok(&format!("sharing grant {code} --expires 2026-12-24"));
    world.call("", "\r");
    world.story(expect![[r#"
        $ caredesk sharing calendar --file - --expiring 32
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//caredesk//caredesk//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Sharing that runs out
        BEGIN:VEVENT
        DESCRIPTION:Client CLI-00000A\nAcme Care shares services with Birch Homecar
         e
        DTSTAMP:20261122T120006Z
        DTSTART;VALUE=DATE:20261224
        SEQUENCE:29922480
        SUMMARY:Last day of SHR-000001 (services)
        TRANSP:TRANSPARENT
        UID:shr-000001@caredesk
        END:VEVENT
        END:VCALENDAR
        $ caredesk sharing calendar --file out.ics
        Wrote 1 expiry to out.ics.
        $ caredesk sharing calendar --file out.ics
        2> error: there is a file `out.ics` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk sharing calendar --file out.ics --overwrite --incoming birch -o json
        {
          "file": "out.ics",
          "requests": 0,
          "result": "created"
        }
    "#]]);
});

// Rule 3.5.
both_engines!(two_open_requests_cannot_be, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    world.ok(&format!("sharing deny {code}"));
    let other = ask(world, 2);
    assert_eq!(
        refusal(world, &format!("sharing grant {code} --expires 2027-01-01")).1,
        "sharing.open_request"
    );
    world.ok(&format!("sharing grant {other} --expires 2027-01-01"));
    assert_eq!(refusal(world, &format!("sharing pending {code}")).1, "sharing.open_request");
});

both_engines!(what_has_run_out_is_in_nobodys_way, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    world.ok(&format!("sharing deny {code}"));
    let other = ask(world, 2);
    world.ok(&format!("sharing grant {other} --expires 2026-11-25"));
    world.at("2026-11-26T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01
        SHR-000001 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01. `Birch Homecare` gains sight of 2 records of 1 client.
        $ caredesk sharing list --columns code,status,expires
        CODE        STATUS   EXPIRES
        SHR-000002  expired  2026-11-25
        SHR-000001  granted  2027-01-01
    "#]]);
    verified(world);
});

both_engines!(a_grant_in_vain_is_told, |world| {
    share(world);
    open(world);
    ask(world, 1);
    world.story(expect![[r#"
        $ caredesk sharing setup acme --type services --client-by-client off
        `Acme Care` is at level 2 for services: automatic once linked. `Birch Homecare` gains sight of 2 records of 1 client.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: SHR-000001 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01.
        $ caredesk sharing setup acme --type services --client-by-client on --release on
        `Acme Care` is at level 2 for services: by release. `Birch Homecare` loses sight of 2 records of 1 client.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: SHR-000001 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01.
        2> warning: nothing is shared for now: `Acme Care` shares services by signed releases, not by requests
        $ caredesk sharing setup acme --type services --release off --level 3
        `Acme Care` is at level 3 for services: nothing is shared.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: SHR-000001 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01.
        2> warning: nothing is shared for now: `Acme Care` is at level 3 for services: it shares nothing
        $ caredesk sharing setup acme --type services --level 1 --client-by-client off
        `Acme Care` is at level 1 for services: automatic once linked. `Birch Homecare` gains sight of 3 records of 2 clients.
        $ caredesk sharing unlink acme birch --type services
        `Acme Care` is not linked to `Birch Homecare` for services. `Birch Homecare` loses sight of 3 records of 2 clients.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: SHR-000001 is granted: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01.
        2> warning: nothing is shared for now: `Acme Care` is not linked to `Birch Homecare` for services
    "#]]);
});

both_engines!(a_look_that_cannot_be_shown_is_not_taken, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type services");
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk record show REC-000001 --columns titel
        2> error: there is no column `titel`
        2> hint: the columns are code, client, owner, type, date, title, category, contract, units, detail, basis, recorded_at
        [exit 2]
        $ caredesk record list CLI-00000A --columns titel
        2> error: there is no column `titel`
        2> hint: the columns are code, client, owner, type, date, title, category, contract, units, detail, basis, recorded_at
        [exit 2]
    "#]]);
    assert!(world.sql("SELECT id FROM disclosure").is_empty());
    world.ok("record show REC-000001 --columns title");
    assert_eq!(world.sql("SELECT id FROM disclosure").len(), 1);
});

both_engines!(many_ask_at_once_and_one_request_is_made, |world| {
    share(world);
    open(world);
    let line = "sharing request CLI-00000A --owner acme --recipient birch --type services";
    let children: Vec<_> = (0..8)
        .map(|_| {
            world
                .command(line)
                .stderr(std::process::Stdio::piped())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut statuses: Vec<i32> = children
        .into_iter()
        .map(|child| crate::world::answer(child.wait_with_output().unwrap()).status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [0, 4, 4, 4, 4, 4, 4, 4]);
});
