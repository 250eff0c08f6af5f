//! `sharing show`: a request and the answers to it.

use crate::context::Context;
use crate::error::Result;
use crate::model::reference::Reference;
use crate::model::sharing::{Request, RequestHistory};
use crate::{output, store};

pub(super) fn run(context: &Context, request: &Reference) -> Result<()> {
    let history = context.read(|tx| {
        let found = store::lookup::<Request>(tx, request, context.visibility())?;
        let answers = store::sharing::answers(tx, found.id)?;
        Ok(RequestHistory { request: found.view(context.today), answers })
    })?;
    context.out.show(&history, || Some(output::sharing::card(&history, &context.out)))
}
