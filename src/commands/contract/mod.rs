//! `contract`: under which providers deliver services of some categories, from a first day to a last.

mod create;
mod edit;
mod list;
mod show;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::category::Category;
use crate::model::contract::ContractView;
use crate::model::id::CategoryId;
use crate::model::reference::Reference;
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::output::Schemas;
use crate::store;

#[derive(Args)]
pub(crate) struct Contract {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a contract
    Create(create::Create),
    /// List contracts
    List(list::List),
    /// Show a contract
    Show {
        /// Its code or name, or the beginning of either
        contract: Reference,
    },
    /// Change what is given; what was before stays in the history
    Edit(edit::Edit),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<ContractView>().shows::<ContractView>().changes::<ContractView>();
}

pub(crate) fn run(context: &Context, command: Contract) -> Result<()> {
    match command.verb {
        Verb::Create(command) => create::run(context, &command),
        Verb::List(command) => list::run(context, &command),
        Verb::Show { contract } => show::run(context, &contract),
        Verb::Edit(command) => edit::run(context, &command),
    }
}

/// Sorted by name, without duplicates.
fn categories(tx: &mut Tx<'_>, references: &[Reference]) -> Result<Vec<(CategoryId, String)>> {
    let found = store::lookup_many::<Category>(tx, references, Visibility::INTERNAL)?;
    let mut found: Vec<_> = found.into_iter().map(|category| (category.id, category.name)).collect();
    found.sort_by_key(|(id, name)| (text::fold(name), *id));
    Ok(found)
}
