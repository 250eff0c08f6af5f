//! Every list at 80 columns.

use expect_test::expect;

use super::settle;

both_engines!(a_list_fits_80_columns, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk account list
        LOGIN                     NAME               LEVEL            ACTIVE  RESOURCES
        admin                     admin              admin            yes
        left (disabled)           Lena Former        trainee          no
        maria-theresia.hohenberg  Maria-Theresia     standard         yes
                                  von Hohenberg zu
                                  Lichtenstein
        rosa                      Rosa Quill         provider-portal  yes     RES-000001
        wang                      王小明             provider-portal  yes     RES-000002
        2> note: 5 accounts
        $ caredesk provider list
        CODE        NAME                                    PHONE         POSTAL  ACTIVE
                                                                          CODE
        PRV-000001  Harbour and Old Town Home Care          01632 960142  N1 9ZZ  yes
                    Cooperative of the Northern Districts
        PRV-000004  Oak House                                                     yes
        PRV-000003  Willow Lane Care                                              no
        PRV-000002  王氏居家照護服務股份有限公司            02 2345 6789          yes
        2> note: 4 providers
        $ caredesk resource list
        CODE        NAME            PROVIDER        KIND     STATE   PLACES  CAPACITY
                                                                       LEFT  NOTE
        RES-000005  Evening and     Harbour and     program  active
                    weekend visits  Old Town Home
                    for people who  Care
                    live alone      Cooperative of
                                    the Northern
                                    Districts
        RES-000001  Harbour and     Harbour and     agency   active       8  from now on
                    Old Town Home   Old Town Home
                    Care            Care
                    Cooperative of  Cooperative of
                    the Northern    the Northern
                    Districts       Districts
        RES-000004  Oak House       Oak House       agency   active
        RES-000002  王氏居家照護服  王氏居家照護服  agency   active       2
                    務股份有限公司  務股份有限公司
        2> note: 4 resources: 4 active
        $ caredesk client list
        CODE        GIVEN           FAMILY              BIRTH DATE  POSTAL  ID    STATUS
                                                                    CODE
        CLI-000003  Ada             Moss                1950-07-01                active
        CLI-000001  Maria-Theresia  von Hohenberg zu    1931-02-28  N1 9ZZ        active
                                    Lichtenstein und
                                    Sankt Georgen
        CLI-000002  小明            王                                      4711  active
        CLI-000004  花子            山田                                          active
        2> note: 4 clients: 4 active
        $ caredesk client enrolments
        CLIENT      CLIENT NAME              PROVIDER                 STATUS  SINCE ON
        CLI-000003  Ada Moss                 王氏居家照護服務股份有   active  2026-10-01
                                             限公司
        CLI-000001  Maria-Theresia von       Harbour and Old Town     active  2026-01-05
                    Hohenberg zu             Home Care Cooperative
                    Lichtenstein und Sankt   of the Northern
                    Georgen                  Districts
        CLI-000001  Maria-Theresia von       王氏居家照護服務股份有   active  2026-01-05
                    Hohenberg zu             限公司
                    Lichtenstein und Sankt
                    Georgen
        $ caredesk contact list
        NUMBER     GIVEN           FAMILY                 POSTAL  SUBMITTED   CLIENT
                                                          CODE    ON
        2026-0199  花子            山田                           2026-11-20  CLI-000004
        2026-0142  Maria-Theresia  von Hohenberg zu       N1 9ZZ  2026-09-01  CLI-000001
                                   Lichtenstein und
                                   Sankt Georgen
        2> note: 2 contacts
        $ caredesk queue list
        NAME                                 ACTIVE  STATUSES  RESOURCES
        Home care                            yes            3          0
        Reablement after a stay in hospital  yes            4          3
        2> note: 2 queues
        $ caredesk referral list
        CODE        QUEUE            STATUS              CLIENT           RESOURCE
        REF-000003  Home care        New                 Ada Moss
        REF-000002  Reablement       Declined            花子 山田        王氏居家照護服
                    after a stay in                                       務股份有限公司
                    hospital
        REF-000001  Reablement       Attempting Contact  Maria-Theresia   Harbour and
                    after a stay in                      von Hohenberg    Old Town Home
                    hospital                             zu Lichtenstein  Care
                                                         und Sankt        Cooperative of
                                                         Georgen          the Northern
                                                                          Districts
        2> note: 3 referrals: 1 Attempting Contact, 1 Declined, 1 New
        2> note: no room for note, created_at: `--columns` shows them
        $ caredesk visit list REF-000001
        CODE        START             DURATION  STATUS     PACKAGE              PACKAGE
                                                                                STATUS
        VIS-000001  2026-11-30 09:00    45 min  planned    Winter mornings,     accepted
                                                           first and third
                                                           visit of the week
        VIS-000002  2026-12-02 08:30    45 min  cancelled
        VIS-000003  2026-12-04 08:30    45 min  planned    Winter mornings,     accepted
                                                           first and third
                                                           visit of the week
        2> note: 3 visits: 2 planned, 1 cancelled
        2> note: no room for note, offered_duration_minutes: `--columns` shows them
        $ caredesk offer list
        PACKAGE       PROVIDER      REQUESTED   STATUS    RESPONDED  WAITED  REASON
                                    AT                    AT
        PKG-HZKQK6    Oak House     4 days ago  pending              4 days
        PKG-HZKQK6    王氏居家照護  4 days ago  rejected  2 h ago    4 days  nobody is
                      服務股份有限                                           free on
                      公司                                                   Tuesday
                                                                             evenings
                                                                             before
                                                                             Christmas
        PKG-HZKQK6    Harbour and   4 days ago  pending              4 days
                      Old Town
                      Home Care
                      Cooperative
                      of the
                      Northern
                      Districts
        Winter        王氏居家照護  4 days ago  closed               4 days
        mornings,     服務股份有限
        first and     公司
        third visit
        of the week
        Winter        Harbour and   4 days ago  accepted  2 h ago    4 days
        mornings,     Old Town
        first and     Home Care
        third visit   Cooperative
        of the week   of the
                      Northern
                      Districts
        2> note: 5 offers: 2 pending, 1 accepted, 1 closed, 1 rejected
        2> note: left out because empty: lapses_at
        $ caredesk package history PKG-000002
        AT                STEP      PROVIDER     BY     ACTED  OPENS  LAPSES  REASON
                                                        BY     AT     AT
        2026-11-20 14:30  created                admin
        2026-11-20 14:30  asked     Harbour and  admin
                                    Old Town
                                    Home Care
                                    Cooperative
                                    of the
                                    Northern
                                    Districts
        2026-11-20 14:30  asked     王氏居家照   admin
                                    護服務股份
                                    有限公司
        2026-11-20 14:30  asked     Oak House    admin
        2026-11-25 08:00  rejected  王氏居家照   admin                        nobody is
                                    護服務股份                                free on
                                    有限公司                                  Tuesday
                                                                              evenings
                                                                              before
                                                                              Christmas
        2> note: left out because empty: visit, field, from, to
        $ caredesk package list
        REFERENCE       STATUS    REFERRAL    ACCEPTED BY     CREATED AT  VISITS  OFFERS
        PKG-HZKQK6      pending   REF-000003                  4 days ago       1       3
        Winter          accepted  REF-000001  Harbour and     4 days ago       2       2
        mornings,                             Old Town Home
        first and                             Care
        third visit of                        Cooperative of
        the week                              the Northern
                                              Districts
        2> note: 2 packages: 1 accepted, 1 pending
        2> note: no room for waited_minutes: `--columns` shows it
        $ caredesk capacity list
        CODE        RESOURCE               STATUS    PLACES  REMAINING  STARTS AT
        CAP-000003  Harbour and Old Town   in force       8          8  2026-11-25 08:00
                    Home Care Cooperative
                    of the Northern
                    Districts
        CAP-000002  王氏居家照護服務股份   in force       3          2  2026-09-01 08:15
                    有限公司
        2> note: 2 entries: 2 in force
        2> note: no room for provider_name, used: `--columns` shows them; left out because
        2>       empty: unit, ends_at
        $ caredesk category list
        NAME
        Meals
        Personal care at home, day and night
        $ caredesk contract list
        CODE        PROVIDER     NAME         STARTS ON   ENDS ON     ACTIVE  CATEGORIES
        CTR-000001  Harbour and  Framework    2024-04-01  2027-03-31  yes     Personal
                    Old Town     agreement                                    care at
                    Home Care    on home                                      home, day
                    Cooperative  care 2024                                    and night
                    of the       to 2027
                    Northern
                    Districts
        CTR-000002  王氏居家照   Meals        2026-01-01              yes     Meals,
                    護服務股份                                                Personal
                    有限公司                                                  care at
                                                                              home, day
                                                                              and night
        2> note: 2 contracts
        $ caredesk record list CLI-000001
        CODE        OWNER        TYPE        HAPPENED    TITLE        CATEGORY     BASIS
                                             ON
        REC-000004  王氏居家照   case-notes  2026-11-04  她喜歡喝茶
                    護服務股份
                    有限公司
        REC-000003  王氏居家照   services    2026-11-04  到府服務     Personal
                    護服務股份                                        care at
                    有限公司                                          home, day
                                                                      and night
        REC-000002  Harbour and  services    2026-11-03  Morning      Personal
                    Old Town                             visit        care at
                    Home Care                                         home, day
                    Cooperative                                       and night
                    of the
                    Northern
                    Districts
        REC-000001  Harbour and  clinical    2026-11-02  Assessment   Personal
                    Old Town                             of the skin  care at
                    Home Care                            and of the   home, day
                    Cooperative                          risk to      and night
                    of the                               fall, with
                    Northern                             a plan
                    Districts
        2> note: 4 records
        $ caredesk record list CLI-000001 --viewer PRV-000002
        CODE        OWNER        TYPE        HAPPENED    TITLE       CATEGORY    BASIS
                                             ON
        REC-000004  王氏居家照   case-notes  2026-11-04  她喜歡喝茶              own
                    護服務股份
                    有限公司
        REC-000003  王氏居家照   services    2026-11-04  到府服務    Personal    own
                    護服務股份                                       care at
                    有限公司                                         home, day
                                                                     and night
        REC-000001  Harbour and  clinical    2026-11-02  Assessment  Personal    release
                    Old Town                             of the      care at
                    Home Care                            skin and    home, day
                    Cooperative                          of the      and night
                    of the                               risk to
                    Northern                             fall, with
                    Districts                            a plan
        2> note: 3 records
        $ caredesk sharing settings PRV-000001
        TYPE          LEVEL  CLIENT BY    REQUIRE      RELEASE          DEFAULT  SHARING
                             CLIENT       EXPIRY       SHARING             DAYS
        services          3  yes          no           no                        nothing
        clinical          2  yes          yes          yes                  365  release
        case-notes        3  yes          no           no                        nothing
        appointments      3  yes          no           no                        nothing
        eligibility       3  yes          no           no                        nothing
        forms             3  yes          no           no                        nothing
        referrals         3  yes          no           no                        nothing
        $ caredesk sharing links
        OWNER                      RECIPIENT                 TYPE      SHARING  EDITABLE
        Harbour and Old Town Home  王氏居家照護服務股份有限  clinical  release  yes
        Care Cooperative of the    公司
        Northern Districts
        $ caredesk sharing list
        CODE        CLIENT NAME      OWNER            RECIPIENT        TYPE      STATUS
        SHR-000001  Maria-Theresia   Harbour and Old  王氏居家照護服   clinical  granted
                    von Hohenberg    Town Home Care   務股份有限公司
                    zu Lichtenstein  Cooperative of
                    und Sankt        the Northern
                    Georgen          Districts
        2> note: no room for client, expires_on: `--columns` shows them; left out because
        2>       empty: purpose
        $ caredesk release list
        CODE        CLIENT              OWNER               TYPE      STATUS  EXPIRES ON
        ROI-000002  Ada Moss            王氏居家照護服務股  services  active
                                        份有限公司
        ROI-000001  Maria-Theresia von  Harbour and Old     clinical  active  2027-11-19
                    Hohenberg zu        Town Home Care
                    Lichtenstein und    Cooperative of the
                    Sankt Georgen       Northern Districts
        2> note: 2 releases: 2 active
        2> note: no room for signed_on, all_providers, recipients: `--columns` shows them
        $ caredesk disclosure list
        AT                CLIENT          OWNER          RECIPIENT     TYPE      BASIS
        2026-11-25 10:00  Maria-Theresia  Harbour and    王氏居家照護  clinical  release
                          von Hohenberg   Old Town Home  服務股份有限
                          zu              Care           公司
                          Lichtenstein    Cooperative
                          und Sankt       of the
                          Georgen         Northern
                                          Districts
        2026-11-25 08:00  Maria-Theresia  Harbour and    王氏居家照護  clinical  request
                          von Hohenberg   Old Town Home  服務股份有限
                          zu              Care           公司
                          Lichtenstein    Cooperative
                          und Sankt       of the
                          Georgen         Northern
                                          Districts
        2> note: 2 disclosures
        2> note: no room for records, source, by, preview: `--columns` shows them; left out
        2>       because empty: acted_by
        $ caredesk alert list
        CODE        STATUS   KIND           ACCOUNT  ABOUT       CONTACT    QUEUED AT
                                                                 NUMBER
        ALT-000005  waiting  calls-changed  rosa     PKG-000001             2 h ago
        ALT-000004  waiting  offered        rosa     PKG-000002             4 days ago
        ALT-000003  waiting  offered        rosa     PKG-000001             4 days ago
        ALT-000002  waiting  status         rosa     REF-000001  2026-0142  4 days ago
        ALT-000001  waiting  assigned       rosa     REF-000001  2026-0142  2 months ago
        2> note: 5 alerts: 5 waiting
        2> note: left out because empty: sent_at, problem
        $ caredesk alert explain PKG-000001
        ACCOUNT  OF               KINDS           ALERTED  REASON         ALERTS
        rosa     Harbour and Old  offered,        yes                     ALT-000005,
                 Town Home Care   recalled,                               ALT-000003
                 Cooperative of   calls-changed
                 the Northern
                 Districts
        wang     王氏居家照護服   offered,        no       no-permission
                 務股份有限公司   recalled,
                                  calls-changed
        admin    the hub          accepted,       no       no-email
                                  rejected,
                                  lapsed,
                                  handed-back
        $ caredesk audit list --limit 12
        NUMBER  AT                BY     ACTED BY  ACTION           ON
            61  2026-11-25 10:00  admin            record.read      CLI-000001
            60  2026-11-25 08:00  admin            release.add      ROI-CRAF7H
            59  2026-11-25 08:00  admin            release.add      ROI-ABZPX2
            58  2026-11-25 08:00  admin            sharing.setup    PRV-000001
            57  2026-11-25 08:00  admin            record.read      CLI-000001
            56  2026-11-25 08:00  admin            sharing.grant    SHR-000001
            55  2026-11-25 08:00  admin            sharing.request  SHR-V7P510
            54  2026-11-25 08:00  admin            sharing.link     PRV-000001
            53  2026-11-25 08:00  admin            sharing.setup    PRV-000002
            52  2026-11-25 08:00  admin            sharing.setup    PRV-000001
            51  2026-11-25 08:00  admin            record.add       REC-3VQRGQ
            50  2026-11-25 08:00  admin            record.add       REC-T6TEAZ
        2> note: the first 12 entries are shown; `--after 50` goes on, `--limit` shows more
    "#]]);
});

