//! Where care is asked for, answered and missing.

use expect_test::expect;

use super::question;

question!(
    where_does_the_package_stand,
    expect![[r#"
    $ caredesk package show 'winterbourne december'
    Winterbourne December: pending, waiting for an answer
    code         PKG-XSWCE8
    referral     REF-SHMHM6
    client       Ada Winterbourne (CLI-SHMHM6)
    address      3 Quay Lane
    postal code  AB1 4QT
    phones       home: 01632 960142, daughter: 01632 960143
    for carers   hard of hearing; ring twice
    created      2026-11-23 08:38 (4 days ago) by admin

    CODE        START             DURATION  STATUS
    VIS-QXNKWR  2026-11-28 08:00    45 min  planned
    VIS-TX7XY4  2026-11-29 08:00    45 min  planned
    VIS-7EC9YG  2026-11-30 08:00    45 min  planned
    VIS-JN2M6Q  2026-12-01 08:00    45 min  planned
    VIS-BAJS2Q  2026-12-02 08:00    45 min  planned
    VIS-027VW9  2026-12-03 08:00    45 min  planned
    VIS-1AJ25F  2026-12-04 08:00    45 min  planned
    VIS-23HA6X  2026-12-05 08:00    45 min  planned
    VIS-03S7Q9  2026-12-06 08:00    45 min  planned
    VIS-6FN1Q3  2026-12-07 08:00    45 min  planned
    VIS-0PW8EZ  2026-12-08 08:00    45 min  planned
    VIS-A41MA1  2026-12-09 08:00    45 min  planned
    VIS-Y7A89S  2026-12-10 08:00    45 min  planned
    VIS-M734J0  2026-12-11 08:00    45 min  planned

    PROVIDER     REQUESTED  REQUESTED AT      STATUS    RESPONDED AT      REASON
                 BY
    Harbour      admin      2026-11-23 08:38  pending
    Home Care               (4 days ago)
    Willow Lane  admin      2026-11-23 08:38  rejected  2026-11-25 09:23  full until
    Care                    (4 days ago)                (2 days ago)      January
    Bright       admin      2026-11-23 08:38  pending
    Morning                 (4 days ago)
    Home
    Support
"#]]
);

question!(
    who_has_not_answered_yet,
    expect![[r#"
    $ caredesk offer list --status pending
    PACKAGE       PROVIDER    REQUESTED   LAPSES  STATUS   RESPONDED  WAITED  REASON
                              AT          AT               AT
    Winterbourne  Bright      4 days ago          pending             4 days
    December      Morning
                  Home
                  Support
    Winterbourne  Harbour     4 days ago          pending             4 days
    December      Home Care
    2> note: 2 offers: 2 pending
"#]]
);

question!(
    which_packages_wait_longest,
    expect![[r#"
    $ caredesk package list --status pending --oldest-first
    REFERENCE      STATUS   REFERRAL    ACCEPTED  CREATED AT  VISITS  OFFERS  WAITED
                                        BY
    Winterbourne   pending  REF-SHMHM6            4 days ago      14       3  4 days
    December
"#]]
);

question!(
    which_packages_have_all_rejected,
    expect![[r#"
    $ caredesk package list --status rejected
    REFERENCE     STATUS    REFERRAL    ACCEPTED  CREATED AT  VISITS  OFFERS  WAITED
                                        BY
    Fairweather   rejected  REF-HA67FN            4 days ago       9       2    27 h
    until
    Christmas
    Adeyemi       rejected  REF-H3F9P9            7 days ago      19       3  2 days
    three weeks
    2> note: 2 packages: 2 rejected
"#]]
);

question!(
    which_answers_are_overdue,
    expect![[r#"
    $ caredesk package list --overdue
    REFERENCE     STATUS    REFERRAL    ACCEPTED  CREATED AT  VISITS  OFFERS  WAITED
                                        BY
    Fairweather   rejected  REF-HA67FN            4 days ago       9       2    27 h
    until
    Christmas
    Adeyemi       rejected  REF-H3F9P9            7 days ago      19       3  2 days
    three weeks
    2> note: 2 packages: 2 rejected
"#]]
);

question!(
    what_became_of_the_package,
    expect![[r#"
    $ caredesk package history 'adeyemi three weeks'
    AT                STEP      PROVIDER       BY     LAPSES AT         REASON
    2026-11-20 09:02  created                  admin
    2026-11-20 09:02  asked     Northgate      admin  2026-11-22 12:00
                                Nursing at
                                Home
    2026-11-20 09:02  asked     Harbour Home   admin  2026-11-22 12:00
                                Care
    2026-11-20 09:02  asked     Willow Lane    admin  2026-11-22 12:00
                                Care
    2026-11-20 13:02  opened    Willow Lane
                                Care
    2026-11-21 14:02  rejected  Northgate      nell                     both nurses
                                Nursing at                              are away
                                Home
    2026-11-22 12:00  lapsed    Harbour Home
                                Care
    2026-11-22 12:00  lapsed    Willow Lane
                                Care
    2> note: no room for acted_by, opens_at: `--columns` shows them; left out because
    2>       empty: visit, field, from, to
"#]]
);

question!(
    why_do_providers_reject,
    expect![[r#"
    $ caredesk offer list --status rejected --columns package_reference,provider_name,reason
    PACKAGE                  PROVIDER                     REASON
    Winterbourne December    Willow Lane Care             full until January
    Adeyemi three weeks      Northgate Nursing at Home    both nurses are away
    Oakes lunches            Bright Morning Home Support  we do no lunches
    Winterbourne first week  Willow Lane Care             no driver before nine
    2> note: 4 offers: 4 rejected
"#]]
);

question!(
    which_visits_of_tomorrow_are_uncovered,
    expect![[r#"
    $ caredesk visit list --uncovered --from tomorrow --to tomorrow
    CODE        START             DURATION  STATUS   PACKAGE                PACKAGE
                                                                            STATUS
    VIS-6TJT1Z  2026-11-28 07:30    30 min  planned  Adeyemi three weeks    rejected
    VIS-QXNKWR  2026-11-28 08:00    45 min  planned  Winterbourne December  pending
    2> note: 2 visits: 2 planned
    2> note: no room for offered_duration_minutes: `--columns` shows it; left out
    2>       because empty: note
"#]]
);

question!(
    what_does_tomorrow_look_like,
    expect![[r#"
    $ caredesk schedule show --all --day tomorrow
    START             DURATION  CODE        CLIENT            PROVIDER   STATUS
    2026-11-28 07:30    30 min  VIS-6TJT1Z  Grace Adeyemi     UNCOVERED  planned
    2026-11-28 08:00    45 min  VIS-QXNKWR  Ada Winterbourne  UNCOVERED  planned
    2> note: 2 visits: 2 planned, 2 uncovered
"#]]
);

question!(
    who_comes_to_ruth_next_week,
    expect![[r#"
    $ caredesk visit list --client bellamy --from monday --to +7d
    CODE        START             DURATION  STATUS   PACKAGE      PACKAGE    OFFERED
                                                                  STATUS    DURATION
    VIS-N4Y8YE  2026-11-30 09:00    45 min  planned  Bellamy      accepted    45 min
                                                     mornings
    VIS-81NKP5  2026-12-01 09:00    45 min  planned  Bellamy      accepted    45 min
                                                     mornings
    VIS-9B2YDJ  2026-12-02 09:00    45 min  planned  Bellamy      accepted    45 min
                                                     mornings
    VIS-YP9XE7  2026-12-03 09:00    45 min  planned  Bellamy      accepted    45 min
                                                     mornings
    VIS-HYZTXX  2026-12-04 09:00    45 min  planned  Bellamy      accepted    45 min
                                                     mornings
    2> note: 5 visits: 5 planned
    2> note: left out because empty: note
"#]]
);

question!(
    what_does_willow_do_next_week,
    expect![[r#"
    $ caredesk schedule show --provider willow --week 2026-11-30
    Willow Lane Care
    Week 49 · 30 November – 6 December 2026

     Mon 30     Tue 1      Wed 2      Thu 3      Fri 4      Sat 5      Sun 6
     ────────── ────────── ────────── ────────── ────────── ────────── ──────────
    ┏━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┓
    ┃09:00 45m ┃09:00 45m ┃09:00 45m ┃09:00 45m ┃09:00 45m ┃
    ┃✓ accepted┃✓ accepted┃✓ accepted┃✓ accepted┃✓ accepted┃
    ┃Ruth      ┃Ruth      ┃Ruth      ┃Ruth      ┃Ruth      ┃
    ┃Bellamy   ┃Bellamy   ┃Bellamy   ┃Bellamy   ┃Bellamy   ┃
    ┗━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┛

    ┏━┓ outsourced   ✓ accepted
    5 visits, 3 h 45 min; 5 outsourced
"#]]
);

question!(
    what_has_harbour_accepted,
    expect![[r#"
    $ caredesk package list --provider harbour --status accepted
    REFERENCE       STATUS    REFERRAL    ACCEPTED BY    CREATED AT   VISITS  OFFERS
    Winterbourne    accepted  REF-SHMHM6  Harbour Home   20 days ago      20       2
    two weeks                             Care
    Adeyemi         accepted  REF-H3F9P9  Northgate      49 days ago       7       2
    insulin                               Nursing at
                                          Home
    Winterbourne    accepted  REF-SHMHM6  Harbour Home   49 days ago       7       3
    first week                            Care
    2> note: 3 packages: 3 accepted
    2> note: no room for waited_minutes: `--columns` shows it
"#]]
);

question!(
    who_gave_back_what,
    expect![[r#"
    $ caredesk audit list --action package.hand-back
    NUMBER  AT                BY     ACTED BY  ACTION             ON
       102  2026-10-25 09:10  admin            package.hand-back  PKG-SHMHM6
"#]]
);

question!(
    how_did_the_packages_stand_a_week_ago,
    expect![[r#"
    $ caredesk package list --at -7d --status pending
    REFERENCE        STATUS   REFERRAL    ACCEPTED  CREATED   VISITS  OFFERS  WAITED
                                          BY        AT
    Bellamy          pending  REF-7TC14B            14 h ago      12       2    14 h
    mornings
    Adeyemi three    pending  REF-H3F9P9            14 h ago      19       3    14 h
    weeks
    2> note: 2 packages: 2 pending
"#]]
);

question!(
    what_does_the_week_of_a_referral_look_like,
    expect![[r#"
    $ caredesk schedule show bellamy --week 2026-11-30
    REF-7TC14B · Ruth Bellamy · Home care
    Week 49 · 30 November – 6 December 2026

     Mon 30     Tue 1      Wed 2      Thu 3      Fri 4      Sat 5      Sun 6
     ────────── ────────── ────────── ────────── ────────── ────────── ──────────
    ┏━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━┓
    ┃09:00 45m ┃09:00 45m ┃09:00 45m ┃09:00 45m ┃09:00 45m ┃
    ┃✓ accepted┃✓ accepted┃✓ accepted┃✓ accepted┃✓ accepted┃
    ┗━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┻━━━━━━━━━━┛

    ┏━┓ outsourced   ✓ accepted
    5 visits, 3 h 45 min; 5 outsourced
"#]]
);
