//! `provider show`: a provider with its resources, and what its directory says.

use crate::commands::prelude::*;
use crate::model::provider::ProviderCard;
use crate::store::listed;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<Provider>(tx, reference, context.visibility())?;
        Ok(ProviderCard {
            resources: store::provider::resources(tx, found.id)?,
            phones: listed::all(tx, found.id)?,
            addresses: listed::all(tx, found.id)?,
            details: listed::all(tx, found.id)?,
            opening_hours: listed::all(tx, found.id)?,
            contact_persons: listed::all(tx, found.id)?,
            provider: found,
        })
    })?;
    context.out.show(&card, || Some(output::provider::card(&card, &context.out)))
}
