//! `account sees`: what an account sees, counted and listed, by the queries that it would ask. A look through another's eyes is
//! itself recorded, as the one of who looks (rule 3.10).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::commands::prelude::*;
use crate::context::{Audited, held};
use crate::model::account_sight::{AccountSight, SightLine, SightSort};
use crate::model::visibility::Visibility;
use crate::store::held_visit::{self, Viewer};

/// The audit entry of such a look.
#[derive(Serialize, schemars::JsonSchema)]
struct Preview {
    sees: BTreeMap<&'static str, i64>,
}

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let sight = context.audited_read("account.sees", |tx| {
        let account = store::lookup::<Account>(tx, reference, context.visibility())?;
        let sight = sight(context, tx, &account)?;
        let counts = sight.sees.iter().map(|line| (line.sort.name(), line.number)).collect();
        let is_own = account.id == context.actor.account.id;
        let entry = (!is_own).then(|| Audited::read_of(&account.login, &Preview { sees: counts }));
        Ok((sight, entry))
    })?;
    context.out.show(&sight, || Some(output::account::sight(&sight, &context.out)))
}

fn sight(context: &Context, tx: &mut Tx<'_>, account: &Account) -> Result<AccountSight> {
    let (providers, resources) = held(tx, account)?;
    // Who is disabled cannot look.
    let sees = if account.active { lines(context, tx, account)? } else { Vec::new() };
    Ok(AccountSight {
        login: account.login.clone(),
        name: account.name.clone(),
        level: account.level,
        active: account.active,
        permissions: account.permissions.clone(),
        providers,
        resources,
        sees,
    })
}

/// Each sort as its own list finds it for that account.
fn lines(context: &Context, tx: &mut Tx<'_>, account: &Account) -> Result<Vec<SightLine>> {
    let visibility = account.visibility();
    SightSort::ALL
        .iter()
        .map(|&sort| {
            let (codes, list) = match sort {
                SightSort::Referrals => (referrals(tx, visibility)?, "referral list"),
                SightSort::Packages => (packages(tx, visibility)?, "package list"),
                SightSort::Clients => (clients(context, tx, visibility)?, "client list"),
                SightSort::Visits => (visits(context, tx, visibility)?, "visit list"),
                SightSort::Records => {
                    (store::record::seen_codes(tx, visibility, SightLine::LIMIT)?, "record list CLIENT")
                }
                SightSort::Capacity => (capacity(context, tx, visibility)?, "capacity list"),
                SightSort::Requests => (requests(context, tx, visibility)?, "sharing list"),
            };
            Ok(SightLine::of(sort, &codes, format!("caredesk --as {} {list}", account.login)))
        })
        .collect()
}

fn referrals(tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<String>> {
    let found = store::referral::list(tx, &store::referral::Filter::default(), visibility, SightLine::LIMIT)?;
    Ok(found.into_iter().map(|referral| referral.code).collect())
}

fn packages(tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<String>> {
    let filter = store::package::Filter { leave_out_recalled: true, ..store::package::Filter::default() };
    let found = store::package::list(tx, &filter, visibility, SightLine::LIMIT)?;
    Ok(found.into_iter().map(|package| package.code).collect())
}

fn clients(context: &Context, tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<String>> {
    let filter = store::client::Filter::default();
    let found = match visibility {
        Visibility::Staff => store::client::list(tx, &filter, visibility, SightLine::LIMIT)?,
        Visibility::Portal(account) => {
            let since = context.contacts_since(tx)?;
            store::client::list_seen(tx, (account, since), &filter, SightLine::LIMIT)?
        }
    };
    Ok(found.into_iter().map(|client| client.code).collect())
}

fn visits(context: &Context, tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<String>> {
    if !visibility.is_portal() {
        let filter = store::visit::Filter::default();
        let found = store::visit::list(tx, &filter, visibility, SightLine::LIMIT)?;
        return Ok(found.into_iter().map(|visit| visit.code).collect());
    }
    let viewer = Viewer { visibility, since: context.contacts_since(tx)? };
    let found = held_visit::list(tx, &held_visit::Filter::default(), viewer, SightLine::LIMIT)?;
    Ok(found.into_iter().map(|visit| visit.call.code).collect())
}

fn capacity(context: &Context, tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<String>> {
    let filter = store::capacity::Filter { leave_out_removed: true, ..store::capacity::Filter::default() };
    let found = store::capacity::list(tx, &filter, visibility, context.now(), SightLine::LIMIT)?;
    Ok(found.into_iter().map(|entry| entry.code).collect())
}

fn requests(context: &Context, tx: &mut Tx<'_>, visibility: Visibility) -> Result<Vec<String>> {
    let filter = store::sharing::Filter { today: context.today, ..store::sharing::Filter::default() };
    let found = store::sharing::requests(tx, &filter, visibility, SightLine::LIMIT)?;
    Ok(found.into_iter().map(|request| request.code).collect())
}
