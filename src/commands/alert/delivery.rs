//! One run of deliveries, alert by alert, in the three steps that `send.rs` describes.

use std::mem;

use chrono::TimeDelta;
use lettre::message::Mailbox;

use crate::commands::prelude::*;
use crate::interchange::mail;
use crate::mailer::{Mailer, OutgoingMail, Verdict};
use crate::model::alert::{AlertStatus, AlertView, Attempt, Tally, problem};

/// After this many broken connections in a row the server is assumed to be down, rather than the message refused.
const MOST_BROKEN: u32 = 3;

pub(super) struct Delivery<'a> {
    context: &'a Context,
    mailer: Mailer,
    sender: Mailbox,
    pub(super) tally: Tally,
    /// What this run has done so far.
    pub(super) change: Change<AlertView>,
    broken: u32,
}

/// An alert that this run has reserved until an instant.
struct ReservedAlert {
    alert: Alert,
    until: DateTime<Utc>,
}

impl<'a> Delivery<'a> {
    pub(super) fn new(context: &'a Context, mailer: Mailer, sender: Mailbox) -> Self {
        Delivery { context, mailer, sender, tally: Tally::default(), change: Change::none(), broken: 0 }
    }

    /// Delivers every alert that is due at the beginning of the run, once. An error ends the run without losing an
    /// alert.
    pub(super) fn all(&mut self, limit: i64) -> Result<()> {
        let mut left = limit;
        while left > 0 && self.context.read(|tx| store::alert::due(tx, self.context.now()))?.is_some() {
            // The server is contacted first: if it is away, no alert loses an attempt.
            self.mailer.ready()?;
            // Another run may have reserved it meanwhile.
            let Some(reserved) = self.take()? else { continue };
            self.one(&reserved)?;
            left -= 1;
        }
        Ok(())
    }

    fn take(&self) -> Result<Option<ReservedAlert>> {
        let until = self.context.clock.now() + TimeDelta::seconds(self.mailer.patience());
        self.context.write(|tx| {
            let Some(id) = store::alert::due(tx, self.context.now())? else { return Ok(None) };
            let alert = store::alert::by_id(tx, id)?;
            let is_ours = store::alert::take(tx, &alert, until)?;
            Ok(is_ours.then_some(ReservedAlert { alert, until }))
        })
    }

    fn one(&mut self, reserved: &ReservedAlert) -> Result<()> {
        if let Some(why) = reserved.alert.obstacle() {
            return self.finish(reserved, Attempt::Withdrawn(why.to_owned()));
        }
        let verdict = match mail::alert(&reserved.alert, &self.sender) {
            Err(why) => Verdict::Never(why),
            Ok(letter) => {
                let mail = OutgoingMail {
                    name: &reserved.alert.code,
                    from: &letter.from,
                    to: &letter.to,
                    bytes: &letter.bytes,
                };
                let context = self.context;
                let mut claim =
                    || context.write(|tx| store::alert::claim(tx, reserved.alert.id, reserved.until));
                let verdict = self.mailer.deliver(&mail, &mut claim);
                verdict.inspect_err(|_| self.release(reserved))?
            }
        };
        self.record_verdict(reserved, verdict)
    }

    fn record_verdict(&mut self, reserved: &ReservedAlert, verdict: Verdict) -> Result<()> {
        let recipient = reserved.alert.email.clone().unwrap_or_default();
        let problem_of = |why: String| problem(&why, &recipient);
        let is_broken = matches!(verdict, Verdict::Broken(_) | Verdict::Unknown(_));
        self.broken = if is_broken { self.broken + 1 } else { 0 };
        let attempt = match verdict {
            Verdict::Unclaimed => return Ok(()),
            Verdict::Delivered => Attempt::Delivered,
            Verdict::Later(why) => Attempt::Later(problem_of(why)),
            Verdict::Broken(why) => Attempt::Later(problem_of(format!("the mail server broke off: {why}"))),
            Verdict::Never(why) => Attempt::Never(problem_of(why)),
            Verdict::Unknown(why) => {
                Attempt::Unknown(problem_of(format!("cut off before the mail server confirmed it: {why}")))
            }
        };
        self.finish(reserved, attempt)?;
        if self.broken < MOST_BROKEN {
            return Ok(());
        }
        Err(Error::new(
            Kind::Busy,
            "alert.server_unreachable",
            format!("the mail server broke off {MOST_BROKEN} deliveries, one after the other"),
        )
        .hint("repeat the command later: that is always safe"))
    }

    /// Stores the result of an attempt with its audit entry, unless the reservation has expired and another run has
    /// taken over.
    fn finish(&mut self, reserved: &ReservedAlert, attempt: Attempt) -> Result<()> {
        let context = self.context;
        let after = reserved.alert.after(attempt, context.clock.now());
        let mut is_ours = false;
        let change = context.step("alert.send", |tx| {
            is_ours = store::alert::finish(tx, reserved.until, &after)?;
            Ok(if is_ours { Change::of(reserved.alert.view(), after.view()) } else { Change::none() })
        })?;
        if is_ours {
            self.warn(&after);
            self.tally.add(after.status);
            self.change = mem::replace(&mut self.change, Change::none()).and(change);
        }
        Ok(())
    }

    fn warn(&self, after: &Alert) {
        let Alert { code, account, problem, .. } = after;
        let why = problem.as_deref().unwrap_or_default();
        let what = match after.status {
            AlertStatus::Waiting => "was not delivered yet",
            AlertStatus::Failed => "failed for good",
            AlertStatus::Withdrawn | AlertStatus::Sending | AlertStatus::Sent => return,
        };
        self.context.out.warn(&format!("alert `{code}` to `{account}` {what}: {why}"));
    }

    /// Releases an alert that was not sent, so that it waits as before. If even that cannot be written, the
    /// reservation expires by itself; the earlier error is the one to report.
    fn release(&self, reserved: &ReservedAlert) {
        let _ = self.context.write(|tx| store::alert::finish(tx, reserved.until, &reserved.alert));
    }
}
