//! `sharing cancel`: who has sent a request takes it back before it is answered (rule 3.11).

use super::{OfRequest, speaks_for};
use crate::commands::prelude::*;
use crate::model::sharing::{self, Request};

pub(super) fn run(context: &Context, command: &OfRequest) -> Result<()> {
    context.change("sharing.cancel", (Permission::AnswerSharing, Action::ChangeSharing), |tx| {
        let before = store::lookup::<Request>(tx, &command.request, context.visibility())?;
        if !speaks_for(context, tx, before.recipient_id)? {
            return Err(sharing::not_yours_to_cancel(&before));
        }
        if !sharing::may_cancel(&before, context.today)? {
            let why = format!("request {} is cancelled already", before.code);
            return Ok(Change::unchanged(before.view(context.today)).already(why));
        }
        let account = &context.actor.account;
        store::sharing::cancel(tx, before.id, context.now(), account.id)?;
        let after = Request {
            open: false,
            cancelled_at: Some(context.now()),
            cancelled_by: Some(account.login.clone()),
            ..before.clone()
        };
        let Request { code, client, owner_name, recipient_name, data_type, .. } = &after;
        let sentence = format!(
            "Cancelled request {code}: `{recipient_name}` no longer asks `{owner_name}` for {data_type} of {client}."
        );
        Ok(Change::of(before.view(context.today), after.view(context.today)).saying(sentence))
    })
}
