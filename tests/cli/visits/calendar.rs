//! The week and the calendar file of a provider, over all its clients.

use expect_test::expect;

use super::accepted;
use crate::world::World;

/// The lines of the events that begin so, of each event in turn.
fn events(world: &World, line: &str, keys: &[&str]) -> Vec<String> {
    let text = world.ok(line).replace("\r\n", "\n");
    let of = |event: &str| {
        let lines = event.lines().filter(|line| keys.iter().any(|key| line.starts_with(&format!("{key}:"))));
        lines.map(|line| line.split_once(':').unwrap().1.to_owned()).collect::<Vec<_>>().join(" ")
    };
    text.split("BEGIN:VEVENT").skip(1).map(of).collect()
}

// Rule 1.12: one week over all clients.
both_engines!(a_provider_sees_its_week, |world| {
    accepted(world);
    world.ok("outsource create REF-00000B --visit VIS-000005 --provider acme --reference bo");
    world.as_user("acme");
    world.ok("package respond bo --provider acme --accept");
    world.story(expect![[r#"
        $ caredesk schedule show
        Acme Care
        Week 49 · 30 November – 6 December 2026

               Mon 30       Tue 1        Wed 2        Thu 3        Fri 4        Sat 5        Sun 6
               ──────────   ──────────   ──────────   ──────────   ──────────   ──────────   ──────────
                           ┏━━━━━━━━━━┓ ┏━━━━━━━━━━┓                           ┏━━━━━━━━━━┓
        09:00              ┃09:00 30m ┃ ┃09:00 30m ┃                           ┃09:00 30m ┃
                           ┃✓ accepted┃ ┃✓ accepted┃                           ┃✓ accepted┃
                           ┃Ada Moss  ┃ ┃Ada Moss  ┃                           ┃Bo Moss   ┃
                           ┗━━━━━━━━━━┛ ┗━━━━━━━━━━┛                           ┗━━━━━━━━━━┛

        ┏━┓ outsourced   ✓ accepted
        3 visits, 1 h 30 min; 3 outsourced
        $ caredesk schedule show --week 2026-12-14
        Acme Care
        Week 51 · 14 – 20 December 2026

        No visits from 14 to 20 December 2026.
        $ caredesk -o csv schedule show --week 2026-W49 --columns code,client_name,package_reference
        code,client_name,package_reference
        VIS-000001,Ada Moss,winter
        VIS-000002,Ada Moss,winter
        VIS-000005,Bo Moss,bo
    "#]]);
    world.as_user("mute");
    world.story(expect![[r#"
        $ caredesk schedule show
        Acme Care
        Week 49 · 30 November – 6 December 2026

               Mon 30       Tue 1        Wed 2        Thu 3        Fri 4        Sat 5        Sun 6
               ──────────   ──────────   ──────────   ──────────   ──────────   ──────────   ──────────
                           ┏━━━━━━━━━━┓ ┏━━━━━━━━━━┓                           ┏━━━━━━━━━━┓
        09:00              ┃09:00 30m ┃ ┃09:00 30m ┃                           ┃09:00 30m ┃
                           ┃✓ accepted┃ ┃✓ accepted┃                           ┃✓ accepted┃
                           ┃winter    ┃ ┃winter    ┃                           ┃bo        ┃
                           ┗━━━━━━━━━━┛ ┗━━━━━━━━━━┛                           ┗━━━━━━━━━━┛

        ┏━┓ outsourced   ✓ accepted
        3 visits, 1 h 30 min; 3 outsourced
    "#]]);
    world.as_user("stan");
    let staff = world.ok("schedule show --provider acme");
    assert!(staff.contains("Acme Care") && staff.contains("Ada Moss"), "{staff}");
    world.story(expect![[r#"
        $ caredesk schedule show
        2> error: neither a referral nor a provider is named
        2> hint: name a referral, or `--provider`; `--all` shows a day of all
        [exit 2]
        $ caredesk schedule export --file -
        2> error: neither a referral nor a provider is named
        2> hint: name a referral, or `--provider`; `--all` shows a day of all
        [exit 2]
    "#]]);
});

// Rule 1.12: a calendar file that is written again says what has changed, and what the provider has no more.
both_engines!(a_calendar_learns_of_what_has_changed, |world| {
    accepted(world);
    let keys = ["UID", "STATUS", "SEQUENCE", "DTSTART", "LOCATION"];
    let of_acme = || {
        world.as_user("acme");
        let events = events(world, "schedule export --file -", &keys);
        world.as_user("admin");
        events
    };
    expect![[r#"
        [
            "20261201T090000Z SW1A 3 CONFIRMED vis-000001@caredesk",
            "20261202T090000Z SW1A 2 CONFIRMED vis-000002@caredesk",
        ]
    "#]]
    .assert_debug_eq(&of_acme());
    world.ok("visit edit VIS-000001 --start '2026-12-01 10:00'");
    world.ok("visit cancel VIS-000002");
    expect![[r#"
        [
            "20261201T100000Z SW1A 4 CONFIRMED vis-000001@caredesk",
            "20261202T090000Z SW1A 3 CANCELLED vis-000002@caredesk",
        ]
    "#]]
    .assert_debug_eq(&of_acme());
    world.ok("outsource resend winter --yes");
    world.as_user("birch");
    world.ok("package respond winter --provider birch --accept");
    world.as_user("admin");
    world.ok("visit edit VIS-000001 --start '2026-12-01 11:00'");
    // Where the visit has gone since is nothing to who had it.
    expect![[r#"
        [
            "20261201T090000Z 8 CANCELLED vis-000001@caredesk",
            "20261202T090000Z 4 CANCELLED vis-000002@caredesk",
        ]
    "#]]
    .assert_debug_eq(&of_acme());
    expect![[r#"
        [
            "20261201T110000Z SW1A 8 CONFIRMED vis-000001@caredesk",
        ]
    "#]]
    .assert_debug_eq(&events(world, "schedule export --provider birch --file -", &keys));
    let hub = events(world, "schedule export --hub --file -", &["UID", "STATUS"]);
    expect![[r#"
        [
            "CONFIRMED vis-000001@caredesk",
            "CANCELLED vis-000002@caredesk",
            "CONFIRMED vis-000003@caredesk",
            "CONFIRMED vis-000004@caredesk",
            "CONFIRMED vis-000005@caredesk",
            "CONFIRMED vis-000006@caredesk",
        ]
    "#]]
    .assert_debug_eq(&hub);
    for line in ["schedule export --hub --file -", "schedule export --provider birch --file -"] {
        let text = world.ok(line);
        assert!(!text.contains("Moss") && !text.contains("Elm Road"), "{text}");
    }
    world.as_user("acme");
    let denied = world.run("schedule export --hub --file -");
    assert_eq!((denied.status, denied.stdout.as_str()), (6, ""), "{denied:?}");
});
