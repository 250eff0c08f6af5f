//! Every card, explanation and report at 80 columns.

use expect_test::expect;

use super::settle;

both_engines!(a_card_fits_80_columns, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk whoami --columns login,name,level,time_zone
        login      admin
        name       admin
        level      admin
        time zone  UTC
        $ caredesk hub show
        time zone     UTC
        contact days  30
        request days  30
        signing age   18
        $ caredesk account show maria-theresia.hohenberg
        login         maria-theresia.hohenberg
        name          Maria-Theresia von Hohenberg zu Lichtenstein
        level         standard
        email         maria-theresia.hohenberg@northern-districts.example
        active        yes
        has password  no
        $ caredesk account show rosa
        login                     rosa
        name                      Rosa Quill
        level                     provider-portal
        email                     rosa@harbour.example
        active                    yes
        has password              no
        permissions               edit-capacity, respond-packages
        resources                 RES-000001
        resource assigned emails  yes
        $ caredesk provider show PRV-000001
        Harbour and Old Town Home Care Cooperative of the Northern Districts
        (PRV-000001), active
        email        office@harbour-and-old-town-home-care.example
        phone        01632 960142
        postal code  N1 9ZZ

        CODE        KIND     NAME                                                 STATE
        RES-000001  agency   Harbour and Old Town Home Care Cooperative of the    active
                             Northern Districts
        RES-000005  program  Evening and weekend visits for people who live       active
                             alone
        $ caredesk provider show PRV-000002
        王氏居家照護服務股份有限公司 (PRV-000002), active
        phone  02 2345 6789

        CODE        KIND    NAME                          STATE
        RES-000002  agency  王氏居家照護服務股份有限公司  active
        $ caredesk resource show RES-000005
        Evening and weekend visits for people who live alone (RES-000005), program
        provider  Harbour and Old Town Home Care Cooperative of the Northern Districts
                  (PRV-000001)
        state     active
        queues    Reablement after a stay in hospital
        accounts  rosa
        $ caredesk client show CLI-000001
        code             CLI-000001
        given            Maria-Theresia
        family           von Hohenberg zu Lichtenstein und Sankt Georgen
        birth date       1931-02-28
        postal code      N1 9ZZ
        status           active
        active releases  1

        CODE        QUEUE           STATUS              RESOURCE        SINCE AT
        REF-000001  Reablement      Attempting Contact  Harbour and     2026-09-01 08:15
                    after a stay                        Old Town Home   (2 months ago)
                    in hospital                         Care
                                                        Cooperative of
                                                        the Northern
                                                        Districts

        CODE        REFERENCE           REFERRAL    STATUS    PROVIDER           WAITING
                                                                                     FOR
        PKG-000001  Winter mornings,    REF-000001  accepted  Harbour and Old          0
                    first and third                           Town Home Care
                    visit of the week                         Cooperative of
                                                              the Northern
                                                              Districts

        CODE        START             DURATION  REFERRAL    PROVIDER
        VIS-000001  2026-11-30 09:00    45 min  REF-000001  Harbour and Old Town Home
                                                            Care Cooperative of the
                                                            Northern Districts
        VIS-000003  2026-12-04 08:30    45 min  REF-000001  Harbour and Old Town Home
                                                            Care Cooperative of the
                                                            Northern Districts

        PROVIDER    PROVIDER NAME                                             SINCE ON
        PRV-000001  Harbour and Old Town Home Care Cooperative of the         2026-01-05
                    Northern Districts
        PRV-000002  王氏居家照護服務股份有限公司                              2026-01-05

        RECIPIENT                     OWNER                            TYPES     RECORDS
        王氏居家照護服務股份有限公司  Harbour and Old Town Home Care   clinical        1
                                      Cooperative of the Northern
                                      Districts
        $ caredesk contact show 2026-0142
        2026-0142: Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen
        submitted    2026-09-01
        postal code  N1 9ZZ
        phone        01632 960142
        email        mtheresia@example.org
        client       CLI-000001
        created      2026-09-01 08:15 (2 months ago) by admin

        Fell twice in November; lives on the third floor without a lift, and opens only
        to people she knows.

        CODE        QUEUE                    RESOURCE                 STATUS
        REF-000001  Reablement after a stay  Harbour and Old Town     Attempting Contact
                    in hospital              Home Care Cooperative
                                             of the Northern
                                             Districts
        $ caredesk queue show reablement
        Reablement after a stay in hospital
        Referred → Attempting Contact → Enrolled → Declined (closed)

        CODE        KIND     NAME                       STATE   PROVIDER
        RES-000005  program  Evening and weekend        active  Harbour and Old Town
                             visits for people who              Home Care Cooperative of
                             live alone                         the Northern Districts
        RES-000001  agency   Harbour and Old Town Home  active  Harbour and Old Town
                             Care Cooperative of the            Home Care Cooperative of
                             Northern Districts                 the Northern Districts
        RES-000002  agency   王氏居家照護服務股份有限   active  王氏居家照護服務股份有限
                             公司                               公司
        $ caredesk referral show REF-000001
        code            REF-000001
        queue           Reablement after a stay in hospital
        status          Attempting Contact
        closed          no
        client          CLI-000001
        client name     Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen
        contact number  2026-0142
        resource        RES-000001
        resource name   Harbour and Old Town Home Care Cooperative of the Northern
                        Districts
        provider        PRV-000001
        provider name   Harbour and Old Town Home Care Cooperative of the Northern
                        Districts
        assigned at     2026-09-01 08:15 (2 months ago)
        note            rang, no answer
        created at      2026-09-01 08:15 (2 months ago)
        created by      admin
        contact name    Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen
        contact date    2026-09-01
        postal code     N1 9ZZ
        phone           01632 960142
        email           mtheresia@example.org
        details         Fell twice in November; lives on the third floor without a lift,
                        and opens only to people she knows.

        AT                    BY     WHAT      FROM                  TO
        2026-09-01 08:15      admin  created                         Referred
        (2 months ago)
        2026-09-01 08:15      admin  resource                        Harbour and Old
        (2 months ago)                                               Town Home Care
                                                                     Cooperative of the
                                                                     Northern Districts
        2026-09-01 08:15      admin  note                            prefers mornings,
        (2 months ago)                                               rings twice and
                                                                     waits: she needs
                                                                     some time to reach
                                                                     the door
        2026-11-20 14:30      admin  status    Referred              Attempting Contact
        (4 days ago)
        2026-11-20 14:30      admin  note      prefers mornings,     rang, no answer
        (4 days ago)                           rings twice and
                                               waits: she needs
                                               some time to reach
                                               the door
        $ caredesk referral show REF-000002
        code            REF-000002
        queue           Reablement after a stay in hospital
        status          Declined
        closed          yes
        client          CLI-000004
        client name     花子 山田
        contact number  2026-0199
        resource        RES-000002
        resource name   王氏居家照護服務股份有限公司
        provider        PRV-000002
        provider name   王氏居家照護服務股份有限公司
        assigned at     2026-11-20 14:30 (4 days ago)
        note            moved away
        created at      2026-11-20 14:30 (4 days ago)
        created by      admin
        contact name    花子 山田
        contact date    2026-11-20

        AT                          BY     WHAT      FROM      TO
        2026-11-20 14:30            admin  created             Referred
        (4 days ago)
        2026-11-20 14:30            admin  resource            王氏居家照護服務股份有限
        (4 days ago)                                           公司
        2026-11-20 14:30            admin  status    Referred  Declined
        (4 days ago)
        2026-11-20 14:30            admin  note                moved away
        (4 days ago)
        $ caredesk package show PKG-000001
        Winter mornings, first and third visit of the week: accepted by Harbour and Old
        Town Home Care Cooperative of the Northern Districts
        code         PKG-000001
        referral     REF-000001
        client       Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen
                     (CLI-000001)
        postal code  N1 9ZZ
        created      2026-11-20 14:30 (4 days ago) by admin

        CODE        START             DURATION  STATUS   OFFERED START           OFFERED
                                                                                DURATION
        VIS-000001  2026-11-30 09:00    45 min  planned  2026-11-30 08:30         45 min
        VIS-000003  2026-12-04 08:30    45 min  planned  2026-12-04 08:30         45 min

        PROVIDER             REQUESTED  REQUESTED AT        STATUS    RESPONDED AT
                             BY
        Harbour and Old      admin      2026-11-20 14:30    accepted  2026-11-25 08:00
        Town Home Care                  (4 days ago)                  (2 h ago)
        Cooperative of the
        Northern Districts
        王氏居家照護服務股   admin      2026-11-20 14:30    closed
        份有限公司                      (4 days ago)
        $ caredesk package show PKG-000002
        PKG-HZKQK6: pending, waiting for an answer
        code      PKG-000002
        referral  REF-000003
        client    Ada Moss (CLI-000003)
        created   2026-11-20 14:30 (4 days ago) by admin

        CODE        START             DURATION  STATUS
        VIS-000004  2026-12-01 18:00    30 min  planned

        PROVIDER     REQUESTED  REQUESTED AT      STATUS    RESPONDED AT      REASON
                     BY
        Harbour and  admin      2026-11-20 14:30  pending
        Old Town                (4 days ago)
        Home Care
        Cooperative
        of the
        Northern
        Districts
        王氏居家照   admin      2026-11-20 14:30  rejected  2026-11-25 08:00  nobody is
        護服務股份              (4 days ago)                (2 h ago)         free on
        有限公司                                                              Tuesday
                                                                              evenings
                                                                              before
                                                                              Christmas
        Oak House    admin      2026-11-20 14:30  pending
                                (4 days ago)
        $ caredesk capacity show PRV-000001
        Harbour and Old Town Home Care Cooperative of the Northern Districts
        (RES-000001)
        8 of 8 places left, 0 used since 2026-11-25 08:00

        CODE        STATUS    PLACES  STARTS AT         NOTE         SET    SET AT
                                                                     BY
        CAP-000003  in force       8  2026-11-25 08:00  from now on  admin  2 h ago
        CAP-000001  past          12  2026-09-01 08:15  two carers   admin  2 months ago
                                                        are on
                                                        leave until
                                                        the end of
                                                        the month,
                                                        so nothing
                                                        before noon
        2> note: no room for unit: `-o json` shows it
        $ caredesk contract show CON-000001
        2> error: there is no contract `CON-000001`
        2> hint: `caredesk contract list` shows those that there are
        [exit 3]
        $ caredesk record show REC-000001
        code           REC-000001
        client         CLI-000001
        client name    Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen
        owner          PRV-000001
        owner name     Harbour and Old Town Home Care Cooperative of the Northern
                       Districts
        type           clinical
        happened on    2026-11-02
        title          Assessment of the skin and of the risk to fall, with a plan
        category       Personal care at home, day and night
        contract       CTR-000001
        contract name  Framework agreement on home care 2024 to 2027
        detail         no pressure marks; wants a second handrail
        never shared   no
        recorded at    2026-11-25 08:00 (2 h ago)
        $ caredesk sharing show SHR-000001
        SHR-000001: granted
        `王氏居家照護服務股份有限公司` asks `Harbour and Old Town Home Care Cooperative
        of the Northern Districts` for clinical of Maria-Theresia von Hohenberg zu
        Lichtenstein und Sankt Georgen (CLI-000001, born 1931-02-28)
        last day  2026-12-31

        STATUS   SIGNED ON   EXPIRES ON  BY     STARTS AT         ENDS AT
        pending                          admin  2026-11-25 08:00  2026-11-25 08:00
        granted  2026-11-25  2026-12-31  admin  2026-11-25 08:00
        $ caredesk release show ROI-000001
        ROI-000001: active until 2027-11-19
        client    Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen
                  (CLI-000001)
        owner     Harbour and Old Town Home Care Cooperative of the Northern Districts
                  (PRV-000001)
        shows     clinical to Oak House, 王氏居家照護服務股份有限公司
        signed    2026-11-20 by Maria-Theresia von Hohenberg
        purpose   care after discharge from hospital, as agreed with her family
        document  application/pdf, 77 bytes
        sha256    6f71714ba1d09b1fc838e8661ee4d0170fd38f6913426432ad289af8ecc52510
        added     2026-11-25 08:00 (2 h ago) by admin

        ELEMENT          HELD  DETAIL                 OPTION          SOURCE
        client           yes   Maria-Theresia von                     164.508(c)(1)
                               Hohenberg zu
                               Lichtenstein und
                               Sankt Georgen
        information      yes   clinical                               164.508(c)(1)(i)
        owner            yes   Harbour and Old Town                   164.508(c)(1)(ii)
                               Home Care Cooperative
                               of the Northern
                               Districts
        recipients       yes   Oak House, 王氏居家照                  164.508(c)(1)(iii)
                               護服務股份有限公司
        purpose          yes   care after discharge                   164.508(c)(1)(iv)
                               from hospital, as
                               agreed with her
                               family
        expiry           yes   2027-11-19                             164.508(c)(1)(v)
        signature        yes   Maria-Theresia von                     164.508(c)(1)(vi)
                               Hohenberg
        signature date   yes   2026-11-20                             164.508(c)(1)(vi)
        authority        no                           --signed-as     164.508(c)(1)(vi)
        right to revoke  yes   the document says so                   164.508(c)(2)(i)
        conditions       no                           --conditions    164.508(c)(2)(ii)
        redisclosure     no                           --redisclosure  164.508(c)(2)(iii)
        $ caredesk release check ROI-000001
        ELEMENT          HELD  DETAIL                 OPTION          SOURCE
        client           yes   Maria-Theresia von                     164.508(c)(1)
                               Hohenberg zu
                               Lichtenstein und
                               Sankt Georgen
        information      yes   clinical                               164.508(c)(1)(i)
        owner            yes   Harbour and Old Town                   164.508(c)(1)(ii)
                               Home Care Cooperative
                               of the Northern
                               Districts
        recipients       yes   Oak House, 王氏居家照                  164.508(c)(1)(iii)
                               護服務股份有限公司
        purpose          yes   care after discharge                   164.508(c)(1)(iv)
                               from hospital, as
                               agreed with her
                               family
        expiry           yes   2027-11-19                             164.508(c)(1)(v)
        signature        yes   Maria-Theresia von                     164.508(c)(1)(vi)
                               Hohenberg
        signature date   yes   2026-11-20                             164.508(c)(1)(vi)
        authority        no                           --signed-as     164.508(c)(1)(vi)
        right to revoke  yes   the document says so                   164.508(c)(2)(i)
        conditions       no                           --conditions    164.508(c)(2)(ii)
        redisclosure     no                           --redisclosure  164.508(c)(2)(iii)
        2> error: release `ROI-000001` lacks 3 of 12 elements
        2> hint: a release is never changed: revoke it and add it again with what the paper says, or have a new one signed
        [exit 4]
        $ caredesk alert show ALT-000001
        code             ALT-000001
        status           waiting
        kind             assigned
        account          rosa
        about            REF-000001
        referral         REF-000001
        contact number   2026-0142
        resource         RES-000001
        resource name    Harbour and Old Town Home Care Cooperative of the Northern
                         Districts
        queued at        2026-09-01 08:15 (2 months ago)
        attempts         0
        next attempt at  2026-09-01 08:15 (2 months ago)
    "#]]);
});

