//! `import`: what was imported, and how it is taken back (rule 5.6).

use expect_test::expect;

use crate::honest::settle_honestly;
use crate::town::{Dump, dump};
use crate::world::{Engine, World, real};

/// Everything but the audit trail, the operations, what rows were meanwhile, and what is derived for searching, whose numbers
/// nobody sees.
fn state(world: &World) -> Dump {
    let mut tables = dump(world);
    let left_out = ["audit", "row_version"];
    tables.retain(|name, _| {
        !left_out.contains(&name.as_str()) && !name.starts_with("operation") && !name.starts_with("search_")
    });
    // Without the number that only goes up.
    let visits = "SELECT id, code, referral_id, starts_at, duration_minutes, status, note, source_id FROM visit ORDER BY code";
    tables.insert("visit".to_owned(), world.sql(visits));
    tables
}

/// Imports, and returns the code.
fn import(world: &World, line: &str) -> String {
    world.json(line)["import"].as_str().unwrap_or_else(|| panic!("{line} changed nothing")).to_owned()
}

/// Takes the import back and compares every table with what was there before.
fn comes_back(world: &World, line: &str) {
    let before = state(world);
    let code = import(world, line);
    let between = state(world);
    assert_ne!(before, between, "{line}");
    world.ok(&format!("import undo {code} --yes"));
    assert_same(&before, &state(world), line);
    assert_eq!(world.json(&format!("import undo {code} --yes"))["result"], "unchanged", "{line}");
    world.ok("audit verify");
    world.ok("database check");
}

fn assert_same(before: &Dump, after: &Dump, line: &str) {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        assert_eq!(before.get(name), after.get(name), "{line}: {name}");
    }
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// For each noun two tables: the second changes what the first created, and creates more.
const TABLES: &[(&str, &str, &str)] = &[
    (
        "provider import",
        "id,name,phone,address,city,url\n1,Oak Care,111,1 High St,Ely,\n2,Elm Care,,,Ely,https://elm.example.org\n",
        "id,name,phone,address,city,url\n1,Oak Care,222,1 High St,Ely,\n2,Elm Care,9,,Ely,\n3,Ash Care,5,3 Low St,Ely,\n",
    ),
    (
        "account import",
        "login,name,email,level,permissions,resources\nann,Ann,ann@example.org,standard,,\npat,Pat,,provider-portal,edit-capacity,Acme Care\n",
        "login,name,email,level,permissions,resources\nann,Ann,,supervisor,,\npat,Pat,,provider-portal,change-status,Birch Homecare\n\
        joe,Joe,,standard,,\n",
    ),
    (
        "client import --source county",
        "id,given,family,birth_date,former_names\n1,Ida,Fox,1950-01-02,Ida Lane\n2,Cy,Reed,1960-03-04,\n",
        "id,given,family,birth_date,former_names\n1,Ida,Reed,1950-01-02,Ida Hill\n2,Cy,Reed,1960-03-04,\n3,Di,Ray,1970-01-01,\n",
    ),
    (
        "client import-enrolments",
        "client,provider,status,since_on\nCLI-00000A,acme,active,2026-01-01\n",
        "client,provider,status,since_on\nCLI-00000A,acme,inactive,2026-02-01\nCLI-00000B,birch,active,2026-01-01\n",
    ),
    (
        "contact import",
        "number,client,phone\n17/1,CLI-00000A,1\n17/2,CLI-00000B,\n",
        "number,client,phone\n17/1,CLI-00000A,2\n17/3,CLI-00000B,\n",
    ),
    (
        "contract import",
        "provider,name,starts_on,ends_on,categories\nacme,Meals,2026-01-01,,meals\n",
        "provider,name,starts_on,ends_on,categories\nacme,Meals,2026-01-01,2026-12-31,meals;rides\nbirch,Rides,2026-01-01,,rides\n",
    ),
    (
        "record import",
        "client,provider,type,date,title,id\nCLI-00000A,acme,services,2026-11-01,Lunch,s1\n",
        "client,provider,type,date,title,id\nCLI-00000A,acme,clinical,2026-11-02,Scan,s2\n",
    ),
    (
        "referral import --alert --source county",
        "id,queue,client,resource,note\n7,Home care,CLI-00000A,acme,no milk\n",
        "id,queue,client,resource,note\n7,Home care,CLI-00000A,birch,no milk at all\n8,Home care,CLI-00000B,,\n",
    ),
    (
        "visit import REF-00000A",
        "id,start,duration,note\n1,2026-12-10 09:00,30,\n",
        "id,start,duration,note\n1,2026-12-10 10:00,45,key\n2,2026-12-11 09:00,30,\n",
    ),
    (
        "sharing import-settings",
        "provider,type,level\nacme,services,1\n",
        "provider,type,level\nacme,services,2\nbirch,services,1\n",
    ),
    (
        "sharing import-links",
        "owner,recipient,type\nacme,birch,services\n",
        "owner,recipient,type\nacme,birch,services\nbirch,acme,services\n",
    ),
    (
        "release import",
        "client,owner,type,document,signed_on,expires_on,recipients\nCLI-00000A,acme,services,a.pdf,2026-11-20,2026-12-20,birch\n",
        "client,owner,type,document,signed_on,expires_on,recipients,revoked_at\n\
        CLI-00000A,acme,services,a.pdf,2026-11-20,2026-12-20,birch,2026-11-22 09:00\n",
    ),
];

