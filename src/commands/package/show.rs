//! `package show`: a package with its visits and the answers to it.

use super::view;
use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<Package>(tx, reference, context.visibility()))?;
    let view = view(context, &found);
    context.out.show(&view, || Some(output::package::card(&view, &context.out)))
}
