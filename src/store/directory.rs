//! What directories say of no provider.

use crate::model::directory::DirectoryEntry;
use crate::store::prelude::*;

pub(crate) fn is_known(tx: &mut Tx<'_>, id: DirectoryId) -> Result<bool> {
    Ok(tx.first(sql!("directory/is_known"), params![id], |_| Ok(()))?.is_some())
}

pub(crate) fn insert(tx: &mut Tx<'_>, id: DirectoryId, name: &str) -> Result<()> {
    tx.run(sql!("directory/insert"), params![id, name]).map(drop)
}

/// Those of one directory, in its order.
pub(crate) fn entries(tx: &mut Tx<'_>, id: DirectoryId) -> Result<Vec<DirectoryEntry>> {
    tx.all(sql!("directory/entries"), params![id], entry)
}

/// Those of all directories with their names, in no order.
pub(crate) fn all_entries(tx: &mut Tx<'_>) -> Result<Vec<(String, DirectoryEntry)>> {
    tx.all(sql!("directory/all_entries"), params![], |row| Ok((row.get("directory")?, entry(row)?)))
}

pub(crate) fn insert_entries(tx: &mut Tx<'_>, id: DirectoryId, entries: &[DirectoryEntry]) -> Result<()> {
    let placed: Vec<(i64, &DirectoryEntry)> = (0..).zip(entries).collect();
    tx.bulk(sql!("directory/insert_entries"), &placed, |(position, one)| {
        let DirectoryEntry { entity, entry, content } = one;
        [&id as &dyn Param, position, entity, entry, content]
    })
}

pub(crate) fn delete_entries(tx: &mut Tx<'_>, id: DirectoryId) -> Result<()> {
    tx.run(sql!("directory/delete_entries"), params![id]).map(drop)
}

fn entry(row: &Row<'_>) -> Result<DirectoryEntry> {
    from_row! { row => DirectoryEntry { entity, entry, content } }
}
