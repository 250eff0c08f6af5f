//! Settings, links and requests of sharing, in versions, and what they let recipients see. Functions that
//! read the views of the schema need a transaction with an instant ([`Tx::as_of`]).

mod effect;
mod explain;
mod request;
mod settings;
mod sight;

pub(crate) use effect::{
    VisibleBefore, effect_of, effect_of_client, effect_of_merge, effect_of_provider, effect_of_provider_merge,
};
pub(crate) use explain::{ExplainQuery, facts, pairs};
pub(crate) use request::{
    Filter, answers, cancel, insert_request, is_code_taken, replace_answer, requests, set_lapse, set_open,
};
pub(crate) use settings::{
    Asked, LinkFilter, agreements, end_link, insert_link, links, owners, replace_setting, setting, settings,
};

pub(crate) use sight::{who, who_referrals, who_visits};

use crate::model::release::Release;
use crate::model::sharing::{DataType, Request, RequestFacts, Setting, Visible, VisibleByType};
use crate::store::prelude::*;

use std::collections::BTreeMap;

/// The parties, client and data type of a question; an absent field does not limit it.
#[derive(Clone, Copy)]
pub(crate) struct Scope {
    pub(crate) owner: ProviderId,
    pub(crate) recipient: Option<ProviderId>,
    pub(crate) data_type: Option<DataType>,
    pub(crate) client: Option<ClientId>,
}

impl Scope {
    pub(crate) fn of(owner: ProviderId) -> Self {
        Scope { owner, recipient: None, data_type: None, client: None }
    }

    /// What a request is about.
    pub(crate) fn of_request(request: &Request) -> Self {
        Scope {
            recipient: Some(request.recipient_id),
            data_type: Some(request.data_type),
            client: Some(request.client_id),
            ..Scope::of(request.owner_id)
        }
    }

    /// What a release is about, whomever it is for.
    pub(crate) fn of_release(release: &Release) -> Self {
        Scope {
            data_type: Some(release.data_type),
            client: Some(release.client_id),
            ..Scope::of(release.owner_id)
        }
    }
}

/// How many records each recipient sees of each client.
pub(crate) fn visible_records(tx: &mut Tx<'_>, scope: &Scope) -> Result<Visible> {
    let data_type = scope.data_type;
    let values = params![scope.owner, scope.recipient, data_type, scope.client];
    let mut visible_records = Visible::new();
    tx.each(sql!("sharing/visible_records"), values, |row| {
        visible_records.insert((row.get("recipient_id")?, row.get("client_id")?), row.get("records")?);
        Ok(())
    })?;
    Ok(visible_records)
}

/// How many records of a client others see of an owner: its code and name, the data type, and their number.
pub(crate) type StillVisible = (String, String, DataType, i64);

/// What others see of a client, of the owner, recipient and data type; an absent one does not limit it.
pub(crate) fn still_visible(
    tx: &mut Tx<'_>, client: ClientId, of: (Option<ProviderId>, Option<ProviderId>, Option<DataType>),
    account: Option<AccountId>,
) -> Result<Vec<StillVisible>> {
    let (owner, recipient, data_type) = of;
    tx.all(sql!("sharing/still_visible"), params![client, owner, recipient, data_type, account], |row| {
        Ok((row.get("owner")?, row.get("owner_name")?, row.get("data_type")?, row.get("records")?))
    })
}

/// How many records of a client each recipient sees of each owner.
pub(crate) type VisibleOfClient = BTreeMap<(ProviderId, ProviderId, DataType), i64>;

/// For an account only where it speaks for one of the two.
pub(crate) fn visible_of_client(
    tx: &mut Tx<'_>, client: ClientId, account: Option<AccountId>,
) -> Result<VisibleOfClient> {
    let rows = tx.all(sql!("sharing/visible_of_client"), params![client, account], |row| {
        let key = (row.get("owner_id")?, row.get("recipient_id")?, row.get("data_type")?);
        Ok((key, row.get("records")?))
    })?;
    Ok(rows.into_iter().collect())
}

/// The facts that decide whether a request may be made, apart from an open request.
pub(crate) fn request_facts(
    tx: &mut Tx<'_>, setting: Setting, owner: ProviderId, recipient: ProviderId, client: ClientId,
) -> Result<RequestFacts> {
    let values = params![owner, recipient, client, setting.data_type];
    let found = tx.first(sql!("sharing/request_facts"), values, |row| {
        from_row! { row => RequestFacts {
            is_linked, has_common_category, active_at_owner, active_at_recipient, setting: setting.clone(),
            open_request: None,
        } }
    })?;
    found.ok_or_else(|| Error::internal("a query without a table returned no row"))
}

/// How many records of each type each recipient sees of each client.
pub(crate) fn visible_by_type(tx: &mut Tx<'_>, scope: &Scope) -> Result<VisibleByType> {
    let data_type = scope.data_type;
    let values = params![scope.owner, scope.recipient, data_type, scope.client];
    let mut visible = VisibleByType::new();
    tx.each(sql!("sharing/visible_by_type"), values, |row| {
        let key = (row.get("recipient_id")?, row.get("client_id")?, row.get("data_type")?);
        visible.insert(key, row.get("records")?);
        Ok(())
    })?;
    Ok(visible)
}
