//! A scheduler's week at a home-care company: offers that lapse, are lost and are won; changed calls, and one package given back.

use expect_test::expect;

use crate::town::{settle, verified};

// Rules 1.5, 1.7, 1.11, 1.13 and 1.14, from the desk of Birch Homecare.
both_engines!(a_schedulers_week, |world| {
    settle(world);
    world.ok(
        "outsource create REF-00000A --visit VIS-000001 --provider birch --reference mornings --answer-by 4h",
    );
    world.ok("outsource create REF-00000A --visit VIS-000002 --provider acme birch --reference noons");
    world.ok("outsource create REF-00000A --visit VIS-000003 VIS-000004 --provider acme --then birch --after 1d --reference evenings --answer-by 3d");
    world.as_user("birch");
    world.at("2026-11-22T11:00:00Z");
    world.story(expect![[r#"
        $ caredesk package list
        REFERENCE  STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        noons      pending  REF-00000A               2026-11-22 10:00       1       1  59 min
        mornings   pending  REF-00000A               2026-11-22 10:00       1       1     1 h
        $ caredesk offer list
        PACKAGE   PROVIDER        REQUESTED AT      LAPSES AT         STATUS   RESPONDED AT  WAITED  REASON
        noons     Birch Homecare  2026-11-22 10:00                    pending                   1 h
        mornings  Birch Homecare  2026-11-22 10:00  2026-11-22 14:00  pending                   1 h
    "#]]);
    // Sunday: the first is not answered in time, the second is lost to another.
    world.as_user("acme");
    world.ok("package respond noons --provider acme --accept");
    world.at("2026-11-22T15:00:00Z");
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk package respond mornings --provider birch --accept
        2> error: the time of `Birch Homecare` to answer package `mornings` ended at 2026-11-22 14:00
        2> hint: `caredesk package list --status pending` shows what waits for an answer
        [exit 4]
        $ caredesk package respond noons --provider birch --accept
        2> error: package `noons` was already accepted
        2> hint: `caredesk package list --status pending` shows what waits for an answer
        [exit 4]
        $ caredesk package list --columns reference,status
        REFERENCE  STATUS
        mornings   rejected
        $ caredesk offer list --columns package,provider_name,status,waited_minutes
        PACKAGE     PROVIDER        STATUS  WAITED
        PKG-SZNCK3  Birch Homecare  lapsed     4 h
    "#]]);
    // Monday: the wave opens, and the third is won.
    world.at("2026-11-23T10:30:00Z");
    world.story(expect![[r#"
        $ caredesk package respond evenings --provider birch --accept
        Accepted package PKG-39J76K (evenings) for `Birch Homecare`; no account is alerted (no e-mail address).
        $ caredesk package history evenings
        AT                STEP      PROVIDER        BY     ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT         REASON
        2026-11-23 10:00  asked     Birch Homecare  admin                                              2026-11-25 10:00
        2026-11-23 10:30  accepted  Birch Homecare  birch
    "#]]);
    // Tuesday: the hub moves a call, which who has accepted confirms.
    world.at("2026-11-24T09:00:00Z");
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk visit edit VIS-000003 --start '2026-12-03 18:00'
        Changed visit VIS-000003: start 2026-12-03 09:00 → 2026-12-03 18:00, differs from offer no → yes; no account is alerted (no e-mail address).
        2> warning: evenings was offered with the visit VIS-000003 on Thu 3 December 09:00; recall and send again to offer the new time: `caredesk outsource resend PKG-39J76K --provider PRV-00000B`
        $ caredesk outsource resend evenings --provider birch --answer-by 1d --yes
        Recalled package PKG-39J76K and created package PKG-TB2G7Z: 2 visits, offered to Birch Homecare, to be answered by 2026-11-25 09:00; no account is alerted (no e-mail address).
    "#]]);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk package show evenings
        evenings: pending, waiting for an answer
        code      PKG-TB2G7Z
        referral  REF-00000A
        created   2026-11-24 09:00 (just now) by stan

        CODE        START             DURATION  STATUS
        VIS-000003  2026-12-03 18:00    30 min  planned
        VIS-000004  2026-12-04 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    60 min            0          0 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 LAPSES AT         STATUS
        Birch Homecare  stan          2026-11-24 09:00 (just now)  2026-11-25 09:00  pending
        $ caredesk package respond evenings --provider birch --accept
        Accepted package PKG-TB2G7Z (evenings) for `Birch Homecare`; no account is alerted (no e-mail address).
    "#]]);
    // Thursday: the carer is ill.
    world.at("2026-11-26T08:00:00Z");
    world.story(expect![[r#"
        $ caredesk package hand-back evenings --reason 'our carer for the evenings is ill'
        Handed package PKG-TB2G7Z (evenings) back for `Birch Homecare`; 2 visits are free again; no account is alerted (no e-mail address).
        $ caredesk package history evenings
        AT                STEP         PROVIDER        BY     ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT         REASON
        2026-11-24 09:00  asked        Birch Homecare  stan                                               2026-11-25 09:00
        2026-11-24 09:00  accepted     Birch Homecare  birch
        2026-11-26 08:00  handed back  Birch Homecare  birch                                                                our carer for the evenings is ill
        $ caredesk offer list --columns code,package_reference,status,responded_at,ended_at,reason -o jsonl
        {"code":"PKG-TB2G7Z.1","package_reference":"evenings","status":"handed_back","responded_at":"2026-11-24T09:00:03Z","ended_at":"2026-11-26T08:00:00Z","reason":"our carer for the evenings is ill"}
        {"code":"PKG-SZNCK3.1","package_reference":"mornings","status":"lapsed","responded_at":null,"ended_at":null,"reason":null}
    "#]]);
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk package list
        REFERENCE  STATUS       REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        evenings   handed back  REF-00000A               2026-11-24 09:00       2       1   0 min
        noons      accepted     REF-00000A  Acme Care    2026-11-22 10:00       1       2     1 h
        mornings   rejected     REF-00000A               2026-11-22 10:00       1       1     4 h
        $ caredesk package list --status rejected --overdue --columns reference,waited_minutes
        REFERENCE  WAITED
        mornings      4 h
        $ caredesk outsource resend evenings --provider acme cedar --yes
        Recalled package PKG-TB2G7Z and created package PKG-98XD3J: 2 visits, offered to Acme Care, Cedar Nursing; no account is alerted (no e-mail address).
        $ caredesk package list --status pending --older-than 4h
        2> note: no packages
        $ caredesk package list --oldest-first --columns reference,status
        REFERENCE  STATUS
        mornings   rejected
        noons      accepted
        evenings   pending
        $ caredesk package history evenings
        AT                STEP     PROVIDER       BY    ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT  REASON
        2026-11-26 08:00  created                 stan
        2026-11-26 08:00  asked    Acme Care      stan
        2026-11-26 08:00  asked    Cedar Nursing  stan
        $ caredesk offer list
        PACKAGE                           PROVIDER                          REQUESTED AT      LAPSES AT         STATUS       RESPONDED AT         WAITED  REASON
        evenings                          Cedar Nursing                     2026-11-26 08:00                    pending                            0 min
        evenings                          Acme Care                         2026-11-26 08:00                    pending                            0 min
        evenings                          Birch Homecare                    2026-11-24 09:00  2026-11-25 09:00  handed back  2026-11-24 09:00      0 min  our carer for the evenings is ill
        evenings                          Birch Homecare                    2026-11-22 10:00  2026-11-25 10:00  accepted     2026-11-23 10:30     29 min
        evenings                          Acme Care                         2026-11-22 10:00  2026-11-25 10:00  closed                              24 h
        noons                             Birch Homecare                    2026-11-22 10:00                    closed                               1 h
        noons                             Acme Care                         2026-11-22 10:00                    accepted     2026-11-22 11:00        1 h
        mornings                          Birch Homecare                    2026-11-22 10:00  2026-11-22 14:00  lapsed                               4 h
        $ caredesk offer list --status pending --columns code,provider_name
        CODE          PROVIDER
        PKG-98XD3J.2  Cedar Nursing
        PKG-98XD3J.1  Acme Care
        $ caredesk offer list --status lapsed --columns code,provider_name,lapses_at -o csv
        code,provider_name,lapses_at
        PKG-SZNCK3.1,Birch Homecare,2026-11-22T14:00:00Z
        $ caredesk offer list --provider birch --oldest-first --columns code,status
        CODE          STATUS
        PKG-SZNCK3.1  lapsed
        PKG-EG2QXC.2  closed
        PKG-39J76K.2  accepted
        PKG-TB2G7Z.1  handed back
        $ caredesk offer list --package noons --columns code,provider_name,status
        CODE          PROVIDER        STATUS
        PKG-EG2QXC.2  Birch Homecare  closed
        PKG-EG2QXC.1  Acme Care       accepted
        $ caredesk offer list --since tuesday --limit 2 --columns code,status
        CODE          STATUS
        PKG-98XD3J.2  pending
        PKG-98XD3J.1  pending
    "#]]);
    verified(world);
});

// Rule 1.13: each list goes on where it ended.
both_engines!(offers_are_listed_page_by_page, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch cedar --reference winter");
    world.ok("outsource create REF-00000A --visit VIS-000002 --provider acme --then birch --after 4h --reference summer");
    for user in ["admin", "both"] {
        world.as_user(user);
        for order in ["", " --oldest-first"] {
            let whole = world.json(&format!("offer list --columns code{order}"));
            let mut paged: Vec<serde_json::Value> = Vec::new();
            loop {
                let after = paged
                    .last()
                    .map_or(String::new(), |last| format!(" --after {}", last["code"].as_str().unwrap()));
                let page = world.json(&format!("offer list --columns code --limit 2{order}{after}"));
                let page = page.as_array().unwrap();
                paged.extend(page.iter().cloned());
                if page.len() < 2 {
                    break;
                }
            }
            assert_eq!(serde_json::json!(paged), whole, "{user}{order}");
            assert_eq!(paged.len(), if user == "admin" { 5 } else { 3 }, "{user}: {whole}");
        }
    }
    world.as_user("admin");
    world.refusals(expect![[r#"
        2 usage                      offer list --after winter
        3 offer.not_found            offer list --after winter.9
        3 package.not_found          offer list --after autumn.1
        2 usage                      offer list --status open
        3 package.not_found          offer list --package autumn
        3 provider.not_found         offer list --provider elm
        3 package.not_found          package history autumn
    "#]]);
    world.as_user("birch");
    world.refusals(expect![[r#"
        3 package.not_found          offer list --package summer
        3 package.not_found          offer list --after summer.2
        3 package.not_found          package history summer
    "#]]);
});
