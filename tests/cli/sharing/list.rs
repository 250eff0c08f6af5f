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
          "result": "created",
          "changes": []
        }
    "#]]);
});
