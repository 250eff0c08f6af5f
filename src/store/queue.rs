//! Queues and their statuses.

use serde_json::Value;

use crate::model::queue::{LinkedView, NOUN, Queue, Status};
use crate::model::text::shell_word;
use crate::store::prelude::*;

/// Refused if the name is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, queue: &Queue) -> Result<()> {
    let name = &queue.name;
    tx.run(sql!("queue/insert"), params![queue.id, *name, fold(name)])
        .on_unique("queue_name_key", || exists(name))?;
    insert_statuses(tx, queue)
}

fn exists(name: &str) -> Error {
    Error::refused("queue.exists", format!("there is a queue `{name}` already"))
        .hint(format!("look at it with `caredesk queue show {name_word}`", name_word = shell_word(name)))
        .detail("queue", name)
}

/// Refused if the name is taken.
pub(crate) fn rename(tx: &mut Tx<'_>, queue: &Queue) -> Result<()> {
    let name = &queue.name;
    let done = tx.run(sql!("queue/rename"), params![queue.id, *name, fold(name)]);
    exactly_one(done.on_unique("queue_name_key", || exists(name))?, "queue")
}

pub(crate) fn set_active(tx: &mut Tx<'_>, queue: QueueId, active: bool) -> Result<()> {
    exactly_one(tx.run(sql!("queue/set_active"), params![queue, active])?, "queue")
}

/// Stores the statuses of the queue in their new order, one of them new. Positions are unique, so all are
/// moved out of the way first.
pub(crate) fn insert_status(tx: &mut Tx<'_>, queue: &Queue, new: &Status) -> Result<()> {
    lift_statuses(tx, queue.id)?;
    for (position, status) in (1_i64..).zip(&queue.statuses) {
        if status.id == new.id {
            let label = &new.label;
            let values = params![new.id, queue.id, position, *label, fold(label), new.closed];
            tx.run(sql!("queue/insert_status"), values)?;
        } else {
            place_status(tx, status.id, position)?;
        }
    }
    Ok(())
}

/// Stores the order of the statuses.
pub(crate) fn place_statuses(tx: &mut Tx<'_>, queue: &Queue) -> Result<()> {
    lift_statuses(tx, queue.id)?;
    (1_i64..).zip(&queue.statuses).try_for_each(|(position, status)| place_status(tx, status.id, position))
}

pub(crate) fn rename_status(tx: &mut Tx<'_>, status: &Status) -> Result<()> {
    let values = params![status.id, status.label, fold(&status.label)];
    exactly_one(tx.run(sql!("queue/rename_status"), values)?, "queue_status")
}

fn lift_statuses(tx: &mut Tx<'_>, queue: QueueId) -> Result<()> {
    tx.run(sql!("queue/lift_statuses"), params![queue]).map(drop)
}

fn place_status(tx: &mut Tx<'_>, status: StatusId, position: i64) -> Result<()> {
    exactly_one(tx.run(sql!("queue/place_status"), params![status, position])?, "queue_status")
}

pub(crate) fn set_retired(tx: &mut Tx<'_>, status: StatusId, retired: bool) -> Result<()> {
    exactly_one(tx.run(sql!("queue/set_retired"), params![status, retired])?, "queue_status")
}

/// When a status of the queue that had this label was renamed, and what it is called now.
pub(crate) fn renamed(
    tx: &mut Tx<'_>, queue: &Queue, label: &str,
) -> Result<Option<(DateTime<Utc>, String)>> {
    // The engines write keys with and without dashes.
    let plain = |key: &str| key.replace('-', "").to_lowercase();
    let same = |status: &Status, key: &str| status.id.uuid().simple().to_string() == plain(key);
    let read = |row: &Row<'_>| Ok((row.get("row_key")?, row.get("before")?, row.get("at")?));
    let former: Vec<(String, String, DateTime<Utc>)> = tx.all(sql!("queue/renamed"), params![], read)?;
    Ok(former.into_iter().find_map(|(key, before, at)| {
        let before: Value = serde_json::from_str(&before).ok()?;
        let had = before.get("label")?.as_str()?;
        let status = queue.statuses.iter().find(|status| same(status, &key))?;
        let is_former = fold(had) == fold(label) && fold(had) != fold(&status.label);
        is_former.then(|| (at, status.label.clone()))
    }))
}

/// The database refuses it if a referral is in the status.
pub(crate) fn delete_status(tx: &mut Tx<'_>, status: StatusId) -> Result<()> {
    exactly_one(tx.run(sql!("queue/delete_status"), params![status])?, "queue_status")
}

