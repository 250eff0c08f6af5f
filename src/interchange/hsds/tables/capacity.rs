//! The tables of capacities and of their units.

use super::super::assembly::Owner;
use super::super::capacity::{self, Units};
use super::super::fields::{Columns, Fields};
use super::super::kind::{self, Kind, Rest};
use super::Tables;
use super::left::Left;
use crate::error::Result;

impl Tables<'_> {
    pub(super) fn capacities(&mut self) -> Result<()> {
        let units = self.units()?;
        let Some(mut sheet) = self.open(capacity::TABLES)? else { return Ok(()) };
        let (columns, left) = (Columns::of(&sheet, &capacity::COLUMNS)?, Left::of(Kind::Capacity, &sheet)?);
        let mut others = 0;
        self.each(&mut sheet, |assembly, row| {
            let fields = columns.row(row);
            let place = assembly.services.find(fields.field("service_id").trim())?.copied();
            let place = place.ok_or("names no service")?;
            let listed = fields.name("unit_id")?.map(|id| units.get(&id).cloned().ok_or(id));
            let (unit, of_unit) = match listed {
                Some(Ok((name, rest))) => (Some(name), rest),
                Some(Err(id)) => (Some(id), None),
                None => (fields.name("unit")?, None),
            };
            let new = capacity::read(&fields, unit)?;
            let mut rest = left.fields(row, assembly);
            rest.extend(of_unit.map(|fields| ("unit".to_owned(), fields)));
            let rest = Rest::capacity(&new, rest);
            if let Some(service) = assembly.service_mut(place) {
                others += capacity::keep(service, new);
            }
            assembly.remain(Owner::Service(place), rest);
            Ok(())
        })?;
        let capacities = Kind::Capacity.name().to_owned();
        kind::count(&mut self.assembly.remarks.not_kept, capacities, others);
        Ok(())
    }

    fn units(&mut self) -> Result<Units> {
        let Some(mut sheet) = self.open(capacity::UNITS)? else { return Ok(Units::new()) };
        let (columns, left) = (Columns::of(&sheet, &["id", "name"])?, Left::of(Kind::Unit, &sheet)?);
        let mut units = Units::new();
        self.each(&mut sheet, |assembly, row| {
            let fields = columns.row(row);
            let rest = left.fields(row, assembly);
            let rest = (!rest.is_empty()).then_some(rest.into());
            units.extend(fields.name("id")?.zip(fields.name("name")?.map(|name| (name, rest))));
            Ok(())
        })?;
        Ok(units)
    }
}
