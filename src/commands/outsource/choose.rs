//! Selects visits and providers: with tick boxes where none are named, or from an existing package.

use std::collections::HashMap;

use crate::commands::prelude::*;
use crate::model::visit::VisitStatus;
use crate::output::ask::{self, Choice};
use crate::store::resource::find::{self, Search};

/// An active provider, and how many kilometres it is from the client.
type Candidate = (Provider, Option<f64>);

#[derive(Default)]
pub(super) struct Chosen {
    pub(super) visits: Vec<Reference>,
    pub(super) providers: Vec<Reference>,
    /// What is to be confirmed, if many were ticked.
    pub(super) question: Option<String>,
}

/// What a package is to hold, as far as the command line says.
#[derive(Args)]
pub(super) struct Selection {
    /// Code (or the beginning of it)
    pub(super) referral: Reference,
    /// The visits to offer [default on a terminal: ask for them]
    #[arg(long = "visit", value_name = "VISIT", num_args = 1.., conflicts_with = "all_visits")]
    pub(super) visits: Vec<Reference>,
    /// Offer every planned visit that is in no package yet
    #[arg(long)]
    pub(super) all_visits: bool,
    /// The providers to ask [default on a terminal: ask for them]
    #[arg(long = "provider", value_name = "PROVIDER", num_args = 1..)]
    pub(super) providers: Vec<Reference>,
}

/// More providers than this are asked about once more.
const MANY_PROVIDERS: usize = 5;

/// The visits and providers of the command line; on a terminal, missing ones are asked for (rules 1.1 and 6.3). This
/// happens before the transaction, so that no lock is held while a person decides.
pub(super) fn missing(context: &Context, selection: &Selection) -> Result<Chosen> {
    let names_visits = selection.all_visits || !selection.visits.is_empty();
    let (visits, providers) = (selection.visits.clone(), selection.providers.clone());
    let mut chosen = Chosen { visits, providers, question: None };
    if names_visits && !chosen.providers.is_empty() {
        return Ok(chosen);
    }
    let (referral, visits, providers) = context.read(|tx| {
        let referral =
            store::lookup::<store::referral::HubReferral>(tx, &selection.referral, context.visibility())?;
        let visits = free_visits(tx, &referral)?;
        let providers = nearest_providers(context, tx, &referral)?;
        Ok((referral, visits, providers))
    })?;
    if !names_visits {
        chosen.visits = ask_for_visits(context, selection, &referral, &visits)?;
    }
    let visit_count = if selection.all_visits { visits.len() } else { chosen.visits.len() };
    if visit_count == 0 {
        // Nothing to offer: the rule itself says what is missing.
        return Ok(chosen);
    }
    if chosen.providers.is_empty() {
        chosen.providers = ask_for_providers(context, selection, &providers, visit_count)?;
    }
    if chosen.providers.len() > MANY_PROVIDERS {
        chosen.question = Some(format!("Offer {}?", reach(visit_count, chosen.providers.len())));
    }
    Ok(chosen)
}

/// All active providers, those nearest to the client first, each with its distance where both places are known.
fn nearest_providers(context: &Context, tx: &mut Tx<'_>, referral: &Referral) -> Result<Vec<Candidate>> {
    let filter = store::provider::Filter { active: Some(true), ..Default::default() };
    let providers = store::provider::list(tx, &filter, context.visibility(), i64::MAX)?;
    let client = store::by_id::<Client>(tx, referral.client_id, Visibility::INTERNAL)?;
    let postal_code = client.and_then(|client| client.postal_code);
    let Some(near) = postal_code.map(|code| find::near(tx, &code)).transpose()? else {
        return Ok(providers.into_iter().map(|provider| (provider, None)).collect());
    };
    let search = Search { near: Some(near), ..Search::default() };
    let mut places = HashMap::new();
    for (place, found) in find::best(tx, &search, context.visibility(), i64::MAX)?.iter().enumerate() {
        let far = found.kilometres_from(search.near.as_ref());
        places.entry(found.provider_id).or_insert((place, far));
    }
    let place = |provider: &Provider| places.get(&provider.id).copied().unwrap_or((usize::MAX, None));
    let mut candidates: Vec<Candidate> =
        providers.into_iter().map(|provider| (provider.clone(), place(&provider).1)).collect();
    candidates.sort_by_key(|(provider, _)| place(provider).0);
    Ok(candidates)
}

