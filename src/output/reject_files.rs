//! The rows that an import could not take, written out so that they can be put right and imported again.

use std::fs::{self, File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// CSV: the columns of the source exactly as they were read, and behind them `error`. Rows of one table go into the file
/// that was named. Where rows of several tables are rejected, each table has a file of its own, with its name put before
/// the ending: `bad.csv` becomes `bad.services.csv` and `bad.phones.csv`.
pub(super) struct RejectFiles {
    path: PathBuf,
    kinds: Vec<Kind>,
}

struct Kind {
    table: String,
    columns: Vec<String>,
    file: csv::Writer<BufWriter<File>>,
}

impl RejectFiles {
    /// The file is made at once, so that one that cannot be written is known before anything is done.
    pub(super) fn new(path: &Path) -> csv::Result<Self> {
        File::create(path)?;
        Ok(RejectFiles { path: path.to_owned(), kinds: Vec::new() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// For people: every file that was written, in backticks.
    pub(super) fn names(&self) -> String {
        let is_alone = self.kinds.len() < 2;
        let name =
            |kind: &Kind| if is_alone { self.path.clone() } else { named_after(&self.path, &kind.table) };
        let names: Vec<String> =
            self.kinds.iter().map(|kind| format!("`{}`", name(kind).display())).collect();
        names.join(", ")
    }

    pub(super) fn add(
        &mut self,
        at: &str,
        reason: &str,
        columns: &[String],
        cells: &[String],
    ) -> csv::Result<()> {
        let (columns, cells) = without_error(columns, cells);
        if self.kinds.iter().all(|kind| kind.columns != columns) {
            self.begin(table(at), columns)?;
        }
        let Some(kind) = self.kinds.iter_mut().find(|kind| kind.columns == columns) else { return Ok(()) };
        let padding = std::iter::repeat_n("", columns.len().saturating_sub(cells.len()));
        let error = format!("{at}: {reason}");
        kind.file.write_record(cells.iter().map(String::as_str).chain(padding).chain([error.as_str()]))
    }

    fn begin(&mut self, table: &str, columns: &[String]) -> csv::Result<()> {
        if let [only] = self.kinds.as_mut_slice() {
            only.file.flush()?;
            let name = named_after(&self.path, &only.table);
            fs::rename(&self.path, &name)?;
            only.file = writer(OpenOptions::new().append(true).open(&name)?);
        }
        let namesakes = self.kinds.iter().filter(|kind| kind.table.split('~').next() == Some(table)).count();
        let table = if namesakes == 0 { table.to_owned() } else { format!("{table}~{}", namesakes + 1) };
        let path = if self.kinds.is_empty() { self.path.clone() } else { named_after(&self.path, &table) };
        let mut file = writer(File::create(path)?);
        file.write_record(columns.iter().map(String::as_str).chain(["error"]))?;
        self.kinds.push(Kind { table, columns: columns.to_vec(), file });
        Ok(())
    }

    pub(super) fn flush(&mut self) -> csv::Result<()> {
        for kind in &mut self.kinds {
            kind.file.flush()?;
        }
        Ok(())
    }
}

fn writer(file: File) -> csv::Writer<BufWriter<File>> {
    csv::WriterBuilder::new().flexible(true).from_writer(BufWriter::new(file))
}

/// A file of rejects that was imported again has the error of the last time.
fn without_error<'a>(columns: &'a [String], cells: &'a [String]) -> (&'a [String], &'a [String]) {
    match columns.split_last() {
        Some((last, rest)) if last == "error" => (rest, cells.get(..rest.len()).unwrap_or(cells)),
        _ => (columns, cells),
    }
}

/// `services` of `services.csv line 12`.
fn table(at: &str) -> &str {
    let file = at.rsplit_once(" line ").or_else(|| at.split_once(" at /")).map_or(at, |(file, _)| file);
    Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or("rows")
}

fn named_after(path: &Path, table: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".{table}"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}
