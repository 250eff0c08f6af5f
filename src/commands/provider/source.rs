//! What `provider import` reads: which format each path has, what its source is called, and what is in it.

use std::collections::HashSet;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

use super::import::{Format, Import};
use crate::error::{Error, Kind, Result};
use crate::interchange::csv_reader::CsvReader;
use crate::interchange::{hsds, providers_csv};
use crate::model::directory::Directory;
use crate::model::text;

/// One source: what several paths of the same source hold is one directory.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) directory: Directory,
    /// Whether it lists the programs of its providers; a plain table does not.
    pub(super) knows_programs: bool,
}

/// Everything is read before anything is written. Errors: those of the readers, and `import.duplicate`.
pub(super) fn read(command: &Import) -> Result<Vec<Source>> {
    let mut sources: Vec<Source> = Vec::new();
    for path in &command.paths {
        let name = command.source.clone().map_or_else(|| name_of(path), Ok)?;
        let format = format_of(command, path)?;
        let directory = directory(command, path, format)?;
        let knows_programs = format == Format::Hsds;
        match sources.iter_mut().find(|source| source.name == name) {
            None => sources.push(Source { name, directory, knows_programs }),
            Some(source) => source.add(path, directory, knows_programs)?,
        }
    }
    Ok(sources)
}

impl Source {
    fn add(&mut self, path: &Path, more: Directory, knows_programs: bool) -> Result<()> {
        let (providers, programs) = ids(&self.directory);
        let (more_providers, more_programs) = ids(&more);
        let twice = [("provider", providers, more_providers), ("program", programs, more_programs)]
            .into_iter()
            .find_map(|(noun, known, more)| {
                known.intersection(&more).min().map(|id| (noun, (*id).to_owned()))
            });
        if let Some((noun, id)) = twice {
            let message =
                format!("the {noun} `{id}` of `{}` is in another of the files as well", path.display());
            return Err(Error::invalid("import.duplicate", message).hint(
                "give each file its `--source`, or import them one after the other: the last one counts",
            ));
        }
        self.directory.listings.extend(more.listings);
        self.directory.rejects.extend(more.rejects);
        self.directory.notes.extend(more.notes);
        self.directory.read += more.read;
        self.knows_programs &= knows_programs;
        Ok(())
    }
}

/// Of the providers, and of their programs.
fn ids(directory: &Directory) -> (HashSet<&str>, HashSet<&str>) {
    let services = directory.listings.iter().flat_map(|listing| &listing.services);
    let programs = services.map(|service| service.source_id.as_str()).collect();
    (directory.listings.iter().map(|listing| listing.source_id.as_str()).collect(), programs)
}

fn directory(command: &Import, path: &Path, format: Format) -> Result<Directory> {
    match format {
        Format::Hsds if is_standard_input(path) => Err(usage(
            "HSDS is read from a folder or a file, not from standard input",
            "name the folder or the file",
        )),
        Format::Hsds => hsds::read(path),
        Format::Csv if is_standard_input(path) => {
            let input = std::io::stdin();
            if input.is_terminal() {
                return Err(usage(
                    "nothing is piped into standard input",
                    "`-` reads a table that another program writes",
                ));
            }
            providers_csv::read_from(CsvReader::from_reader("stdin", Box::new(input))?, &command.mapping)
        }
        Format::Csv => providers_csv::read_providers(path, &command.mapping),
    }
}

fn usage(message: &str, hint: &str) -> Error {
    Error::new(Kind::Usage, "usage.import", message).hint(hint)
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Only tables have columns to map. What cannot be opened is told by its reader.
fn format_of(command: &Import, path: &Path) -> Result<Format> {
    let has_mapping = !command.mapping.is_empty();
    match command.format {
        Some(Format::Hsds) if has_mapping => Err(usage(
            "HSDS names its columns itself, so there is nothing to map",
            "leave out `--map`, or use `--format csv`",
        )),
        Some(format) => Ok(format),
        None if has_mapping || is_standard_input(path) => Ok(Format::Csv),
        None if path.is_dir() || begins_like_json(path) => Ok(Format::Hsds),
        None => Ok(Format::Csv),
    }
}

fn begins_like_json(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4_096).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    read.is_ok() && text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// The name of a folder, or of a file without its ending.
fn name_of(path: &Path) -> Result<String> {
    if is_standard_input(path) {
        return Ok("stdin".to_owned());
    }
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = if whole.is_dir() { whole.file_name() } else { whole.file_stem() };
    let name = name.unwrap_or_default().to_string_lossy().into_owned();
    text::name(&name).map_err(|why| {
        Error::invalid("import.source", format!("`{}` cannot name its source: {why}", path.display()))
            .hint("say with `--source` where the providers come from")
    })
}
