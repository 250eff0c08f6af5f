//! `outsource`: offer visits of a referral to several providers, change who is asked, recall.

mod choose;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::code::Prefix;
use crate::model::package::{self, Package, PackageStatus};
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::referral::Referral;
use crate::model::text;
use crate::model::visit::Visit;
use crate::output::Outcome;
use crate::store;
use crate::store::package::Request;

#[derive(Args)]
pub(crate) struct Outsource {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Offer visits of a referral to providers as one package
    Create(Create),
    /// Ask more providers
    AddProvider(Providers),
    /// Take providers out again; their answers stay in the history
    RemoveProvider(Providers),
    /// Recall a package: it vanishes from the providers' lists and its visits are free again
    Delete {
        /// Its code or reference, or the beginning of either
        package: Reference,
    },
    /// Recall a package and send its visits, as they are now, to the same providers
    Resend {
        /// Its code or reference, or the beginning of either
        package: Reference,
    },
}

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk outsource create REF-7K3M9Q
  $ caredesk outsource create REF-7K3M9Q --all-visits --provider harbour willow
  $ caredesk outsource create REF-7K3M9Q --visit VIS-2A VIS-9F --provider harbour

The first asks for the visits and the providers with tick boxes.";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
struct Create {
    /// Its code or the beginning of it
    referral: Reference,
    /// A visit of the referral; asked for on a terminal
    #[arg(long = "visit", value_name = "VISIT", num_args = 1.., conflicts_with = "all_visits")]
    visits: Vec<Reference>,
    /// Every planned visit that is in no package yet
    #[arg(long)]
    all_visits: bool,
    /// A provider to ask; asked for on a terminal
    #[arg(long = "provider", value_name = "PROVIDER", num_args = 1..)]
    providers: Vec<Reference>,
    /// What to call the package [default: its code]
    #[arg(long, value_parser = package::reference)]
    reference: Option<String>,
}

#[derive(Args)]
struct Providers {
    /// Its code or reference, or the beginning of either
    package: Reference,
    /// A provider: its code or name, or the beginning of either
    #[arg(required = true, value_name = "PROVIDER")]
    providers: Vec<Reference>,
}

pub(crate) fn run(context: &Context, command: Outsource) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::AddProvider(providers) => add_provider(context, &providers),
        Verb::RemoveProvider(providers) => remove_provider(context, &providers),
        Verb::Delete { package } => delete(context, &package),
        Verb::Resend { package } => resend(context, &package),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    let chosen = choose::missing(context, command)?;
    let made = context.write(|tx| {
        let referral =
            store::lookup::<store::referral::HubReferral>(tx, &command.referral, context.visibility())?;
        context.actor.may(Action::ChangePackages)?;
        let visits = visits(context, tx, command.all_visits, &chosen.visits, &referral)?;
        let providers = store::lookup_many::<Provider>(tx, &chosen.providers, context.visibility())?;
        send(context, tx, &referral, &visits, &providers, command.reference.as_deref())
    })?;
    let sentence = format!(
        "Offered {} of {} to {} as {}.",
        visits_in(&made),
        made.referral,
        names(&made),
        made.reference
    );
    change_report.say(Outcome::Created, &sentence, &made.view())
}

fn visits_in(package: &Package) -> String {
    text::counted(package.visits.len(), "visit", "visits")
}

fn names(package: &Package) -> String {
    package.offers.iter().map(|offer| offer.provider.as_str()).collect::<Vec<_>>().join(", ")
}

fn visits(
    context: &Context,
    tx: &mut Tx<'_>,
    all: bool,
    references: &[Reference],
    referral: &Referral,
) -> Result<Vec<Visit>> {
    if all {
        return choose::free_visits(tx, referral);
    }
    store::lookup_many::<Visit>(tx, references, context.visibility())
}

/// Rules 1.1 to 1.3.
fn send(
    context: &Context,
    tx: &mut Tx<'_>,
    referral: &Referral,
    visits: &[Visit],
    providers: &[Provider],
    reference: Option<&str>,
) -> Result<Package> {
    package::may_send(referral, visits, providers)?;
    let code = context.code(Prefix::Package, |code| store::package::is_code_taken(tx, code))?;
    let made = Package {
        id: context.key(),
        reference: reference.unwrap_or(&code).to_owned(),
        code,
        referral_id: referral.id,
        referral: referral.code.clone(),
        status: PackageStatus::Pending,
        created_at: context.now,
        created_by: context.actor.account.login.clone(),
        amended_at: None,
        amended_by: None,
        recalled_at: None,
        recalled_by: None,
        visits: Vec::new(),
        offers: Vec::new(),
    };
    store::package::insert(tx, &made, context.actor.account.id)?;
    store::package::insert_visits(tx, made.id, visits)?;
    store::package::insert_offers(
        tx,
        made.id,
        &requests(context, providers),
        context.actor.account.id,
        context.now,
    )?;
    store::package::touch_visits(tx, made.id)?;
    let made = store::package::whole(tx, &made)?;
    context.audit(tx, "outsource.create", &made.code, None::<&()>, Some(&made.view()))?;
    Ok(made)
}

fn requests<'a>(context: &Context, providers: impl IntoIterator<Item = &'a Provider>) -> Vec<Request> {
    providers.into_iter().map(|provider| Request { id: context.key(), provider: provider.id }).collect()
}

