//! Who calls, what changed, and whether all is well.

use expect_test::expect;

use super::question;

question!(
    who_is_calling,
    expect![[r#"
    $ caredesk find winterborne 1941
    KIND    CODE        NAME           MATCHED       COMMAND
    client  CLI-H5N4AP  Ada            name, birth   caredesk client show CLI-H5N4AP
                        Winterborne,   date
                        born           1941-03-02
                        1941-03-02
"#]]
);

question!(
    whose_phone_is_that,
    expect![[r#"
    $ caredesk find 960143
    KIND    CODE        NAME           MATCHED       COMMAND
    client  CLI-SHMHM6  Ada            phone 01632   caredesk client show CLI-SHMHM6
                        Winterbourne,  960143
                        born
                        1941-03-02
"#]]
);

question!(
    what_is_there_about_the_client,
    expect![[r#"
    $ caredesk client show 'ada winterbourne'
    code             CLI-SHMHM6
    given            Ada
    family           Winterbourne
    birth date       1941-03-02
    postal code      AB1 4QT
    address          3 Quay Lane
    phones           home: 01632 960142, daughter: 01632 960143
    carer note       hard of hearing; ring twice
    status           active
    active releases  0

    CODE        QUEUE      STATUS  RESOURCE           SINCE AT
    REF-SHMHM6  Home care  New     Harbour Home Care  2026-10-09 09:32 (49 days ago)

    CODE        REFERENCE              REFERRAL    STATUS   WAITING FOR
    PKG-XSWCE8  Winterbourne December  REF-SHMHM6  pending            2

    CODE        START             DURATION  REFERRAL
    VIS-QXNKWR  2026-11-28 08:00    45 min  REF-SHMHM6
    VIS-TX7XY4  2026-11-29 08:00    45 min  REF-SHMHM6
    VIS-7EC9YG  2026-11-30 08:00    45 min  REF-SHMHM6

    PROVIDER    PROVIDER NAME      SINCE ON
    PRV-VD3FNH  Harbour Home Care  2026-10-31
    PRV-NBBZHX  Willow Lane Care   2026-10-18

    RECIPIENT         OWNER              TYPES     RECORDS
    Willow Lane Care  Harbour Home Care  clinical        1

    The same birth date, and a name alike:

    CODE        GIVEN  FAMILY
    CLI-H5N4AP  Ada    Winterborne
"#]]
);

question!(
    is_a_person_there_twice,
    expect![[r#"
    $ caredesk client duplicates
    80 of 100  CLI-SHMHM6 (Ada Winterbourne) and CLI-H5N4AP (Ada Winterborne)
               · the same given name: Ada
               · family names alike: Winterbourne, Winterborne
               · the same birth date: 1941-03-02
               · the same postal code: AB1 4QT
               $ caredesk client merge CLI-H5N4AP --into CLI-SHMHM6
"#]]
);

question!(
    what_happened_with_the_client,
    expect![[r#"
    $ caredesk client history penhallow
    AT                BY     ACTION               FIELD     FROM    TO
    2026-10-04 10:10  admin  client.create                          active
    2026-10-18 11:06  admin  referral.create                        New
    2026-10-19 16:22  admin  referral.set-status  status    New     Booked
    2026-10-25 09:16  admin  referral.set-status  status    Booked  Done
    2026-10-25 09:16  admin  referral.set-status  closed    false   true
    2026-11-13 09:10  admin  client.edit          status    active  inactive
    2026-11-13 09:10  admin  client.edit          since_on          2026-10-30
    2> note: no room for on: `--columns` shows it; left out because empty: acted_by,
    2>       reason
"#]]
);

question!(
    where_are_clients_active,
    expect![[r#"
    $ caredesk client enrolments --client marsh
    CLIENT      CLIENT NAME   PROVIDER                  STATUS  SINCE ON
    CLI-6PZRDG  Walter Marsh  Harbour Home Care         active  2026-10-18
    CLI-6PZRDG  Walter Marsh  Second Spring Reablement  active  2026-10-18
    CLI-6PZRDG  Walter Marsh  Willow Lane Care          active  2026-10-31
"#]]
);

question!(
    what_has_changed_since_yesterday,
    expect![[r#"
    $ caredesk audit list --since yesterday
    NUMBER  AT                BY     ACTED BY  ACTION            ON
       277  2026-11-26 16:49  admin            sharing.request   SHR-HA67FN
       276  2026-11-26 16:47  rosa   admin     capacity.set      CAP-XSWCE8
       275  2026-11-26 16:45  admin            outsource.remind  PKG-XSWCE8
    2> note: 3 entries
"#]]
);

question!(
    what_has_rosa_done,
    expect![[r#"
    $ caredesk audit list --by rosa
    NUMBER  AT                BY    ACTED BY  ACTION               ON
       276  2026-11-26 16:47  rosa  admin     capacity.set         CAP-XSWCE8
       166  2026-11-08 10:30  rosa  admin     package.respond      PKG-H3F9P9
       133  2026-11-02 15:02  rosa  admin     record.read          CLI-6PZRDG
       108  2026-10-26 08:42  rosa  admin     referral.set-status  REF-6GDY1H
       101  2026-10-19 16:24  rosa  admin     referral.set-status  REF-6GDY1H
        81  2026-10-10 10:21  rosa  admin     capacity.set         CAP-HA67FN
    2> note: 6 entries
"#]]
);

question!(
    what_waits_at_the_desk,
    expect![[r#"
    $ caredesk 
    admin (admin)

    Waiting:
    25 days  3 sharing requests to answer: SHR-HA67FN, SHR-69ADBT, SHR-6PZRDG
             $ caredesk sharing list --status pending
    4 days   1 package without an answer: PKG-XSWCE8
             $ caredesk package list --status pending
    5 days   2 packages that all have rejected: PKG-6GDY1H, PKG-HA67FN; the first
             until 2026-11-22 12:00 (4 days ago)
             $ caredesk package list --status rejected
    49 days  4 open referrals without a resource: REF-368J6D, REF-6FFDB1,
             REF-H5N4AP, …
             $ caredesk referral list --unassigned --open
"#]]
);

question!(
    what_was_imported,
    expect![[r#"
        $ caredesk import list --columns code,at,by,action,created
        CODE        AT                BY     ACTION           CREATED
        IMP-RGQW5Q  2026-10-02 09:04  admin  provider.import        8
    "#]]
);

question!(
    which_contracts_end_this_year,
    expect![[r#"
    $ caredesk contract list --active
    CODE        PROVIDER     NAME         STARTS ON   ENDS ON     ACTIVE  CATEGORIES
    CTR-SHMHM6  Harbour      Personal     2026-01-01  2027-12-31  yes     Personal
                Home Care    care 2026                                    care
    CTR-6PZRDG  Northgate    Nursing at   2026-04-01              yes     Nursing
                Nursing at   home
                Home
    CTR-H3F9P9  Alderbrook   Meals        2025-01-01  2026-12-31  yes     Meals
                Meals on
                Wheels
    2> note: 3 contracts
"#]]
);

both_engines!(is_the_trail_whole, |world| {
    super::town(world);
    // Each database has an end of its own.
    world.call("<HEAD>", world.json("audit verify")["head"].as_str().unwrap_or_default());
    world.story(expect![[r#"
        $ caredesk audit verify
        The audit trail is whole: 277 entries, ending in
        <HEAD>.
    "#]]);
});
