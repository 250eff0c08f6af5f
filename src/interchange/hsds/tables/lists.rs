//! The tables of what organizations, services and locations list.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::super::super::table::{Row, Table};
use super::super::assembly::Assembly;
use super::super::details::{LISTS, Listed};
use super::super::entry::Entry;
use super::super::fields::{Columns, Fields, NamedRow};
use super::super::hours;
use super::super::kind::{Kind, Rest};
use super::super::object::Object;
use super::super::references::{Detours, ReferenceColumns};
use super::left::Left;
use super::{HOURS, Tables};
use crate::error::Result;
use crate::model::directory::AddressKind;

impl Tables<'_> {
    pub(super) fn addresses(&mut self, names: &[&str], kind: AddressKind) -> Result<()> {
        let Some(mut sheet) = self.open(names)? else { return Ok(()) };
        let columns = super::AddressColumns::of(&sheet)?;
        self.owned(&mut sheet, Kind::Address, |row| Ok(vec![columns.read(row, kind)?]))
    }

    pub(super) fn details(&mut self) -> Result<()> {
        let is_here = |listed: &Listed| *listed != Listed::Program && *listed != Listed::Language;
        for (names, _, listed) in LISTS.iter().filter(|(_, _, listed)| is_here(listed)) {
            self.list(names, Kind::Listed(*listed), listed.columns(), |row| Ok(vec![listed.read(row)?]))?;
        }
        Ok(())
    }

    pub(super) fn hours(&mut self) -> Result<()> {
        for names in HOURS {
            self.list(names, Kind::Schedule, &hours::COLUMNS, |row| hours::read(row))?;
        }
        Ok(())
    }

    /// A table of what its owners list.
    fn list<T: Entry>(
        &mut self, names: &[&str], kind: Kind, columns: &[&'static str],
        read: impl Fn(&NamedRow<'_>) -> Result<Vec<T>, String>,
    ) -> Result<()> {
        let Some(mut sheet) = self.open(names)? else { return Ok(()) };
        let columns = Columns::of(&sheet, columns)?;
        self.owned(&mut sheet, kind, |row| read(&columns.row(row)))
    }

    /// Gives what each row says to its owner.
    fn owned<T: Entry>(
        &mut self, sheet: &mut Table, kind: Kind, read: impl Fn(&Row<'_>) -> Result<Vec<T>, String>,
    ) -> Result<()> {
        let (references, left) = (ReferenceColumns::of(sheet)?, Left::of(kind, sheet)?);
        let detours = std::mem::take(&mut self.detours);
        self.each(sheet, |assembly, row| {
            let owner = references.read(row).owner(assembly, &detours)?;
            let fields = left.fields(row, assembly);
            for entry in read(row)? {
                assembly.take(owner, kind, entry, fields.clone());
            }
            Ok(())
        })?;
        self.detours = detours;
        Ok(())
    }

    /// Languages are those of services, of locations, or of the persons who answer a phone.
    pub(super) fn languages(&mut self) -> Result<()> {
        let listed = Listed::Language;
        let Some((names, _, _)) = LISTS.iter().find(|(_, _, one)| *one == listed) else { return Ok(()) };
        let Some(mut sheet) = self.open(names)? else { return Ok(()) };
        let (columns, phone) = (Columns::of(&sheet, listed.columns())?, sheet.column("phone_id")?);
        let (references, left) = (ReferenceColumns::of(&sheet)?, Left::of(Kind::Listed(listed), &sheet)?);
        let detours = std::mem::take(&mut self.detours);
        let mut of_phones: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        self.each(&mut sheet, |assembly, row| {
            let (fields, named) = (columns.row(row), references.read(row));
            let rest = left.fields(row, assembly);
            let phone = row.cell(phone).trim();
            if detours.phones.contains_key(phone) {
                let languages = of_phones.entry(phone.to_owned()).or_default();
                languages.push(of_phone(&fields, rest.clone())?);
            }
            if detours.phones.contains_key(phone) && named.is_empty() {
                return Ok(());
            }
            let owner = named.owner(assembly, &detours)?;
            assembly.take(owner, Kind::Listed(listed), listed.read(&fields)?, rest);
            Ok(())
        })?;
        for (phone, languages) in of_phones {
            let Some((owner, key)) = detours.phones.get(&phone) else { continue };
            let fields = Object::from_iter([("languages".to_owned(), Value::Array(languages))]);
            self.assembly.remain(*owner, Rest { kind: Kind::Phone, entry: Some(key.clone()), fields });
        }
        self.detours = detours;
        Ok(())
    }

    /// The programs of organizations, which services name by their ids.
    pub(super) fn programs(&mut self) -> Result<()> {
        let listed = Listed::Program;
        let Some((names, _, _)) = LISTS.iter().find(|(_, _, one)| *one == listed) else { return Ok(()) };
        let Some(mut sheet) = self.open(names)? else { return Ok(()) };
        let (id, columns) = (sheet.required("id")?, Columns::of(&sheet, listed.columns())?);
        let mut programs = HashMap::new();
        let (references, left) = (ReferenceColumns::of(&sheet)?, Left::of(Kind::Listed(listed), &sheet)?);
        self.each(&mut sheet, |assembly: &mut Assembly, row| {
            let program = listed.read(&columns.row(row))?;
            let owner = references.read(row).owner(assembly, &Detours::default())?;
            let fields = left.fields(row, assembly);
            assembly.take(owner, Kind::Listed(listed), program.clone(), fields);
            programs.insert(row.cell(id).trim().to_owned(), program);
            Ok(())
        })?;
        self.programs = programs;
        Ok(())
    }
}

/// A language as it stands inside of a phone.
fn of_phone(fields: &NamedRow<'_>, rest: Object) -> Result<Value, String> {
    let mut language = rest;
    for key in Listed::Language.columns() {
        let text = fields.text(key)?;
        language.extend(text.map(|text| ((*key).to_owned(), text.into())));
    }
    language.sort_keys();
    Ok(Value::Object(language))
}
