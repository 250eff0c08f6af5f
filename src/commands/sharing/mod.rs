//! `sharing`: which provider shares which data of which client with whom.

mod answer;
mod ask;
mod effect;
mod explain;
mod list;
mod setup;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::id::ProviderId;
use crate::model::provider::Provider;
use crate::store;

#[derive(Args)]
pub(crate) struct Sharing {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Set what a provider lets out of a type of data; only what is given changes
    Setup(setup::Setup),
    /// Show what a provider lets out, type by type
    Settings(setup::Settings),
    /// Link an owner to a recipient, in this direction alone
    Link(setup::Link),
    /// Take a link back; what was shared over it is out of sight at once
    Unlink(setup::Link),
    /// List links, and how sharing then works
    Links(setup::Links),
    /// Ask an owner for one type of data of one client
    Request(ask::Ask),
    /// Agree to a request; given again, it changes the dates
    Grant(answer::Grant),
    /// Decline a request
    Deny(answer::Answer),
    /// Take an answer back: the request waits again
    Pending(answer::Answer),
    /// End what was granted, at once
    Revoke(answer::Answer),
    /// List requests, the newest first
    List(list::List),
    /// Show a request and the answers to it
    Show(list::Show),
    /// Say rule by rule why a provider sees or does not see a client's records at another
    Explain(explain::Explain),
    /// Write the last days of what is granted into a calendar
    Calendar(list::Calendar),
}

pub(crate) fn run(context: &Context, command: Sharing) -> Result<()> {
    match command.verb {
        Verb::Setup(setup) => setup::setup(context, &setup),
        Verb::Settings(settings) => setup::settings(context, &settings),
        Verb::Link(link) => setup::link(context, &link),
        Verb::Unlink(link) => setup::unlink(context, &link),
        Verb::Links(links) => setup::links(context, &links),
        Verb::Request(ask) => ask::ask(context, &ask),
        Verb::Grant(grant) => answer::grant(context, &grant),
        Verb::Deny(answer) => answer::deny(context, &answer),
        Verb::Pending(answer) => answer::pending(context, &answer),
        Verb::Revoke(answer) => answer::revoke(context, &answer),
        Verb::List(list) => list::list(context, &list),
        Verb::Show(show) => list::show(context, &show),
        Verb::Explain(explain) => explain::run(context, &explain),
        Verb::Calendar(calendar) => list::calendar(context, &calendar),
    }
}

/// Whether the actor may act for the provider; staff may for all.
fn speaks_for(context: &Context, tx: &mut Tx<'_>, provider: ProviderId) -> Result<bool> {
    let visibility = context.visibility();
    Ok(!visibility.is_portal() || store::by_id::<Provider>(tx, provider, visibility)?.is_some())
}
