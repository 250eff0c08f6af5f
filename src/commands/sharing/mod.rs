//! `sharing`: which provider shares which data of which client with whom.

mod calendar;
mod explain;
mod grant;
mod link;
mod links;
mod list;
mod request;
mod settings;
mod setup;
mod show;

use chrono::{Days, NaiveDate};
use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::id::ProviderId;
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::sharing::Label;
use crate::model::sharing::LinkView;
use crate::model::sharing::RequestHistory;
use crate::model::sharing::RequestView;
use crate::model::sharing::SettingView;
use crate::model::sharing::explain::Explanation;
use crate::output::Schemas;
use crate::store;
use crate::store::sharing::Filter;

#[derive(Args)]
pub(crate) struct Sharing {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Set whether and how a provider shares a type of data; only what is given changes
    Setup(setup::Setup),
    /// Show how a provider shares each type of data
    Settings(settings::Settings),
    /// Link an owner to a recipient, in this direction alone
    Link(link::Link),
    /// Remove a link; what was shared over it is hidden at once
    Unlink(link::Link),
    /// List links, and how each shares: by request, by release or automatically
    Links(links::Links),
    /// Ask an owner for one type of data of one client
    Request(request::Ask),
    /// Agree to a request; given again, it changes the dates
    Grant(grant::Grant),
    /// Decline a request
    Deny(OfRequest),
    /// Take an answer back: the request waits again
    Pending(OfRequest),
    /// End what was granted, at once
    Revoke(OfRequest),
    /// List requests, the newest first
    List(list::List),
    /// Show a request and the answers to it
    Show(OfRequest),
    /// Say rule by rule why a provider sees or does not see a client's records at another
    Explain(explain::Explain),
    /// Write the last days of grants as an iCalendar file
    Calendar(calendar::Calendar),
}

#[derive(Args)]
struct OfRequest {
    /// Its code or the beginning of it
    request: Reference,
}

#[derive(Args)]
struct Sides {
    /// Only those that ask this provider
    #[arg(long, value_name = "PROVIDER")]
    incoming: Option<Reference>,
    /// Only those in which this provider asks
    #[arg(long, value_name = "PROVIDER")]
    outgoing: Option<Reference>,
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas
        .lists::<RequestView>()
        .lists::<LinkView>()
        .lists::<SettingView>()
        .shows::<RequestHistory>()
        .shows::<Explanation>()
        .changes::<RequestView>()
        .changes::<LinkView>()
        .changes::<SettingView>()
        .changes::<calendar::Exported>();
}

pub(crate) fn run(context: &Context, command: Sharing) -> Result<()> {
    let answer = |command: &OfRequest, label| {
        grant::answer(context, &command.request, label, &grant::Given::default())
    };
    match command.verb {
        Verb::Setup(command) => setup::run(context, &command),
        Verb::Settings(command) => settings::run(context, &command),
        Verb::Link(command) => link::link(context, &command),
        Verb::Unlink(command) => link::unlink(context, &command),
        Verb::Links(command) => links::run(context, &command),
        Verb::Request(command) => request::run(context, &command),
        Verb::Grant(command) => grant::run(context, &command),
        Verb::Deny(command) => answer(&command, Label::Denied),
        Verb::Pending(command) => answer(&command, Label::Pending),
        Verb::Revoke(command) => answer(&command, Label::Revoked),
        Verb::List(command) => list::run(context, &command),
        Verb::Show(command) => show::run(context, &command.request),
        Verb::Explain(command) => explain::run(context, &command),
        Verb::Calendar(command) => calendar::run(context, &command),
    }
}

impl Sides {
    fn filter(&self, context: &Context, tx: &mut Tx<'_>) -> Result<Filter> {
        let visibility = context.visibility();
        let mut find = |reference: &Option<Reference>| {
            let found =
                store::lookup_optional::<store::provider::Partner>(tx, reference.as_ref(), visibility);
            found.map(|found| found.map(|provider| provider.id))
        };
        Ok(Filter {
            owner: find(&self.incoming)?,
            recipient: find(&self.outgoing)?,
            today: context.today,
            ..Filter::default()
        })
    }
}

/// The last day within so many days.
fn last_day(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// Whether the actor may act for the provider; staff may for all.
fn speaks_for(context: &Context, tx: &mut Tx<'_>, provider: ProviderId) -> Result<bool> {
    let visibility = context.visibility();
    Ok(!visibility.is_portal() || store::by_id::<Provider>(tx, provider, visibility)?.is_some())
}

fn must_differ(owner: &Provider, recipient: &Provider) -> Result<()> {
    if owner.id != recipient.id {
        return Ok(());
    }
    let name = &owner.name;
    Err(Error::refused(
        "sharing.same",
        format!("`{name}` shares nothing with itself: it sees its own records"),
    )
    .hint("name two providers, the owner first"))
}
