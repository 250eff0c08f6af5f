//! `--columns` of a command that changes something: what is chosen is shown, and what cannot be is refused in time.

use expect_test::expect;

use crate::release::PDF;
use crate::town::{dump, settle};
use crate::world::World;

/// The town with something of every sort to change.
fn furnish(world: &World) {
    settle(world);
    world.write("ada.pdf", PDF);
    world.write("providers.csv", "name,id\nElm,1\n");
    world.write("clients.csv", "id,given,family\nc-1,Cy,Fern\n");
    world.write(
        "records.csv",
        "client,provider,type,date,title,id\nCLI-00000A,acme,forms,2026-10-01,Form,1\n",
    );
    world.write("visits.csv", "start,duration\n2026-12-08 09:00,30\n");
    world.write("accounts.csv", "login,name,level\neve,Eve,standard\n");
    for line in [
        "category create Care",
        "contact create --client CLI-00000A --number c-6",
        "queue add-resource 'Home care' 'Acme Care'",
        "capacity set 'Acme Care' 3 --unit places",
        "outsource create REF-00000B --all-visits --provider acme --reference winter",
        "sharing setup acme --type forms --level 1 --client-by-client on",
        "sharing setup acme --type clinical --level 1 --client-by-client on",
        "sharing link acme birch --type forms --type clinical",
        "client enroll CLI-00000A acme",
        "client enroll CLI-00000A birch",
        "sharing request CLI-00000A --owner acme --recipient birch --type clinical",
        "release add CLI-00000A --owner acme --type forms --document ada.pdf --signed today --all-providers",
    ] {
        world.ok(line);
    }
    world.sql("UPDATE sharing_request SET code = 'SHR-000001'; UPDATE release SET code = 'ROI-000001'");
    world.sql("UPDATE capacity SET code = 'CAP-000001'");
}

/// Each is possible in the furnished town.
const CHANGES: [&str; 58] = [
    "init --db other.db",
    "provider create Elm",
    "provider edit acme --phone 1",
    "provider deactivate acme",
    "provider add-resource acme Night",
    "resource edit 'Acme Care' --state paused",
    "capacity set 'Acme Care' 4",
    "capacity edit CAP-000001 --places 5",
    "capacity remove CAP-000001",
    "account create eve --name Eve --level standard",
    "account edit stan --name Stanley",
    "account permit acme edit-capacity",
    "account disable tracy",
    "account alerts acme off",
    "client create --given Cy --family Fern",
    "client edit CLI-00000A --given Adah",
    "client enroll CLI-00000B acme",
    "contact create --client CLI-00000A --number c-7",
    "contact edit c-6 --given Adah",
    "contact pdf c-6 --file c.pdf",
    "queue create Meals --status new --status done:closed",
    "queue edit 'Home care' --name Homely",
    "queue deactivate 'Home care'",
    "queue add-status 'Home care' later",
    "queue remove-resource 'Home care' 'Acme Care'",
    "referral create --queue 'Home care' --client CLI-00000A",
    "referral assign REF-00000A 'Acme Care'",
    "referral note REF-00000A hello",
    "visit add REF-00000A --start '2026-12-08 09:00' --duration 30",
    "visit add REF-00000A --start '2026-12-08 09:00' --duration 30 --weekly daily --until 2026-12-12",
    "visit edit VIS-000001 --duration 45",
    "visit cancel VIS-000001",
    "visit cancel VIS-000001 VIS-000002",
    "schedule export REF-00000A --file c.ics",
    "outsource create REF-00000A --all-visits --provider acme",
    "outsource add-provider winter birch",
    "outsource delete winter",
    "outsource resend winter",
    "package respond winter --provider acme --accept",
    "package rename winter summer",
    "category create Meals",
    "contract create acme Care --start 2026-01-01 --category Care",
    "record add CLI-00000A --provider acme --type forms --date today --title Form",
    "sharing setup acme --type services --level 1",
    "sharing setup acme --type services --type forms --level 2",
    "sharing link acme cedar --type forms",
    "sharing unlink acme birch --type forms",
    "sharing request CLI-00000A --owner acme --recipient birch --type forms",
    "sharing deny SHR-000001",
    "release add CLI-00000A --owner acme --type case-notes --document ada.pdf --signed today --all-providers",
    "release revoke ROI-000001",
    "release document ROI-000001 --file c.out",
    "alert send --dir outbox",
    "provider import providers.csv",
    "client import clients.csv",
    "record import records.csv",
    "visit import REF-00000A visits.csv",
    "account import accounts.csv",
];

both_engines!(a_wrong_column_is_refused_before_anything_is_done, |world| {
    furnish(world);
    world.set("CAREDESK_SMTP_FROM", "hub@hub.example");
    let before = dump(world);
    for line in CHANGES {
        let tried = world.run(&format!("{line} --yes --dry-run"));
        assert_eq!(tried.status, 0, "{line}: {tried:?}");
    }
    for line in CHANGES {
        let answer = world.run_json(&format!("{line} --yes --columns colour"));
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{line}: {answer:?}");
        assert!(answer.stderr.contains("\"usage.unknown_column\""), "{line}: {answer:?}");
    }
    assert!(before == dump(world), "something was done");
    for file in ["other.db", "c.pdf", "c.ics", "c.out", "outbox"] {
        assert!(!world.path(file).exists(), "{file} was made");
    }
});

