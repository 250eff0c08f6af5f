//! `contract show`: a contract as it stands.

use crate::context::Context;
use crate::error::Result;
use crate::model::contract::Contract;
use crate::model::reference::Reference;
use crate::store;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<Contract>(tx, reference, context.visibility()))?;
    context.out.show(&found.view(context.today), || None)
}
