//! `package`: offered packages and the answers to them.

mod list;
mod rename;
mod respond;
mod show;

use crate::commands::prelude::*;
use crate::model::package::{self, PackageCard, PackageView};

verbs! {
    Package: lists PackageView, shows PackageCard, changes PackageView;

    /// List packages, newest first
    List(list::List) => list::run,
    /// Show a package with its visits and answers
    Show {
        /// Code or reference (or the beginning of either)
        package: Reference,
    } => show::run,
    /// Accept or reject a package for a provider; the first to accept wins, and an answer is final
    Respond(respond::Respond) => respond::run,
    /// Change the reference of a package
    Rename(rename::Rename) => rename::run,
}

/// Staff see the whole package, a provider its own part (rule 1.11).
fn view(context: &Context, package: &package::Package) -> PackageView {
    if context.actor.is_portal() { package.view_for_provider() } else { package.view() }
}
