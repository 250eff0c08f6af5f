//! Checks the selected columns against the existing ones.

use crate::error::{Error, Kind, Result};
use crate::model::text::nearest;
use crate::model::view::Field;

const SIGNS: [char; 2] = ['+', '-'];

/// Whether columns are added to the usual ones (`+note`) and left out of them (`-note`), instead of being all that are shown.
pub(super) fn is_relative(columns: &[String]) -> bool {
    columns.iter().any(|column| column.starts_with(SIGNS))
}

/// A column without its sign.
fn name(column: &str) -> &str {
    column.strip_prefix(SIGNS).unwrap_or(column)
}

/// Of the usual columns those that are not left out, and what is added.
pub(super) fn chosen<'a>(columns: &'a [String], usual: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    if !is_relative(columns) {
        return columns.iter().map(String::as_str).collect();
    }
    let signed = |sign: char| columns.iter().filter_map(move |column| column.strip_prefix(sign));
    let mut chosen: Vec<&str> = usual.filter(|key| signed('-').all(|gone| gone != *key)).collect();
    for more in signed('+') {
        if !chosen.contains(&more) {
            chosen.push(more);
        }
    }
    chosen
}

/// Usage error if `--columns` names an unknown column.
pub(super) fn check_columns<'a>(columns: &[String], known: impl Iterator<Item = &'a Field>) -> Result<()> {
    let names: Vec<&str> = known.map(|field| field.key).collect();
    if is_relative(columns) && !columns.iter().all(|column| column.starts_with(SIGNS)) {
        return Err(Error::usage("`--columns` has columns with a sign and columns without one").hint(
            "name the columns, or add to the usual ones and leave out of them: `--columns=+note,-status`",
        ));
    }
    let Some(unknown) = columns.iter().map(|column| name(column)).find(|column| !names.contains(column))
    else {
        return Ok(());
    };
    Err(self::unknown(unknown, names.into_iter()))
}

/// Usage error for a column that there is not.
pub(super) fn unknown<'a>(column: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let known: Vec<&str> = known.collect();
    let all = format!("the columns are {}", known.join(", "));
    let hint = match nearest(column, known.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    };
    Error::new(Kind::Usage, "usage.unknown_column", format!("there is no column `{column}`")).hint(hint)
}
