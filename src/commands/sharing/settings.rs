//! `sharing settings`: how providers share each type of data.

use crate::commands::prelude::*;

#[derive(Args)]
pub(super) struct Settings {
    /// Code or name (or the beginning of either) [default: all that have set something]
    provider: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Settings) -> Result<()> {
    let visibility = context.visibility();
    context.list("no settings", |tx, list| {
        let one = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let providers = match one {
            Some(provider) => vec![provider],
            None => owners(tx, visibility)?,
        };
        for provider in providers {
            for setting in store::sharing::settings(tx, provider.id)? {
                list.row(&setting.view(&provider))?;
            }
        }
        Ok(())
    })
}

fn owners(tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<Provider>> {
    let ids = store::sharing::owners(tx)?;
    let found = ids.into_iter().map(|id| store::by_id::<Provider>(tx, id, visibility));
    Ok(found.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}
