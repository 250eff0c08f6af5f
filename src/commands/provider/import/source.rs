//! Reads the sources of `provider import`: the format, name and content of each path.

use std::collections::HashSet;

use super::own_list::{self, OwnList};
use crate::commands::prelude::*;
use crate::context::ImportArgs;
use crate::interchange::table;
use crate::interchange::{hsds, providers};
use crate::model::directory::{Directory, List, Listing, Spoken};
use crate::model::import_kind::FileFormat;

/// One source; several paths of the same source form one directory.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) directory: Directory,
    /// Its files, each with the place of its first listing.
    files: Vec<(usize, Input)>,
}

/// What all files hold.
#[derive(Default)]
pub(super) struct Read {
    pub(super) sources: Vec<Source>,
    pub(super) lists: Vec<OwnList>,
}

/// Reads everything before anything is written; with `complete` the programs of each provider are all that it has. Errors: those of
/// the readers, `import.duplicate`, and usage where that would end every program.
pub(super) fn read(given: &ImportArgs, complete: bool) -> Result<Read> {
    let Read { mut sources, mut lists } = Read::default();
    for input in &given.files {
        let format = format_of(given, input)?;
        // With a source, a code is as foreign as any other column.
        if format == FileFormat::Csv
            && given.source.is_none()
            && let Some(list) = own_list::read(input, &given.reading)?
        {
            lists.push(list);
            continue;
        }
        let name = given.source.clone().map_or_else(|| name_of(input), Ok)?;
        let directory = directory(given, input, format)?;
        match sources.iter_mut().find(|source| source.name == name) {
            None => sources.push(Source { name, directory, files: vec![(0, input.clone())] }),
            Some(_) if given.source.is_none() => return Err(of_one_name(&name)),
            Some(source) => source.add(input, directory)?,
        }
    }
    if complete {
        sources.iter_mut().try_for_each(Source::is_complete)?;
    }
    Ok(Read { sources, lists })
}

impl Source {
    fn add(&mut self, input: &Input, more: Directory) -> Result<()> {
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
        self.files.push((self.directory.listings.len(), input.clone()));
        self.directory.listings.extend(more.listings);
        self.directory.rejects.extend(more.rejects);
        self.directory.remarks.add(more.remarks);
        self.directory.rejected_ids.extend(more.rejected_ids);
        self.directory.read += more.read;
        Ok(())
    }

    /// Its listings in portions of one file each.
    pub(super) fn chunks(&self, size: usize) -> impl Iterator<Item = (&Input, &[Listing])> {
        let all = &self.directory.listings;
        let ends = self.files.iter().skip(1).map(|(begin, _)| *begin).chain([all.len()]);
        self.files.iter().zip(ends).flat_map(move |((begin, input), end)| {
            all.get(*begin..end).unwrap_or_default().chunks(size).map(move |listings| (input, listings))
        })
    }

    /// Whether it lists programs at all.
    pub(super) fn has_programs(&self) -> bool {
        self.directory.listings.iter().any(|listing| !listing.services.is_empty())
    }

    /// Takes the programs of each provider as all that it has.
    fn is_complete(&mut self) -> Result<()> {
        if !self.has_programs() {
            let file = self.files.first().map(|(_, input)| input.short_name()).unwrap_or_default();
            let message = format!("`{file}` lists no program, so `--complete` would end all of them");
            return Err(usage(&message, "leave out `--complete`, or add the file that lists the programs"));
        }
        for listing in &mut self.directory.listings {
            listing.spoken.add(Spoken::of(List::Programs));
        }
        Ok(())
    }
}

/// That two files have one name is no proof that they come from one source (rule 5.1).
fn of_one_name(name: &str) -> Error {
    Error::new(Kind::Usage, "usage.source", format!("two of the files are called `{name}`"))
        .hint("say with `--source` that they come from one source, or import them one after the other")
}

/// The ids of the providers and of their programs.
fn ids(directory: &Directory) -> (HashSet<&str>, HashSet<&str>) {
    let services = directory.listings.iter().flat_map(|listing| &listing.services);
    let programs = services.map(|service| service.source_id.as_str()).collect();
    (directory.listings.iter().map(|listing| listing.source_id.as_str()).collect(), programs)
}

fn directory(given: &ImportArgs, input: &Input, format: FileFormat) -> Result<Directory> {
    let how = &given.reading;
    if format == FileFormat::Hsds {
        return hsds::read(input, how);
    }
    match hsds::agencies::read(input, how)? {
        Some(directory) => Ok(directory),
        None => providers::read_providers(input, how),
    }
}

fn usage(message: &str, hint: &str) -> Error {
    Error::new(Kind::Usage, "usage.import", message).hint(hint)
}

/// Only tables have columns to map.
fn format_of(given: &ImportArgs, input: &Input) -> Result<FileFormat> {
    let has_mapping = !given.reading.mapping.is_empty();
    match given.format {
        Some(FileFormat::Hsds) if has_mapping => Err(usage(
            "HSDS names its columns itself, so there is nothing to map",
            "leave out `--map`, or use `--format csv`",
        )),
        Some(format) => Ok(format),
        None if has_mapping => Ok(FileFormat::Csv),
        None if given.reading.sheet.is_none() && hsds::is_folder(input)? => Ok(FileFormat::Hsds),
        None => {
            let opening = table::opening(input, &given.reading)?;
            // Our own list and iCarol have keys of their own.
            let is_a_table =
                ["\"PRV-", "\"source_id\"", "\"ResourceAgencyNum\""].iter().any(|key| opening.contains(key));
            let is_hsds = opening.trim_start().starts_with(['{', '[']) && !is_a_table;
            Ok(if is_hsds { FileFormat::Hsds } else { FileFormat::Csv })
        }
    }
}

/// The name of the folder, or of the file without its extension.
fn name_of(input: &Input) -> Result<String> {
    text::name(&input.stem()).map_err(|why| {
        Error::invalid("import.source", format!("`{}` cannot name its source: {why}", input.name()))
            .hint("say with `--source` where the providers come from")
    })
}
