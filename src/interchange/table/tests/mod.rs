mod written;

use std::io::{Cursor, Read};

use super::{Reading, Table, clean_name, clean_text};
use crate::file::Input;
use crate::model::directory::Reject;

fn open(input: &Input) -> crate::error::Result<Table> {
    Table::open(input, &Reading::default())
}

fn sheet(bytes: &[u8]) -> Table {
    open(&Input::of("a.csv", bytes)).expect("a readable sheet")
}

/// Line and cells of every row, and the rejects.
fn rows(mut sheet: Table) -> (Vec<(u64, Vec<String>)>, Vec<Reject>) {
    let (mut rows, mut rejects) = (Vec::new(), Vec::new());
    let columns: Vec<_> =
        sheet.headers.to_vec().iter().map(|name| sheet.column(name).expect("a column")).collect();
    let read = sheet.each(&mut rejects, |row| {
        rows.push((row.line(), columns.iter().map(|column| row.cell(*column).to_owned()).collect()));
        Ok(())
    });
    assert_eq!(read.expect("read to the end"), (rows.len() + rejects.len()) as u64);
    (rows, rejects)
}

fn lines(bytes: &[u8]) -> Vec<u64> {
    rows(sheet(bytes)).0.into_iter().map(|(line, _)| line).collect()
}

#[test]
fn rows_know_the_line_they_start_on_whatever_ends_a_line() {
    assert_eq!(lines(b"a,b\n1,\"x\ny\"\n2,z\n"), [2, 4]);
    assert_eq!(lines(b"a,b\r\n1,\"x\r\ny\"\r\n2,z\r\n3,q"), [2, 4, 5]);
    assert_eq!(lines(b"a,b\r1,\"x\ry\"\r2,z\r3,q\r"), [2, 4, 5]);
    assert_eq!(lines(b"a,b\r1,\"x\ny\"\r2,z\r"), [2, 4]);
    assert_eq!(lines(b"\n\na,b\n\n1,x\n,\n\n2,y\n"), [5, 8]);
    assert_eq!(lines(b"a,b\r\n\r\n1,x\r\n,\r\n\r\n2,y\r\n"), [3, 6]);
}

#[test]
fn lines_are_right_across_many_buffers() {
    let mut text = "id,text\r\n".to_owned();
    let mut expected = Vec::new();
    let mut line = 2;
    for number in 0..40_000 {
        expected.push(line);
        line += if number % 3 == 0 { 2 } else { 1 };
        text.push_str(if number % 3 == 0 { "7,\"one\r\ntwo\"\r\n" } else { "8,plain\r\n" });
    }
    assert_eq!(lines(text.as_bytes()), expected);
}

#[test]
fn cells_are_kept_exactly() {
    let (rows, rejects) =
        rows(sheet(b"\xef\xbb\xbfid,text\r\n007,\"  a \"\"b\"\"\r\nc\n \"\r\n=cmd,+44\r\n"));
    assert_eq!(rejects, []);
    assert_eq!(rows[0].1, ["007", "  a \"b\"\r\nc\n "]);
    assert_eq!(rows[1].1, ["=cmd", "+44"]);
}

#[test]
fn ragged_rows_are_rejects_with_their_cells() {
    let (kept, rejects) = rows(sheet(b"a,b\n1\n2,x\n3,y,z\n4,u,, \n"));
    assert_eq!(kept.len(), 2, "blank cells too many say nothing");
    assert_eq!(rejects[0].origin(), "a.csv line 2");
    assert_eq!(rejects[0].reason, "has 1 cell where the header has 2");
    assert_eq!(rejects[1].cells, ["3", "y", "z"]);
    assert_eq!(&*rejects[1].columns, ["a", "b"]);
}

