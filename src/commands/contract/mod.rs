//! `contract`: under which providers deliver services of some categories, from a first day to a last.

mod create;
mod edit;
mod list;
mod show;

use crate::commands::prelude::*;
use crate::model::contract::ContractView;

verbs! {
    Contract: lists ContractView, shows ContractView, changes ContractView;

    /// Create a contract
    Create(create::Create) => create::run,
    /// List contracts
    List(list::List) => list::run,
    /// Show a contract
    Show {
        /// Code or name (or the beginning of either)
        contract: Reference,
    } => show::run,
    /// Change a contract; its earlier state stays in the history
    Edit(edit::Edit) => edit::run,
}

/// Sorted by name, without duplicates.
fn categories(tx: &mut Tx<'_>, references: &[Reference]) -> Result<Vec<(CategoryId, String)>> {
    let found = store::lookup_many::<Category>(tx, references, Visibility::INTERNAL)?;
    let mut found: Vec<_> = found.into_iter().map(|category| (category.id, category.name)).collect();
    found.sort_by_key(|(id, name)| (text::fold(name), *id));
    Ok(found)
}
