//! A week as a picture, and the calendar file.

use expect_test::expect;

use crate::reader::read_by;
use crate::visit::{offer, referral, visit};
use crate::world::World;

/// Five visits from Monday 2026-11-30 on: two offered, one of them since changed, one cancelled, two not outsourced.
fn week(world: &World) -> String {
    let referral = referral(world);
    let monday = visit(world, &referral, "2026-11-30 09:00", 30);
    let tuesday = visit(world, &referral, "2026-12-01 09:00", 45);
    let friday = visit(world, &referral, "2026-12-04 18:00", 30);
    visit(world, &referral, "2026-12-02 09:00", 60);
    visit(world, &referral, "2026-12-06 23:30", 60);
    offer(world, &referral, &[&monday, &tuesday]);
    world.ok(&format!("visit edit {tuesday} --duration 60 --start '2026-12-01 10:00'"));
    world.ok(&format!("visit cancel {friday}"));
    referral
}

// Rule 1.10.
both_engines!(a_week_is_drawn, |world| {
    let referral = week(world);
    world.story(expect![[r#"
        $ caredesk schedule show REF-1FS91H --week 2026-W49
        REF-1FS91H · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

               Mon 30       Tue 1        Wed 2        Thu 3        Fri 4        Sat 5        Sun 6
               ──────────   ──────────   ──────────   ──────────   ──────────   ──────────   ──────────
              ┏━━━━━━━━━━┓              ┌──────────┐
        09:00 ┃09:00 30m ┃              │09:00 60m │
              ┃◷ pending ┃              └──────────┘
              ┗━━━━━━━━━━┛
                           ┏━━━━━━━━━━┓
        10:00              ┃10:00 60m ┃
                           ┃◷ pending ┃
                           ┃offered   ┃
                           ┃09:00 45m ┃
                           ┗━━━━━━━━━━┛
          ⋮
                                                                  ┌╌╌╌╌╌╌╌╌╌╌┐
        18:00                                                     ╎18:00 30m ╎
                                                                  ╎⊘cancelled╎
                                                                  └╌╌╌╌╌╌╌╌╌╌┘
          ⋮
                                                                                            ┌──────────┐
        23:30                                                                               │23:30 60m │
                                                                                            │→ 00:30   │
                                                                                            └──────────┘

        ┌─┐ not outsourced   ┏━┓ outsourced   ◷ pending   ┌╌┐ ⊘ cancelled
        4 visits, 3 h 30 min; 2 outsourced; 1 cancelled
    "#]]);
    world.set("COLUMNS", "");
    world.ok("package respond winter --provider Oak --reject");
    world.ok("package respond winter --provider Birch --accept");
    let drawn = world.ok(&format!("schedule show {referral} --week 2026-12-03"));
    assert!(drawn.contains('✓') && !drawn.contains('◷'), "{drawn}");
    let width = drawn.lines().map(|line| line.chars().count()).max();
    assert!(width.is_some_and(|width| (70..=80).contains(&width)), "{drawn}");
    world.ok("outsource resend winter --yes");
    world.ok("package respond winter --provider Oak --reject");
    world.ok("package respond winter --provider Birch --reject");
    world.set("COLUMNS", "40");
    world.story(expect![[r#"
        $ caredesk schedule show REF-1FS91H
        REF-1FS91H · Ada Byron · Home care
        Week 49 · 30 November – 6 December 2026

        Mon 30 November
         ┃ 09:00–09:30 · 30 min   ✗ rejected
         ┃ VIS-WMEJHB · winter
        Tue 1 December
         ┃ 10:00–11:00 · 60 min   ✗ rejected
         ┃ VIS-HDY27J · winter
        Wed 2 December
         │ 09:00–10:00 · 60 min   VIS-R7WWMH
        Thu 3 December · no visits
        Fri 4 December
         ╎ 18:00–18:30 · 30 min   ⊘ cancelled
         ╎ VIS-6EBD1T
        Sat 5 December · no visits
        Sun 6 December
         │ 23:30–00:30 Mon · 60 min   VIS-1R87PT

        │ not outsourced   ┃ outsourced
        ✗ rejected   ╎ ⊘ cancelled
        4 visits, 3 h 30 min; 2 outsourced; 1
        cancelled
    "#]]);
});

both_engines!(the_week_is_found, |world| {
    let referral = referral(world);
    let monday = |world: &World| {
        let drawn = world.ok(&format!("schedule show {referral}"));
        drawn.lines().nth(1).unwrap_or_default().to_owned()
    };
    world.story(expect![[r#"
        $ caredesk schedule show REF-1FS91H
        REF-1FS91H · Ada Byron · Home care
        Week 47 · 16 – 22 November 2026

        No visits from 16 to 22 November 2026.
    "#]]);
    visit(world, &referral, "2026-10-05 09:00", 30);
    let mut weeks = vec![monday(world)];
    let late = visit(world, &referral, "2026-12-14 00:00", 30);
    weeks.push(monday(world));
    let early = visit(world, &referral, "2026-12-07 09:00", 30);
    weeks.push(monday(world));
    world.ok(&format!("visit cancel {early}"));
    weeks.push(monday(world));
    world.ok(&format!("visit cancel {late}"));
    weeks.push(monday(world));
    visit(world, &referral, "2026-11-16 00:00", 30);
    weeks.push(monday(world));
    expect![[r#"
        Week 41 · 5 – 11 October 2026
        Week 51 · 14 – 20 December 2026
        Week 50 · 7 – 13 December 2026
        Week 51 · 14 – 20 December 2026
        Week 51 · 14 – 20 December 2026
        Week 47 · 16 – 22 November 2026
    "#]]
    .assert_eq(&(weeks.join("\n") + "\n"));
});

both_engines!(programs_get_a_list, |world| {
    week(world);
    world.story(expect![[r#"
        $ caredesk schedule show REF-1FS91H --week 2026-W49 -o csv
        code,referral,start,duration_minutes,status,note,provider_note,package,package_reference,package_status,offered_start,offered_duration_minutes,differs_from_offer
        VIS-WMEJHB,REF-1FS91H,2026-11-30T09:00:00Z,30,planned,,,PKG-SZNCK3,winter,pending,2026-11-30T09:00:00Z,30,false
        VIS-HDY27J,REF-1FS91H,2026-12-01T10:00:00Z,60,planned,,,PKG-SZNCK3,winter,pending,2026-12-01T09:00:00Z,45,true
        VIS-R7WWMH,REF-1FS91H,2026-12-02T09:00:00Z,60,planned,,,,,,,,false
        VIS-6EBD1T,REF-1FS91H,2026-12-04T18:00:00Z,30,cancelled,,,,,,,,false
        VIS-1R87PT,REF-1FS91H,2026-12-06T23:30:00Z,60,planned,,,,,,,,false
        $ caredesk schedule show REF-1FS91H --week 2026-W49 -q
        VIS-WMEJHB
        VIS-HDY27J
        VIS-R7WWMH
        VIS-6EBD1T
        VIS-1R87PT
        $ caredesk schedule show REF-1FS91H --week 2026-W49 --columns start,package_status
        START             PACKAGE STATUS
        2026-11-30 09:00  pending
        2026-12-01 10:00  pending
        2026-12-02 09:00
        2026-12-04 18:00
        2026-12-06 23:30
        $ caredesk schedule show REF-1FS91H --week 2026-W10 -o json
        []
        $ caredesk schedule show REF-1FS91H --week 2026-W54
        2> error: invalid value '2026-W54' for '--week <WEEK>': `2026-W54` is not a week: a year has 52 or 53, such as 2026-W49
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk schedule show REF-ZZZZZZ
        2> error: there is no referral `REF-ZZZZZZ`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(a_calendar_file_is_written_once, |world| {
    week(world);
    world.call("", "\r");
    world.story(expect![[r#"
        $ caredesk schedule export REF-1FS91H --file week.ics --dry-run
        dry run: Wrote 5 visits to week.ics.
        $ caredesk schedule export REF-1FS91H --file week.ics
        Wrote 5 visits to week.ics.
        $ caredesk schedule export REF-1FS91H --file week.ics
        2> error: there is a file `week.ics` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk schedule export REF-1FS91H --file week.ics --overwrite --from 2026-12-06 -o json
        {
          "file": "week.ics",
          "visits": 1,
          "result": "created",
          "changes": []
        }
        $ caredesk schedule export REF-1FS91H --file no/week.ics
        2> error: `no/week.ics` cannot be written: its folder does not exist
        [exit 8]
        $ caredesk schedule export REF-1FS91H --file . --overwrite
        2> error: `.` is a folder
        2> hint: name a file in it
        [exit 4]
        $ caredesk schedule export REF-ZZZZZZ --file week.ics
        2> error: there is no referral `REF-ZZZZZZ`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk schedule export REF-1FS91H --file - --to 2026-11-30
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//caredesk//caredesk//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Care schedule REF-1FS91H
        BEGIN:VEVENT
        DESCRIPTION:Referral REF-1FS91H\nPackage winter: pending
        DTEND:20261130T093000Z
        DTSTAMP:20261122T090020Z
        DTSTART:20261130T090000Z
        SEQUENCE:1
        STATUS:TENTATIVE
        SUMMARY:Visit VIS-WMEJHB (30 min)
        UID:vis-wmejhb@caredesk
        END:VEVENT
        END:VCALENDAR
    "#]]);
    let left: Vec<_> =
        std::fs::read_dir(world.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("part")), "{left:?}");
});

// Rule 1.10.
both_engines!(a_calendar_says_what_was_promised_and_to_nobody, |world| {
    let referral = week(world);
    let events = |command: &str| {
        world.ok(command);
        let text = world.ok(&format!("schedule export {referral} --file -"));
        assert!(!text.contains("Ada") && !text.contains("Byron"), "{text}");
        let wanted = ["UID", "STATUS", "SEQUENCE"];
        let lines = text.lines().filter(|line| wanted.iter().any(|key| line.starts_with(key)));
        lines.filter_map(|line| line.split(':').nth(1)).map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let commands = [
        "whoami",
        "package respond winter --provider Oak --reject",
        "package respond winter --provider Birch --accept",
        "package rename winter spring",
        "outsource delete spring --yes",
    ];
    expect![[r#"
        whoami: 1 TENTATIVE vis-wmejhb@caredesk 2 TENTATIVE vis-hdy27j@caredesk 0 CONFIRMED vis-r7wwmh@caredesk 1 CANCELLED vis-6ebd1t@caredesk 0 CONFIRMED vis-1r87pt@caredesk
        package respond winter --provider Oak --reject: 1 TENTATIVE vis-wmejhb@caredesk 2 TENTATIVE vis-hdy27j@caredesk 0 CONFIRMED vis-r7wwmh@caredesk 1 CANCELLED vis-6ebd1t@caredesk 0 CONFIRMED vis-1r87pt@caredesk
        package respond winter --provider Birch --accept: 2 CONFIRMED vis-wmejhb@caredesk 3 CONFIRMED vis-hdy27j@caredesk 0 CONFIRMED vis-r7wwmh@caredesk 1 CANCELLED vis-6ebd1t@caredesk 0 CONFIRMED vis-1r87pt@caredesk
        package rename winter spring: 3 CONFIRMED vis-wmejhb@caredesk 4 CONFIRMED vis-hdy27j@caredesk 0 CONFIRMED vis-r7wwmh@caredesk 1 CANCELLED vis-6ebd1t@caredesk 0 CONFIRMED vis-1r87pt@caredesk
        outsource delete spring --yes: 4 CONFIRMED vis-wmejhb@caredesk 5 CONFIRMED vis-hdy27j@caredesk 0 CONFIRMED vis-r7wwmh@caredesk 1 CANCELLED vis-6ebd1t@caredesk 0 CONFIRMED vis-1r87pt@caredesk
    "#]].assert_eq(&commands.map(|command| format!("{command}: {}\n", events(command))).concat());
});

// With Python's icalendar package, where it is installed.
both_engines!(another_program_reads_the_calendar, |world| {
    let referral = week(world);
    let text = world.ok(&format!("schedule export {referral} --file -"));
    let Some(read) = read_by("calendar_reader.py", &[], text.as_bytes()) else { return };
    let read: serde_json::Value = serde_json::from_str(&read).expect("JSON");
    assert_eq!(read["name"], format!("Care schedule {referral}"));
    assert_eq!(read["events"].as_array().map(Vec::len), Some(5));
    assert_eq!(read["events"][0]["end"], "2026-11-30T09:30:00+00:00");
});

both_engines!(a_day_is_shown_over_all_clients, |world| {
    crate::town::settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme --reference winter");
    world.at("2026-11-22T12:00:00Z");
    world.ok("package respond winter --provider acme --accept");
    world.ok("visit add REF-00000B --start '2026-12-01 08:00' --duration 45");
    world.sql("UPDATE visit SET code = 'VIS-000007' WHERE duration_minutes = 45");
    world.ok("visit cancel VIS-000002 --yes");
    world.story(expect![[r#"
        $ caredesk schedule show --all --day 2026-12-01
        START             DURATION  CODE        CLIENT    PROVIDER   STATUS
        2026-12-01 08:00    45 min  VIS-000007  Bo Moss   UNCOVERED  planned
        2026-12-01 09:00    30 min  VIS-000001  Ada Moss  Acme Care  planned
        $ caredesk schedule show --all --day 2026-12-01 -o json
        [
        {"start":"2026-12-01T08:00:00Z","duration_minutes":45,"code":"VIS-000007","referral":"REF-00000B","client":"CLI-00000B","client_name":"Bo Moss","provider":null,"provider_name":null,"status":"planned","uncovered":true},
        {"start":"2026-12-01T09:00:00Z","duration_minutes":30,"code":"VIS-000001","referral":"REF-00000A","client":"CLI-00000A","client_name":"Ada Moss","provider":"PRV-00000A","provider_name":"Acme Care","status":"planned","uncovered":false}
        ]
        $ caredesk schedule show --all --day 2026-12-02
        START             DURATION  CODE        CLIENT    PROVIDER   STATUS
        2026-12-02 09:00    30 min  VIS-000002  Ada Moss  Acme Care  cancelled
        $ caredesk schedule show --all
        2> note: no visits on 2026-11-22
        $ caredesk schedule show --all --day 2026-12-01 --at '2026-11-22T10:00:00Z'
        START             DURATION  CODE        CLIENT    PROVIDER   STATUS
        2026-12-01 09:00    30 min  VIS-000001  Ada Moss  UNCOVERED  planned
        $ caredesk schedule show --all --week 2026-W49
        2> error: the argument '--all' cannot be used with '--week <WEEK>'
        2>
        2> Usage: caredesk schedule show [OPTIONS] [REFERRAL]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk schedule show --day today
        2> error: the following required arguments were not provided:
        2>   --all
        2>
        2> Usage: caredesk schedule show [OPTIONS] [REFERRAL]
        2>
        2> For more information, try '--help'.
        [exit 2]
        # as acme
        $ caredesk schedule show --all --day 2026-12-01
        2> error: `--all` is for the hub
        2> hint: `caredesk schedule show` shows the visits that you have
        [exit 2]
    "#]]);
    world.as_user("admin");
    world.set("CAREDESK_TEST_TERMINAL", "100");
    world.story(expect![[r#"
        $ caredesk schedule show --all --day 2026-12-01
        START             DURATION  CODE        CLIENT    PROVIDER   STATUS
        2026-12-01 08:00    45 min  VIS-000007  Bo Moss   UNCOVERED  planned
        2026-12-01 09:00    30 min  VIS-000001  Ada Moss  Acme Care  planned
        2> note: 2 visits: 2 planned, 1 uncovered
    "#]]);
});
