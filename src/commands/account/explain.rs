//! `account explain`: why an account sees a referral, a package or a client, or does not.

use crate::commands::prelude::*;
use crate::model::account_sight::{
    self, AccountExplanation, Asked, AssignedFact, ClientFacts, OfferFact, PackageFacts, ProviderFact,
    ReferralFacts,
};
use crate::model::client::ClientStatus;
use crate::model::enrolment::EnrolmentStatus;
use crate::model::package::{Ask, may_add};
use crate::model::resource::{ResourceKind, State};
use crate::model::visit::VisitStatus;
use crate::store::client::{VisitedClient, grounds};
use crate::store::held_visit::{self, Viewer};

/// So many of its resources are looked at for a referral that is not assigned.
const TAKERS: i64 = 5;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account explain rosa --referral REF-7K3M9Q
  $ caredesk account explain rosa --package PKG-7K3M9Q
  $ caredesk account explain rosa --client \"Ada Moss\"

Each rule has the command that helps, as it can be copied; those of several rules work in their order.")]
pub(super) struct Explain {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    #[command(flatten)]
    thing: Thing,
}

// Exactly one of the three. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Thing {
    /// Why it sees this referral, or does not: code (or the beginning of it)
    #[arg(long, value_name = "REFERRAL")]
    referral: Option<Reference>,
    /// Why it sees this package, or does not: code or reference (or the beginning of either)
    #[arg(long, value_name = "PACKAGE")]
    package: Option<Reference>,
    /// Why it sees this client, or does not: code, id or name (or the beginning of a code or name)
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Explain) -> Result<()> {
    let explanation = context.read(|tx| {
        let account = store::lookup::<Account>(tx, &command.account, context.visibility())?;
        let asked = Asked { account: &account, actor: &context.actor };
        let Thing { referral, package, client } = &command.thing;
        match (referral, package, client) {
            (Some(named), _, _) => of_referral(context, tx, asked, named),
            (_, Some(named), _) => of_package(context, tx, asked, named),
            (_, _, Some(named)) => of_client(context, tx, asked, named),
            (None, None, None) => Err(Error::usage("no referral, package or client is named")),
        }
    })?;
    context.out.show(&explanation, || Some(output::explanation::of_account(&explanation, &context.out)))
}

fn of_referral(
    context: &Context, tx: &mut Tx<'_>, asked: Asked<'_>, named: &Reference,
) -> Result<AccountExplanation> {
    let referral = store::lookup::<Referral>(tx, named, context.visibility())?;
    let filter = store::referral::Filter { id: Some(referral.id), ..store::referral::Filter::default() };
    let is_shown = !store::referral::list(tx, &filter, asked.visibility(), 1)?.is_empty();
    let assigned = match &referral.assigned {
        Some(assigned) => store::resource::by_id(tx, assigned.id)?,
        None => None,
    };
    let (takers, unlinked) = match assigned {
        None if !asked.account.level.is_staff() => takers(tx, asked, referral.queue_id)?,
        _ => Default::default(),
    };
    let facts = ReferralFacts {
        code: referral.code,
        queue: referral.queue,
        closed: referral.closed,
        assigned: assigned.map(|resource| at(tx, asked, &resource)).transpose()?.flatten(),
        takers,
        unlinked,
        is_shown,
    };
    account_sight::referral(asked, &facts)
}

/// The resources of the account that take referrals of the queue, and where there are none those that could.
fn takers(tx: &mut Tx<'_>, asked: Asked<'_>, queue: QueueId) -> Result<(Vec<String>, Vec<String>)> {
    let mut codes = |queue| {
        let filter = store::resource::Filter {
            queue,
            state: Some(State::Active),
            of_active: true,
            ..store::resource::Filter::default()
        };
        let found = store::resource::list(tx, &filter, asked.visibility(), TAKERS)?;
        Ok::<_, Error>(found.into_iter().map(|resource| resource.code).collect::<Vec<_>>())
    };
    let takers = codes(Some(queue))?;
    let unlinked = if takers.is_empty() { codes(None)? } else { Vec::new() };
    Ok((takers, unlinked))
}

/// What is so between the account and the resource of a referral.
fn at(tx: &mut Tx<'_>, asked: Asked<'_>, resource: &Resource) -> Result<Option<AssignedFact>> {
    let held = store::account::resources(tx, asked.account.id)?;
    let spoken_for = spoken_for(tx, asked)?;
    let Some(provider) = store::by_id::<Provider>(tx, resource.provider_id, Visibility::INTERNAL)? else {
        return Ok(None);
    };
    let mut is_in_active_queue = false;
    for (queue, _) in store::resource::queues(tx, resource.id)? {
        let queue = store::by_id::<Queue>(tx, queue, Visibility::INTERNAL)?;
        is_in_active_queue |= queue.is_some_and(|queue| queue.active);
    }
    Ok(Some(AssignedFact {
        code: resource.code.clone(),
        name: resource.name.clone(),
        is_inactive: resource.state == State::Inactive,
        is_held: held.contains(&resource.code),
        is_agency_held: spoken_for.iter().any(|spoken| spoken.id == provider.id),
        provider: fact(provider),
        is_in_active_queue,
    }))
}

