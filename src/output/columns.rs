//! The columns that are asked for, against those that there are.

use crate::error::{Error, Kind, Result};
use crate::model::view::Field;

/// Usage error where `--columns` names what is not there.
pub(super) fn check_columns<'a>(columns: &[String], known: impl Iterator<Item = &'a Field>) -> Result<()> {
    let names: Vec<&str> = known.map(|field| field.key).collect();
    let Some(unknown) = columns.iter().find(|column| !names.contains(&column.as_str())) else {
        return Ok(());
    };
    Err(Error::new(Kind::Usage, "usage.unknown_column", format!("there is no column `{unknown}`"))
        .hint(format!("the columns are {}", names.join(", "))))
}
