//! `--at`: how all stood at an earlier instant (rule 6.5).

use chrono::{DateTime, TimeDelta, Utc};

use super::{Context, Run};
use crate::db::{Db, Tx};
use crate::error::{Error, Kind, Result};
use crate::model::account::Actor;
use crate::model::as_of::AsOf;
use crate::model::zone::Zone;
use crate::store;

/// What of the past is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At {
    /// How all stood then.
    World(AsOf),
    /// What had happened until then.
    Steps(AsOf),
}

/// The past that a run reads.
#[derive(Clone, Copy, Default)]
pub(super) struct Past {
    /// The entry of the audit trail after which everything is read as it stood.
    entry: Option<i64>,
    /// The instant until which steps are shown.
    until: Option<DateTime<Utc>>,
    /// When it was asked for.
    pub(super) asked: Option<DateTime<Utc>>,
}

impl Past {
    /// Sets the clock of the run back where it is asked how all stood.
    pub(super) fn of(run: &mut Run, db: &mut Db, zone: Zone, actor: &Actor) -> Result<Past> {
        let Some(at) = run.at else { return Ok(Past::default()) };
        let (At::World(as_of) | At::Steps(as_of)) = at;
        let today = run.now.with_timezone(&zone).date_naive();
        if let Some(note) = as_of.twice(today, zone) {
            run.out.note(&note);
        }
        let until = as_of.resolve(run.now, today, zone).map_err(|why| Error::invalid("at.skipped", why))?;
        if until > run.now {
            let at = zone.local(until);
            return Err(Error::invalid("at.future", format!("{at} is still to come"))
                .hint("`--at` shows how all stood at an earlier time"));
        }
        if let At::Steps(_) = at {
            return Ok(Past { until: Some(until), ..Past::default() });
        }
        if actor.is_portal() {
            return Err(Error::new(Kind::Denied, "at.portal", "how all stood is shown to the hub alone")
                .hint("histories and `caredesk sharing explain` take `--at` for providers too"));
        }
        let entry = db.read(|tx| entry(tx, until, zone))?;
        let asked = std::mem::replace(&mut run.now, until);
        run.out.now = until;
        Ok(Past { entry: Some(entry), until: None, asked: Some(asked) })
    }
}

/// The last entry until then. Refused where it is not known how all stood.
fn entry(tx: &mut Tx<'_>, until: DateTime<Utc>, zone: Zone) -> Result<i64> {
    let entry = store::audit::newest_before(tx, until + TimeDelta::milliseconds(1))?.unwrap_or(0);
    let Some(first) = store::setting::versions_from(tx)?.filter(|first| entry < *first) else {
        return Ok(entry);
    };
    let since = store::audit::at(tx, first)?.map(|at| format!(" since {}", zone.local(at)));
    let message = format!("how all stood is known{} alone", since.unwrap_or_default());
    Err(Error::refused("at.unknown", message).hint(
        "an earlier version of the program did not keep it; histories and `caredesk audit list` go further back",
    ))
}

impl Context {
    /// Reads in a transaction everything as it stood, where that is asked for.
    pub(super) fn go_back(&self, tx: &mut Tx<'_>) -> Result<()> {
        self.past.entry.map_or(Ok(()), |entry| store::versions::go_back(tx, entry))
    }

    /// The same for a read that is recorded, in the present.
    pub(super) fn in_past<T>(
        &self, tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        if self.past.entry.is_none() {
            return work(tx);
        }
        let present = self.instant.replace(self.run.now);
        tx.as_of(self.run.now, self.today);
        self.go_back(tx)?;
        let read = work(tx)?;
        tx.come_back();
        self.instant.set(present);
        Ok(read)
    }

    /// Whether a step had happened by the time that was asked for.
    pub(crate) fn had_happened(&self, step: DateTime<Utc>) -> bool {
        self.past.until.is_none_or(|until| step <= until)
    }
}
