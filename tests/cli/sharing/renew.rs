//! `sharing renew`, and why a request was denied or revoked.

use expect_test::expect;

use super::{ask, ask_for, open, share};
use crate::town::verified;

// Rule 3.6.
both_engines!(a_grant_is_renewed_while_it_stands, |world| {
    share(world);
    open(world);
    ask(world, 1);
    world.refusals(expect![[r#"
        4 sharing.not_granted        sharing renew SHR-000001
        # as birch
        6 sharing.wrong_side         sharing renew SHR-000001
        # as cedar
        3 sharing.not_found          sharing renew SHR-000001
    "#]]);
    world.story(expect![[r##"
        # as acme
        $ caredesk sharing grant SHR-000001 --signed 2026-11-12 --expires 2026-11-27
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-11-27. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing renew SHR-000001 --expires 2026-11-26
        2> error: SHR-000001 counts up to 2026-11-27: up to 2026-11-26 is no renewal
        2> hint: `caredesk sharing grant SHR-000001 --expires 2026-11-26` shortens it
        [exit 4]
        $ caredesk sharing renew SHR-000001 --dry-run
        dry run: Renewed request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-07; no account is alerted (no e-mail address).
        $ caredesk sharing renew SHR-000001
        Renewed request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-07; no account is alerted (no e-mail address).
        $ caredesk sharing renew SHR-000001
        Nothing to change: request SHR-000001 is granted already.
        # as admin
        $ caredesk sharing setup acme --type services --default-days 90
        Changed sharing of services by `Acme Care`: level 2, by request, with an expiry, 90 days if none is given.
        # as acme
        $ caredesk sharing renew SHR-000001 --signed 2026-11-21
        Renewed request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-02-19; no account is alerted (no e-mail address).
        $ caredesk sharing renew SHR-000001 --expires 2027-06-30 -o json
        {
          "code": "SHR-000001",
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "birth_date": "1941-03-02",
          "owner": "PRV-00000A",
          "owner_name": "Acme Care",
          "recipient": "PRV-00000B",
          "recipient_name": "Birch Homecare",
          "type": "services",
          "status": "granted",
          "signed_on": "2026-11-22",
          "signed_by": null,
          "signed_as": null,
          "expires_on": "2027-06-30",
          "reason": null,
          "withdrawn_on": null,
          "withdrawn_how": null,
          "purpose": null,
          "note": null,
          "requested_at": "2026-11-22T12:00:04Z",
          "requested_by": "admin",
          "answered_at": "2026-11-22T12:00:15Z",
          "answered_by": "acme",
          "lapses_on": null,
          "cancelled_at": null,
          "cancelled_by": null,
          "result": "updated",
          "changes": [
            {
              "field": "signed_on",
              "from": "2026-11-21",
              "to": "2026-11-22"
            },
            {
              "field": "expires_on",
              "from": "2027-02-19",
              "to": "2027-06-30"
            },
            {
              "field": "answered_at",
              "from": "2026-11-22T12:00:14Z",
              "to": "2026-11-22T12:00:15Z"
            }
          ],
          "gains": [],
          "losses": [],
          "stops": [],
          "alerted": 0,
          "not_alerted": [
            {
              "of": "Birch Homecare",
              "reason": "no-email"
            }
          ]
        }
        $ caredesk sharing show SHR-000001
        SHR-000001: granted
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 1941-03-02)
        last day  2027-06-30

        STATUS   SIGNED ON   EXPIRES ON  BY     STARTS AT         ENDS AT
        pending                          admin  2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-12  2026-11-27  acme   2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-22  2026-12-07  acme   2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-21  2027-02-19  acme   2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-22  2027-06-30  acme   2026-11-22 12:00
        # at 2027-07-01T09:00:00Z
        $ caredesk sharing renew SHR-000001
        2> error: SHR-000001 is expired: only a grant that stands can be renewed
        2> hint: ask again: `caredesk sharing request CLI-00000A --owner 'Acme Care' --recipient 'Birch Homecare' --type services`
        [exit 4]
    "##]]);
    verified(world);
});

// Rule 3.12.
both_engines!(the_other_side_sees_why, |world| {
    share(world);
    open(world);
    world.as_user("birch");
    ask(world, 1);
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing deny SHR-000001 --reason 'Signed for the wrong house'
        Denied request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk sharing deny SHR-000001
        Nothing to change: request SHR-000001 is denied already.
        $ caredesk sharing deny SHR-000001 --reason 'Signed for another house'
        Denied request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare`; no account is alerted (no e-mail address).
        # as birch
        $ caredesk sharing list --columns code,status,reason
        CODE        STATUS  REASON
        SHR-000001  denied  Signed for another house
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services --columns verdict
        verdict  Birch Homecare sees no services record of Ada Moss at Acme Care: SHR-000001 was denied 2026-11-22 12:00 (Signed for another house)
    "#]]);
    ask_for(world, "CLI-00000A", 2);
    world.story(expect![[r##"
        # as acme
        $ caredesk sharing grant SHR-000002 --expires 2027-01-01
        Granted request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing revoke SHR-000002 --reason 'Ada does not want it any more'
        Revoked request SHR-000002: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` loses access to 2 records of 1 client. No account is alerted (no e-mail address).
        # as birch
        $ caredesk sharing show SHR-000002
        SHR-000002: revoked
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 1941-03-02)
        last day  2027-01-01
        reason    Ada does not want it any more

        STATUS   SIGNED ON   EXPIRES ON  REASON                         BY     STARTS AT         ENDS AT
        pending                                                         birch  2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-22  2027-01-01                                 acme   2026-11-22 12:00  2026-11-22 12:00
        revoked  2026-11-22  2027-01-01  Ada does not want it any more  acme   2026-11-22 12:00
        $ caredesk sharing show SHR-000001 -o json
        {
          "code": "SHR-000001",
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "birth_date": "1941-03-02",
          "owner": "PRV-00000A",
          "owner_name": "Acme Care",
          "recipient": "PRV-00000B",
          "recipient_name": "Birch Homecare",
          "type": "services",
          "status": "denied",
          "signed_on": null,
          "signed_by": null,
          "signed_as": null,
          "expires_on": null,
          "reason": "Signed for another house",
          "withdrawn_on": null,
          "withdrawn_how": null,
          "purpose": null,
          "note": null,
          "requested_at": "2026-11-22T12:00:04Z",
          "requested_by": "birch",
          "answered_at": "2026-11-22T12:00:07Z",
          "answered_by": "acme",
          "lapses_on": null,
          "cancelled_at": null,
          "cancelled_by": null,
          "answers": [
            {
              "status": "pending",
              "signed_on": null,
              "expires_on": null,
              "signed_by": null,
              "signed_as": null,
              "reason": null,
              "by": "birch",
              "starts_at": "2026-11-22T12:00:04Z",
              "ends_at": "2026-11-22T12:00:05Z"
            },
            {
              "status": "denied",
              "signed_on": null,
              "expires_on": null,
              "signed_by": null,
              "signed_as": null,
              "reason": "Signed for the wrong house",
              "by": "acme",
              "starts_at": "2026-11-22T12:00:05Z",
              "ends_at": "2026-11-22T12:00:07Z"
            },
            {
              "status": "denied",
              "signed_on": null,
              "expires_on": null,
              "signed_by": null,
              "signed_as": null,
              "reason": "Signed for another house",
              "by": "acme",
              "starts_at": "2026-11-22T12:00:07Z",
              "ends_at": null
            }
          ]
        }
    "##]]);
    verified(world);
});

// Rule 3.12.
both_engines!(each_side_is_told_its_own, |world| {
    share(world);
    open(world);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees no services record of Ada Moss at Acme Care: Birch Homecare has sent no request.
        As of 2026-11-22 12:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care shares services by request
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          · not asked  category                Acme Care says only whether it agrees
          · not asked  enrolment at owner      Acme Care says only whether it agrees
          ✓ met        enrolment at recipient  Ada Moss is active at Birch Homecare since 2026-01-01
          ✗ not met    request                 Birch Homecare has sent no request
                       $ caredesk sharing request CLI-00000A --owner PRV-00000A --recipient PRV-00000B --type services
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
        # as acme
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees none of the 2 services records of Ada Moss at Acme Care: Birch Homecare has sent no request.
        As of 2026-11-22 12:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care is at level 2 for services since 2026-11-22 12:00: it shares in common service categories
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          · not asked  category                the services of Birch Homecare are said after an agreement
          ✓ met        enrolment at owner      Ada Moss is active at Acme Care since 2026-01-01
          · not asked  enrolment at recipient  whether Ada Moss is active at Birch Homecare is said after an agreement
          ✗ not met    request                 Birch Homecare has sent no request
                                               needs a request of Birch Homecare
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.as_user("birch");
    ask_for(world, "CLI-00000A", 1);
    world.as_user("acme");
    world.ok("sharing grant SHR-000001 --expires 2027-01-01");
    world.story(expect![[r#"
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees all 2 services records of Ada Moss at Acme Care: SHR-000001 is granted, signed 2026-11-22, and counts up to 2027-01-01, in common: Meals.
        As of 2026-11-22 12:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care is at level 2 for services since 2026-11-22 12:00: it shares in common service categories
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          ✓ met        category                in common: Meals (2 records)
          ✓ met        enrolment at owner      Ada Moss is active at Acme Care since 2026-01-01
          ✓ met        enrolment at recipient  Ada Moss is active at Birch Homecare since 2026-01-01
          ✓ met        request                 SHR-000001 is granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  SHR-000001 counts up to 2027-01-01
        # as birch
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees 2 services records of Ada Moss at Acme Care: SHR-000001 is granted, signed 2026-11-22, and counts up to 2027-01-01.
        As of 2026-11-22 12:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care shares services by request
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          · not asked  category                Acme Care says only whether it agrees
          · not asked  enrolment at owner      Acme Care says only whether it agrees
          ✓ met        enrolment at recipient  Ada Moss is active at Birch Homecare since 2026-01-01
          ✓ met        request                 SHR-000001 is granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  SHR-000001 counts up to 2027-01-01
    "#]]);
    world.as_user("admin");
    world.ok("client enroll CLI-00000A acme --status inactive");
    world.story(expect![[r#"
        # as birch
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services --columns visible,records_visible,records,first_failing,verdict
        visible          no
        records visible  0
        verdict          Birch Homecare sees no services record of Ada Moss at Acme Care: SHR-000001 is granted, signed 2026-11-22, and counts up to 2027-01-01, and Acme Care shows none
        # as cedar
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
    "#]]);
});

// Rule 3.12.
both_engines!(a_list_is_of_one_side_or_one_type, |world| {
    share(world);
    open(world);
    world.ok("sharing setup acme --type forms --level 1");
    world.ok("sharing link acme birch --type forms");
    world.as_user("birch");
    ask_for(world, "CLI-00000A", 1);
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type forms");
    world.story(expect![[r#"
        $ caredesk sharing list --outgoing --type services --columns code,type
        CODE        TYPE
        SHR-000001  services
        $ caredesk sharing list --outgoing acme
        2> note: no requests
        $ caredesk sharing list --incoming
        2> note: no requests
        # as both
        $ caredesk sharing list --incoming --outgoing --type services --columns code,type
        CODE        TYPE
        SHR-000001  services
        # as admin
        $ caredesk sharing list --incoming
        2> error: `--incoming` without a provider is for those who speak for one
        2> hint: name the provider: `--incoming PROVIDER`
        [exit 2]
        $ caredesk sharing list --incoming acme --type services --columns code,type
        CODE        TYPE
        SHR-000001  services
    "#]]);
});
