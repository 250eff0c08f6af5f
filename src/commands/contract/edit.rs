//! `contract edit`: other days or categories; what was before stays in the history.

use super::{categories, save};
use crate::commands::prelude::*;
use crate::model::sharing::Effect;
use crate::store::sharing::effect_of_provider;

/// An option with several values comes after the arguments.
const USAGE: &str =
    "caredesk contract edit [OPTIONS] <CONTRACT> <--start <DATE>|--stop <DATE>|--category <CATEGORY>...>";

#[derive(Args)]
#[command(override_usage = USAGE)]
pub(super) struct Edit {
    /// Code or name (or the beginning of either)
    contract: Reference,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The first day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    start: Option<Day>,
    /// The last day, inclusive; `none` removes it
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>), allow_hyphen_values = true)]
    stop: Option<edit::Edit<Day>>,
    /// The categories of its services, in place of the present ones
    #[arg(long = "category", value_name = "CATEGORY", num_args = 1..)]
    categories: Vec<Reference>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("contract.edit", Action::ChangeSharing, |tx| {
        let before = store::lookup::<Contract>(tx, &command.contract, context.visibility())?;
        let after = edited(context, tx, &command.fields, &before)?;
        let (was, is) = (before.view(context.today), after.view(context.today));
        if was == is {
            return Ok(Change::unchanged(is).with_effect(Effect::default()));
        }
        let ((), effect) =
            effect_of_provider(tx, before.provider_id, |tx| save(context, tx, &before, &after))?;
        Ok(Change::of(was, is).with_effect(effect))
    })
}

fn edited(context: &Context, tx: &mut Tx<'_>, fields: &Fields, before: &Contract) -> Result<Contract> {
    let was = before.clone();
    Ok(Contract {
        starts_on: fields.start.map_or(was.starts_on, |day| day.resolve(context.today)),
        ends_on: edit::try_apply(fields.stop, was.ends_on, |day| Ok(day.resolve(context.today)))?,
        categories: match fields.categories.as_slice() {
            [] => was.categories,
            reference => categories(context, tx, reference)?,
        },
        ..was
    })
}