// Rule 5.3.
#[test]
fn a_quotation_mark_left_open_swallows_nothing() {
    for text in ["a,b\n1,\"x\n2,y\n3,z\n", "a,b\n1,\"x\n2,y\n3,z", "a,b\r1,\"x\r2,\"y\"\r3,z"] {
        let (kept, rejects) = rows(sheet(text.as_bytes()));
        let cells: Vec<_> = kept.iter().map(|(line, cells)| (*line, cells[1].as_str())).collect();
        assert_eq!(cells, [(3, "y"), (4, "z")]);
        assert_eq!(rejects[0].line, Some(2));
        assert_eq!(rejects[0].reason, "a quotation mark is opened and never closed");
        assert_eq!(rejects[0].cells, ["1", "\"x"]);
    }
    let (kept, _) = rows(sheet(b"a,b\n1,\"x\ny\n\"\n"));
    assert_eq!(kept[0].1, ["1", "x\ny\n"]);
    let (kept, rejects) = rows(sheet(b"a,b,c\n1,x,\"y\n2,z\",q\n3,u,v\n"));
    assert_eq!((kept.len(), rejects.len()), (2, 1), "a cell too many, and a row of its own inside");
}

#[test]
fn quotation_marks_are_read_as_they_were_meant() {
    let cells = |text: &str| rows(sheet(format!("a,b\n{text}\n").as_bytes())).0[0].1.join("|");
    for (text, read) in [
        ("7, \"Ash, Elm\"", "7|Ash, Elm"),
        ("\"7\" ,\"x\" ", "7|x"),
        ("7,\"The \"Old Mill\" Trust\"", "7|The \"Old Mill\" Trust"),
        ("7,5\" pipe", "7|5\" pipe"),
        ("7,\"\"", "7|"),
        ("7,\"\"\"\"", "7|\""),
        ("7, x ", "7| x "),
        ("=\"0,7\",x", "=\"0,7\"|x"),
    ] {
        assert_eq!(cells(text), read);
    }
    let merged = sheet(b"id,name,note\n1,\"A,x\n2,B\",y\n");
    let (column, mut merged) = (merged.column("name").expect("a column"), merged);
    let row =
        merged.next_row().expect("read").expect("a row").unwrap_or_else(|reject| panic!("{}", reject.reason));
    assert!(row.name(column).expect_err("two rows").contains("holds several rows"));
    assert_eq!(row.cell(column), "A,x\n2,B");
}

#[test]
fn a_line_may_name_the_delimiter() {
    for text in ["sep=;\r\na;b\r\n1;x,y\r\n", "\"sep=;\"\na;b\n1;x,y\n"] {
        assert_eq!(rows(sheet(text.as_bytes())).0, [(3, vec!["1".to_owned(), "x,y".to_owned()])]);
    }
}

#[test]
fn the_encoding_is_known_or_asked_for() {
    let read = |bytes: &[u8], label: &str| {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes());
        Table::open(&Input::of("a.csv", bytes), &Reading { encoding, ..Reading::default() })
    };
    let latin = b"name,sign\ncaf\xe9,\x80\n";
    let refused = open(&Input::of("a.csv", &latin[..])).err().expect("not UTF-8");
    assert_eq!(refused.message(), "`a.csv` is not UTF-8: the byte 0xE9 on line 2");
    assert!(refused.hint_text().expect("a hint").contains("--encoding"));
    assert_eq!(rows(read(latin, "windows-1252").expect("named")).0[0].1, ["café", "€"]);
    let (kept, rejects) = rows(read(b"a,b\n1,x\n2,\xff\n3,z\n", "utf-8").expect("named"));
    assert_eq!((kept.len(), rejects[0].line), (2, Some(3)));
    assert_eq!(rejects[0].reason, "holds a byte that is not in the encoding UTF-8");
    let wide: Vec<u8> = "\u{feff}name\tb\né\tx\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(sheet(&wide)).0[0].1, ["é", "x"]);
}

#[test]
fn a_large_file_is_looked_at_as_a_whole_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.csv");
    let mut bytes = b"name,text\n".to_vec();
    while bytes.len() < (4 << 20) + 70_000 {
        bytes.extend_from_slice("é,some words to fill the line é\n".as_bytes());
    }
    std::fs::write(&path, &bytes).expect("written");
    let total = rows(open(&path.clone().into()).expect("open")).0.len();
    assert_eq!(total, String::from_utf8_lossy(&bytes).lines().count() - 1);
    bytes.extend_from_slice(b"last,\xe9\n");
    std::fs::write(&path, &bytes).expect("written");
    for input in [path.clone().into(), Input::of("-", &bytes[..])] {
        let refused = open(&input).err().expect("the last line is not UTF-8");
        assert!(refused.message().ends_with(&format!("on line {}", total + 2)), "{}", refused.message());
    }
}

