//! Who can take referrals, where they are, and what accounts may.

use expect_test::expect;

use super::question;

question!(
    who_has_room,
    expect![[r#"
    $ caredesk report capacity --queue 'after hospital'
    Harbour Home Care
      Harbour Home Care         ░░░░░░░░         2 of 2 left, set today

    Second Spring Reablement
      Second Spring Reablement  ███▊░░░░░░░░░░░  3 of 4 places left, set 54 days ago

    Willow Lane Care
      Willow Lane Care          ░░░░             1 of 1 left, set 14 days ago
"#]]
);

question!(
    which_referrals_are_open,
    expect![[r#"
    $ caredesk referral list --open
    CODE        QUEUE           STATUS    CLIENT          RESOURCE       CREATED AT
    REF-368J6D  Home care       New       Hannah Cole                    2 days ago
    REF-6FFDB1  After hospital  Referred  Edith                          4 days ago
                                          Fairweather
    REF-H5N4AP  Home care       New       Noor Haddad                    20 days ago
    REF-T1CPA7  Transport       New       Mei Tanaka      Kindred        20 days ago
                                                          Transport
    REF-7TC14B  Home care       Live      Ruth Bellamy    Willow Lane    20 days ago
                                                          Care
    REF-XSWCE8  Home care       New       Samuel Oakes    Harbour Home   20 days ago
                                                          Care
    REF-6GDY1H  After hospital  Enrolled  Joseph          Harbour Home   39 days ago
                                          Lindqvist       Care
    REF-HA67FN  Home care       New       Edith           Harbour Home   40 days ago
                                          Fairweather     Care
    REF-69ADBT  Home care       Live      Tomasz          Willow Lane    49 days ago
                                          Żuławski        Care
    REF-H3F9P9  Home care       New       Grace Adeyemi                  49 days ago
    REF-6PZRDG  After hospital  Enrolled  Walter Marsh    Second Spring  49 days ago
                                                          Reablement
    REF-SHMHM6  Home care       New       Ada             Harbour Home   49 days ago
                                          Winterbourne    Care
    2> note: 12 referrals: 7 New, 2 Enrolled, 2 Live, 1 Referred
    2> note: no room for note: `--columns` shows it
"#]]
);

question!(
    which_referrals_are_at_no_resource,
    expect![[r#"
    $ caredesk referral list --open --unassigned
    CODE        QUEUE           STATUS    CLIENT         RESOURCE  NOTE  CREATED AT
    REF-368J6D  Home care       New       Hannah Cole                    2 days ago
    REF-6FFDB1  After hospital  Referred  Edith                          4 days ago
                                          Fairweather
    REF-H5N4AP  Home care       New       Noor Haddad                    20 days ago
    REF-H3F9P9  Home care       New       Grace Adeyemi                  49 days ago
    2> note: 4 referrals: 3 New, 1 Referred
"#]]
);

question!(
    which_referrals_are_old,
    expect![[r#"
    $ caredesk referral list --open --older-than 30d --columns code,queue,status,client_name,created_at
    CODE        QUEUE           STATUS    CLIENT             CREATED AT
    REF-6GDY1H  After hospital  Enrolled  Joseph Lindqvist   2026-10-18 11:08
    REF-HA67FN  Home care       New       Edith Fairweather  2026-10-18 11:00
    REF-69ADBT  Home care       Live      Tomasz Żuławski    2026-10-09 09:42
    REF-H3F9P9  Home care       New       Grace Adeyemi      2026-10-09 09:40
    REF-6PZRDG  After hospital  Enrolled  Walter Marsh       2026-10-09 09:36
    REF-SHMHM6  Home care       New       Ada Winterbourne   2026-10-09 09:32
    2> note: 6 referrals: 3 New, 2 Enrolled, 1 Live
"#]]
);

question!(
    what_happened_to_the_referral,
    expect![[r#"
    $ caredesk referral history 2026-0816
    AT                BY     ACTION               FIELD     FROM         TO
    2026-10-09 09:36  admin  referral.create                             Referred
    2026-10-09 09:36  admin  referral.assign      resource               RES-CABMA4
    2026-10-09 13:04  admin  referral.set-status  status    Referred     Attempting
                                                                         contact
    2026-10-09 13:04  admin  referral.note        note                   rang, no
                                                                         answer
    2026-10-10 10:17  admin  referral.set-status  status    Attempting   Enrolled
                                                            contact
    2> note: no room for on: `--columns` shows it; left out because empty: acted_by,
    2>       reason
"#]]
);

question!(
    what_does_wim_see,
    expect![[r#"
    $ caredesk account sees wim
    Wim Lane (wim), provider-portal
    speaks for   Willow Lane Care (PRV-NBBZHX)
    acts for     Willow Lane Care (RES-T1CPA7)
    permissions  answer-sharing, change-status, edit-capacity, respond-packages

    Sees:
      referrals         2  REF-7TC14B, REF-69ADBT
      packages          4  PKG-XSWCE8, PKG-GXZ8SA, PKG-HA67FN, PKG-VD3FNH
      clients           2  CLI-SHMHM6, CLI-6PZRDG
      visits            12  VIS-D8BAAS, VIS-B1N8G0, VIS-FQDRBD, VIS-ZF5TK2,
                        VIS-4AEWXH, VIS-N4Y8YE, VIS-81NKP5, VIS-9B2YDJ, VIS-YP9XE7,
                        VIS-HYZTXX, …
      records           2  REC-SHMHM6, REC-VD3FNH
      capacity          2  CAP-6PZRDG, CAP-6GDY1H
      sharing requests  5  SHR-HA67FN, SHR-69ADBT, SHR-H3F9P9, SHR-6PZRDG,
                        SHR-SHMHM6
"#]]
);

question!(
    why_does_wim_not_see_the_referral,
    expect![[r#"
    $ caredesk account explain wim --referral 2026-0816
    wim does not see the referral REF-6PZRDG: wim acts neither for Second Spring
    Reablement nor for the agency Second Spring Reablement.

      ✓ met      account                 wim is enabled
      ✓ met      level                   wim is of level provider-portal, which sees
                                         what its resources give
      ✓ met      assignment              REF-6PZRDG, in the queue After hospital, is
                                         assigned to Second Spring Reablement
                                         (RES-CABMA4)
      ✗ not met  resource                wim acts neither for Second Spring
                                         Reablement nor for the agency Second Spring
                                         Reablement
                 $ caredesk account add-resource wim RES-CABMA4
      ✓ met      provider                Second Spring Reablement is active
      ✗ not met  access contact details  wim lacks access-contact-details: with it
                                         the whole contact is seen, without it eight
                                         fields
                 $ caredesk account permit wim access-contact-details
"#]]
);

question!(
    who_acts_for_harbour,
    expect![[r#"
    $ caredesk account list --resource harbour
    LOGIN  NAME        LEVEL            ACTIVE  RESOURCES
    rosa   Rosa Quill  provider-portal  yes     RES-6GDY1H
"#]]
);

question!(
    which_accounts_are_disabled,
    expect![[r#"
        $ caredesk account list --inactive
        LOGIN            NAME         LEVEL     ACTIVE  RESOURCES
        lena (disabled)  Lena Former  standard  no
    "#]]
);

question!(
    what_waits_for_rosa,
    expect![[r#"
    $ caredesk --as rosa whoami
    Rosa Quill (rosa), portal account, used by admin
    speaks for  Harbour Home Care (PRV-VD3FNH)
    acts for    Harbour Home Care (RES-6GDY1H)
    may         see the referrals at your resources, and their capacity
                say how many more referrals your resources take
                change the status and the note of your referrals
                read the whole contacts of your referrals
                answer packages that your providers are offered
                ask for records of others, and answer who asks for yours
    database    <DB>
    time zone   Europe/London

    Waiting:
    4 days  1 package to answer: PKG-XSWCE8
            $ caredesk package list --status pending
    –       1 open referral in `After hospital`: Enrolled
            $ caredesk referral list --queue 'After hospital' --status Enrolled
    –       3 open referrals in `Home care`: New
            $ caredesk referral list --queue 'Home care' --status New
    2 days  2 sharing requests to answer: SHR-HA67FN, SHR-69ADBT
            $ caredesk sharing list --incoming PRV-VD3FNH --status pending
"#]]
);

question!(
    which_alerts_have_not_gone_out,
    expect![[r#"
    $ caredesk alert list --status waiting
    CODE        STATUS   KIND     ACCOUNT  ABOUT       QUEUED AT   SENT AT  PROBLEM
    ALT-H7DP5P  waiting  request  rosa     SHR-HA67FN  17 h ago
    ALT-HQJ40J  waiting  offered  ben      PKG-XSWCE8  17 h ago
    ALT-SHMHM6  waiting  offered  rosa     PKG-XSWCE8  17 h ago
    ALT-27H7TW  waiting  request  rosa     SHR-69ADBT  2 days ago
    2> note: 4 alerts: 4 waiting
    2> note: left out because empty: contact_number
"#]]
);

question!(
    who_was_alerted_about_the_package,
    expect![[r#"
        $ caredesk alert explain 'adeyemi three weeks'
        ACCOUNT  OF                   KINDS                ALERTED  REASON    ALERTS
        nell     Northgate Nursing    offered, recalled,   yes                ALT-TAHH2X
                 at Home              calls-changed
        rosa     Harbour Home Care    offered, recalled,   yes                ALT-FWB7XX
                                      calls-changed
        wim      Willow Lane Care     offered, recalled,   yes
                                      calls-changed
        admin    the hub              accepted, rejected,  no       no-email
                                      lapsed, handed-back
    "#]]
);

question!(
    how_did_the_capacity_of_willow_change,
    expect![[r#"
    $ caredesk capacity show willow
    Willow Lane Care (RES-T1CPA7)
    1 of 1 place left, 0 used since 2026-11-13 09:06

    CODE        STATUS    PLACES  STARTS AT         NOTE          SET    SET AT
                                                                  BY
    CAP-6GDY1H  in force       1  2026-11-13 09:06  from Monday   wim    14 days ago
                                                    on
    CAP-6PZRDG  past           2  2026-10-04 10:26                admin  54 days ago
    2> note: no room for unit: `-o json` shows it
"#]]
);

question!(
    which_statuses_has_the_queue,
    expect![[r#"
    $ caredesk queue show 'after hospital'
    After hospital
    Referred → Attempting contact → Enrolled → Not needed (closed) → Finished
    (closed)

    CODE        KIND    NAME                      STATE   PROVIDER
    RES-6GDY1H  agency  Harbour Home Care         active  Harbour Home Care
    RES-CABMA4  agency  Second Spring Reablement  active  Second Spring Reablement
    RES-T1CPA7  agency  Willow Lane Care          active  Willow Lane Care
"#]]
);

question!(
    how_long_do_referrals_wait,
    expect![[r#"
    $ caredesk report referrals --queue 'home care'
    Home care: 8 open
      New · not assigned       ████████  3, oldest 49 days, median 20 days
      New · Harbour Home Care  ████████  3, oldest 49 days, median 40 days
      Live · Willow Lane Care  █████▎    2, oldest 49 days, median 35 days,
                                         changed after 24 days
"#]]
);
