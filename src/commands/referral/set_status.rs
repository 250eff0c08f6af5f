//! `referral set-status` and `note`, for staff and for portal accounts with `change-status`.

use clap::Args;

use super::{answer, save};
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::{Action, Permission};
use crate::model::reference::Reference;
use crate::model::referral::{self, Referral};
use crate::model::text;
use crate::output::Outcome;
use crate::store;

#[derive(Args)]
pub(super) struct SetStatus {
    /// Its code or the beginning of it
    referral: Reference,
    /// The label of a status of its queue
    status: String,
    /// Only if it is in this status now
    #[arg(long, value_name = "STATUS")]
    from: Option<String>,
    /// Replaces the note
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    note: Option<String>,
}

const NOTE_EXAMPLES: &str = "\
Examples:
  $ caredesk referral note REF-7K3M9Q \"prefers mornings\"
  $ caredesk referral note REF-7K3M9Q --append \"has a dog\"
  $ caredesk referral note REF-7K3M9Q \"\"

The last example clears the note. Its former text stays in the history.";

#[derive(Args)]
#[command(after_help = NOTE_EXAMPLES)]
pub(super) struct Note {
    /// Its code or the beginning of it
    referral: Reference,
    /// The text of the note; an empty text clears it
    #[arg(value_parser = text::free, allow_hyphen_values = true)]
    text: String,
    /// Add a line instead of replacing the note
    #[arg(long)]
    append: bool,
}

pub(super) fn run(context: &Context, command: &SetStatus) -> Result<()> {
    let answer = answer(context)?;
    let (outcome, after) = change(context, &command.referral, "referral.set-status", |tx, before| {
        moved(context, tx, command, before)
    })?;
    let sentence = match outcome {
        Outcome::Unchanged => format!("The referral {} is in status `{}` already.", after.code, after.status),
        _ => format!("The referral {} is now in status `{}`.", after.code, after.status),
    };
    answer.say(outcome, &sentence, &after)
}

pub(super) fn note(context: &Context, command: &Note) -> Result<()> {
    let answer = answer(context)?;
    let (outcome, after) = change(context, &command.referral, "referral.note", |_, before| {
        let was = before.note.as_deref();
        let note = if command.append {
            referral::note_after(was, &command.text)
        } else {
            referral::note(&command.text)
        };
        Ok(Referral { note, ..before.clone() })
    })?;
    let sentence = match (outcome, &after.note) {
        (Outcome::Unchanged, _) => {
            format!("Nothing to change: the note of the referral {} stays as it is.", after.code)
        }
        (_, None) => format!("The referral {} has no note any more.", after.code),
        (_, Some(_)) => format!("The referral {} has a new note.", after.code),
    };
    answer.say(outcome, &sentence, &after)
}

fn change(
    context: &Context,
    reference: &Reference,
    action: &'static str,
    act: impl Fn(&mut Tx<'_>, &Referral) -> Result<Referral>,
) -> Result<(Outcome, Referral)> {
    context.write(|tx| {
        let before = store::lookup::<Referral>(tx, reference, context.visibility())?;
        context.actor.may((Permission::ChangeStatus, Action::ChangeReferrals))?;
        let after = act(tx, &before)?;
        let outcome = save(context, tx, action, &before, &after)?;
        Ok((outcome, after))
    })
}

/// The referral after the change. Refused by the queue, the expected status or a pending package.
fn moved(context: &Context, tx: &mut Tx<'_>, command: &SetStatus, before: &Referral) -> Result<Referral> {
    let queue = store::queue::by_id(tx, before.queue_id)?;
    let status = referral::status_in(&queue, &command.status)?;
    if status.id != before.status_id {
        let expected =
            command.from.as_deref().map(|label| referral::held_status_in(&queue, label)).transpose()?;
        referral::must_be_from(before, expected)?;
        if status.closed && !before.closed {
            let pending = store::referral::pending_packages(tx, before.id)?;
            referral::may_close(before, &pending, context.actor.is_portal())?;
        }
    }
    let note = command.note.as_deref().map_or_else(|| before.note.clone(), referral::note);
    Ok(Referral {
        status_id: status.id,
        status: status.label.clone(),
        closed: status.closed,
        note,
        ..before.clone()
    })
}
