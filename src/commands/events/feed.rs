//! Events as they come, each printed at once, with the file that keeps how far the reader is.

use super::Events;
use super::kept::Kept;
use super::sought::Sought;
use super::start::{self, Start};
use crate::commands::prelude::*;
use crate::context::{Pause, Watch, named};
use crate::model::audit::{Cursor, Link};
use crate::model::events::EventView;
use crate::output::List;
use crate::store::audit;

/// How many are read at once.
const AT_ONCE: i64 = 500;

/// What one look brought.
struct Look {
    links: Vec<Link>,
    /// The newest entry, if all up to that was looked through.
    head: Option<Cursor>,
}

struct Feed<'a> {
    context: &'a Context,
    list: List<'a, EventView>,
    sought: Sought,
    /// Behind which entry to go on.
    position: Cursor,
    kept: Option<Kept>,
    /// How many more are wanted.
    left: i64,
}

pub(super) fn run(context: &Context, command: &Events) -> Result<()> {
    let kept = command.cursor_file.as_deref().map(Kept::open).transpose()?;
    let list = context.out.list()?;
    let watch = context.watch(Action::ReadAudit, command.timeout).while_read();
    let mut watch = if command.follow { watch } else { watch.impatient() };
    let (sought, Start { cursor, head }) = watch.read(|tx| {
        let cursor = kept.as_ref().and_then(Kept::cursor);
        Ok((Sought::of(tx, command)?, start::of(tx, context, command, cursor)?))
    })?;
    warn_of_unknown(context, command, &mut watch)?;
    let left = command.limit.unwrap_or(i64::MAX);
    let mut feed = Feed { context, list, sought, position: cursor, kept, left };
    // What is recorded before the first event comes is not missed by a run after this one.
    feed.keep(true)?;
    let until = (!command.follow).then_some(head.sequence);
    feed.go_on(&mut watch, until)?;
    feed.list.end("no such events")
}

/// An action that there is not may be a mistake, or still to come.
fn warn_of_unknown(context: &Context, command: &Events, watch: &mut Watch<'_>) -> Result<()> {
    for action in &command.action {
        match watch.read(|tx| named::actions(tx, action)) {
            Err(error) if error.kind() == Kind::NotFound => {
                let hint = error.hint_text().unwrap_or_default();
                context.out.warn(&format!("{} yet; {hint}", error.message()));
            }
            known => drop(known?),
        }
    }
    Ok(())
}

impl Feed<'_> {
    /// Until there is a reason to end; `until` is the last entry of a run that does not follow.
    fn go_on(&mut self, watch: &mut Watch<'_>, until: Option<i64>) -> Result<()> {
        loop {
            let Look { links, head } = watch.read(|tx| self.look(tx, until))?;
            for (place, link) in (1..).zip(&links) {
                if !self.print(link, place == links.len())? {
                    return Ok(());
                }
            }
            let Some(head) = head else { continue };
            self.position = head;
            self.keep(true)?;
            if until.is_some() || watch.pause() != Pause::Over {
                return Ok(());
            }
        }
    }

    fn look(&self, tx: &mut Tx<'_>, until: Option<i64>) -> Result<Look> {
        let (position, end) = (&self.position, audit::end(tx)?);
        start::must_be_of_trail(tx, position)?;
        let head = Cursor::from(&end);
        if *position == head {
            return Ok(Look { links: Vec::new(), head: Some(head) });
        }
        let limit = AT_ONCE.min(self.left);
        let mut links = self.sought.page(tx, position.sequence, limit)?;
        let is_all = i64::try_from(links.len()).unwrap_or(limit) < limit;
        let is_over = links.last().zip(until).is_some_and(|(last, until)| last.sequence >= until);
        links.retain(|link| until.is_none_or(|until| link.sequence <= until));
        Ok(Look { links, head: (is_all || is_over).then_some(head) })
    }

    /// Returns false where no more is wanted.
    fn print(&mut self, link: &Link, is_last: bool) -> Result<bool> {
        let zone = self.context.out.is_drawing().then_some(self.context.zone);
        if !self.list.row_now(&EventView::of(link, zone))? {
            return Ok(false);
        }
        self.position = Cursor::behind(link.sequence, &link.hash);
        self.left -= 1;
        self.keep(is_last || self.left == 0)?;
        Ok(self.left > 0)
    }

    fn keep(&mut self, is_last: bool) -> Result<()> {
        let position = &self.position;
        self.kept.as_mut().map_or(Ok(()), |kept| kept.keep(position, is_last))
    }
}
