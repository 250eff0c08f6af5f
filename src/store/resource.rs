//! Resources: agency records and programs.

use crate::db::{Tx, params, sql};
use crate::error::Result;

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("resource/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}
