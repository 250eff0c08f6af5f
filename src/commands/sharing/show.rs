//! `sharing show`: a request and the answers to it.

use super::OfRequest;
use crate::commands::prelude::*;
use crate::model::sharing::{Request, RequestHistory};

pub(super) fn run(context: &Context, command: &OfRequest) -> Result<()> {
    let history = context.read(|tx| {
        let found = store::lookup::<Request>(tx, &command.request, context.visibility())?;
        let answers = store::sharing::answers(tx, found.id)?;
        Ok(RequestHistory::of(found.view(context.today), answers))
    })?;
    context.show_with_logins(&history, || Some(output::sharing::card(&history, &context.out)))
}
