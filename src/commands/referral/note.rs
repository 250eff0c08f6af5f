//! `referral note`, for staff and for portal accounts with `change-status`.

use super::{Altered, change, save};
use crate::commands::prelude::*;
use crate::model::referral;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk referral note REF-7K3M9Q \"prefers mornings\"
  $ caredesk referral note REF-7K3M9Q --append \"has a dog\"
  $ caredesk referral note REF-7K3M9Q \"\"

The last example clears the note. Its former text stays in the history.")]
pub(super) struct Note {
    /// Code (or the beginning of it)
    referral: Reference,
    /// The text of the note; an empty text clears it
    #[arg(value_parser = text::note, allow_hyphen_values = true)]
    text: String,
    /// Append a line instead of replacing the note
    #[arg(long)]
    append: bool,
}

pub(super) fn run(context: &Context, command: &Note) -> Result<()> {
    let right = (Permission::ChangeStatus, Action::ChangeReferrals);
    change(context, "referral.note", right, |tx| {
        let before = store::lookup::<Referral>(tx, &command.referral, context.visibility())?;
        let was = before.note.as_deref();
        let note = if command.append {
            referral::note_after(was, &command.text)?
        } else {
            referral::note(&command.text)
        };
        let after = Referral { note, ..before.clone() };
        save(context, tx, Some(&before), &after)?;
        Ok(Altered::of(before, after))
    })
}
