//! `client export` and `client erase`: what is held comes out whole, and then nothing tells who it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use expect_test::expect;

use crate::release::PDF;
use crate::town::dump;
use crate::world::{Engine, World};

/// Columns of text that say nothing about a person: codes, logins and words from short lists. Whoever adds a column to a table
/// of clients has it erased in sql/erasure/, or gives the reason here.
const KEPT: &[&str] = &[
    "alert.code",
    "alert.kind",
    "alert.sent_to",
    "alert.state",
    "client.code",
    "client.status",
    "disclosure.acted_by",
    "disclosure.basis",
    "disclosure.command",
    "disclosure.data_type",
    "disclosure.source",
    "offer.status",
    "package.code",
    "package.status",
    "record.code",
    "record.data_type",
    "referral.code",
    "referral_change.acted_by",
    "referral_change.what",
    "release.code",
    "release.data_type",
    "release.media_type",
    "release.withdrawn_how",
    "sharing_answer.label",
    "sharing_answer.withdrawn_how",
    "sharing_request.code",
    "sharing_request.data_type",
    "visit.code",
    "visit.status",
];

/// One client of whom there is something of every kind. The name and each text of the people hold `zaphod`.
fn settle(world: &World) {
    world.ok("init --hub 'The Hub'");
    for name in ["Oak House", "Harbour Care"] {
        world.ok(&format!("provider create '{name}'"));
    }
    world.ok("account create port --name Port --level provider-portal --resource oak --email port@oak.example --can respond-packages");
    world.ok("queue add-resource 'Home care' oak");
    world.ok("client create --given Zaphod --family Moss --birth-date 1941-03-02 --postal-code 'AB1 2CD' --id zaphod-7");
    world.ok("client edit zaphod --family Brook --address 'Zaphod House' --phone zaphod:1 --carer-note 'zaphod bites'");
    world.ok("contact create --client brook --number zaphod-1 --phone 123 --email zaphod@example.org --details 'says zaphod'");
    world.ok("contact show zaphod-1");
    world.ok("contact edit zaphod-1 --number zaphod-2");
    world.ok(
        "referral create --queue 'Home care' --contact zaphod-2 --resource oak --note 'zaphod walks badly'",
    );
    let referral = world.ok("referral list -q");
    let referral = referral.trim();
    world.ok(&format!("referral note {referral} 'zaphod walks better'"));
    world.ok(&format!(
        "visit add {referral} --start '2026-12-01 09:00' --duration 30 --note 'zaphod has a dog'"
    ));
    world.ok(&format!(
        "outsource create {referral} --all-visits --provider harbour oak --reference 'zaphod mornings'"
    ));
    world.ok("outsource remove-provider zaphod harbour");
    world.ok("client enroll brook oak");
    world.ok("client enroll brook harbour");
    world.ok("record add brook --provider oak --type clinical --date today --title 'zaphod fell' --detail 'zaphod fell twice'");
    world.ok("sharing setup oak --type clinical --level 1 --client-by-client on --release off");
    world.ok("sharing link oak harbour --type clinical");
    world.ok("sharing request brook --owner oak --recipient harbour --type clinical --note 'zaphod moves'");
    let request = world.ok("sharing list -q");
    world.ok(&format!("sharing deny {} --reason 'zaphod is away'", request.trim()));
    world.ok(&format!("sharing grant {} --expires 2027-06-30", request.trim()));
    world.ok("record list brook --viewer harbour");
    world.write("paper.pdf", [&PDF[..9], b"% zaphod\n", &PDF[9..]].concat());
    world.ok("release add brook --owner oak --type forms --document paper.pdf --signed today --all-providers --signed-by 'Zaphod Brook' --purpose 'care of zaphod' --expires 2027-06-30");
}

/// Ends what is open with the very commands that the refusal names.
fn end_what_is_open(world: &World) {
    let refused = world.run_json("client erase brook --yes");
    assert_eq!(refused.status, 4, "{}", refused.stderr);
    let error: serde_json::Value = serde_json::from_str(refused.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["code"], "client.open");
    let commands = error["error"]["details"]["commands"].as_array().unwrap();
    assert!(commands.len() >= 6, "{commands:?}");
    for command in commands {
        let command = command.as_str().unwrap().strip_prefix("caredesk ").unwrap();
        world.ok(&format!("{command} --yes"));
    }
}

/// Every column of text, as `table.column`, of the tables that lead to a client.
fn columns(world: &World) -> Vec<String> {
    let (keys, texts) = match world.engine() {
        Engine::Sqlite => (
            "SELECT t.name, f.\"table\" FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'",
            "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND c.type = 'TEXT' AND c.name NOT LIKE '%\\_at' ESCAPE '\\' AND c.name NOT LIKE '%\\_on' ESCAPE '\\'
                AND c.name NOT IN ('at', 'birth_date', 'offered_start') ORDER BY 1, 2",
        ),
        Engine::Postgres => (
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'",
            "SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type = 'text' ORDER BY 1, 2",
        ),
    };
    let pairs = |query: &str| -> Vec<[String; 2]> {
        let rows = world.sql(query).into_iter();
        rows.map(|row| [row[0].clone().unwrap(), row[1].clone().unwrap()]).collect()
    };
    let keys = pairs(keys);
    let mut tables = vec!["client".to_owned()];
    while let Some([table, _]) = keys.iter().find(|[from, to]| tables.contains(to) && !tables.contains(from))
    {
        tables.push(table.clone());
    }
    let texts = pairs(texts).into_iter().filter(|[table, _]| tables.contains(table));
    texts.map(|[table, column]| format!("{table}.{column}")).collect()
}

