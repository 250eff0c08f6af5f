//! Which visits and which providers: asked with tick boxes where a person did not name them, or taken from a package.

use super::Create;
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::package::Package;
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::referral::Referral;
use crate::model::visit::{Visit, VisitStatus};
use crate::output::ask;
use crate::store;

/// What a package is made of, as references.
pub(super) struct Chosen {
    pub(super) visits: Vec<Reference>,
    pub(super) providers: Vec<Reference>,
}

/// What was named on the command line; on a terminal the rest is asked (rule 1.1). Asking happens before the
/// transaction, so that nobody waits for a person.
pub(super) fn missing(context: &Context, command: &Create) -> Result<Chosen> {
    let names_visits = command.all_visits || !command.visits.is_empty();
    let mut chosen = Chosen { visits: command.visits.clone(), providers: command.providers.clone() };
    if names_visits && !chosen.providers.is_empty() {
        return Ok(chosen);
    }
    let (referral, visits, providers) = context.read(|tx| {
        let referral = store::referral::find(tx, &command.referral, context.actor.visibility())?;
        let visits = free_visits(tx, &referral)?;
        Ok((referral, visits, store::provider::list(tx, &active(context), i64::MAX)?))
    })?;
    if !names_visits {
        chosen.visits = ask_for_visits(context, command, &referral, &visits)?;
    }
    if chosen.providers.is_empty() {
        chosen.providers = ask_for_providers(context, command, &providers)?;
    }
    Ok(chosen)
}

fn active<'a>(context: &Context) -> store::provider::Filter<'a> {
    store::provider::Filter {
        active: Some(true),
        visibility: context.actor.visibility(),
        ..Default::default()
    }
}

fn ask_for_visits(
    context: &Context,
    command: &Create,
    referral: &Referral,
    visits: &[Visit],
) -> Result<Vec<Reference>> {
    if visits.is_empty() || !context.is_interactive() {
        // Nothing to tick: the rule itself says what is missing.
        return if visits.is_empty() {
            Ok(Vec::new())
        } else {
            Err(command.must_name("visit", "--visit` or `--all-visits"))
        };
    }
    let line = |visit: &Visit| {
        let start = visit.start.with_timezone(&context.zone).format("%a %-d %b %H:%M");
        format!("{}  {start}  {} min", visit.code, visit.minutes)
    };
    let ticked =
        ask::several(&format!("Visits of {}", referral.code), &visits.iter().map(line).collect::<Vec<_>>())?;
    references(ticked.iter().filter_map(|position| visits.get(*position)).map(|visit| visit.code.as_str()))
}

fn ask_for_providers(context: &Context, command: &Create, providers: &[Provider]) -> Result<Vec<Reference>> {
    if providers.is_empty() || !context.is_interactive() {
        return if providers.is_empty() {
            Ok(Vec::new())
        } else {
            Err(command.must_name("provider", "--provider"))
        };
    }
    let lines: Vec<String> =
        providers.iter().map(|provider| format!("{}  {}", provider.code, provider.name)).collect();
    let ticked = ask::several("Providers to ask", &lines)?;
    references(
        ticked.iter().filter_map(|position| providers.get(*position)).map(|provider| provider.code.as_str()),
    )
}

fn references<'a>(codes: impl Iterator<Item = &'a str>) -> Result<Vec<Reference>> {
    codes.map(|code| code.parse().map_err(|why: String| Error::internal(why))).collect()
}

/// Every planned visit of a referral that is in no live package.
pub(super) fn free_visits(tx: &mut Tx<'_>, referral: &Referral) -> Result<Vec<Visit>> {
    let filter = store::visit::Filter {
        referral: Some(referral.id),
        status: Some(VisitStatus::Planned),
        ..Default::default()
    };
    let mut visits = store::visit::list(tx, &filter, i64::MAX)?;
    visits.retain(|visit| visit.outsourced.is_none());
    Ok(visits)
}

/// The visits of a package as they are now, without those cancelled since.
pub(super) fn planned_of(tx: &mut Tx<'_>, package: &Package) -> Result<Vec<Visit>> {
    let mut visits = Vec::new();
    for packaged in &package.visits {
        let filter = store::visit::Filter {
            id: Some(packaged.id),
            status: Some(VisitStatus::Planned),
            ..Default::default()
        };
        visits.extend(store::visit::list(tx, &filter, 1)?);
    }
    Ok(visits)
}

/// The providers that a package was offered to.
pub(super) fn providers_of(tx: &mut Tx<'_>, package: &Package) -> Result<Vec<Provider>> {
    let mut providers = Vec::new();
    for offer in &package.offers {
        let filter = store::provider::Filter { id: Some(offer.provider_id), ..Default::default() };
        providers.extend(store::provider::list(tx, &filter, 1)?);
    }
    Ok(providers)
}
