//! What law asks of records that are shared (rule 3.16): the notice that goes with each, and the purpose of a request.

use expect_test::expect;

use super::{ask, open, share};

// Rule 3.16.
both_engines!(a_notice_goes_with_each_shared_record, |world| {
    share(world);
    open(world);
    world.ok("sharing setup acme --type case-notes --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type case-notes");
    ask(world, 1);
    world.ok("sharing grant SHR-000001 --expires 2026-12-31");
    world.story(expect![[r#"
        $ caredesk sharing setup acme --type services --notice 'Not to be passed on (42 CFR Part 2)'
        Changed sharing of services by `Acme Care`: level 2, by request, with an expiry, with a notice.
        $ caredesk sharing setup acme --type services --notice 'Not to be passed on (42 CFR Part 2)'
        Nothing to change: `Acme Care` is at level 2 for services already.
        $ caredesk sharing settings acme --columns type,notice
        TYPE          NOTICE
        services      Not to be passed on (42 CFR Part 2)
        clinical
        case-notes
        appointments
        eligibility
        forms
        referrals
        $ caredesk record show REC-000001 --columns code,notice
        code    REC-000001
        notice  Not to be passed on (42 CFR Part 2)
        # as birch
        $ caredesk record list ada
        CODE        OWNER           TYPE        HAPPENED ON  TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services    2026-11-04   Breakfast  Meals     own
        REC-000003  Acme Care       case-notes  2026-11-03   Call                 automatic
        REC-000002  Acme Care       services    2026-11-02   Supper     Meals     request
        REC-000001  Acme Care       services    2026-11-01   Lunch      Meals     request

        Notice of `Acme Care` (services): Not to be passed on (42 CFR Part 2)
        $ caredesk record list ada --limit 1
        CODE        OWNER           TYPE      HAPPENED ON  TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04   Breakfast  Meals     own
        $ caredesk record list ada --columns code,notice -o csv
        code,notice
        REC-000004,
        REC-000003,
        REC-000002,Not to be passed on (42 CFR Part 2)
        REC-000001,Not to be passed on (42 CFR Part 2)
        $ caredesk record list ada --columns code,notice -o jsonl
        {"code":"REC-000004","notice":null}
        {"code":"REC-000003","notice":null}
        {"code":"REC-000002","notice":"Not to be passed on (42 CFR Part 2)"}
        {"code":"REC-000001","notice":"Not to be passed on (42 CFR Part 2)"}
        $ caredesk record show REC-000001
        code           REC-000001
        client         CLI-00000A
        client name    Ada Moss
        owner          PRV-00000A
        owner name     Acme Care
        type           services
        happened on    2026-11-01
        title          Lunch
        category       Meals
        contract       CTR-KH3QER
        contract name  Acme meals
        notice         Not to be passed on (42 CFR Part 2)
        never shared   no
        basis          request
        recorded at    2026-11-22 10:00 (2 h ago)
        # as acme
        $ caredesk record list ada --viewer acme
        CODE        OWNER      TYPE        HAPPENED ON  TITLE   CATEGORY  BASIS
        REC-000003  Acme Care  case-notes  2026-11-03   Call              own
        REC-000002  Acme Care  services    2026-11-02   Supper  Meals     own
        REC-000001  Acme Care  services    2026-11-01   Lunch   Meals     own
        # as sue
        $ caredesk sharing setup acme --type services --notice none
        Changed sharing of services by `Acme Care`: level 2, by request, with an expiry.
        $ caredesk record list ada --viewer birch --type services
        CODE        OWNER           TYPE      HAPPENED ON  TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04   Breakfast  Meals     own
        REC-000002  Acme Care       services  2026-11-02   Supper     Meals     request
        REC-000001  Acme Care       services  2026-11-01   Lunch      Meals     request
    "#]]);
});

// Rule 3.16.
both_engines!(a_request_has_a_purpose_that_both_sides_see, |world| {
    share(world);
    open(world);
    world.as_user("birch");
    world.ok("sharing request CLI-00000A --owner acme --recipient birch --type services --purpose 'care coordination'");
    world.sql("UPDATE sharing_request SET code = 'SHR-000001'");
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing list
        CODE        CLIENT      CLIENT NAME  OWNER      RECIPIENT       TYPE      STATUS   EXPIRES ON  PURPOSE
        SHR-000001  CLI-00000A  Ada Moss     Acme Care  Birch Homecare  services  pending              care coordination
        $ caredesk sharing show SHR-000001
        SHR-000001: pending
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 1941-03-02)
        waits until  2026-12-22
        purpose      care coordination

        STATUS   BY     STARTS AT
        pending  birch  2026-11-22 12:00
        $ caredesk sharing grant SHR-000001 --expires 2026-12-31
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-31. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        # as birch
        $ caredesk sharing list --columns code,status,purpose
        CODE        STATUS   PURPOSE
        SHR-000001  granted  care coordination
    "#]]);
});

// Rule 3.16.
both_engines!(a_record_is_never_shared_whatever_is_agreed, |world| {
    share(world);
    open(world);
    ask(world, 1);
    world.ok("sharing grant SHR-000001 --expires 2026-12-31");
    world.at("2026-11-22T13:00:00Z");
    world.story(expect![[r#"
        $ caredesk record edit REC-000001 --never-shared on --dry-run
        dry run: Changed record REC-000001: never shared no → yes. `Birch Homecare` loses access to 1 record of 1 client.
        $ caredesk record edit REC-000001 --never-shared on
        Changed record REC-000001: never shared no → yes. `Birch Homecare` loses access to 1 record of 1 client.
        $ caredesk record edit REC-000001 --never-shared on
        Nothing to change: record REC-000001 stays as it is.
        $ caredesk record list ada --columns code,never_shared
        CODE        NEVER SHARED
        REC-000004  no
        REC-000003  no
        REC-000002  no
        REC-000001  yes
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees 1 of the 2 services records of Ada Moss at Acme Care: SHR-000001 is granted, signed 2026-11-22, and counts up to 2026-12-31, in common: Meals; never shared, whatever is agreed: 1 of 2 records.
        As of 2026-11-22 13:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care is at level 2 for services since 2026-11-22 12:00: it shares in common service categories
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          ✓ met        category                in common: Meals (2 records)
          ✓ met        restriction             never shared, whatever is agreed: 1 of 2 records
          ✓ met        enrolment at owner      Ada Moss is active at Acme Care since 2026-01-01
          ✓ met        enrolment at recipient  Ada Moss is active at Birch Homecare since 2026-01-01
          ✓ met        request                 SHR-000001 is granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  SHR-000001 counts up to 2026-12-31
        $ caredesk sharing who CLI-00000A
        RECIPIENT                          TYPE        OWNER           BY       SOURCE      SINCE AT          UNTIL ON    RECORDS
        the hub, every level of its staff                              hub                                                      4
        Acme Care                          case-notes  Acme Care       own                  2026-11-22 10:00                    1
        Acme Care                          services    Acme Care       own                  2026-11-22 10:00                    2
        Birch Homecare                     services    Acme Care       request  SHR-000001  2026-11-22 12:00  2026-12-31        1
        Birch Homecare                     services    Birch Homecare  own                  2026-11-22 10:00                    1
        $ caredesk sharing who CLI-00000A --at "2026-11-22 12:59"
        RECIPIENT                          TYPE        OWNER           BY       SOURCE      SINCE AT          UNTIL ON    RECORDS
        the hub, every level of its staff                              hub                                                      4
        Acme Care                          case-notes  Acme Care       own                  2026-11-22 10:00                    1
        Acme Care                          services    Acme Care       own                  2026-11-22 10:00                    2
        Birch Homecare                     services    Acme Care       request  SHR-000001  2026-11-22 12:00  2026-12-31        2
        Birch Homecare                     services    Birch Homecare  own                  2026-11-22 10:00                    1
        $ caredesk record show REC-000001 --viewer birch
        2> error: there is no record `REC-000001`
        2> hint: `caredesk record list` shows those that there are
        [exit 3]
        # as birch
        $ caredesk record list CLI-00000A
        CODE        OWNER           TYPE      HAPPENED ON  TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04   Breakfast  Meals     own
        REC-000002  Acme Care       services  2026-11-02   Supper     Meals     request
        $ caredesk record show REC-000001
        2> error: there is no record `REC-000001`
        2> hint: `caredesk record list` shows those that there are
        [exit 3]
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees 1 services record of Ada Moss at Acme Care: SHR-000001 is granted, signed 2026-11-22, and counts up to 2026-12-31.
        As of 2026-11-22 13:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care shares services by request
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          · not asked  category                Acme Care says only whether it agrees
          · not asked  enrolment at owner      Acme Care says only whether it agrees
          ✓ met        enrolment at recipient  Ada Moss is active at Birch Homecare since 2026-01-01
          ✓ met        request                 SHR-000001 is granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  SHR-000001 counts up to 2026-12-31
        # as acme
        $ caredesk record show REC-000001 --columns code,never_shared,basis
        code          REC-000001
        never shared  yes
        basis         own
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees 1 of the 2 services records of Ada Moss at Acme Care: SHR-000001 is granted, signed 2026-11-22, and counts up to 2026-12-31, in common: Meals; never shared, whatever is agreed: 1 of 2 records.
        As of 2026-11-22 13:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care is at level 2 for services since 2026-11-22 12:00: it shares in common service categories
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          ✓ met        category                in common: Meals (2 records)
          ✓ met        restriction             never shared, whatever is agreed: 1 of 2 records
          ✓ met        enrolment at owner      Ada Moss is active at Acme Care since 2026-01-01
          ✓ met        enrolment at recipient  Ada Moss is active at Birch Homecare since 2026-01-01
          ✓ met        request                 SHR-000001 is granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  SHR-000001 counts up to 2026-12-31
        # as sue
        $ caredesk record edit REC-000002 --never-shared on
        Changed record REC-000002: never shared no → yes. `Birch Homecare` loses access to 1 record of 1 client.
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees none of the 2 services records of Ada Moss at Acme Care: never shared, whatever is agreed: 2 of 2 records.
        As of 2026-11-22 13:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care is at level 2 for services since 2026-11-22 12:00: it shares in common service categories
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          ✓ met        category                in common: Meals (2 records)
          ✗ not met    restriction             never shared, whatever is agreed: 2 of 2 records
          ✓ met        enrolment at owner      Ada Moss is active at Acme Care since 2026-01-01
          ✓ met        enrolment at recipient  Ada Moss is active at Birch Homecare since 2026-01-01
          ✓ met        request                 SHR-000001 is granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  SHR-000001 counts up to 2026-12-31
        $ caredesk record edit REC-000001 --never-shared off -o json --columns code,never_shared
        {
          "code": "REC-000001",
          "never_shared": false
        }
        $ caredesk record edit REC-000002 --never-shared off
        Changed record REC-000002: never shared yes → no. `Birch Homecare` gains access to 1 record of 1 client.
        $ caredesk record add CLI-00000A --provider acme --type services --date 2026-11-06 --title Dinner --contract 'acme meals' --never-shared
        Created record REC-R1AY1Q: services of Ada Moss (CLI-00000A) at `Acme Care`, 2026-11-06, never shared.
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services --columns verdict,rules
        verdict  Birch Homecare sees 2 of the 3 services records of Ada Moss at Acme Care: SHR-000001 is granted, signed 2026-11-22, and counts up to 2026-12-31, in common: Meals; never shared, whatever is agreed: 1 of 3 records
        rules    10
    "#]]);
    world.ok("audit verify");
});

// Rules 3.8 and 3.16.
both_engines!(a_recipient_does_not_learn_that_there_is_a_record_that_is_never_shared, |world| {
    share(world);
    open(world);
    ask(world, 1);
    world.ok("sharing grant SHR-000001 --expires 2026-12-31");
    world.ok("record edit REC-000001 --never-shared on");
    world.ok("record edit REC-000002 --never-shared on");
    let seen = || {
        world.as_user("birch");
        world.at("2026-11-22T13:00:00Z");
        let seen = [
            "sharing explain CLI-00000A --owner acme --recipient birch --type services -o json",
            "sharing explain CLI-00000A -o json",
            "sharing who CLI-00000A -o json",
            "record list CLI-00000A -o json",
            "client show CLI-00000A -o json",
            "sharing list -o json",
        ]
        .map(|line| world.run(line))
        .map(|answer| answer.stdout + &answer.stderr);
        world.as_user("sue");
        seen
    };
    let marked = seen();
    world.sql("DELETE FROM never_shared; DELETE FROM record WHERE code IN ('REC-000001', 'REC-000002')");
    assert_eq!(marked, seen());
});
