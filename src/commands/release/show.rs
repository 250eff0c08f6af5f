//! `release show`: a release, and what a valid one holds.

use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<Release>(tx, reference, context.visibility()))?;
    let card = found.card(context.today);
    context.show_with_logins(&card, || Some(output::release::card(&card, &context.out)))
}
