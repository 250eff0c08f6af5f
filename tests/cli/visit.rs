//! Visits planned by hand, and taken over from tables and home-care instances.

use expect_test::expect;

use crate::town::{dump, refusal_after, settle};
use crate::world::World;

/// A hub in London with the referral of one client; its code.
pub fn referral(world: &World) -> String {
    world.ok("init --time-zone Europe/London");
    let client = world.ok("client create --given Ada --family Byron -q");
    let made = world.json(&format!("referral create --queue 'Home care' --client {}", client.trim()));
    made["code"].as_str().expect("a code").to_owned()
}

/// Offers visits of the referral to two providers, `Oak` and `Birch`; the reference of the package is `winter`.
pub fn offer(world: &World, referral: &str, visits: &[&str]) {
    world.ok("provider create Oak");
    world.ok("provider create Birch");
    world.ok(&format!(
        "outsource create {referral} --visit {} --provider Oak Birch --reference winter",
        visits.join(" ")
    ));
}

/// Plans a visit; its code.
pub fn visit(world: &World, referral: &str, start: &str, minutes: u32) -> String {
    let made = world.json(&format!("visit add {referral} --start '{start}' --duration {minutes}"));
    made["code"].as_str().expect("a code").to_owned()
}

const WEEK: &str = "id,start,duration,note\nmon,2026-11-30 09:00,30,key safe\ntue,2026-12-01 9:30,1h,\n";

