//! The document of a release on its way out.

use sha2::{Digest, Sha256};

use super::Tx;
use crate::error::{Error, Kind, Result};
use crate::model::audit::hex;
use crate::model::release::Release;
use crate::store;

/// Hands out all pieces in order and checks length and SHA-256 (`release.damaged`). Refused if it was erased
/// (`release.erased`).
pub(crate) fn copy_document(
    tx: &mut Tx<'_>, release: &Release, mut piece: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    if release.document.is_erased() {
        let message = format!("the document of release `{}` was erased with its client", release.code);
        return Err(Error::refused("release.erased", message));
    }
    let (mut hasher, mut size, mut next) = (Sha256::new(), 0, 0);
    store::release::pieces(tx, release.id, |position, bytes| {
        if position != next {
            return Err(damaged(release, "a piece is missing"));
        }
        next += 1;
        size += bytes.len() as u64;
        hasher.update(&bytes);
        piece(&bytes)
    })?;
    if size != release.document.size.unsigned_abs() {
        return Err(damaged(release, "its length is not what was added"));
    }
    if hasher.finalize().as_slice() != release.document.sha256 {
        return Err(damaged(release, "its SHA-256 is not that of what was added"));
    }
    Ok(())
}

fn damaged(release: &Release, why: &str) -> Error {
    Error::new(
        Kind::Environment,
        "release.damaged",
        format!("the document of release `{}` is damaged: {why}", release.code),
    )
    .hint("nothing was written; `caredesk database check` looks for more, and a backup may still have it")
    .detail("sha256", hex(&release.document.sha256))
}
