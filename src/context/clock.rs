//! The clock of a run, and the instants of its transactions.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{Context, Run, Trail, Tx};
use crate::error::{Error, Result};
use crate::model::access::Level;
use crate::model::audit::EVEN_SO;
use crate::model::clock;
use crate::model::time::in_utc;
use crate::store;

/// That of this machine, set by the server where there is one.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    machine: fn() -> DateTime<Utc>,
    /// How far the server is ahead.
    ahead: TimeDelta,
    follows_server: bool,
}

impl Clock {
    /// `follows_server`: a test that sets the clock has one for all machines.
    pub(crate) fn new(machine: fn() -> DateTime<Utc>, follows_server: bool) -> Self {
        Clock { machine, ahead: TimeDelta::zero(), follows_server }
    }

    pub(crate) fn now(self) -> DateTime<Utc> {
        (self.machine)().checked_add_signed(self.ahead).unwrap_or_else(self.machine)
    }
}

impl Clock {
    /// How far the server is ahead of this machine; nothing without a server.
    pub(crate) fn ahead(self) -> TimeDelta {
        self.ahead
    }
}

impl Run {
    /// Sets the clock by the server. Without one the run is at no instant before the newest entry of the audit trail, if the
    /// clock is only a little behind.
    pub(crate) fn set_clock(&mut self, tx: &mut Tx<'_>, newest: Option<DateTime<Utc>>) -> Result<()> {
        let machine = (self.clock.machine)();
        let server = if self.clock.follows_server { tx.clock()? } else { None };
        self.now = if let Some(server) = server {
            self.clock.ahead = server.signed_duration_since(machine);
            server
        } else {
            clock::instant_of_reading(machine, newest)
        };
        self.out.now = self.now;
        Ok(())
    }
}

impl Context {
    /// The instant of the present transaction, before the first that of the run.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.instant.get()
    }

    /// One snapshot at the present instant, for a command that waits for others.
    pub(crate) fn read_anew<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.instant.set(clock::instant_of_reading(self.clock.now(), Some(self.now())));
        self.read(work)
    }

    /// Begins a transaction: what it changes is later than all that was recorded (rule 4.8).
    pub(super) fn begin(&self, tx: &mut Tx<'_>) -> Result<()> {
        let newest = self.find_end_of_trail(tx)?;
        let clock = self.clock.now();
        match clock::instant(clock, newest) {
            Ok(instant) => self.instant.set(instant),
            Err(wrong) => self.go_on(tx, clock, newest, wrong)?,
        }
        tx.as_of(self.now(), self.today);
        Ok(())
    }

    /// Begins a transaction that reads and records that it did.
    pub(super) fn begin_reading(&self, tx: &mut Tx<'_>) -> Result<()> {
        let newest = self.find_end_of_trail(tx)?;
        self.instant.set(clock::instant_of_reading(self.clock.now(), newest));
        tx.as_of(self.now(), self.today);
        Ok(())
    }

    /// Others may have appended since the last transaction of this run. Returns the instant of the newest entry.
    fn find_end_of_trail(&self, tx: &mut Tx<'_>) -> Result<Option<DateTime<Utc>>> {
        if tx.follows_replica() {
            self.must_be_same_actor(tx)?;
        }
        let end = store::audit::end(tx)?;
        let newest = end.at;
        store::versions::keep(tx);
        self.trail.replace(Some(Trail::new(end)));
        Ok(newest)
    }

    /// With `--even-so` an admin goes on although the clock seems wrong, which is recorded.
    fn go_on(
        &self, tx: &mut Tx<'_>, clock: DateTime<Utc>, newest: Option<DateTime<Utc>>, wrong: Error,
    ) -> Result<()> {
        if !self.even_so || self.actor.account.level != Level::Admin {
            return Err(wrong);
        }
        self.instant.set(clock::instant_even_so(clock, newest));
        let times = json!({"clock": in_utc(clock), "newest_entry": newest.map(in_utc)});
        let entry = self.signature.entry(EVEN_SO, "clock", None::<&()>, Some(&times))?;
        self.append(tx, vec![entry])
    }
}
