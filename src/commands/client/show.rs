//! `client show`: a person, and how many signed releases are active.

use crate::commands::prelude::*;
use crate::model::client::ClientCard;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<Client>(tx, reference, context.visibility())?;
        let active_releases = store::release::count_active(tx, found.id, context.today)?;
        Ok(ClientCard { client: found, active_releases })
    })?;
    context.out.show(&card, || None)
}