both_engines!(an_empty_list_says_so, |world| {
    world.ok("init");
    world.set(super::TERMINAL, "80");
    world.story(expect![[r#"
        $ caredesk provider list
        2> note: no providers
        $ caredesk resource list
        2> note: no resources
        $ caredesk client list
        2> note: no clients
        $ caredesk client enrolments
        2> note: no enrolments
        $ caredesk sharing settings
        2> note: no settings
        $ caredesk contact list
        2> note: no contacts
        $ caredesk referral list
        2> note: no referrals
        $ caredesk offer list
        2> note: no such offers
        $ caredesk package list
        2> note: no packages
        $ caredesk capacity list
        2> note: no capacity is in force
        $ caredesk import list
        2> note: no imports
        $ caredesk config list --columns setting,origin,source
        SETTING           ORIGIN       SOURCE
        db                environment  CAREDESK_DB
        as                default
        password-file     default
        db-password-file  default
        output            default
        color             default
        no-input          default
        lock-timeout      default
        read-from         default
        smtp              default
        smtp-from         default
        seal-key          default
        $ caredesk category list
        2> note: no categories
        $ caredesk contract list
        2> note: no contracts
        $ caredesk sharing links
        2> note: no links
        $ caredesk sharing list
        2> note: no requests
        $ caredesk release list
        2> note: no releases
        $ caredesk disclosure list
        2> note: no disclosures
        $ caredesk alert list
        2> note: no such alerts
        $ caredesk report referrals
        2> note: no referrals
        $ caredesk report capacity
        2> note: no resource takes referrals of a queue
    "#]]);
});

both_engines!(imports_are_listed_and_shown, |world| {
    settle(world);
    world.write("people of the county.csv", "id,given,family\n1,Ida,Fox\n2,Cy,Reed\n");
    world.ok("client import 'people of the county.csv' --source county");
    super::count_codes(world);
    world.story(expect![[r#"
        $ caredesk import list
        CODE        AT        BY     ACTION         INPUT               CREATED  UPDATED
        IMP-000001  just now  admin  client.import  people of the             2        0
                                                    county.csv
        2> note: no room for status: `--columns` shows it
        $ caredesk import show IMP-000001
        IMP-000001: imported
        action    client.import
        input     people of the county.csv
        source    county
        imported  2026-11-25 10:00 (just now) by admin
        rows      2 read, 2 created, 0 updated, 0 unchanged, 0 rejected
        undo      `caredesk import undo IMP-000001` takes it back

        NUMBER  THING       RESULT
            61  CLI-NRAXJB  created
            62  CLI-1898FK  created
        $ caredesk operation list --limit 2
        NUMBER  AT        BY     ACTED BY  ACTION         ON          STATUS  CAN BE
                                                                              UNDONE
            61  just now  admin            client.import  CLI-1898FK  done    yes
            60  1 h ago   admin            release.add    ROI-CRAF7H  done    no
        2> note: the first 2 operations are shown: 2 done; `--after 60` goes on, `--limit`
        2>       shows more
        2> note: left out because empty: undoes
        $ caredesk operation show IMP-000001
        61: client.import of CLI-1898FK, done
        done    2026-11-25 10:00 (just now) by admin
        import  IMP-000001
        undo    `caredesk undo 61` takes it back

        AT                BY     ACTION         ON          TO
        2026-11-25 10:00  admin  client.import  CLI-NRAXJB  active
        2026-11-25 10:00  admin  client.import  CLI-1898FK  active
    "#]]);
});
