//! The audit trail, which is only appended to and read.

use crate::model::audit::{BEGINNING, Chain, Entry, Link, Salt, Seal};
use crate::store::prelude::*;

/// Each entry with a salt of its own. Writers are serialised on both engines, so the newest entry stays the newest until this
/// transaction ends.
pub(crate) fn append(tx: &mut Tx<'_>, entries: &[(Entry, Salt)]) -> Result<()> {
    let (mut sequence, mut previous) = last(tx)?;
    let mut links = Vec::with_capacity(entries.len());
    for (entry, salt) in entries {
        sequence += 1;
        previous = entry.hash(sequence, &previous, &entry.digest(salt));
        links.push((sequence, entry, salt.to_vec(), previous.clone()));
    }
    tx.bulk(sql!("audit/append"), &links, |(sequence, entry, salt, hash)| {
        let Entry { at, actor, acting_as, action, subject, before, after } = *entry;
        [sequence as &dyn Param, at, actor, acting_as, action, subject, before, after, salt, hash]
    })
}

/// The number and hash of the newest entry; of an empty trail, those that the first entry builds on.
pub(crate) fn last(tx: &mut Tx<'_>) -> Result<(i64, Vec<u8>)> {
    let newest =
        tx.first(sql!("audit/last"), params![], |row| Ok((row.get("sequence")?, row.get("hash")?)))?;
    Ok(newest.unwrap_or((0, BEGINNING.to_vec())))
}

/// The whole chain from its beginning, streamed.
fn each(tx: &mut Tx<'_>, mut link: impl FnMut(Link) -> Result<()>) -> Result<()> {
    tx.each(sql!("audit/each"), params![], |row| link(read(row)?))
}

/// Verifies every link of the chain.
pub(crate) fn walk(tx: &mut Tx<'_>) -> Result<Chain> {
    let mut chain = Chain::new();
    each(tx, |link| {
        chain.step(&link);
        Ok(())
    })?;
    Ok(chain.end())
}

pub(crate) struct Filter<'a> {
    pub(crate) on: Option<&'a str>,
    pub(crate) by: Option<&'a str>,
    pub(crate) before: Option<i64>,
    pub(crate) limit: i64,
}

/// The newest first.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter<'_>) -> Result<Vec<Link>> {
    tx.all(sql!("audit/list"), params![filter.on, filter.by, filter.before, filter.limit], read)
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
