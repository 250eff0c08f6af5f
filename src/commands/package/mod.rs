//! `package`: offered packages and the answers to them.

mod edit;
mod hand_back;
mod history;
mod list;
mod pdf;
mod rename;
mod respond;
mod sheet;
mod show;
mod wait;

use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::model::package::{self, PackageCard, PackageLine, PackageStep, PackageView};

verbs! {
    Package: lists PackageLine, lists PackageStep, shows PackageCard, shows PackageView, changes PackageView,
        changes pdf::Printed;

    /// List packages, newest first
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a package with its visits and answers
    #[command(arg = at())]
    Show {
        /// Code or reference (or the beginning of either)
        package: Reference,
    } => show::run,
    /// Show what became of a package: who was asked when, each answer, what lapsed, was taken out or handed back
    #[command(arg = steps_at())]
    History {
        /// Code or reference (or the beginning of either)
        package: Reference,
    } => history::run,
    /// Export the sheet of an accepted package as a PDF: when the visits are, and what its provider may know to come
    #[command(arg = at())]
    Pdf(pdf::Pdf) => pdf::run,
    /// Wait until a package is accepted, or in another status
    Wait(wait::Wait) => wait::run,
    /// Accept or reject a package for a provider; the first to accept wins, and an answer is final
    Respond(respond::Respond) => respond::run,
    /// Give an accepted package back, with a reason; its visits are free again
    HandBack(hand_back::HandBackArgs) => hand_back::run,
    /// Change the note for the providers that are asked
    Edit(edit::Edit) => edit::run,
    /// Change the reference of a package
    Rename(rename::Rename) => rename::run,
}

/// Staff see the whole package, a provider its own part (rule 1.11).
fn view(context: &Context, package: &package::Package) -> PackageView {
    if context.actor.is_portal() { package.view_for_provider() } else { package.view() }
}

/// Whose it is: for a provider once it has accepted this package, as long as a visit of the client shows that (rule 1.12), with
/// the looks that this is.
fn whose(
    context: &Context, tx: &mut Tx<'_>, package: &package::Package,
) -> Result<(Option<Client>, Vec<ContactLook>)> {
    if context.actor.is_portal() && package.accepted_by().is_none() {
        return Ok((None, Vec::new()));
    }
    let client = store::referral::by_id(tx, package.referral_id)?.client_id;
    let client = store::by_id::<Client>(tx, client, Visibility::INTERNAL)?;
    let (Some(account), Some(known)) = (context.visibility().account(), &client) else {
        return Ok((client, Vec::new()));
    };
    let since = context.contacts_since(tx)?;
    let grounds = store::client::grounds(tx, account, &[known.id], since)?;
    if grounds.is_empty() {
        return Ok((None, Vec::new()));
    }
    let looks = grounds.into_iter().map(|ground| ContactLook::of(&known.code, ground)).collect();
    Ok((client, looks))
}
