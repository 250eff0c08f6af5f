//! `client show`: a person, how many signed releases are active, and for who has died what is still planned.

use super::planned;
use crate::commands::prelude::*;
use crate::model::client::ClientCard;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<Client>(tx, reference, context.visibility())?;
        let active_releases = store::release::count_active(tx, found.id, context.today)?;
        let still_planned = planned(context, tx, &found)?;
        Ok(ClientCard { client: found, active_releases, still_planned })
    })?;
    context.out.show(&card, || Some(output::client::card(&card, &context.out)))
}
