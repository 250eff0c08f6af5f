//! What a list writes is imported again (rule 5.4): into the same database, where nothing changes, and into another, which
//! then writes the same list.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::readers::{ods, ods_sheet};
use crate::world::World;

/// Every format that a list has and an import reads.
const FORMATS: [&str; 6] = ["-o csv", "-o csv --for excel", "-o tsv", "-o json", "-o jsonl", "-o xlsx"];

/// Nothing changes where all of it is there already, in whatever format, however packed and encoded, and from a pipe.
pub fn changes_nothing(world: &World, list: &str, import: &str, rows: u64) {
    let is_unchanged = |counts: &Value, how: &str| {
        assert_eq!((&counts["read"], &counts["unchanged"]), (&rows.into(), &rows.into()), "{list} {how}");
    };
    for options in FORMATS {
        world.ok(&format!("{list} {options} --out again --overwrite"));
        is_unchanged(&world.json(&format!("{import} again --strict")), options);
    }
    let plain = world.ok(&format!("{list} -o csv"));
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(plain.as_bytes()).unwrap();
    world.write("again.csv.gz", gzip.finish().unwrap());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("lists/again.csv", SimpleFileOptions::default()).unwrap();
    zip.write_all(plain.as_bytes()).unwrap();
    world.write("again.zip", zip.finish().unwrap().into_inner());
    world.write("again.ods", spreadsheet(&plain));
    let wide: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    world.write("again.utf16", wide);
    for file in ["again.csv.gz", "again.zip", "again.ods", "again.utf16 --encoding utf-16le"] {
        is_unchanged(&world.json(&format!("{import} {file} --strict")), file);
    }
    let piped = world.run_with_input(&format!("{import} - --strict -o json"), plain.as_bytes());
    is_unchanged(&serde_json::from_str(&piped.stdout).unwrap_or_default(), &piped.stderr);
}

/// What a spreadsheet program saves where all cells are texts.
fn spreadsheet(list: &str) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(list.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    ods(&ods_sheet("List", &rows))
}

/// A hub that `begin` makes anew comes to the same list from what `full` writes, in whatever format; `columns` are those
/// that are compared.
pub fn makes_the_same(
    full: &World, begin: impl Fn(&World), list: &str, import: &str, columns: &str, formats: &[&str],
) {
    // Rows of one day may stand in another order.
    let same = |world: &World| {
        let mut rows: Vec<String> =
            world.ok(&format!("{list} --columns {columns} -o jsonl")).lines().map(str::to_owned).collect();
        rows.sort();
        rows
    };
    for options in formats {
        let other = World::new(full.engine());
        begin(&other);
        full.ok(&format!("{list} {options} --out list --overwrite"));
        std::fs::copy(full.path("list"), other.path("list")).unwrap();
        other.ok(&format!("{import} list"));
        assert_eq!(same(&other), same(full), "{options}");
    }
}
