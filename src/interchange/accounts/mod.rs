//! Reads accounts from a table or from JSON (a list, or one object after the other), one account per row.

mod json;
mod table;

use std::borrow::Cow;
use std::sync::Arc;

use super::csv_reader::clean_name;
use crate::error::{Error, Result};
use crate::file::Input;
use crate::model::account::import::{Line, Permissions, level, permission, yes_or_no};
use crate::model::account::login;
use crate::model::edit::Edit;
use crate::model::text;

/// What a column can be mapped to. `login` is needed.
pub(crate) const FIELDS: [&str; 8] =
    ["login", "name", "email", "level", "active", "permissions", "resources", "resource_assigned_emails"];

/// Columns of our own tables that an import ignores: whether there is a password, and the reason of an
/// earlier rejection.
const PASSED_OVER: [&str; 2] = ["has_password", "error"];

/// One row: an account, or the reason why it is invalid.
pub(crate) struct AccountRow {
    pub(crate) line: Result<Line, String>,
    /// The login of a row that could not be read; otherwise empty.
    pub(crate) login: String,
    /// The line of the file on which the row starts.
    pub(crate) at: u64,
    /// The row itself, for the file of rejects; both empty unless requested.
    pub(crate) columns: Arc<[String]>,
    pub(crate) cells: Vec<String>,
    /// Its approximate size in bytes.
    pub(crate) size: u64,
}

/// Receives every row in the order of the file; an error ends reading.
pub(crate) type Take<'a> = &'a mut dyn FnMut(AccountRow) -> Result<()>;

/// How a file is to be read.
pub(crate) struct Reading<'a> {
    /// Pairs a field of [`FIELDS`] with a column, or in JSON a key; an unmapped one has its own name.
    pub(crate) mapping: &'a [(String, String)],
    /// Whether each row keeps its cells.
    pub(crate) keeps_cells: bool,
}

/// Reads a file; its format is recognised by its beginning. Returns sentences for the person. The whole file
/// is refused if it has an unknown column or broken JSON.
pub(crate) fn read(input: &Input, how: &Reading<'_>, take: Take<'_>) -> Result<Vec<String>> {
    if matches!(input.first_character()?, Some('[' | '{')) {
        return json::read(input, how, take).map(|()| Vec::new());
    }
    table::read(input, how, take)
}

/// The error for an unknown column; it names the known ones.
fn unknown_column(name: &str, column: &str) -> Error {
    let error =
        Error::invalid("import.unknown_column", format!("`{name}` has the unknown column `{column}`"));
    if column.to_lowercase().contains("password") {
        return error.hint("passwords are never imported: `caredesk account set-password LOGIN` sets one");
    }
    let near = text::nearest(column, FIELDS.into_iter());
    let guess = near.first().map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    error.hint(format!(
        "{guess}the columns are {}; `--map FIELD=COLUMN` says which is which",
        FIELDS.join(", ")
    ))
}

/// One field of a row as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Cell<'a> {
    /// There is no such column.
    #[default]
    Absent,
    Text(Cow<'a, str>),
    Many(Vec<String>),
}

impl Cell<'_> {
    /// Tidied; none without the column, empty if the cell is.
    fn text(&self, field: &str) -> Result<Option<String>, String> {
        match self {
            Cell::Absent => Ok(None),
            Cell::Text(text) => {
                clean_name(text).map(Some).map_err(|reason| format!("column `{field}` {reason}"))
            }
            Cell::Many(_) => Err(format!("column `{field}` holds a list")),
        }
    }

    /// None without the column or with an empty cell.
    fn present(&self, field: &str) -> Result<Option<String>, String> {
        Ok(self.text(field)?.filter(|text| !text.is_empty()))
    }

    /// Texts in one cell are separated by semicolons; a JSON list, as our own tables have it, is read too.
    fn many(&self, field: &str) -> Result<Option<Vec<String>>, String> {
        if let Cell::Many(texts) = self {
            return Ok(Some(texts.clone()));
        }
        let Some(text) = self.text(field)? else { return Ok(None) };
        if text.starts_with('[') {
            let list = serde_json::from_str::<Vec<String>>(&text);
            return list.map(Some).map_err(|_| format!("column `{field}` holds no list of texts"));
        }
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        Ok(Some(parts.map(str::to_owned).collect()))
    }
}

/// `cells` are in the order of [`FIELDS`].
fn line(cells: &[Cell<'_>; 8]) -> Result<Line, String> {
    let [id, name, email, rank, active, permissions, resources, emails] = cells;
    let id = login(&id.present("login")?.ok_or("has no login")?)?;
    let name = name.present("name")?.map(|name| text::name(&name)).transpose()?;
    let email = match email.text("email")? {
        None => None,
        Some(text) if text.is_empty() => Some(Edit::Clear),
        Some(text) => Some(Edit::Set(text::email(&text)?)),
    };
    let flag = |cell: &Cell<'_>, field| -> Result<Option<bool>, String> {
        let text = cell.present(field)?;
        text.map(|text| yes_or_no(&text).map_err(|why| format!("column `{field}`: {why}"))).transpose()
    };
    let permissions = match permissions.many("permissions")? {
        None => None,
        Some(texts) => Some(texts.iter().map(|text| permission(text)).collect::<Result<Permissions, _>>()?),
    };
    Ok(Line {
        login: id,
        name,
        email,
        level: rank.present("level")?.map(|text| level(&text)).transpose()?,
        active: flag(active, "active")?,
        resource_assigned_emails: flag(emails, "resource_assigned_emails")?,
        permissions,
        resources: resources.many("resources")?,
    })
}
