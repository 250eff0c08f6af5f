//! Whatever is no person: packages and visits, organisations and what they offer, accounts, queues, what is shared.

use super::Finder;
use crate::commands::prelude::*;
use crate::model::find::{FoundKind, Side};
use crate::model::held_visit::HeldVisit;
use crate::model::reference::Candidate;
use crate::model::search_key::phone_word;
use crate::model::sharing::Request;
use crate::store::Lookup;
use crate::store::held_visit::Viewer;

/// Accounts are read so many at a time.
const PAGE: i64 = 500;

/// Adds what fits of one kind.
type Search = fn(&mut Tx<'_>, &mut Finder<'_>) -> Result<()>;

pub(super) fn find(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let all: [(FoundKind, Search); 8] = [
        (FoundKind::Package, packages),
        (FoundKind::Visit, visits),
        (FoundKind::Provider, providers),
        (FoundKind::Resource, resources),
        (FoundKind::Account, accounts),
        (FoundKind::Queue, queues),
        (FoundKind::Release, releases),
        (FoundKind::Request, requests),
    ];
    let wanted: Vec<_> = all.into_iter().filter(|(kind, _)| finder.wants(*kind)).collect();
    wanted.into_iter().try_for_each(|(_, find)| find(tx, finder))
}

fn packages(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let visibility = finder.context.visibility();
    for Candidate { code, name, .. } in Package::candidates(tx, &finder.asked.reference, visibility.into())? {
        let sides = [Side::code("code", &code), Side::code("reference", &name)];
        let sides = if name.is_empty() { &sides[..1] } else { &sides };
        let reference = Some(name).filter(|name| !name.is_empty());
        finder.add(FoundKind::Package, &code, reference, sides, &["package", "show", &code]);
    }
    Ok(())
}

/// A visit has no page of its own: it is shown in the list of its referral, or of its day.
fn visits(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let zone = finder.context.zone;
    let at = |start: DateTime<Utc>| start.with_timezone(&zone).format("%a %-d %B %Y at %H:%M").to_string();
    if finder.context.visibility().is_portal() {
        let viewer = finder.context.visit_viewer(tx)?;
        for call in held(tx, finder, viewer)? {
            let day = call.1.with_timezone(&zone).date_naive().to_string();
            let list = ["visit", "list", "--from", &day, "--to", &day];
            finder.add(FoundKind::Visit, &call.0, Some(at(call.1)), &[Side::code("code", &call.0)], &list);
        }
        return Ok(());
    }
    let visibility = finder.context.visibility();
    for found in Visit::candidates(tx, &finder.asked.reference, visibility)? {
        let Some(visit) = store::by_id::<Visit>(tx, found.id, visibility)? else { continue };
        let (sides, list) = ([Side::code("code", &visit.code)], ["visit", "list", &visit.referral]);
        finder.add(FoundKind::Visit, &visit.code, Some(at(visit.start)), &sides, &list);
    }
    Ok(())
}

/// The code and the start of each that a portal account has.
fn held(tx: &mut Tx<'_>, finder: &Finder<'_>, viewer: Viewer) -> Result<Vec<(String, DateTime<Utc>)>> {
    let mut calls = Vec::new();
    for found in HeldVisit::candidates(tx, &finder.asked.reference, viewer)? {
        let visit = store::by_id::<HeldVisit>(tx, found.id, viewer)?;
        calls.extend(visit.map(|visit| (visit.call.code, visit.call.start)));
    }
    Ok(calls)
}

fn providers(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let visibility = finder.context.visibility();
    if finder.asked.is_code() {
        let found = Provider::candidates(tx, &finder.asked.reference, visibility)?;
        add_named(finder, (FoundKind::Provider, "provider"), found);
        return Ok(());
    }
    let found = store::provider::find(tx, &finder.asked, visibility, finder.limit)?;
    add_named(finder, (FoundKind::Provider, "provider"), found);
    if finder.asked.phones().next().is_none() || visibility.is_portal() {
        return Ok(());
    }
    for (provider, number) in called(tx, finder)? {
        let sides = [Side::phone(&number)];
        let show = ["provider", "show", &provider.code];
        finder.add(FoundKind::Provider, &provider.code, Some(provider.name.clone()), &sides, &show);
    }
    Ok(())
}

