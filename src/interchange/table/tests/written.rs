//! What other programs write comes back as it was: texts in any encoding, with any delimiter, quotation and line end; cells of
//! workbooks with their types.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use proptest::prelude::*;
use proptest::sample::select;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::super::{Reading, Table};
use super::rows;
use crate::file::Input;

/// The encodings of the web's list, but for the one that decodes to nothing.
const ENCODINGS: [&str; 39] = [
    "utf-8", "utf-16le", "utf-16be", "ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5",
    "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-8-i", "iso-8859-10", "iso-8859-13", "iso-8859-14",
    "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "macintosh", "windows-874", "windows-1250",
    "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-1258", "x-mac-cyrillic", "gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp",
    "shift_jis", "euc-kr", "x-user-defined",
];

/// What goes wrong in tables.
const PIECES: [&str; 34] = [
    "a", "Moss", " ", "  ", "\t", ",", ";", "|", "\"", "\"\"", "\n", "\r\n", "\r", "'", "=1+1", "+44", "-7",
    "@x", "007", "1,5", "é", "ß", "王", "Ω", "ж", "🙂", "\u{202e}", "\u{200b}", "\u{feff}", "e\u{301}", "\0",
    "[1]", "{}", "NULL",
];

fn cell() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&PIECES[..]), 0..6).prop_map(|pieces| pieces.concat())
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    if encoding == UTF_16LE {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == UTF_16BE {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else {
        encoding.encode(text).0.into_owned()
    }
}

/// The letters that an encoding has and gives back.
fn known(encoding: &'static Encoding, text: &str) -> String {
    let comes_back = |letter: &char| {
        let text = letter.to_string();
        let bytes = encoded(encoding, &text);
        encoding.decode_without_bom_handling(&bytes).0 == text
    };
    text.chars().filter(comes_back).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    // Rules 5.3 and 5.4.
    #[test]
    fn a_table_comes_back_as_it_was(
        cells in (2_usize..6).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(cell(), width), 0..6)),
        delimiter in select(b",;\t|".to_vec()),
        quotes in select(vec![QuoteStyle::Necessary, QuoteStyle::Always, QuoteStyle::NonNumeric]),
        end in select(vec![Terminator::CRLF, Terminator::Any(b'\n'), Terminator::Any(b'\r')]),
        label in select(&ENCODINGS[..]),
        with_mark in any::<bool>(),
    ) {
        let encoding = Encoding::for_label(label.as_bytes()).expect("an encoding");
        let table: Vec<Vec<String>> = cells
            .iter()
            .map(|row| row.iter().map(|cell| known(encoding, cell)).enumerate())
            // What is blank is no row.
            .map(|row| row.map(|(place, cell)| if place == 0 { format!("7{cell}") } else { cell }).collect())
            .collect();
        let width = table.first().map_or(2, Vec::len);
        let mut writer = WriterBuilder::new().delimiter(delimiter).quote_style(quotes).terminator(end).from_writer(Vec::new());
        writer.write_record((0..width).map(|number| format!("c{number}"))).expect("written");
        for row in &table {
            writer.write_record(row).expect("written");
        }
        let text = String::from_utf8(writer.into_inner().expect("written")).expect("a text");
        let has_mark = with_mark && [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding);
        let bytes = encoded(encoding, &format!("{}{text}", if has_mark { "\u{feff}" } else { "" }));
        let how = Reading { encoding: Some(encoding).filter(|_| !has_mark), ..Reading::default() };
        let (read, rejects) = rows(Table::open(&Input::of("a.csv", &bytes[..]), &how).expect("a table"));
        prop_assert!(rejects.is_empty(), "{:?}", rejects.first().map(|reject| &reject.reason));
        prop_assert_eq!(read.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(), table);
    }
}

/// A cell of a workbook.
#[derive(Clone, Debug)]
enum SheetCell {
    Empty,
    Text(String),
    Number(f64),
    Zeros(u32),
    Truth(bool),
    Day(u16, u8, u8),
    Moment(u16, u8, u8, u16, u8),
    Clock(u16, u8),
}

fn sheet_cell() -> impl Strategy<Value = SheetCell> {
    let day = || (1901_u16..2100, 1_u8..13, 1_u8..29);
    // XML has neither of the two letters.
    let text = cell().prop_map(|text| text.replace(['\0', '\r'], ""));
    prop_oneof![
        Just(SheetCell::Empty),
        text.prop_filter("no text", |text| !text.is_empty()).prop_map(SheetCell::Text),
        (-1_000_000_000_i32..1_000_000_000).prop_map(|number| SheetCell::Number(f64::from(number) / 4.0)),
        (0_u32..100_000).prop_map(SheetCell::Zeros),
        any::<bool>().prop_map(SheetCell::Truth),
        day().prop_map(|(year, month, day)| SheetCell::Day(year, month, day)),
        (day(), 0_u16..24, 1_u8..60)
            .prop_map(|((year, month, day), hour, minute)| SheetCell::Moment(year, month, day, hour, minute)),
        (0_u16..24, 0_u8..60).prop_map(|(hour, minute)| SheetCell::Clock(hour, minute)),
    ]
}

