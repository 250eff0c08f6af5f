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
    /// Ask more providers
    AddProvider(providers::AddProvider) => providers::add,
    /// Take providers out again; their answers stay in the history
    RemoveProvider(providers::Providers) => providers::remove,
    /// Recall a package: it vanishes from the providers' lists and its visits are free again
    Delete {
        /// Its code or reference, or the beginning of either
        package: Reference,
    } => delete::run,
    /// Recall a package and send its visits, as they are now, to the same providers
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
