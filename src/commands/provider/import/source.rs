//! A source of `provider import`: the format, name and content of its files.

use std::collections::HashSet;

use crate::commands::prelude::*;
use crate::context::ImportArgs;
use crate::interchange::table::{self, Reading};
use crate::interchange::{hsds, providers};
use crate::model::directory::{Directory, List, Listing, Origins, Spoken};
use crate::model::import_kind::FileFormat;

/// One source; several paths of the same source form one directory.
pub(super) struct Source {
    pub(super) name: String,
    /// Whether the person, or the file itself, says that it is the source.
    pub(super) is_named: bool,
    /// The path of a directory, whose rows mean something only together.
    pub(super) origin: Option<String>,
    pub(super) directory: Directory,
    /// Providers that a hub has written as its own, each with its file.
    pub(super) own: Vec<(Input, Listing)>,
    /// Its files, each with the place of its first listing.
    pub(super) files: Vec<(usize, Input)>,
}

impl Source {
    pub(super) fn origins(&self) -> Origins {
        Origins { source: self.name.clone(), directory: self.origin.clone() }
    }

    pub(super) fn add(&mut self, input: &Input, more: Directory) -> Result<()> {
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
        self.directory.said.add(more.said);
        for (source, said) in more.said_by {
            self.directory.said_by.entry(source).or_default().add(said);
        }
        Ok(())
    }

    /// Takes those that a hub has written as its own out of the directory: they are known by what it says of them (rule 8.22).
    pub(super) fn part_own(&mut self) {
        let own = |listing: &Listing| listing.own.is_some();
        if !self.directory.listings.iter().any(own) {
            return;
        }
        let ends = self.files.iter().skip(1).map(|(begin, _)| *begin).chain([usize::MAX]);
        let ends: Vec<(usize, Input)> =
            ends.zip(&self.files).map(|(end, (_, input))| (end, input.clone())).collect();
        let mut others = Vec::new();
        let mut files: Vec<(usize, Input)> = Vec::new();
        for (place, listing) in std::mem::take(&mut self.directory.listings).into_iter().enumerate() {
            let Some((_, input)) = ends.iter().find(|(end, _)| place < *end) else { continue };
            if own(&listing) {
                self.own.push((input.clone(), listing));
            } else {
                if files.last().is_none_or(|(_, last)| last.path() != input.path()) {
                    files.push((others.len(), input.clone()));
                }
                others.push(listing);
            }
        }
        self.directory.listings = others;
        self.files = files;
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
        let own = self.own.iter().map(|(_, listing)| listing);
        self.directory.listings.iter().chain(own).any(|listing| !listing.services.is_empty())
    }

    /// Takes the programs of each provider as all that it has.
    pub(super) fn is_complete(&mut self) -> Result<()> {
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

/// The ids of the providers and of their programs.
fn ids(directory: &Directory) -> (HashSet<&str>, HashSet<&str>) {
    let services = directory.listings.iter().flat_map(|listing| &listing.services);
    let programs = services.map(|service| service.source_id.as_str()).collect();
    (directory.listings.iter().map(|listing| listing.source_id.as_str()).collect(), programs)
}

/// With whether it is a table in which each row stands for itself.
pub(super) fn directory(how: &Reading, input: &Input, format: FileFormat) -> Result<(Directory, bool)> {
    if format == FileFormat::Hsds {
        return Ok((hsds::read(input, how)?, false));
    }
    match hsds::agencies::read(input, how)? {
        Some(directory) => Ok((directory, false)),
        None => Ok((providers::read_providers(input, how)?, true)),
    }
}

fn usage(message: &str, hint: &str) -> Error {
    Error::new(Kind::Usage, "usage.import", message).hint(hint)
}

/// Only tables have columns to map.
pub(super) fn format_of(given: &ImportArgs, input: &Input) -> Result<FileFormat> {
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
pub(super) fn name_of(input: &Input) -> Result<String> {
    text::name(&input.stem()).map_err(|why| {
        Error::invalid("import.source", format!("`{}` cannot name its source: {why}", input.name()))
            .hint("say with `--source` where the providers come from")
    })
}
