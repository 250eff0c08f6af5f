//! `resource show`: a resource with its capacity, its queues and who acts for it.

use super::card;
use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<Resource>(tx, reference, context.visibility())?;
        card(context, tx, &found)
    })?;
    context.show_with_logins(&card, || Some(output::resource::card(&card, &context.out)))
}
