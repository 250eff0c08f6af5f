//! Tables, in whatever they are packed, by all who read them.

use std::collections::HashSet;

use super::parts::{parts, zipped};
use super::{Choice, honest, input, today};
use crate::error::Result;
use crate::file::Input;
use crate::interchange::table::{self, Corrections, Reading, Rows, Table};
use crate::interchange::{
    accounts, clients, contacts, contracts, enrolments, fhir, hsds, provider_list, providers, records,
    referrals, releases, resources, sharing, visits,
};

/// Text tables.
pub(super) fn table(data: &[u8]) {
    if let Some(choice) = Choice::of(data) {
        read(&input(choice.name, choice.rest), &choice);
    }
}

/// Whole archives, byte by byte.
pub(super) fn packed(data: &[u8]) {
    if let Some(choice) = Choice::of(data) {
        let file = input(choice.name, choice.rest);
        read(&file, &choice);
        honest(hsds::is_folder(&file));
        if honest(table::tables_in(&file)).is_some_and(|names| !names.is_empty()) {
            honest(table::unpacked_folder(&file));
        }
    }
}

/// Workbooks, and archives of tables, that are made of their parts.
pub(super) fn workbook(data: &[u8]) {
    let Some(choice) = Choice::of(data) else { return };
    let Some((options, text)) = choice.rest.split_first() else { return };
    let Some(mut bytes) = zipped(&parts(text), options & 1 != 0) else { return };
    // One byte of the archive itself may be another.
    if options & 2 != 0
        && let Some(place) = bytes.len().checked_sub(usize::from(*options >> 2) + 1)
    {
        bytes[place] ^= 1 << (options & 7);
    }
    read(&input(choice.name, &bytes), &choice);
}

fn read(file: &Input, choice: &Choice<'_>) {
    let (how, today, zone) = (&choice.how, today(), choice.zone);
    match choice.reader % 20 {
        0 => rows(clients::open(file, how)),
        1 => drop(honest(clients::is_our_list(file, how))),
        2 => rows(contacts::open(file, how, today, zone)),
        3 => rows(contracts::open(file, how)),
        4 => rows(enrolments::open(file, how)),
        5 => drop(honest(providers::read_providers(file, how))),
        6 => {
            if let Some(found) = honest(provider_list::open(file, how)).flatten() {
                rows(Ok(found));
            }
        }
        7 => rows(records::open(file, how, choice.reader >= 128)),
        8 => rows(referrals::open(file, how, today, zone)),
        9 => rows(releases::open(file, how, today, zone)),
        10 => rows(resources::open(file, how)),
        11 => rows(sharing::links(file, how)),
        12 => rows(sharing::settings(file, how)),
        13 => drop(honest(visits::read(file, how, today, zone))),
        14 => drop(honest(accounts::read(file, how, choice.reader >= 128, &mut |_| Ok(())))),
        15 => drop(honest(hsds::agencies::read(file, how))),
        16 => {
            honest(table::opening(file, how));
            honest(table::rejected_objects(file, how));
            honest(table::rows_at(file, how, &HashSet::from([2, 3, 4])));
        }
        17 => {
            honest(fhir::are_rejected(file, how));
            honest(fhir::patients(file, how, "", &mut |_| Ok(())));
        }
        18 => corrected(file, how),
        _ => drop(honest(cells(file, how))),
    }
}

fn rows<T>(opened: Result<Rows<T>>) {
    let Some(mut rows) = honest(opened) else { return };
    while let Some(Some((found, row))) = honest(rows.next()) {
        if let Err(why) = found {
            assert!(!why.is_empty(), "{row:?}");
        }
        let _ = row.origin();
    }
    let _ = rows.remarks();
}

/// Rejected rows are read in the place of those that they were.
fn corrected(file: &Input, how: &Reading) {
    let Some(Some(corrections)) = honest(Corrections::read(file, how)) else { return };
    let _ = corrections.of_document("x.json").count();
    let how = Reading { corrections: Some(corrections.into()), ..how.clone() };
    honest(providers::read_providers(file, &how));
    honest(hsds::agencies::read(file, &how));
}

/// As the rows of a batch are read.
fn cells(file: &Input, how: &Reading) -> Result<()> {
    let mut table = Table::open(file, how)?;
    table.count_others();
    while let Some(row) = table.next_row()? {
        let row = row.map_or_else(|ragged| ragged, |row| row.reject(""));
        assert!(!row.cells.is_empty() && !row.origin().is_empty(), "{row:?}");
    }
    let _ = (table.remarks(), table.not_kept());
    Ok(())
}
