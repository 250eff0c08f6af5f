//! `package`: what was offered, and the answers to it.

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::{Action, Permission};
use crate::model::package::{self, Answer, Answered, OfferStatus, PackageStatus, PackageView};
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::text;
use crate::output::{self, Outcome, Page};
use crate::store;
use crate::store::package::{Filter, Purpose, Response, Scope};

#[derive(Args)]
pub(crate) struct Package {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List packages, the newest first
    List(List),
    /// Show a package with its visits and the answers to it
    Show {
        /// Its code or reference, or the beginning of either
        package: Reference,
    },
    /// Accept or reject a package for a provider; the first to accept wins, and an answer is final
    Respond(Respond),
    /// Give a package another reference
    Rename {
        /// Its code or reference, or the beginning of either
        package: Reference,
        /// What to call it from now on
        #[arg(value_parser = package::reference)]
        reference: String,
    },
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk package list --status pending --provider harbour
  $ caredesk package list -o csv --for excel > packages.csv";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only in this status; recalled ones are listed only so
    #[arg(long)]
    status: Option<PackageStatus>,
    /// Only those offered to this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only of this referral
    #[arg(long, value_name = "REFERRAL")]
    referral: Option<Reference>,
    #[command(flatten)]
    page: Page,
}

const RESPOND_EXAMPLES: &str = "\
Examples:
  $ caredesk package respond PKG-7K3M9Q --provider harbour --accept
  $ caredesk package respond \"week 49\" --provider willow --reject --reason \"no driver before nine\"

If another has accepted meanwhile the status is 4 and nothing changes. Giving the same answer again is no error.";

#[derive(Args)]
#[command(after_help = RESPOND_EXAMPLES)]
struct Respond {
    /// Its code or reference, or the beginning of either
    package: Reference,
    /// Who answers: its code or name, or the beginning of either
    #[arg(long, value_name = "PROVIDER")]
    provider: Reference,
    #[command(flatten)]
    answer: AnswerArgs,
    /// Why not
    #[arg(long, value_name = "TEXT", conflicts_with = "accept", value_parser = text::free, allow_hyphen_values = true)]
    reason: Option<String>,
}

// One of the two, and not both: the group that clap makes of a struct holds all its arguments, so these stand apart. (A doc
// comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = false)]
struct AnswerArgs {
    /// Take the whole package
    #[arg(long)]
    accept: bool,
    /// Decline the whole package
    #[arg(long)]
    reject: bool,
}

pub(crate) fn run(context: &Context, command: Package) -> Result<()> {
    match command.verb {
        Verb::List(list) => self::list(context, &list),
        Verb::Show { package } => show(context, &package),
        Verb::Respond(respond) => self::respond(context, &respond),
        Verb::Rename { package, reference } => rename(context, &package, &reference),
    }
}

/// Staff see it whole, a provider only what concerns it.
fn view(context: &Context, package: &package::Package) -> PackageView {
    if context.actor.is_portal() { package.view_for_provider() } else { package.view() }
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<PackageView>()?;
    context.read(|tx| {
        let provider = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let referral = store::lookup_optional::<store::referral::HubReferral>(
            tx,
            command.referral.as_ref(),
            visibility,
        )?;
        let start = store::lookup_optional::<package::Package>(tx, command.page.after.as_ref(), visibility)?;
        let filter = Filter {
            status: command.status,
            referral: referral.map(|referral| referral.id),
            provider: provider.map(|provider| provider.id),
            leave_out_recalled: command.status.is_none(),
            ..Filter::default()
        };
        let page = |after: Option<&package::Package>, limit| {
            store::package::list(
                tx,
                &Filter { after: after.map(|package| package.id), ..filter },
                visibility,
                limit,
            )
        };
        context.out.pages(command.page.limit, start, &mut list, page, |package| view(context, package))
    })?;
    list.end("no packages")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<package::Package>(tx, reference, context.visibility()))?;
    let view = view(context, &found);
    context.out.show(&view, || Some(output::package::card(&view, &context.out)))
}

