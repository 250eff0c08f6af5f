//! What a calendar may have that has read the file before, and that the file would not tell it: visits that were moved out of the
//! days of the file, and those that are no more (rule 8.51).

use std::collections::HashSet;

use chrono::Days;

use super::event::{ended_event, event, held_event, uid};
use crate::commands::prelude::*;
use crate::context::Holder;
use crate::interchange::ical::Event;
use crate::model::former_visit::{FormerVisit, RemovedVisit};
use crate::model::held_visit::{EndedVisit, HeldVisit};
use crate::store::held_visit::Viewer;

/// A calendar reads the file again within this time.
const DAYS: u64 = 92;

/// Above the number of every version of an event.
const LAST: i64 = i64::MAX;

pub(super) type Window = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// For a file of the hub, or of one referral: where each visit is now that was in the window, and which are no more.
pub(super) fn of_hub(
    context: &Context, tx: &mut Tx<'_>, window: Window, file: &[Event], referral: Option<&Referral>,
) -> Result<Vec<Event>> {
    let is_meant = |visit: &FormerVisit| referral.is_none_or(|referral| visit.is_of(referral.id));
    let mut events = Vec::new();
    for visit in former(context, tx, window, file, is_meant)? {
        events.extend(present(tx, &visit.code)?.map(|now| event(&now, context.now())));
    }
    let since = since(context, tx)?;
    let removed = store::visit::removed(tx, since)?;
    let removed = removed.into_iter().filter(|visit| referral.is_none_or(|one| one.code == visit.referral));
    events.extend(removed.map(|RemovedVisit { code, start, minutes, .. }| {
        ended_event(&EndedVisit { code, start, minutes, sequence: LAST }, context.now())
    }));
    Ok(events)
}

/// For the file of a provider: where each is that it still has, and that it has it no more.
pub(super) fn of_provider(
    context: &Context, tx: &mut Tx<'_>, (holder, viewer): (&Holder, Viewer), window: Window, file: &[Event],
) -> Result<Vec<Event>> {
    let filter = store::provider::Filter::default();
    let mut providers = store::provider::list(tx, &filter, context.visibility(), i64::MAX)?;
    providers.retain(|one| {
        holder.provider.is_none_or(|asked| asked == one.id) && (one.active || !context.actor.is_portal())
    });
    let providers: Vec<ProviderId> = providers.iter().map(|provider| provider.id).collect();
    let mut events = Vec::new();
    for visit in former(context, tx, window, file, |visit| visit.is_held_by(&providers))? {
        let held = store::lookup_if_there::<HeldVisit>(tx, &reference(&visit.code)?, viewer)?;
        events.extend(match held.filter(|held| providers.contains(&held.provider_id)) {
            Some(held) => Some(held_event(&held, context.now())),
            None => present(tx, &visit.code)?.map(|now| given_up(context, visit, now.sequence)),
        });
    }
    Ok(events)
}

/// What was in the window and is not in the file, each visit once. A file without days has all.
fn former(
    context: &Context, tx: &mut Tx<'_>, (from, to): Window, file: &[Event],
    is_meant: impl Fn(&FormerVisit) -> bool,
) -> Result<Vec<FormerVisit>> {
    if (from, to) == (None, None) {
        return Ok(Vec::new());
    }
    let since = since(context, tx)?;
    let mut known: HashSet<String> = file.iter().map(|event| event.uid.clone()).collect();
    let mut former = store::visit::former(tx, since)?;
    former.retain(|visit| visit.starts_within(from, to) && is_meant(visit) && known.insert(uid(&visit.code)));
    Ok(former)
}

fn since(context: &Context, tx: &mut Tx<'_>) -> Result<i64> {
    let since = context.now().checked_sub_days(Days::new(DAYS)).unwrap_or(DateTime::<Utc>::MIN_UTC);
    Ok(store::audit::newest_before(tx, since)?.unwrap_or_default())
}

/// Where the visit has gone since is nothing to who had it.
fn given_up(context: &Context, visit: FormerVisit, sequence: i64) -> Event {
    let FormerVisit { code, start, minutes, .. } = visit;
    ended_event(&EndedVisit { code, start, minutes, sequence }, context.now())
}

fn present(tx: &mut Tx<'_>, code: &str) -> Result<Option<Visit>> {
    store::lookup_if_there::<Visit>(tx, &reference(code)?, Visibility::INTERNAL)
}

fn reference(code: &str) -> Result<Reference> {
    code.parse().map_err(Error::internal)
}
