//! Where to begin, and whether a cursor is of this database.

use super::Events;
use crate::commands::prelude::*;
use crate::model::audit::Cursor;
use crate::store::audit;

/// Behind which entry to begin, and the newest one.
pub(super) struct Start {
    pub(super) cursor: Cursor,
    pub(super) head: Cursor,
}

/// `kept` is the cursor of an earlier run, which counts more than what the line says.
pub(super) fn of(
    tx: &mut Tx<'_>, context: &Context, command: &Events, kept: Option<&Cursor>,
) -> Result<Start> {
    let head = Cursor::from(&audit::end(tx)?);
    let cursor = match (kept.or(command.after.as_ref()), command.since) {
        (Some(cursor), _) => {
            must_be_of_trail(tx, cursor)?;
            cursor.clone()
        }
        (None, Some(since)) => {
            let at = since.beginning(context.now(), context.today, context.zone);
            let at = at.map_err(|why| Error::invalid("events.since", why))?;
            context.say_which(since.twice(context.today, context.zone));
            before(tx, at, &head)?
        }
        (None, None) if command.follow => head.clone(),
        (None, None) => Cursor::beginning(),
    };
    Ok(Start { cursor, head })
}

/// Behind the last entry of before that instant; of a trail that is not in the order of time, of before all that are later.
fn before(tx: &mut Tx<'_>, at: DateTime<Utc>, head: &Cursor) -> Result<Cursor> {
    let Some(first) = audit::first_from(tx, at)? else { return Ok(head.clone()) };
    match audit::hash_of(tx, first - 1)? {
        Some(hash) => Ok(Cursor::behind(first - 1, &hash)),
        None => Ok(Cursor::beginning()),
    }
}

/// Refused for a cursor of another database, and where what is behind it was replaced, as by a restoration.
pub(super) fn must_be_of_trail(tx: &mut Tx<'_>, cursor: &Cursor) -> Result<()> {
    if cursor.is_of(audit::hash_of(tx, cursor.sequence)?.as_deref()) {
        return Ok(());
    }
    let message = format!("the audit trail has no entry with the cursor `{cursor}`");
    Err(Error::refused("events.cursor_unknown", message)
        .hint("it is of another database, or this one was restored since; `--since` says where to go on")
        .detail("cursor", cursor.to_string()))
}
