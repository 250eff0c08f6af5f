//! `database check` compares everything with the audit trail: what nobody did with this program shows (rule 4.1).

use serde_json::Value;

use crate::honest::settle_honestly;
use crate::release::PDF;
use crate::world::World;

/// What the check finds that compares with the audit trail.
fn found(world: &World) -> Vec<String> {
    let answer = world.run_json("database check");
    let checks: Value =
        serde_json::from_str(&answer.stdout).unwrap_or_else(|fault| panic!("{fault}: {answer:?}"));
    let check = checks
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["check"] == "everything is as the audit trail tells");
    let found = check.unwrap()["found"].as_array().unwrap().iter();
    found.map(|found| found.as_str().unwrap().to_owned()).collect()
}

/// A town in which there is one of everything.
fn everything(world: &World) {
    settle_honestly(world);
    world.write("paper.pdf", PDF);
    for line in [
        "queue add-resource 'Home care' acme birch",
        "contact create --client CLI-00000A --number 17",
        "capacity set acme 4",
        "referral assign REF-00000A acme",
        "outsource create REF-00000A --all-visits --provider acme birch --reference winter",
        "package respond winter --provider acme --reject --reason full",
        "category create Personal",
        "contract create acme Spot --start 2026-01-01 --category Personal",
        "client enroll CLI-00000A acme",
        "client enroll CLI-00000A birch",
        "record add CLI-00000A --provider acme --type services --date 2026-11-01 --title t",
        "sharing setup acme --type forms --level 1 --client-by-client on",
        "sharing link acme birch --type forms",
        "sharing request CLI-00000A --owner acme --recipient birch --type forms",
        "release add CLI-00000A --owner acme --type forms --document paper.pdf --signed today --expires 2027-06-30 --recipient birch",
    ] {
        world.ok(line);
    }
    assert_eq!(found(world), Vec::<String>::new());
}

/// A table, what is changed in it (column, value, which rows), and what is found.
const TAMPERED: &[(&str, &str, &str, &str, &str)] = &[
    ("client", "family", "'Mass'", "code = 'CLI-00000A'", "client CLI-00000A: family"),
    ("client", "birth_date", "'1950-01-02'", "code = 'CLI-00000B'", "client CLI-00000B: birth date"),
    ("provider", "email", "'a@b.example'", "name = 'Acme Care'", "provider PRV-00000A: email"),
    ("provider", "active", "TRUE", "name = 'Dormant Care'", "provider PRV-00000D: active"),
    ("account", "level", "'admin'", "login = 'tracy'", "account tracy: level"),
    ("account", "password_hash", "'x'", "login = 'stan'", "account stan: has password"),
    ("package", "reference", "'summer'", "TRUE", "package PKG: reference"),
    ("package", "status", "'rejected'", "TRUE", "package PKG: status"),
    ("offer", "status", "'closed'", "status = 'pending'", "package PKG: offers.status"),
    ("offer", "reason", "'none'", "status = 'rejected'", "package PKG: offers.reason"),
    ("package_visit", "offered_minutes", "31", "TRUE", "package PKG: visits.offered duration minutes"),
    ("visit", "starts_at", "'2026-12-01T10:00:00.000Z'", "code = 'VIS-000001'", "visit VIS-000001: start"),
    ("visit", "status", "'cancelled'", "code = 'VIS-000005'", "visit VIS-000005: status"),
    ("capacity", "places", "400", "TRUE", "capacity CAP: places"),
    ("sharing_setting", "level", "3", "TRUE", "setting PRV-00000A forms: level"),
    ("sharing_setting", "client_by_client", "FALSE", "TRUE", "setting PRV-00000A forms: client by client"),
    ("sharing_link", "data_type", "'clinical'", "TRUE", "link PRV-00000A PRV-00000B clinical: no entry"),
    ("sharing_answer", "label", "'denied'", "TRUE", "request SHR: status"),
    ("sharing_request", "data_type", "'clinical'", "TRUE", "request SHR: type"),
    ("release", "expires_on", "'2037-06-30'", "TRUE", "release ROI: expires on"),
    ("contract", "name", "'Block'", "TRUE", "contract CTR: name"),
    ("contract_term", "stops_on", "'2026-02-01'", "TRUE", "contract CTR: ends on"),
    ("enrolment", "active", "FALSE", "TRUE", "enrolment CLI-00000A PRV-00000A: status"),
    ("queue_status", "closed", "TRUE", "label = 'Live'", "queue Home care: statuses.closed"),
    ("queue_status", "label", "'Dead'", "label = 'Live'", "queue Home care: statuses.label"),
    ("referral", "note", "'x'", "code = 'REF-00000A'", "referral REF-00000A: note"),
    ("contact", "given", "'Eve'", "TRUE", "contact 17: given"),
    ("record", "title", "'u'", "TRUE", "record REC: title"),
];