fn begin(world: &World) {
    settle_honestly(world);
    world.sql("UPDATE resource SET state = 'active'");
    world.ok("account edit acme --email acme@example.org");
    world.ok("queue add-resource 'Home care' acme birch");
    world.ok("category create Meals");
    world.ok("category create Rides");
    world.write("a.pdf", PDF);
}

// Rule 5.6.
both_engines!(every_import_comes_back, |world| {
    begin(world);
    for (line, first, second) in TABLES {
        world.write("table.csv", first);
        comes_back(world, &format!("{line} table.csv"));
        import(world, &format!("{line} table.csv"));
        world.write("table.csv", second);
        comes_back(world, &format!("{line} table.csv"));
        import(world, &format!("{line} table.csv"));
    }
});

// Rule 5.6: one after the other, the newest first, all of them come back.
both_engines!(imports_come_back_in_turn, |world| {
    begin(world);
    let mut random = fastrand::Rng::with_seed(56);
    let mut states = Vec::new();
    for _ in 0..12 {
        let mut clients = "id,given,family,birth_date,postal_code,former_names\n".to_owned();
        let mut accounts = "login,name,email,level\n".to_owned();
        for number in (0..9).filter(|_| random.bool()).collect::<Vec<_>>() {
            let family = random.choice(["Fox", "Ray", "Łos", "O'Hara", ""]).unwrap_or("Fox");
            let family = if family.is_empty() { "Low" } else { family };
            let postal = random.choice(["AB1", "", "=1+1"]).unwrap_or_default();
            clients += &format!("{number},Given{number},{family},19{number}0-01-01,{postal},\n");
            let level = random.choice(["standard", "trainee", "supervisor"]).unwrap_or("trainee");
            accounts += &format!("login{number},{family},,{level}\n");
        }
        for (line, table) in [("client import --source county", clients), ("account import", accounts)] {
            let before = state(world);
            world.write("table.csv", table);
            let code = world.json(&format!("{line} table.csv"))["import"].as_str().map(str::to_owned);
            states.extend(code.map(|code| (code, before)));
        }
    }
    while let Some((code, before)) = states.pop() {
        world.ok(&format!("import undo {code} --yes"));
        assert_same(&before, &state(world), &code);
    }
});

// Rule 5.6.
both_engines!(a_real_directory_comes_back, |world| {
    let Some(directory) = real("hsds1-ohana-sanmateo-sample") else { return };
    world.ok("init");
    world.call("<DIRECTORY>", &directory.display().to_string());
    let line = format!("provider import {} --source county", directory.display());
    comes_back(world, &line);
    import(world, &line);
    world.sql("UPDATE provider SET description = 'other', url = 'https://example.org'");
    world.sql("UPDATE resource SET description = 'other'");
    world.sql("DELETE FROM opening_hours");
    world.sql("UPDATE phone SET number = '1'");
    let providers = world.json("provider list --limit 1");
    world.ok(&format!("provider edit {} --phone 7", providers[0]["code"].as_str().unwrap_or_default()));
    comes_back(world, &line);
});

