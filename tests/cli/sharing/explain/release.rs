//! `sharing explain` where signed releases decide.

use expect_test::expect;

use super::settle;
use crate::town::sound;

both_engines!(releases_let_see_while_they_count, |world| {
    settle(world);
    world.ok("sharing setup oak --type services --level 1 --release on");
    for recipient in ["harbour", "willow"] {
        world.ok(&format!("sharing link oak {recipient} --type services"));
    }
    world.story(expect![[r#"
        $ caredesk client show ada
        code             CLI-000001
        given            Ada
        family           Moss
        status           active
        active releases  0
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: there is no release.
        As of 2026-11-22 10:00.

          ✓ met        recipient               Harbour Care is active
          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✗ not met    release                 there is no release
                                               needs a release for Harbour Care that Ada Moss or a representative has signed; Oak House adds it with `caredesk release add`
          · not asked  expiry                  there is no consent that could run out
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --expires 2026-11-30 --recipient willow
        Created release ROI-VRX6JT (Ada Moss): `Oak House` may show services to `Willow Trust` until 2026-11-30. `Willow Trust` gains access to 3 records of 1 client. No account is alerted (no active account acts there).
        2> note: it lacks purpose, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-VRX6JT` says more
        2> warning: no birth date of CLI-000001 is known: whether it signs without a guardian, from 18 on, was not checked
    "#]]);
    world.sql("UPDATE release SET code = 'ROI-00000A'");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: ROI-00000A is not for Harbour Care.
        As of 2026-11-22 10:00.

          ✓ met        recipient               Harbour Care is active
          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✗ not met    release                 ROI-00000A is not for Harbour Care
                                               needs a release for Harbour Care that Ada Moss or a representative has signed; Oak House adds it with `caredesk release add`
          · not asked  expiry                  there is no consent that could run out
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --all-providers
        Created release ROI-2H1Z7S (Ada Moss): `Oak House` may show services to all providers. `Harbour Care` gains access to 3 records of 1 client. No account is alerted (no active account acts there).
        2> note: it lacks purpose, expiry, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-2H1Z7S` says more
        2> warning: ROI-00000A holds the same document for other recipients, and still counts
        2> warning: no birth date of CLI-000001 is known: whether it signs without a guardian, from 18 on, was not checked
    "#]]);
    world.sql("UPDATE release SET code = 'ROI-00000B' WHERE code <> 'ROI-00000A'");
    world.story(expect![[r#"
        $ caredesk client show ada
        code             CLI-000001
        given            Ada
        family           Moss
        status           active
        active releases  2

        RECIPIENT     OWNER      TYPES     RECORDS
        Harbour Care  Oak House  services        3
        Willow Trust  Oak House  services        3
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees all 3 services records of Ada Moss at Oak House: ROI-00000B is for all providers, signed 2026-11-20, and has no last day.
        As of 2026-11-22 10:00.

          ✓ met        recipient               Harbour Care is active
          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✓ met        release                 ROI-00000B is for all providers, signed 2026-11-20
          ✓ met        expiry                  ROI-00000B has no last day
        $ caredesk record list ada --viewer harbour --columns title,owner_name,basis
        TITLE          OWNER         BASIS
        Washing        Harbour Care  own
        To the doctor  Oak House     release
        Dressing       Oak House     release
        Washing        Oak House     release
        $ caredesk disclosure list --columns client_name,owner_name,recipient_name,type,records,basis,source,by
        CLIENT    OWNER      RECIPIENT     TYPE      RECORDS  BASIS    SOURCE      BY
        Ada Moss  Oak House  Harbour Care  services        3  release  ROI-00000B  admin
        $ caredesk release revoke ROI-00000B --dry-run
        dry run: Revoked release ROI-00000B (Ada Moss). `Harbour Care` loses access to 3 records of 1 client. No account is alerted (no active account acts there).
        $ caredesk release revoke ROI-00000B --yes -o json --columns code
        {
          "code": "ROI-00000B"
        }
        $ caredesk record list ada --viewer harbour --columns title,owner_name,basis
        TITLE    OWNER         BASIS
        Washing  Harbour Care  own
        $ caredesk record list ada --viewer willow --columns title,owner_name,basis
        TITLE          OWNER      BASIS
        To the doctor  Oak House  release
        Dressing       Oak House  release
        Washing        Oak House  release
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: ROI-00000B for all providers was revoked 2026-11-22 10:00.
        As of 2026-11-22 10:00.

          ✓ met        recipient               Harbour Care is active
          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✗ not met    release                 ROI-00000B for all providers was revoked 2026-11-22 10:00
                                               needs a release for Harbour Care that Ada Moss or a representative has signed; Oak House adds it with `caredesk release add`
          · not asked  expiry                  there is no consent that could run out
        $ caredesk client show ada -o json
        {
          "code": "CLI-000001",
          "given": "Ada",
          "family": "Moss",
          "birth_date": null,
          "postal_code": null,
          "address": null,
          "phones": [],
          "carer_note": null,
          "id": null,
          "status": "active",
          "since_on": null,
          "former_names": [],
          "anonymous": false,
          "active_releases": 1,
          "still_planned": [],
          "open_referrals": [],
          "packages": [],
          "next_visits": [],
          "enrolments": [],
          "shared_with": [
            {
              "recipient": "PRV-000003",
              "recipient_name": "Willow Trust",
              "owner": "PRV-000001",
              "owner_name": "Oak House",
              "types": [
                "services"
              ],
              "records": 3
            }
          ],
          "same_birth_date": []
        }
        # at 2026-12-01T10:00:00Z
        $ caredesk record list ada --viewer willow --columns title,owner_name,basis
        2> note: no records
        $ caredesk sharing explain ada --owner oak --recipient willow --type services
        Willow Trust sees none of the 3 services records of Ada Moss at Oak House: ROI-00000A ran out: its last day was 2026-11-30.
        As of 2026-12-01 10:00.

          ✓ met        recipient               Willow Trust is active
          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Willow Trust for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✓ met        release                 ROI-00000A is for Willow Trust, signed 2026-11-20
          ✗ not met    expiry                  ROI-00000A ran out: its last day was 2026-11-30
                                               needs a release for Willow Trust that Ada Moss or a representative has signed; Oak House adds it with `caredesk release add`
        $ caredesk release list --columns code,status
        CODE        STATUS
        ROI-00000B  revoked
        ROI-00000A  expired
        $ caredesk release list --status expired --columns code,status
        CODE        STATUS
        ROI-00000A  expired
        $ caredesk client show ada --columns active_releases
        active releases  0
        $ caredesk release revoke ROI-00000A --yes
        Revoked release ROI-00000A (Ada Moss). No provider loses access to any record.
    "#]]);
    sound(world);
});

both_engines!(an_expiry_that_the_owner_requires, |world| {
    settle(world);
    world.ok("sharing setup oak --type services --level 1 --release on --require-expiry on");
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --columns expires_on --signed 2026-11-20
        2> error: `Oak House` requires an expiry date, and no default length of an agreement is set
        2> hint: give it with `--expires`, or set a length with `caredesk sharing setup PRV-000001 --type services --default-days 365`
        [exit 4]
    "#]]);
    world.ok("sharing setup oak --type services --default-days 30");
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --columns expires_on --signed 2026-11-20 --dry-run
        expires on  2026-12-20
        2> note: it lacks purpose, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-G2REYA` says more
        2> warning: `Oak House` is linked to no provider for services; `caredesk sharing link PRV-000001 PROVIDER --type services` links it to one
        2> warning: no birth date of CLI-000001 is known: whether it signs without a guardian, from 18 on, was not checked
        2> note: dry run: Created release ROI-G2REYA (Ada Moss): `Oak House` may show services to all providers until 2026-12-20.
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --columns expires_on --signed 2026-10-01
        2> error: a release that expired on `2026-10-31` would let no provider see anything: today is 2026-11-22
        2> hint: `--expires` is the last day that the release counts; it may be today
        [exit 5]
    "#]]);
});
