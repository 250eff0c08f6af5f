//! Writes objects of HSDS as rows: each kind has a table, and what stands inside of another names it by its id.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter};

use serde_json::Value;

use super::super::kind::METADATA;
use super::super::object::{Object, text_of};
use super::document::Document;
use super::shape::{SHAPES, Shape, below};
use crate::error::{Error, Result};
use crate::file::AtomicFolder;
use crate::model::code::key_number;
use crate::model::spreadsheet;

type Rows = csv::Writer<BufWriter<File>>;

/// A column and the id in it, for what stands inside of the object with that id.
type Owner<'a> = (&'static str, &'a str);

pub(super) struct Tables {
    sheets: Vec<(&'static Shape, Rows)>,
    /// What several refer to and has its row already.
    known: HashSet<u128>,
    /// Ids of which it is asked whether they have a row, and those that do.
    named: HashSet<u128>,
    found: HashSet<u128>,
    /// Documents of some kinds of what several refer to.
    shared: Vec<(&'static str, Document)>,
    pub(super) rows: u64,
}

impl Tables {
    /// With documents of these names for kinds of what several refer to, and the ids of which it will be asked whether they have a row.
    pub(super) fn begin(
        folder: &AtomicFolder, shared: &[(&'static str, &str)], named: impl Iterator<Item = u128>,
    ) -> Result<Self> {
        let mut sheets = Vec::with_capacity(SHAPES.len());
        for shape in SHAPES {
            let mut sheet = csv::Writer::from_writer(BufWriter::new(folder.file(shape.file)?));
            let names = shape.fields.iter().map(|(name, _)| name);
            sheet.write_record(names).map_err(|error| unwritable(folder, error))?;
            sheets.push((shape, sheet));
        }
        let document = |(kind, name): &(&'static str, &str)| Ok((*kind, Document::begin(folder, name)?));
        let shared = shared.iter().map(document).collect::<Result<_>>()?;
        let (known, named, found) = (HashSet::new(), named.collect(), HashSet::new());
        Ok(Tables { sheets, known, named, found, shared, rows: 0 })
    }

    pub(super) fn has(&self, id: u128) -> bool {
        self.found.contains(&id)
    }

    /// An object that stands in no other; one that others refer to may have its row already.
    pub(super) fn add(&mut self, folder: &AtomicFolder, kind: &'static str, object: &Object) -> Result<()> {
        let is_shared = self.shared.iter().any(|(shared, _)| *shared == kind);
        if is_shared && !key_number(&text_of(object, "id")).is_some_and(|id| self.known.insert(id)) {
            return Ok(());
        }
        self.object(folder, kind, object, &[])
    }

    pub(super) fn end(self, folder: &AtomicFolder) -> Result<()> {
        for (_, mut sheet) in self.sheets {
            sheet.flush().map_err(|error| folder.unwritable(error))?;
        }
        self.shared.into_iter().try_for_each(|(_, document)| document.end(folder))
    }

    /// The row of an object stands before those of what is in it.
    fn object(
        &mut self, folder: &AtomicFolder, kind: &'static str, object: &Object, owners: &[Owner<'_>],
    ) -> Result<()> {
        let mut own: Vec<(String, String)> = Vec::new();
        for (key, value) in object {
            let (Some((below, true)), Value::Object(one)) = (below(key), value) else { continue };
            let id = text_of(one, "id").into_owned();
            if key_number(&id).is_some_and(|id| self.known.insert(id)) {
                let of =
                    owners.iter().filter(|(column, _)| *column == "organization_id" && below == "program");
                self.object(folder, below, one, &of.copied().collect::<Vec<_>>())?;
            }
            own.push((format!("{}_id", key.trim_end_matches("_detail")), id));
        }
        if let Some((_, document)) = self.shared.iter_mut().find(|(shared, _)| *shared == kind) {
            document.add(folder, object)?;
        }
        let id = text_of(object, "id");
        self.found.extend(key_number(&id).filter(|id| self.named.contains(id)));
        self.row(folder, kind, object, owners, &own)?;
        let column = column(kind);
        for (key, value) in object {
            let (Some((below, false)), Value::Array(many)) = (below(key), value) else { continue };
            for one in many.iter().filter_map(Value::as_object) {
                let is_new = key_number(&text_of(one, "id")).is_some_and(|id| self.known.insert(id));
                if !is_shared(below) || is_new {
                    self.object(folder, below, one, &inside(below, column, &id, kind, owners))?;
                }
            }
        }
        Ok(())
    }

    fn row(
        &mut self, folder: &AtomicFolder, kind: &str, object: &Object, owners: &[Owner<'_>],
        own: &[(String, String)],
    ) -> Result<()> {
        let Some((shape, sheet)) = self.sheets.iter_mut().find(|(shape, _)| shape.name == kind) else {
            return Ok(());
        };
        let cells = shape.fields.iter().map(|(name, _)| {
            let mine = own.iter().find(|(column, _)| column == name).map(|(_, id)| id.as_str());
            let owner = owners.iter().find(|(column, _)| column == name).map(|(_, id)| *id);
            let text = text_of(object, name);
            let text = mine.or(owner.filter(|_| text.is_empty())).unwrap_or(&text);
            spreadsheet::exact(text).into_owned()
        });
        self.rows += 1;
        sheet.write_record(cells).map_err(|error| unwritable(folder, error))
    }
}

/// What stands in several places is one row.
fn is_shared(kind: &str) -> bool {
    matches!(kind, "program" | "location")
}

/// The columns by which a row names what it stands in. A service names its organization, all else only what it is right inside of.
fn inside<'a>(
    below: &str, column: &'static str, id: &'a str, kind: &'static str, owners: &[Owner<'a>],
) -> Vec<Owner<'a>> {
    match below {
        "attribute" => return vec![("link_id", id), ("link_entity", kind)],
        METADATA => return vec![("resource_id", id), ("resource_type", kind)],
        _ => {}
    }
    let around = owners.iter().filter(|_| kind == "service" && below == "program").copied();
    std::iter::once((column, id)).chain(around).collect()
}

fn column(kind: &str) -> &'static str {
    match kind {
        "organization" => "organization_id",
        "service" => "service_id",
        "location" => "location_id",
        "service_at_location" => "service_at_location_id",
        "contact" => "contact_id",
        "phone" => "phone_id",
        _ => "",
    }
}

fn unwritable(folder: &AtomicFolder, error: csv::Error) -> Error {
    folder.unwritable(io::Error::from(error))
}
