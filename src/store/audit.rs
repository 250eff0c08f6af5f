//! The audit trail, which is only appended to and read.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::audit::{Chain, EVEN_SO, Entry, Link, Salt, Seal, TrailEnd, hex};
use crate::model::code::{Prefix, imported_key};
use crate::store::prelude::*;

/// Each entry with a salt of its own, after `end`; the new end. Writers are serialised on both engines, so the newest entry
/// stays the newest until this transaction ends.
pub(crate) fn append(tx: &mut Tx<'_>, end: TrailEnd, entries: &[(Entry, Salt)]) -> Result<TrailEnd> {
    let TrailEnd { mut sequence, hash: mut previous, at } = end;
    let mut links = Vec::with_capacity(entries.len());
    for (entry, salt) in entries {
        sequence += 1;
        previous = entry.hash(sequence, &previous, &entry.digest(salt));
        links.push((sequence, entry, salt.to_vec(), previous.clone()));
    }
    tx.bulk_later(sql!("audit/append"), &links, |(sequence, entry, salt, hash)| {
        let Entry { at, actor, acting_as, action, subject, before, after } = *entry;
        [sequence as &dyn Param, at, actor, acting_as, action, subject, before, after, salt, hash]
    })?;
    Ok(TrailEnd { sequence, hash: previous, at: entries.last().map(|(entry, _)| entry.at).or(at) })
}

/// Where the next entry is appended; none of an empty trail.
pub(crate) fn last() -> Query<TrailEnd> {
    let read = |row: &Row<'_>| from_row! { row => TrailEnd { sequence, hash, at } };
    Query { sql: sql!("audit/last"), values: Vec::new(), read }
}

/// The same, and where the first entry is appended.
pub(crate) fn end(tx: &mut Tx<'_>) -> Result<TrailEnd> {
    Ok(tx.ask(&last())?.unwrap_or_else(TrailEnd::beginning))
}

/// The hash of the first entry; none of an empty trail.
pub(crate) fn origin(tx: &mut Tx<'_>) -> Result<Option<Vec<u8>>> {
    tx.first(sql!("audit/origin"), params![], |row| row.get("hash"))
}

/// What tells this database from all others, made of the first entry of its trail: a copy has the same.
pub(crate) fn identity(tx: &mut Tx<'_>) -> Result<HubId> {
    Ok(imported_key("hub", "trail", &hex(&origin(tx)?.unwrap_or_default())))
}

/// The hash of an entry.
pub(crate) fn hash_of(tx: &mut Tx<'_>, entry: i64) -> Result<Option<Vec<u8>>> {
    tx.first(sql!("audit/hash_of"), params![entry], |row| row.get("hash"))
}

/// How many entries of each action follow an entry, the most frequent first.
pub(crate) fn count_since(tx: &mut Tx<'_>, entry: i64) -> Result<Vec<(String, i64)>> {
    tx.all(sql!("audit/count_since"), params![entry], |row| Ok((row.get("action")?, row.get("number")?)))
}

/// When an entry was written.
pub(crate) fn at(tx: &mut Tx<'_>, entry: i64) -> Result<Option<DateTime<Utc>>> {
    tx.first(sql!("audit/at"), params![entry], |row| row.get("at"))
}

/// The whole chain from its beginning, streamed.
fn each(tx: &mut Tx<'_>, mut link: impl FnMut(Link) -> Result<()>) -> Result<()> {
    tx.each(sql!("audit/each"), params![], |row| link(read(row)?))
}

/// Verifies every link of the chain, and remembers the hashes of the entries `marks`.
pub(crate) fn walk(tx: &mut Tx<'_>, marks: impl IntoIterator<Item = i64>) -> Result<Chain> {
    let mut chain = Chain::new(marks.into_iter().collect());
    each(tx, |link| {
        chain.step(&link);
        Ok(())
    })?;
    Ok(chain.end(recorded(tx)?, replaced(tx)?))
}

/// The number of the last entry of which the database knows otherwise.
fn recorded(tx: &mut Tx<'_>) -> Result<i64> {
    let newest = tx.first(sql!("audit/recorded"), params![], |row| row.get::<Option<i64>>("number"))?;
    Ok(newest.flatten().unwrap_or_default())
}

/// The number of the first entry that took the place of one that a change wrote.
fn replaced(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    tx.first(sql!("audit/replaced"), params![], |row| row.get("number"))
}

