//! `outsource`: offers visits of a referral to several providers, changes who is asked, recalls.

mod choose;
mod create;
mod delete;
mod providers;
mod remind;
mod resend;
mod waves;

use crate::commands::prelude::*;
use crate::model::package::{OfferStatus, PackageView};

verbs! {
    Outsource: changes PackageView;

    /// Offer visits of a referral to providers as one package
    Create(create::Create) => create::run,
    /// Offer a package to more providers
    AddProvider(providers::AddProvider) => providers::add,
    /// Withdraw a package from providers; their answers stay in the history
    RemoveProvider(providers::Providers) => providers::remove,
    /// Remind the providers that have not answered: their accounts are alerted once more
    Remind {
        /// Code or reference (or the beginning of either)
        package: Reference,
    } => remind::run,
    /// Recall packages: providers no longer see them, and their visits can be offered again
    Delete {
        /// Codes or references (or the beginnings of either)
        #[arg(required = true, value_name = "PACKAGE")]
        packages: Vec<Reference>,
    } => delete::run,
    /// Recall a package and offer its visits, as they are now, again: to the same providers, or to others
    Resend(resend::Resend) => resend::run,
}

fn visits_in(package: &Package) -> String {
    counted(package.visits.len(), "visit", "visits")
}

/// `Acme Care, Birch Homecare; at 2026-11-22 14:00 to Cedar Nursing`.
fn names(context: &Context, package: &Package) -> String {
    let mut waves: Vec<(Option<DateTime<Utc>>, Vec<&str>)> = Vec::new();
    for offer in &package.offers {
        let opens_at = offer.opens_at.filter(|_| offer.status == OfferStatus::Scheduled);
        let name = offer.provider_name.as_str();
        match waves.iter_mut().find(|(at, _)| *at == opens_at) {
            Some((_, names)) => names.push(name),
            None => waves.push((opens_at, vec![name])),
        }
    }
    waves.sort_by_key(|(at, _)| *at);
    let words = waves.iter().map(|(at, names)| match at {
        Some(at) => format!("at {} to {}", context.zone.local(*at), names.join(", ")),
        None => names.join(", "),
    });
    words.collect::<Vec<_>>().join("; ")
}

/// `, to be answered by 2026-11-23 09:00`.
fn until(context: &Context, package: &Package) -> String {
    package.lapses_at.map_or_else(String::new, |at| format!(", to be answered by {}", context.zone.local(at)))
}

/// A question about a package, naming who had accepted it (rule 1.8).
fn question(package: &Package, question: &str) -> String {
    match accepted(package) {
        Some(accepted) => format!("{accepted} {question}"),
        None => format!("{question} ({})", package.reference),
    }
}

fn accepted(package: &Package) -> Option<String> {
    let offer = package.accepted_by()?;
    Some(format!("{} was accepted by {}.", package.reference, offer.provider_name))
}
