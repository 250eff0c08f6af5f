//! Who answers sharing sees whom it is about (rule 3.12).

use expect_test::expect;

use super::{ask_for, open, share};
use crate::town::verified;

// Rules 3.12 and 2.6.
both_engines!(who_answers_sees_the_clients_of_its_providers, |world| {
    share(world);
    open(world);
    world.ok("client edit CLI-00000A --birth-date 1941-03-02 --id nhs-1 --postal-code 'N1 9ZZ'");
    world.ok("client enroll CLI-00000B birch --date 2026-01-01");
    world.ok("sharing setup acme --type forms --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type forms");
    world.as_user("birch");
    ask_for(world, "CLI-00000A", 1);
    world.story(expect![[r##"
        # as acme
        $ caredesk client list
        CODE        GIVEN  FAMILY  BIRTH DATE
        CLI-00000A  Ada    Moss    1941-03-02
        $ caredesk client show ada
        code        CLI-00000A
        given       Ada
        family      Moss
        birth date  1941-03-02

        PROVIDER   TYPE        RECORDS
        Acme Care  case-notes        1
        Acme Care  services          2

        OWNER      RECIPIENT       TYPE      SHARING    REQUEST     STATUS   RECORDS
        Acme Care  Birch Homecare  forms     automatic                             0
        Acme Care  Birch Homecare  services  request    SHR-000001  pending        0
        $ caredesk client show 'Ada Moss' -o json
        {
          "code": "CLI-00000A",
          "given": "Ada",
          "family": "Moss",
          "birth_date": "1941-03-02",
          "address": null,
          "postal_code": null,
          "phones": [],
          "carer_note": null,
          "visits": [],
          "records": [
            {
              "provider": "PRV-00000A",
              "provider_name": "Acme Care",
              "type": "case-notes",
              "records": 1
            },
            {
              "provider": "PRV-00000A",
              "provider_name": "Acme Care",
              "type": "services",
              "records": 2
            }
          ],
          "sharing": [
            {
              "owner": "PRV-00000A",
              "owner_name": "Acme Care",
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "type": "forms",
              "sharing": "automatic",
              "request": null,
              "status": null,
              "expires_on": null,
              "records": 0
            },
            {
              "owner": "PRV-00000A",
              "owner_name": "Acme Care",
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "type": "services",
              "sharing": "request",
              "request": "SHR-000001",
              "status": "pending",
              "expires_on": null,
              "records": 0
            }
          ]
        }
        $ caredesk sharing list
        CODE        CLIENT      CLIENT NAME  OWNER      RECIPIENT       TYPE      STATUS   EXPIRES ON  PURPOSE
        SHR-000001  CLI-00000A  Ada Moss     Acme Care  Birch Homecare  services  pending
        $ caredesk sharing show SHR-000001
        SHR-000001: pending
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 1941-03-02)
        waits until  2026-12-22

        STATUS   BY     STARTS AT
        pending  birch  2026-11-22 12:00
        $ caredesk client list --status deceased
        2> error: `--status` is for the hub: a provider does not see the status of a client
        2> hint: leave out `--status`
        [exit 2]
        $ caredesk client list --name bo
        2> note: no clients
        $ caredesk client show CLI-00000B
        2> error: there is no client `CLI-00000B`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk client edit CLI-00000A --birth-date 1941-03-03
        2> error: an account of level `provider-portal` may not change clients
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk client edit CLI-00000B --birth-date 1941-03-03
        2> error: there is no client `CLI-00000B`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        # as birch
        $ caredesk client list --limit 1
        CODE        GIVEN  FAMILY  BIRTH DATE
        CLI-00000A  Ada    Moss    1941-03-02
        $ caredesk client list --limit 1 --after CLI-00000A
        CODE        GIVEN  FAMILY  BIRTH DATE
        CLI-00000B  Bo     Moss    1941-03-02
        $ caredesk client show CLI-00000B
        code        CLI-00000B
        given       Bo
        family      Moss
        birth date  1941-03-02

        OWNER      RECIPIENT       TYPE      SHARING    RECORDS
        Acme Care  Birch Homecare  forms     automatic        0
        Acme Care  Birch Homecare  services  request          0
        # as mute
        $ caredesk client list
        2> note: no clients
        $ caredesk client show CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk sharing show SHR-000001
        SHR-000001: pending
        `Birch Homecare` asks `Acme Care` for services of CLI-00000A
        waits until  2026-12-22

        STATUS   BY     STARTS AT
        pending  birch  2026-11-22 12:00
        # as cedar
        $ caredesk client list
        2> note: no clients
        # as acme
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        # as birch
        $ caredesk client show CLI-00000A --columns sharing -o json
        {
          "sharing": [
            {
              "owner": "PRV-00000A",
              "owner_name": "Acme Care",
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "type": "forms",
              "sharing": "automatic",
              "request": null,
              "status": null,
              "expires_on": null,
              "records": 0
            },
            {
              "owner": "PRV-00000A",
              "owner_name": "Acme Care",
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "type": "services",
              "sharing": "request",
              "request": "SHR-000001",
              "status": "granted",
              "expires_on": "2027-01-01",
              "records": 2
            }
          ]
        }
    "##]]);
    // The owner is told who it is where the client is active at both.
    world.as_user("admin");
    world.ok("client enroll CLI-00000A birch --status inactive");
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing list --columns client,client_name,birth_date
        CLIENT      CLIENT NAME  BIRTH DATE
        CLI-00000A
        # as birch
        $ caredesk sharing list --columns client,client_name,birth_date
        CLIENT      CLIENT NAME  BIRTH DATE
        CLI-00000A
        $ caredesk client list
        CODE        GIVEN  FAMILY  BIRTH DATE
        CLI-00000B  Bo     Moss    1941-03-02
        # as admin
        $ caredesk sharing list --columns client,client_name,birth_date
        CLIENT      CLIENT NAME  BIRTH DATE
        CLI-00000A  Ada Moss     1941-03-02
    "#]]);
    verified(world);
});

// Rule 3.12: of a request to one of its providers, that the client is active at another of them names no one.
both_engines!(a_request_names_who_is_active_at_both_of_its_sides, |world| {
    share(world);
    open(world);
    world.ok("client edit CLI-00000A --birth-date 1941-03-02");
    world.ok("sharing setup acme --type forms --level 1");
    world.ok("sharing link acme cedar --type forms");
    world.ok("client enroll CLI-00000A cedar");
    world.ok("sharing request CLI-00000A --owner acme --recipient cedar --type forms");
    let named = || {
        world.as_user("both");
        let request = world.json("sharing list --incoming acme")[0].clone();
        world.as_user("admin");
        ["client_name", "birth_date"].map(|key| !request[key].is_null())
    };
    assert_eq!(named(), [true, true]);
    // Ada is still active at Birch, for which `both` answers too.
    world.ok("client enroll CLI-00000A acme --status inactive");
    assert_eq!(named(), [false, false]);
    world.ok("client enroll CLI-00000A acme");
    assert_eq!(named(), [true, true]);
});
