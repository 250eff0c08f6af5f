//! Offers that open and lapse by the clock (rule 1.13).

use expect_test::expect;

use crate::town::{settle, verified};

// Rules 1.6 and 1.13: an offer that is not answered in time has lapsed, and nothing had to run for that.
both_engines!(who_does_not_answer_in_time_has_lapsed, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference winter --answer-by 4h
        Created package PKG-SZNCK3 (winter): 1 visit of REF-00000A, offered to Acme Care, Birch Homecare, to be answered by 2026-11-22 14:00; no account is alerted (no e-mail address).
    "#]]);
    world.at("2026-11-22T13:59:59Z");
    world.story(expect![[r#"
        $ caredesk package respond winter --provider acme --reject
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`; 1 provider has still to answer.
    "#]]);
    world.at("2026-11-22T14:00:00Z");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: rejected
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (4 h ago) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                LAPSES AT         STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00 (4 h ago)  2026-11-22 14:00  rejected  2026-11-22 13:59 (just now)
        Birch Homecare  admin         2026-11-22 10:00 (4 h ago)  2026-11-22 14:00  lapsed
        $ caredesk package list --columns reference,status
        REFERENCE  STATUS
        winter     rejected
        $ caredesk package list --columns reference,status --status pending
        2> note: no packages
        $ caredesk package list --columns reference,status --status rejected
        REFERENCE  STATUS
        winter     rejected
        $ caredesk visit list REF-00000A --columns code,package_reference,package_status
        CODE        PACKAGE  PACKAGE STATUS
        VIS-000001  winter   rejected
        VIS-000002
        VIS-000003
        VIS-000004
        $ caredesk package respond winter --provider birch --accept
        2> error: the time of `Birch Homecare` to answer package `winter` ended at 2026-11-22 14:00
        2> hint: to ask again, take it out with `caredesk outsource remove-provider PKG-SZNCK3 PRV-00000B`, then add it
        [exit 4]
        $ caredesk package respond winter --provider birch --reject -o json
        2> {"error":{"kind":"refused","code":"offer.lapsed","message":"the time of `Birch Homecare` to answer package `winter` ended at 2026-11-22 14:00","hint":"to ask again, take it out with `caredesk outsource remove-provider PKG-SZNCK3 PRV-00000B`, then add it","details":{"package":"PKG-SZNCK3","lapsed_at":"2026-11-22T14:00:00Z"}}}
        [exit 4]
        $ caredesk outsource add-provider winter birch
        2> error: `Birch Homecare` has not answered package `winter` in time
        2> hint: to ask again, take it out first: `caredesk outsource remove-provider PKG-SZNCK3 PRV-00000B`
        [exit 4]
        $ caredesk outsource add-provider winter cedar --answer-by 2026-11-22
        2> error: invalid value '2026-11-22' for '--answer-by <WHEN>': `2026-11-22` is not a date and time: write "2026-12-01 09:00", "tomorrow 9:30" or "monday 18:00", or a span such as 4h
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk outsource add-provider winter cedar --answer-by '2026-11-22 13:00'
        2> error: 2026-11-22 13:00 is over, so no provider could answer by then
        2> hint: give a time to come with `--answer-by`
        [exit 5]
        $ caredesk outsource add-provider winter cedar --answer-by 2h
        Changed package PKG-SZNCK3 (winter): offered to Acme Care, Birch Homecare, Cedar Nursing; it is pending; no account is alerted (no e-mail address).
        $ caredesk outsource remove-provider winter birch
        Changed package PKG-SZNCK3 (winter): offered to Acme Care, Cedar Nursing; it is pending.
        $ caredesk outsource add-provider winter birch
        Changed package PKG-SZNCK3 (winter): offered to Acme Care, Cedar Nursing, Birch Homecare; it is pending; no account is alerted (no e-mail address).
        $ caredesk package respond winter --provider birch --accept
        Accepted package PKG-SZNCK3 (winter) for `Birch Homecare`; 1 other offer was closed.
        $ caredesk package show winter
        winter: accepted by Birch Homecare
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (4 h ago) by admin
        amended   2026-11-22 14:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 LAPSES AT         STATUS    RESPONDED AT
        Acme Care       admin         2026-11-22 10:00 (4 h ago)   2026-11-22 14:00  rejected  2026-11-22 13:59 (just now)
        Cedar Nursing   admin         2026-11-22 14:00 (just now)  2026-11-22 16:00  closed
        Birch Homecare  admin         2026-11-22 14:00 (just now)  2026-11-22 16:00  accepted  2026-11-22 14:00 (just now)
    "#]]);
    verified(world);
});

// Rules 1.11 and 1.13: to its provider a wave that has not opened does not exist.
both_engines!(a_wave_opens_at_its_time_if_none_has_accepted, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --visit VIS-000001 --provider acme --then birch --after 4h --then cedar --at '2026-11-23 9:00' --reference winter --answer-by 2d
        Created package PKG-SZNCK3 (winter): 1 visit of REF-00000A, offered to Acme Care; at 2026-11-22 14:00 to Birch Homecare; at 2026-11-23 09:00 to Cedar Nursing, to be answered by 2026-11-24 10:00; no account is alerted (no e-mail address).
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-SZNCK3
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        PROVIDER        REQUESTED BY  REQUESTED AT                 OPENS AT          LAPSES AT         STATUS
        Acme Care       admin         2026-11-22 10:00 (just now)                    2026-11-24 10:00  pending
        Birch Homecare  admin         2026-11-22 10:00 (just now)  2026-11-22 14:00  2026-11-24 10:00  scheduled
        Cedar Nursing   admin         2026-11-22 10:00 (just now)  2026-11-23 09:00  2026-11-24 10:00  scheduled
        $ caredesk package respond winter --provider birch --accept
        2> error: package `winter` is offered to `Birch Homecare` only at 2026-11-22 14:00
        2> hint: `caredesk package show PKG-SZNCK3` shows who is asked when
        [exit 4]
        $ caredesk package respond winter --provider acme --reject
        Rejected package PKG-SZNCK3 (winter) for `Acme Care`; 2 providers have still to answer.
        $ caredesk package list --columns reference,status
        REFERENCE  STATUS
        winter     pending
    "#]]);
    for login in ["birch", "both"] {
        world.as_user(login);
        let (own, provider) = if login == "both" { (1, "birch") } else { (0, "birch") };
        assert_eq!(world.json("package list").as_array().unwrap().len(), own, "{login}");
        let answer = world.run(&format!("package respond winter --provider {provider} --accept -o json"));
        assert_eq!(answer.status, if own == 1 { 4 } else { 3 }, "{answer:?}");
        assert!(own == 0 || answer.stderr.contains("package.not_offered"), "{answer:?}");
    }
    world.at("2026-11-22T14:00:00Z");
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-SZNCK3
        referral  REF-00000A
        created   2026-11-22 14:00 (just now) by admin

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       1    30 min            0          0 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 LAPSES AT         STATUS
        Birch Homecare  admin         2026-11-22 14:00 (just now)  2026-11-24 10:00  pending
        $ caredesk package list --columns reference,status,created_at
        REFERENCE  STATUS   CREATED AT
        winter     pending  2026-11-22 14:00
        $ caredesk package respond winter --provider birch --accept
        Accepted package PKG-SZNCK3 (winter) for `Birch Homecare`; no account is alerted (no e-mail address).
    "#]]);
    // Cedar's wave never opens: it was never asked, then as later.
    world.at("2026-11-23T09:00:00Z");
    world.as_user("cedar");
    world.story(expect![[r#"
        $ caredesk package list
        2> note: no packages
        $ caredesk package show winter
        2> error: there is no package `winter`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
        $ caredesk package respond winter --provider cedar --accept
        2> error: there is no package `winter`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
    "#]]);
    world.as_user("admin");
    world.story(expect![[r#"
        $ caredesk package show winter --columns status,lapses_at
        status  accepted
        $ caredesk package list --columns reference,status --provider cedar
        REFERENCE  STATUS
        winter     accepted
        $ caredesk outsource resend winter --yes
        Recalled package PKG-SZNCK3 and created package PKG-44KRT3: 1 visit, offered to Acme Care, Birch Homecare, Cedar Nursing; no account is alerted (no e-mail address).
    "#]]);
    verified(world);
});

// Rule 1.13.
both_engines!(waves_that_cannot_be, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter --then cedar --after 1d");
    world.refusals(expect![[r#"
        2 usage                      outsource create REF-00000B --all-visits --provider acme --then birch
        2 usage                      outsource create REF-00000B --all-visits --provider acme --after 4h
        2 usage                      outsource create REF-00000B --all-visits --provider acme --after 4h --then birch
        2 usage                      outsource create REF-00000B --all-visits --provider acme --then birch --after 4h --at 'tomorrow 9:00'
        2 usage                      outsource create REF-00000B --all-visits --provider acme --then birch --then cedar --after 4h --after 5h
        5 offer.opens_at             outsource create REF-00000B --all-visits --provider acme --then birch --after 4h --then cedar --after 4h
        5 offer.opens_at             outsource create REF-00000B --all-visits --provider acme --then birch --at 'yesterday 9:00'
        2 usage                      outsource create REF-00000B --all-visits --provider acme --then birch --after soon
        5 offer.twice                outsource create REF-00000B --all-visits --provider acme --then acme --after 4h
        4 provider.inactive          outsource create REF-00000B --all-visits --provider acme --then dormant --after 4h
        3 provider.not_found         outsource create REF-00000B --all-visits --provider acme --then elm --after 4h
        5 offer.lapses_at            outsource create REF-00000B --all-visits --provider acme --then birch --after 4h --answer-by 3h
        5 offer.lapses_at            outsource create REF-00000B --all-visits --provider acme --answer-by 'yesterday 9:00'
        2 usage                      outsource create REF-00000B --all-visits --provider acme --answer-by soon
        5 offer.lapses_at            outsource add-provider winter birch --answer-by '2026-11-22 9:00'
        2 usage                      outsource resend winter --yes --then birch --after 4h
        5 offer.lapses_at            outsource resend winter --yes --answer-by 4h
        4 offer.scheduled            package respond winter --provider cedar --reject
    "#]]);
});

// Rules 1.11 and 1.13: no filter of a list tells a provider of others, or that its wave was planned before.
both_engines!(no_filter_tells_of_others, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --then birch --after 1d --reference winter --answer-by 2d");
    world.ok(
        "outsource create REF-00000A --visit VIS-000002 --provider birch --reference summer --answer-by 1h",
    );
    world.ok("outsource add-provider summer acme --answer-by 3d");
    world.at("2026-11-23T12:00:00Z");
    let lines = [
        "package list --overdue --columns reference",
        "package list --older-than 4h --columns reference",
        "offer list --since today --columns package_reference",
        "offer list --since yesterday --columns package_reference",
    ];
    let seen = |login: &str| {
        world.as_user(login);
        lines.map(|line| {
            let list = world.json(line);
            let name = |row: &serde_json::Value| {
                row.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
            };
            list.as_array().unwrap().iter().map(name).collect::<Vec<_>>().join(" ")
        })
    };
    assert_eq!(seen("birch"), ["summer", "summer", "winter", "summer winter"]);
    assert_eq!(seen("acme"), ["", "summer winter", "", "summer winter"]);
    assert_eq!(seen("stan"), ["summer", "summer winter", "", "summer summer winter winter"]);
});
