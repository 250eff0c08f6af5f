//! Tables as people and their spreadsheets make them: each is read as it was meant, or refused with the reason.

use expect_test::expect;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};

use super::{ods, unzipped, zipped};
use crate::town::settle;
use crate::world::{Engine, World};

fn world() -> World {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world
}

/// The people of a file: id, given and family name, birth date, postal code.
fn people(world: &World, name: &str, bytes: impl AsRef<[u8]>) -> Vec<[Value; 5]> {
    world.write(name, bytes);
    let before = world.json("client list");
    world.ok(&format!("client import {name} --source {name}"));
    let keys = ["id", "given", "family", "birth_date", "postal_code"];
    let list = world.json("client list");
    let new = list.as_array().unwrap().iter().filter(|one| !before.as_array().unwrap().contains(one));
    new.map(|one| keys.map(|key| one[key].clone())).collect()
}

fn ann(id: &str) -> [Value; 5] {
    [json!(id), json!("Ann"), json!("Oak"), json!("1950-12-31"), json!("02155")]
}

// Rule 5.3.
#[test]
fn what_people_write_around_a_table_does_not_hide_it() {
    let world = world();
    let heading = "id,given,family,birth_date,postal_code";
    let row = |id: &str| format!("{id},Ann,Oak,1950-12-31,02155");
    let empty = ",,,,\n".repeat(5_000);
    let far = ",".repeat(300);
    for (id, text) in [
        ("1", format!("Client list 2026\n\n{heading}\n{}\n", row("1"))),
        ("2", format!("Client list 2026,,,,\n\"of, the hub\"\n,,,,\n{heading}\n{}\n", row("2"))),
        ("3", format!("{heading}\n{}\n{empty}", row("3"))),
        ("4", format!("{heading}{far}\n{}{far}\n", row("4"))),
        ("5", format!("{heading}\n{}\n\u{1a}", row("5"))),
        ("6", format!("sep=;\r\n{heading}\r\n{}\r\n", row("6")).replace(',', ";")),
        ("7", format!("List\r\n\r\n{heading}\r\n{}\r\n", row("7")).replace(',', "\t")),
        ("8", format!("ID,GIVEN,Family,\"Birth\nDate\",Postal Code\n{}\n", row("8"))),
        ("9", format!("{heading}\n\u{a0}9,\u{a0}Ann\u{a0}, Oak,1950/12/31,'02155\n")),
        ("10", format!("{heading}\n'10,Ann,Oak,31-Dec-1950,=\"02155\"\n")),
        ("11", format!("{heading}\n11,Ann,Oak,\"December 31, 1950\",02155\n")),
    ] {
        assert_eq!(people(&world, &format!("{id}.csv"), &text), [ann(id)], "{text:?}");
    }
    let wide: Vec<u8> = format!("\u{feff}{heading}\r\n{}\r\n", row("12"))
        .replace(',', "\t")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(people(&world, "12.csv", wide), [ann("12")]);
    // A table of one column has no title.
    world.write("one.csv", "name\n\nBee Care\n");
    assert_eq!(world.json("provider import one.csv --dry-run")["created"], 1);
}

