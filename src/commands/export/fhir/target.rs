//! Where resources are written: a Bundle, lines, or a folder with a file for each type.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::commands::prelude::*;
use crate::file::{AtomicFolder, unwritable};
use crate::interchange::fhir::write::{
    BUNDLE_END, FhirResource, ResourceType, bundle_begin, bundle_entry, bundle_of_none,
};
use crate::output::target::{Destination, Target, TargetFile};

/// What is to be written, by the name of it.
pub(super) enum Form {
    Bundle(Destination),
    Lines(Destination),
    Folder(PathBuf),
}

impl Form {
    /// Without a target a Bundle on standard output.
    pub(super) fn of(out: Option<&Target>) -> Self {
        let out = out.cloned().unwrap_or_else(|| Target::from(PathBuf::from("-")));
        let ending = out.path().extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            _ if out.is_special() => Form::Bundle(Destination::from(out)),
            Some("json") => Form::Bundle(Destination::from(out)),
            Some("ndjson" | "jsonl") => Form::Lines(Destination::from(out)),
            _ => Form::Folder(out.path().to_owned()),
        }
    }

    pub(super) fn is_standard(&self) -> bool {
        self.name().is_none()
    }

    /// None of standard output.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Form::Bundle(to) | Form::Lines(to) => {
                Some(to).filter(|to| !to.is_standard()).map(Destination::name)
            }
            Form::Folder(path) => Some(path.display().to_string()),
        }
    }

    /// Refused if something of the name is there.
    pub(super) fn begin(&self, context: &Context, base: &str) -> Result<Sink> {
        Ok(match self {
            Form::Bundle(to) => Sink::Bundle {
                file: BufWriter::new(context.begin_file(to)?),
                base: base.to_owned(),
                at: context.now(),
                is_empty: true,
            },
            Form::Lines(to) => Sink::Lines(BufWriter::new(context.begin_file(to)?)),
            Form::Folder(path) => {
                Sink::Folder { folder: AtomicFolder::beside(path)?, files: BTreeMap::new() }
            }
        })
    }
}

/// What is being written; it is there whole or not at all.
pub(super) enum Sink {
    Bundle { file: BufWriter<TargetFile>, base: String, at: DateTime<Utc>, is_empty: bool },
    Lines(BufWriter<TargetFile>),
    Folder { folder: AtomicFolder, files: BTreeMap<ResourceType, BufWriter<File>> },
}

impl Sink {
    pub(super) fn add(&mut self, resource: &FhirResource) -> Result<()> {
        match self {
            Sink::Bundle { file, base, at, is_empty } => {
                let before = if *is_empty { bundle_begin(*at) } else { ",".to_owned() };
                *is_empty = false;
                write(file, &(before + &bundle_entry(base, resource)))
            }
            Sink::Lines(file) => write(file, &format!("{resource}\n")),
            Sink::Folder { folder, files } => {
                let file = match files.entry(resource.kind) {
                    Entry::Occupied(entry) => entry.into_mut(),
                    Entry::Vacant(entry) => {
                        let file = folder.file(&format!("{}.ndjson", resource.kind))?;
                        entry.insert(BufWriter::new(file))
                    }
                };
                writeln!(file, "{resource}").map_err(|error| folder.unwritable(error))
            }
        }
    }

    /// After the last.
    pub(super) fn end(&mut self) -> Result<()> {
        match self {
            Sink::Bundle { file, at, is_empty, .. } => {
                let end = if *is_empty { bundle_of_none(*at) } else { BUNDLE_END.to_owned() };
                write(file, &end)?;
                flush(file)
            }
            Sink::Lines(file) => flush(file),
            Sink::Folder { folder, files } => {
                files.values_mut().try_for_each(Write::flush).map_err(|error| folder.unwritable(error))
            }
        }
    }

    /// Puts it in place.
    pub(super) fn keep(self) -> Result<()> {
        match self {
            Sink::Bundle { file, .. } | Sink::Lines(file) => {
                let path = file.get_ref().path().to_owned();
                file.into_inner().map_err(|error| unwritable(&path, error.into_error()))?.keep()
            }
            Sink::Folder { folder, files } => {
                drop(files);
                folder.keep()
            }
        }
    }
}

fn write(file: &mut BufWriter<TargetFile>, text: &str) -> Result<()> {
    file.write_all(text.as_bytes()).map_err(|error| unwritable(file.get_ref().path(), error))
}

fn flush(file: &mut BufWriter<TargetFile>) -> Result<()> {
    file.flush().map_err(|error| unwritable(file.get_ref().path(), error))
}
