//! What a call about a person is about: what is open, what comes next, who sees what.

use std::collections::BTreeMap;

use crate::commands::prelude::*;
use crate::context::planned;
use crate::model::client_page::{ClientCard, ClientFile, EnrolledAt, OpenReferral, SharedWith, Twin};
use crate::model::enrolment::EnrolmentStatus;

/// So many visits to come are shown.
const NEXT: i64 = 3;

pub(super) fn card(context: &Context, tx: &mut Tx<'_>, client: Client) -> Result<ClientCard> {
    Ok(ClientCard {
        open_referrals: referrals(tx, client.id)?,
        packages: store::client::open_packages(tx, client.id, context.now())?,
        next_visits: store::client::next_visits(tx, client.id, context.now(), NEXT)?,
        enrolments: enrolments(tx, client.id)?,
        shared_with: shared_with(tx, client.id)?,
        same_birth_date: twins(tx, &client)?,
        file: ClientFile {
            active_releases: store::release::count_active(tx, client.id, context.today)?,
            still_planned: planned(context, tx, &client)?,
            client,
        },
    })
}

fn referrals(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<OpenReferral>> {
    let filter = store::referral::Filter { client: Some(client), only_open: true, ..Default::default() };
    let open = store::referral::list(tx, &filter, Visibility::Staff, i64::MAX)?;
    let view = |referral: Referral| OpenReferral {
        code: referral.code,
        queue: referral.queue,
        status: referral.status,
        since_at: referral.assigned.as_ref().map_or(referral.created_at, |at| at.at),
        resource: referral.assigned.as_ref().map(|at| at.code.clone()),
        resource_name: referral.assigned.map(|at| at.name),
    };
    Ok(open.into_iter().map(view).collect())
}

fn enrolments(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<EnrolledAt>> {
    let status = Some(EnrolmentStatus::Active);
    let filter = store::enrolment::Filter { client: Some(client), provider: None, status };
    let mut enrolled = Vec::new();
    store::enrolment::list(tx, &filter, Visibility::Staff, |one| {
        enrolled.push(EnrolledAt {
            provider: one.provider,
            provider_name: one.provider_name,
            since_on: one.since_on,
        });
        Ok(())
    })?;
    Ok(enrolled)
}

/// One line for each recipient and owner.
fn shared_with(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<SharedWith>> {
    let visible = store::sharing::visible_of_client(tx, client, None)?;
    let mut lines: BTreeMap<(ProviderId, ProviderId), (Vec<_>, i64)> = BTreeMap::new();
    for ((owner, recipient, data_type), records) in visible {
        let line = lines.entry((recipient, owner)).or_default();
        line.0.push(data_type);
        line.1 += records;
    }
    let ids: Vec<ProviderId> = lines.keys().flat_map(|(recipient, owner)| [*recipient, *owner]).collect();
    let providers = store::provider::of_ids(tx, &ids)?;
    let named = |id: ProviderId| providers.iter().find(|provider| provider.id == id);
    let view = |((recipient, owner), (types, records))| {
        let (recipient, owner) = (named(recipient)?, named(owner)?);
        Some(SharedWith {
            recipient: recipient.code.clone(),
            recipient_name: recipient.name.clone(),
            owner: owner.code.clone(),
            owner_name: owner.name.clone(),
            types,
            records,
        })
    };
    let mut all: Vec<SharedWith> = lines.into_iter().filter_map(view).collect();
    all.sort_by_cached_key(|line| (text::fold_name(&line.recipient_name), text::fold_name(&line.owner_name)));
    Ok(all)
}

fn twins(tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Twin>> {
    let Some(date) = client.birth_date else { return Ok(Vec::new()) };
    let born = store::client::born_on(tx, date)?;
    let mut twins: Vec<Twin> = born.iter().filter_map(|other| Twin::of(client, other)).collect();
    twins.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(twins)
}
