//! `referral reassign`: what is open at one resource goes to another.

use super::assign::{Assignment, sentence, take};
use super::{Altered, Together, change_together, save};
use crate::commands::prelude::*;
use crate::model::alert::Alerted;
use crate::model::queue::statuses::must_have_status;
use crate::store::referral::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk referral reassign --from harbour --to willow
  $ caredesk referral reassign --from harbour --to willow \\
      --queue \"home care\" --status new

Closed referrals stay where they are. It says how many of each status stay, and asks before it does it.")]
pub(super) struct Reassign {
    /// The resource that they leave: code or name; a provider stands for its agency record
    #[arg(long, value_name = "RESOURCE")]
    from: Reference,
    /// The resource that they go to
    #[arg(long, value_name = "RESOURCE")]
    to: Reference,
    /// Only those in this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only those in a status with this label
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Refuse if the resource has no capacity left for all of them
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &Reassign) -> Result<()> {
    change_together(context, "referral.reassign", Action::ChangeReferrals, |tx| {
        let visibility = context.visibility();
        let from = store::lookup::<Resource>(tx, &command.from, visibility)?;
        let to = store::lookup::<Resource>(tx, &command.to, visibility)?;
        must_differ(&from, &to)?;
        let leaving = leaving(context, tx, command, &from)?;
        let referrals = leaving.into_iter().map(|before| moved(context, tx, command, before, &to));
        let referrals = referrals.collect::<Result<Vec<_>>>()?;
        let stay = stay(tx, &from)?;
        let Some(first) = referrals.first() else {
            let sentence = format!("Nothing to change: no such referral is open at `{}`.{stay}", from.name);
            return Ok(Together { referrals, sentence: Some(sentence), question: None });
        };
        let way = format!("from `{}` to `{}`", from.name, to.name);
        let (what, codes) = match referrals.len() {
            1 => (format!("referral {} {way}", first.after.code), String::new()),
            number => (format!("{number} referrals {way}"), format!(": {}", codes(&referrals))),
        };
        let question = format!("Are you sure you want to reassign {what}?{stay}");
        let alerted = referrals.iter().filter_map(|one| one.alerted.clone());
        let alerted = alerted.fold(Alerted::default(), Alerted::and);
        let sentence = alerted.ending(&format!("Reassigned {what}{codes}.{stay}"));
        Ok(Together { referrals, sentence: Some(sentence), question: Some(question) })
    })
}

fn must_differ(from: &Resource, to: &Resource) -> Result<()> {
    if from.id != to.id {
        return Ok(());
    }
    let message = format!("`--from` and `--to` are both resource `{}` ({})", from.code, from.name);
    Err(Error::invalid("referral.same_resource", message)
        .hint("`caredesk resource find` shows those that take referrals"))
}

/// The oldest first, so that these get what places there are.
fn leaving(context: &Context, tx: &mut Tx<'_>, command: &Reassign, from: &Resource) -> Result<Vec<Referral>> {
    let queue = store::lookup_optional::<Queue>(tx, command.queue.as_ref(), Visibility::INTERNAL)?;
    if let Some(label) = &command.status {
        let all = store::queue::list(tx, &store::queue::Filter::default(), Visibility::INTERNAL, i64::MAX)?;
        let queues: Vec<Queue> =
            all.into_iter().filter(|one| queue.as_ref().is_none_or(|queue| queue.id == one.id)).collect();
        must_have_status(&queues, label)?;
    }
    let status = command.status.as_deref().map(text::fold);
    let (resource, queue) = (Some(from.id), queue.map(|queue| queue.id));
    let filter = Filter { resource, queue, status: status.as_deref(), only_open: true, ..Filter::default() };
    let mut found = store::referral::list(tx, &filter, context.visibility(), i64::MAX)?;
    found.reverse();
    Ok(found)
}

fn moved(
    context: &Context, tx: &mut Tx<'_>, command: &Reassign, before: Referral, to: &Resource,
) -> Result<Altered> {
    command.even_so.must_live(tx, before.client_id)?;
    let Assignment { assigned, exhausted, note } = take(context, tx, &before, to, command.strict)?;
    let after = Referral { assigned: Some(assigned), ..before.clone() };
    let alerted = save(context, tx, Some(&before), &after)?;
    let (sentence, warnings) = (sentence(&before, to), exhausted.into_iter().collect());
    Ok(Altered { warnings, capacity_note: note, alerted, ..Altered::of(before, after).saying(sentence) })
}

/// A sentence with a space before it, of what is still at the resource: `3 stay: 2 Done, 1 Declined.`
fn stay(tx: &mut Tx<'_>, at: &Resource) -> Result<String> {
    let staying = store::referral::by_status_at(tx, at.id)?;
    let all: i64 = staying.iter().map(|(_, number)| number).sum();
    let words: Vec<String> = staying.iter().map(|(label, number)| format!("{number} {label}")).collect();
    Ok(match all {
        0 => String::new(),
        all => format!(" {} there: {}.", counted(all, "referral stays", "referrals stay"), words.join(", ")),
    })
}

fn codes(referrals: &[Altered]) -> String {
    referrals.iter().map(|one| one.after.code.as_str()).collect::<Vec<_>>().join(", ")
}
