//! The tables of capacities and of their units.

use super::super::capacity::{self, Units};
use super::super::fields::{Columns, Fields};
use super::{Tables, left};
use crate::error::Result;

impl Tables<'_> {
    pub(super) fn capacities(&mut self) -> Result<()> {
        let units = self.units()?;
        let Some(mut sheet) = self.open(capacity::TABLES)? else { return Ok(()) };
        let columns = Columns::of(&sheet, &capacity::COLUMNS)?;
        let mut others = 0;
        self.each(&mut sheet, |assembly, row| {
            let fields = columns.row(row);
            let place = assembly.services.find(fields.field("service_id").trim())?.copied();
            let place = place.ok_or("names no service")?;
            let unit = match fields.name("unit_id")? {
                Some(id) => Some(units.get(&id).cloned().unwrap_or(id)),
                None => fields.name("unit")?,
            };
            let new = capacity::read(&fields, unit)?;
            if let Some(service) = assembly.service_mut(place) {
                others += capacity::keep(service, new);
            }
            Ok(())
        })?;
        left::count(&mut self.assembly, &sheet, "available", others);
        Ok(())
    }

    fn units(&mut self) -> Result<Units> {
        let Some(mut sheet) = self.open(capacity::UNITS)? else { return Ok(Units::new()) };
        let columns = Columns::of(&sheet, &["id", "name"])?;
        let mut units = Units::new();
        self.each(&mut sheet, |_, row| {
            let fields = columns.row(row);
            units.extend(fields.name("id")?.zip(fields.name("name")?));
            Ok(())
        })?;
        Ok(units)
    }
}
