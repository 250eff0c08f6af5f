//! Records: added one by one, taken over from files, and never changed.

use expect_test::expect;

use crate::own_list;
use crate::town::settle;
use crate::world::World;

fn begin(world: &World) {
    world.begin(|world| {
        settle(world);
        world.ok("category create Meals");
        world.ok("category create Transport");
        world.ok("contract create acme 'Acme meals' --start 2026-01-01 --category meals");
        world.sql("UPDATE client SET external_id = 'A-7' WHERE code = 'CLI-00000A'");
        world.sql("UPDATE contract SET code = 'CTR-000001'");
    });
}

both_engines!(records_come_from_a_table, |world| {
    begin(world);
    world.write(
        "records.csv",
        "client,provider,KIND,date,title,contract,units,id\n\
        CLI-00000A,acme,services,2026-11-01,Lunch,Acme meals,2,s1\n\
        A-7,Acme Care,case-notes,2026-11-02,\"Call, long\",,,s2\n\
        CLI-00000B,birch,forms,2026-11-03,Form,,,s1\n",
    );
    world.story(expect![[r#"
        $ caredesk record import records.csv --map type=KIND --dry-run
        dry run: Records: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk record import records.csv --map type=KIND
        Records: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-GRMSDV: `caredesk import undo IMP-GRMSDV` takes it back.
        $ caredesk contract edit 'acme meals' --category meals --category transport
        Changed contract CTR-000001 (Acme meals): categories Meals → Meals, Transport.
        $ caredesk record import records.csv --map type=KIND -o json
        {
          "read": 3,
          "created": 0,
          "updated": 0,
          "unchanged": 3,
          "rejected": 0,
          "cleared": {},
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": null
        }
        $ caredesk record list CLI-00000A --columns owner,type,happened_on,title,category,contract,units,basis
        OWNER       TYPE        HAPPENED ON  TITLE       CATEGORY  CONTRACT    UNITS  BASIS
        PRV-00000A  case-notes  2026-11-02   Call, long
        PRV-00000A  services    2026-11-01   Lunch       Meals     CTR-000001  2
        $ caredesk record list CLI-00000A --type case-notes --since 2026-11-02 --until 2026-11-02 --columns title
        TITLE
        Call, long
        $ caredesk record list CLI-00000A --until 2026-10-31
        2> note: no records
    "#]]);
});

// Rule 5.2.
both_engines!(a_table_with_fewer_columns_says_nothing_else, |world| {
    begin(world);
    world.write(
        "records.csv",
        "client,provider,type,date,title,contract,units,detail,id\n\
        CLI-00000A,acme,services,2026-11-01,Lunch,Acme meals,2,warm,s1\n",
    );
    world.write(
        "short.csv",
        "client,provider,type,date,title,id\nCLI-00000A,acme,services,2026-11-01,Lunch,s1\n",
    );
    world.write(
        "empty.csv",
        "client,provider,type,date,title,detail,id\nCLI-00000A,acme,services,2026-11-01,Lunch,,s1\n",
    );
    world.story(expect![[r#"
        $ caredesk record import records.csv
        Records: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-CEP9ZW: `caredesk import undo IMP-CEP9ZW` takes it back.
        $ caredesk record import short.csv -o jsonl
        {"file":"short.csv","row":2,"place":null,"outcome":"unchanged","record":"REC-8AFE0R","record_name":null,"changes":[],"reason":null}
        {"read":1,"created":0,"updated":0,"unchanged":1,"rejected":0,"cleared":{},"not_kept":{},"changes":[],"more_changes":0,"gains":[],"losses":[],"import":null}
        $ caredesk record import empty.csv
        2> rejected: empty.csv line 2: the id `s1` of `Acme Care` belongs to REC-8AFE0R already, which says something else
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
});

both_engines!(records_come_from_json_lines, |world| {
    begin(world);
    world.write(
        "records.jsonl",
        "{\"client\":\"CLI-00000A\",\"type\":\"services\",\"date\":\"2026-11-01\",\"title\":\"Lunch\",\"units\":2,\"id\":17}\n\n\
        {\"client\":\"A-7\",\"type\":\"clinical\",\"date\":\"2026-11-02\",\"title\":\"Scan\",\"detail\":\"two\\nlines\",\"id\":\"18\"}\n",
    );
    world.story(expect![[r#"
        $ caredesk record import records.jsonl
        2> error: `records.jsonl` has no column `provider`
        2> hint: say which column holds it: --map provider="…"; the columns are `client`, `type`, `date`, `title`, `units`, `id`, `detail`
        [exit 5]
        $ caredesk record import records.jsonl --provider acme
        Records: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-EK6TD9: `caredesk import undo IMP-EK6TD9` takes it back.
        $ caredesk record import records.jsonl --provider acme
        Records: 2 read, 0 created, 0 updated, 2 unchanged, 0 rejected.
        $ caredesk record list CLI-00000A -o jsonl --columns owner,type,title,units,detail
        {"owner":"PRV-00000A","type":"clinical","title":"Scan","units":null,"detail":"two\nlines"}
        {"owner":"PRV-00000A","type":"services","title":"Lunch","units":"2","detail":null}
    "#]]);
});

// Rule 5.4.
both_engines!(what_a_list_writes_comes_in_again, |world| {
    begin(world);
    world.write(
        "records.csv",
        "client,provider,type,date,title,contract,units,detail,id\n\
        CLI-00000A,acme,services,2026-11-01,=Lunch,Acme meals,007,,s1\n\
        CLI-00000A,birch,case-notes,2026-11-02,\"Call, long\",,,\"two\nlines; =1\",s1\n",
    );
    world.ok("record import records.csv");
    world.ok("record add CLI-00000A --provider acme --type forms --date 2026-11-03 --title Form");
    world.sql("UPDATE record SET code = 'REC-000001' WHERE title = 'Form'");
    own_list::changes_nothing(world, "record list CLI-00000A", "record import", 3);
    world.write(
        "mine.csv",
        "client,owner,type,happened_on,title,code\nCLI-00000A,acme,forms,2026-11-03,Other,REC-000001\n",
    );
    world.story(expect![[r#"
        $ caredesk record import mine.csv
        2> rejected: mine.csv line 2: the id `REC-000001` of `Acme Care` belongs to REC-000001 already, which says something else
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
});

both_engines!(faulty_rows_are_rejected_and_nothing_is_written, |world| {
    begin(world);
    world.write(
        "first.csv",
        "client,provider,type,date,title,id\nCLI-00000A,acme,services,2026-11-01,Lunch,1\n",
    );
    world.ok("record import first.csv");
    world.sql("UPDATE record SET code = 'REC-000001'");
    world.write(
        "faulty.csv",
        "client,provider,type,date,title,category,contract,id\n\
        CLI-00000A,acme,services,2026-11-01,Dinner,,,1\n\
        CLI-00000Z,acme,services,2026-11-01,Lunch,,,2\n\
        CLI-00000A,nobody,services,2026-11-01,Lunch,,,3\n\
        CLI-00000A,acme,service,2026-11-01,Lunch,,,4\n\
        CLI-00000A,acme,services,2026-13-01,Lunch,,,5\n\
        CLI-00000A,acme,services,2026-11-01,,,,6\n\
        CLI-00000A,acme,services,2026-11-01,Lunch,,,\n\
        CLI-00000A,birch,services,2026-11-01,Lunch,,Acme meals,8\n\
        CLI-00000A,acme,services,2026-11-01,Lunch,Laundry,,9\n\
        CLI-00000A,acme,services,2026-11-01,Lunch,,,10\n\
        CLI-00000A,acme,services,2026-11-01,Lunch,,,10\n\
        CLI-00000A,acme,services,2026-11-02,Lunch,,,10\n\
        CLI-00000A,acme,services\n",
    );
    world.write("headless.csv", "a,b\n1,2\n");
    world.story(expect![[r#"
        $ caredesk record import faulty.csv
        2> rejected: faulty.csv line 5: type `service` is not known: did you mean services?
        2> rejected: faulty.csv line 6: date `2026-13-01` is not a date such as 2026-12-31
        2> rejected: faulty.csv line 7: has no title
        2> rejected: faulty.csv line 8: has no id
        2> rejected: faulty.csv line 14: has 3 cells where the header has 8
        2> rejected: faulty.csv line 3: there is no client `CLI-00000Z`
        2> rejected: faulty.csv line 4: there is no provider `nobody`
        2> rejected: faulty.csv line 9: there is no contract `Acme meals`
        2> rejected: faulty.csv line 10: there is no category `Laundry`
        2> rejected: faulty.csv line 2: the id `1` of `Acme Care` belongs to REC-000001 already, which says something else
        2> rejected: faulty.csv line 13: the id `10` of `Acme Care` belongs to a row before already, which says something else
        2> error: 11 of 13 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk record list CLI-00000A --columns title
        TITLE
        Lunch
        $ caredesk record import faulty.csv --keep-going --rejects bad.csv -o json
        {
          "read": 13,
          "created": 1,
          "updated": 0,
          "unchanged": 1,
          "rejected": 11,
          "cleared": {},
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": "IMP-R7NMEG"
        }
        2> {"rejected":{"at":"faulty.csv line 5","reason":"type `service` is not known: did you mean services?"}}
        2> {"rejected":{"at":"faulty.csv line 6","reason":"date `2026-13-01` is not a date such as 2026-12-31"}}
        2> {"rejected":{"at":"faulty.csv line 7","reason":"has no title"}}
        2> {"rejected":{"at":"faulty.csv line 8","reason":"has no id"}}
        2> {"rejected":{"at":"faulty.csv line 14","reason":"has 3 cells where the header has 8"}}
        2> {"rejected":{"at":"faulty.csv line 3","reason":"there is no client `CLI-00000Z`"}}
        2> {"rejected":{"at":"faulty.csv line 4","reason":"there is no provider `nobody`"}}
        2> {"rejected":{"at":"faulty.csv line 9","reason":"there is no contract `Acme meals`"}}
        2> {"rejected":{"at":"faulty.csv line 10","reason":"there is no category `Laundry`"}}
        2> {"rejected":{"at":"faulty.csv line 2","reason":"the id `1` of `Acme Care` belongs to REC-000001 already, which says something else"}}
        2> {"rejected":{"at":"faulty.csv line 13","reason":"the id `10` of `Acme Care` belongs to a row before already, which says something else"}}
        2> {"note":"11 rejected rows are in `bad.csv`"}
        2> {"error":{"kind":"partial","code":"import.partial","message":"11 of 13 rows were rejected; the others were imported","hint":"correct those rows and import the file again: rows that are already imported stay as they are","details":{"read":13,"created":1,"updated":0,"unchanged":1,"rejected":11}}}
        [exit 9]
        $ caredesk record list CLI-00000A --columns title
        TITLE
        Lunch
        Lunch
        $ caredesk record import headless.csv
        2> error: `headless.csv` has no column `client`
        2> hint: say which column holds it: --map client="…"; the columns are `a`, `b`
        [exit 5]
        $ caredesk record import headless.csv --map nonsense=a
        2> error: there is no field `nonsense` to map
        2> hint: the fields are `client`, `provider`, `type`, `date`, `title`, `category`, `contract`, `units`, `detail`, `never_shared`, `id`
        [exit 5]
        $ caredesk record import missing.csv
        2> error: there is no file `missing.csv`
        [exit 5]
    "#]]);
    assert_eq!(world.read("bad.csv").lines().count(), 12);
});

// Rule 5.2.
both_engines!(of_many_notes_the_first_are_told, |world| {
    begin(world);
    let mut line = "record import".to_owned();
    for number in 10..35 {
        let name = format!("r{number}.csv");
        let row = format!("CLI-00000A,acme,forms,2026-11-01,Form,{number},blue\n");
        world.write(&name, format!("client,provider,type,date,title,id,colour\n{row}"));
        line += &format!(" {name}");
    }
    let told = world.run(&line).stderr;
    let shown = told.lines().filter(|line| line.contains("left aside: `colour` (1 value)")).count();
    assert_eq!(shown, 20, "{told}");
    assert!(told.contains("note: … and 5 more of such notes"), "{told}");
});

// Rules 3.16, 5.2 and 5.6.
both_engines!(a_table_says_what_is_never_shared, |world| {
    begin(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type services");
    let table = |never: &str| {
        format!(
            "client,provider,type,date,title,id,never_shared\nCLI-00000A,acme,services,2026-11-01,Lunch,s1,{never}\n"
        )
    };
    world.write("yes.csv", table("yes"));
    world.write("no.csv", table("no"));
    world.write("empty.csv", table(""));
    world.write("bad.csv", table("perhaps"));
    world.story(expect![[r#"
        $ caredesk record import yes.csv
        Records: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-54JHCR: `caredesk import undo IMP-54JHCR` takes it back.
        $ caredesk record import empty.csv
        Records: 1 read, 0 created, 0 updated, 1 unchanged, 0 rejected.
        $ caredesk record list CLI-00000A --columns title,never_shared
        TITLE  NEVER SHARED
        Lunch  yes
        $ caredesk record import bad.csv
        2> rejected: bad.csv line 2: column `never_shared`: `perhaps` is neither yes nor no
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk record import no.csv
        Records: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Import IMP-94RZD8: `caredesk import undo IMP-94RZD8` takes it back.
        2> note: `Birch Homecare` gains access to 1 record of 1 client
        $ caredesk record list CLI-00000A --columns title,never_shared
        TITLE  NEVER SHARED
        Lunch  no
        $ caredesk record import yes.csv
        Records: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Import IMP-GH5SGZ: `caredesk import undo IMP-GH5SGZ` takes it back.
        2> note: `Birch Homecare` loses access to 1 record of 1 client
        $ caredesk import list --columns created,updated
        CREATED  UPDATED
              0        1
              0        1
              1        0
    "#]]);
    world.ok("audit verify");
});