both_engines!(a_field_that_is_changed_beside_the_program_is_found, |world| {
    everything(world);
    for (table, column, value, which, finding) in TAMPERED {
        let key = if *table == "package_visit" { "visit_id" } else { "id" };
        world.sql(&format!(
            "CREATE TABLE kept AS SELECT * FROM {table}; UPDATE {table} SET {column} = {value} WHERE {which}"
        ));
        has(world, finding);
        world.sql(&format!(
            "UPDATE {table} SET {column} = (SELECT kept.{column} FROM kept WHERE kept.{key} = {table}.{key}); DROP TABLE kept"
        ));
    }
    let status = "(SELECT id FROM queue_status WHERE label = 'Live')";
    for (change, finding) in [
        (
            format!("UPDATE referral SET status_id = {status} WHERE code = 'REF-00000A'"),
            "referral REF-00000A: status",
        ),
        (
            "UPDATE referral SET resource_id = NULL, assigned_at = NULL".to_owned(),
            "referral REF-00000A: resource",
        ),
        (
            "UPDATE visit SET referral_id = (SELECT id FROM referral WHERE code = 'REF-00000A')".to_owned(),
            "visit VIS-000005: referral",
        ),
    ] {
        world.sql(&change);
        has(world, finding);
    }
});

both_engines!(a_row_that_comes_or_goes_beside_the_program_is_found, |world| {
    everything(world);
    let id = crate::town::key(world, 99);
    for (change, finding) in [
        ("DELETE FROM account_permission".to_owned(), "account acme: permissions"),
        (
            "INSERT INTO account_permission (account_id, permission) SELECT id, 'answer-sharing' FROM account WHERE login = 'mute'"
                .to_owned(),
            "account mute: permissions",
        ),
        ("DELETE FROM account_resource".to_owned(), "account both: resources"),
        ("DELETE FROM queue_resource".to_owned(), "queue Home care: resources"),
        ("DELETE FROM offer WHERE status = 'rejected'".to_owned(), "package PKG: offers"),
        ("DELETE FROM contract_category".to_owned(), "contract CTR: categories"),
        ("DELETE FROM release_recipient".to_owned(), "release ROI: recipients"),
        ("DELETE FROM record".to_owned(), "record REC: it is gone"),
        ("DELETE FROM capacity".to_owned(), "capacity CAP: it is gone"),
        ("DELETE FROM sharing_link".to_owned(), "link PRV-00000A PRV-00000B forms: it is gone"),
        ("DELETE FROM sharing_setting".to_owned(), "setting PRV-00000A forms: it is gone"),
        ("DELETE FROM enrolment".to_owned(), "enrolment CLI-00000A PRV-00000B: it is gone"),
        ("DELETE FROM visit WHERE code = 'VIS-000006'".to_owned(), "visit VIS-000006: it is gone"),
        ("DELETE FROM contact".to_owned(), "contact 17: it is gone"),
        ("INSERT INTO category (id, name, name_key) VALUES (ID, 'Odd', 'odd')".to_owned(), "category Odd: no entry"),
        (
            "INSERT INTO client (id, code, given, family, name_key) VALUES (ID, 'CLI-00000Z', 'A', 'B', 'a b')".to_owned(),
            "client CLI-00000Z: no entry",
        ),
        (
            "INSERT INTO sharing_link (id, owner_id, recipient_id, data_type, from_at) SELECT ID, a.id, b.id, 'forms', '2026-11-22T10:00:00.000Z'
                FROM provider AS a, provider AS b WHERE a.name = 'Cedar Nursing' AND b.name = 'Acme Care'"
                .to_owned(),
            "link PRV-00000C PRV-00000A forms: no entry",
        ),
        (
            "INSERT INTO account (id, login, login_key, name, level, active) VALUES (ID, 'eve', 'eve', 'Eve', 'admin', TRUE)".to_owned(),
            "account eve: no entry",
        ),
        (
            "UPDATE client SET merged_into = (SELECT id FROM client WHERE code = 'CLI-00000A') WHERE code = 'CLI-00000B'".to_owned(),
            "client CLI-00000B: merged into",
        ),
    ] {
        world.sql(&change.replace("ID", &id));
        has(world, finding);
    }
});

