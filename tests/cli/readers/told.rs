//! What a person is told about workbooks, archives, and files that are not what their names say. It is the same on both
//! engines.

use expect_test::expect;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::{END, gzipped, ods, ods_sheet, unzipped, zip, zipped};
use crate::town::settle;
use crate::world::{Engine, World};

const PEOPLE: &[u8] = b"id,given,family\n007,Ada,Moss\n";

fn world() -> World {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world
}

#[test]
fn archives_hold_one_table_and_nothing_else_leaves_them() {
    let world = world();
    world.write(
        "a.zip",
        zip(&[("../../people.csv", PEOPLE), ("__MACOSX/._people.csv", b"x"), ("read.me", b"x")]),
    );
    world.write("two.zip", zip(&[("a/people.csv", PEOPLE), ("b/more.tsv", PEOPLE)]));
    world.write("nested.zip", zip(&[("inner.zip", &zip(&[("people.csv", PEOPLE)]))]));
    world.write("packed.zip", zip(&[("people.csv.gz", &gzipped(PEOPLE))]));
    world.write("none.zip", zip(&[("read.me", b"x")]));
    world.write("cut.zip", &zip(&[("people.csv", PEOPLE)])[..60]);
    world.write("cut.csv.gz", &gzipped(&PEOPLE.repeat(99))[..40]);
    world.write("bomb.csv.gz", gzipped(&b"7,x\n".repeat(1 << 18)).repeat(90));
    world.write("locked.zip", locked(zip(&[("people.csv", PEOPLE)])));
    world.write("alike.zip", zip(&[("a/people.csv", PEOPLE), ("b/people.csv", PEOPLE)]));
    let mut twice = zip(&[("people.csv", PEOPLE), ("peoplf.csv", PEOPLE)]);
    while let Some(at) = twice.windows(10).position(|window| window == b"peoplf.csv") {
        twice[at + 5] = b'e';
    }
    world.write("twice.zip", twice);
    world.story(expect![[r#"
        $ caredesk client import a.zip --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import two.zip --dry-run
        2> error: `two.zip` holds several tables
        2> hint: name one with `--sheet`: `a/people.csv`, `b/more.tsv`
        [exit 5]
        $ caredesk client import two.zip --sheet people.csv --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import two.zip --sheet c.csv --dry-run
        2> error: `two.zip` has no file `c.csv`
        2> hint: it holds `a/people.csv`, `b/more.tsv`
        [exit 5]
        $ caredesk client import alike.zip --sheet people.csv --dry-run
        2> error: `alike.zip` holds `a/people.csv` and `b/people.csv`
        2> hint: name one with its folder
        [exit 5]
        $ caredesk client import alike.zip --sheet b/people.csv --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import twice.zip --dry-run
        2> error: `twice.zip` holds two files `people.csv`
        2> hint: unpack it, and import the one that is meant
        [exit 5]
        $ caredesk client import nested.zip --dry-run
        2> error: `nested.zip` holds no table
        2> hint: unpack it, and import the files in it
        [exit 5]
        $ caredesk client import packed.zip --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import none.zip --dry-run
        2> error: `none.zip` holds no table
        2> hint: unpack it, and import the files in it
        [exit 5]
        $ caredesk client import cut.zip --dry-run
        2> error: `cut.zip` cannot be unpacked: invalid Zip archive: Could not find EOCD
        2> hint: copy it again if it was cut off; unpack it yourself if it has a password
        [exit 5]
        $ caredesk client import cut.csv.gz --dry-run
        2> error: `cut.csv.gz` cannot be unpacked: incomplete deflate stream
        2> hint: copy it again if it was cut off; unpack it yourself if it has a password
        [exit 5]
        $ caredesk client import bomb.csv.gz --dry-run
        2> error: `bomb.csv.gz` unpacks to more than 64 MiB, which is too much for its size
        2> hint: unpack it yourself if you know what is in it
        [exit 5]
        $ caredesk client import locked.zip --dry-run
        2> error: `locked.zip` cannot be unpacked: unsupported Zip archive: Password required to decrypt file
        2> hint: copy it again if it was cut off; unpack it yourself if it has a password
        [exit 5]
    "#]]);
    let parent = world.directory.path().parent().unwrap();
    assert!(!parent.join("people.csv").exists() && !world.path("people.csv").exists());
}

/// The same archive with the mark of encryption on each of its files.
fn locked(mut bytes: Vec<u8>) -> Vec<u8> {
    for (head, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == head).unwrap();
        bytes[at + flags] |= 1;
    }
    bytes
}

#[test]
fn a_file_is_what_it_holds_and_not_what_it_is_called() {
    let world = world();
    let book = ods(&ods_sheet("People", &[&["id", "given", "family"], &["007", "Ada", "Moss"]]));
    world.write("book.csv", book);
    world.write("table.xlsx", PEOPLE);
    world.write("list.csv", "[{\"id\":\"007\",\"given\":\"Ada\",\"family\":\"Moss\"}]");
    world.write("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest");
    world.write(
        "wide.csv",
        "id,given,family\n007,Ada,Moss\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    );
    world.write("marks.csv", [b"\xef\xbb\xbf\xef\xbb\xbf", PEOPLE].concat());
    world.write("tabs.csv", "sep=\t\r\nid\tgiven\tfamily\r\n007\tAda\tMoss\r\n");
    world.write("empty.json", "[]");
    world.write("texts.json", "[\"Ada\", 7]");
    world.write(
        "first.jsonl",
        "{\"id\":1e999,\"given\":\"Bo\"}\n{\"id\":\"007\",\"given\":\"Ada\",\"family\":\"Moss\"}\n",
    );
    world.story(expect![[r#"
        $ caredesk client import book.csv --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import table.xlsx --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import list.csv --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import old.xls --dry-run
        2> error: `old.xls` is no table but a workbook or document of old versions of Office (.xls, .doc)
        2> hint: open it with the program that made it, save it as `.xlsx` or CSV, and import that file
        [exit 5]
        $ caredesk client import wide.csv --dry-run
        2> error: the heading of `wide.csv` holds NUL characters, so it is in another encoding
        2> hint: say which, such as `--encoding utf-16le`, or save it as UTF-8
        [exit 5]
        $ caredesk client import wide.csv --encoding utf-16le --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import marks.csv --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import tabs.csv --dry-run
        dry run: Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import empty.json --dry-run
        dry run: Clients: 0 read, 0 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import texts.json --dry-run
        2> rejected: texts.json line 1: is not a JSON object
        2> rejected: texts.json line 1: is not a JSON object
        2> error: 2 of 2 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import first.jsonl --dry-run
        2> rejected: first.jsonl line 1: is not a JSON object: number out of range at line 1 column 11
        2> error: 1 of 2 rows was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
}

/// A cell that is merged over several rows counts for each of them (rule 5.4), but for a heading.
#[test]
fn workbooks_are_read_as_they_look() {
    let world = world();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (zeros, day) = (Format::new().set_num_format("00000"), Format::new().set_num_format("dd/mm/yyyy"));
    for (column, heading) in ["id", "given", "family", "birth_date", "postal_code"].into_iter().enumerate() {
        let column = u16::try_from(column).unwrap();
        sheet.merge_range(0, column, 1, column, heading, &Format::new()).unwrap();
    }
    sheet.write_number_with_format(2, 0, 7.0, &zeros).unwrap();
    sheet.write_number(3, 0, 8.0).unwrap();
    sheet.write_formula(5, 0, Formula::new("=4+5").set_result("9")).unwrap();
    for (row, given) in [(2, "Ada"), (3, "Bo"), (5, "Cy")] {
        sheet.write_string(row, 1, given).unwrap();
    }
    sheet.merge_range(2, 2, 5, 2, "Moss", &Format::new()).unwrap();
    let born = ExcelDateTime::from_ymd(1950, 6, 1).unwrap();
    sheet.write_datetime_with_format(2, 3, born, &day).unwrap();
    sheet.write_boolean(3, 4, true).unwrap();
    sheet.set_row_hidden(5).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let mut parts = unzipped(&bytes);
    let sheet = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
    let text = String::from_utf8(std::mem::take(&mut sheet.1)).unwrap();
    let faulty = |cell: &str, value: &str, from: &str| {
        text.replace(&format!("<v>{from}</v>"), &format!("<v>{value}</v>")).replace("D3", cell)
    };
    let variants =
        [("far.xlsx", "ZZZZZ3", "18415"), ("late.xlsx", "D3", "1e300"), ("early.xlsx", "D3", "-1e300")];
    for (name, cell, value) in variants {
        let mut parts = parts.clone();
        let sheet = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
        sheet.1 = faulty(cell, value, "18415").into_bytes();
        world.write(name, zipped(&parts));
    }
    world.write("people.xlsx", bytes);
    world.story(expect![[r#"
        $ caredesk client import people.xlsx
        Clients: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-7P38AH: `caredesk import undo IMP-7P38AH` takes it back.
        $ caredesk client list --columns id,given,family,birth_date,postal_code -o csv
        id,given,family,birth_date,postal_code
        ,Ada,Moss,,
        00007,Ada,Moss,1950-06-01,
        ,Bo,Moss,,
        8,Bo,Moss,,true
        9,Cy,Moss,,
        $ caredesk client import far.xlsx --source other --dry-run
        2> error: row 3 of the sheet has more than 16384 columns
        [exit 5]
        $ caredesk client import late.xlsx --source other --dry-run
        2> rejected: late.xlsx line 3: birth date `1e300` is not a date such as 1950-12-31
        2> rejected: late.xlsx line 4: the id `8` belongs to CLI-KDVJFH (Bo Moss) of the source `people` already
        2> rejected: late.xlsx line 6: the id `9` belongs to CLI-8RYZHX (Cy Moss) of the source `people` already
        2> error: 3 of 3 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import early.xlsx --source other --dry-run
        2> rejected: early.xlsx line 3: birth date `-1e300` is not a date such as 1950-12-31
        2> rejected: early.xlsx line 4: the id `8` belongs to CLI-KDVJFH (Bo Moss) of the source `people` already
        2> rejected: early.xlsx line 6: the id `9` belongs to CLI-8RYZHX (Cy Moss) of the source `people` already
        2> error: 3 of 3 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
}

#[test]
fn a_workbook_of_open_document_is_counted_before_it_is_read() {
    let world = world();
    let rows: Vec<[String; 3]> =
        (0..90).map(|number| [format!("{number:03}"), format!("Ada {number}"), "Moss".to_owned()]).collect();
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mut all: Vec<&[&str]> = vec![&["id", "given", "family"]];
    all.extend(cells.iter().map(Vec::as_slice));
    let sheet = ods_sheet("People", &all);
    world.write("plain.ods", ods(&sheet));
    world.write("two.ods", ods(&format!("{sheet}{}", sheet.replace("People", "More"))));
    let end = |row: &str| ods(&sheet.replace(END, row));
    world.write(
        "rows.ods",
        end(&END.replace("columns-repeated=\"16384\"", "columns-repeated=\"3\" office:value=\"1\"")),
    );
    let empty = "<table:table-row><table:table-cell table:number-columns-repeated=\"16000\"/><table:table-cell/></table:table-row>";
    world.write("cells.ods", end(&empty.repeat(3_000)));
    let late = "<table:table-row><table:table-cell office:value-type=\"date\" \
        office:date-value=\"+262142-12-31T23:59:59.9\"/></table:table-row>";
    world.write("late.ods", end(late));
    world.story(expect![[r#"
        $ caredesk client import plain.ods --dry-run
        dry run: Clients: 90 read, 90 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import two.ods --dry-run
        2> error: `two.ods` has several sheets
        2> hint: name one with `--sheet`: `People`, `More`
        [exit 5]
        $ caredesk client import two.ods --sheet more --dry-run
        dry run: Clients: 90 read, 90 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk client import rows.ods --dry-run
        2> error: `rows.ods` has more than 1000000 cells
        2> hint: save the sheet as `.xlsx` or CSV
        [exit 5]
        $ caredesk client import cells.ods --dry-run
        2> error: `cells.ods` has more than 1000000 cells
        2> hint: save the sheet as `.xlsx` or CSV
        [exit 5]
        $ caredesk client import late.ods --dry-run
        2> rejected: late.ods line 92: has no name
        2> error: 1 of 91 rows was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
}
