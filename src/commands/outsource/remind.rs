//! `outsource remind`: who has not answered an offer yet is alerted of it once more (rule 1.13).

use super::until;
use crate::commands::prelude::*;
use crate::model::alert::Alerted;
use crate::model::package;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    context.change("outsource.remind", Action::ChangePackages, |tx| {
        let before = store::lookup::<Package>(tx, reference, context.visibility())?;
        let (mut alerted, mut names) = (Alerted::default(), Vec::new());
        for offer in package::may_remind(&before, context.now(), context.zone)? {
            let of_offer = context.alert_reminded(tx, &before, offer)?;
            // Only what reaches an account is a reminder.
            if !of_offer.accounts.is_empty() {
                store::package::insert_reminder(tx, offer.id, context.now(), context.actor.account.id)?;
                names.push(offer.provider_name.as_str());
            }
            alerted = alerted.and(of_offer);
        }
        let after = store::package::whole(tx, &before)?;
        let (named, whom, until) = (before.named(), names.join(", "), until(context, &before));
        let why = format!("no provider can be reminded of package {named} now");
        let change = Change::of(before.view(), after.view()).already(why);
        let sentence = format!("Reminded {whom} of package {named}{until}.");
        Ok(change.saying(sentence).with_alerted(&alerted))
    })
}
