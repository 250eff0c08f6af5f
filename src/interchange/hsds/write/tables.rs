//! Writes objects of HSDS as rows: each kind has a table, and what stands inside of another names it by its id.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter};

use serde_json::Value;

use super::super::object::{Object, text_of};
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
    pub(super) rows: u64,
}

impl Tables {
    pub(super) fn begin(folder: &AtomicFolder) -> Result<Self> {
        let mut sheets = Vec::with_capacity(SHAPES.len());
        for shape in SHAPES {
            let mut sheet = csv::Writer::from_writer(BufWriter::new(folder.file(shape.file)?));
            let names = shape.fields.iter().map(|(name, _)| name);
            sheet.write_record(names).map_err(|error| unwritable(folder, error))?;
            sheets.push((shape, sheet));
        }
        Ok(Tables { sheets, known: HashSet::new(), rows: 0 })
    }

    pub(super) fn add(&mut self, folder: &AtomicFolder, organization: &Object) -> Result<()> {
        self.object(folder, "organization", organization, &[])
    }

    pub(super) fn end(self, folder: &AtomicFolder) -> Result<()> {
        for (_, mut sheet) in self.sheets {
            sheet.flush().map_err(|error| folder.unwritable(error))?;
        }
        Ok(())
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
        let id = text_of(object, "id");
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
    if below == "attribute" {
        return vec![("link_id", id), ("link_entity", kind)];
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
