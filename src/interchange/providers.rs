//! Reads a plain table of providers, one per row, with any header.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::table::{Column, Reading, Row, Table};
use crate::error::Result;
use crate::file::Input;
use crate::model::directory::{Address, AddressKind, Directory, List, Listing, Lists, Phone, Spoken, Text};
use crate::model::text::yes_or_no;

/// What a column can be mapped to. Only `name` is needed.
pub(crate) const FIELDS: [&str; 12] = [
    "name", "id", "alternate_name", "description", "email", "phone", "url", "active", "address", "city",
    "region", "postal_code",
];

/// Reads a table of providers. A field of [`FIELDS`] that is not mapped is taken from the column of its own
/// name. A cell that holds only `-`, `NA` or `N/A` is
/// missing. Errors are those of [`Table`].
pub(crate) fn read_providers(input: &Input, how: &Reading) -> Result<Directory> {
    let mut table = Table::open(input, how)?;
    let columns = Columns(table.mapped(FIELDS, &["name"], &how.mapping)?);
    table.only(&columns.0, &FIELDS, how)?;
    let mut directory = Directory::default();
    let mut lines = HashMap::new();
    let mut rejects = Vec::new();
    directory.read = table.each(&mut rejects, |row| {
        let listing = columns.listing(row)?;
        match lines.entry(listing.source_id.clone()) {
            Entry::Occupied(first) => return Err(columns.twin(&listing, *first.get())),
            Entry::Vacant(free) => free.insert(row.line()),
        };
        directory.listings.push(listing);
        Ok(())
    })?;
    directory.rejects = rejects;
    directory.remarks = table.remarks();
    Ok(directory)
}

/// In the order of [`FIELDS`].
struct Columns([Column; 12]);

impl Columns {
    fn listing(&self, row: &Row<'_>) -> Result<Listing, String> {
        let [name, id, alternate_name, description, email, phone, url, active, ..] = self.0;
        let name = row.called(name)?.filter(|name| !stands_for_nothing(name)).ok_or("has no name")?;
        let address = self.address(row)?;
        let source_id = if id.is_absent() {
            derived_id(&name, &address)
        } else {
            present(row, id)?.ok_or("has no id")?
        };
        let phone = present(row, phone)?;
        let active = present(row, active)?.map(|text| is_active(&text)).transpose()?;
        Ok(Listing {
            source_id,
            name,
            alternate_name: present(row, alternate_name)?,
            description: row.text(description)?.filter(|text| !stands_for_nothing(text)),
            email: present(row, email)?,
            url: present(row, url)?,
            postal_code: address.postal_code.clone(),
            lists: Lists {
                phones: phone.iter().map(|number| voice(number)).collect(),
                addresses: if address == nowhere() { Vec::new() } else { vec![address] },
                spoken: self.lists_in(row),
                ..Lists::default()
            },
            spoken: Spoken::of_texts(&[
                (Text::AlternateName, row.has(alternate_name)),
                (Text::Description, row.has(description)),
                (Text::Email, row.has(email)),
                (Text::Url, row.has(url)),
            ])
            .with(Spoken::of_status(active.is_some())),
            phone,
            active: active.unwrap_or(true),
            services: Vec::new(),
            capacity: None,
            own: None,
            line: row.line(),
        })
    }

    /// An address is one thing in several columns: without any of them nothing is said of it.
    fn lists_in(&self, row: &Row<'_>) -> Spoken {
        let [.., phone, _, _, line_1, city, region, postal_code] = self.0;
        let has_address = [line_1, city, region, postal_code].iter().any(|column| row.has(*column));
        let lists = [(List::Phones, row.has(phone)), (List::Addresses, has_address)];
        let there = lists.into_iter().filter(|(_, is_there)| *is_there);
        there.fold(Spoken::default(), |spoken, (list, _)| spoken.with(Spoken::of(list)))
    }

    fn address(&self, row: &Row<'_>) -> Result<Address, String> {
        let [.., line_1, city, region, postal_code] = self.0;
        Ok(Address {
            line_1: present(row, line_1)?,
            city: present(row, city)?,
            region: present(row, region)?,
            postal_code: present(row, postal_code)?,
            ..nowhere()
        })
    }

    fn twin(&self, listing: &Listing, first: u64) -> String {
        let [_, id, ..] = self.0;
        if id.is_absent() {
            return format!(
                "has the name, postal code and address of line {first}; if the two differ, say which column tells \
                 them apart: --map id=\"…\""
            );
        }
        format!("id `{}` was already used on line {first}", listing.source_id)
    }
}

/// As our own lists write it, and as other systems do.
pub(super) fn is_active(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "active" | "open" => Ok(true),
        "inactive" | "closed" | "defunct" => Ok(false),
        _ => yes_or_no(text).map_err(|why| format!("active {why}")),
    }
}

/// Without an id in the source, name, postal code and address, without regard to case and spacing, form a
/// stable one.
fn derived_id(name: &str, address: &Address) -> String {
    let parts = [Some(name), address.postal_code.as_deref(), address.line_1.as_deref()];
    let folded = parts.map(|part| {
        let words: Vec<&str> = part.unwrap_or_default().split_whitespace().collect();
        words.join(" ").to_lowercase()
    });
    folded.join(" | ")
}

fn present(row: &Row<'_>, column: Column) -> Result<Option<String>, String> {
    Ok(row.name(column)?.filter(|text| !stands_for_nothing(text)))
}

fn stands_for_nothing(text: &str) -> bool {
    matches!(text.trim(), "-" | "NA" | "N/A")
}

fn voice(number: &str) -> Phone {
    Phone { number: number.to_owned(), kind: "voice".to_owned(), ..Phone::default() }
}

fn nowhere() -> Address {
    Address { kind: AddressKind::Physical, ..Address::default() }
}
