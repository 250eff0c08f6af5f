//! Contracts with their present terms and categories; a change begins a new version of either.

use std::collections::HashMap;

use crate::model::contract::{Contract, NOUN};
use crate::store::prelude::*;

/// The filter of a list of contracts; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<ContractId>,
    pub(crate) provider: Option<ProviderId>,
    /// In force on this day.
    pub(crate) on: Option<NaiveDate>,
    pub(crate) name: Option<&'a str>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<ContractId>,
}

/// Without its term and categories. Refused if the provider has a contract of that name.
pub(crate) fn insert(tx: &mut Tx<'_>, contract: &Contract, at: DateTime<Utc>) -> Result<()> {
    let Contract { id, code, provider_id, provider, provider_name, name, .. } = contract;
    tx.run(sql!("contract/insert"), params![*id, *code, *provider_id, *name, fold(name), at])
        .on_unique("contract_provider_id_name_key", || {
            Error::refused("contract.exists", format!("`{provider_name}` has a contract `{name}` already"))
                .hint(format!("`caredesk contract list --provider {provider}` shows it; `caredesk contract edit` changes it"))
        })
        .map(drop)
}

pub(crate) fn insert_term(tx: &mut Tx<'_>, id: TermId, contract: &Contract, at: DateTime<Utc>) -> Result<()> {
    let values = params![id, contract.id, contract.starts_on, contract.ends_on, at];
    tx.run(sql!("contract/insert_term"), values).map(drop)
}

pub(crate) fn end_term(tx: &mut Tx<'_>, contract: ContractId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("contract/end_term"), params![contract, at]).map(drop)
}

/// `ids` draws a row id for each category.
pub(crate) fn insert_categories(
    tx: &mut Tx<'_>, ids: impl FnMut() -> ContractCategoryId, contract: &Contract, at: DateTime<Utc>,
) -> Result<()> {
    let mut ids = ids;
    let rows: Vec<(ContractCategoryId, CategoryId)> =
        contract.categories.iter().map(|(category, _)| (ids(), *category)).collect();
    tx.bulk(sql!("contract/insert_categories"), &rows, |(id, category)| {
        [id as &dyn Param, &contract.id, category, &at]
    })
}

pub(crate) fn end_categories(tx: &mut Tx<'_>, contract: ContractId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("contract/end_categories"), params![contract, at]).map(drop)
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("contract/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// In order of creation, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Contract>> {
    let Filter { id, provider, on, after, .. } = *filter;
    let name = filter.name.map(fold);
    let values = params![id, provider, on, name, after, visibility.account(), limit];
    let mut contracts = tx.all(sql!("contract/list"), values, read)?;
    let ids: Vec<ContractId> = contracts.iter().map(|contract| contract.id).collect();
    let mut by_contract: HashMap<ContractId, Vec<(CategoryId, String)>> = HashMap::with_capacity(ids.len());
    for (contract, category, name) in categories(tx, &ids)? {
        by_contract.entry(contract).or_default().push((category, name));
    }
    for contract in &mut contracts {
        contract.categories = by_contract.remove(&contract.id).unwrap_or_default();
    }
    Ok(contracts)
}

fn categories(tx: &mut Tx<'_>, contracts: &[ContractId]) -> Result<Vec<(ContractId, CategoryId, String)>> {
    tx.all_in(sql!("contract/categories"), &[], contracts, |row| {
        Ok((row.get("contract_id")?, row.get("id")?, row.get("name")?))
    })
}

/// For whom a contract is looked up, and of which provider if that is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) visibility: Visibility,
    pub(crate) provider: Option<ProviderId>,
}

impl From<Visibility> for Scope {
    fn from(visibility: Visibility) -> Self {
        Scope { visibility, provider: None }
    }
}

/// By code or name, or the beginning of either.
impl Lookup for Contract {
    finds!(Contract, Contract, Scope);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, scope: Scope) -> Candidates<noun::Contract> {
        let (code, code_end) = reference.code_range();
        let (name, name_end) = reference.label_range();
        let values = params![code, code_end, name, name_end, scope.provider, scope.visibility.account()];
        tx.all(sql!("contract/candidates"), values, coded_and_named)
    }

    fn by_id(tx: &mut Tx<'_>, id: ContractId, scope: Scope) -> Result<Option<Contract>> {
        let filter = Filter { id: Some(id), provider: scope.provider, ..Filter::default() };
        Ok(list(tx, &filter, scope.visibility, 1)?.pop())
    }

    fn names(tx: &mut Tx<'_>, _: &Reference, scope: Scope) -> Result<Vec<String>> {
        let filter = Filter { provider: scope.provider, ..Filter::default() };
        let near = list(tx, &filter, scope.visibility, NAMES_TO_COMPARE)?;
        Ok(near.into_iter().map(|contract| contract.name).collect())
    }
}

fn read(row: &Row<'_>) -> Result<Contract> {
    from_row! { row => Contract {
        id, code, provider_id, provider, provider_name, name, starts_on, ends_on,
        categories: Vec::new(),
    } }
}
