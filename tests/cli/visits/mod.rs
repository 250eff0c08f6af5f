//! The visits that a provider has accepted: what it sees of them and of whose they are, and who has looked (rule 1.12).

mod calendar;
mod leak;
mod reload;

use expect_test::expect;

use crate::town::{self, sound};
use crate::world::World;

/// The town of [`town::settle`], where Ada has contact details, `acme` may see such, and Acme Care has accepted `VIS-000001` and
/// `VIS-000002` as `winter`; `mute` is of Acme Care too and may not see them.
pub fn accepted(world: &World) {
    world.begin(|world| {
        town::settle(world);
        ada(world);
        world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter");
        world.as_user("acme");
        world.ok("package respond winter --provider acme --accept");
        world.as_user("admin");
    });
}

fn ada(world: &World) {
    world.ok(
        "client edit CLI-00000A --address '12 Elm Road, London' --postal-code 'SW1A 1AA' --phone 'daughter:020 7946 0018' \
         --carer-note 'the key is with the neighbour' --birth-date 1941-03-02",
    );
    world.ok("visit edit VIS-000001 --note 'hub only' --provider-note 'two carers'");
    for login in ["acme", "birch"] {
        world.ok(&format!("account permit {login} access-contact-details"));
    }
}

// Rule 1.12: name, address, phones and the note for carers, and each look is in the register.
both_engines!(who_has_accepted_sees_what_it_takes_to_come, |world| {
    accepted(world);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk visit list
        CODE        START             DURATION  STATUS   PROVIDER NOTE  PACKAGE  CLIENT    ADDRESS              AREA
        VIS-000001  2026-12-01 09:00    30 min  planned  two carers     winter   Ada Moss  12 Elm Road, London  SW1A
        VIS-000002  2026-12-02 09:00    30 min  planned                 winter   Ada Moss  12 Elm Road, London  SW1A
        $ caredesk client show moss
        code         CLI-00000A
        given        Ada
        family       Moss
        address      12 Elm Road, London
        postal code  SW1A 1AA
        phones       daughter: 020 7946 0018
        carer note   the key is with the neighbour

        CODE        START             DURATION  STATUS   PROVIDER NOTE  PACKAGE
        VIS-000001  2026-12-01 09:00    30 min  planned  two carers     winter
        VIS-000002  2026-12-02 09:00    30 min  planned                 winter
        $ caredesk package show winter
        winter: accepted by Acme Care
        code         PKG-A3Z1NK
        referral     REF-00000A
        client       Ada Moss (CLI-00000A)
        address      12 Elm Road, London
        postal code  SW1A 1AA
        phones       daughter: 020 7946 0018
        for carers   the key is with the neighbour
        created      2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS   PROVIDER NOTE
        VIS-000001  2026-12-01 09:00    30 min  planned  two carers
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    60 min            0          0 min

        PROVIDER   REQUESTED BY  REQUESTED AT                 STATUS    RESPONDED AT
        Acme Care  admin         2026-11-22 10:00 (just now)  accepted  2026-11-22 10:00 (just now)
        $ caredesk -o json visit list --from 2026-12-02 --to 2026-12-02
        [
        {"code":"VIS-000002","start":"2026-12-02T09:00:00Z","duration_minutes":30,"status":"planned","provider_note":null,"package":"PKG-A3Z1NK","package_reference":"winter","provider":"PRV-00000A","provider_name":"Acme Care","referral":"REF-00000A","client":"CLI-00000A","client_name":"Ada Moss","address":"12 Elm Road, London","postal_code":"SW1A 1AA","area":"SW1A"}
        ]
        $ caredesk visit list --columns code,start,area
        CODE        START             AREA
        VIS-000001  2026-12-01 09:00  SW1A
        VIS-000002  2026-12-02 09:00  SW1A
    "#]]);
    world.as_user("sue");
    world.story(expect![[r#"
        $ caredesk disclosure list --columns client_name,owner_name,recipient_name,type,records,basis,source,by,command
        CLIENT    OWNER  RECIPIENT  TYPE             RECORDS  BASIS       SOURCE      BY    COMMAND
        Ada Moss         Acme Care  contact-details        1  acceptance  PKG-A3Z1NK  acme  visit list
        Ada Moss         Acme Care  contact-details        1  acceptance  PKG-A3Z1NK  acme  package show
        Ada Moss         Acme Care  contact-details        1  acceptance  PKG-A3Z1NK  acme  client show
        Ada Moss         Acme Care  contact-details        1  acceptance  PKG-A3Z1NK  acme  visit list
        $ caredesk -o json disclosure list --client ada --limit 1
        [
        {"at":"2026-11-22T10:00:09Z","client":"CLI-00000A","client_name":"Ada Moss","owner":null,"owner_name":null,"recipient":"PRV-00000A","recipient_name":"Acme Care","type":"contact-details","records":1,"basis":"acceptance","source":"PKG-A3Z1NK","by":"acme","acted_by":null,"command":"visit list","preview":false}
        ]
    "#]]);
    world.ok("client export ada --dir ada");
    assert!(world.read("ada/disclosures.json").contains("contact-details"));
    world.as_user("admin");
    sound(world);
    world.ok("audit verify");
});

// Rule 1.12: without the permission the calls and the area only, and nothing is disclosed.
both_engines!(without_the_permission_there_are_calls_and_an_area, |world| {
    accepted(world);
    world.as_user("mute");
    world.story(expect![[r#"
        $ caredesk visit list
        CODE        START             DURATION  STATUS   PROVIDER NOTE  PACKAGE  CLIENT  ADDRESS  AREA
        VIS-000001  2026-12-01 09:00    30 min  planned  two carers     winter                    SW1A
        VIS-000002  2026-12-02 09:00    30 min  planned                 winter                    SW1A
        $ caredesk client show CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk -o json package show winter --columns client,client_name,address,postal_code,phones,carer_note,area
        {
          "client": null,
          "client_name": null,
          "address": null,
          "postal_code": null,
          "phones": [],
          "carer_note": null,
          "area": "SW1A"
        }
        $ caredesk -o csv visit list --columns code,client,client_name,address,postal_code,area
        code,client,client_name,address,postal_code,area
        VIS-000001,,,,,SW1A
        VIS-000002,,,,,SW1A
    "#]]);
    world.as_user("sue");
    assert_eq!(world.json("disclosure list").as_array().unwrap().len(), 0);
});

// Rule 1.12: what is only offered shows nobody, even to who has other visits of the same client.
both_engines!(what_is_only_offered_shows_nobody, |world| {
    accepted(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme --reference spring");
    world.as_user("acme");
    let asked = world.json("package show spring");
    for key in ["client", "client_name", "address", "postal_code", "carer_note"] {
        assert!(asked[key].is_null(), "{key}: {asked}");
    }
    assert_eq!(asked["phones"].as_array().map(Vec::len), Some(0), "{asked}");
    let listed = world.json("visit list");
    assert_eq!(listed.as_array().unwrap().len(), 2, "{listed}");
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk visit list
        2> note: no visits
        $ caredesk client show CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk package show winter
        2> error: there is no package `winter`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
    "#]]);
});

// Rule 1.12: until some days after the last visit that is not cancelled, by its date as it is now.
both_engines!(contact_details_end_after_the_last_visit, |world| {
    accepted(world);
    let shows = |at: &str, expected: bool| {
        world.at(at);
        world.as_user("acme");
        let answer = world.run("client show CLI-00000A");
        assert_eq!(answer.status == 0, expected, "{at}: {answer:?}");
        let listed = world.json("visit list");
        let is_named = |row: &serde_json::Value| !row["client_name"].is_null() || !row["address"].is_null();
        assert!(listed.as_array().unwrap().iter().all(|row| is_named(row) == expected), "{at}: {listed}");
        assert_eq!(world.json("client list").as_array().unwrap().len(), usize::from(expected), "{at}");
        let package = world.json("package show winter");
        assert_eq!(
            !package["client"].is_null() || !package["postal_code"].is_null(),
            expected,
            "{at}: {package}"
        );
        world.as_user("admin");
    };
    // The last visit is on 2 December.
    shows("2027-01-01T23:50:00Z", true);
    shows("2027-01-02T00:00:00Z", false);
    world.ok("visit edit VIS-000002 --start '2026-12-05 09:00'");
    shows("2027-01-02T00:00:00Z", true);
    shows("2027-01-05T00:00:00Z", false);
    world.ok("hub edit --contact-days 60");
    shows("2027-01-05T00:00:00Z", true);
    world.ok("visit cancel VIS-000002");
    shows("2027-01-30T00:00:00Z", true);
    shows("2027-01-31T00:00:00Z", false);
    world.ok("visit cancel VIS-000001");
    shows("2026-12-01T00:00:00Z", false);
});

// Rule 1.12: at once with the end of the package, and while the provider is not active.
both_engines!(contact_details_end_with_the_package, |world| {
    accepted(world);
    let is_shown = |login: &str| {
        world.as_user(login);
        let (shown, listed) = (world.run("client show CLI-00000A"), world.json("visit list"));
        world.as_user("admin");
        let (is_shown, count) = (shown.status == 0, listed.as_array().unwrap().len());
        assert_eq!(is_shown, count > 0, "{shown:?} {listed}");
        is_shown
    };
    assert!(is_shown("acme") && !is_shown("birch"));
    world.ok("provider deactivate acme --yes");
    assert!(!is_shown("acme"));
    world.ok("provider activate acme");
    assert!(is_shown("acme"));
    world.ok("outsource resend winter --yes");
    assert!(!is_shown("acme"));
    world.as_user("birch");
    world.ok("package respond winter --provider birch --accept");
    world.as_user("admin");
    assert!(is_shown("birch") && !is_shown("acme"));
    world.ok("outsource delete winter --yes");
    assert!(!is_shown("birch"));
    // Handed back, the visits go out of its calendar as cancelled.
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider birch --reference spring");
    world.as_user("birch");
    world.ok("package respond spring --provider birch --accept");
    assert!(is_shown("birch"));
    world.as_user("birch");
    world.ok("package hand-back spring --provider birch --reason 'no staff' --yes");
    let calendar = world.ok("schedule export --file -");
    world.as_user("admin");
    assert!(!is_shown("birch"));
    let of_spring =
        calendar.split("BEGIN:VEVENT").find(|event| event.contains("vis-000003")).unwrap_or_default();
    assert!(of_spring.contains("STATUS:CANCELLED"), "{calendar}");
});

// Rule 1.12: who may see whose its visits are finds them by name, and each page is a look. The birth date is of another ground.
both_engines!(a_provider_lists_those_whom_it_visits, |world| {
    accepted(world);
    world.as_user("acme");
    let listed = world.json("client list");
    assert_eq!(listed[0]["code"], "CLI-00000A", "{listed}");
    assert!(listed[0]["birth_date"].is_null() && listed.as_array().unwrap().len() == 1, "{listed}");
    assert_eq!(world.json("client list --columns code")[0]["code"], "CLI-00000A");
    assert_eq!(world.json("client list --name zz").as_array().unwrap().len(), 0);
    for login in ["mute", "birch"] {
        world.as_user(login);
        assert_eq!(world.json("client list").as_array().unwrap().len(), 0, "{login}");
    }
    world.as_user("sue");
    let looks = world.json("disclosure list");
    assert_eq!(
        (looks.as_array().unwrap().len(), &looks[0]["command"]),
        (1, &"client list".into()),
        "{looks}"
    );
});

// What a provider that is merged into another has accepted, that other has.
both_engines!(the_visits_of_a_merged_provider_are_those_of_the_other, |world| {
    accepted(world);
    world.ok("provider merge acme --into birch --yes");
    world.as_user("birch");
    assert_eq!(world.json("visit list").as_array().unwrap().len(), 2);
    world.ok("client show CLI-00000A");
});

// Rule 1.12: the hub sees what a provider has, by whole days.
both_engines!(the_hub_lists_visits_by_provider_and_day, |world| {
    accepted(world);
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk visit list --provider acme
        CODE        START             DURATION  STATUS   PROVIDER NOTE  PACKAGE  CLIENT    ADDRESS              AREA
        VIS-000001  2026-12-01 09:00    30 min  planned  two carers     winter   Ada Moss  12 Elm Road, London  SW1A
        VIS-000002  2026-12-02 09:00    30 min  planned                 winter   Ada Moss  12 Elm Road, London  SW1A
        $ caredesk visit list --provider acme --from 2026-12-02 --to 2026-12-02 -o csv --columns code,client_name,address
        code,client_name,address
        VIS-000002,Ada Moss,"12 Elm Road, London"
        $ caredesk visit list --provider birch
        2> note: no visits
        $ caredesk visit list --from 2026-12-04 --to 2026-12-05 --columns code,referral,start
        CODE        REFERRAL    START
        VIS-000004  REF-00000A  2026-12-04 09:00
        VIS-000005  REF-00000B  2026-12-05 09:00
        $ caredesk visit list REF-00000A --provider acme
        2> error: the argument '[REFERRAL]...' cannot be used with '--provider <PROVIDER>'
        2>
        2> Usage: caredesk visit list [OPTIONS] [REFERRAL]...
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
    let first = world.ok("visit list --provider acme --limit 1 -q");
    let rest = world.ok(&format!("visit list --provider acme --after {} -q", first.trim()));
    assert_eq!((first.trim(), rest.trim()), ("VIS-000001", "VIS-000002"));
    world.as_user("sue");
    assert_eq!(
        world.json("disclosure list").as_array().unwrap().len(),
        0,
        "what the hub reads is no disclosure"
    );
});

// Rule 1.12.
both_engines!(how_long_contact_details_last_is_a_setting, |world| {
    town::settle(world);
    world.story(expect![[r#"
        $ caredesk hub show
        time zone     UTC
        contact days  30
        request days  30
        signing age   18
        $ caredesk hub edit --contact-days 14 --name 'Care Hub'
        Changed hub `Care Hub`: name none → Care Hub, contact days 30 → 14.
        $ caredesk hub edit --contact-days 14
        Nothing to change: hub `Care Hub` stays as it is.
        $ caredesk hub edit --contact-days -1
        2> error: unexpected argument '-1' found
        2>
        2> Usage: caredesk hub edit [OPTIONS] <--name <NAME>|--contact-days <N>|--request-days <N>|--signing-age <N|none>>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk hub edit
        2> error: the following required arguments were not provided:
        2>   <--name <NAME>|--contact-days <N>|--request-days <N>|--signing-age <N|none>>
        2>
        2> Usage: caredesk hub edit [OPTIONS] <--name <NAME>|--contact-days <N>|--request-days <N>|--signing-age <N|none>>
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
    world.as_user("sue");
    world.story(expect![[r#"
        $ caredesk hub show -o json
        {
          "name": "Care Hub",
          "time_zone": "UTC",
          "contact_days": 14,
          "request_days": 30,
          "signing_age": 18
        }
        $ caredesk hub edit --contact-days 7
        2> error: an account of level `supervisor` may not change the settings of the hub
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk hub show
        2> error: an account of level `provider-portal` may not read the settings of the hub
        2> hint: that takes the level trainee; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});
