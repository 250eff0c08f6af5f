//! Checks the selected columns against the existing ones.

use crate::error::{Error, Kind, Result};
use crate::model::view::Field;

/// Usage error if `--columns` names an unknown column.
pub(super) fn check_columns<'a>(columns: &[String], known: impl Iterator<Item = &'a Field>) -> Result<()> {
    let names: Vec<&str> = known.map(|field| field.key).collect();
    let Some(unknown) = columns.iter().find(|column| !names.contains(&column.as_str())) else {
        return Ok(());
    };
    Err(Error::new(Kind::Usage, "usage.unknown_column", format!("there is no column `{unknown}`"))
        .hint(format!("the columns are {}", names.join(", "))))
}