fn reach(visits: usize, providers: usize) -> String {
    format!("{} to {}", counted(visits, "visit", "visits"), counted(providers, "provider", "providers"))
}

fn ask_for_visits(
    context: &Context, selection: &Selection, referral: &Referral, visits: &[Visit],
) -> Result<Vec<Reference>> {
    if visits.is_empty() {
        return Ok(Vec::new());
    }
    if !context.is_interactive() {
        return Err(selection.must_name("visit", "--visit` or `--all-visits"));
    }
    let choice = |visit: &Visit| Choice {
        code: visit.code.clone(),
        name: visit.start.with_timezone(&context.zone).format("%a %-d %b %H:%M").to_string(),
        note: format!("{} min", visit.minutes),
    };
    let choices: Vec<Choice> = visits.iter().map(choice).collect();
    let summary = |ticked| match selection.providers.len() {
        0 => counted(ticked, "visit", "visits"),
        providers => reach(ticked, providers),
    };
    let question = format!("Visits of {}:", referral.code);
    let ticked = ask::several(&question, &choices, context.out.drawing_width, &summary)?;
    references(ticked.iter().filter_map(|position| visits.get(*position)).map(|visit| visit.code.as_str()))
}

fn ask_for_providers(
    context: &Context, selection: &Selection, providers: &[Candidate], visit_count: usize,
) -> Result<Vec<Reference>> {
    if providers.is_empty() {
        return Ok(Vec::new());
    }
    if !context.is_interactive() {
        return Err(selection.must_name("provider", "--provider"));
    }
    let choice = |(provider, far): &Candidate| Choice {
        code: provider.code.clone(),
        name: provider.name.clone(),
        note: far.map(|far| format!("{far} km")).unwrap_or_default(),
    };
    let choices: Vec<Choice> = providers.iter().map(choice).collect();
    let summary = |ticked| reach(visit_count, ticked);
    let ticked = ask::several("Providers to ask:", &choices, context.out.drawing_width, &summary)?;
    references(
        ticked
            .iter()
            .filter_map(|position| providers.get(*position))
            .map(|(provider, _)| provider.code.as_str()),
    )
}

fn references<'a>(codes: impl Iterator<Item = &'a str>) -> Result<Vec<Reference>> {
    codes.map(|code| code.parse().map_err(|why: String| Error::internal(why))).collect()
}

/// The planned visits of a referral that are in no live package.
pub(super) fn free_visits(tx: &mut Tx<'_>, referral: &Referral) -> Result<Vec<Visit>> {
    let filter = store::visit::Filter {
        referral: Some(referral.id),
        status: Some(VisitStatus::Planned),
        ..Default::default()
    };
    let mut visits = store::visit::list(tx, &filter, Visibility::INTERNAL, i64::MAX)?;
    visits.retain(|visit| visit.outsourced.is_none());
    Ok(visits)
}

/// The present visits of a package, without cancelled ones.
pub(super) fn planned_of(tx: &mut Tx<'_>, package: &Package) -> Result<Vec<Visit>> {
    let mut visits = Vec::new();
    for packaged in &package.visits {
        visits.extend(store::by_id::<Visit>(tx, packaged.id, Visibility::INTERNAL)?);
    }
    visits.retain(|visit| visit.status == VisitStatus::Planned);
    Ok(visits)
}

pub(super) fn providers_of(tx: &mut Tx<'_>, package: &Package) -> Result<Vec<Provider>> {
    let mut providers = Vec::new();
    for offer in &package.offers {
        providers.extend(store::by_id::<Provider>(tx, offer.provider_id, Visibility::INTERNAL)?);
    }
    Ok(providers)
}

impl Selection {
    fn must_name(&self, what: &str, option: &str) -> Error {
        Error::usage(format!("no {what} is named for the package of `{}`", self.referral))
            .hint(format!("name it with `{option}`"))
    }
}
