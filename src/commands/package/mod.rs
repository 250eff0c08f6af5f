//! `package`: offered packages and the answers to them.

mod edit;
mod hand_back;
mod history;
mod list;
mod rename;
mod respond;
mod show;
mod wait;

use crate::commands::prelude::*;
use crate::model::package::{self, PackageCard, PackageLine, PackageStep, PackageView};

verbs! {
    Package: lists PackageLine, lists PackageStep, shows PackageCard, shows PackageView, changes PackageView;

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
