//! Rows that an import has rejected, imported again once they are corrected (rule 5.4).

use std::sync::Arc;

use super::source::{Source, directory, format_of};
use crate::commands::prelude::*;
use crate::context::ImportArgs;
use crate::interchange::table::{Corrections, Reading};

/// The files of an import: each with its source, if it says it, and the corrections of directories.
pub(super) struct Files {
    pub(super) files: Vec<(Input, Option<String>)>,
    pub(super) corrections: Vec<Corrections>,
}

impl Files {
    pub(super) fn of(given: &ImportArgs) -> Result<Files> {
        let (mut files, mut corrections) = (Vec::new(), Vec::<Corrections>::new());
        for input in &given.files {
            match Corrections::read(input, &given.reading)? {
                Some(rows) if rows.directory().is_some() => {
                    match corrections.iter_mut().find(|known| known.origins == rows.origins) {
                        Some(known) => known.add(rows),
                        None => corrections.push(rows),
                    }
                }
                rows => files.push((input.clone(), rows.map(|rows| rows.origins.source))),
            }
        }
        let is_corrected =
            |input: &Input| corrections.iter().any(|one| one.directory() == Some(input.path()));
        files.retain(|(input, _)| !is_corrected(input));
        Ok(Files { files, corrections })
    }
}

/// Reads the directory of these rows again, with the rows in the place of those that they were. What else is rejected stays out.
pub(super) fn read(given: &ImportArgs, corrections: Corrections) -> Result<Source> {
    let path = corrections.directory().unwrap_or_else(|| std::path::Path::new("-"));
    if !path.exists() {
        let message = format!("`{}`, whose rejected rows these are, is not there", path.display());
        return Err(Error::invalid("file.unreadable", message)
            .hint("import them where the directory was imported, with the directory in its place"));
    }
    let input = Input::from(path);
    let name = given.source.clone().unwrap_or_else(|| corrections.origins.source.clone());
    let corrections = Arc::new(corrections);
    let how = Reading { corrections: Some(Arc::clone(&corrections)), ..given.reading.clone() };
    let (mut directory, _) = directory(&how, &input, format_of(given, &input)?)?;
    let all = directory.rejects.len();
    directory.rejects.retain(|reject| corrections.has(&reject.position()));
    let left = all - directory.rejects.len();
    if left > 0 {
        let rows = counted(left as u64, "other row stays", "other rows stay");
        directory.remarks.notes.push(format!("{}: {rows} rejected.", input.name()));
    }
    Ok(Source {
        name,
        is_named: true,
        origin: Some(input.name()),
        directory,
        own: Vec::new(),
        files: vec![(0, input)],
    })
}
