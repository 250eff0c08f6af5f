//! `contract`: under which providers deliver services of some categories, from a first day to a last.

mod create;
mod edit;
mod import;
mod list;
mod show;

use crate::commands::prelude::*;
use crate::model::contract::{self, ContractView};
use crate::model::import::Summary;
use crate::store::contract::Filter;

verbs! {
    Contract: lists ContractView, shows ContractView, changes ContractView, imports Summary, rows ContractView;

    /// Create a contract
    Create(create::Create) => create::run,
    /// Import contracts from tables; repeating an import changes nothing
    Import(import::Import) => import::run,
    /// List contracts
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a contract
    #[command(arg = at())]
    Show {
        /// Code or name (or the beginning of either)
        contract: Reference,
    } => show::run,
    /// Change a contract; its earlier state stays in the history
    Edit(edit::Edit) => edit::run,
}

fn categories(
    context: &Context, tx: &mut Tx<'_>, references: &[Reference],
) -> Result<Vec<(CategoryId, String)>> {
    Ok(sorted(store::lookup_many::<Category>(tx, references, context.visibility())?))
}

/// By name, without duplicates.
fn sorted(categories: Vec<Category>) -> Vec<(CategoryId, String)> {
    let mut sorted: Vec<_> = categories.into_iter().map(|category| (category.id, category.name)).collect();
    sorted.sort_by_key(|(id, name)| (text::fold(name), *id));
    sorted.dedup();
    sorted
}

/// The contract of this name that a provider has.
fn of_name(tx: &mut Tx<'_>, provider: ProviderId, name: &str) -> Result<Option<contract::Contract>> {
    let filter = Filter { provider: Some(provider), name: Some(name), ..Filter::default() };
    Ok(store::contract::list(tx, &filter, Visibility::INTERNAL, 1)?.pop())
}

fn insert(context: &Context, tx: &mut Tx<'_>, new: &contract::Contract) -> Result<()> {
    new.must_end_after_it_starts()?;
    store::contract::insert(tx, new, context.now())?;
    store::contract::insert_term(tx, context.key(), new, context.now())?;
    store::contract::insert_categories(tx, || context.key(), new, context.now())
}

/// Starts new versions of the parts that differ.
fn save(
    context: &Context, tx: &mut Tx<'_>, before: &contract::Contract, after: &contract::Contract,
) -> Result<()> {
    after.must_end_after_it_starts()?;
    if (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on) {
        store::contract::end_term(tx, after.id, context.now())?;
        store::contract::insert_term(tx, context.key(), after, context.now())?;
    }
    if before.categories != after.categories {
        store::contract::end_categories(tx, after.id, context.now())?;
        store::contract::insert_categories(tx, || context.key(), after, context.now())?;
    }
    Ok(())
}
