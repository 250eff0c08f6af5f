//! What a thing looks like from outside: its fields, in order, under the names that scripts rely on.

use serde::Serialize;

use crate::error::{Error, Kind, Result};

/// A thing that commands list, show and change. `FIELDS` names every key that it serialises to, in the same order.
pub(crate) trait View: Serialize {
    const FIELDS: &'static [Field];
    /// What people quote, and all that `-q` prints.
    fn code(&self) -> &str;
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) kind: FieldKind,
    /// Whether a table has it without being asked.
    pub(crate) shown: bool,
    /// Where a screen is too narrow, the columns of the highest rank are left out first; among equals the last one.
    pub(crate) rank: u8,
}

impl Field {
    pub(crate) const fn rank(self, rank: u8) -> Self {
        Field { rank, ..self }
    }
}

/// How a field is put before people. Only `Text` wraps; everything else is never cut or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// A code, number or login, which people copy.
    Code,
    Text,
    Status,
    /// In the hub's time zone, always exact; scripts get UTC.
    Instant,
    Date,
    /// An instant of something that happened, which people ask the age of: `2 h ago` in a list on a terminal.
    Age,
    /// Right-aligned.
    Number,
    YesNo,
    /// A list, of which a table says how long it is.
    Many,
}

pub(crate) const fn shown(key: &'static str, kind: FieldKind) -> Field {
    Field { key, kind, shown: true, rank: 0 }
}

pub(crate) const fn hidden(key: &'static str, kind: FieldKind) -> Field {
    Field { key, kind, shown: false, rank: 0 }
}

/// Usage error where `--columns` names what is not there.
pub(super) fn check_columns<'a>(columns: &[String], known: impl Iterator<Item = &'a Field>) -> Result<()> {
    let names: Vec<&str> = known.map(|field| field.key).collect();
    let Some(unknown) = columns.iter().find(|column| !names.contains(&column.as_str())) else {
        return Ok(());
    };
    Err(Error::new(Kind::Usage, "usage.unknown_column", format!("there is no column `{unknown}`"))
        .hint(format!("the columns are {}", names.join(", "))))
}
