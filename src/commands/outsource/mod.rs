//! `outsource`: offers visits of a referral to several providers, changes who is asked, recalls.

mod choose;
mod create;
mod delete;
mod providers;
mod resend;

use crate::commands::prelude::*;
use crate::model::package::PackageView;

verbs! {
    Outsource: changes PackageView;

    /// Offer visits of a referral to providers as one package
    Create(create::Create) => create::run,
    /// Offer a package to more providers
    AddProvider(providers::AddProvider) => providers::add,
    /// Withdraw a package from providers; their answers stay in the history
    RemoveProvider(providers::Providers) => providers::remove,
    /// Recall a package: providers no longer see it, and its visits can be offered again
    Delete {
        /// Code or reference (or the beginning of either)
        package: Reference,
    } => delete::run,
    /// Recall a package and offer its visits, as they are now, to the same providers again
    Resend(resend::Resend) => resend::run,
}

fn visits_in(package: &Package) -> String {
    counted(package.visits.len(), "visit", "visits")
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
