//! Sound files of every format that is read, of which the mutants are made.

use std::fs;
use std::path::Path;

use super::{Parts, ods, ods_sheet, unzipped};
use crate::world::{World, fixture};

#[derive(Clone, Copy)]
pub enum Pack {
    /// One file, or a folder of several.
    Plain,
    Gzip,
    Zip,
}

/// What is imported, and how.
pub struct Seed {
    pub line: &'static str,
    /// The name of the file, or of the folder.
    pub name: &'static str,
    pub pack: Pack,
    pub parts: Parts,
}

const CLIENTS: &str = "client import FILE --source s --keep-going";
const PROVIDERS: &str = "provider import FILE --source s --keep-going";
const VISITS: &str = "visit import REF-00000A FILE --keep-going";

const PEOPLE: &str = "id,given,family,birth_date,postal_code,status,since_on,former_names\n\
    007,Ada,\"Moss, née Ash\",1950-06-01,N1 9ZZ,active,2026-01-01,\"Ash; Elm\"\n\
    =\"008\",\"Bo\nBen\",王,1960-02-29,,deceased,2026-02-03,\n'=1+1,Cy,Ny,,,inactive,,\n";
const OBJECTS: &str = "{\"id\":\"7\",\"given\":\"Ada\",\"family\":\"Moss\",\"former_names\":[\"Ash\"]}\n\
    {\"id\":8,\"given\":\"Bo\",\"family\":null,\"birth_date\":\"1960-02-29\"}\n";

pub fn seeds(world: &World) -> Vec<Seed> {
    world.ok("client list -o xlsx --out seed.xlsx");
    let book = unzipped(&fs::read(world.path("seed.xlsx")).unwrap());
    let sheet =
        ods_sheet("S", &[&["id", "given", "family", "birth_date"], &["7", "Ada", "Moss", "1950-06-01"]]);
    let date = "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"float\" \
        office:value=\"9\"><text:p>9</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\" \
        office:value-type=\"string\"><text:p>Bo</text:p></table:table-cell><table:table-cell \
        office:value-type=\"date\" office:date-value=\"1950-01-02\"/></table:table-row>";
    let sheet = sheet.replace(super::END, &format!("{date}{}", super::END));
    let array = format!("[{}]", OBJECTS.trim_end().replace('\n', ",\n"));
    let text = |name: &str, text: &str| vec![(name.to_owned(), text.as_bytes().to_vec())];
    let one = |line, name, pack, parts| Seed { line, name, pack, parts };
    let file = |path: &str| vec![("f".to_owned(), fs::read(fixture(path)).unwrap())];
    let table = |name, parts| one(CLIENTS, name, Pack::Plain, parts);
    vec![
        table("p.csv", text("f", PEOPLE)),
        table("p.tsv", text("f", &PEOPLE.replace(',', "\t"))),
        table("p.json", text("f", &array)),
        table("p.jsonl", text("f", OBJECTS)),
        one(CLIENTS, "p.csv.gz", Pack::Gzip, text("f", PEOPLE)),
        one(CLIENTS, "p.zip", Pack::Zip, text("in/p.csv", PEOPLE)),
        one(CLIENTS, "p.xlsx --map id=code", Pack::Zip, book),
        one(CLIENTS, "p.ods", Pack::Zip, unzipped(&ods(&sheet))),
        table("bundle.json", file("fhir/bundle.json")),
        table("patients.ndjson", file("fhir/patients.ndjson")),
        one(PROVIDERS, "hsds1", Pack::Plain, folder("directory-hsds1")),
        one(PROVIDERS, "hsds3", Pack::Plain, folder("directory-hsds3-pages")),
        one(PROVIDERS, "hsds1.zip", Pack::Zip, folder("directory-hsds1")),
        one(VISITS, "visits.json --patient p0 --date 2026-12-20", Pack::Plain, file("hhcrsp/small.json")),
        one(VISITS, "visits.csv", Pack::Plain, file("commands/visits.csv")),
    ]
}

fn folder(name: &str) -> Parts {
    let entries = fs::read_dir(fixture(name)).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut parts: Parts = entries.map(|path| (name(&path), fs::read(&path).unwrap())).collect();
    parts.sort();
    parts
}
