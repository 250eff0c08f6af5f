//! Reads the sources of `provider import`: the format, name and content of each path.

use std::collections::HashSet;

use super::import::{Format, Import};
use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::interchange::{hsds, providers_csv};
use crate::model::directory::Directory;
use crate::model::text;

/// One source; several paths of the same source form one directory.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) directory: Directory,
    /// A plain table does not list programs.
    pub(super) knows_programs: bool,
}

/// Reads everything before anything is written. Errors: those of the readers, and `import.duplicate`.
pub(super) fn read(command: &Import) -> Result<Vec<Source>> {
    let mut sources: Vec<Source> = Vec::new();
    for input in &command.paths {
        let name = command.source.clone().map_or_else(|| name_of(input), Ok)?;
        let format = format_of(command, input)?;
        let directory = directory(command, input, format)?;
        let knows_programs = format == Format::Hsds;
        match sources.iter_mut().find(|source| source.name == name) {
            None => sources.push(Source { name, directory, knows_programs }),
            Some(source) => source.add(input, directory, knows_programs)?,
        }
    }
    Ok(sources)
}

impl Source {
    fn add(&mut self, input: &Input, more: Directory, knows_programs: bool) -> Result<()> {
        let (providers, programs) = ids(&self.directory);
        let (more_providers, more_programs) = ids(&more);
        let twice = [("provider", providers, more_providers), ("program", programs, more_programs)]
            .into_iter()
            .find_map(|(noun, known, more)| {
                known.intersection(&more).min().map(|id| (noun, (*id).to_owned()))
            });
        if let Some((noun, id)) = twice {
            let message =
                format!("the {noun} `{id}` of `{}` is in another of the files as well", input.name());
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

/// The ids of the providers and of their programs.
fn ids(directory: &Directory) -> (HashSet<&str>, HashSet<&str>) {
    let services = directory.listings.iter().flat_map(|listing| &listing.services);
    let programs = services.map(|service| service.source_id.as_str()).collect();
    (directory.listings.iter().map(|listing| listing.source_id.as_str()).collect(), programs)
}

fn directory(command: &Import, input: &Input, format: Format) -> Result<Directory> {
    match format {
        Format::Hsds => hsds::read(input),
        Format::Csv => providers_csv::read_providers(input, &command.mapping),
    }
}

fn usage(message: &str, hint: &str) -> Error {
    Error::new(Kind::Usage, "usage.import", message).hint(hint)
}

/// Only tables have columns to map.
fn format_of(command: &Import, input: &Input) -> Result<Format> {
    let has_mapping = !command.mapping.is_empty();
    match command.format {
        Some(Format::Hsds) if has_mapping => Err(usage(
            "HSDS names its columns itself, so there is nothing to map",
            "leave out `--map`, or use `--format csv`",
        )),
        Some(format) => Ok(format),
        None if has_mapping => Ok(Format::Csv),
        None if input.is_folder() || matches!(input.first_character()?, Some('{' | '[')) => Ok(Format::Hsds),
        None => Ok(Format::Csv),
    }
}

/// The name of the folder, or of the file without its extension.
fn name_of(input: &Input) -> Result<String> {
    text::name(&input.stem()).map_err(|why| {
        Error::invalid("import.source", format!("`{}` cannot name its source: {why}", input.name()))
            .hint("say with `--source` where the providers come from")
    })
}