/// Writes a text of its own into each column; returns those texts.
fn plant(world: &World) -> Vec<String> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for place in columns(world).into_iter().filter(|column| !KEPT.contains(&column.as_str())) {
        let (table, _) = place.split_once('.').unwrap();
        tables.entry(table.to_owned()).or_default().push(place);
    }
    let row = if world.engine() == Engine::Sqlite { "rowid" } else { "ctid" };
    for (table, places) in &tables {
        let notes = if table == "referral_change" { "WHERE what = 'note' AND was IS NOT NULL" } else { "" };
        let set = |place: &String| format!("{} = 'planted {place}'", place.split_once('.').unwrap().1);
        let set: Vec<String> = places.iter().map(set).collect();
        world.sql(&format!(
            "UPDATE {table} SET {} WHERE {row} = (SELECT {row} FROM {table} {notes} LIMIT 1)",
            set.join(", ")
        ));
    }
    assert!(tables.values().flatten().count() > 25, "{tables:?}");
    let texts: Vec<String> = tables.into_values().flatten().map(|place| format!("planted {place}")).collect();
    let stored = everything(world);
    let missing: Vec<_> = texts.iter().filter(|text| !stored.contains(text.as_str())).collect();
    assert_eq!(missing, [""; 0], "there is a row in each table");
    texts
}

/// All that is stored as text, and on SQLite the very files.
fn everything(world: &World) -> String {
    let mut text = format!("{:?}", dump(world));
    if world.engine() == Engine::Sqlite {
        for ending in ["", "-wal"] {
            let bytes = fs::read(world.database_name() + ending).unwrap_or_default();
            text += &String::from_utf8_lossy(&bytes);
        }
    }
    text
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

// Rule 5.8.
both_engines!(nothing_is_left_of_an_erased_client, |world| {
    settle(world);
    end_what_is_open(world);
    let planted = plant(world);
    let code = world.ok("client list -q");
    let code = code.trim();
    world.ok(&format!("client export {code} --dir copy"));
    let copied: String = files(&world.path("copy"))
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let is_key = |text: &&String| text.ends_with("_key");
    for text in planted.iter().filter(|text| !is_key(text)) {
        assert!(copied.contains(text.as_str()), "`{text}` is not in the copy");
    }
    let refused = world.run(&format!("client erase {code}"));
    assert_eq!(refused.status, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("There is no copy"), "{}", refused.stderr);
    world.ok(&format!("client erase {code} --yes"));
    let left = everything(world);
    let told: Vec<_> = planted.iter().filter(|text| left.contains(text.as_str())).collect();
    assert_eq!(told, [""; 0]);
    let left = left.to_lowercase();
    for word in ["zaphod", "brook", "moss", "ab1 2cd", "1941-03-02"] {
        assert!(!left.contains(word), "`{word}` is left");
    }
    let verdict = world.json("audit verify");
    assert_eq!(verdict["intact"], true);
    assert!(verdict["erased"].as_i64().unwrap() > 20, "{verdict}");
    world.ok("database check");
    assert_eq!(world.json("client list")[0]["code"], code);
    assert_eq!(world.json("referral list")[0]["client"], code);
    let again = world.ok(&format!("client erase {code} --yes"));
    assert!(again.contains("was erased on"), "{again}");
});

// Rule 5.8.
both_engines!(an_emptied_entry_without_an_erasure_is_found, |world| {
    settle(world);
    end_what_is_open(world);
    world.ok("client erase brook --yes");
    world.ok("audit verify");
    world.sql("UPDATE audit SET subject = 'CLI-000000' WHERE erased AND sequence = (SELECT max(sequence) FROM audit WHERE erased)");
    assert_eq!(world.run("audit verify").status, 8);
});

both_engines!(a_copy_is_made_first, |world| {
    settle(world);
    end_what_is_open(world);
    world.write("taken", "");
    assert_eq!(world.run("client erase brook --export taken --yes").status, 4);
    world.ok("client erase brook --export copy --yes");
    let names: Vec<String> = files(&world.path("copy")).into_iter().map(|(name, _)| name).collect();
    let release = world.ok("release list -q");
    let document = format!("{}.pdf", release.trim());
    let kinds = [
        "alerts.json", "audit.json", "client.json", "contacts.json", "contracts.json", "disclosures.json",
        "disclosures.pdf", "enrolments.json", "merged-clients.json", "packages.json", "records.json",
        "referrals.json", "releases.json", "removed-offers.json", "sharing-requests.json", "visits.json",
    ];
    let mut expected: Vec<&str> = kinds.into_iter().chain([document.as_str()]).collect();
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!(world.run(&format!("release document {} --file x.pdf", release.trim())).status, 4);
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(world.path("copy")).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700);
});

