//! `contract create`: a contract of a provider, with its first term.

use super::{categories, insert, of_name};
use crate::commands::prelude::*;
use crate::model::code::unlike_a_code;
use crate::model::contract::ContractView;

/// An option with several values comes after the arguments.
const USAGE: &str =
    "caredesk contract create [OPTIONS] <PROVIDER> <NAME> --start <DATE> --category <CATEGORY>...";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk contract create harbour \"Meals 2027\" --start 2027-01-01 \\
      --category \"Home meals\"")]
pub(super) struct Create {
    /// The provider: code or name (or the beginning of either)
    provider: Reference,
    /// The name of the contract
    #[arg(value_parser = unlike_a_code)]
    name: String,
    /// The first day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    start: Day,
    /// The last day, inclusive [default: no end]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    stop: Option<Day>,
    /// The categories of its services
    #[arg(long = "category", value_name = "CATEGORY", num_args = 1.., required = true)]
    categories: Vec<Reference>,
    /// Do nothing if the provider has a contract with this name
    #[arg(long)]
    if_not_exists: bool,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    context.change("contract.create", Action::ChangeSharing, |tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        if let Some(same) = of_name(tx, provider.id, &command.name)?.filter(|_| command.if_not_exists) {
            let view = same.view(context.today);
            let why = format!("contract {} ({}) exists", same.code, same.name);
            return Ok(Change::unchanged(view).already(why));
        }
        let new = new(context, tx, &provider, command)?;
        insert(context, tx, &new)?;
        let view = new.view(context.today);
        let sentence = format!("Created contract {}.", described(&view));
        Ok(Change::created(view).saying(sentence))
    })
}

fn new(context: &Context, tx: &mut Tx<'_>, provider: &Provider, command: &Create) -> Result<Contract> {
    Ok(Contract {
        id: context.key(),
        code: context.code(Prefix::Contract, |code| store::contract::is_code_taken(tx, code))?,
        provider_id: provider.id,
        provider: provider.code.clone(),
        provider_name: provider.name.clone(),
        name: command.name.clone(),
        starts_on: command.start.resolve(context.today),
        ends_on: command.stop.map(|day| day.resolve(context.today)),
        categories: categories(context, tx, &command.categories)?,
    })
}

fn described(view: &ContractView) -> String {
    let ContractView { code, name, provider_name, starts_on, .. } = view;
    let stop = view.ends_on.map(|day| format!(" to {day}")).unwrap_or_default();
    format!("{code} ({name}): `{provider_name}`, from {starts_on}{stop}, for {}", view.categories.join(", "))
}