fn of_package(
    context: &Context, tx: &mut Tx<'_>, asked: Asked<'_>, named: &Reference,
) -> Result<AccountExplanation> {
    let package = store::lookup::<Package>(tx, named, context.visibility())?;
    let filter = store::package::Filter { id: Some(package.id), ..store::package::Filter::default() };
    let is_shown = !store::package::list(tx, &filter, asked.visibility(), 1)?.is_empty();
    let mut offers = Vec::with_capacity(package.offers.len());
    for offer in &package.offers {
        let Some(provider) = store::by_id::<Provider>(tx, offer.provider_id, Visibility::INTERNAL)? else {
            continue;
        };
        let opens = offer.opens_at.map(|at| format!("at {}", context.zone.local(at)));
        offers.push(OfferFact { provider: fact(provider), status: offer.status, opens });
    }
    let spoken_for = spoken_for(tx, asked)?;
    let facts = PackageFacts {
        takes_more: takes_more(context, tx, &package, &spoken_for)?,
        code: package.code,
        status: package.status,
        offers,
        spoken_for,
        is_shown,
    };
    account_sight::package(asked, &facts)
}

/// Whether the one active provider of the account may still be asked.
fn takes_more(
    context: &Context, tx: &mut Tx<'_>, package: &Package, spoken_for: &[ProviderFact],
) -> Result<bool> {
    let Some(own) = spoken_for.iter().find(|provider| provider.active) else { return Ok(false) };
    let Some(provider) = store::by_id::<Provider>(tx, own.id, Visibility::INTERNAL)? else {
        return Ok(false);
    };
    let referral = store::referral::by_id(tx, package.referral_id)?;
    let client = store::by_id::<Client>(tx, referral.client_id, Visibility::INTERNAL)?;
    let lives = client.is_some_and(|client| client.status != ClientStatus::Deceased);
    Ok(lives && !referral.closed && may_add(package, vec![Ask::at_once(provider)], context.now()).is_ok())
}

fn of_client(
    context: &Context, tx: &mut Tx<'_>, asked: Asked<'_>, named: &Reference,
) -> Result<AccountExplanation> {
    let since = context.contacts_since(tx)?;
    let client = match context.visibility() {
        Visibility::Staff => store::lookup::<Client>(tx, named, Visibility::Staff)?,
        Visibility::Portal(account) => store::lookup::<VisitedClient>(tx, named, (account, since))?,
    };
    let (id, account) = (client.id, asked.account.id);
    let is_shown = asked.account.level.is_staff()
        || store::client::is_seen(tx, account, id)?
        || !grounds(tx, account, &[id], since)?.is_empty();
    let spoken_for = spoken_for(tx, asked)?;
    let mut enrolled_at = Vec::new();
    for provider in spoken_for.iter().filter(|provider| provider.active) {
        let enrolment = store::enrolment::current(tx, id, provider.id)?;
        let is_active = |one: &crate::model::enrolment::Enrolment| {
            one.status == EnrolmentStatus::Active && one.since_on <= context.today
        };
        if enrolment.as_ref().is_some_and(is_active) {
            enrolled_at.push(provider.name.clone());
        }
    }
    let facts = ClientFacts {
        packages: packages(tx, asked, id, since)?,
        name: client.full_name().to_string(),
        code: client.code,
        is_anonymous: client.anonymous,
        is_deceased: client.status == ClientStatus::Deceased,
        spoken_for,
        enrolled_at,
        is_shown,
    };
    account_sight::client(asked, &facts)
}

/// By which its providers have planned visits of the client that still show whose they are.
fn packages(
    tx: &mut Tx<'_>, asked: Asked<'_>, client: ClientId, since: DateTime<Utc>,
) -> Result<Vec<String>> {
    if asked.account.level.is_staff() {
        return Ok(Vec::new());
    }
    let filter = held_visit::Filter {
        client: Some(client),
        from: Some(since),
        status: Some(VisitStatus::Planned),
        ..held_visit::Filter::default()
    };
    let viewer = Viewer { visibility: asked.visibility(), since };
    let mut codes: Vec<String> = held_visit::list(tx, &filter, viewer, i64::MAX)?
        .into_iter()
        .map(|visit| visit.call.package)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}

/// The providers whose agency record the account has, active or not.
fn spoken_for(tx: &mut Tx<'_>, asked: Asked<'_>) -> Result<Vec<ProviderFact>> {
    let mut providers = Vec::new();
    for code in store::account::resources(tx, asked.account.id)? {
        let Some(resource) = store::resource::of_code(tx, &code)? else { continue };
        if resource.kind == ResourceKind::Agency {
            let provider = store::by_id::<Provider>(tx, resource.provider_id, Visibility::INTERNAL)?;
            providers.extend(provider.map(fact));
        }
    }
    Ok(providers)
}

fn fact(provider: Provider) -> ProviderFact {
    let Provider { id, code, name, active, .. } = provider;
    ProviderFact { id, code, name, active }
}