#[test]
fn the_delimiter_is_what_the_header_uses() {
    for text in ["a\tb,c\td\n1\t2\t3\n", "a;\"b,,,\";d\n1;2;3\n", "a|b|c\n1|2|3\n"] {
        assert_eq!(sheet(text.as_bytes()).headers.len(), 3, "{text}");
    }
}

#[test]
fn columns_are_found_exactly_first_and_then_but_for_case_and_space() {
    let sheet = sheet(b"ID, Name ,id\n1,2,3\n");
    assert_eq!(sheet.column("id").expect("exact").0, Some(2));
    assert_eq!(sheet.column("name").expect("folded").0, Some(1));
    assert_eq!(sheet.column("Id").expect_err("either").code(), "import.duplicate_column");
    assert!(sheet.column("email").expect("absent").is_absent());
    let twins = open(&Input::of("a.csv", &b"a,b,a \n"[..])).expect("read");
    assert_eq!(twins.column("A").expect_err("twins").message(), "`a.csv` has two columns named `a`");
    assert!(twins.column("b").is_ok(), "a doubled column matters only where it is needed");
}

#[test]
fn a_mapping_that_does_not_fit_says_what_would() {
    let sheet = sheet(b"Provider Name,Tel\nx,1\n");
    let map = |field: &str, header: &str| vec![(field.to_owned(), header.to_owned())];
    let columns = sheet.mapped(["name", "tel"], &["name"], &map("name", "provider name")).expect("fits");
    assert_eq!(columns.map(|column| column.0), [Some(0), Some(1)]);
    let refused = sheet.mapped(["name"], &[], &map("name", "Provder Name")).expect_err("unknown header");
    assert_eq!(refused.code(), "import.unknown_column");
    assert_eq!(
        refused.hint_text(),
        Some("did you mean `Provider Name`? the columns are `Provider Name`, `Tel`")
    );
    let refused = sheet.mapped(["name"], &[], &map("nmae", "Tel")).expect_err("unknown field");
    assert_eq!(
        (refused.code(), refused.hint_text()),
        ("import.unknown_field", Some("did you mean `name`? the fields are `name`"))
    );
    let refused = sheet.mapped(["name"], &["name"], &[]).expect_err("missing");
    assert_eq!(refused.code(), "import.missing_column");
    assert!(refused.hint_text().expect("a hint").contains("--map name="));
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = |path: &std::path::Path| open(&path.into()).err().map(|error| error.code());
    assert_eq!(code(&folder.path().join("none.csv")), Some("file.unreadable"));
    assert_eq!(code(folder.path()), Some("file.unreadable"));
    for (name, bytes, expected) in [
        ("empty.csv", &b""[..], "import.empty"),
        ("blank.csv", b"\xef\xbb\xbf\r\n\n", "import.empty"),
        ("book.csv", b"PK\x03\x04rest", "import.unreadable"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        assert_eq!(code(&path), Some(expected), "{name}");
    }
}

#[test]
fn names_are_tidied_and_texts_are_not() {
    assert_eq!(clean_name("\u{a0} Bee \n\t  Care "), Ok("Bee Care".to_owned()));
    assert_eq!(clean_name("Bee  Care"), Ok("Bee  Care".to_owned()));
    assert_eq!(clean_name("a\u{1b}[31m"), Err("holds the control character U+001B".to_owned()));
    assert_eq!(clean_name("a\u{85}b"), Err("holds the control character U+0085".to_owned()));
    assert_eq!(clean_text(" a\u{1b}\n "), Ok(Some(" a\u{1b}\n ".to_owned())));
    assert_eq!(clean_text(" \n"), Ok(None));
    assert!(clean_text("a\0").is_err());
}

/// Returns one byte at a time, as a slow pipe does.
struct Drip(Cursor<Vec<u8>>);

impl Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let end = buffer.len().min(1);
        self.0.read(&mut buffer[..end])
    }
}

#[test]
fn a_slow_pipe_gives_the_same() {
    let text = "a,b\r\n1,\"x\r\ny\"\r\n2,z\r\n".as_bytes().to_vec();
    let sheet = open(&Input::of("-", Drip(Cursor::new(text)))).expect("open");
    assert_eq!(rows(sheet).0.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
}