// Rule 5.6.
both_engines!(what_was_changed_or_is_used_stays, |world| {
    begin(world);
    world.write("people.csv", "id,given,family,birth_date\n1,Ida,Fox,1950-01-02\n2,Cy,Reed,1960-03-04\n3,Di,Ray,1970-01-01\n4,Ed,Low,\n");
    world.ok("client import people.csv --source county");
    for (number, given) in [(1, "Ida"), (2, "Cy"), (3, "Di"), (4, "Ed")] {
        world.sql(&format!("UPDATE client SET code = 'CLI-00000{number}' WHERE given = '{given}'"));
    }
    world.sql("UPDATE operation SET code = 'IMP-000001'");
    // The trail is chained, so the entries keep the codes that were drawn.
    world.ok("referral create --queue 'Home care' --client CLI-000002");
    world.sql("UPDATE referral SET code = 'REF-00000C' WHERE code NOT IN ('REF-00000A', 'REF-00000B')");
    world.ok("client edit CLI-000003 --postal-code AB1");
    world.story(expect![[r#"
        $ caredesk import list
        CODE        AT                BY     ACTION         INPUT       CREATED  UPDATED  STATUS
        IMP-000001  2026-11-22 10:00  admin  client.import  people.csv        4        0  imported
        $ caredesk import show IMP-000001
        IMP-000001: imported
        action    client.import
        input     people.csv
        source    county
        imported  2026-11-22 10:00 (just now) by admin
        rows      4 read, 4 created, 0 updated, 0 unchanged, 0 rejected
        undo      `caredesk import undo IMP-000001` takes it back

        NUMBER  THING       RESULT
            29  CLI-W0J08E  created
            30  CLI-8V4YZK  created
            31  CLI-VZY8EF  created
            32  CLI-0EWWYW  created
        $ caredesk import undo IMP-000001 --dry-run
        dry run: Undid import IMP-000001: deleted 2 clients; 2 stay, since they were changed or used.
        2> note: CLI-000002 stays: referral REF-00000C refers to it
        2> note: CLI-000003 stays: client.edit by admin at 2026-11-22 10:00 UTC
        2> error: 2 things stay, since they were changed or used after the import
        2> hint: take back or delete what refers to them, then run `caredesk import undo IMP-000001` again; change the others by hand
        [exit 9]
        $ caredesk import undo IMP-000001
        2> error: this must be confirmed: Undo import IMP-000001 (people.csv): it deletes 2 clients; 2 stay, since they were changed or used?
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk import undo IMP-000001 --yes
        Undid import IMP-000001: deleted 2 clients; 2 stay, since they were changed or used.
        2> note: CLI-000002 stays: referral REF-00000C refers to it
        2> note: CLI-000003 stays: client.edit by admin at 2026-11-22 10:00 UTC
        2> error: 2 things stay, since they were changed or used after the import
        2> hint: take back or delete what refers to them, then run `caredesk import undo IMP-000001` again; change the others by hand
        [exit 9]
        $ caredesk import undo IMP-000001 --yes
        Nothing to change: 2 things are left of import IMP-000001, and were changed or are used since.
        2> note: CLI-000002 stays: referral REF-00000C refers to it
        2> note: CLI-000003 stays: client.edit by admin at 2026-11-22 10:00 UTC
        $ caredesk client list --columns code,given
        CODE        GIVEN
        CLI-00000A  Ada
        CLI-00000B  Bo
        CLI-000002  Cy
        CLI-000003  Di
        $ caredesk import list --columns code,status,kept
        CODE        STATUS         KEPT
        IMP-000001  partly undone     2
    "#]]);
});

// Rule 5.8.
// Rules 5.6, 5.7: what a merge has moved is not given back to the client that was given up.
both_engines!(what_was_moved_by_a_merge_stays, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family\n1,Ada,Moss\n2,Adah,Moss\n");
    world.ok("client import people.csv --source county");
    world.ok("contact create --client 2 --number N-2");
    world.write("contacts.csv", "number,phone\nN-2,01632 960111\n");
    let code = import(world, "contact import contacts.csv");
    world.ok("client merge 2 --into 1 --yes");
    let before = state(world);
    let undo = world.run(&format!("import undo {code} --yes"));
    assert!(undo.stderr.contains("N-2 stays: CLI-"), "{}", undo.stderr);
    assert!(undo.stderr.contains("to which it belonged, was merged into CLI-"), "{}", undo.stderr);
    assert_same(&before, &state(world), "nothing is taken back");
});

// Rules 1.7, 5.6: a provider has been told when the visits of its package are.
both_engines!(a_visit_that_was_offered_since_stays, |world| {
    world.ok("init");
    world.ok("provider create 'Oak House'");
    world.ok("client create --given Ada --family Moss");
    world.ok("referral create --queue 'Home care' --client moss");
    let referral = world.ok("referral list -q").trim().to_owned();
    world.write("visits.csv", "id,start,duration\nv1,2026-12-01 09:00,30\nv2,2026-12-02 09:00,30\n");
    world.ok(&format!("visit import {referral} visits.csv --source county"));
    world.write("visits.csv", "id,start,duration\nv1,2026-12-01 10:00,30\nv2,2026-12-02 10:00,30\n");
    let code = import(world, &format!("visit import {referral} visits.csv --source county"));
    let first = world.ok(&format!("visit list {referral} -q")).lines().next().unwrap().to_owned();
    world.ok(&format!("outsource create {referral} --visit {first} --provider oak"));
    let undo = world.run(&format!("import undo {code} --yes"));
    assert_eq!(undo.status, 9);
    assert!(undo.stderr.contains(&format!("{first} stays: package PKG-")), "{}", undo.stderr);
    let starts: Vec<String> = world
        .json(&format!("visit list {referral}"))
        .as_array()
        .unwrap()
        .iter()
        .map(|visit| visit["start"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(starts, ["2026-12-01T10:00:00Z", "2026-12-02T09:00:00Z"]);
});

// Rules 1.10, 5.6: a calendar that has seen a change ignores an event with a lower number.
both_engines!(a_visit_that_comes_back_is_newer_than_what_calendars_have, |world| {
    begin(world);
    let sequences = || world.sql("SELECT sequence FROM visit WHERE source_id IS NOT NULL").concat();
    let visits = |start: &str| format!("id,start,duration\nv1,{start},30\n");
    let line = "visit import REF-00000A visits.csv --source county";
    world.write("visits.csv", visits("2026-12-01 09:00"));
    world.ok(line);
    world.write("visits.csv", visits("2026-12-01 10:00"));
    let code = import(world, line);
    assert_eq!(sequences(), [Some("1".to_owned())]);
    world.ok(&format!("import undo {code} --yes"));
    assert_eq!(sequences(), [Some("2".to_owned())]);
});

// Rule 5.6: what refers to a thing is named as people know it, whoever wrote it.
both_engines!(what_refers_to_a_thing_is_named, |world| {
    begin(world);
    world.write("providers.csv", "id,name\n1,Oak Care\n2,Elm Care\n3,Ash Care\n");
    world.ok("provider import providers.csv --source county");
    world.sql("UPDATE operation SET code = 'IMP-000001'");
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider 'Oak Care' --reference Mornings");
    world.ok("client enroll CLI-00000A 'Elm Care'");
    let undo = world.run("import undo IMP-000001 --yes");
    assert_eq!(undo.status, 9);
    let package = world.ok("package list -q");
    let offer = format!("stays: the offer of package {} refers to it", package.trim());
    for said in [
        offer.as_str(),
        "stays: an enrolment of client CLI-00000A refers to it",
        "hint: take back or delete what refers to them, then run `caredesk import undo IMP-000001` again",
    ] {
        assert!(undo.stderr.contains(said), "{said}: {}", undo.stderr);
    }
});

both_engines!(an_erased_client_is_not_kept_in_an_import, |world| {
    begin(world);
    world.write("people.csv", "id,given,family,birth_date\n1,Idalia,Fox,1950-01-02\n2,Cy,Reed,1960-03-04\n");
    world.ok("client import people.csv --source county");
    world.write(
        "people.csv",
        "id,given,family,birth_date\n1,Idalia,Foxglove,1950-01-02\n2,Cy,Reeds,1960-03-04\n",
    );
    world.ok("client import people.csv --source county");
    let kept =
        |world: &World| world.sql("SELECT before FROM operation_row WHERE before LIKE '%Idalia%'").len();
    assert!(kept(world) > 0);
    let id = world.sql("SELECT id FROM client WHERE given = 'Idalia'");
    world.ok("client erase Foxglove --yes");
    assert_eq!(kept(world), 0);
    let keys = world.sql("SELECT row_keys FROM operation_insert");
    let gone = id[0][0].clone().unwrap_or_default().replace('-', "").to_lowercase();
    assert!(keys.iter().flatten().flatten().all(|keys| !keys.contains(&gone)), "{gone}");
    let codes = world.ok("import list -q");
    for code in codes.lines() {
        world.ok(&format!("import undo {code} --yes"));
    }
    assert!(world.sql("SELECT id FROM client WHERE given = 'Cy'").is_empty());
    world.ok("audit verify");
    world.ok("database check");
});

// Rule 2.1.
both_engines!(the_right_to_undo_is_that_of_the_import, |world| {
    begin(world);
    world.write("staff.csv", "login,name,level\nann,Ann,standard\n");
    world.ok("account import staff.csv");
    world.sql("UPDATE operation SET code = 'IMP-000001'");
    world.story(expect![[r#"
        # as stan
        $ caredesk import undo IMP-000001 --yes
        2> error: an account of level `standard` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk import list
        CODE        AT                BY     ACTION          INPUT      CREATED  UPDATED  STATUS
        IMP-000001  2026-11-22 10:00  admin  account.import  staff.csv        1        0  imported
        # as acme
        $ caredesk import undo IMP-000001 --yes
        2> error: there is no import `IMP-000001`
        2> hint: `caredesk import list` shows those that there are
        [exit 3]
        $ caredesk import list
        2> note: no imports
        # as admin
        $ caredesk import undo IMP-000001
        2> error: this must be confirmed: Undo import IMP-000001 (staff.csv): it deletes 1 account?
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk import undo IMP-000001 --dry-run
        dry run: Undid import IMP-000001: deleted 1 account.
        $ caredesk import undo IMP-000001 --yes
        Undid import IMP-000001: deleted 1 account.
        $ caredesk import undo IMP-000001 --yes
        Nothing to change: import IMP-000001 was taken back.
        $ caredesk import list
        CODE        AT                BY     ACTION          INPUT      CREATED  UPDATED  STATUS
        IMP-000001  2026-11-22 10:00  admin  account.import  staff.csv        1        0  undone
    "#]]);
});

both_engines!(what_one_import_can_all_can, |world| {
    settle_honestly(world);
    world.write("one.csv", "login,name,level\nana,Ana,standard\nben,Ben,standard\n");
    world.write("two.csv", "login,name,level\ncy,Cy,standard\nANA,Ana Bell,admin\n");
    world.write("monday.csv", "start,duration\n2026-12-07 09:00,30\n2026-12-07 17:00,30\n");
    world.write("week.csv", "start,duration\n2026-12-07 17:00,30\n2026-12-08 09:00,30\n");
    world.story(expect![[r#"
        $ caredesk account import one.csv two.csv --source town --keep-going
        Accounts: 4 read, 3 created, 0 updated, 0 unchanged, 1 rejected.
        Import IMP-YRD8J9: `caredesk import undo IMP-YRD8J9` takes it back.
        2> rejected: two.csv line 3: the login `ANA` was already used in another file
        2> error: 1 of 4 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk visit import REF-00000A monday.csv week.csv --keep-going
        Visits: 4 read, 3 created, 0 updated, 0 unchanged, 1 rejected.
        Import IMP-4A08V7: `caredesk import undo IMP-4A08V7` takes it back.
        2> rejected: week.csv line 2: is in another of the files as well
        2> error: 1 of 4 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk import list --columns action,input,source
        ACTION          INPUT                 SOURCE
        visit.import    monday.csv, week.csv  monday, week
        account.import  one.csv, two.csv      town
        $ caredesk contract import one.csv --format fhir
        2> error: `contract.import` reads no fhir
        2> hint: it reads csv
        [exit 2]
        $ caredesk client import one.csv --format hhcrsp
        2> error: `client.import` reads no hhcrsp
        2> hint: it reads csv and fhir
        [exit 2]
    "#]]);
});

/// One provider may have all of them: each row is found by an index, not among all that its provider has.
#[test]
fn no_row_is_compared_with_all_others() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    world.ok("provider create Oak");
    world.ok("client create --given Ada --family Moss --id a1");
    let rows = |head: &str, row: fn(usize) -> String| -> String {
        std::iter::once(head.to_owned()).chain((0..1_000).map(row)).collect()
    };
    world.write(
        "records.csv",
        rows("id,client,provider,type,date,title\n", |row| {
            format!("r{row},a1,Oak,services,2026-11-01,Visit\n")
        }),
    );
    world.write("programs.csv", rows("name,provider\n", |row| format!("Program {row},Oak\n")));
    for (line, statement, found_by) in [
        (
            "record import records.csv",
            "record/imported",
            "SEARCH record USING INDEX record_provider_id_source_id (provider_id=? AND source_id=?)",
        ),
        (
            "resource import programs.csv",
            "resource/of_name",
            "SEARCH resource USING INDEX resource_provider_id_name_key (provider_id=? AND name_key=?)",
        ),
    ] {
        let answer = world.run(&format!("{line} -vv"));
        let begins = format!("statement: {statement}, ");
        let mut lines = answer.stderr.lines().skip_while(|line| !line.starts_with(&begins)).skip(1);
        let plan: Vec<&str> = lines.by_ref().take_while(|line| line.starts_with("  plan: ")).collect();
        assert!(plan.iter().any(|line| line.contains(found_by)), "{statement}: {plan:#?}");
        let table = statement.split('/').next().unwrap();
        assert!(!plan.iter().any(|line| line.contains(&format!("SCAN {table}"))), "{statement}: {plan:#?}");
    }
}
