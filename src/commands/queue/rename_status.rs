//! `queue rename-status`: another label for a status and for the referrals in it (rule 2.4).

use super::view;
use crate::commands::prelude::*;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk queue rename-status \"home care\" New Waiting

Referrals in it show the new label at once. The history of a referral, and what `--at` shows, keep the label of their time.")]
pub(super) struct RenameStatus {
    /// Name (or the beginning of it)
    queue: Reference,
    /// The label that it has
    status: String,
    /// The label that it gets
    #[arg(value_parser = label)]
    label: String,
}

/// Whether a status is open or closed stays as it is, so a label that says so is a mistake.
fn label(text: &str) -> Result<String, String> {
    match text.rsplit_once(':') {
        Some((_, "open" | "closed")) => {
            Err("a status stays open or closed: write the label alone".to_owned())
        }
        _ => text::name(text),
    }
}

pub(super) fn run(context: &Context, command: &RenameStatus) -> Result<()> {
    context.change("queue.rename-status", Action::ChangeQueues, |tx| {
        let before = store::lookup::<Queue>(tx, &command.queue, context.visibility())?;
        let renamed = before.rename_status(&command.status, &command.label);
        let words = ["queue", "rename-status", &before.name, &command.status, &command.label];
        let (status, after) = context.or_renamed(tx, std::slice::from_ref(&before), renamed, &words)?;
        if after != before {
            store::queue::rename_status(tx, &status)?;
        }
        let referrals = store::queue::referrals_in(tx, status.id)?;
        let (label, queue) = (&status.label, &after.name);
        let are = counted(referrals, "referral is", "referrals are");
        let sentence = format!(
            "Renamed status `{}` of queue `{queue}` to `{label}`; {are} in it.",
            before.statuses.iter().find(|was| was.id == status.id).map_or("", |was| &was.label)
        );
        let why = format!("the status of queue `{queue}` is called `{label}`");
        Ok(Change::of(view(tx, &before)?, view(tx, &after)?).saying(sentence).already(why))
    })
}
