//! Reads the files of `provider import`: own lists, directories, and rows of directories that were rejected before.

use super::own_list::{self, OwnList};
use super::rejected::{self, Files};
use super::source::{Source, directory, format_of, name_of};
use crate::commands::prelude::*;
use crate::context::ImportArgs;
use crate::model::import_kind::FileFormat;

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
    let Files { files, corrections } = Files::of(given)?;
    for (input, from) in &files {
        let format = format_of(given, input)?;
        // With a source, a code is as foreign as any other column.
        if format == FileFormat::Csv
            && given.source.is_none()
            && from.is_none()
            && let Some(list) = own_list::read(input, &given.reading)?
        {
            lists.push(list);
            continue;
        }
        let named = given.source.clone().or_else(|| from.clone());
        let is_named = named.is_some();
        let name = named.map_or_else(|| name_of(input), Ok)?;
        let (directory, is_table) = directory(&given.reading, input, format)?;
        let origin = (!is_table).then(|| input.name());
        match sources.iter_mut().find(|source| source.name == name) {
            None => {
                let files = vec![(0, input.clone())];
                sources.push(Source { name, is_named, origin, directory, own: Vec::new(), files });
            }
            Some(_) if given.source.is_none() && from.is_none() => return Err(of_one_name(&name)),
            Some(source) => source.add(input, directory)?,
        }
    }
    for corrections in corrections {
        sources.push(rejected::read(given, corrections)?);
    }
    // With a source, what another hub says of its own is as foreign as all else.
    if given.source.is_none() {
        sources.iter_mut().for_each(Source::part_own);
    }
    if complete {
        sources.iter_mut().try_for_each(Source::is_complete)?;
    }
    Ok(Read { sources, lists })
}

/// That two files have one name is no proof that they come from one source (rule 5.1).
fn of_one_name(name: &str) -> Error {
    Error::new(Kind::Usage, "usage.source", format!("two of the files are called `{name}`"))
        .hint("say with `--source` that they come from one source, or import them one after the other")
}