both_engines!(a_table_is_taken_over_once, |world| {
    referral(world);
    world.write("week.csv", WEEK);
    world.story(expect![[r#"
        $ caredesk visit import REF-1FS91H week.csv
        Visits: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-2J9VV6: `caredesk import undo IMP-2J9VV6` takes it back.
        $ caredesk visit import REF-1FS91H week.csv
        Visits: 2 read, 0 created, 0 updated, 2 unchanged, 0 rejected.
        $ caredesk audit list -o csv --columns action,by
        action,by
        visit.import,admin
        visit.import,admin
        referral.create,admin
        client.create,admin
        database.init,admin
    "#]]);
    world.write("week.csv", WEEK.replace("9:30,1h", "10:30,45m"));
    world.story(expect![[r#"
        $ caredesk visit import REF-1FS91H week.csv
        Visits: 2 read, 0 created, 1 updated, 1 unchanged, 0 rejected.
        Import IMP-R7WWMH: `caredesk import undo IMP-R7WWMH` takes it back.
        $ caredesk visit list REF-1FS91H -o csv --columns start,duration_minutes,status,note
        start,duration_minutes,status,note
        2026-11-30T09:00:00Z,30,planned,key safe
        2026-12-01T10:30:00Z,45,planned,
    "#]]);
});

both_engines!(a_cancelled_visit_stays_cancelled, |world| {
    let referral = referral(world);
    world.write("week.csv", WEEK);
    world.ok(&format!("visit import {referral} week.csv"));
    let visits = world.json(&format!("visit list {referral}"));
    world.ok(&format!("visit cancel {}", visits[0]["code"].as_str().unwrap()));
    world.write("week.csv", WEEK.replace("09:00", "08:00"));
    let counts = world.json(&format!("visit import {referral} week.csv"));
    assert_eq!((&counts["updated"], &counts["unchanged"]), (&0.into(), &2.into()));
    let visits = world.json(&format!("visit list {referral}"));
    assert_eq!(
        (&visits[0]["status"], &visits[0]["start"]),
        (&"cancelled".into(), &"2026-11-30T09:00:00Z".into())
    );
});

both_engines!(what_visit_list_writes_is_read_again, |world| {
    let referral = referral(world);
    visit(world, &referral, "2026-12-01 09:00", 30);
    world.write("week.csv", WEEK);
    world.ok(&format!("visit import {referral} week.csv"));
    let list = world.ok(&format!("visit list {referral} -o csv"));
    world.write("again.csv", &list);
    expect![[r#"
        Visits: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
    "#]]
    .assert_eq(&world.ok(&format!("visit import {referral} again.csv")));
    world.write("again.csv", list.replace(",30,", ",35,"));
    expect![[r#"
        Visits: 3 read, 0 created, 2 updated, 1 unchanged, 0 rejected.
        Import IMP-1R87PT: `caredesk import undo IMP-1R87PT` takes it back.
    "#]]
    .assert_eq(&world.ok(&format!("visit import {referral} again.csv")));
});

both_engines!(bad_rows_stop_the_whole_import_or_are_left_out, |world| {
    referral(world);
    world.write(
        "week.csv",
        format!("{WEEK}wed,someday,30,\nthu,2026-12-03 09:00,0,\nmon,2026-12-04 09:00,5,\nfri\n"),
    );
    world.story(expect![[r#"
        $ caredesk visit import REF-1FS91H week.csv
        2> rejected: week.csv line 4: `someday` is not a date and time: write "2026-12-01 09:00", "tomorrow 9:30" or "monday 18:00"
        2> rejected: week.csv line 5: `0` is not the length of a visit: it lasts from 1 minute to 24 hours
        2> rejected: week.csv line 6: id `mon` was already used on line 2
        2> rejected: week.csv line 7: has 1 cell where the header has 4
        2> error: 4 of 6 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk visit list REF-1FS91H
        2> note: no visits
        $ caredesk visit import REF-1FS91H week.csv --keep-going --rejects bad.csv
        Visits: 6 read, 2 created, 0 updated, 0 unchanged, 4 rejected.
        Import IMP-2QD702: `caredesk import undo IMP-2QD702` takes it back.
        2> rejected: week.csv line 4: `someday` is not a date and time: write "2026-12-01 09:00", "tomorrow 9:30" or "monday 18:00"
        2> rejected: week.csv line 5: `0` is not the length of a visit: it lasts from 1 minute to 24 hours
        2> rejected: week.csv line 6: id `mon` was already used on line 2
        2> rejected: week.csv line 7: has 1 cell where the header has 4
        2> note: 4 rejected rows are in `bad.csv`
        2> error: 4 of 6 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk visit import REF-1FS91H week.csv --keep-going -o json
        {
          "read": 6,
          "created": 0,
          "updated": 0,
          "unchanged": 2,
          "rejected": 4,
          "cleared": {},
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": null
        }
        2> {"rejected":{"at":"week.csv line 4","reason":"`someday` is not a date and time: write \"2026-12-01 09:00\", \"tomorrow 9:30\" or \"monday 18:00\""}}
        2> {"rejected":{"at":"week.csv line 5","reason":"`0` is not the length of a visit: it lasts from 1 minute to 24 hours"}}
        2> {"rejected":{"at":"week.csv line 6","reason":"id `mon` was already used on line 2"}}
        2> {"rejected":{"at":"week.csv line 7","reason":"has 1 cell where the header has 4"}}
        2> {"error":{"kind":"partial","code":"import.partial","message":"4 of 6 rows were rejected; the others were imported","hint":"correct those rows and import the file again: rows that are already imported stay as they are","details":{"read":6,"created":0,"updated":0,"unchanged":2,"rejected":4}}}
        [exit 9]
        $ caredesk visit list REF-1FS91H -o csv --columns start,duration_minutes
        start,duration_minutes
        2026-11-30T09:00:00Z,30
        2026-12-01T09:30:00Z,60
    "#]]);
    expect![[r#"
        id,start,duration,note,error
        wed,someday,30,,"week.csv line 4: `someday` is not a date and time: write ""2026-12-01 09:00"", ""tomorrow 9:30"" or ""monday 18:00"""
        thu,2026-12-03 09:00,0,,week.csv line 5: `0` is not the length of a visit: it lasts from 1 minute to 24 hours
        mon,2026-12-04 09:00,5,,week.csv line 6: id `mon` was already used on line 2
        fri,,,,week.csv line 7: has 1 cell where the header has 4
    "#]].assert_eq(&world.read("bad.csv"));
});

both_engines!(without_an_id_the_row_itself_is_the_id, |world| {
    let referral = referral(world);
    let table = "Begin;Minutes\n2026-11-30 09:00;30\n2026-11-30 09:00;30\n2026-12-01T09:00:00+02:00;30\n";
    let import = format!("visit import {referral} - --map start=Begin --map duration=Minutes --keep-going");
    let answer = world.run_with_input(&import, table.as_bytes());
    assert_eq!(answer.status, 9);
    expect![[r#"
        Visits: 3 read, 2 created, 0 updated, 0 unchanged, 1 rejected.
        Import IMP-2J9VV6: `caredesk import undo IMP-2J9VV6` takes it back.
        rejected: standard input line 3: is the same as line 2; if both are meant, give each row an `id` of its own
        error: 1 of 3 rows was rejected; the others were imported
        hint: correct those rows and import the file again: rows that are already imported stay as they are
    "#]]
    .assert_eq(&(answer.stdout + &answer.stderr));
    let again = world.run_with_input(&format!("{import} -o json"), table.as_bytes());
    assert!(again.stdout.contains("\"unchanged\": 2"), "{again:?}");
});

both_engines!(an_instance_is_planned_on_a_day, |world| {
    referral(world);
    world.story(expect![[r#"
        $ caredesk visit import REF-1FS91H <FIXTURES>/hhcrsp/small.json
        2> error: a home-care instance has no date: say the day with `--date`
        [exit 2]
        $ caredesk visit import REF-1FS91H <FIXTURES>/hhcrsp/small.json --date 2026-07-01
        2> rejected: small at patient `p4`, visit 1: service `s9` is not in the instance
        2> rejected: small at patient `p5`, visit 1: neither the visit nor service `s2` has a duration
        2> rejected: small at patient `p6`: time_window `[-5,90]` does not open within the day or closes before it opens
        2> rejected: small at patient `p7`: time_window `"early"` is not a number
        2> rejected: small at patient `p8`, visit 1: duration `0` is not between 1 minute and a day
        2> rejected: small at patient `p9`: two caregivers are required without a `synchronization`
        2> rejected: small at patient `p0`: the `id` was already used
        2> rejected: small at patient number 12: the patient has no `id`
        2> rejected: small at patient `p10`: distance `[30,45]` does not lead to a second visit on the same day
        2> error: 9 of 15 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk visit import REF-1FS91H <FIXTURES>/hhcrsp/small.json --date 2026-07-01 --patient p77
        2> error: `small` has no patient `p77`
        2> hint: it has 4 patients, from `p0` to `p3`
        [exit 5]
        $ caredesk visit import REF-1FS91H <FIXTURES>/hhcrsp/small.json --date 2026-07-01 --patient p1 --patient p3
        Visits: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-CY7CBG: `caredesk import undo IMP-CY7CBG` takes it back.
        $ caredesk visit import REF-1FS91H <FIXTURES>/hhcrsp/small.json --date 2026-07-01 --patient p1 --patient p3
        Visits: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
        $ caredesk visit import REF-1FS91H <FIXTURES>/hhcrsp/small.json --date 2026-12-01 --patient p1
        Visits: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-D060XX: `caredesk import undo IMP-D060XX` takes it back.
        $ caredesk visit list REF-1FS91H -o csv --columns start,duration_minutes,note
        start,duration_minutes,note
        2026-07-01T00:00:00Z,15,p3 s2
        2026-07-01T00:30:00Z,20,p3 s2
        2026-07-01T04:46:00Z,25,p1 s1
        2026-12-01T05:46:00Z,25,p1 s1
    "#]]);
});

both_engines!(an_import_asks_first_whether_it_may, |world| {
    referral(world);
    world.write("week.csv", WEEK);
    world.write("no.csv", "when,how long\n2026-12-01 09:00,30\n");
    world.story(expect![[r#"
        $ caredesk visit import REF-ZZZZZZ week.csv --rejects bad.csv
        2> error: there is no referral `REF-ZZZZZZ`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk visit import REF-1FS91H none.csv
        2> error: there is no file `none.csv`
        [exit 5]
        $ caredesk visit import REF-1FS91H no.csv
        2> error: `no.csv` has no column `start`
        2> hint: say which column holds it: --map start="…"; the columns are `when`, `how long`
        [exit 5]
        $ caredesk visit import REF-1FS91H week.csv --date today
        2> error: `--date` is for home-care instances; the rows of a table say their own
        [exit 2]
        $ caredesk visit import REF-1FS91H week.csv --patient p1
        2> error: `--patient` is for home-care instances
        [exit 2]
        $ caredesk visit import REF-1FS91H week.csv --map when
        2> error: invalid value 'when' for '--map <FIELD=COLUMN>': `when` is not FIELD=COLUMN, such as name="Full name"
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit import REF-1FS91H week.csv --dry-run --exit-code
        dry run: Visits: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        [exit 11]
        $ caredesk visit list REF-1FS91H
        2> note: no visits
        $ caredesk referral set-status REF-1FS91H Closed
        Changed referral REF-1FS91H: status New → Closed, closed no → yes.
        $ caredesk visit import REF-1FS91H week.csv
        2> error: referral `REF-1FS91H` is closed (status `Closed`)
        2> hint: open it again with `caredesk referral set-status REF-1FS91H STATUS`
        [exit 4]
    "#]]);
    assert!(!world.path("bad.csv").exists(), "nothing was found, so nothing was rejected");
});

both_engines!(an_import_that_changes_an_offered_visit_warns, |world| {
    let referral = referral(world);
    world.write("week.csv", WEEK);
    world.ok(&format!("visit import {referral} week.csv"));
    let visits = world.json(&format!("visit list {referral}"));
    let codes: Vec<&str> =
        visits.as_array().unwrap().iter().map(|visit| visit["code"].as_str().unwrap()).collect();
    offer(world, &referral, &codes);
    world.write("week.csv", WEEK.replace(",30,", ",40,").replace("1h", "2h"));
    world.story(expect![[r#"
        $ caredesk visit import REF-1FS91H week.csv
        Visits: 2 read, 0 created, 2 updated, 0 unchanged, 0 rejected.
        Import IMP-3HSQTD: `caredesk import undo IMP-3HSQTD` takes it back.
        2> warning: winter now has 2 visits that differ from what was offered; recall and send again: `caredesk outsource resend winter`
    "#]]);
});

both_engines!(published_instances_become_schedules, |world| {
    let Some(folder) = crate::world::real("visits-hhcrsp/mankowska") else { return };
    let referral = referral(world);
    for file in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        let import = format!("visit import {referral} {} --date 2026-12-01", file.display());
        let (first, second) = (world.json(&import), world.json(&import));
        assert_eq!((&first["rejected"], &first["created"]), (&0.into(), &first["read"]), "{import}");
        assert_eq!(second["unchanged"], first["read"], "{import}");
    }
});

// A date or a length that nobody can read is refused in words, and nothing is planned.
both_engines!(malformed_times_are_refused, |world| {
    settle(world);
    let before = dump(world);
    let starts = [
        "",
        " ",
        "tomorrow",
        "09:00",
        "2026-12-01",
        "2026-12-01 24:00",
        "2026-12-01 9",
        "2026-12-01 09:60",
        "2026-02-30 09:00",
        "2026-13-01 09:00",
        "2026-00-10 09:00",
        "01/12/2026 09:00",
        "1.12.2026 09:00",
        "26-12-01 09:00",
        "20261201 09:00",
        "2026-12-01T09:00:00+25:00",
        "2026-12-01 09:00:61",
        "someday 09:00",
        "+9999999d 09:00",
        "9999-12-31 09:00",
        "2026-12-01 09:00 pm",
        "\u{ff12}026-12-01 09:00",
        "2026-12-01 -9:00",
        "0000-00-00 00:00",
        "-1-12-01 09:00",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "+262142-01-01T00:00:00Z",
    ];
    for start in starts {
        let line = format!("visit add REF-00000A --start '{start}' --duration 30");
        let (status, ..) = refusal_after(&before, world, &line);
        assert!([2, 5].contains(&status), "{line}: {status}");
    }
    let lengths = [
        "", "0", "-5", "3.5", "25h", "1441", "1h60", "half an hour", "1e3", "99999999999999999999", "30s",
        "h", ":", ":30", "1:", "0x1e", "\u{0663}0", "1h 99", "NaN", "30 30",
    ];
    for length in lengths {
        let line = format!("visit add REF-00000A --start '2026-12-09 09:00' --duration '{length}'");
        let (status, ..) = refusal_after(&before, world, &line);
        assert!([2, 5].contains(&status), "{line}: {status}");
    }
    world.story(expect![[r#"
        $ caredesk visit add REF-00000A --start '01/12/2026 09:00' --duration 30
        2> error: invalid value '01/12/2026 09:00' for '--start <WHEN>': `01/12/2026 09:00` is not a date and time: write "2026-12-01 09:00", "tomorrow 9:30" or "monday 18:00"
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 25h
        2> error: invalid value '25h' for '--duration <MIN>': `25h` is not the length of a visit: it lasts from 1 minute to 24 hours
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration long -o json
        2> {"error":{"kind":"usage","code":"usage","message":"invalid value 'long' for '--duration <MIN>': `long` is not a duration: write 30, 45m, 1h or 1h30","hint":"see `caredesk visit add --help`","details":{}}}
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --weekly mon --until 2026-12-01
        2> error: the repetition ends on 2026-12-01, before it begins on 2026-12-09
        [exit 5]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --weekly mon,someday --until 2027-12-01
        2> error: invalid value 'mon,someday' for '--weekly <DAYS>': `someday` is not a day of the week: write mon,wed,fri, daily, weekdays or weekends
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk visit add REF-00000A --start '2026-12-09 09:00' --duration 30 --weekly daily --until 2099-12-01
        2> error: the repetition would make more than 2200 visits
        2> hint: end it earlier with `--until`
        [exit 5]
    "#]]);
});

// Rule 1.15: what is planned again is warned of as what is new.
both_engines!(a_cancelled_visit_is_planned_again, |world| {
    settle(world);
    world.ok("visit cancel VIS-000001");
    world.story(expect![[r#"
        $ caredesk visit restore VIS-000001
        Restored visit VIS-000001: Tue 1 December 2026 at 09:00, 30 min.
        $ caredesk visit restore VIS-000001
        Nothing to change: visit VIS-000001 is planned already.
    "#]]);
    world.ok("visit cancel VIS-000002");
    world.ok("visit add REF-00000A --start '2026-12-02 09:10' --duration 30");
    world.ok("visit cancel VIS-000003");
    world.ok("outsource create REF-00000A --visit VIS-000004 --provider acme --reference winter");
    world.ok("visit cancel VIS-000004");
    world.story(expect![[r#"
        $ caredesk visit restore VIS-000002
        Restored visit VIS-000002: Wed 2 December 2026 at 09:00, 30 min.
        2> warning: VIS-000002 overlaps with VIS-A3Z1NK (Wed 2 December 2026 at 09:10, 30 min)
        $ caredesk visit restore VIS-000004
        Restored visit VIS-000004: Fri 4 December 2026 at 09:00, 30 min.
        2> warning: VIS-000004 is still in winter, which is pending: let the provider know
    "#]]);
    world.ok("outsource delete winter --yes");
    world.ok("referral set-status REF-00000A Closed --yes");
    world.refusals(expect![[r#"
        4 referral.closed            visit restore VIS-000003
    "#]]);
});

both_engines!(visits_of_the_hub_are_found_by_client_queue_and_whether_a_provider_comes, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme --reference winter");
    world.ok("package respond winter --provider acme --accept");
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme --reference summer");
    world.ok("visit cancel VIS-000005");
    world.ok("queue create Meals --status New --status Done:closed");
    world.at("2026-12-03T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk visit list --uncovered --columns code,referral,start,package_status
        CODE        REFERRAL    START             PACKAGE STATUS
        VIS-000004  REF-00000A  2026-12-04 09:00
        VIS-000006  REF-00000B  2026-12-06 09:00
        $ caredesk visit list --uncovered --to today --columns code
        2> note: no visits
        $ caredesk visit list --uncovered --from '2026-12-01' --to 2026-12-05 --columns code,start,package_status
        CODE        START             PACKAGE STATUS
        VIS-000003  2026-12-03 09:00  pending
        VIS-000004  2026-12-04 09:00
        $ caredesk visit list --client 'Bo Moss' --columns code,status
        CODE        STATUS
        VIS-000005  cancelled
        VIS-000006  planned
        $ caredesk visit list --provider acme --client 'Ada Moss' --columns code
        CODE
        VIS-000001
        VIS-000002
        $ caredesk visit list --provider acme --client 'Bo Moss' --columns code
        2> note: no visits
        $ caredesk visit list --queue Meals
        2> note: no visits
        $ caredesk visit list --queue 'home care' --planned --limit 1 --columns code
        CODE
        VIS-000001
        # as acme
        $ caredesk visit list --uncovered
        2> error: `--client`, `--queue` and `--uncovered` are for the hub
        2> hint: `caredesk visit list` shows the visits that you have
        [exit 2]
        $ caredesk visit list --client 'Bo Moss'
        2> error: `--client`, `--queue` and `--uncovered` are for the hub
        2> hint: `caredesk visit list` shows the visits that you have
        [exit 2]
    "#]]);
});
