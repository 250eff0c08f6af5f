//! Settings, links and requests of sharing, in versions, and how far they reach. What asks the views of the schema takes a
//! transaction that says where it stands ([`Tx::as_of`]).

mod explain;
mod request;
mod settings;

use uuid::Uuid;

pub(crate) use explain::{Case, facts};
pub(crate) use request::{
    Filter, answers, find, insert_request, is_code_taken, replace_answer, requests, set_open,
};
pub(crate) use settings::{LinkFilter, end_link, insert_link, links, replace_setting, setting, settings};

use crate::db::{Tx, params, sql};
use crate::error::{Error, Result};
use crate::model::sharing::{DataType, RequestFacts, Setting, Visible};

/// Whose records of what, for whom; what is left out counts for all.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scope {
    pub(crate) owner: Uuid,
    pub(crate) recipient: Option<Uuid>,
    pub(crate) data_type: Option<DataType>,
    pub(crate) client: Option<Uuid>,
}

/// Who sees how many records of whom: recipient and client.
pub(crate) fn visible_records(tx: &mut Tx<'_>, scope: &Scope) -> Result<Visible> {
    let data_type = scope.data_type.map(DataType::name);
    let values = params![scope.owner, scope.recipient, data_type, scope.client];
    let mut visible_records = Visible::new();
    tx.each(sql!("sharing/visible_records"), values, |row| {
        visible_records.insert((row.get("recipient_id")?, row.get("client_id")?), row.get("records")?);
        Ok(())
    })?;
    Ok(visible_records)
}

/// What decides whether a request may be made, but for one that is open.
pub(crate) fn request_facts(
    tx: &mut Tx<'_>,
    setting: Setting,
    owner: Uuid,
    recipient: Uuid,
    client: Uuid,
) -> Result<RequestFacts> {
    let values = params![owner, recipient, client, setting.data_type.name()];
    let found = tx.first(sql!("sharing/request_facts"), values, |row| {
        Ok(RequestFacts {
            setting,
            is_linked: row.get("is_linked")?,
            has_common_category: row.get("has_common_category")?,
            active_at_owner: row.get("active_at_owner")?,
            active_at_recipient: row.get("active_at_recipient")?,
            open_request: None,
        })
    })?;
    found.ok_or_else(|| Error::internal("a query without a table returned no row"))
}