/// Providers with a phone that may be meant, each once. Their phones are few, so all are read.
fn called(tx: &mut Tx<'_>, finder: &Finder<'_>) -> Result<Vec<(Provider, String)>> {
    let is_meant = |number: &str| {
        phone_word(number)
            .is_some_and(|word| finder.asked.phones().any(|beginning| word.starts_with(beginning)))
    };
    let mut numbers = store::provider::called(tx)?;
    numbers.retain(|(_, number)| is_meant(number));
    numbers.sort_unstable();
    numbers.dedup_by_key(|(provider, _)| *provider);
    let ids: Vec<ProviderId> = numbers.iter().map(|(provider, _)| *provider).collect();
    let of = |provider: &Provider| {
        numbers.iter().find(|(id, _)| *id == provider.id).map(|(_, number)| number.clone())
    };
    let found = store::provider::of_ids(tx, &ids)?.into_iter();
    Ok(found.filter_map(|provider| of(&provider).map(|number| (provider, number))).collect())
}

fn resources(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let visibility = finder.context.visibility();
    let found = if finder.asked.is_code() {
        Resource::candidates(tx, &finder.asked.reference, visibility)?
    } else {
        store::resource::of_words(tx, &finder.asked, visibility, finder.limit)?
    };
    add_named(finder, (FoundKind::Resource, "resource"), found);
    Ok(())
}

fn add_named<N>(finder: &mut Finder<'_>, (kind, noun): (FoundKind, &str), found: Vec<Candidate<N>>) {
    for Candidate { code, name, .. } in found {
        let sides = [Side::code("code", &code), Side::name(&name)];
        finder.add(kind, &code, Some(name), &sides, &[noun, "show", &code]);
    }
}

/// Logins, names and addresses are folded by the program alone, so all accounts that the actor sees are read.
fn accounts(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let mut last: Option<String> = None;
    loop {
        let filter = store::account::Filter { after: last.as_deref(), ..Default::default() };
        let page = store::account::list(tx, &filter, finder.context.visibility(), PAGE)?;
        for account in &page {
            let mut sides = vec![Side::code("login", &account.login), Side::name(&account.name)];
            sides.extend(account.email.as_deref().map(|address| Side::code("e-mail", address)));
            let show = ["account", "show", &account.login];
            finder.add(FoundKind::Account, &account.login, Some(account.name.clone()), &sides, &show);
        }
        last = page.into_iter().next_back().map(|account| account.login);
        if last.is_none() {
            return Ok(());
        }
    }
}

fn queues(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let filter = store::queue::Filter::default();
    for queue in store::queue::list(tx, &filter, finder.context.visibility(), i64::MAX)? {
        let state = (!queue.active).then(|| "not active".to_owned());
        finder.add(
            FoundKind::Queue,
            &queue.name,
            state,
            &[Side::name(&queue.name)],
            &["queue", "show", &queue.name],
        );
    }
    Ok(())
}

fn releases(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let visibility = finder.context.visibility();
    for found in Release::candidates(tx, &finder.asked.reference, visibility)? {
        let Some(release) = store::by_id::<Release>(tx, found.id, visibility)? else { continue };
        let name = format!("{}, {} of {}", release.client_name, release.data_type, release.owner_name);
        let show = ["release", "show", &release.code];
        finder.add(
            FoundKind::Release,
            &release.code,
            Some(name),
            &[Side::code("code", &release.code)],
            &show,
        );
    }
    Ok(())
}

fn requests(tx: &mut Tx<'_>, finder: &mut Finder<'_>) -> Result<()> {
    let visibility = finder.context.visibility();
    for found in Request::candidates(tx, &finder.asked.reference, visibility)? {
        let Some(request) = store::by_id::<Request>(tx, found.id, visibility)? else { continue };
        let whose = request.client_name.as_deref().unwrap_or(&request.client);
        let name = format!("{whose}, {} of {}", request.data_type, request.owner_name);
        let show = ["sharing", "show", &request.code];
        finder.add(
            FoundKind::Request,
            &request.code,
            Some(name),
            &[Side::code("code", &request.code)],
            &show,
        );
    }
    Ok(())
}