/// The filter of a list of entries; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) on: Option<&'a str>,
    pub(crate) by: Option<&'a str>,
    pub(crate) since: Option<DateTime<Utc>>,
    /// Exclusive.
    pub(crate) until: Option<DateTime<Utc>>,
    pub(crate) action: Option<&'a str>,
    /// The numbers of the first and the last entry between `since` and `until`, where they are known.
    pub(crate) numbers: (Option<i64>, Option<i64>),
    pub(crate) before: Option<i64>,
}

/// The newest first.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter<'_>, limit: i64) -> Result<Vec<Link>> {
    let Filter { on, by, since, until, action, numbers: (first, last), before } = *filter;
    tx.all(sql!("audit/list"), params![on, by, before, limit, since, until, action, first, last], read)
}

/// Those behind the number `after` that the filter lets through, the oldest first.
pub(crate) fn following(tx: &mut Tx<'_>, after: i64, filter: &Filter<'_>, limit: i64) -> Result<Vec<Link>> {
    let Filter { on, by, action, .. } = *filter;
    tx.all(sql!("audit/following"), params![after, limit, on, by, action], read)
}

/// The numbers of the first entry from an instant on, and of the last before another, so that a list begins and stops there. None
/// where an admin went on with a clock that was behind, and the entries are not in the order of time.
pub(crate) fn numbers_between(
    tx: &mut Tx<'_>, since: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>,
) -> Result<(Option<i64>, Option<i64>)> {
    if !is_in_order_of_time(tx)? {
        return Ok((None, None));
    }
    let first = since.map(|at| first_since(tx, at)).transpose()?;
    let last = until.map(|at| last_before(tx, at)).transpose()?;
    Ok((first.map(|first| first.unwrap_or(i64::MAX)), last.map(|last| last.unwrap_or(0))))
}

/// When each action was last done to each of these, until an instant.
pub(crate) fn last_actions(
    tx: &mut Tx<'_>, subjects: &[String], until: DateTime<Utc>,
) -> Result<Vec<(String, String, DateTime<Utc>)>> {
    tx.all_in(sql!("audit/last_actions"), params![until], subjects, |row| {
        Ok((row.get("subject")?, row.get("action")?, row.get("at")?))
    })
}

/// The number of the entry that a list until an instant begins with.
pub(crate) fn newest_before(tx: &mut Tx<'_>, at: DateTime<Utc>) -> Result<Option<i64>> {
    if is_in_order_of_time(tx)? {
        return last_before(tx, at);
    }
    let until = Filter { until: Some(at), ..Filter::default() };
    Ok(list(tx, &until, 1)?.first().map(|link| link.sequence))
}

/// Unless an admin went on with a clock that was behind.
fn is_in_order_of_time(tx: &mut Tx<'_>) -> Result<bool> {
    let set_back = Filter { action: Some(EVEN_SO), ..Filter::default() };
    Ok(list(tx, &set_back, 1)?.is_empty())
}

/// The number of the first entry from an instant on; where they are not in the order of time, that before which none is so late.
pub(crate) fn first_from(tx: &mut Tx<'_>, at: DateTime<Utc>) -> Result<Option<i64>> {
    if is_in_order_of_time(tx)? {
        return first_since(tx, at);
    }
    tx.first(sql!("audit/first_from"), params![at], |row| row.get("sequence"))
}

fn first_since(tx: &mut Tx<'_>, at: DateTime<Utc>) -> Result<Option<i64>> {
    tx.first(sql!("audit/first_since"), params![at], |row| row.get("sequence"))
}

fn last_before(tx: &mut Tx<'_>, at: DateTime<Utc>) -> Result<Option<i64>> {
    tx.first(sql!("audit/last_before"), params![at], |row| row.get("sequence"))
}

/// The actions of which there are entries.
pub(crate) fn actions(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("audit/actions"), params![], |row| row.get("action"))
}

/// Whether there is an entry on this.
pub(crate) fn is_subject(tx: &mut Tx<'_>, subject: &str) -> Result<bool> {
    Ok(tx.first(sql!("audit/is_subject"), params![subject], |_| Ok(()))?.is_some())
}

/// Whether there is an entry by this login, or in its name.
pub(crate) fn is_actor(tx: &mut Tx<'_>, login: &str) -> Result<bool> {
    Ok(tx.first(sql!("audit/is_actor"), params![login], |_| Ok(()))?.is_some())
}