fn respond(context: &Context, command: &Respond) -> Result<()> {
    let change_report = context.out.change_report()?;
    let answer = if command.answer.accept { Answer::Accept } else { Answer::Reject };
    let visibility = context.visibility();
    let (outcome, before, after, provider) = context.write(|tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, visibility)?;
        let before = store::lookup::<package::Package>(
            tx,
            &command.package,
            Scope { visibility, purpose: Purpose::Answering },
        )?;
        context.actor.may((Permission::RespondPackages, Action::ChangePackages))?;
        // Staff have seen it whole; what a provider saw lacks the others, whom the answer concerns too.
        let before = if context.actor.is_portal() { store::package::whole(tx, &before)? } else { before };
        match package::answer(&before, &provider, answer)
            .map_err(|refusal| within_visibility(context, refusal))?
        {
            Answered::Before => Ok((Outcome::Unchanged, before.clone(), before, provider)),
            Answered::Now(status) => {
                let after = save(context, tx, command, &before, &provider, status)?;
                Ok((Outcome::Updated, before, after, provider))
            }
        }
    })?;
    if context.actor.is_portal() {
        let sentence =
            format!("`{}` has {} the package {}.", provider.name, answered(answer), after.reference);
        return change_report.say(outcome, &sentence, &after.for_provider(provider.id).view_for_provider());
    }
    let sentence = response_sentence(answer, outcome, &before, &after, &provider);
    change_report.say(outcome, &sentence, &after.view())
}

/// To a provider a package that is gone does not exist: it is sent to what still waits for it.
fn within_visibility(context: &Context, refusal: Error) -> Error {
    if !context.actor.is_portal() {
        return refusal;
    }
    refusal.hint("`caredesk package list --status pending` shows what waits for an answer")
}

fn save(
    context: &Context,
    tx: &mut Tx<'_>,
    command: &Respond,
    before: &package::Package,
    provider: &Provider,
    status: OfferStatus,
) -> Result<package::Package> {
    let offer = before.offer_to(provider.id).ok_or_else(|| Error::internal("an answer without an offer"))?;
    let response = Response {
        offer: offer.id,
        status,
        at: context.now,
        by: context.actor.account.id,
        reason: command.reason.as_deref(),
    };
    store::package::respond(tx, &response)?;
    if status == OfferStatus::Accepted {
        store::package::close_offers(tx, before.id)?;
    }
    let after = answered_package(before, &response);
    if after.status != before.status {
        store::package::set_status(tx, before.id, before.status, after.status)?;
        store::package::touch_visits(tx, before.id)?;
    }
    context.audit(tx, "package.respond", &before.code, Some(&before.view()), Some(&after.view()))?;
    Ok(after)
}

/// The package with the answer in it: the offer that was answered, and after an acceptance the others closed.
fn answered_package(before: &package::Package, response: &Response<'_>) -> package::Package {
    let mut after = before.clone();
    for offer in &mut after.offers {
        if offer.id == response.offer {
            offer.status = response.status;
            offer.responded_at = Some(response.at);
            offer.reason = response.reason.map(str::to_owned);
        } else if response.status == OfferStatus::Accepted && offer.status == OfferStatus::Pending {
            offer.status = OfferStatus::Closed;
        }
    }
    after.status = PackageStatus::of(&after.offers);
    after
}

fn answered(answer: Answer) -> &'static str {
    match answer {
        Answer::Accept => "accepted",
        Answer::Reject => "rejected",
    }
}

fn response_sentence(
    answer: Answer,
    outcome: Outcome,
    before: &package::Package,
    after: &package::Package,
    provider: &Provider,
) -> String {
    let (name, reference) = (&provider.name, &after.reference);
    let pending = after.count(OfferStatus::Pending);
    let closed = after.count(OfferStatus::Closed) - before.count(OfferStatus::Closed);
    match (answer, outcome) {
        (_, Outcome::Unchanged) => {
            format!("`{name}` has {} the package {reference} before.", answered(answer))
        }
        (Answer::Accept, _) if closed == 0 => format!("`{name}` has accepted the package {reference}."),
        (Answer::Accept, _) => {
            format!(
                "`{name}` has accepted the package {reference}; {} closed.",
                text::counted(closed, "other offer was", "other offers were")
            )
        }
        (Answer::Reject, _) if pending == 0 => {
            format!("`{name}` has rejected the package {reference}; no provider is left to answer.")
        }
        (Answer::Reject, _) => {
            format!(
                "`{name}` has rejected the package {reference}; {} still to answer.",
                text::counted(pending, "provider has", "providers have")
            )
        }
    }
}

fn rename(context: &Context, package: &Reference, reference: &str) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after) = context.write(|tx| {
        let before = store::lookup::<package::Package>(tx, package, context.visibility())?;
        context.actor.may(Action::ChangePackages)?;
        package::may_recall(&before, None)?;
        let after = package::Package { reference: reference.to_owned(), ..before.clone() };
        if after.reference == before.reference {
            return Ok((Outcome::Unchanged, before));
        }
        store::package::rename(tx, after.id, reference)?;
        store::package::touch_visits(tx, after.id)?;
        context.audit(tx, "package.rename", &after.code, Some(&before.view()), Some(&after.view()))?;
        Ok((Outcome::Updated, after))
    })?;
    change_report.say(
        outcome,
        &format!("The package {} is now called `{reference}`.", after.code),
        &view(context, &after),
    )
}
