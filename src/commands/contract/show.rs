//! `contract show`: a contract as it stands.

use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<Contract>(tx, reference, context.visibility()))?;
    context.out.show(&found.view(context.today), || None)
}
