//! What a provider learns before it decides (rule 1.12).

use expect_test::expect;

use crate::town::settle;
use crate::world::World;

fn asked(world: &World) {
    world.begin(|world| {
        settle(world);
        world.ok("client edit CLI-00000A --postal-code 'SW1A 1AA'");
        world.ok("visit edit VIS-000001 --note 'daughter Jo has the key' --provider-note 'two carers, hoist'");
        // Birch has visits of another client in the same week.
        world.ok("outsource create REF-00000B --all-visits --provider birch");
        world.as_user("birch");
        world.ok("package respond PKG --provider birch --accept");
        world.as_user("admin");
        world.ok(
            "outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter \
             --provider-note 'from December on'",
        );
    });
}

// Rule 1.12: when, how long, in which area, what the hub writes for it, and how much it has already; not who it is.
both_engines!(a_provider_is_told_what_it_needs_to_decide, |world| {
    asked(world);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-A3Z1NK
        referral  REF-00000A
        area      SW1A
        note      from December on
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS   PROVIDER NOTE
        VIS-000001  2026-12-01 09:00    30 min  planned  two carers, hoist
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  HELD VISITS  HELD DURATION
        2026-W49       2    60 min            2         60 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS
        Birch Homecare  admin         2026-11-22 10:00 (just now)  pending
        $ caredesk -o json package show winter --columns area,provider_note,weeks
        {
          "area": "SW1A",
          "provider_note": "from December on",
          "weeks": [
            {
              "week": "2026-W49",
              "visits": 2,
              "duration_minutes": 60,
              "provider": "PRV-00000B",
              "provider_name": "Birch Homecare",
              "held_visits": 2,
              "held_duration_minutes": 60
            }
          ]
        }
        $ caredesk package list --status pending --columns reference,area,provider_note
        REFERENCE  AREA  PROVIDER NOTE
        winter     SW1A  from December on
    "#]]);
    world.as_user("acme");
    let weeks = world.json("package show winter")["weeks"].clone();
    assert_eq!(
        (&weeks[0]["held_visits"], &weeks[0]["held_duration_minutes"]),
        (&0.into(), &0.into()),
        "{weeks}"
    );
    // The hub, which may have asked several, sees the weeks alone.
    world.as_user("stan");
    let weeks = world.json("package show winter")["weeks"].clone();
    assert_eq!(
        (&weeks[0]["duration_minutes"], &weeks[0]["held_visits"]),
        (&60.into(), &().into()),
        "{weeks}"
    );
});

// An account that speaks for two providers sees what each of them has.
both_engines!(each_provider_of_an_account_has_weeks_of_its_own, |world| {
    asked(world);
    world.as_user("both");
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-A3Z1NK
        referral  REF-00000A
        area      SW1A
        note      from December on
        created   2026-11-22 10:00 (just now) by admin

        CODE        START             DURATION  STATUS   PROVIDER NOTE
        VIS-000001  2026-12-01 09:00    30 min  planned  two carers, hoist
        VIS-000002  2026-12-02 09:00    30 min  planned

        WEEK      VISITS  DURATION  PROVIDER        HELD VISITS  HELD DURATION
        2026-W49       2    60 min  Acme Care                 0          0 min
        2026-W49       2    60 min  Birch Homecare            2         60 min

        PROVIDER        REQUESTED BY  REQUESTED AT                 STATUS
        Acme Care       admin         2026-11-22 10:00 (just now)  pending
        Birch Homecare  admin         2026-11-22 10:00 (just now)  pending
    "#]]);
});

// Rule 1.12: the note for providers goes along when a package is sent again, and a name in it is warned of.
both_engines!(a_note_for_providers_goes_along_and_holds_no_name, |world| {
    asked(world);
    world.story(expect![[r#"
        $ caredesk outsource resend winter --yes
        Recalled package PKG-A3Z1NK and created package PKG-K4C8QV: 2 visits, offered to Acme Care, Birch Homecare; no account is alerted (no e-mail address).
        $ caredesk -q package show winter
        PKG-K4C8QV
        $ caredesk package list --columns reference,provider_note --status pending
        REFERENCE  PROVIDER NOTE
        winter     from December on
        $ caredesk outsource resend winter --yes --provider-note 'Mrs MÓSS is deaf'
        Recalled package PKG-K4C8QV and created package PKG-02BM3F: 2 visits, offered to Acme Care, Birch Homecare; no account is alerted (no e-mail address).
        2> warning: the note for providers names the client (`MÓSS`), and providers that are only asked read it too
        $ caredesk outsource resend winter --yes --provider-note none
        Recalled package PKG-02BM3F and created package PKG-94RZD8: 2 visits, offered to Acme Care, Birch Homecare; no account is alerted (no e-mail address).
        $ caredesk package list --columns reference,provider_note --status pending
        REFERENCE  PROVIDER NOTE
        winter
        $ caredesk visit edit VIS-000002 --provider-note 'ask for Ada, not adamantly'
        Changed visit VIS-000002: provider note none → ask for Ada, not adamantly.
        2> warning: the note for providers names the client (`Ada`), and providers that are only asked read it too
        $ caredesk visit edit VIS-000002 --provider-note 'the mossy path'
        Changed visit VIS-000002: provider note ask for Ada, not adamantly → the mossy path.
        $ caredesk visit edit VIS-000002 --provider-note none
        Changed visit VIS-000002: provider note the mossy path → none.
        $ caredesk visit add REF-00000A --start '2027-03-01 09:00' --duration 30 --provider-note 'Ms Moss, Ada'
        Created visit VIS-W0J08E: Mon 1 March 2027 at 09:00, 30 min.
        2> warning: the note for providers names the client (`Moss`, `Ada`), and providers that are only asked read it too
        $ caredesk outsource create REF-00000A --visit VIS-000003 --provider acme --provider-note 'tell Moss' -q
        PKG-55FBAQ
    "#]]);
});