// An imported client has a key that follows from where it came from.
both_engines!(an_erased_client_does_not_come_back_under_its_code, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family\n7,Zaphod,Brook\n");
    world.ok("client import people.csv");
    world.ok("client erase zaphod --yes");
    world.ok("client import people.csv");
    let clients = world.json("client list");
    let names: Vec<_> =
        clients.as_array().unwrap().iter().map(|one| one["family"].as_str().unwrap()).collect();
    assert_eq!(names, ["erased", "Brook"]);
});

// Rules 5.6, 5.8: an import that was taken back has left its traces in the trail.
both_engines!(who_was_imported_and_taken_back_is_forgotten_too, |world| {
    world.ok("init");
    world.ok("provider create 'Oak House'");
    world.ok("queue add-resource 'Home care' oak");
    world.ok("client create --given Ada --family Moss");
    let imports = [
        ("client", "id,given,family\nz-7,Zaphod,Brook\n"),
        ("contact", "number,client,phone\nzaphod-1,z-7,01632 960177\n"),
        ("referral", "id,queue,contact_number,resource,note\nr1,Home care,zaphod-1,oak,zaphod walks badly\n"),
        ("record", "id,client,provider,type,date,title\nz-r,z-7,oak,clinical,2026-01-02,zaphod fell\n"),
    ];
    for (noun, table) in imports {
        world.write("table.csv", table);
        world.ok(&format!("{noun} import table.csv --source county"));
    }
    let code = world.ok("client list --name zaphod -q");
    let code = code.trim();
    let imports = world.ok("import list -q");
    for import in imports.lines() {
        world.ok(&format!("import undo {import} --yes"));
    }
    assert_eq!(world.run("client show zaphod").status, 3);
    assert!(everything(world).contains("zaphod walks badly"), "the trail knows");
    assert_eq!(world.run(&format!("client erase {code}")).status, 2, "this must be confirmed");
    assert_eq!(world.run(&format!("client erase {code} --export copy --yes")).status, 4);
    world.ok(&format!("client erase {code} --yes"));
    let left = everything(world).to_lowercase();
    for word in ["zaphod", "brook", "960177", "walks badly"] {
        assert!(!left.contains(word), "`{word}` is left");
    }
    assert!(left.contains("moss"), "others stay");
    let verdict = world.json("audit verify");
    assert_eq!((&verdict["intact"], &verdict["erased"]), (&true.into(), &12.into()), "{verdict}");
    assert!(world.ok(&format!("client erase {code} --yes")).contains("was erased on"));
    assert_eq!(world.run("client erase CLI-ZZZZZZ --yes").status, 3);
});

both_engines!(who_may_export_and_erase, |world| {
    world.ok("init");
    world.ok("client create --given Ada --family Moss");
    for level in ["standard", "supervisor"] {
        world.ok(&format!("account create {level} --name {level} --level {level}"));
    }
    world.story(expect![[r#"
        # as standard
        $ caredesk client export moss --dir copy
        2> error: an account of level `standard` may not export all that is held about a client
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk client erase moss --yes
        2> error: an account of level `standard` may not erase clients
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        # as supervisor
        $ caredesk client export moss --dir copy --dry-run
        dry run: Wrote all that is held about CLI-MJ18AD to copy: 16 files, 0 of them documents.
        $ caredesk client export moss --dir copy
        Wrote all that is held about CLI-MJ18AD to copy: 16 files, 0 of them documents.
        $ caredesk client export moss --dir copy
        2> error: there is a folder `copy` already
        2> hint: name a folder that does not exist yet
        [exit 4]
        $ caredesk client erase moss --yes
        2> error: an account of level `supervisor` may not erase clients
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        # as admin
        $ caredesk client erase moss
        2> error: this must be confirmed: Are you sure you want to erase CLI-MJ18AD (Ada Moss)? It cannot be taken back. There is no copy: `--export FOLDER` makes one first.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk client erase moss --dry-run
        dry run: Erased client CLI-MJ18AD: 0 contacts, 0 referrals, 0 records, 0 documents, and what 2 entries of the audit trail held.
    "#]]);
    let done = world.run("client erase moss --yes");
    assert!(done.stdout.starts_with("Erased client CLI-MJ18AD: ") && done.status == 0, "{done:?}");
    assert!(
        done.stderr.starts_with(
            "note: backups, files that were written and messages that were sent are out of reach"
        )
    );
    world.story(expect![[r#"
        $ caredesk audit list --limit 2
        NUMBER  AT                BY          ACTED BY  ACTION         ON
             6  2026-11-22 09:00  admin                 client.erase   CLI-MJ18AD
             5  2026-11-22 09:00  supervisor            client.export  CLI-MJ18AD
        $ caredesk audit list --on CLI-MJ18AD --columns number,action,erased
        NUMBER  ACTION         ERASED
             6  client.erase   no
             5  client.export  yes
             2  client.create  yes
        $ caredesk audit verify -o jsonl --columns entries,erased,intact
        {"entries":6,"erased":2,"intact":true}
    "#]]);
});
