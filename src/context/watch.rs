//! Looking again and again for what others change. A connection that is lost is made again, and the rights of the actor are looked
//! at each time, since a run that waits may outlive them.

use std::thread::sleep;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Context, Paused, Tx, actor};
use crate::error::{Error, Kind, Result};
use crate::model::access::Right;
use crate::output;

/// How often is looked where changes are announced: in case that an announcement is lost, and for what follows from the time.
const SELDOM: Duration = Duration::from_secs(5);
/// The same where they are not: on a standby, and through a pooler.
const OFTEN: Duration = Duration::from_secs(1);
/// How long one wait is, after which it is looked whether there is still a reader.
const STEP: Duration = Duration::from_millis(200);
/// How long a database that cannot be reached is tried again.
const PATIENCE: Duration = Duration::from_mins(10);
/// The same where there is none: it may just be put in its place.
const ABSENCE: Duration = Duration::from_secs(2);

/// A run that waits for others.
pub(crate) struct Watch<'a> {
    context: &'a Context,
    right: Right,
    left: Option<Duration>,
    /// How long a database is tried that cannot be reached.
    patience: Duration,
    ends_unread: bool,
    is_connected: bool,
    is_watching: bool,
    /// Whether changes are announced.
    is_announced: bool,
    /// Whether the last pause ended with an announcement.
    was_announced: bool,
    /// The instant of the newest entry at the last look.
    newest: Option<DateTime<Utc>>,
}

/// How a pause ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// It is time to look.
    Over,
    TimeIsUp,
    /// What would be printed is not read any more.
    Unread,
}

impl Context {
    /// Waits for others on behalf of an actor with this right; without a timeout as long as it takes.
    pub(crate) fn watch(&self, right: impl Into<Right>, timeout: Option<Duration>) -> Watch<'_> {
        Watch {
            context: self,
            right: right.into(),
            left: timeout,
            // The transaction of a batch cannot go on elsewhere.
            patience: if self.run.connection.is_some() { Duration::ZERO } else { PATIENCE },
            ends_unread: false,
            is_connected: true,
            is_watching: false,
            is_announced: false,
            was_announced: false,
            newest: None,
        }
    }

    /// Denied where the actor may not do this any more. Returns the instant of the newest entry.
    fn still_may(&self, tx: &mut Tx<'_>, right: Right) -> Result<Option<DateTime<Utc>>> {
        let (newest, _, candidates) = actor::first(tx, &self.identity)?;
        actor::still(&self.identity, &self.db, candidates)?.may(right)?;
        Ok(newest)
    }
}

impl Watch<'_> {
    /// Ends where what is printed is not read any more, also while nothing is printed.
    pub(crate) fn while_read(self) -> Self {
        Watch { ends_unread: true, ..self }
    }

    /// Fails at once where the database cannot be reached.
    pub(crate) fn impatient(self) -> Self {
        Watch { patience: Duration::ZERO, ..self }
    }

    /// One snapshot at the present instant. Where the connection is lost it is made again, and `work` is done anew.
    pub(crate) fn read<T>(&mut self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (mut pause, mut waited) = (STEP, Duration::ZERO);
        loop {
            match self.try_read(&mut work) {
                Err(error) if self.may_pass(&error, waited) => {
                    self.lose(&error);
                    sleep(pause);
                    waited += pause;
                    self.take(pause);
                    pause = (pause * 2).min(SELDOM);
                }
                done => return done,
            }
        }
    }

    fn try_read<T>(&mut self, work: &mut impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (context, right) = (self.context, self.right);
        if !self.is_connected {
            context.db.borrow_mut().connect_again(&context.location)?;
        }
        if !self.is_watching {
            self.is_announced = context.db.borrow_mut().begin_watching()?;
            self.is_watching = true;
        }
        let (newest, done) = context.read_anew(|tx| {
            let newest = context.still_may(tx, right)?;
            if context.marks_logins() {
                context.mark_logins(tx)?;
            }
            Ok((newest, work(tx)?))
        })?;
        if !self.is_connected {
            self.is_connected = true;
            context.out.note("connected again");
        }
        let is_news = self.newest.is_some() && self.newest != newest;
        if is_news || self.was_announced {
            self.is_announced = self.was_announced;
        }
        self.newest = newest;
        Ok(done)
    }

    /// Whether what went wrong may pass by itself.
    fn may_pass(&self, error: &Error, waited: Duration) -> bool {
        let patience = match (error.kind(), error.code()) {
            (Kind::Busy, _) => self.patience,
            (_, "database.missing" | "database.cannot_open") if !self.is_connected => ABSENCE,
            _ => return false,
        };
        waited < patience && !self.is_time_up()
    }

    /// Says once that the connection is lost.
    fn lose(&mut self, error: &Error) {
        if self.is_connected {
            self.context.out.warn(&format!("{}; trying again", error.message()));
        }
        (self.is_connected, self.is_watching, self.was_announced) = (false, false, false);
        self.newest = None;
    }

    /// Waits until it is time to look.
    pub(crate) fn pause(&mut self) -> Pause {
        let (pace, mut waited) = (if self.is_announced { SELDOM } else { OFTEN }, Duration::ZERO);
        self.was_announced = false;
        while waited < pace {
            if let Some(end) = self.end() {
                return end;
            }
            let step = STEP.min(self.left.unwrap_or(STEP));
            let paused = self.context.db.borrow_mut().pause(step);
            match paused {
                Ok(Paused { is_changed, lasted }) => {
                    self.take(lasted);
                    waited += lasted;
                    self.was_announced = is_changed;
                }
                // What reads next says it.
                Err(_) if self.patience.is_zero() => return Pause::Over,
                Err(error) => self.lose(&error),
            }
            if self.was_announced || !self.is_connected {
                return Pause::Over;
            }
        }
        Pause::Over
    }

    /// Waits so long, whatever comes meanwhile.
    pub(crate) fn rest(&mut self, lasts: Duration) -> Pause {
        let mut waited = Duration::ZERO;
        while waited < lasts {
            if let Some(end) = self.end() {
                return end;
            }
            let step = STEP.min(lasts.saturating_sub(waited));
            sleep(step);
            waited += step;
            self.take(step);
        }
        Pause::Over
    }

    /// What ends all waiting.
    fn end(&self) -> Option<Pause> {
        if self.is_time_up() {
            return Some(Pause::TimeIsUp);
        }
        (self.ends_unread && output::sink::is_unread()).then_some(Pause::Unread)
    }

    fn take(&mut self, waited: Duration) {
        self.left = self.left.map(|left| left.saturating_sub(waited));
    }

    fn is_time_up(&self) -> bool {
        self.left.is_some_and(|left| left.is_zero())
    }
}
