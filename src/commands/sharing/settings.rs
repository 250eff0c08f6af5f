//! `sharing settings`: how a provider shares each type of data.

use crate::commands::prelude::*;

#[derive(Args)]
pub(super) struct Settings {
    /// Code or name (or the beginning of either)
    provider: Reference,
}

pub(super) fn run(context: &Context, command: &Settings) -> Result<()> {
    let (provider, settings) = context.read(|tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        let settings = store::sharing::settings(tx, provider.id)?;
        Ok((provider, settings))
    })?;
    context.out.rows(settings.iter().map(|setting| setting.view(&provider)), "no settings")
}
