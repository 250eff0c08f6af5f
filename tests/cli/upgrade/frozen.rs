//! Databases that earlier programs have left behind, `tests/fixtures/frozen`: upgraded they are as new ones, and hold what they held.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;

use chrono::{DateTime, TimeDelta, Utc};
use expect_test::expect;
use flate2::read::GzDecoder;

use crate::town::verified;
use crate::world::{Engine, World, answer, fixture};

/// When the programs were asked the first question; each took a minute.
const ASKED_AT: &str = "2026-10-31T09:00:00Z";

/// The schemas of which there is one, such as `0003`.
pub fn frozen() -> Vec<String> {
    let names = fs::read_dir(fixture("frozen")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut schemas: Vec<String> =
        names.filter_map(|name| name.to_str()?.strip_suffix(".answers").map(str::to_owned)).collect();
    schemas.sort();
    assert!(schemas.len() > 7, "{schemas:?}");
    schemas
}

/// Puts one of them in the place of whatever there is.
pub fn thaw(world: &World, schema: &str) {
    world.clear();
    if world.engine() == Engine::Sqlite {
        world.write("test.db", "");
    }
    let engine = if world.engine() == Engine::Sqlite { "sqlite" } else { "postgres" };
    let mut text = String::new();
    let file = fs::File::open(fixture(&format!("frozen/{schema}.{engine}.sql.gz"))).unwrap();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    // The tables are in the order of their names.
    world.sqlite(&format!("PRAGMA foreign_keys = OFF; {text} PRAGMA journal_mode = WAL"));
    world.psql(&text);
    world.at(ASKED_AT);
}

// Rules 4.7, 7.80: what a program of each of these schemas has left is read as it read it; all is as its audit trail tells, which is
// whole; and the schema is that of a new database to the letter.
both_engines!(what_was_frozen_is_as_it_was_in_a_database_as_new, |world| {
    world.ok("init");
    let (new, all) = (layout(world), steps(world));
    for schema in frozen() {
        thaw(world, &schema);
        answers_as_it_did(world, &schema);
        differs_in_nothing(&layout(world), &new, &schema);
        assert_eq!(steps(world), all, "{schema}");
        world.ok("database check");
        verified(world);
        world.ok("doctor --only integrity,references,permissions,schema,chain,recorded,rules");
    }
});

fn answers_as_it_did(world: &World, schema: &str) {
    let answers = fs::read_to_string(fixture(&format!("frozen/{schema}.answers"))).unwrap();
    let mut asked = 0;
    for (number, answer) in (0..).zip(answers.split("$ caredesk ").skip(1)) {
        let (question, answer) = answer.split_once('\n').unwrap();
        let at: DateTime<Utc> = ASKED_AT.parse().unwrap();
        world.at(&(at + TimeDelta::minutes(number)).to_rfc3339());
        assert_eq!(world.ok(question), answer, "{schema}: {question}");
        asked += 1;
    }
    assert!(asked > 15, "{schema}");
}

fn steps(world: &World) -> Vec<Vec<Option<String>>> {
    world.sql("SELECT CAST(version AS TEXT), name FROM schema_migration ORDER BY version")
}

/// Everything that a schema is made of, a line for each. Columns are in their order: a new database is made by the same steps, and so
/// another order shows that one step did something else. On a server it is counted, since columns that were dropped leave gaps.
fn layout(world: &World) -> BTreeSet<String> {
    let text = match world.engine() {
        Engine::Sqlite => "SELECT type || ' ' || name || ' of ' || tbl_name || ': ' || COALESCE(sql, '') FROM sqlite_schema",
        Engine::Postgres => {
            "SELECT 'column ' || attrelid::regclass || ' ' || ROW_NUMBER() OVER (PARTITION BY attrelid ORDER BY attnum) || ' ' || attname
                || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attcollation::regcollation
                || ' ' || COALESCE((SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum), '')
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
            UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT 'index ' || pg_get_indexdef(oid) FROM pg_class
            WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'view ' || oid::regclass || pg_get_viewdef(oid) FROM pg_class
            WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        }
    };
    let found: BTreeSet<String> = world.sql(text).into_iter().flatten().flatten().collect();
    assert!(found.len() > 100, "{found:#?}");
    found
}

fn differs_in_nothing(upgraded: &BTreeSet<String>, new: &BTreeSet<String>, schema: &str) {
    let missing: Vec<_> = new.difference(upgraded).collect();
    let beside: Vec<_> = upgraded.difference(new).collect();
    assert!(missing.is_empty() && beside.is_empty(), "{schema}: missing {missing:#?}, beside it {beside:#?}");
}

/// One change of each noun, on what was frozen.
const CHANGES: &str = "\
client edit thornby --postal-code 'MB9 9ZZ'
client create --given Nia --family Prior
client enroll prior ash
provider edit bluebell --phone '01632 960299'
resource edit 'ash nights' --fees none
capacity set bluebell 7 --unit places
queue create Meals --status New --status Done:closed
category create Meals
contract edit 'nursing at home' --stop 2027-12-31
contact create --client quill --number 2026-0901
referral create --queue meals --client adeyemi
account edit tim --level standard
package respond 'żuławski mondays' --provider bluebell --accept
package respond 'clock change' --provider ash --reject --reason full
outsource add-provider 'quill dressing' ash
record add thornby --provider ash --type services --date 2026-10-30 --title Late
sharing setup ash --type forms --level 2
sharing link ash bluebell --type case-notes
sharing request thornby --owner ash --recipient bluebell --type services
";

// Rules 4.7, 7.80: what was frozen is worked on as anything else is, and how it stood before the upgrade is said as far as that is known.
both_engines!(what_was_frozen_is_worked_on, |world| {
    for schema in frozen() {
        thaw(world, &schema);
        let done = world.run_with_input("batch -", CHANGES.as_bytes());
        assert_eq!(done.status, 0, "{schema}: {}{}", done.stdout, done.stderr);
        asks_for_the_password(world);
        world.ok("database check");
        verified(world);
    }
});

/// Which an account was given before.
fn asks_for_the_password(world: &World) {
    world.write("password", fs::read(fixture("frozen/password")).unwrap());
    world.as_user("sue");
    assert_eq!(world.run("whoami --as cem").status, 2);
    let mut knows = world.command("whoami --as cem");
    let answer = answer(knows.env("CAREDESK_PASSWORD_FILE", "password").output().unwrap());
    assert_eq!(answer.status, 0, "{answer:?}");
    world.as_user("admin");
}

// Rule 7.80: earlier instants are read as far back as the program of then kept them.
both_engines!(how_it_stood_before_an_upgrade, |world| {
    thaw(world, "0003");
    world.ok("whoami");
    world.story(expect![[r#"
        $ caredesk package list --at 2026-09-20
        2> error: how all stood is known since 2026-10-30 09:00 alone
        2> hint: an earlier version of the program did not keep it; histories and `caredesk audit list` go further back
        [exit 4]
        $ caredesk audit list --on 'Thornby mornings' --columns action,by
        ACTION            BY
        package.respond   pia
        package.respond   admin
        outsource.create  admin
    "#]]);
    thaw(world, "0036");
    world.ok("whoami");
    world.story(expect![[r#"
        $ caredesk package list --at 2026-09-20 --columns reference,status
        REFERENCE                         STATUS
        Tanaka Tuesdays                   handed back
        Clock change October              pending
        Quill dressing                    rejected
        Żuławski Mondays                  pending
        Adeyemi insulin                   accepted
        Thornby mornings                  accepted
    "#]]);
});