impl SheetCell {
    fn read(&self) -> String {
        match self {
            SheetCell::Empty => String::new(),
            SheetCell::Text(text) => text.clone(),
            SheetCell::Number(number) => number.to_string(),
            SheetCell::Zeros(number) => format!("{number:05}"),
            SheetCell::Truth(truth) => truth.to_string(),
            SheetCell::Day(year, month, day) => format!("{year}-{month:02}-{day:02}"),
            SheetCell::Moment(year, month, day, hour, minute) => {
                format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
            SheetCell::Clock(hour, minute) => format!("{hour:02}:{minute:02}"),
        }
    }

    fn put(&self, sheet: &mut Worksheet, row: u32, column: u16) {
        let format = |code: &str| Format::new().set_num_format(code);
        let day = |year, month, day| ExcelDateTime::from_ymd(year, month, day).expect("a day");
        let put = match self {
            SheetCell::Empty => return,
            SheetCell::Text(text) => sheet.write_string(row, column, text),
            SheetCell::Number(number) => sheet.write_number(row, column, *number),
            SheetCell::Zeros(number) => {
                sheet.write_number_with_format(row, column, *number, &format("00000"))
            }
            SheetCell::Truth(truth) => sheet.write_boolean(row, column, *truth),
            SheetCell::Day(year, month, of) => {
                sheet.write_datetime_with_format(row, column, day(*year, *month, *of), &format("dd/mm/yyyy"))
            }
            SheetCell::Moment(year, month, of, hour, minute) => {
                let at = day(*year, *month, *of).and_hms(*hour, *minute, 0).expect("a moment");
                sheet.write_datetime_with_format(row, column, at, &format("m/d/yy h:mm"))
            }
            SheetCell::Clock(hour, minute) => {
                let at = ExcelDateTime::from_hms(*hour, *minute, 0).expect("a time");
                sheet.write_datetime_with_format(row, column, at, &format("hh:mm"))
            }
        };
        put.expect("written");
    }

    fn open_document(&self) -> String {
        let cell = |kind: &str, value: &str, text: &str| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!(
                "<table:table-cell office:value-type=\"{kind}\" {value}><text:p>{text}</text:p></table:table-cell>"
            )
        };
        match self {
            SheetCell::Empty => "<table:table-cell/>".to_owned(),
            SheetCell::Text(text) => cell("string", "", text),
            SheetCell::Number(number) => cell("float", &format!("office:value=\"{number}\""), "shown"),
            SheetCell::Zeros(number) => cell("string", "", &format!("{number:05}")),
            SheetCell::Truth(truth) => cell("boolean", &format!("office:boolean-value=\"{truth}\""), "TRUE"),
            SheetCell::Day(..) => cell("date", &format!("office:date-value=\"{}\"", self.read()), "1/2/50"),
            SheetCell::Moment(..) => {
                cell("date", &format!("office:date-value=\"{}:00\"", self.read().replace(' ', "T")), "1/2/50")
            }
            SheetCell::Clock(hour, minute) => {
                cell("time", &format!("office:time-value=\"PT{hour:02}H{minute:02}M00S\""), "9am")
            }
        }
    }
}

fn content(table: &[Vec<SheetCell>]) -> Vec<Vec<String>> {
    table.iter().map(|row| row.iter().map(SheetCell::read).collect()).collect()
}

fn opened(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let how = Reading { sheet: Some(sheet.to_owned()), ..Reading::default() };
    let (read, rejects) = rows(Table::open(&Input::of("a.bin", bytes), &how).expect("a workbook"));
    assert_eq!(rejects, []);
    read.into_iter().map(|(_, cells)| cells).collect()
}

fn tables() -> impl Strategy<Value = Vec<Vec<SheetCell>>> {
    let row =
        prop::collection::vec(sheet_cell(), 3).prop_map(|row| [vec![SheetCell::Zeros(7)], row].concat());
    prop::collection::vec(row, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    // Rule 5.4.
    #[test]
    fn cells_of_a_workbook_are_what_they_are(table in tables()) {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Notes").expect("a name");
        let sheet = book.add_worksheet().set_name("People").expect("a name");
        for (row, cells) in (1..).zip(&table) {
            (0..).zip(cells).for_each(|(column, cell)| cell.put(sheet, row, column));
        }
        for (column, heading) in (0..).zip(["a", "b", "c", "d"]) {
            sheet.write_string(0, column, heading).expect("written");
        }
        sheet.set_row_hidden(1).expect("hidden");
        let bytes = book.save_to_buffer().expect("a workbook");
        prop_assert_eq!(opened(&bytes, "people"), content(&table));
    }

    // Rule 5.4.
    #[test]
    fn cells_of_an_open_document_are_what_they_are(table in tables()) {
        let has_line = |cell: &SheetCell| matches!(cell, SheetCell::Text(text) if text.contains(['\n', '\t', ' ']) || text.contains('\u{feff}'));
        prop_assume!(!table.iter().flatten().any(has_line));
        let cells = |row: &Vec<SheetCell>| row.iter().map(SheetCell::open_document).collect::<String>();
        let rows = table.iter().map(cells).collect::<Vec<_>>().join("</table:table-row><table:table-row>");
        let heading: String = ["a", "b", "c", "d"].map(|text| SheetCell::Text(text.to_owned()).open_document()).concat();
        let xml = format!(
            "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
             <office:spreadsheet><table:table table:name=\"People\"><table:table-row>{heading}</table:table-row><table:table-row>{rows}</table:table-row>\
             </table:table></office:spreadsheet></office:body></office:document-content>"
        );
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"/>"), ("content.xml", &xml)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            std::io::Write::write_all(&mut zip, text.as_bytes()).expect("written");
        }
        let bytes = zip.finish().expect("an archive").into_inner();
        prop_assert_eq!(opened(&bytes, "People"), content(&table));
    }
}
