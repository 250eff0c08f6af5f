//! Visits planned by hand, and taken over from tables and home-care instances.

use expect_test::expect;

use crate::world::{Engine, World, fixture};

/// A hub in London with the referral of one client; its code.
pub fn referral(world: &World) -> String {
    world.ok("init --time-zone Europe/London");
    let values = "'CLI-0000AA', 'Ada', 'Byron', 'ada byron')";
    let (blob, uuid) = ("X'0190000000007000800000000000000a'", "'01900000-0000-7000-8000-00000000000a'");
    let id = if world.engine() == Engine::Sqlite { blob } else { uuid };
    world.sql(&format!("INSERT INTO client (id, code, given, family, name_key) VALUES ({id}, {values}"));
    let made = world.json("referral create --queue 'Home care' --client CLI-0000AA");
    made["code"].as_str().expect("a code").to_owned()
}

/// Offers visits of the referral, whose codes these are, in a package with the reference `PKG-0000AA`.
pub fn package(world: &World, status: &str, visits: &[&str]) {
    let id = "0190000000007000800000000000000b";
    let id = if world.engine() == Engine::Sqlite { format!("X'{id}'") } else { format!("CAST('{id}' AS UUID)") };
    world.sql(&format!(
        "INSERT INTO package (id, code, reference, reference_key, referral_id, status, created_at, created_by)
         SELECT {id}, 'PKG-0000AA', 'PKG-0000AA', 'pkg-0000aa', referral.id, '{status}', referral.created_at, referral.created_by
         FROM referral"
    ));
    for visit in visits {
        world.sql(&format!(
            "INSERT INTO package_visit (package_id, visit_id, offered_start, offered_minutes, live)
             SELECT {id}, id, starts_at, duration_minutes, TRUE FROM visit WHERE code = '{visit}'"
        ));
    }
}

/// Plans a visit; its code.
pub fn visit(world: &World, referral: &str, start: &str, minutes: u32) -> String {
    let made = world.json(&format!("visit add {referral} --start '{start}' --duration {minutes}"));
    made["code"].as_str().expect("a code").to_owned()
}

const WEEK: &str = "id,start,duration,note\nmon,2026-11-30 09:00,30,key safe\ntue,2026-12-01 9:30,1h,\n";

both_engines!(a_table_is_taken_over_once, |world| {
    let referral = referral(world);
    world.write("week.csv", WEEK);
    let import = format!("visit import {referral} week.csv");
    let first = world.transcript(&[&import, &import, "audit list --on VIS -o csv --columns action,actor"]);
    expect![[r""]].assert_eq(&first);
    world.write("week.csv", WEEK.replace("9:30,1h", "10:30,45m"));
    let list = format!("visit list {referral} -o csv --columns start,duration_minutes,status,note");
    expect![[r""]].assert_eq(&world.transcript(&[&import, &list]));
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
    assert_eq!((&visits[0]["status"], &visits[0]["start"]), (&"cancelled".into(), &"2026-11-30T09:00:00Z".into()));
});

both_engines!(what_visit_list_writes_is_read_again, |world| {
    let referral = referral(world);
    visit(world, &referral, "2026-12-01 09:00", 30);
    world.write("week.csv", WEEK);
    world.ok(&format!("visit import {referral} week.csv"));
    let list = world.ok(&format!("visit list {referral} -o csv"));
    world.write("again.csv", &list);
    expect![[r""]].assert_eq(&world.ok(&format!("visit import {referral} again.csv")));
    world.write("again.csv", list.replace(",30,", ",35,"));
    expect![[r""]].assert_eq(&world.ok(&format!("visit import {referral} again.csv")));
});

both_engines!(bad_rows_stop_the_whole_import_or_are_left_out, |world| {
    let referral = referral(world);
    world.write("week.csv", format!("{WEEK}wed,someday,30,\nthu,2026-12-03 09:00,0,\nmon,2026-12-04 09:00,5,\nfri\n"));
    let (all, list) = (format!("visit import {referral} week.csv"), format!("visit list {referral}"));
    let transcript = world.transcript(&[
        &all,
        &list,
        &format!("{all} --keep-going --rejects bad.csv"),
        &format!("{all} --keep-going -o json"),
        &format!("{list} -o csv --columns start,duration_minutes"),
    ]);
    expect![[r""]].assert_eq(&transcript);
    expect![[r""]].assert_eq(&world.read("bad.csv"));
});

