//! Converts one row of an HSDS table. Column names differ between HSDS 1, 2 and 3; each field lists them, and
//! the first filled one wins.

use super::super::table::{Column, Row, Table};
use crate::error::Result;
use crate::model::directory::{Address, AddressKind, Listing, Phone, Service, Spoken, Text};

/// The columns that may hold one field.
#[derive(Clone, Copy)]
struct Either(Column, Column);

impl Either {
    fn of(sheet: &Table, first: &str, second: &str) -> Result<Self> {
        Ok(Either(sheet.column(first)?, sheet.column(second)?))
    }

    fn name(self, row: &Row<'_>) -> Result<Option<String>, String> {
        Ok(row.name(self.0)?.or(row.name(self.1)?))
    }

    fn text(self, row: &Row<'_>) -> Result<Option<String>, String> {
        Ok(row.text(self.0)?.or(row.text(self.1)?))
    }

    fn is_in(self, row: &Row<'_>) -> bool {
        row.has(self.0) || row.has(self.1)
    }
}

/// What organizations and services have in common.
pub(super) struct ListingColumns {
    pub(super) id: Column,
    name: Column,
    alternate_name: Column,
    description: Column,
    email: Column,
    url: Either,
}

impl ListingColumns {
    pub(super) fn of(sheet: &Table) -> Result<Self> {
        Ok(ListingColumns {
            id: sheet.required("id")?,
            name: sheet.required("name")?,
            alternate_name: sheet.column("alternate_name")?,
            description: sheet.column("description")?,
            email: sheet.column("email")?,
            url: Either::of(sheet, "website", "url")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>, source_id: String) -> Result<Listing, String> {
        Ok(Listing {
            source_id,
            name: row.called(self.name)?.ok_or("has no name")?,
            alternate_name: row.name(self.alternate_name)?,
            description: row.text(self.description)?,
            email: row.name(self.email)?,
            url: self.url.name(row)?,
            active: true,
            spoken: Spoken::of_texts(&[
                (Text::AlternateName, row.has(self.alternate_name)),
                (Text::Description, row.has(self.description)),
                (Text::Email, row.has(self.email)),
                (Text::Url, self.url.is_in(row)),
            ]),
            line: row.line(),
            ..Listing::default()
        })
    }
}

pub(super) struct ServiceColumns {
    pub(super) common: ListingColumns,
    pub(super) organization: Column,
    pub(super) location: Column,
    eligibility: Either,
    fees: Either,
    application_process: Column,
    status: Column,
}

impl ServiceColumns {
    pub(super) fn of(sheet: &Table) -> Result<Self> {
        Ok(ServiceColumns {
            common: ListingColumns::of(sheet)?,
            organization: sheet.column("organization_id")?,
            location: sheet.column("location_id")?,
            eligibility: Either::of(sheet, "eligibility_description", "eligibility")?,
            fees: Either::of(sheet, "fees_description", "fees")?,
            application_process: sheet.column("application_process")?,
            status: sheet.column("status")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>, source_id: String) -> Result<Service, String> {
        let common = self.common.read(row, source_id)?;
        Ok(Service {
            source_id: common.source_id,
            name: common.name,
            alternate_name: common.alternate_name,
            description: common.description,
            eligibility: self.eligibility.text(row)?,
            fees: self.fees.text(row)?,
            application_process: row.text(self.application_process)?,
            email: common.email,
            url: common.url,
            active: is_active(row.cell(self.status)),
            spoken: common
                .spoken
                .with(Spoken::of_texts(&[
                    (Text::Eligibility, self.eligibility.is_in(row)),
                    (Text::Fees, self.fees.is_in(row)),
                    (Text::ApplicationProcess, row.has(self.application_process)),
                ]))
                .with(Spoken::of_status(!row.cell(self.status).trim().is_empty())),
            line: row.line(),
            ..Service::default()
        })
    }
}

/// HSDS has active, inactive, defunct and temporarily closed; without a status it is active.
pub(super) fn is_active(status: &str) -> bool {
    let status = status.trim().to_lowercase();
    !matches!(status.as_str(), "inactive" | "defunct" | "temporarily closed" | "temporarily_closed")
}

pub(super) struct PhoneColumns {
    number: Column,
    extension: Column,
    kind: Either,
    department: Either,
}

impl PhoneColumns {
    pub(super) fn of(sheet: &Table) -> Result<Self> {
        Ok(PhoneColumns {
            number: sheet.required("number")?,
            extension: sheet.column("extension")?,
            kind: Either::of(sheet, "type", "number_type")?,
            department: Either::of(sheet, "department", "description")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<Phone, String> {
        Ok(Phone {
            number: row.name(self.number)?.ok_or("has no number")?,
            extension: row.name(self.extension)?,
            kind: phone_kind(self.kind.name(row)?),
            department: self.department.name(row)?,
        })
    }
}

pub(super) fn phone_kind(written: Option<String>) -> String {
    written.map_or_else(|| "voice".to_owned(), |kind| kind.to_lowercase())
}

pub(super) struct AddressColumns {
    attention: Column,
    line_1: Column,
    line_2: Column,
    city: Column,
    region: Either,
    postal_code: Column,
    country: Column,
    kind: Column,
}

impl AddressColumns {
    pub(super) fn of(sheet: &Table) -> Result<Self> {
        Ok(AddressColumns {
            attention: sheet.column("attention")?,
            line_1: sheet.column("address_1")?,
            line_2: sheet.column("address_2")?,
            city: sheet.column("city")?,
            region: Either::of(sheet, "state_province", "region")?,
            postal_code: sheet.column("postal_code")?,
            country: sheet.column("country")?,
            kind: sheet.column("address_type")?,
        })
    }

    /// `kind` is the default kind of the table.
    pub(super) fn read(&self, row: &Row<'_>, kind: AddressKind) -> Result<Address, String> {
        let address = Address {
            attention: row.name(self.attention)?,
            line_1: row.name(self.line_1)?,
            line_2: row.name(self.line_2)?,
            city: row.name(self.city)?,
            region: self.region.name(row)?,
            postal_code: row.name(self.postal_code)?,
            country: row.name(self.country)?,
            place: None,
            kind: address_kind(row.cell(self.kind), kind),
        };
        if is_blank(&address) {
            Err("is an address without any line, city or postal code".to_owned())
        } else {
            Ok(address)
        }
    }
}

pub(super) fn address_kind(written: &str, otherwise: AddressKind) -> AddressKind {
    match written.trim().to_lowercase().as_str() {
        "postal" | "mailing" => AddressKind::Postal,
        "" => otherwise,
        _ => AddressKind::Physical,
    }
}

/// A country and a region alone are no usable address.
pub(super) fn is_blank(address: &Address) -> bool {
    let Address { line_1, line_2, city, postal_code, .. } = address;
    [line_1, line_2, city, postal_code].into_iter().all(Option::is_none)
}
