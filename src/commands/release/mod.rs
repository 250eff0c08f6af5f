//! `release`: signed releases of information, their documents, and the providers that they let see records.

mod add;
mod document;
mod paper;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Kind, Result};
use crate::model::access::{Action, Permission};
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::release::{self, Element, Loss, ReleaseStatus, ReleaseView, Revoked};
use crate::model::text;
use crate::output::{self, Outcome, Page};
use crate::store;
use crate::store::release::Filter;

#[derive(Args)]
pub(crate) struct Release {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add a signed release: it lets providers see records until it expires or is revoked
    Add(Box<add::Add>),
    /// List releases, the newest first
    List(List),
    /// Show a release, and what a valid one holds
    Show {
        /// Its code or the beginning of it
        release: Reference,
    },
    /// List the elements of a valid release, and those that this one lacks (then with exit status 8)
    Check {
        /// Its code or the beginning of it
        release: Reference,
    },
    /// Revoke a release: other providers lose its records at once
    Revoke {
        /// Its code or the beginning of it
        release: Reference,
    },
    /// Write the document of a release to a file
    Document(document::Take),
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk release list --client \"Ada Moss\" --status active
  $ caredesk release list --owner oak -o csv --for excel > releases.csv";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only those by which this provider shows its records
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// Only in this status, as it is today
    #[arg(long)]
    status: Option<ReleaseStatus>,
    #[command(flatten)]
    page: Page,
}

pub(crate) fn run(context: &Context, command: Release) -> Result<()> {
    match command.verb {
        Verb::Add(add) => add::run(context, &add),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { release } => show(context, &release),
        Verb::Check { release } => check(context, &release),
        Verb::Revoke { release } => revoke(context, &release),
        Verb::Document(take) => document::run(context, &take),
    }
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<ReleaseView>()?;
    context.read(|tx| {
        let client =
            command.client.as_ref().map(|reference| find_client(context, tx, reference)).transpose()?;
        let owner = store::lookup_optional::<Provider>(tx, command.owner.as_ref(), visibility)?;
        let start = store::lookup_optional::<release::Release>(tx, command.page.after.as_ref(), visibility)?;
        let filter = Filter {
            client: client.map(|client| client.id),
            owner: owner.map(|owner| owner.id),
            status: command.status.map(|status| (status, context.today)),
            ..Filter::default()
        };
        let page = |after: Option<&release::Release>, limit| {
            store::release::list(
                tx,
                &Filter { after: after.map(|release| release.id), ..filter },
                visibility,
                limit,
            )
        };
        context.out.pages(command.page.limit, start, &mut list, page, |found| found.view(context.today))
    })?;
    list.end("no releases")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<release::Release>(tx, reference, context.visibility()))?;
    let card = found.card(context.today);
    context.out.show(&card, || Some(output::release::card(&card, &context.out)))
}

/// Missing elements are a result, not a refusal: the list is printed and the exit status reports them.
fn check(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<release::Release>(tx, reference, context.visibility()))?;
    let elements = release::elements(&found);
    let mut list = context.out.list::<Element>()?;
    for element in &elements {
        list.row(element)?;
    }
    list.end("nothing was looked at")?;
    let lacks: Vec<&str> = elements.iter().filter(|one| !one.held).map(|one| one.element).collect();
    if lacks.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        Kind::Environment,
        "release.incomplete",
        format!("release `{}` lacks {} of {} elements", found.code, lacks.len(), elements.len()),
    )
    .hint("a release is never changed: revoke it and add it again with what the paper says, or have a new one signed")
    .detail("lacks", lacks))
}

fn revoke(context: &Context, reference: &Reference) -> Result<()> {
    let change_report = context.out.change_report()?;
    ask_first(context, reference)?;
    let (before, losses, after) = context.write(|tx| {
        let before = store::lookup::<release::Release>(tx, reference, context.visibility())?;
        context.actor.may((Permission::AnswerSharing, Action::ChangeSharing))?;
        release::must_stand(&before)?;
        let losses = losses(context, tx, &before)?;
        store::release::revoke(tx, before.id, context.now, context.actor.account.id)?;
        let after = store::lookup::<release::Release>(tx, reference, context.visibility())?;
        let (was, is) = (before.view(context.today), after.view(context.today));
        context.audit(tx, "release.revoke", &after.code, Some(&was), Some(&is))?;
        Ok((before, losses, after))
    })?;
    let sentence =
        format!("The release {} was revoked. {}", before.code, losses_sentence(context, &losses, true));
    change_report.say(Outcome::Updated, &sentence, &Revoked { release: after.view(context.today), losses })
}

/// Asks for confirmation, naming the providers that would lose access.
fn ask_first(context: &Context, reference: &Reference) -> Result<()> {
    let (found, losses) = context.read(|tx| {
        let found = store::lookup::<release::Release>(tx, reference, context.visibility())?;
        let losses = losses(context, tx, &found)?;
        Ok((found, losses))
    })?;
    context.actor.may((Permission::AnswerSharing, Action::ChangeSharing))?;
    release::must_stand(&found)?;
    let losses_sentence = losses_sentence(context, &losses, false);
    context.confirm(&format!(
        "Are you sure you want to revoke the release {} of {}? {losses_sentence}",
        found.code, found.client_name
    ))
}

fn losses(context: &Context, tx: &mut Tx<'_>, release: &release::Release) -> Result<Vec<Loss>> {
    tx.as_of(context.now, context.today)?;
    store::release::losses(tx, release)
}

fn losses_sentence(context: &Context, losses: &[Loss], is_done: bool) -> String {
    let verb = match (is_done && !context.dry_run, losses) {
        (true, [_, _, ..]) => "have lost",
        (true, _) => "has lost",
        (false, _) => "would lose",
    };
    let sentence: Vec<String> = losses
        .iter()
        .map(|loss| {
            let records = usize::try_from(loss.records).unwrap_or(usize::MAX);
            format!("`{}` {verb} sight of {}", loss.provider, text::counted(records, "record", "records"))
        })
        .collect();
    if sentence.is_empty() {
        format!("No provider {verb} sight of any record.")
    } else {
        sentence.join(", ") + "."
    }
}

fn find_client(
    context: &Context,
    tx: &mut Tx<'_>,
    reference: &Reference,
) -> Result<crate::model::client::Client> {
    tx.as_of(context.now, context.today)?;
    store::lookup::<store::client::KnownClient>(tx, reference, context.visibility())
}
