//! Enrolments and releases as HMIS CSV (rule 8.61).

use expect_test::expect;

use crate::world::World;

fn settle(world: &World) {
    crate::town::settle(world);
    for line in [
        "client enroll CLI-00000A acme --date 2026-10-01",
        "client enroll CLI-00000A birch --date 2026-10-05",
        "client enroll CLI-00000B acme --date 2026-11-03",
        "client enroll CLI-00000B acme --date 2026-11-02",
    ] {
        world.ok(line);
    }
    world.at("2026-11-23T10:00:00Z");
    world.ok("client enroll CLI-00000A acme --status inactive --date 2026-11-20 --yes");
    world.at("2026-11-24T10:00:00Z");
    world.ok("client enroll CLI-00000A acme --date 2026-11-24");
}

/// The filled cells of a file, row by row.
fn filled(world: &World, file: &str) -> String {
    let text = world.read(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().expect("columns").clone();
    let mut lines = String::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let skipped = ["DateCreated", "DateUpdated", "UserID", "ExportID"];
        let is_shown = |(column, cell): &(&str, &str)| {
            !cell.is_empty() && !["0", "99"].contains(cell) && !skipped.contains(column)
        };
        let cells =
            columns.iter().zip(&row).filter(is_shown).map(|(column, cell)| format!("{column} {cell}"));
        lines += &(cells.collect::<Vec<_>>().join(", ") + "\n");
    }
    lines
}

// Rule 8.61.
both_engines!(times_at_a_provider_are_enrollments, |world| {
    settle(world);
    world.ok("export hmis --out hmis");
    let files = ["Organization", "Project", "Client", "Enrollment", "Exit"];
    let text: String =
        files.map(|file| format!("{file}\n{}", filled(world, &format!("hmis/{file}.csv")))).concat();
    let ids = without_keys(&text);
    expect![[r#"
        Organization
        OrganizationID PRV-00000A, OrganizationName Acme Care
        OrganizationID PRV-00000B, OrganizationName Birch Homecare
        Project
        ProjectID RES-4DHYWN, OrganizationID PRV-00000A, ProjectName Acme Care, OperatingStartDate 2026-10-01, ProjectType 6
        ProjectID RES-ZCM1TC, OrganizationID PRV-00000B, ProjectName Birch Homecare, OperatingStartDate 2026-10-05, ProjectType 6
        Client
        PersonalID CLI-00000A, FirstName Ada, LastName Moss, NameDataQuality 1
        PersonalID CLI-00000B, FirstName Bo, LastName Moss, NameDataQuality 1
        Enrollment
        EnrollmentID …, PersonalID CLI-00000A, ProjectID RES-4DHYWN, EntryDate 2026-10-01, HouseholdID …, RelationshipToHoH 1
        EnrollmentID …, PersonalID CLI-00000A, ProjectID RES-4DHYWN, EntryDate 2026-11-24, HouseholdID …, RelationshipToHoH 1
        EnrollmentID …, PersonalID CLI-00000A, ProjectID RES-ZCM1TC, EntryDate 2026-10-05, HouseholdID …, RelationshipToHoH 1
        EnrollmentID …, PersonalID CLI-00000B, ProjectID RES-4DHYWN, EntryDate 2026-11-02, HouseholdID …, RelationshipToHoH 1
        Exit
        ExitID …, EnrollmentID …, PersonalID CLI-00000A, ExitDate 2026-11-20
    "#]].assert_eq(&ids);
    let export = filled(world, "hmis/Export.csv");
    assert!(export.contains("ExportStartDate 2026-10-01, ExportEndDate 2026-11-24"), "{export}");
});

/// Without the keys, which differ from run to run.
fn without_keys(text: &str) -> String {
    let is_key = |word: &str| word.len() == 32 && word.chars().all(|digit| digit.is_ascii_hexdigit());
    text.lines()
        .map(|line| {
            let words = line.split(", ").map(|cell| match cell.split_once(' ') {
                Some((column, cell)) if is_key(cell) => format!("{column} …"),
                _ => cell.to_owned(),
            });
            words.collect::<Vec<_>>().join(", ") + "\n"
        })
        .collect()
}

// Rule 8.61: every column of the standard, in its order, and each key twice at most where it leads.
both_engines!(a_period_has_those_who_were_active_in_it, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk export hmis
        2> error: `export hmis` writes several files
        2> hint: name a new folder for them: `--out hmis`
        [exit 2]
        $ caredesk export hmis --out -
        2> error: `export hmis` writes several files
        2> hint: name a new folder for them: `--out hmis`
        [exit 2]
        $ caredesk export hmis --until 2026-10-31 --out october
        Wrote 1 client, 2 enrolments, 0 releases to october.
        $ caredesk export hmis --since 2026-11-21 --until 2026-11-22 --out two-days
        Wrote 2 clients, 2 enrolments, 0 releases to two-days.
        $ caredesk export hmis --since 2026-11-21 --until 2026-11-22 --out two-days
        2> error: there is a folder `two-days` already
        2> hint: name a folder that does not exist yet
        [exit 4]
        $ caredesk export hmis --out dry --dry-run -o json
        {
          "folder": "dry",
          "clients": 2,
          "enrolments": 4,
          "releases": 0,
          "result": "created",
          "changes": [],
          "dry_run": true
        }
        $ caredesk export hmis --at '2026-11-22 12:00' --out then
        Wrote 2 clients, 3 enrolments, 0 releases to then.
        $ caredesk audit list --action export.hmis --columns number,action,on
        NUMBER  ACTION       ON
            23  export.hmis  hmis
            22  export.hmis  hmis
            21  export.hmis  hmis
    "#]]);
    assert!(!world.path("dry").exists());
    assert!(!world.read("then/Exit.csv").contains("2026-11-20"));
    let columns = |file: &str| world.read(file).lines().next().map(|line| line.split(',').count());
    assert_eq!(columns("then/Client.csv"), Some(46));
    assert_eq!(columns("then/Enrollment.csv"), Some(71));
    assert_eq!(columns("then/Exit.csv"), Some(44));
    assert_eq!(columns("then/Export.csv"), Some(19));
    assert_eq!(columns("then/Project.csv"), Some(19));
    assert_eq!(columns("then/Organization.csv"), Some(9));
});

// Rule 8.61.
both_engines!(releases_of_those_who_are_in_it_are_there, |world| {
    crate::hidden::begin(world);
    world.ok("export hmis --out hmis");
    let wanted = world.sql(
        "SELECT DISTINCT release.code FROM release JOIN enrolment ON enrolment.client_id = release.client_id AND enrolment.active ORDER BY release.code",
    );
    let text = world.read("hmis/ReleaseOfInformation.csv");
    let mut written: Vec<_> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    written.sort_unstable();
    assert!(!written.is_empty());
    assert_eq!(written, wanted.iter().flatten().flatten().map(String::as_str).collect::<Vec<_>>());
});

// Rule 8.61.
both_engines!(enrollments_are_for_staff, |world| {
    settle(world);
    world.ok(
        "account create wim --name Wim --level provider-portal --resource acme --can access-contact-details",
    );
    let answer = world.run("export hmis --as wim --out own");
    assert_eq!(answer.status, 6, "{}", answer.stderr);
    assert!(!world.path("own").exists());
});
