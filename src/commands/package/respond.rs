//! `package respond`: the answer of a provider, of which the first acceptance wins (rule 1.5).

use crate::commands::prelude::*;
use crate::context::Audience;
use crate::model::alert::{AlertKind, Alerted};
use crate::model::package::{self, Answer, AnswerOutcome, Offer, OfferStatus, PackageStatus};
use crate::store::package::{Purpose, Response, Scope};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk package respond PKG-7K3M9Q --provider harbour --accept
  $ caredesk package respond \"week 49\" --provider willow --reject \\
      --reason \"no driver before nine\"

If another provider has accepted meanwhile, or the time to answer by is over, the exit status is 4 and nothing changes. Repeating an answer is not an error.")]
pub(super) struct Respond {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// The provider that answers: code or name (or the beginning of either) [default: the one you speak for]
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    #[command(flatten)]
    answer: AnswerArgs,
    /// The reason for rejecting it
    #[arg(long, value_name = "TEXT", conflicts_with = "accept", value_parser = text::note, allow_hyphen_values = true)]
    reason: Option<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

// Exactly one of the two. Clap puts all arguments of a struct into its group, so these have a struct of their own. (A
// doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = false)]
struct AnswerArgs {
    /// Accept the whole package
    #[arg(long)]
    accept: bool,
    /// Reject the whole package
    #[arg(long)]
    reject: bool,
}

pub(super) fn run(context: &Context, command: &Respond) -> Result<()> {
    let answer = if command.answer.accept { Answer::Accept } else { Answer::Reject };
    let visibility = context.visibility();
    context.change("package.respond", (Permission::RespondPackages, Action::ChangePackages), |tx| {
        let provider = context.own_provider(tx, command.provider.as_ref(), "--provider")?;
        let scope = Scope { visibility, purpose: Purpose::Answering };
        let before = store::lookup::<Package>(tx, &command.package, scope)?;
        // The audit entry needs all offers, and a provider has only read its own.
        let before = if context.actor.is_portal() { store::package::whole(tx, &before)? } else { before };
        let outcome = outcome(context, &before, &provider, answer);
        let after = match outcome.map_err(|refusal| for_actor(context, refusal))? {
            AnswerOutcome::Before => before.clone(),
            AnswerOutcome::Now(status) => save(context, tx, command, &before, &provider, status)?,
        };
        let change = Change::of(before.view(), after.view());
        let alerted = alert(context, tx, &before, &after)?;
        let already = already(answer, &after, &provider);
        if context.actor.is_portal() {
            let [before, after] = [&before, &after].map(|package| package.for_provider(provider.id));
            let sentence = format!("{} package {} for `{}`.", answer.done(), after.named(), provider.name);
            return Ok(change
                .shown_as(before.view_for_provider(), after.view_for_provider())
                .saying(sentence)
                .already(already)
                .alerting(alerted.as_ref()));
        }
        let sentence = sentence(answer, &before, &after, &provider);
        Ok(change.saying(sentence).already(already).alerting(alerted.as_ref()))
    })
}

/// To a portal account an offer that has not opened does not exist (rule 1.13).
fn outcome(
    context: &Context, before: &Package, provider: &Provider, answer: Answer,
) -> Result<AnswerOutcome> {
    let has_opened = before.offer_to(provider.id).is_none_or(Offer::has_opened);
    if context.actor.is_portal() && !has_opened {
        return Err(package::not_offered(before, provider));
    }
    package::answer(before, provider, answer, context.now(), context.zone)
}

/// Who has asked, once one has accepted or all have rejected; nothing is said of what is neither (rule 2.11).
fn alert(context: &Context, tx: &mut Tx<'_>, before: &Package, after: &Package) -> Result<Option<Alerted>> {
    let (kind, offer) = match after.status {
        status if status == before.status => return Ok(None),
        PackageStatus::Accepted => (AlertKind::Accepted, after.accepted_by()),
        PackageStatus::Rejected => (AlertKind::Rejected, None),
        _ => return Ok(None),
    };
    context.alert(tx, kind, Audience::Asker(after, offer)).map(Some)
}

/// A recalled package does not exist for a provider: the hint names the packages that still wait for its answer.
fn for_actor(context: &Context, refusal: Error) -> Error {
    if !context.actor.is_portal() {
        return refusal;
    }
    refusal.hint("`caredesk package list --status pending` shows what waits for an answer")
}

fn save(
    context: &Context, tx: &mut Tx<'_>, command: &Respond, before: &Package, provider: &Provider,
    status: OfferStatus,
) -> Result<Package> {
    let offer = before.offer_to(provider.id).ok_or_else(|| Error::internal("an answer without an offer"))?;
    let response = Response {
        offer: offer.id,
        status,
        at: context.now(),
        by: context.actor.account.id,
        reason: command.reason.as_deref(),
    };
    store::package::respond(tx, &response)?;
    if status == OfferStatus::Accepted {
        let referral = store::referral::by_id(tx, before.referral_id)?;
        command.even_so.must_live_for(&context.actor, tx, referral.client_id)?;
        if before.offers.len() > 1 {
            store::package::close_offers(tx, before.id, response.at)?;
        }
        store::package::hold_visits(tx, before.id, provider.id)?;
    }
    let after = answered_package(before, &response);
    store::package::settle(tx, &after)?;
    // With an acceptance calendars have learned of it.
    if after.status != before.status && status != OfferStatus::Accepted {
        store::package::touch_visits(tx, before.id)?;
    }
    Ok(after)
}

/// The package after the answer: the offer is answered, and an acceptance closes the others.
fn answered_package(before: &Package, response: &Response<'_>) -> Package {
    let mut after = before.clone();
    for offer in &mut after.offers {
        if offer.id == response.offer {
            offer.status = response.status;
            offer.responded_at = Some(response.at);
            offer.reason = response.reason.map(str::to_owned);
        } else if response.status == OfferStatus::Accepted && offer.is_open() {
            offer.status = OfferStatus::Closed;
            offer.ended_at = Some(response.at);
        }
    }
    after.settled()
}

/// How this answer is said when it stands already.
fn already(answer: Answer, package: &Package, provider: &Provider) -> String {
    format!("`{}` has already {} package {}", provider.name, answer.done().to_lowercase(), package.named())
}

fn sentence(answer: Answer, before: &Package, after: &Package, provider: &Provider) -> String {
    let what = format!("{} package {} for `{}`", answer.done(), after.named(), provider.name);
    let pending = after.offers.iter().filter(|offer| offer.is_open()).count();
    let closed = after.count(OfferStatus::Closed) - before.count(OfferStatus::Closed);
    match answer {
        Answer::Accept if closed == 0 => format!("{what}."),
        Answer::Accept => {
            format!("{what}; {} closed.", counted(closed, "other offer was", "other offers were"))
        }
        Answer::Reject if pending == 0 => format!("{what}; no provider is left to answer."),
        Answer::Reject => {
            format!("{what}; {} still to answer.", counted(pending, "provider has", "providers have"))
        }
    }
}
