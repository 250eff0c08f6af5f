//! Reads directories in the Human Services Data Specification: folders of HSDS 1 (Ohana), 2 or 3 tables, and
//! HSDS 3 JSON. The variant is recognised by the content. Tables that hold the same in the rows of one (iCarol) are read here as
//! well.

pub(crate) mod agencies;
mod assembly;
mod capacity;
mod categories;
mod derived;
mod details;
mod entry;
mod fields;
mod hours;
mod ids;
mod json;
mod kind;
mod object;
mod own;
mod references;
mod rows;
mod said;
mod tables;
#[cfg(test)]
mod tests;
pub(crate) mod write;

pub(crate) use said::ENTITIES;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::table::{self, Reading};
use crate::error::{Error, Result};
use crate::file::{self, Input};
use crate::model::directory::Directory;

/// Whether it is a folder, or one that is packed.
pub(crate) fn is_folder(input: &Input) -> Result<bool> {
    if input.is_folder() {
        return Ok(true);
    }
    let files = table::tables_in(input)?;
    let is_json = |file: &String| !file.eq_ignore_ascii_case(PACKAGE) && is_document(file);
    Ok(tables::are_tables(files.iter())
        || files.iter().any(|file| file.eq_ignore_ascii_case(PACKAGE))
        || files.len() > 1 && files.iter().all(is_json))
}

/// Reads a folder, a packed one or a JSON file. Errors: `file.unreadable`, `import.empty` (nothing in it is an organization
/// or a service), `import.unrecognized` (neither tables nor JSON), and those of the tables themselves.
pub(crate) fn read(input: &Input, how: &Reading) -> Result<Directory> {
    let name = input.name();
    let directory = if input.is_folder() {
        read_folder(input.path(), &name, how)?
    } else if is_folder(input)? {
        read_folder(table::unpacked_folder(input)?.path(), &name, how)?
    } else {
        read_file(input, &name, how)?
    };
    if directory.listings.is_empty() && directory.rejects.is_empty() {
        return Err(Error::invalid(
            "import.empty",
            format!("`{name}` holds no organizations and no services"),
        )
        .hint(
            "an HSDS 3 document of organizations or services, or a folder with `organizations.csv`, does",
        ));
    }
    Ok(directory)
}

fn read_folder(path: &Path, name: &str, how: &Reading) -> Result<Directory> {
    let files = list_within(path, DEEPEST).map_err(|error| file::unreadable(name, error))?;
    if tables::are_tables(files.keys()) {
        return tables::read(files, how);
    }
    let mut documents = json::Documents::new(how);
    let mut found = false;
    for (file, path) in files.iter().filter(|(file, _)| is_document(file)) {
        documents.read(file, table::open(&path.as_path().into(), how)?)?;
        found = true;
    }
    if found { Ok(documents.finish()) } else { Err(unrecognized(name)) }
}

fn is_document(file: &str) -> bool {
    let name = file.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".json", ".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
}

fn read_file(input: &Input, name: &str, how: &Reading) -> Result<Directory> {
    let source = table::open(input, how)?;
    if !source.opening.trim_start().starts_with(['{', '[']) {
        return Err(unrecognized(name));
    }
    let mut documents = json::Documents::new(how);
    documents.read(&input.short_name(), source)?;
    Ok(documents.finish())
}

/// The name of the description of a data package (<https://specs.frictionlessdata.io/data-package/>).
const PACKAGE: &str = "datapackage.json";

/// How many folders may be around the one with the files.
const DEEPEST: u8 = 4;

/// The files of the folder, or of the one folder in it where it has no files itself.
fn list_within(folder: &Path, depth: u8) -> std::io::Result<BTreeMap<String, PathBuf>> {
    let files = list(folder)?;
    if depth == 0 || !files.is_empty() {
        return Ok(files);
    }
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_hidden = name.to_string_lossy().starts_with('.') || name == "__MACOSX";
        if entry.file_type()?.is_dir() && !is_hidden {
            folders.push(entry.path());
        }
    }
    match folders.as_slice() {
        [only] => list_within(only, depth - 1),
        _ => Ok(files),
    }
}

/// The files right in the folder, by name, so that every run reads them in the same order, and the tables that
/// the description of a data package names, wherever they lie in the folder.
fn list(folder: &Path) -> std::io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            files.insert(name.to_string_lossy().into_owned(), path);
        }
    }
    if let Some(description) = files.remove(PACKAGE) {
        let package = serde_json::from_slice(&fs::read(description)?).unwrap_or_default();
        files.extend(tables_of(folder, &package));
        // They say the same as the tables beside them.
        if tables::are_tables(files.keys()) {
            files.retain(|file, _| !write::DOCUMENTS.contains(&file.as_str()));
        }
    }
    Ok(files)
}

/// A path that leads out of the folder is left aside.
fn tables_of(folder: &Path, package: &Value) -> Vec<(String, PathBuf)> {
    let resources = package.get("resources").and_then(Value::as_array).into_iter().flatten();
    let tables = resources.filter_map(|resource| {
        let path = folder.join(resource.get("path")?.as_str()?).canonicalize().ok()?;
        let is_inside = path.starts_with(folder.canonicalize().ok()?) && path.is_file();
        let name = path.file_name()?.to_string_lossy().into_owned();
        is_inside.then_some((name, path))
    });
    tables.collect()
}

fn unrecognized(name: &str) -> Error {
    Error::invalid("import.unrecognized", format!("`{name}` is neither HSDS tables nor HSDS JSON")).hint(
        "HSDS is a folder with `organizations.csv`, a JSON file or a folder of them; for one table of providers use \
         `--format csv`",
    )
}
