//! `provider show`: a provider with its resources, phones and addresses.

use crate::commands::prelude::*;
use crate::model::provider::ProviderCard;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<Provider>(tx, reference, context.visibility())?;
        Ok(ProviderCard {
            resources: store::provider::resources(tx, found.id)?,
            phones: store::provider::phones(tx, found.id)?,
            addresses: store::provider::addresses(tx, found.id)?,
            provider: found,
        })
    })?;
    context.out.show(&card, || None)
}
