//! Writes a directory as HSDS 3.1: organizations with all that is in them as one JSON document, and the same as tables with their
//! description. One provider is in memory at a time.

mod details;
mod document;
mod entries;
mod form;
mod listing;
mod owner;
mod package;
mod remainder;
mod said;
mod shape;
mod tables;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::io::{BufWriter, Write};

use serde::Serialize;
use serde_json::Value;

use super::kind::Kind;
use super::object::{Object, text_of};
use crate::error::Result;
use crate::file::AtomicFolder;
use crate::model::code::{key_number, written_key};
use crate::model::directory::{DirectoryEntry, Listing};
use document::Document;
use vocabulary::Vocabulary;

/// The JSON document of the organizations.
pub(crate) const DOCUMENT: &str = "organizations.json";

/// All documents: besides, what organizations and services refer to, and what sources say of neither.
pub(super) const DOCUMENTS: [&str; 4] = [DOCUMENT, TAXONOMIES, TERMS, ATTRIBUTES];
const TAXONOMIES: &str = "taxonomies.json";
const TERMS: &str = "taxonomy_terms.json";
const ATTRIBUTES: &str = "attributes.json";

/// A directory that is being written into a folder.
pub(crate) struct Directory<'a> {
    folder: &'a AtomicFolder,
    organizations: Document,
    attributes: Document,
    tables: tables::Tables,
    vocabulary: Vocabulary,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) files: usize,
    pub(crate) rows: u64,
}

impl<'a> Directory<'a> {
    /// `said` is what sources say of no provider, with the name of each. For an actor who does not see all of it `is_whole` is
    /// false.
    pub(crate) fn begin(
        folder: &'a AtomicFolder, said: &[(String, DirectoryEntry)], is_whole: bool,
    ) -> Result<Self> {
        let shared = [(Kind::Taxonomy.name(), TAXONOMIES), (Kind::Term.name(), TERMS)];
        Ok(Directory {
            folder,
            organizations: Document::begin(folder, DOCUMENT)?,
            attributes: Document::begin(folder, ATTRIBUTES)?,
            tables: tables::Tables::begin(
                folder,
                &shared,
                said.iter().filter_map(|(_, one)| said::named(one)),
            )?,
            vocabulary: Vocabulary::of(said, is_whole),
        })
    }

    pub(crate) fn add(&mut self, listing: &Listing) -> Result<()> {
        let mut organization = listing::organization(listing, &mut self.vocabulary);
        name_inner(&mut organization);
        self.organizations.add(self.folder, &organization)?;
        self.tables.add(self.folder, Kind::Organization.name(), &organization)
    }

    /// Writes what a source says of no provider. A row about what another source has, or has later, would be read as being about
    /// that: then only what is kept is written.
    pub(crate) fn say(&mut self, source: &str, one: &DirectoryEntry) -> Result<()> {
        let is_about_another = said::named(one).is_some_and(|id| self.tables.has(id));
        if let Some((kind, mut object)) =
            said::object(source, one, &mut self.vocabulary).filter(|_| !is_about_another)
        {
            name_inner(&mut object);
            self.tables.add(self.folder, kind, &object)?;
        }
        let attribute = said::attribute(source, one);
        self.attributes.add(self.folder, &attribute)?;
        self.tables.add(self.folder, Kind::Attribute.name(), &attribute)
    }

    pub(crate) fn end(self) -> Result<Written> {
        self.organizations.end(self.folder)?;
        self.attributes.end(self.folder)?;
        let rows = self.tables.rows;
        self.tables.end(self.folder)?;
        let mut description = BufWriter::new(self.folder.file(super::PACKAGE)?);
        json(self.folder, &mut description, &package::description())?;
        description.flush().map_err(|error| self.folder.unwritable(error))?;
        Ok(Written { files: shape::SHAPES.len() + DOCUMENTS.len() + 1, rows })
    }
}

/// Gives ids to what has none yet in the lists of a thing: they follow from its own and what is said there.
fn name_inner(object: &mut Object) {
    let id = text_of(object, "id").into_owned();
    for (key, value) in object.iter_mut() {
        match value {
            Value::Object(inner) => name_inner(inner),
            Value::Array(list) => {
                for inner in list.iter_mut().filter_map(Value::as_object_mut) {
                    if !inner.contains_key("id") {
                        let text = Value::Object(inner.clone()).to_string();
                        inner.shift_insert(0, "id".to_owned(), written_key(&[&id, key, &text]).into());
                    }
                    name_inner(inner);
                }
            }
            _ => {}
        }
    }
}

fn json(folder: &AtomicFolder, mut to: impl Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut to, value).map_err(|error| folder.unwritable(error.into()))
}

/// The id of a provider: that of its source where HSDS takes it for one (a UUID) and no other has it, else one that follows from
/// where it came from or from its code.
pub(crate) fn provider_id(origin: Option<(&str, &str)>, code: &str, is_shared: bool) -> String {
    id("provider", origin, code, is_shared)
}

/// The same for a program, with the source of its provider.
pub(crate) fn program_id(origin: Option<(&str, &str)>, code: &str, is_shared: bool) -> String {
    id("program", origin, code, is_shared)
}

fn id(noun: &str, origin: Option<(&str, &str)>, code: &str, is_shared: bool) -> String {
    match origin {
        Some((_, id)) if !is_shared && key_number(id).is_some() => id.to_owned(),
        Some((source, id)) => written_key(&[noun, source, id]),
        None => written_key(&[noun, code]),
    }
}