/// The entries about a client and all that belongs to it, in order: those on their codes, and those that name the client.
pub(crate) fn about(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Link>> {
    let mut subjects: BTreeSet<String> = subjects(tx, client)?.into_iter().collect();
    let mut found = BTreeMap::new();
    for code in subjects.iter().filter(|subject| Prefix::Client.is_of(subject)) {
        found.extend(naming(tx, code)?.into_iter().map(|link| (link.sequence, link)));
    }
    // Contacts may have had other numbers.
    let contacts = found.values().filter(|link| link.entry.action.starts_with("contact."));
    subjects.extend(contacts.map(|link| link.entry.subject.clone()));
    let subjects: Vec<String> = subjects.into_iter().collect();
    found.extend(on_subjects(tx, &subjects)?.into_iter().map(|link| (link.sequence, link)));
    with_undone_imports(tx, found)
}

/// The same of a client that is no more: what belonged to it, the trail alone tells.
pub(crate) fn about_gone(tx: &mut Tx<'_>, client: &str) -> Result<Vec<Link>> {
    let mut subjects = BTreeSet::from([client.to_owned()]);
    let mut found = BTreeMap::new();
    let mut waiting = vec![client.to_owned()];
    while let Some(code) = waiting.pop() {
        let mut links = on_subjects(tx, std::slice::from_ref(&code))?;
        // The number of a contact may be any text, and occur anywhere.
        if OF_CLIENTS.iter().any(|prefix| prefix.is_of(&code)) {
            links.extend(naming(tx, &code)?);
        }
        for link in links {
            let subject = &link.entry.subject;
            let is_its = OF_CLIENTS[1..].iter().any(|prefix| prefix.is_of(subject))
                || link.entry.action.starts_with("contact.");
            if is_its && subjects.insert(subject.clone()) {
                waiting.push(subject.clone());
            }
            found.insert(link.sequence, link);
        }
    }
    with_undone_imports(tx, found)
}

/// Adds that imports which wrote one of these entries were taken back, which names their files.
fn with_undone_imports(tx: &mut Tx<'_>, mut found: BTreeMap<i64, Link>) -> Result<Vec<Link>> {
    let links: Vec<Link> = found.values().cloned().collect();
    let imports = imports(tx, &links)?;
    found.extend(on_subjects(tx, &imports)?.into_iter().map(|link| (link.sequence, link)));
    Ok(found.into_values().collect())
}

/// The codes of the imports that wrote one of these entries.
pub(crate) fn imports(tx: &mut Tx<'_>, links: &[Link]) -> Result<Vec<String>> {
    let numbers: Vec<i64> = links.iter().map(|link| link.sequence).collect();
    let mut codes: Vec<String> =
        tx.all_in(sql!("audit/imports"), params![], &numbers, |row| row.get("code"))?;
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}

/// The codes of clients, and of what belongs to one.
const OF_CLIENTS: [Prefix; 7] = [
    Prefix::Client,
    Prefix::Referral,
    Prefix::Visit,
    Prefix::Package,
    Prefix::Record,
    Prefix::SharingRequest,
    Prefix::Release,
];

fn subjects(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<String>> {
    tx.all(sql!("audit/subjects"), params![client], |row| row.get("subject"))
}

fn naming(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Link>> {
    tx.all(sql!("audit/naming"), params![format!("%\"{code}\"%")], read)
}

/// The entries about a client and all that belongs to it, in order: of what stands under its codes now.
pub(crate) fn of_client(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Link>> {
    let subjects = subjects(tx, client)?;
    on_subjects(tx, &subjects)
}

/// The entries on the visits and the packages of a referral, in order.
pub(crate) fn of_referral(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Vec<Link>> {
    let subjects = subjects_of_referral(tx, referral)?;
    on_subjects(tx, &subjects)
}

fn subjects_of_referral(tx: &mut Tx<'_>, referral: ReferralId) -> Result<Vec<String>> {
    tx.all(sql!("audit/subjects_of_referral"), params![referral], |row| row.get("subject"))
}

/// In order.
pub(crate) fn on_subjects(tx: &mut Tx<'_>, subjects: &[String]) -> Result<Vec<Link>> {
    tx.all_in(sql!("audit/on_subjects"), params![], subjects, read)
}

/// Leaves of the entry only what this one holds.
pub(crate) fn erase(tx: &mut Tx<'_>, left: &Link) -> Result<()> {
    let Seal::Erased(digest) = &left.seal else { return Ok(()) };
    let values = params![left.sequence, left.entry.subject, *digest];
    exactly_one(tx.run(sql!("audit/erase"), values)?, "audit")
}

fn read(row: &Row<'_>) -> Result<Link> {
    let seal = match (row.get("erased")?, row.get("salt")?) {
        (true, _) => Seal::Erased(row.get("digest")?),
        (false, Some(salt)) => Seal::Salted(salt),
        (false, None) => Seal::Plain,
    };
    from_row! { row => Link { sequence, entry: entry(row)?, seal: seal, hash } }
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    from_row! { row => Entry { at, actor, acting_as, action, subject, before, after } }
}
