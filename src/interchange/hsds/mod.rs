//! Reads directories in the Human Services Data Specification: folders of HSDS 1 (Ohana), 2 or 3 tables, and
//! HSDS 3 JSON. The variant is recognised by the content.

mod assembly;
mod categories;
mod details;
mod fields;
mod hours;
mod ids;
mod json;
mod object;
mod references;
mod rows;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::table::{self, Reading};
use crate::error::{Error, Result};
use crate::file::{self, Input};
use crate::model::directory::Directory;

/// Reads a folder or a JSON file. Errors: `file.unreadable`, `import.empty` (nothing in it is an organization
/// or a service), `import.unrecognized` (neither tables nor JSON), and those of the tables themselves.
pub(crate) fn read(input: &Input, how: &Reading) -> Result<Directory> {
    let name = input.name();
    let directory = if input.is_folder() {
        read_folder(input.path(), &name, how)?
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
    let files = list(path).map_err(|error| file::unreadable(name, error))?;
    if tables::is_folder_of_tables(&files) {
        return tables::read(files, how);
    }
    let mut documents = json::Documents::default();
    let mut found = false;
    for (file, path) in files.iter().filter(|(file, _)| file.to_lowercase().ends_with(".json")) {
        documents.read(file, table::open(&path.as_path().into(), how)?)?;
        found = true;
    }
    if found { Ok(documents.finish()) } else { Err(unrecognized(name)) }
}

fn read_file(input: &Input, name: &str, how: &Reading) -> Result<Directory> {
    let source = table::open(input, how)?;
    if !source.opening.trim_start().starts_with(['{', '[']) {
        return Err(unrecognized(name));
    }
    let mut documents = json::Documents::default();
    documents.read(&input.short_name(), source)?;
    Ok(documents.finish())
}

/// The name of the description of a data package (<https://specs.frictionlessdata.io/data-package/>).
const PACKAGE: &str = "datapackage.json";

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
