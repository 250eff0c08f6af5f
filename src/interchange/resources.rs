//! Reads agency records and programs from a table, one per row.

use super::table::{Column, Mapping, Reading, Row, Rows, edit, needed};
use crate::error::Result;
use crate::file::Input;
use crate::model::code::{Prefix, unlike_a_code};
use crate::model::edit::{Edit, apply};
use crate::model::names::one_of;
use crate::model::reference::code_of;
use crate::model::resource::{Resource, ResourceKind, State};

/// What `resource list` writes can be read again (rule 5.4).
const MAPPING: Mapping<11> = Mapping {
    fields: [
        "code", "name", "provider", "kind", "state", "description", "eligibility", "fees",
        "application_process", "email", "url",
    ],
    required: &["name", "provider"],
    listed: &[],
    also_listed: &["provider_name", "places_left", "capacity_note"],
    mark: Some("provider_name"),
};

/// One resource as read. A field of which the row does not speak is none.
pub(crate) struct ResourceRow {
    pub(crate) code: Option<String>,
    pub(crate) name: String,
    /// Code or name.
    pub(crate) provider: String,
    pub(crate) kind: Option<ResourceKind>,
    pub(crate) state: Option<State>,
    pub(crate) description: Option<Edit<String>>,
    pub(crate) eligibility: Option<Edit<String>>,
    pub(crate) fees: Option<Edit<String>>,
    pub(crate) application_process: Option<Edit<String>>,
    pub(crate) email: Option<Edit<String>>,
    pub(crate) url: Option<Edit<String>>,
}

/// Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading) -> Result<Rows<ResourceRow>> {
    Rows::open(input, how, &MAPPING, resource)
}

fn resource(row: &Row<'_>, columns: [Column; 11]) -> Result<ResourceRow, String> {
    let [code, name, provider, kind, state, description, eligibility, fees, application_process, email, url] =
        columns;
    let text_of = |column| Ok::<_, String>(edit(row, column, row.text(column)?));
    let name_of = |column| Ok::<_, String>(edit(row, column, row.name(column)?));
    let kind = row.name(kind)?.map(|text| one_of(ResourceKind::ALL, "kind", &text)).transpose()?;
    let found = row.name(state)?.map(|text| one_of(State::ALL, "state", &text)).transpose()?;
    Ok(ResourceRow {
        code: row.name(code)?.map(|code| code_of(Prefix::Resource, &code).unwrap_or(code)),
        name: unlike_a_code(&row.name(name)?.ok_or("has no name")?)?,
        provider: row.name(provider)?.ok_or("has no provider")?,
        kind,
        state: needed(row, state, found, "state")?,
        description: text_of(description)?,
        eligibility: text_of(eligibility)?,
        fees: text_of(fees)?,
        application_process: text_of(application_process)?,
        email: name_of(email)?,
        url: name_of(url)?,
    })
}

impl ResourceRow {
    /// The resource as the row has it.
    pub(crate) fn applied(&self, was: Resource) -> Resource {
        let after = |edit: &Option<Edit<String>>, was| apply(edit.as_ref(), was);
        Resource {
            name: self.name.clone(),
            state: self.state.unwrap_or(was.state),
            description: after(&self.description, was.description),
            eligibility: after(&self.eligibility, was.eligibility),
            fees: after(&self.fees, was.fees),
            application_process: after(&self.application_process, was.application_process),
            email: after(&self.email, was.email),
            url: after(&self.url, was.url),
            ..was
        }
    }
}