both_engines!(a_change_shows_the_columns_that_are_chosen, |world| {
    furnish(world);
    world.story(expect![[r#"
        $ caredesk client edit CLI-00000A --given Adah --columns given,family
        given   Adah
        family  Moss
        $ caredesk client edit CLI-00000A --given Adah --columns result,code -o json
        {
          "result": "unchanged",
          "code": "CLI-00000A"
        }
        $ caredesk client edit CLI-00000A --given Ada --columns result,code -o csv
        result,code
        updated,CLI-00000A
        $ caredesk client edit CLI-00000A --given Adah --columns code -o tsv --dry-run
        code
        CLI-00000A
        $ caredesk client edit CLI-00000A --given Adah --columns given --dry-run
        given  Adah
        2> note: dry run: Changed client CLI-00000A (Adah Moss): given Ada → Adah, former names Adah Moss → Ada Moss.
        $ caredesk client edit CLI-00000A --given Adah --columns dry_run,given -o jsonl --dry-run
        {"dry_run":true,"given":"Adah"}
        $ caredesk client edit CLI-00000A --given Adah --columns dry_run,given
        2> error: there is no column `dry_run`
        2> hint: the columns are code, given, family, birth_date, postal_code, address, phones, carer_note, id, status, since_on, former_names, anonymous, result, changes
        [exit 2]
        $ caredesk client edit CLI-00000A --given Adah --columns given -q
        CLI-00000A
        $ caredesk visit cancel VIS-000001 VIS-000002 --columns code,status,result --yes
        CODE        STATUS     RESULT
        VIS-000001  cancelled  updated
        VIS-000002  cancelled  updated
        $ caredesk visit cancel VIS-000003 VIS-000004 --columns result,code -o json --yes --dry-run
        [
        {"result":"updated","code":"VIS-000003"},
        {"result":"updated","code":"VIS-000004"}
        ]
        $ caredesk visit cancel VIS-000003 VIS-000004 -o csv --yes --dry-run
        code,referral,start,duration_minutes,status,note,provider_note,package,package_reference,package_status,offered_start,offered_duration_minutes,differs_from_offer,result,changes,dry_run
        VIS-000003,REF-00000A,2026-12-03T09:00:00Z,30,cancelled,,,,,,,,false,updated,"[{""field"":""status"",""from"":""planned"",""to"":""cancelled""}]",true
        VIS-000004,REF-00000A,2026-12-04T09:00:00Z,30,cancelled,,,,,,,,false,updated,"[{""field"":""status"",""from"":""planned"",""to"":""cancelled""}]",true
        $ caredesk visit cancel VIS-000003 VIS-000004 --columns code --yes --dry-run
        CODE
        VIS-000003
        VIS-000004
        2> note: dry run: Cancelled visits VIS-000003, VIS-000004.
    "#]]);
    world.as_user("acme");
    let refused = world.run("referral note REF-00000A hello --columns code,client").stderr;
    assert!(refused.contains("there is no column `client`"), "not even a column: {refused}");
});

both_engines!(columns_are_added_to_the_usual_ones_and_left_out, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk visit list REF-00000B --columns +referral,-status
        CODE        START             DURATION  NOTE  PACKAGE  PACKAGE STATUS  OFFERED DURATION  REFERRAL
        VIS-000005  2026-12-05 09:00    30 min                                                   REF-00000B
        VIS-000006  2026-12-06 09:00    30 min                                                   REF-00000B
        $ caredesk visit list REF-00000B --columns -start,-status -o csv --limit 1
        code,referral,duration_minutes,note,provider_note,package,package_reference,package_status,offered_start,offered_duration_minutes,differs_from_offer
        VIS-000005,REF-00000B,30,,,,,,,,false
        $ caredesk visit list REF-00000B --columns=-note,+code -o jsonl --limit 1
        {"code":"VIS-000005","referral":"REF-00000B","start":"2026-12-05T09:00:00Z","duration_minutes":30,"status":"planned","provider_note":null,"package":null,"package_reference":null,"package_status":null,"offered_start":null,"offered_duration_minutes":null,"differs_from_offer":false}
        $ caredesk visit list REF-00000B --columns +colour
        2> error: there is no column `colour`
        2> hint: the columns are code, referral, start, duration_minutes, status, note, provider_note, package, package_reference, package_status, offered_start, offered_duration_minutes, differs_from_offer
        [exit 2]
        $ caredesk visit list REF-00000B --columns +referral,status
        2> error: `--columns` has columns with a sign and columns without one
        2> hint: name the columns, or add to the usual ones and leave out of them: `--columns=+note,-status`
        [exit 2]
    "#]]);
});
