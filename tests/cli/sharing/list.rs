//! `sharing list` and `sharing calendar`.

use expect_test::expect;

use super::{ask, open, share};

both_engines!(what_runs_out_is_in_a_calendar, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    world.ok(&format!("sharing grant {code} --expires 2026-12-24"));
    world.call("", "\r");
    world.story(expect![[r#"
        $ caredesk sharing calendar --file - --expiring 32
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//caredesk//caredesk//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Sharing that runs out
        BEGIN:VEVENT
        DESCRIPTION:Client CLI-00000A\nAcme Care shares services with Birch Homecar
         e
        DTSTAMP:20261122T120006Z
        DTSTART;VALUE=DATE:20261224
        SEQUENCE:29922480
        SUMMARY:Last day of SHR-000001 (services)
        TRANSP:TRANSPARENT
        UID:shr-000001@caredesk
        END:VEVENT
        END:VCALENDAR
        $ caredesk sharing calendar --file out.ics
        Wrote 1 expiry to out.ics.
        $ caredesk sharing calendar --file out.ics
        2> error: there is a file `out.ics` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk sharing calendar --file out.ics --overwrite --incoming birch -o json
        {
          "file": "out.ics",
          "requests": 0,
          "releases": 0,
          "result": "created",
          "changes": []
        }
    "#]]);
});

// Rule 3.7.
both_engines!(a_calendar_holds_the_last_days_of_releases, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    world.ok(&format!("sharing grant {code} --expires 2026-12-24"));
    world.write("paper.pdf", crate::release::PDF);
    let add = "release add CLI-00000A --owner acme --type forms --document paper.pdf --signed today";
    world.ok(&format!("{add} --recipient birch --expires 2026-12-25"));
    world.ok(&format!("{add} --all-providers --expires 2027-12-25"));
    let days = |options: &str| {
        let calendar = world.ok(&format!("sharing calendar --file - {options}"));
        calendar
            .lines()
            .filter(|line| line.starts_with("DTSTART"))
            .map(|line| line.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    let day = |day: &str| format!("DTSTART;VALUE=DATE:{day}");
    assert_eq!(days(""), [day("20261224"), day("20261225"), day("20271225")]);
    assert_eq!(days("--expiring 60"), [day("20261224"), day("20261225")]);
    assert_eq!(days("--incoming birch"), [""; 0]);
    assert_eq!(days("--outgoing cedar"), [day("20271225")]);
    world.as_user("birch");
    assert_eq!(days(""), [day("20261224")], "who is shown something does not see the paper");
    world.as_user("acme");
    assert_eq!(days("").len(), 3);
});
