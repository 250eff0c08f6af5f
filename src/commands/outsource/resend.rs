//! `outsource resend`: recall and create in one transaction, with the visits as they are now (rule 1.7).

use super::create::{Named, send};
use super::delete::recall;
use super::{choose, names, question, visits_in};
use crate::commands::prelude::*;
use crate::context::{Audited, names_in_note};

#[derive(Args)]
pub(super) struct Resend {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// A note for the providers that are asked [default: that of the recalled package]; `none` leaves it out
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::note), allow_hyphen_values = true)]
    provider_note: Option<edit::Edit<String>>,
    #[command(flatten)]
    even_so: EvenSo,
}

/// A reference of its own goes along; visits cancelled since are left out.
pub(super) fn run(context: &Context, command: &Resend) -> Result<()> {
    context.change("outsource.create", Action::ChangePackages, |tx| {
        let before = store::lookup::<Package>(tx, &command.package, context.visibility())?;
        let recalled = recall(context, tx, &before)?;
        let referral = store::referral::by_id(tx, before.referral_id)?;
        command.even_so.must_live(tx, referral.client_id)?;
        let visits = choose::planned_of(tx, &before)?;
        let providers = choose::providers_of(tx, &before)?;
        let named = Named {
            reference: (before.reference != before.code).then(|| before.reference.clone()),
            note: edit::apply(command.provider_note.as_ref(), before.provider_note.clone()),
        };
        let note = named.note.clone().filter(|_| command.provider_note.is_some());
        let new = send(context, tx, &referral, &visits, &providers, named)?;
        let in_note = names_in_note(tx, referral.client_id, note.as_deref())?;
        let question = question(&before, "Are you sure you want to recall this package and send it again?");
        let (code, visits, providers) = (&before.code, visits_in(&new), names(&new));
        let sentence = format!(
            "Recalled package {code} and created package {}: {visits}, offered to {providers}.",
            new.code
        );
        Ok(Change::created(new.view())
            .preceded_by(Audited::other("outsource.resend", code, &before.view(), &recalled.view()))
            .asking(Some(question))
            .noting(left_out(&before, &new))
            .warning(in_note)
            .saying(sentence))
    })
}

fn left_out(before: &Package, new: &Package) -> Option<String> {
    let count = before.visits.len() - new.visits.len();
    (count > 0).then(|| format!("{} left out, as cancelled", counted(count, "visit was", "visits were")))
}
