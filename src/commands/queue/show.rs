//! `queue show`: a queue, its statuses and the resources that take its referrals.

use super::view;
use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let view = context.read(|tx| {
        let queue = store::lookup::<Queue>(tx, reference, context.visibility())?;
        view(tx, &queue)
    })?;
    context.out.show(&view, || Some(output::queue::card(&view, &context.out)))
}
