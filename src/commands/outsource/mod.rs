//! `outsource`: offers visits of a referral to several providers, changes who is asked, recalls.

mod choose;
mod create;
mod delete;
mod providers;
mod resend;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::package::Package;
use crate::model::package::PackageView;
use crate::model::reference::Reference;
use crate::model::text;
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Outsource {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Offer visits of a referral to providers as one package
    Create(create::Create),
    /// Ask more providers
    AddProvider(providers::Providers),
    /// Take providers out again; their answers stay in the history
    RemoveProvider(providers::Providers),
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

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.changes::<PackageView>();
}

pub(crate) fn run(context: &Context, command: Outsource) -> Result<()> {
    match command.verb {
        Verb::Create(command) => create::run(context, &command),
        Verb::AddProvider(command) => providers::add(context, &command),
        Verb::RemoveProvider(command) => providers::remove(context, &command),
        Verb::Delete { package } => delete::run(context, &package),
        Verb::Resend { package } => resend::run(context, &package),
    }
}

fn visits_in(package: &Package) -> String {
    text::counted(package.visits.len(), "visit", "visits")
}

fn names(package: &Package) -> String {
    package.offers.iter().map(|offer| offer.provider_name.as_str()).collect::<Vec<_>>().join(", ")
}

/// A question about a package, naming who had accepted it (rule 1.8).
fn question(package: &Package, question: &str) -> String {
    match package.accepted_by() {
        Some(offer) => format!("{} was accepted by {}. {question}", package.reference, offer.provider_name),
        None => format!("{question} ({})", package.reference),
    }
}
