//! Contracts, with their terms and categories as they stand now; a change begins a new version of either.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::db::{OnUnique, Param, Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::model::contract::{Contract, NOUN};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::text::fold;

/// Which contracts a list is to have; everything left out counts for all.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<Uuid>,
    pub(crate) provider: Option<Uuid>,
    /// In force on this day.
    pub(crate) on: Option<NaiveDate>,
    /// The last one seen.
    pub(crate) after: Option<Uuid>,
    pub(crate) visibility: Option<Uuid>,
}

/// Without its term and categories. Refused where the provider has one of that name.
pub(crate) fn insert(tx: &mut Tx<'_>, contract: &Contract, at: DateTime<Utc>) -> Result<()> {
    let Contract { id, code, provider_id, provider, name, .. } = contract;
    tx.run(sql!("contract/insert"), params![*id, *code, *provider_id, *name, fold(name), at])
        .on_unique("contract_provider_id_name_key", || {
            Error::refused("contract.exists", format!("`{provider}` has a contract `{name}` already"))
                .hint(format!("`caredesk contract list --provider \"{provider}\"` shows it; `caredesk contract edit` changes it"))
        })
        .map(drop)
}

pub(crate) fn insert_term(tx: &mut Tx<'_>, id: Uuid, contract: &Contract, at: DateTime<Utc>) -> Result<()> {
    let values = params![id, contract.id, contract.start, contract.stop, at];
    tx.run(sql!("contract/insert_term"), values).map(drop)
}

pub(crate) fn end_term(tx: &mut Tx<'_>, contract: Uuid, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("contract/end_term"), params![contract, at]).map(drop)
}

/// `ids` gives each of the contract's categories its row.
pub(crate) fn insert_categories(
    tx: &mut Tx<'_>,
    ids: impl FnMut() -> Uuid,
    contract: &Contract,
    at: DateTime<Utc>,
) -> Result<()> {
    let mut ids = ids;
    let rows: Vec<(Uuid, Uuid)> =
        contract.categories.iter().map(|(category, _)| (ids(), *category)).collect();
    tx.bulk(sql!("contract/insert_categories"), &rows, |(id, category)| {
        [id as &dyn Param, &contract.id, category, &at]
    })
    .map(drop)
}

pub(crate) fn end_categories(tx: &mut Tx<'_>, contract: Uuid, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("contract/end_categories"), params![contract, at]).map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("contract/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// In the order of their making, at most `limit`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Contract>> {
    let values = params![filter.id, filter.provider, filter.on, filter.after, filter.visibility, limit];
    let mut contracts = tx.all(sql!("contract/list"), values, read)?;
    let ids: Vec<Uuid> = contracts.iter().map(|contract| contract.id).collect();
    let mut by_contract: HashMap<Uuid, Vec<(Uuid, String)>> = HashMap::with_capacity(ids.len());
    for (contract, category, name) in categories(tx, &ids)? {
        by_contract.entry(contract).or_default().push((category, name));
    }
    for contract in &mut contracts {
        contract.categories = by_contract.remove(&contract.id).unwrap_or_default();
    }
    Ok(contracts)
}

fn categories(tx: &mut Tx<'_>, contracts: &[Uuid]) -> Result<Vec<(Uuid, Uuid, String)>> {
    tx.all_in(sql!("contract/categories"), &[], contracts, |row| {
        Ok((row.get("contract_id")?, row.get("id")?, row.get("name")?))
    })
}

/// By code or name, or the beginning of either; of one provider where one is given. Not found, also for an actor who may
/// not see it; refused where the reference is ambiguous.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    reference: &Reference,
    provider: Option<Uuid>,
    visibility: Option<Uuid>,
) -> Result<Contract> {
    const NAMES_TO_COMPARE: i64 = 1_000;
    let filter = Filter { provider, visibility, ..Filter::default() };
    let found = candidates(tx, reference, provider, visibility)?;
    let id = choose(&NOUN, reference, &found, || {
        Ok(list(tx, &filter, NAMES_TO_COMPARE)?.into_iter().map(|contract| contract.name).collect())
    })?;
    let found = list(tx, &Filter { id: Some(id), ..filter }, 1)?.pop();
    found.ok_or_else(|| absent(&NOUN, reference, &[]))
}

fn candidates(
    tx: &mut Tx<'_>,
    reference: &Reference,
    provider: Option<Uuid>,
    visibility: Option<Uuid>,
) -> Result<Vec<Candidate>> {
    let (code, code_end) = reference.code_range();
    let (name, name_end) = reference.name_range();
    tx.all(
        sql!("contract/candidates"),
        params![code, code_end, name, name_end, provider, visibility],
        |row| {
            Ok(Candidate {
                id: row.get("id")?,
                code: row.get("code")?,
                name: row.get("name")?,
                rank: row.get("fit")?,
            })
        },
    )
}

fn read(row: &Row<'_>) -> Result<Contract> {
    Ok(Contract {
        id: row.get("id")?,
        code: row.get("code")?,
        provider_id: row.get("provider_id")?,
        provider: row.get("provider")?,
        name: row.get("name")?,
        start: row.get("starts_on")?,
        stop: row.get("stops_on")?,
        categories: Vec::new(),
    })
}
