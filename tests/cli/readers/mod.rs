//! The readers of tables, workbooks, archives and directories, seen through the program.

mod habits;
mod mutation;
mod seeds;
mod told;
mod written;

use std::io::{Cursor, Read, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The files of an archive: their names and what is in them.
type Parts = Vec<(String, Vec<u8>)>;

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    zipped(&parts.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect::<Parts>())
}

fn unzipped(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let mut part = |index| {
        let mut file = archive.by_index(index).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    (0..count).map(&mut part).collect()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// An `.ods` of these tables, which are written as they are.
pub fn ods(tables: &str) -> Vec<u8> {
    let namespace = |name: &str| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"");
    let [office, table, text] = ["office", "table", "text"].map(namespace);
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {office} {table} {text}>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A sheet of an `.ods` with rows of texts.
pub fn ods_sheet(name: &str, rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "</text:p><text:p>");
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &&[&str]| {
        format!("<table:table-row>{}{TAIL}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<table:table table:name=\"{name}\">{rows}{END}</table:table>")
}

/// What spreadsheet programs write behind the last cell of a row that has a format, and below the last row.
const TAIL: &str = "<table:table-cell table:number-columns-repeated=\"16370\"/>";
const END: &str = "<table:table-row table:number-rows-repeated=\"1048000\">\
                   <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