both_engines!(explanations_and_reports_fit_80_columns, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk sharing explain CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type clinical
        王氏居家照護服務股份有限公司 sees all 1 clinical record of Maria-Theresia von
        Hohenberg zu Lichtenstein und Sankt Georgen at Harbour and Old Town Home Care
        Cooperative of the Northern Districts: ROI-000001 is for
        王氏居家照護服務股份有限公司, signed 2026-11-20, and counts up to 2027-11-19, in
        common: Personal care at home, day and night.
        As of 2026-11-25 10:00.

          ✓ met        recipient               王氏居家照護服務股份有限公司 is active
          ✓ met        level                   Harbour and Old Town Home Care
                                               Cooperative of the Northern Districts is
                                               at level 2 for clinical since 2026-11-25
                                               08:00: it shares in common service
                                               categories
          ✓ met        link                    Harbour and Old Town Home Care
                                               Cooperative of the Northern Districts is
                                               linked to 王氏居家照護服務股份有限公司
                                               for clinical since 2026-11-25 08:00
          ✓ met        category                in common: Personal care at home, day and
                                               night (1 record)
          · not asked  enrolment at owner      release sharing is on: signed releases
                                               count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases
                                               count instead of requests
          · not asked  request                 release sharing is on: signed releases
                                               count instead of requests
          ✓ met        release                 ROI-000001 is for
                                               王氏居家照護服務股份有限公司, signed
                                               2026-11-20
          ✓ met        expiry                  ROI-000001 counts up to 2027-11-19
        $ caredesk sharing explain CLI-000003 --owner PRV-000001 --recipient PRV-000004 --type case-notes
        Oak House would see no case-notes record of Ada Moss at Harbour and Old Town
        Home Care Cooperative of the Northern Districts: Harbour and Old Town Home Care
        Cooperative of the Northern Districts has set nothing for case-notes, which
        shares nothing (level 3).
        As of 2026-11-25 10:00.

          ✓ met        recipient               Oak House is active
          ✗ not met    level                   Harbour and Old Town Home Care
                                               Cooperative of the Northern Districts has
                                               set nothing for case-notes, which shares
                                               nothing (level 3)
                       $ caredesk sharing setup PRV-000001 --type case-notes --level 1
          ✗ not met    link                    Harbour and Old Town Home Care
                                               Cooperative of the Northern Districts is
                                               not linked to Oak House for case-notes
                       $ caredesk sharing link PRV-000001 PRV-000004 --type case-notes
          · not asked  category                level 3 shares nothing in any service
                                               category
          · not asked  enrolment at owner      the owner has set nothing
          · not asked  enrolment at recipient  the owner has set nothing
          · not asked  request                 the owner has set nothing
          · not asked  release                 release sharing is off
          · not asked  expiry                  the owner has set nothing
        $ caredesk report referrals
        Home care: 1 open
          New · not assigned                 ████████  1, oldest 4 days, median 4 days

        Reablement after a stay in hospital: 1 open
          Attempting Contact · Harbour and   ████████  1, oldest 2 months,
          Old Town Home Care Cooperative of            median 2 months,
          the Northern Districts                       changed after 2 months
        $ caredesk report referrals --columns queue,resource,status,referrals,oldest_days
        QUEUE                          RESOURCE    STATUS              REFERRALS  OLDEST
                                                                                    DAYS
        Home care                                  New                         1       4
        Reablement after a stay in     RES-000001  Attempting Contact          1      85
        hospital
        $ caredesk report capacity
        Harbour and Old Town Home Care Cooperative of the Northern Districts
          Evening and weekend visits for people            no capacity set
          who live alone
          Harbour and Old Town Home Care         ░░░░░░░░  8 of 8 left, set today
          Cooperative of the Northern Districts

        王氏居家照護服務股份有限公司
          王氏居家照護服務股份有限公司           █░░       2 of 3 left, set 2 months ago
        $ caredesk report hub
        Referrals, 1 December 2025 to 25 November 2026
          referrals                           ▄ █                              3
          left their first status             █ █                              2
          median time until then     ·········█·                               40 days

        Packages
          packages                              █                              2
          accepted                              █                              1
          median time to acceptance  ···········█                              4 days

        Offers
          offers                                █                              5
          answered                              █                              2
          median time to answer      ···········█                              4 days
          lapsed                                                               0
          handed back                                                          0

        Sharing
          sharing requests                      █                              1
          granted                               █                              1
          median time to answer      ···········                               0 min
        $ caredesk report packages --by queue
        Packages by queue, 1 December 2025 to 25 November 2026: 1 of 2 accepted, median
        4 days, 1 pending
          Home care                            ░░░░░░░░░  0 of 1 accepted, 1 pending
          Reablement after a stay in hospital  █████████  1 of 1 accepted, median 4 days
        $ caredesk report providers
        Offers by provider, 1 December 2025 to 25 November 2026: 2 of 5 answered, median
        4 days, 1 won
          Harbour and Old Town Home Care     ████░░░░  1 of 2 answered, median 4 days,
          Cooperative of the Northern                  1 won
          Districts
          Oak House                          ░░░░      0 of 1 answered, 0 won
          王氏居家照護服務股份有限公司       ████░░░░  1 of 2 answered, median 4 days,
                                                       0 won
        $ caredesk report sharing
        Sharing requests by owner, 1 December 2025 to 25 November 2026: 1 of 1 answered,
        median 0 min, 1 granted
          Harbour and Old Town Home Care     ████████  1 of 1 answered, median 0 min,
          Cooperative of the Northern                  1 granted
          Districts
        $ caredesk schedule show REF-000001 --week 2026-W49
        REF-000001 · Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen ·
        Reablement after a stay in hospital
        Week 49 · 30 November – 6 December 2026

         Mon 30     Tue 1      Wed 2      Thu 3      Fri 4      Sat 5      Sun 6
         ────────── ────────── ────────── ────────── ────────── ────────── ──────────
                              ┌╌╌╌╌╌╌╌╌╌╌┐          ┏━━━━━━━━━━┓
                              ╎08:30 45m ╎          ┃08:30 45m ┃
                              ╎⊘cancelled╎          ┃✓ accepted┃
                              └╌╌╌╌╌╌╌╌╌╌┘          ┗━━━━━━━━━━┛
        ┏━━━━━━━━━━┓
        ┃09:00 45m ┃
        ┃✓ accepted┃
        ┃offered   ┃
        ┃Mon 08:30 ┃
        ┗━━━━━━━━━━┛

        ┏━┓ outsourced   ✓ accepted   ┌╌┐ ⊘ cancelled
        2 visits, 1 h 30 min; 2 outsourced; 1 cancelled
        $ caredesk sharing setup PRV-000001 --type clinical --client-by-client off --dry-run
        dry run: Changed sharing of clinical by `Harbour and Old Town Home Care Cooperative of the Northern Districts`: level 2, by release, with an expiry, 365 days if none is given.
        $ caredesk outsource add-provider PKG-000002 oak --dry-run
        dry run: Nothing to change: package PKG-000002 (PKG-HZKQK6) is offered to Harbour and Old Town Home Care Cooperative of the Northern Districts, 王氏居家照護服務股份有限公司, Oak House already.
        $ caredesk audit verify --columns entries,intact
        entries  60
        intact   yes
        $ caredesk account explain rosa --referral REF-000002
        rosa does not see the referral REF-000002: rosa acts neither for
        王氏居家照護服務股份有限公司 nor for the agency 王氏居家照護服務股份有限公司.

          ✓ met      account                 rosa is enabled
          ✓ met      level                   rosa is of level provider-portal, which
                                             sees what its resources give
          ✓ met      assignment              REF-000002, in the queue Reablement after a
                                             stay in hospital, is assigned to
                                             王氏居家照護服務股份有限公司 (RES-000002)
          ✗ not met  resource                rosa acts neither for
                                             王氏居家照護服務股份有限公司 nor for the
                                             agency 王氏居家照護服務股份有限公司
                     $ caredesk account add-resource rosa RES-000002
          ✓ met      provider                王氏居家照護服務股份有限公司 is active
          ✗ not met  access contact details  rosa lacks access-contact-details: with it
                                             the whole contact is seen, without it eight
                                             fields
                     $ caredesk account permit rosa access-contact-details
    "#]]);
    // The hash in it differs from run to run.
    assert!(world.ok("audit verify").lines().all(|line| line.len() <= 80));
});
