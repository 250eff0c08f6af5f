//! The bytes of a document, in pieces: never more than one in memory.

use crate::store::prelude::*;

/// `position` counts from 0.
pub(crate) fn insert_piece(
    tx: &mut Tx<'_>, release: ReleaseId, position: i64, bytes: &Vec<u8>,
) -> Result<()> {
    tx.run(sql!("release/insert_piece"), &[&release, &position, bytes]).map(drop)
}

/// In order, streamed, each with its position.
pub(crate) fn pieces(
    tx: &mut Tx<'_>, release: ReleaseId, mut piece: impl FnMut(i64, Vec<u8>) -> Result<()>,
) -> Result<()> {
    tx.each(sql!("release/pieces"), params![release], |row| piece(row.get("position")?, row.get("bytes")?))
}
