//! `alert send`: no alert is lost or sent twice. All that is due to one address goes out as one mail.
//!
//! Each step is a transaction of its own, so that a run that is interrupted leaves a correct state:
//!
//! 1. *Reserve.* `next_attempt_at` of the waiting alerts of a mail moves to the end of the longest possible delivery. Other runs
//!    skip them until then, and that instant identifies the reservation in the steps below. If the run is killed now, the
//!    alert still waits and a later run takes it.
//! 2. *Claim.* Server and recipient have been accepted and only the content is left: `waiting` becomes `sending`, for all alerts
//!    of the mail or for none. A run that has lost one of them meanwhile (another run took over, or the referral was assigned
//!    elsewhere) disconnects instead of sending; the others wait as before.
//! 3. *Finish*, right after the answer: `sent`, or `waiting` again with a pause, or `failed`.
//!
//! An alert that is interrupted between 2 and 3 stays `sending`, because it cannot be known whether it arrived. It is
//! never sent again automatically. Every later run warns about it, and a person decides: `alert send --again` sends it
//! with the same `Message-ID`, `alert dismiss` closes it.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::delivery::{self, Delivery};
use super::route::Route;
use crate::commands::prelude::*;
use crate::model::alert::{AlertStatus, AlertView, Attempt, Tally};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk alert send --smtp smtp://localhost \\
      --from 'The Hub <alerts@hub.example>'
  $ caredesk alert send --smtp-file /etc/caredesk/mail --limit 100
  $ caredesk alert send --dir outbox

Run it every few minutes. After a temporary failure an alert is tried again after 1, 5 and 15 minutes, then after 1, 4, \
  12 and 24 hours, ten times in all. The exit status is 9 if an alert was not delivered, and 7 if the server could not \
  be reached.

Connections to other machines are encrypted unless the address says `?tls=none`; `?sslrootcert=FILE` names the \
  certificate authorities of a private server.")]
pub(super) struct Send {
    #[command(flatten)]
    route: Route,
    /// The most messages to send in this run
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Also send these again, which failed or were interrupted
    #[arg(long, value_name = "ALERT", num_args = 1..)]
    again: Vec<Reference>,
}

pub(super) fn run(context: &Context, command: &Send) -> Result<()> {
    context.takes_no_operation_key()?;
    context.change_in_steps(Action::SendAlerts, || {
        let sender = command.route.sender(context)?;
        let mailer = command.route.mailer(context)?;
        let limit = command.limit.unwrap_or(i64::MAX);
        if context.dry_run {
            let (tally, rehearsed) = rehearse(context, &command.again, limit)?;
            return Ok((rehearsed.saying(tally.sentence()), Ok(())));
        }
        if !command.again.is_empty() {
            context.step("alert.again", |tx| put_back(context, tx, &command.again))?;
        }
        derive(context)?;
        let mut delivery = Delivery::new(context, mailer, sender);
        let done = delivery.all(limit);
        let Delivery { tally, change, .. } = delivery;
        let cut_off = warn_of_cut_off(context);
        let ending = match done {
            Ok(()) => tally.partial(cut_off?),
            Err(error) => Err(tally.reported(error, cut_off.unwrap_or(0))),
        };
        Ok((change.saying(tally.sentence()), ending))
    })
}

/// What the clock alone has led to is queued first (rule 2.11).
fn derive(context: &Context) -> Result<()> {
    if !context.read(|tx| context.has_alerts_to_derive(tx))? {
        return Ok(());
    }
    context.step("alert.derive", |tx| {
        let queued = context.derive_alerts(tx)?;
        let queued = queued.into_iter().map(|id| Ok(Change::created(store::alert::by_id(tx, id)?.view())));
        Ok(Change::all(queued.collect::<Result<Vec<_>>>()?))
    })?;
    Ok(())
}

/// Alerts that failed, were interrupted or still wait are due at once. What was interrupted is sent again as it was, with all that was
/// in the same message.
fn put_back(context: &Context, tx: &mut Tx<'_>, again: &[Reference]) -> Result<Change<AlertView>> {
    let mut change = Change::none();
    let mut done = HashSet::new();
    for reference in again {
        let named = store::lookup::<Alert>(tx, reference, context.visibility())?;
        if done.contains(&named.id) {
            continue;
        }
        named.must_be_open(context.now())?;
        let interrupted = named.mail.filter(|_| named.status == AlertStatus::Sending);
        let alerts = match interrupted {
            Some(mail) => store::alert::of_mail(tx, mail)?,
            None => vec![named],
        };
        for alert in alerts.iter().filter(|alert| alert.must_be_open(context.now()).is_ok()) {
            store::alert::put_back(tx, alert, context.now())?;
            done.insert(alert.id);
            change = change.and(Change::of(alert.view(), store::alert::by_id(tx, alert.id)?.view()));
        }
    }
    Ok(change)
}

/// The dry run: what would be sent, without contacting a server.
fn rehearse(context: &Context, again: &[Reference], limit: i64) -> Result<(Tally, Change<AlertView>)> {
    let mut tally = Tally::default();
    let change = context.step("alert.send", |tx| {
        put_back(context, tx, again)?;
        context.derive_alerts(tx)?;
        let mut change = Change::none();
        tally = Tally::default();
        for _ in 0..limit {
            let until = context.now() + TimeDelta::days(1);
            let alerts = delivery::taken(context, tx, context.key(), until)?;
            if alerts.is_empty() {
                break;
            }
            let mut after = Vec::new();
            for alert in &alerts {
                let attempt =
                    alert.obstacle().map_or(Attempt::Delivered, |why| Attempt::Withdrawn(why.to_owned()));
                after.push(alert.after(attempt, context.now()));
            }
            tally.add_message(&after);
            let views = alerts.iter().zip(&after);
            change =
                change.and(Change::all(views.map(|(before, after)| Change::of(before.view(), after.view()))));
        }
        Ok(change)
    })?;
    Ok((tally, change))
}

/// Returns the number of interrupted alerts, up to the number of listed ones; a warning names all of one message.
fn warn_of_cut_off(context: &Context) -> Result<usize> {
    const MOST_REPORTED: i64 = 100;
    let alerts = context.read(|tx| store::alert::cut_off(tx, context.clock.now(), MOST_REPORTED))?;
    for message in alerts.chunk_by(|one, other| one.1.is_some() && one.1 == other.1) {
        let codes: Vec<&str> = message.iter().map(|(code, _)| code.as_str()).collect();
        let quoted: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
        let (noun, it, first) = match codes.as_slice() {
            [one] => ("alert", "it", *one),
            several => ("alerts", "they", several.first().copied().unwrap_or_default()),
        };
        let again = if codes.len() == 1 { "it" } else { "them" };
        context.out.warn(&format!(
            "the delivery of {noun} {} was cut off, and {it} may or may not have arrived; `caredesk alert send --again {first}` sends {again} again, `caredesk alert dismiss {}` does not",
            quoted.join(", "),
            codes.join(" ")
        ));
    }
    Ok(alerts.len())
}