fn add_provider(context: &Context, command: &Providers) -> Result<()> {
    amend(context, command, "outsource.add-provider", |tx, package, providers| {
        let new = package::may_add(package, providers)?;
        // A package that all have rejected does not keep its referral open, and must not come back to life on a closed one.
        store::referral::by_id(tx, package.referral_id)?.must_be_open()?;
        store::package::insert_offers(
            tx,
            package.id,
            &requests(context, new.iter().copied()),
            context.actor.account.id,
            context.now,
        )?;
        Ok(!new.is_empty())
    })
}

fn remove_provider(context: &Context, command: &Providers) -> Result<()> {
    amend(context, command, "outsource.remove-provider", |tx, package, providers| {
        for offer in package::may_remove(package, providers)? {
            store::package::remove_offer(tx, offer.id, context.now)?;
        }
        Ok(true)
    })
}

/// Rule 1.4: a change of who is asked, until somebody has accepted. `change` says whether it did anything.
fn amend(
    context: &Context,
    command: &Providers,
    action: &'static str,
    change: impl Fn(&mut Tx<'_>, &Package, &[Provider]) -> Result<bool>,
) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after) = context.write(|tx| {
        let before = store::lookup::<Package>(tx, &command.package, context.visibility())?;
        let providers = store::lookup_many::<Provider>(tx, &command.providers, context.visibility())?;
        context.actor.may(Action::ChangePackages)?;
        if !change(tx, &before, &providers)? {
            return Ok((Outcome::Unchanged, before));
        }
        let after = store::package::whole(tx, &before)?;
        let status = PackageStatus::of(&after.offers);
        store::package::amend(tx, after.id, context.now, context.actor.account.id, status)?;
        if status != before.status {
            store::package::touch_visits(tx, after.id)?;
        }
        let after = store::package::whole(tx, &after)?;
        context.audit(tx, action, &after.code, Some(&before.view()), Some(&after.view()))?;
        Ok((Outcome::Updated, after))
    })?;
    let sentence = match outcome {
        Outcome::Unchanged => {
            format!("The package {} is offered to {} already.", after.reference, names(&after))
        }
        _ => format!(
            "The package {} is now offered to {}; it is {}.",
            after.reference,
            names(&after),
            after.status.name()
        ),
    };
    change_report.say(outcome, &sentence, &after.view())
}

fn delete(context: &Context, reference: &Reference) -> Result<()> {
    let change_report = context.out.change_report()?;
    let seen = confirmed(context, reference, "Are you sure you want to delete this outsourced package?")?;
    let after = context.write(|tx| {
        let before = store::lookup::<Package>(tx, reference, context.visibility())?;
        recall(context, tx, &before, seen, "outsource.delete")
    })?;
    let had =
        after.accepted_by().map(|offer| format!(" `{}` had accepted it; let them know.", offer.provider));
    let sentence = format!(
        "The package {} was recalled; {} free again.{}",
        after.reference,
        text::counted(after.visits.len(), "visit is", "visits are"),
        had.unwrap_or_default()
    );
    change_report.say(Outcome::Deleted, &sentence, &after.view())
}

/// Looks first and asks, naming who had accepted (rule 1.8). Returns the status that the answer was given to.
fn confirmed(context: &Context, reference: &Reference, question: &str) -> Result<Option<PackageStatus>> {
    let package = context.read(|tx| store::lookup::<Package>(tx, reference, context.visibility()))?;
    context.actor.may(Action::ChangePackages)?;
    package::may_recall(&package, None)?;
    let whole = match package.accepted_by() {
        Some(offer) => format!("{} was accepted by {}. {question}", package.reference, offer.provider),
        None => format!("{question} ({})", package.reference),
    };
    context.confirm(&whole)?;
    Ok((!context.yes).then_some(package.status))
}

fn recall(
    context: &Context,
    tx: &mut Tx<'_>,
    before: &Package,
    seen: Option<PackageStatus>,
    action: &'static str,
) -> Result<Package> {
    package::may_recall(before, seen)?;
    store::package::touch_visits(tx, before.id)?;
    store::package::recall(tx, before.id, context.now, context.actor.account.id)?;
    store::package::free_visits(tx, before.id)?;
    let after = store::package::whole(tx, before)?;
    context.audit(tx, action, &after.code, Some(&before.view()), Some(&after.view()))?;
    Ok(after)
}

/// Rule 1.7: recall and create in one transaction. A reference of its own goes along; visits cancelled since are left out.
fn resend(context: &Context, reference: &Reference) -> Result<()> {
    let change_report = context.out.change_report()?;
    let seen =
        confirmed(context, reference, "Are you sure you want to recall this package and send it again?")?;
    let (before, made) = context.write(|tx| {
        let before = store::lookup::<Package>(tx, reference, context.visibility())?;
        recall(context, tx, &before, seen, "outsource.resend")?;
        let referral = store::referral::by_id(tx, before.referral_id)?;
        let visits = choose::planned_of(tx, &before)?;
        let providers = choose::providers_of(tx, &before)?;
        let reference = (before.reference != before.code).then_some(before.reference.as_str());
        let made = send(context, tx, &referral, &visits, &providers, reference)?;
        Ok((before, made))
    })?;
    let left_out = before.visits.len() - made.visits.len();
    if left_out > 0 {
        context
            .out
            .note(&format!("{} left out, as cancelled", text::counted(left_out, "visit was", "visits were")));
    }
    let sentence = format!(
        "Recalled {} and offered {} to {} as {}.",
        before.code,
        visits_in(&made),
        names(&made),
        made.code
    );
    change_report.say(Outcome::Created, &sentence, &made.view())
}

impl Create {
    fn must_name(&self, what: &str, option: &str) -> Error {
        Error::usage(format!("no {what} is named for the package of `{}`", self.referral))
            .hint(format!("name it with `{option}`"))
    }
}
