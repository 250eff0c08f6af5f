//! `sharing`: which provider shares which data of which client with whom.

mod calendar;
mod cancel;
mod explain;
mod form;
mod grant;
mod import_links;
mod import_settings;
mod link;
mod links;
mod list;
mod renew;
mod request;
mod settings;
mod setup;
mod show;
mod what_if;
mod who;
mod withdraw;

use crate::commands::prelude::*;
use crate::model::import::Summary;
use crate::model::sharing::Foreseen;
use crate::model::sharing::LinkView;
use crate::model::sharing::RequestHistory;
use crate::model::sharing::RequestView;
use crate::model::sharing::SettingView;
use crate::model::sharing::Sight;
use crate::model::sharing::explain::{Explanation, ExplanationLine};
use crate::model::withdrawal::WithdrawalView;
use crate::store::sharing::Filter;

verbs! {
    Sharing: lists RequestView, lists LinkView, lists SettingView, lists ExplanationLine, lists Sight, lists Foreseen,
        shows RequestHistory, shows Explanation,
        changes RequestView, changes LinkView, changes SettingView, changes calendar::Exported, changes form::Printed, changes WithdrawalView,
        imports Summary, rows LinkView;

    /// Set whether and how a provider shares a type of data; only the given settings change
    Setup(setup::Setup) => setup::run,
    /// Show how one provider, or each, shares every type of data
    #[command(arg = at())]
    Settings(settings::Settings) => settings::run,
    /// Link an owner to a recipient, in this direction only
    #[command(override_usage = link::USAGE[0])]
    Link(link::Link) => link::link,
    /// Remove a link; what was shared over it is hidden at once
    #[command(override_usage = link::USAGE[1])]
    Unlink(link::Link) => link::unlink,
    /// List links, and how each shares: by request, by release or automatically
    #[command(arg = at())]
    Links(links::Links) => links::run,
    /// Import settings of providers from tables; repeating an import changes nothing
    ImportSettings(import_settings::ImportSettings) => import_settings::run,
    /// Import links from tables; repeating an import changes nothing
    ImportLinks(import_links::ImportLinks) => import_links::run,
    /// Ask an owner for one type of data of one client
    Request(request::Ask) => request::run,
    /// Grant a request, or change the dates of a granted one
    Grant(grant::Grant) => grant::run,
    /// Renew a grant that stands: signed anew, with a later last day
    Renew(renew::Renew) => renew::run,
    /// Deny a request
    Deny(grant::WithReason) => grant::deny,
    /// Undo an answer: the request is pending again
    Pending(OfRequest) => grant::pending,
    /// Cancel a pending request; for who has sent it
    Cancel(OfRequest) => cancel::run,
    /// End a granted request at once
    Revoke(grant::WithReason) => grant::revoke,
    /// End all grants and releases of a client that fit, as the client has said
    Withdraw(withdraw::Withdraw) => withdraw::run,
    /// List requests, newest first
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a request and its answers
    #[command(arg = at())]
    Show(OfRequest) => show::run,
    /// Export a request as a PDF for a person to sign, in plain words
    Form(form::FormArgs) => form::run,
    /// Explain, rule by rule, why a provider can or cannot see another's records of a client
    Explain(explain::Explain) => explain::run,
    /// List all who see something of a client: of which type, by what, since when and until when
    #[command(arg = at())]
    Who {
        /// The client: code, id or name (or the beginning of a code or name)
        client: Reference,
    } => who::run,
    /// List who would see more or less of which client after a change, and change nothing
    WhatIf(what_if::WhatIf) => what_if::run,
    /// Export the last days of granted requests as an iCalendar file
    Calendar(calendar::Calendar) => calendar::run,
}

#[derive(Args)]
struct OfRequest {
    /// Code (or the beginning of it)
    request: Reference,
}

#[derive(Args)]
struct Sides {
    /// Only requests to this provider [default for a portal account: its own]
    #[arg(long, value_name = "PROVIDER", num_args = 0..=1, action = clap::ArgAction::Set)]
    incoming: Option<Vec<Reference>>,
    /// Only requests from this provider [default for a portal account: its own]
    #[arg(long, value_name = "PROVIDER", num_args = 0..=1, action = clap::ArgAction::Set)]
    outgoing: Option<Vec<Reference>>,
}

impl Sides {
    fn filter(&self, context: &Context, tx: &mut Tx<'_>) -> Result<Filter> {
        let visibility = context.visibility();
        let (incoming, outgoing) = (self.incoming.as_deref(), self.outgoing.as_deref());
        let mut find = |named: Option<&[Reference]>| {
            let reference = named.and_then(<[Reference]>::first);
            store::lookup_id::<store::provider::Partner>(tx, reference, visibility)
        };
        Ok(Filter {
            owner: find(incoming)?,
            recipient: find(outgoing)?,
            owned_by: own_side(incoming, "--incoming", visibility)?,
            received_by: own_side(outgoing, "--outgoing", visibility)?,
            today: context.today,
            ..Filter::default()
        })
    }
}

/// The account whose providers a side without a name means.
fn own_side(named: Option<&[Reference]>, option: &str, visibility: Visibility) -> Result<Option<AccountId>> {
    match (named, visibility) {
        (Some([]), Visibility::Portal(account)) => Ok(Some(account)),
        (Some([]), Visibility::Staff) => {
            let message = format!("`{option}` without a provider is for those who speak for one");
            Err(Error::new(Kind::Usage, "usage.provider", message)
                .hint(format!("name the provider: `{option} PROVIDER`")))
        }
        _ => Ok(None),
    }
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