/// What people do after [`everything`]. `capacity#` is the code of one that there is.
const DONE: &[&str] = &[
    "contact edit 17 --number 18",
    "contact create --client CLI-00000B --number 17",
    "contact edit 17 --number 19 --given Ada",
    "contact edit 18 --number 17 --phone 0123",
    "contact edit 19 --number 18",
    "queue add-status 'Home care' Waiting",
    "queue edit 'Home care' --name 'Care at home'",
    "queue create 'Home care' --status New --status Done:closed",
    "queue retire-status 'Care at home' Live",
    "queue remove-resource 'Care at home' birch",
    "queue rename-status 'Care at home' New Asked",
    "queue move-status 'Care at home' Waiting --first",
    "queue deactivate 'Home care'",
    "provider edit acme --name 'Acme & Sons' --phone 0123",
    "provider deactivate cedar",
    "provider add-resource birch 'Night shift' --queue 'Care at home' --account both",
    "provider remove-resource birch 'Night shift'",
    "contract edit Spot --stop 2027-01-31",
    "client edit CLI-00000A --family Moss-Reed --birth-date 1950-01-02",
    "client edit CLI-00000B --status inactive",
    "referral set-status REF-00000A Waiting --note 'is at home'",
    "queue rename-status 'Care at home' Waiting 'On the list'",
    "referral unassign REF-00000A",
    "referral assign REF-00000B acme",
    "visit edit VIS-000001 --start '2026-12-01 10:00' --duration 45",
    "visit cancel VIS-000002",
    "provider activate cedar",
    "outsource add-provider winter cedar",
    "outsource remove-provider winter birch",
    "outsource add-provider winter birch",
    "outsource remove-provider winter birch",
    "package rename winter spring",
    "package edit spring --provider-note 'two carers'",
    "outsource resend spring",
    "package respond spring --provider cedar --accept",
    "visit edit VIS-000003 --note 'key at the door'",
    "outsource delete spring",
    "capacity edit capacity# --places 5 --note 'since monday'",
    "capacity remove capacity#",
    "sharing grant sharing_request# --expires 2027-06-30",
    "sharing pending sharing_request#",
    "sharing grant sharing_request# --expires 2027-07-31",
    "sharing revoke sharing_request#",
    "sharing unlink acme birch --type forms",
    "sharing link acme birch --type forms",
    "sharing setup acme --type forms --level 3 --client-by-client on",
    "release revoke release#",
    "client enroll CLI-00000A birch --status inactive",
    "client enroll CLI-00000A birch --status active",
    "account edit mute --level standard",
    "account permit acme answer-sharing edit-capacity",
    "account forbid acme edit-capacity",
    "account alerts acme off",
    "account disable tracy",
    "account add-resource cedar birch",
    "account invite stan --file first.csv",
    "account set-password sue --password-file password.txt",
    "provider merge 'Dormant Care' --into cedar",
    "provider merge birch --into acme",
    "client merge CLI-00000B --into CLI-00000A",
    "record list CLI-00000A",
    "client export CLI-00000A --dir copy",
];

// Rule 4.1: nothing of what the program itself does is a finding. So it is with imports, which tests/cli/import.rs takes back.
both_engines!(what_is_done_with_the_program_is_as_the_trail_tells, |world| {
    everything(world);
    world.write("password.txt", "correct horse battery\n");
    let mut refused = Vec::new();
    for line in DONE {
        let (before, after) = line.split_once('#').unwrap_or((line, ""));
        let (before, table) = before.rsplit_once(' ').unwrap_or((before, ""));
        let code =
            || world.sql(&format!("SELECT code FROM {table} ORDER BY code DESC"))[0][0].clone().unwrap();
        let line =
            if line.contains('#') { format!("{before} {}{after}", code()) } else { (*line).to_owned() };
        let answer = world.run(&format!("{line} --yes"));
        if answer.status != 0 {
            refused.push((line.clone(), answer.stderr));
        }
        assert_eq!(found(world), Vec::<String>::new(), "$ caredesk {line}");
    }
    assert!(refused.len() * 8 < DONE.len(), "too little is done: {refused:#?}");
});

/// Codes that differ from run to run are named by their kind.
fn has(world: &World, finding: &str) {
    let found = found(world);
    let (thing, what) = finding.split_once(": ").unwrap();
    let is_it = |line: &&String| {
        let (found, rest) = line.split_once(": ").unwrap();
        (found == thing || thing.len() > 4 && found.starts_with(&format!("{thing}-"))) && rest.contains(what)
    };
    assert!(found.iter().any(|line| is_it(&line)), "{finding}: {found:#?}");
}

// Rules 4.1 and 5.7.
both_engines!(what_was_undone_may_come_by_a_merge, |world| {
    world.ok("init");
    world.ok("provider create Acme");
    let [one, two] =
        ["Ada", "Bea"].map(|name| world.ok(&format!("-q client create --given {name} --family Oak")));
    let (one, two) = (one.trim(), two.trim());
    world.ok(&format!("client enroll {one} Acme"));
    world.ok("undo --yes");
    world.ok(&format!("client enroll {two} Acme"));
    world.ok(&format!("client merge {two} --into {one} --yes"));
    world.ok("database check");
});