/// How many referrals are in the status.
pub(crate) fn referrals_in(tx: &mut Tx<'_>, status: StatusId) -> Result<i64> {
    let count = tx.first(sql!("queue/referrals_in"), params![status], |row| row.get("referrals"))?;
    Ok(count.unwrap_or(0))
}

fn insert_statuses(tx: &mut Tx<'_>, queue: &Queue) -> Result<()> {
    let rows: Vec<(StatusId, i64, String, String, bool)> = (1..)
        .zip(&queue.statuses)
        .map(|(position, status)| {
            (status.id, position, status.label.clone(), fold(&status.label), status.closed)
        })
        .collect();
    tx.bulk(sql!("queue/insert_statuses"), &rows, |(id, position, label, key, closed)| {
        [id as &dyn Param, &queue.id, position, label, key, closed]
    })
}

/// The filter of a list of queues; an absent field does not limit it.
#[derive(Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<QueueId>,
    pub(crate) active: Option<bool>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<&'a Queue>,
}

/// By name, with their statuses, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Queue>> {
    let after = filter.after.map(|queue| fold(&queue.name));
    let values = params![filter.id, filter.active, after, visibility.account(), limit];
    let mut queues = tx.all(sql!("queue/list"), values, |row| {
        from_row! { row => Queue { id, name, active, statuses: Vec::new() } }
    })?;
    for queue in &mut queues {
        queue.statuses = statuses(tx, queue.id)?;
    }
    Ok(queues)
}

fn statuses(tx: &mut Tx<'_>, queue: QueueId) -> Result<Vec<Status>> {
    tx.all(sql!("queue/statuses"), params![queue], |row| {
        from_row! { row => Status { id, label, closed, retired } }
    })
}

/// The queue that a referral is in.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: QueueId) -> Result<Queue> {
    Queue::by_id(tx, id, Visibility::INTERNAL)?
        .ok_or_else(|| Error::internal("a referral is in a queue that does not exist"))
}

impl Lookup for Queue {
    finds!(by list, Queue, Queue, Visibility);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Queue> {
        candidates(tx, reference, visibility.account(), None)
    }

    fn names(tx: &mut Tx<'_>, _: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        let near = list(tx, &Filter::default(), visibility, NAMES_TO_COMPARE)?;
        Ok(near.into_iter().map(|queue| queue.name).collect())
    }
}

/// For a filter: a portal account may name the queues of its referrals, although it cannot see queues. Only
/// the id is returned.
pub(crate) enum AssignedQueue {}

impl Lookup for AssignedQueue {
    type Found = QueueId;
    type Noun = noun::Queue;
    type Scope = Visibility;
    const NOUN: &'static Noun = &NOUN;

    fn id(found: &QueueId) -> Id<noun::Queue> {
        *found
    }

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Queue> {
        candidates(tx, reference, None, visibility.account())
    }

    fn by_id(_: &mut Tx<'_>, id: QueueId, _: Visibility) -> Result<Option<QueueId>> {
        Ok(Some(id))
    }

    fn names(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        Queue::names(tx, reference, visibility)
    }
}

/// Staff see all queues, the portal account `blind` none, and the portal account `assigned` those with its
/// referrals.
fn candidates(
    tx: &mut Tx<'_>, reference: &Reference, blind: Option<AccountId>, assigned: Option<AccountId>,
) -> Candidates<noun::Queue> {
    let (name, name_end) = reference.label_range();
    tx.all(sql!("queue/candidates"), params![name, name_end, blind, assigned], named)
}

/// Does nothing if they are linked already.
pub(crate) fn add_resource(tx: &mut Tx<'_>, queue: QueueId, resource: ResourceId) -> Result<()> {
    tx.run(sql!("queue/add_resource"), params![queue, resource]).map(drop)
}

pub(crate) fn remove_resource(tx: &mut Tx<'_>, queue: QueueId, resource: ResourceId) -> Result<()> {
    tx.run(sql!("queue/remove_resource"), params![queue, resource]).map(drop)
}

/// Whether the queue is linked to the resource, so that its referrals may be assigned to it (rule 2.5).
pub(crate) fn has_resource(tx: &mut Tx<'_>, queue: QueueId, resource: ResourceId) -> Result<bool> {
    Ok(tx.first(sql!("queue/has_resource"), params![queue, resource], |_| Ok(()))?.is_some())
}

/// The resources that the queue is linked to, by name.
pub(crate) fn resources(tx: &mut Tx<'_>, queue: QueueId) -> Result<Vec<LinkedView>> {
    tx.all(sql!("queue/resources"), params![queue], |row| {
        from_row! { row => LinkedView { code, kind, name, state, provider, provider_name } }
    })
}
