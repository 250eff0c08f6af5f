//! `sharing settings`: how a provider shares each type of data.

use clap::Args;

use crate::context::Context;
use crate::error::Result;
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::store;

#[derive(Args)]
pub(super) struct Settings {
    /// Its code or name, or the beginning of either
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
