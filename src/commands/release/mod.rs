//! `release`: signed releases of information, their documents, and the providers that they let see records.

mod add;
mod check;
mod document;
mod form;
mod form_page;
mod import;
mod list;
mod paper;
mod remove_recipient;
mod revoke;
mod show;

use crate::commands::prelude::*;
use crate::model::import::Summary;
use crate::model::release;
use crate::model::release::ReleaseCard;
use crate::model::release::ReleaseView;

verbs! {
    Release: lists ReleaseView, lists release::Element, shows ReleaseCard, changes ReleaseView, changes document::SavedDocument,
        changes form::Printed,
        imports Summary, rows ReleaseView;

    /// Export a release as a PDF for a person to sign; what is not given is left blank
    Form(form::FormArgs) => form::run,
    /// Add a signed release: it lets providers see records until it expires or is revoked
    Add(Box<add::Add>) => add::run,
    /// Import releases with their documents; repeating an import changes nothing
    Import(import::Import) => import::run,
    /// List releases, newest first
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a release and what is missing for a valid one
    #[command(arg = at())]
    Show {
        /// Code (or the beginning of it)
        release: Reference,
    } => show::run,
    /// List the elements of a valid release; exit with status 4 if this one lacks any
    Check {
        /// Code (or the beginning of it)
        release: Reference,
    } => check::run,
    /// Revoke a release: other providers lose access to its records at once
    Revoke {
        /// Code (or the beginning of it)
        release: Reference,
    } => revoke::run,
    /// Take providers out of a release; it goes on for the others
    RemoveRecipient(remove_recipient::RemoveRecipient) => remove_recipient::run,
    /// Export the document of a release
    Document(document::DocumentArgs) => document::run,
}

fn find_client(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<Client> {
    store::lookup::<store::client::KnownClient>(tx, reference, context.visibility())
}

/// The document is kept once: `kept` is the release that holds it already, if there is one.
fn store(
    context: &Context, tx: &mut Tx<'_>, new: &release::Release,
    (paper, kept): (&paper::Paper, Option<ReleaseId>),
) -> Result<()> {
    store::release::insert(tx, new, kept, context.actor.account.id)?;
    if kept.is_some() {
        return Ok(());
    }
    paper.each_piece(|position, bytes| store::release::insert_piece(tx, new.id, position, bytes))
}

fn recipient(provider: Provider) -> release::Recipient {
    release::Recipient { id: provider.id, code: provider.code, name: provider.name }
}
