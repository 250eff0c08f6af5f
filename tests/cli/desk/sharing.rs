//! Who sees what, why, and until when.

use expect_test::expect;

use super::question;

question!(
    who_sees_what_of_ada,
    expect![[r#"
    $ caredesk sharing who 'ada winterbourne'
    RECIPIENT    TYPE        OWNER       BY          SOURCE      UNTIL ON    RECORDS
    the hub,                             hub                                       3
    every level
    of its
    staff
    Harbour      clinical    Harbour     own                                       1
    Home Care                Home Care
    Harbour      services    Harbour     own                                       1
    Home Care                Home Care
    Willow Lane  clinical    Harbour     request     SHR-SHMHM6  2026-12-17        1
    Care                     Home Care
    Willow Lane  case-notes  Willow      own                                       1
    Care                     Lane Care
    Harbour                              acceptance  PKG-H3F9P9  2026-12-22        0
    Home Care
    Harbour                              assignment  REF-SHMHM6                    0
    Home Care
    2> note: no room for since_at: `--columns` shows it
"#]]
);

question!(
    why_does_willow_not_see_the_services,
    expect![[r#"
    $ caredesk sharing explain 'ada winterbourne' --owner harbour --recipient willow --type services
    Willow Lane Care sees none of the 1 services record of Ada Winterbourne at
    Harbour Home Care: SHR-69ADBT is pending since 2026-11-25 09:29: Harbour Home
    Care has not answered.
    As of 2026-11-27 10:00.

      ✓ met        recipient               Willow Lane Care is active
      ✓ met        level                   Harbour Home Care is at level 1 for
                                           services since 2026-10-31 10:02: it
                                           shares with all
      ✓ met        link                    Harbour Home Care is linked to Willow
                                           Lane Care for services since 2026-10-31
                                           10:10
      · not asked  category                level 1 asks for no service category
      ✓ met        enrolment at owner      Ada Winterbourne is active at Harbour
                                           Home Care since 2026-10-31
      ✓ met        enrolment at recipient  Ada Winterbourne is active at Willow Lane
                                           Care since 2026-10-18
      ✗ not met    request                 SHR-69ADBT is pending since 2026-11-25
                                           09:29: Harbour Home Care has not answered
                   $ caredesk sharing grant SHR-69ADBT
      · not asked  release                 release sharing is off
      · not asked  expiry                  there is no consent that could run out
"#]]
);

question!(
    which_requests_wait_for_an_answer,
    expect![[r#"
    $ caredesk sharing list --status pending
    CODE        CLIENT      CLIENT NAME   OWNER       RECIPIENT  TYPE        STATUS
    SHR-HA67FN  CLI-6PZRDG  Walter Marsh  Harbour     Willow     clinical    pending
                                          Home Care   Lane Care
    SHR-69ADBT  CLI-SHMHM6  Ada           Harbour     Willow     services    pending
                            Winterbourne  Home Care   Lane Care
    SHR-6PZRDG  CLI-SHMHM6  Ada           Willow      Harbour    case-notes  pending
                            Winterbourne  Lane Care   Home Care
    2> note: 3 requests: 3 pending
    2> note: no room for purpose: `--columns` shows it; left out because empty:
    2>       expires_on
"#]]
);

question!(
    which_consents_end_soon,
    expect![[r#"
    $ caredesk sharing list --expiring 30
    CODE        CLIENT NAME   OWNER        RECIPIENT   TYPE      STATUS   EXPIRES ON
    SHR-SHMHM6  Ada           Harbour      Willow      clinical  granted  2026-12-17
                Winterbourne  Home Care    Lane Care
    2> note: no room for client, purpose: `--columns` shows them
"#]]
);

question!(
    what_does_willow_wait_for,
    expect![[r#"
        $ caredesk --as wim sharing list --status pending
        CODE        CLIENT      CLIENT NAME   OWNER       RECIPIENT  TYPE        STATUS
        SHR-HA67FN  CLI-6PZRDG  Walter Marsh  Harbour     Willow     clinical    pending
                                              Home Care   Lane Care
        SHR-69ADBT  CLI-SHMHM6  Ada           Harbour     Willow     services    pending
                                Winterbourne  Home Care   Lane Care
        SHR-6PZRDG  CLI-SHMHM6  Ada           Willow      Harbour    case-notes  pending
                                Winterbourne  Lane Care   Home Care
        2> note: 3 requests: 3 pending
        2> note: no room for purpose: `--columns` shows it; left out because empty:
        2>       expires_on
    "#]]
);

question!(
    which_releases_end_soon,
    expect![[r#"
    $ caredesk release list --expiring 30
    CODE        CLIENT        OWNER         TYPE      STATUS  EXPIRES ON  RECIPIENTS
    ROI-SHMHM6  Walter Marsh  Second        clinical  active  2026-12-11           1
                              Spring
                              Reablement
    2> note: no room for signed_on, all_providers: `--columns` shows them
"#]]
);

question!(
    who_has_seen_records_of_walter,
    expect![[r#"
        $ caredesk disclosure list --client marsh
        AT                CLIENT       OWNER        RECIPIENT    TYPE      BASIS    BY
        2026-11-02 15:02  Walter       Second       Harbour      clinical  release  rosa
                          Marsh        Spring       Home Care
                                       Reablement
        2> note: no room for records, source, acted_by, preview: `--columns` shows them
    "#]]
);

question!(
    what_would_end_with_the_link,
    expect![[r#"
    $ caredesk sharing what-if unlink harbour willow --type clinical
    RECIPIENT         CHANGE  CLIENT      CLIENT NAME       TYPE      RECORDS
    Willow Lane Care  loses   CLI-SHMHM6  Ada Winterbourne  clinical        1
"#]]
);

question!(
    with_whom_does_harbour_share,
    expect![[r#"
    $ caredesk sharing links harbour
    OWNER                     RECIPIENT                TYPE        SHARING  EDITABLE
    Harbour Home Care         Second Spring            clinical    request  yes
                              Reablement
    Harbour Home Care         Willow Lane Care         clinical    request  yes
    Harbour Home Care         Willow Lane Care         services    request  yes
    Second Spring Reablement  Harbour Home Care        clinical    release  yes
    Willow Lane Care          Harbour Home Care        case-notes  request  yes
"#]]
);

question!(
    how_does_harbour_share,
    expect![[r#"
    $ caredesk sharing settings harbour
    TYPE          LEVEL  CLIENT BY    REQUIRE      RELEASE          DEFAULT  SHARING
                         CLIENT       EXPIRY       SHARING             DAYS
    services          1  yes          no           no                        request
    clinical          1  yes          yes          no                   180  request
    case-notes        3  yes          no           no                        nothing
    appointments      3  yes          no           no                        nothing
    eligibility       3  yes          no           no                        nothing
    forms             3  yes          no           no                        nothing
    referrals         3  yes          no           no                        nothing
"#]]
);
