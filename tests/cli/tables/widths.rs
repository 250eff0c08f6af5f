//! The same on narrow and wide terminals, and where no person looks.

use expect_test::expect;

use super::{TERMINAL, settle};

both_engines!(what_has_no_room_is_left_out_and_named, |world| {
    settle(world);
    world.set(TERMINAL, "60");
    world.story(expect![[r#"
        $ caredesk referral list
        CODE        QUEUE         STATUS              CLIENT
        REF-000003  Home care     New                 Ada Moss
        REF-000002  Reablement    Declined            花子 山田
                    after a stay
                    in hospital
        REF-000001  Reablement    Attempting Contact  Maria-Theresia
                    after a stay                      von Hohenberg
                    in hospital                       zu
                                                      Lichtenstein
                                                      und Sankt
                                                      Georgen
        2> note: 3 referrals: 1 Attempting Contact, 1 Declined, 1 New
        2> note: no room for resource_name, note, created_at:
        2>       `--columns` shows them
        $ caredesk visit list REF-000001
        CODE        START             DURATION  STATUS     PACKAGE
        VIS-000001  2026-11-30 09:00    45 min  planned    Winter
                                                           mornings,
                                                           first and
                                                           third
                                                           visit of
                                                           the week
        VIS-000002  2026-12-02 08:30    45 min  cancelled
        VIS-000003  2026-12-04 08:30    45 min  planned    Winter
                                                           mornings,
                                                           first and
                                                           third
                                                           visit of
                                                           the week
        2> note: 3 visits: 2 planned, 1 cancelled
        2> note: no room for note, package_status,
        2>       offered_duration_minutes: `--columns` shows them
        $ caredesk sharing list
        CODE        CLIENT NAME     OWNER        RECIPIENT   STATUS
        SHR-000001  Maria-Theresia  Harbour and  王氏居家照  granted
                    von Hohenberg   Old Town     護服務股份
                    zu              Home Care    有限公司
                    Lichtenstein    Cooperative
                    und Sankt       of the
                    Georgen         Northern
                                    Districts
        2> note: no room for client, type, expires_on: `--columns`
        2>       shows them; left out because empty: purpose
        $ caredesk package show PKG-000001
        Winter mornings, first and third visit of the week: accepted
        by Harbour and Old Town Home Care Cooperative of the
        Northern Districts
        code         PKG-000001
        referral     REF-000001
        client       Maria-Theresia von Hohenberg zu Lichtenstein
                     und Sankt Georgen (CLI-000001)
        postal code  N1 9ZZ
        created      2026-11-20 14:30 (4 days ago) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-11-30 09:00    45 min  planned
        VIS-000003  2026-12-04 08:30    45 min  planned

        PROVIDER          REQUESTED  REQUESTED   STATUS    RESPONDED
                          BY         AT                    AT
        Harbour and Old   admin      4 days ago  accepted  2 h ago
        Town Home Care
        Cooperative of
        the Northern
        Districts
        王氏居家照護服務  admin      4 days ago  closed
        股份有限公司
        2> note: no room for offered_start, offered_duration_minutes:
        2>       `-o json` shows them
        $ caredesk sharing explain CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type clinical
        王氏居家照護服務股份有限公司 sees all 1 clinical record of
        Maria-Theresia von Hohenberg zu Lichtenstein und Sankt
        Georgen at Harbour and Old Town Home Care Cooperative of the
        Northern Districts: ROI-000001 is for
        王氏居家照護服務股份有限公司, signed 2026-11-20, and counts
        up to 2027-11-19, in common: Personal care at home, day and
        night.
        As of 2026-11-25 10:00.

          ✓ met        recipient               王氏居家照護服務股份
                                               有限公司 is active
          ✓ met        level                   Harbour and Old Town
                                               Home Care Cooperative
                                               of the Northern
                                               Districts is at level
                                               2 for clinical since
                                               2026-11-25 08:00: it
                                               shares in common
                                               service categories
          ✓ met        link                    Harbour and Old Town
                                               Home Care Cooperative
                                               of the Northern
                                               Districts is linked
                                               to 王氏居家照護服務股
                                               份有限公司 for
                                               clinical since
                                               2026-11-25 08:00
          ✓ met        category                in common: Personal
                                               care at home, day and
                                               night (1 record)
          · not asked  enrolment at owner      release sharing is
                                               on: signed releases
                                               count instead of
                                               requests
          · not asked  enrolment at recipient  release sharing is
                                               on: signed releases
                                               count instead of
                                               requests
          · not asked  request                 release sharing is
                                               on: signed releases
                                               count instead of
                                               requests
          ✓ met        release                 ROI-000001 is for 王
                                               氏居家照護服務股份有
                                               限公司, signed
                                               2026-11-20
          ✓ met        expiry                  ROI-000001 counts up
                                               to 2027-11-19
        $ caredesk report capacity
        Harbour and Old Town Home Care Cooperative of the Northern
        Districts
          Evening and weekend                no capacity set
          visits for people who
          live alone
          Harbour and Old Town     ░░░░░░░░  8 of 8 left, set today
          Home Care Cooperative
          of the Northern
          Districts

        王氏居家照護服務股份有限公司
          王氏居家照護服務股份有   █░░       2 of 3 left,
          限公司                             set 2 months ago
    "#]]);
    world.set(TERMINAL, "200");
    world.story(expect![[r#"
        $ caredesk referral list
        CODE        QUEUE                                STATUS              CLIENT                                             RESOURCE                                           NOTE             CREATED AT
        REF-000003  Home care                            New                 Ada Moss                                                                                                               4 days ago
        REF-000002  Reablement after a stay in hospital  Declined            花子 山田                                          王氏居家照護服務股份有限公司                       moved away       4 days ago
        REF-000001  Reablement after a stay in hospital  Attempting Contact  Maria-Theresia von Hohenberg zu Lichtenstein und   Harbour and Old Town Home Care Cooperative of the  rang, no answer  2 months ago
                                                                             Sankt Georgen                                      Northern Districts
        2> note: 3 referrals: 1 Attempting Contact, 1 Declined, 1 New
        $ caredesk visit list REF-000001
        CODE        START             DURATION  STATUS     NOTE                                             PACKAGE                                             PACKAGE STATUS  OFFERED DURATION
        VIS-000001  2026-11-30 09:00    45 min  planned    keys are with the neighbour on the ground floor  Winter mornings, first and third visit of the week  accepted                  45 min
        VIS-000002  2026-12-02 08:30    45 min  cancelled  keys are with the neighbour on the ground floor
        VIS-000003  2026-12-04 08:30    45 min  planned    keys are with the neighbour on the ground floor  Winter mornings, first and third visit of the week  accepted                  45 min
        2> note: 3 visits: 2 planned, 1 cancelled
        $ caredesk sharing list
        CODE        CLIENT      CLIENT NAME                                           OWNER                                                 RECIPIENT                     TYPE      STATUS   EXPIRES ON  PURPOSE
        SHR-000001  CLI-000001  Maria-Theresia von Hohenberg zu Lichtenstein und      Harbour and Old Town Home Care Cooperative of the     王氏居家照護服務股份有限公司  clinical  granted  2026-12-31
                                Sankt Georgen                                         Northern Districts
        $ caredesk package show PKG-000001
        Winter mornings, first and third visit of the week: accepted by Harbour and Old Town Home Care Cooperative of the Northern Districts
        code         PKG-000001
        referral     REF-000001
        client       Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen (CLI-000001)
        postal code  N1 9ZZ
        created      2026-11-20 14:30 (4 days ago) by admin

        CODE        START             DURATION  STATUS   OFFERED START     OFFERED DURATION
        VIS-000001  2026-11-30 09:00    45 min  planned  2026-11-30 08:30            45 min
        VIS-000003  2026-12-04 08:30    45 min  planned  2026-12-04 08:30            45 min

        PROVIDER                                                              REQUESTED BY  REQUESTED AT                   STATUS    RESPONDED AT
        Harbour and Old Town Home Care Cooperative of the Northern Districts  admin         2026-11-20 14:30 (4 days ago)  accepted  2026-11-25 08:00 (2 h ago)
        王氏居家照護服務股份有限公司                                          admin         2026-11-20 14:30 (4 days ago)  closed
    "#]]);
    world.set(TERMINAL, "");
    world.story(expect![[r#"
        $ caredesk referral list
        CODE        QUEUE                                STATUS              CLIENT                                                          RESOURCE                                                              NOTE             CREATED AT
        REF-000003  Home care                            New                 Ada Moss                                                                                                                                               2026-11-20 14:30
        REF-000002  Reablement after a stay in hospital  Declined            花子 山田                                                       王氏居家照護服務股份有限公司                                          moved away       2026-11-20 14:30
        REF-000001  Reablement after a stay in hospital  Attempting Contact  Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen  Harbour and Old Town Home Care Cooperative of the Northern Districts  rang, no answer  2026-09-01 08:15
        $ caredesk visit list REF-000001
        CODE        START             DURATION  STATUS     NOTE                                             PACKAGE                                             PACKAGE STATUS  OFFERED DURATION
        VIS-000001  2026-11-30 09:00    45 min  planned    keys are with the neighbour on the ground floor  Winter mornings, first and third visit of the week  accepted                  45 min
        VIS-000002  2026-12-02 08:30    45 min  cancelled  keys are with the neighbour on the ground floor
        VIS-000003  2026-12-04 08:30    45 min  planned    keys are with the neighbour on the ground floor  Winter mornings, first and third visit of the week  accepted                  45 min
        $ caredesk sharing list
        CODE        CLIENT      CLIENT NAME                                                     OWNER                                                                 RECIPIENT                     TYPE      STATUS   EXPIRES ON  PURPOSE
        SHR-000001  CLI-000001  Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen  Harbour and Old Town Home Care Cooperative of the Northern Districts  王氏居家照護服務股份有限公司  clinical  granted  2026-12-31
        $ caredesk package show PKG-000001
        Winter mornings, first and third visit of the week: accepted by Harbour and Old Town Home Care Cooperative of the Northern Districts
        code         PKG-000001
        referral     REF-000001
        client       Maria-Theresia von Hohenberg zu Lichtenstein und Sankt Georgen (CLI-000001)
        postal code  N1 9ZZ
        created      2026-11-20 14:30 (4 days ago) by admin

        CODE        START             DURATION  STATUS   OFFERED START     OFFERED DURATION
        VIS-000001  2026-11-30 09:00    45 min  planned  2026-11-30 08:30            45 min
        VIS-000003  2026-12-04 08:30    45 min  planned  2026-12-04 08:30            45 min

        PROVIDER                                                              REQUESTED BY  REQUESTED AT                   STATUS    RESPONDED AT
        Harbour and Old Town Home Care Cooperative of the Northern Districts  admin         2026-11-20 14:30 (4 days ago)  accepted  2026-11-25 08:00 (2 h ago)
        王氏居家照護服務股份有限公司                                          admin         2026-11-20 14:30 (4 days ago)  closed
    "#]]);
});

both_engines!(what_people_need_is_left_out_last, |world| {
    settle(world);
    world.set(TERMINAL, "60");
    world.story(expect![[r#"
        $ caredesk sharing settings PRV-000001
        TYPE          LEVEL  CLIENT BY  REQUIRE    RELEASE   SHARING
                             CLIENT     EXPIRY     SHARING
        services          3  yes        no         no        nothing
        clinical          2  yes        yes        yes       release
        case-notes        3  yes        no         no        nothing
        appointments      3  yes        no         no        nothing
        eligibility       3  yes        no         no        nothing
        forms             3  yes        no         no        nothing
        referrals         3  yes        no         no        nothing
        2> note: no room for default_days: `--columns` shows it
        $ caredesk capacity list
        CODE        RESOURCE             STATUS    PLACES  REMAINING
        CAP-000003  Harbour and Old      in force       8          8
                    Town Home Care
                    Cooperative of the
                    Northern Districts
        CAP-000002  王氏居家照護服務股   in force       3          2
                    份有限公司
        2> note: 2 entries: 2 in force
        2> note: no room for provider_name, used, starts_at:
        2>       `--columns` shows them; left out because empty: unit,
        2>       ends_at
        $ caredesk provider list
        CODE        NAME                PHONE         POSTAL  ACTIVE
                                                      CODE
        PRV-000001  Harbour and Old     01632 960142  N1 9ZZ  yes
                    Town Home Care
                    Cooperative of the
                    Northern Districts
        PRV-000004  Oak House                                 yes
        PRV-000003  Willow Lane Care                          no
        PRV-000002  王氏居家照護服務股  02 2345 6789          yes
                    份有限公司
        2> note: 4 providers
        $ caredesk contact list
        NUMBER     GIVEN           FAMILY                 SUBMITTED
                                                          ON
        2026-0199  花子            山田                   2026-11-20
        2026-0142  Maria-Theresia  von Hohenberg zu       2026-09-01
                                   Lichtenstein und
                                   Sankt Georgen
        2> note: 2 contacts
        2> note: no room for postal_code, client: `--columns` shows
        2>       them
        $ caredesk contract list
        CODE        PROVIDER       NAME           ENDS ON     ACTIVE
        CTR-000001  Harbour and    Framework      2027-03-31  yes
                    Old Town Home  agreement on
                    Care           home care
                    Cooperative    2024 to 2027
                    of the
                    Northern
                    Districts
        CTR-000002  王氏居家照護   Meals                      yes
                    服務股份有限
                    公司
        2> note: 2 contracts
        2> note: no room for starts_on, categories: `--columns` shows
        2>       them
        $ caredesk alert list
        CODE        STATUS   KIND           ACCOUNT  ABOUT
        ALT-000005  waiting  calls-changed  rosa     PKG-000001
        ALT-000004  waiting  offered        rosa     PKG-000002
        ALT-000003  waiting  offered        rosa     PKG-000001
        ALT-000002  waiting  status         rosa     REF-000001
        ALT-000001  waiting  assigned       rosa     REF-000001
        2> note: 5 alerts: 5 waiting
        2> note: no room for contact_number, queued_at: `--columns`
        2>       shows them; left out because empty: sent_at, problem
        $ caredesk release list
        CODE        CLIENT          OWNER           TYPE      STATUS
        ROI-000002  Ada Moss        王氏居家照護服  services  active
                                    務股份有限公司
        ROI-000001  Maria-Theresia  Harbour and     clinical  active
                    von Hohenberg   Old Town Home
                    zu              Care
                    Lichtenstein    Cooperative of
                    und Sankt       the Northern
                    Georgen         Districts
        2> note: 2 releases: 2 active
        2> note: no room for signed_on, expires_on, all_providers,
        2>       recipients: `--columns` shows them
        $ caredesk audit list --limit 2
        NUMBER  AT                BY     ACTION       ON
            60  2026-11-25 08:00  admin  release.add  ROI-CRAF7H
            59  2026-11-25 08:00  admin  release.add  ROI-ABZPX2
        2> note: the first 2 entries are shown; `--after 59` goes on,
        2>       `--limit` shows more
        2> note: left out because empty: acted_by
    "#]]);
    world.set(TERMINAL, "200");
    world.story(expect![[r#"
        $ caredesk sharing settings PRV-000001
        TYPE          LEVEL  CLIENT BY CLIENT  REQUIRE EXPIRY  RELEASE SHARING  DEFAULT DAYS  SHARING
        services          3  yes               no              no                             nothing
        clinical          2  yes               yes             yes                       365  release
        case-notes        3  yes               no              no                             nothing
        appointments      3  yes               no              no                             nothing
        eligibility       3  yes               no              no                             nothing
        forms             3  yes               no              no                             nothing
        referrals         3  yes               no              no                             nothing
        $ caredesk capacity list
        CODE        RESOURCE                                                       PROVIDER                                                      STATUS    PLACES  UNIT  USED  REMAINING  STARTS AT         ENDS
                                                                                                                                                                                                            AT
        CAP-000003  Harbour and Old Town Home Care Cooperative of the Northern     Harbour and Old Town Home Care Cooperative of the Northern    in force       8           0          8  2026-11-25 08:00
                    Districts                                                      Districts
        CAP-000002  王氏居家照護服務股份有限公司                                   王氏居家照護服務股份有限公司                                  in force       3           1          2  2026-09-01 08:15
        2> note: 2 entries: 2 in force
    "#]]);
});
