//! Reads what `provider list` writes, one provider per row (rule 5.4).

use super::providers::is_active;
use super::table::{Column, Mapping, Reading, Row, Rows, Table, edit};
use crate::error::Result;
use crate::file::Input;
use crate::model::code::Prefix;
use crate::model::edit::{Edit, apply};
use crate::model::provider::Provider;
use crate::model::reference::code_of;

const MAPPING: Mapping<11> = Mapping {
    fields: [
        "code", "name", "alternate_name", "description", "email", "phone", "url", "postal_code", "active",
        "source", "source_id",
    ],
    required: &["name"],
    listed: &[],
    also_listed: &[],
    mark: None,
};

/// One provider of such a list. A field of which the row does not speak is none.
pub(crate) struct ListedProvider {
    pub(crate) code: Option<String>,
    pub(crate) name: String,
    pub(crate) alternate_name: Option<Edit<String>>,
    pub(crate) description: Option<Edit<String>>,
    pub(crate) email: Option<Edit<String>>,
    pub(crate) phone: Option<Edit<String>>,
    pub(crate) url: Option<Edit<String>>,
    pub(crate) postal_code: Option<Edit<String>>,
    pub(crate) active: Option<bool>,
    /// The source and its id there.
    pub(crate) origin: Option<(String, String)>,
}

/// None if the table is no such list, for all that its headings and the first code say.
pub(crate) fn open(input: &Input, how: &Reading) -> Result<Option<Rows<ListedProvider>>> {
    let mut table = Table::open(input, how)?;
    let code = table.column("code")?;
    if code.is_absent() || how.mapping.iter().any(|(field, _)| field == "id") {
        return Ok(None);
    }
    if table.column("source")?.is_absent() || table.column("source_id")?.is_absent() {
        let first = table.next_row()?.and_then(Result::ok);
        let code = first.and_then(|row| row.name(code).ok().flatten());
        if code.and_then(|code| code_of(Prefix::Provider, &code)).is_none() {
            return Ok(None);
        }
    }
    Rows::open(input, how, &MAPPING, listed).map(Some)
}

fn listed(row: &Row<'_>, columns: [Column; 11]) -> Result<ListedProvider, String> {
    let [code, name, alternate_name, description, email, phone, url, postal_code, active, source, source_id] =
        columns;
    let name_of = |column| Ok::<_, String>(edit(row, column, row.name(column)?));
    Ok(ListedProvider {
        code: row.name(code)?.map(|code| known_form(&code)).transpose()?,
        name: row.called(name)?.ok_or("has no name")?,
        alternate_name: name_of(alternate_name)?,
        description: edit(row, description, row.text(description)?),
        email: name_of(email)?,
        phone: name_of(phone)?,
        url: name_of(url)?,
        postal_code: name_of(postal_code)?,
        active: row.name(active)?.map(|text| is_active(&text)).transpose()?,
        origin: row.name(source)?.zip(row.name(source_id)?),
    })
}

/// Another code could not be kept, so that a second import would make the provider again.
fn known_form(code: &str) -> Result<String, String> {
    code_of(Prefix::Provider, code).ok_or_else(|| format!("`{code}` is no code of a provider"))
}

impl ListedProvider {
    /// The provider as the row has it.
    pub(crate) fn applied(&self, was: Provider) -> Provider {
        let after = |edit: &Option<Edit<String>>, was| apply(edit.as_ref(), was);
        Provider {
            name: self.name.clone(),
            alternate_name: after(&self.alternate_name, was.alternate_name),
            description: after(&self.description, was.description),
            email: after(&self.email, was.email),
            phone: after(&self.phone, was.phone),
            url: after(&self.url, was.url),
            postal_code: after(&self.postal_code, was.postal_code),
            active: self.active.unwrap_or(was.active),
            ..was
        }
    }
}
