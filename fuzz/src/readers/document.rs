//! What sort of document a file is.

use super::honest;
use crate::interchange::document::{HEAD, TAIL, media_type};

pub(super) fn document(data: &[u8]) {
    let (head, tail) = (&data[..data.len().min(HEAD)], &data[data.len().saturating_sub(TAIL)..]);
    honest(media_type("paper", head, tail));
}
