//! One run of deliveries, mail by mail, in the three steps that `send.rs` describes.

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

/// A mail that this run has reserved until an instant, with its alerts.
struct ReservedMail {
    id: MailId,
    alerts: Vec<Alert>,
    until: DateTime<Utc>,
}

impl<'a> Delivery<'a> {
    pub(super) fn new(context: &'a Context, mailer: Mailer, sender: Mailbox) -> Self {
        Delivery { context, mailer, sender, tally: Tally::default(), change: Change::none(), broken: 0 }
    }

    /// Delivers every alert that is due at the beginning of the run, once, in `limit` messages at most. An error ends the
    /// run without losing an alert.
    pub(super) fn all(&mut self, limit: i64) -> Result<()> {
        let mut left = limit;
        while left > 0 && self.context.read(|tx| store::alert::due(tx, self.context.now()))?.is_some() {
            // The server is contacted first: if it is away, no alert loses an attempt.
            self.mailer.ready()?;
            // Another run may have reserved it meanwhile.
            let Some(reserved) = self.take()? else { continue };
            self.one(reserved)?;
            left -= 1;
        }
        Ok(())
    }

    fn take(&self) -> Result<Option<ReservedMail>> {
        let until = self.context.clock.now() + TimeDelta::seconds(self.mailer.patience());
        let id = self.context.key();
        self.context.write(|tx| {
            let alerts = taken(self.context, tx, id, until)?;
            Ok((!alerts.is_empty()).then_some(ReservedMail { id, alerts, until }))
        })
    }

    /// Withdraws what is obsolete, and sends the rest as one message.
    fn one(&mut self, reserved: ReservedMail) -> Result<()> {
        let (obsolete, alerts): (Vec<Alert>, Vec<Alert>) =
            reserved.alerts.into_iter().partition(|alert| alert.obstacle().is_some());
        let withdrawn = |alert: &Alert| Attempt::Withdrawn(alert.obstacle().unwrap_or_default().to_owned());
        self.finish(&obsolete, reserved.until, withdrawn)?;
        let Some(first) = alerts.first() else { return Ok(()) };
        let verdict = match mail::letter(&alerts, &self.sender, self.context.zone) {
            Err(why) => Verdict::Never(why),
            Ok(letter) => {
                let mail = OutgoingMail {
                    name: &first.code,
                    from: &letter.from,
                    to: &letter.to,
                    bytes: &letter.bytes,
                };
                let (context, until, count) = (self.context, reserved.until, alerts.len());
                let mut claim = || context.write(|tx| claimed(tx, reserved.id, until, count));
                let verdict = self.mailer.deliver(&mail, &mut claim);
                verdict.inspect_err(|_| self.release(&alerts, until))?
            }
        };
        self.record_verdict(&alerts, reserved.until, verdict)
    }

    fn record_verdict(&mut self, alerts: &[Alert], until: DateTime<Utc>, verdict: Verdict) -> Result<()> {
        let recipient = alerts.first().and_then(|alert| alert.email.clone()).unwrap_or_default();
        let problem_of = |why: String| problem(&why, &recipient);
        let is_broken = matches!(verdict, Verdict::Broken(_) | Verdict::Unknown(_));
        self.broken = if is_broken { self.broken + 1 } else { 0 };
        let attempt = match verdict {
            // What was not withdrawn meanwhile waits as before.
            Verdict::Unclaimed => {
                self.release(alerts, until);
                return Ok(());
            }
            Verdict::Delivered => Attempt::Delivered,
            Verdict::Later(why) => Attempt::Later(problem_of(why)),
            Verdict::Broken(why) => Attempt::Later(problem_of(format!("the mail server broke off: {why}"))),
            Verdict::Never(why) => Attempt::Never(problem_of(why)),
            Verdict::Unknown(why) => {
                Attempt::Unknown(problem_of(format!("cut off before the mail server confirmed it: {why}")))
            }
        };
        self.finish(alerts, until, |_| attempt.clone())?;
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

    /// Stores the results of an attempt with their audit entries, but of those whose reservation has expired and that another run
    /// has taken over.
    fn finish(
        &mut self, alerts: &[Alert], until: DateTime<Utc>, attempt: impl Fn(&Alert) -> Attempt,
    ) -> Result<()> {
        let context = self.context;
        let now = context.clock.now();
        let mut ours = Vec::new();
        let change = context.step("alert.send", |tx| {
            ours.clear();
            let mut change = Change::none();
            for alert in alerts {
                let after = alert.after(attempt(alert), now);
                if store::alert::finish(tx, until, &after)? {
                    change = change.and(Change::of(alert.view(), after.view()));
                    ours.push(after);
                }
            }
            Ok(change)
        })?;
        self.warn(&ours);
        self.tally.add_message(&ours);
        self.change = mem::replace(&mut self.change, Change::none()).and(change);
        Ok(())
    }

    fn warn(&self, alerts: &[Alert]) {
        for status in [AlertStatus::Waiting, AlertStatus::Failed] {
            let such: Vec<&Alert> = alerts.iter().filter(|alert| alert.status == status).collect();
            let Some(Alert { account, problem, .. }) = such.first() else { continue };
            let codes: Vec<String> = such.iter().map(|alert| format!("`{}`", alert.code)).collect();
            let (noun, codes) = (if codes.len() == 1 { "alert" } else { "alerts" }, codes.join(", "));
            let what = match (status, such.len()) {
                (AlertStatus::Waiting, 1) => "was not delivered yet",
                (AlertStatus::Waiting, _) => "were not delivered yet",
                _ => "failed for good",
            };
            let why = problem.as_deref().unwrap_or_default();
            self.context.out.warn(&format!("{noun} {codes} to `{account}` {what}: {why}"));
        }
    }

    /// Releases alerts that were not sent, so that they wait as before. If even that cannot be written, the
    /// reservation expires by itself; the earlier error is the one to report.
    fn release(&self, alerts: &[Alert], until: DateTime<Utc>) {
        let _ = self
            .context
            .write(|tx| alerts.iter().try_for_each(|alert| store::alert::finish(tx, until, alert).map(drop)));
    }
}

/// Takes the next mail that is due at the beginning of the run, with its alerts as they were before.
pub(super) fn taken(
    context: &Context, tx: &mut Tx<'_>, mail: MailId, until: DateTime<Utc>,
) -> Result<Vec<Alert>> {
    let Some(id) = store::alert::due(tx, context.now())? else { return Ok(Vec::new()) };
    let first = store::alert::by_id(tx, id)?;
    let alerts = store::alert::due_with(tx, &first, context.now())?;
    store::alert::take(tx, &alerts, mail, until)?;
    Ok(alerts)
}

/// All of a mail, or nothing: what was withdrawn or has become obsolete meanwhile must not leave with the rest.
fn claimed(tx: &mut Tx<'_>, mail: MailId, until: DateTime<Utc>, count: usize) -> Result<bool> {
    let alerts = store::alert::of_mail(tx, mail)?;
    let is_ready = |alert: &Alert| {
        alert.status == AlertStatus::Waiting && alert.next_attempt_at == until && alert.obstacle().is_none()
    };
    if alerts.iter().filter(|alert| is_ready(alert)).count() != count || alerts.len() != count {
        return Ok(false);
    }
    Ok(store::alert::claim(tx, mail, until)? == alerts.len() as u64)
}