both_engines!(without_an_id_the_row_itself_is_the_id, |world| {
    let referral = referral(world);
    let table = "Begin;Minutes\n2026-11-30 09:00;30\n2026-11-30 09:00;30\n2026-12-01T09:00:00+02:00;30\n";
    let import = format!("visit import {referral} - --map start=Begin --map duration=Minutes --keep-going");
    let answer = world.run_with_input(&import, table.as_bytes());
    assert_eq!(answer.status, 9);
    expect![[r""]].assert_eq(&(answer.stdout + &answer.stderr));
    let again = world.run_with_input(&format!("{import} -o json"), table.as_bytes());
    assert!(again.stdout.contains("\"unchanged\": 2"), "{again:?}");
});

both_engines!(an_instance_is_planned_on_a_day, |world| {
    let referral = referral(world);
    let file = fixture("hhcrsp/small.json").display().to_string();
    let import = format!("visit import {referral} {file}");
    let transcript = world.transcript(&[
        &import,
        &format!("{import} --date 2026-07-01"),
        &format!("{import} --date 2026-07-01 --patient p77"),
        &format!("{import} --date 2026-07-01 --patient p1 --patient p3"),
        &format!("{import} --date 2026-07-01 --patient p1 --patient p3"),
        &format!("{import} --date 2026-12-01 --patient p1"),
        &format!("visit list {referral} -o csv --columns start,duration_minutes,note"),
    ]);
    expect![[r""]].assert_eq(&transcript);
});

both_engines!(an_import_asks_first_whether_it_may, |world| {
    let referral = referral(world);
    world.write("week.csv", WEEK);
    world.write("no.csv", "when,how long\n2026-12-01 09:00,30\n");
    let transcript = world.transcript(&[
        "visit import REF-ZZZZZZ week.csv --rejects bad.csv",
        &format!("visit import {referral} none.csv"),
        &format!("visit import {referral} no.csv"),
        &format!("visit import {referral} week.csv --date today"),
        &format!("visit import {referral} week.csv --patient p1"),
        &format!("visit import {referral} week.csv --map when"),
        &format!("visit import {referral} week.csv --dry-run --exit-code"),
        &format!("visit list {referral}"),
        &format!("referral set-status {referral} Done"),
        &format!("visit import {referral} week.csv"),
    ]);
    expect![[r""]].assert_eq(&transcript);
    assert!(!world.path("bad.csv").exists(), "nothing was found, so nothing was rejected");
});

both_engines!(an_import_that_changes_an_offered_visit_warns, |world| {
    let referral = referral(world);
    world.write("week.csv", WEEK);
    world.ok(&format!("visit import {referral} week.csv"));
    let visits = world.json(&format!("visit list {referral}"));
    let codes: Vec<&str> = visits.as_array().unwrap().iter().map(|visit| visit["code"].as_str().unwrap()).collect();
    package(world, "pending", &codes);
    world.write("week.csv", WEEK.replace(",30,", ",40,").replace("1h", "2h"));
    expect![[r""]].assert_eq(&world.transcript(&[&format!("visit import {referral} week.csv")]));
});

both_engines!(published_instances_become_schedules, |world| {
    let given = std::env::var_os("CAREDESK_TEST_DATA").map(std::path::PathBuf::from);
    let data = given.unwrap_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    let folder = data.join("visits-hhcrsp/mankowska");
    if !folder.is_dir() {
        return crate::world::aloud(&format!("SKIPPED published_instances_become_schedules: there is no folder {}", folder.display()));
    }
    let referral = referral(world);
    for file in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        let import = format!("visit import {referral} {} --date 2026-12-01", file.display());
        let (first, second) = (world.json(&import), world.json(&import));
        assert_eq!((&first["rejected"], &first["created"]), (&0.into(), &first["read"]), "{import}");
        assert_eq!(second["unchanged"], first["read"], "{import}");
    }
});