// Rule 5.3: what a spreadsheet has lost is asked for, and not kept as if it were a value.
#[test]
fn what_is_lost_or_not_clear_is_named() {
    let world = world();
    world.write("title.csv", "Client list, 2026\nid,given,family\n1,Ann,Oak\n");
    world.write(
        "lost.csv",
        "id,given,family,birth_date\n4.4E+11,Ann,Oak,\n2,#REF!,Elm,\n3,Ann,Oak,#N/A\n4,Ann,Oak,18628\n5,Ann,Oak,3/4/1950\n\
         6,Ann,Oak,31-Dec-50\n",
    );
    world.write("twice.json", r#"[{"id": "1", "given": "Ann", "family": "Oak", "given": "Bo"}]"#);
    world.write(
        "twice.jsonl",
        "{\"id\":\"1\",\"family\":\"Oak\"}\n{\"id\":\"2\",\"family\":\"Oak\",\"family\":\"Elm\"}\n",
    );
    world.write("one.json", "\n{\"id\": \"1\",\n \"family\": \"Oak\", \"id\": \"2\"}\n");
    world.write(
        "fhir.json",
        r#"{"resourceType": "Patient", "id": "p", "birthDate": "1950-12-31", "name": [{"family": "Oak"}], "birthDate": "1951-12-31"}"#,
    );
    world.write(
        "hsds.json",
        r#"[{"id": "o", "name": "Plover", "services": [{"id": "s", "name": "A", "name": "B"}]}]"#,
    );
    world.write("words.csv", "name,active\nBee,WAHR\nBell,faux\nCee,oui\nDee,perhaps\n");
    world.story(expect![[r#"
        $ caredesk client import title.csv
        2> error: `title.csv` has no column `id`
        2> hint: line 2 seems to be the heading: take out what stands above it; say which column holds it: --map id="…"; the columns are `Client list`, ` 2026`
        [exit 5]
        $ caredesk client import lost.csv
        2> rejected: lost.csv line 2: column `id` holds `4.4E+11`, a number that a spreadsheet has shortened: enter it again, as text
        2> rejected: lost.csv line 3: column `given` holds the error #REF!
        2> rejected: lost.csv line 4: column `birth_date` holds the error #N/A
        2> rejected: lost.csv line 5: birth date `18628` is not a date such as 1950-12-31
        2> rejected: lost.csv line 6: birth date `3/4/1950` is not a date such as 1950-12-31; `--date-format` says what its numbers are
        2> rejected: lost.csv line 7: birth date `31-Dec-50` is not a date such as 1950-12-31
        2> error: 6 of 6 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import twice.json
        2> rejected: twice.json line 1: has the key `given` twice
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import twice.jsonl
        2> rejected: twice.jsonl line 2: has the key `family` twice
        2> error: 1 of 2 rows was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import one.json
        2> rejected: one.json line 2: has the key `id` twice
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import fhir.json
        2> rejected: fhir.json: has the key `birthDate` twice
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk provider import hsds.json --source h
        2> rejected: hsds.json at /0: has the key `name` twice
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk provider import words.csv --source w
        2> rejected: words.csv line 5: active `perhaps` is neither yes nor no
        2> error: 1 of 4 rows was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
}

#[test]
fn what_is_no_table_is_told_by_its_first_bytes() {
    let world = world();
    for (name, bytes) in [
        ("image.csv", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff"[..]),
        ("photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("scan.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"),
        ("page.xls", b"\r\n<HTML><body><table>"),
        ("letter.csv", b"{\\rtf1\\ansi id,given}"),
    ] {
        world.write(name, bytes);
    }
    world.story(expect![[r#"
        $ caredesk client import image.csv
        2> error: `image.csv` is no table but an image (PNG)
        2> hint: open it with the program that made it, save it as `.xlsx` or CSV, and import that file
        [exit 5]
        $ caredesk client import photo.csv
        2> error: `photo.csv` is no table but an image (JPEG)
        2> hint: open it with the program that made it, save it as `.xlsx` or CSV, and import that file
        [exit 5]
        $ caredesk provider import scan.csv
        2> error: `scan.csv` is no table but a PDF document
        2> hint: open it with the program that made it, save it as `.xlsx` or CSV, and import that file
        [exit 5]
        $ caredesk account import old.xls
        2> error: `old.xls` is no table but a workbook or document of old versions of Office (.xls, .doc)
        2> hint: open it with the program that made it, save it as `.xlsx` or CSV, and import that file
        [exit 5]
        $ caredesk client import page.xls
        2> error: `page.xls` is no table but a web page (HTML)
        2> hint: open it with the program that made it, save it as `.xlsx` or CSV, and import that file
        [exit 5]
        $ caredesk provider import letter.csv
        2> error: `letter.csv` is no table but a text document (RTF)
        2> hint: open it with the program that made it, save it as `.xlsx` or CSV, and import that file
        [exit 5]
    "#]]);
}

// Rule 5.4.
#[test]
fn workbooks_have_titles_hidden_sheets_and_days_of_two_calendars() {
    let world = world();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 4, "Client list 2026", &Format::new()).unwrap();
    for (column, heading) in (0..).zip(["id", "given", "family", "birth_date", "postal_code"]) {
        sheet.write_string(2, column, heading).unwrap();
    }
    sheet.write_number(3, 0, 440_000_000_000.0).unwrap();
    sheet.write_string(3, 1, "Ann").unwrap();
    sheet.write_string(3, 2, "Oak").unwrap();
    let (day, zeros) = (Format::new().set_num_format("d mmm yyyy"), Format::new().set_num_format("00000"));
    sheet.write_datetime_with_format(3, 3, ExcelDateTime::from_ymd(1950, 12, 31).unwrap(), &day).unwrap();
    sheet.write_number_with_format(3, 4, 2155.0, &zeros).unwrap();
    book.add_worksheet().set_hidden(true).write_string(0, 0, "lists").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let mut parts = unzipped(&bytes);
    assert_eq!(people(&world, "people.xlsx", &bytes), [ann("440000000000")]);
    let workbook = parts.iter_mut().find(|(name, _)| name == "xl/workbook.xml").unwrap();
    let text = String::from_utf8(std::mem::take(&mut workbook.1)).unwrap();
    assert!(text.contains("<workbookPr "), "{text}");
    workbook.1 = text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
    let sheet = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
    let text = String::from_utf8(std::mem::take(&mut sheet.1)).unwrap();
    sheet.1 = text.replace("<v>440000000000</v>", "<v>2</v>").into_bytes();
    let [person] = people(&world, "mac.xlsx", zipped(&parts)).try_into().unwrap();
    assert_eq!(person[3], "1955-01-01", "the same number is four years and a day later");
}

// Rule 5.4: as in `.xlsx`.
#[test]
fn a_merged_cell_of_open_document_counts_for_its_rows() {
    let world = world();
    let cell = |text: &str, more: &str| {
        format!(
            "<table:table-cell {more} office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let covered = "<table:covered-table-cell/>".to_owned();
    let rows = [
        row(&[cell("People", "table:number-columns-spanned=\"3\""), covered.clone(), covered.clone()]),
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>".to_owned(),
        row(&[cell("id", ""), cell("given", ""), cell("family", "")]),
        row(&[cell("1", ""), cell("Ada", ""), cell("Moss", "table:number-rows-spanned=\"3\"")]),
        row(&[cell("2", ""), cell("Bo", ""), covered.clone()]),
        row(&[cell("3", ""), cell("Cy", ""), covered]),
        row(&[cell("4", ""), cell("Di", ""), cell("Fir", "")]),
    ];
    let table = format!(
        "<table:table table:name=\"A\"><table:table-rows>{}</table:table-rows></table:table>",
        rows.concat()
    );
    let names: Vec<_> = people(&world, "people.ods", ods(&table))
        .into_iter()
        .map(|[id, _, family, ..]| [id, family])
        .collect();
    let expected = [["1", "Moss"], ["2", "Moss"], ["3", "Moss"], ["4", "Fir"]];
    assert_eq!(json!(names), json!(expected));
}
