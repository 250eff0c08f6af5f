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
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A)
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
