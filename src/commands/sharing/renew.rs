//! `sharing renew`: a grant that stands is signed anew, with a later last day (rule 3.6).

use super::grant::{change, must_be_signed, must_be_the_owners, signed};
use crate::commands::prelude::*;
use crate::context::Signer;
use crate::model::edit::{Edit, or_none};
use crate::model::sharing::{self, Request};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing renew SHR-7K3M9Q
  $ caredesk sharing renew SHR-7K3M9Q --signed yesterday --expires 2027-12-31

Without a last day it follows from the length that the owner has set, or else is as far from the signature as before. A grant that \
  has expired is asked for again: `caredesk sharing request`.")]
pub(super) struct Renew {
    /// Code (or the beginning of it)
    request: Reference,
    /// The day the client signed again [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    signed: Option<Day>,
    /// The new last day, or `none` for an open end
    #[arg(long, value_name = "DATE|none", value_parser = or_none(str::parse::<Day>), allow_hyphen_values = true)]
    expires: Option<Edit<Day>>,
    #[command(flatten)]
    signer: Signer,
}

pub(super) fn run(context: &Context, command: &Renew) -> Result<()> {
    let today = context.today;
    let signed_on = command.signed.map_or(today, |day| day.resolve_past(today));
    let expires = command.expires.map(|edit| edit.map(|day| day.resolve(today)));
    context.change("sharing.renew", (Permission::AnswerSharing, Action::ChangeSharing), |tx| {
        let before = store::lookup::<Request>(tx, &command.request, context.visibility())?;
        must_be_the_owners(context, tx, &before)?;
        let setting = store::sharing::setting(tx, before.owner_id, before.data_type)?;
        let dates = sharing::renewal(&setting, &before, signed_on, expires, today)?;
        let Signer { signed_by, signed_as } = command.signer.clone();
        let signed_on = Some(dates.signed);
        let after = Request { signed_on, signed_by, signed_as, expires_on: dates.expires, ..before.clone() };
        let after = signed(context, &before, after);
        let until = after.expires_on.map_or(String::new(), |day| format!(" until {day}"));
        let Request { code, client, owner_name, recipient_name, data_type, .. } = &after;
        let sentence = format!(
            "Renewed request {code}: {data_type} of {client}, `{owner_name}` to `{recipient_name}`{until}."
        );
        let doubt = must_be_signed(tx, &before, &after)?;
        Ok(change(context, tx, &before, &after, sentence)?.warning(doubt))
    })
}
