//! Reads referrals from a table, one per row, with their history: when and by whom each was created and assigned.

use chrono::{DateTime, NaiveDate, Utc};

use super::table::{Column, Mapping, Reading, Row, Rows, Table, edit, instant, needed};
use crate::error::Result;
use crate::file::Input;
use crate::model::code::Prefix;
use crate::model::edit::Edit;
use crate::model::reference::code_of;
use crate::model::zone::Zone;

/// What `referral list` writes can be read again (rule 5.4).
const MAPPING: Mapping<11> = Mapping {
    fields: [
        "id", "code", "queue", "status", "client", "contact_number", "resource", "note", "created_at",
        "created_by", "assigned_at",
    ],
    required: &["id"],
    listed: &[],
    also_listed: &["closed", "client_name", "resource_name", "provider", "provider_name"],
    mark: Some("client_name"),
};

/// One referral as read. A field of which the row does not speak is none.
pub(crate) struct ReferralRow {
    /// The id in the source, and our own code; one of them is there.
    pub(crate) id: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) queue: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) client: Option<String>,
    pub(crate) contact_number: Option<String>,
    pub(crate) resource: Option<Edit<String>>,
    pub(crate) note: Option<Edit<String>>,
    pub(crate) created_at: Option<DateTime<Utc>>,
    pub(crate) created_by: Option<String>,
    pub(crate) assigned_at: Option<DateTime<Utc>>,
}

/// Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading, today: NaiveDate, zone: Zone) -> Result<Rows<ReferralRow>> {
    let table = Table::open(input, how)?;
    let has_code = !table.column("code")?.is_absent() || how.mapping.iter().any(|(field, _)| field == "code");
    let required = if has_code { &[] } else { MAPPING.required };
    Rows::of(table, how, &Mapping { required, ..MAPPING }, move |row, columns| {
        referral(row, columns, &|column, what| instant(row, column, what, today, zone))
    })
}

/// Reads the instant in a column, which it names in errors.
type Instant<'a> = &'a dyn Fn(Column, &str) -> Result<Option<DateTime<Utc>>, String>;

fn referral(row: &Row<'_>, columns: [Column; 11], instant: Instant<'_>) -> Result<ReferralRow, String> {
    let [id, code, queue, status, client, contact, resource, note, created_at, created_by, assigned_at] =
        columns;
    let foreign = row.name(id)?;
    let code = row.name(code)?;
    let ours = code.as_deref().and_then(|code| code_of(Prefix::Referral, code));
    match (&foreign, &code, &ours) {
        (None, None, _) => return Err("has no id".to_owned()),
        (None, Some(code), None) => {
            return Err(format!(
                "`{code}` is no code of a referral; an id of another system is read with `--map id=code`"
            ));
        }
        _ => {}
    }
    Ok(ReferralRow {
        id: foreign,
        code: ours,
        queue: needed(row, queue, row.name(queue)?, "queue")?,
        status: needed(row, status, row.name(status)?, "status")?,
        client: row.name(client)?,
        contact_number: row.name(contact)?,
        resource: edit(row, resource, row.name(resource)?),
        note: edit(row, note, row.note(note)?),
        created_at: instant(created_at, "created_at")?,
        created_by: row.name(created_by)?,
        assigned_at: instant(assigned_at, "assigned_at")?,
    })
}
