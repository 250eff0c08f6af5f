//! `outsource resend`: recall and create in one transaction, with the visits as they are now (rules 1.7 and 1.14).

use super::create::{Named, alert_open, send};
use super::delete::{alert_recalled, recall};
use super::waves::Timing;
use super::{choose, names, question, until, visits_in};
use crate::commands::prelude::*;
use crate::context::{Audited, names_in_note};
use crate::model::package::Ask;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk outsource resend PKG-7K3M9Q
  $ caredesk outsource resend PKG-7K3M9Q --provider harbour

The second example asks one provider alone: the one that has accepted, to confirm changed visits, or another after a hand-back. Waves and a time to answer by that are still to come stay, unless others are given.")]
pub(super) struct Resend {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// The providers to ask [default: those of the package]
    #[arg(long = "provider", value_name = "PROVIDER", num_args = 1..)]
    providers: Vec<Reference>,
    #[command(flatten)]
    timing: Timing,
    /// A note for the providers that are asked [default: that of the recalled package]; `none` leaves it out
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::note), allow_hyphen_values = true)]
    provider_note: Option<edit::Edit<String>>,
    #[command(flatten)]
    even_so: EvenSo,
}

/// A reference of its own goes along; visits cancelled since are left out.
pub(super) fn run(context: &Context, command: &Resend) -> Result<()> {
    if command.providers.is_empty() && command.timing.has_waves() {
        return Err(Error::usage("no provider is named that is asked before the others")
            .hint("name those with `--provider`"));
    }
    context.change("outsource.create", Action::ChangePackages, |tx| {
        let before = store::lookup::<Package>(tx, &command.package, context.visibility())?;
        let recalled = recall(context, tx, &before)?;
        let referral = store::referral::by_id(tx, before.referral_id)?;
        command.even_so.must_live(tx, referral.client_id)?;
        let visits = choose::planned_of(tx, &before)?;
        let asks = asks(context, tx, command, &before)?;
        let named = Named {
            reference: (before.reference != before.code).then(|| before.reference.clone()),
            note: edit::apply(command.provider_note.as_ref(), before.provider_note.clone()),
        };
        let note = named.note.clone().filter(|_| command.provider_note.is_some());
        let new = send(context, tx, &referral, &visits, &asks, named)?;
        let in_note = names_in_note(tx, referral.client_id, note.as_deref())?;
        let recalled_from = alert_recalled(context, tx, &before)?;
        let alerted = alert_open(context, tx, &new)?.and(recalled_from);
        let question = question(&before, "Are you sure you want to recall this package and send it again?");
        let (code, visits, providers) = (&before.code, visits_in(&new), names(context, &new));
        let sentence = format!(
            "Recalled package {code} and created package {}: {visits}, offered to {providers}{}.",
            new.code,
            until(context, &new)
        );
        Ok(Change::created(new.view())
            .preceded_by(Audited::other("outsource.resend", code, &before.view(), &recalled.view()))
            .asking(Some(question))
            .noting(left_out(&before, &new))
            .warning(in_note)
            .saying(sentence)
            .alerting(&alerted))
    })
}

/// Those who are named, or those of the package, each at its time where that is still to come.
fn asks(context: &Context, tx: &mut Tx<'_>, command: &Resend, before: &Package) -> Result<Vec<Ask>> {
    let named = store::lookup_many::<Provider>(tx, &command.providers, context.visibility())?;
    let is_as_before = named.is_empty();
    let first = if is_as_before { choose::providers_of(tx, before)? } else { named };
    let opens_at = |provider: &Provider| {
        let offer = before.offer_to(provider.id).filter(|_| is_as_before);
        offer.and_then(|offer| offer.opens_at).filter(|at| *at > context.now())
    };
    let first =
        first.into_iter().map(|provider| Ask { opens_at: opens_at(&provider), ..Ask::at_once(provider) });
    command.timing.plan(context, tx, first.collect(), before.lapses_at)
}

fn left_out(before: &Package, new: &Package) -> Option<String> {
    let count = before.visits.len() - new.visits.len();
    (count > 0).then(|| format!("{} left out, as cancelled", counted(count, "visit was", "visits were")))
}
