use std::io::{Cursor, Read};

use super::{CsvReader, clean_name, clean_text};
use crate::file::Input;
use crate::model::directory::Reject;

fn sheet(bytes: &[u8]) -> CsvReader {
    CsvReader::open(&Input::holding("a.csv", bytes)).expect("a readable sheet")
}

/// Line and cells of every row, and the rejects.
fn rows(mut sheet: CsvReader) -> (Vec<(u64, Vec<String>)>, Vec<Reject>) {
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
    let (kept, rejects) = rows(sheet(b"a,b\n1\n2,x\n3,y,z\n"));
    assert_eq!(kept.len(), 1);
    assert_eq!(rejects[0].origin(), "a.csv line 2");
    assert_eq!(rejects[0].reason, "has 1 cell where the header has 2");
    assert_eq!(rejects[1].cells, ["3", "y", "z"]);
    assert_eq!(&*rejects[1].columns, ["a", "b"]);
}

#[test]
fn a_quotation_mark_left_open_swallows_nothing() {
    for text in ["a,b\n1,\"x\n2,y\n3,z\n", "a,b\n1,\"x\n2,y\n3,z"] {
        let (kept, rejects) = rows(sheet(text.as_bytes()));
        assert_eq!(kept, []);
        assert_eq!(rejects[0].line, Some(2));
        assert_eq!(rejects[0].reason, "a quotation mark is opened and never closed");
    }
    let (kept, _) = rows(sheet(b"a,b\n1,\"x\ny\n\"\n"));
    assert_eq!(kept[0].1, ["1", "x\ny\n"]);
}

#[test]
fn another_encoding_is_read_as_a_whole_and_said_aloud() {
    let latin = sheet(b"name,sign\ncaf\xe9,\x80\n\xc3\xa9,x\n");
    assert_eq!(latin.notes(), ["a.csv is not UTF-8: it was read as windows-1252."]);
    let (rows_of_latin, _) = rows(latin);
    assert_eq!(rows_of_latin[0].1, ["café", "€"]);
    assert_eq!(rows_of_latin[1].1, ["Ã©", "x"]);
    let wide: Vec<u8> = "\u{feff}name\tb\né\tx\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (rows_of_wide, _) = rows(sheet(&wide));
    assert_eq!(rows_of_wide[0].1, ["é", "x"]);
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
    assert_eq!(CsvReader::open(&path.clone().into()).expect("open").notes(), [""; 0]);
    let total = rows(CsvReader::open(&path.clone().into()).expect("open")).0.len();
    assert_eq!(total, String::from_utf8_lossy(&bytes).lines().count() - 1);
    bytes.extend_from_slice(b"last,\xe9\n");
    std::fs::write(&path, &bytes).expect("written");
    let (read, _) = rows(CsvReader::open(&path.clone().into()).expect("open"));
    assert_eq!(read.last().expect("a row").1, ["last", "é"]);
    let piped = CsvReader::open(&Input::holding("-", &bytes[..])).expect("open");
    assert_eq!(rows(piped).0, read, "a pipe is looked at as a whole too");
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
    let twins = CsvReader::open(&Input::holding("a.csv", &b"a,b,a \n"[..])).err().expect("twins");
    assert_eq!(twins.message(), "`a.csv` has two columns named `a`");
    assert!(
        CsvReader::open(&Input::holding("a.csv", &b"a,,,b\n"[..])).is_ok(),
        "columns without a name are no twins"
    );
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
    let code = |path: &std::path::Path| CsvReader::open(&path.into()).err().map(|error| error.code());
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
    let sheet = CsvReader::open(&Input::holding("-", Drip(Cursor::new(text)))).expect("open");
    assert_eq!(rows(sheet).0.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
}
