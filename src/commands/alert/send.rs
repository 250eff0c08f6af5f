//! `alert send`: no alert is lost or sent twice.
//!
//! Each step is a transaction of its own, so that a run that is interrupted leaves a correct state:
//!
//! 1. *Reserve.* `next_attempt_at` of a waiting alert moves to the end of the longest possible delivery. Other runs
//!    skip it until then, and that instant identifies the reservation in the steps below. If the run is killed now, the
//!    alert still waits and a later run takes it.
//! 2. *Claim.* Server and recipient have been accepted and only the content is left: `waiting` becomes `sending`. A
//!    run that has lost its reservation meanwhile (another run took over, or the referral was assigned elsewhere)
//!    disconnects instead of sending.
//! 3. *Finish*, right after the answer: `sent`, or `waiting` again with a pause, or `failed`.
//!
//! An alert that is interrupted between 2 and 3 stays `sending`, because it cannot be known whether it arrived. It is
//! never sent again automatically. Every later run warns about it, and a person decides: `alert send --again` sends it
//! with the same `Message-ID`, `alert dismiss` closes it.

use super::delivery::Delivery;
use super::route::Route;
use crate::commands::prelude::*;
use crate::model::alert::{AlertView, Attempt, Tally};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk alert send --smtp smtp://localhost --from 'The Hub <alerts@hub.example>'
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
    /// The most to send in this run
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

/// Alerts that failed, were interrupted or still wait are due at once.
fn put_back(context: &Context, tx: &mut Tx<'_>, again: &[Reference]) -> Result<Change<AlertView>> {
    let put_back = |reference| {
        let alert = store::lookup::<Alert>(tx, reference, context.visibility())?;
        alert.must_be_open(context.now())?;
        store::alert::put_back(tx, &alert, context.now())?;
        Ok(Change::of(alert.view(), store::alert::by_id(tx, alert.id)?.view()))
    };
    Ok(Change::all(again.iter().map(put_back).collect::<Result<Vec<_>>>()?))
}

/// The dry run: what would be sent, without contacting a server.
fn rehearse(context: &Context, again: &[Reference], limit: i64) -> Result<(Tally, Change<AlertView>)> {
    let mut tally = Tally::default();
    let change = context.step("alert.send", |tx| {
        put_back(context, tx, again)?;
        let mut sent = Vec::new();
        while i64::try_from(sent.len()).is_ok_and(|number| number < limit) {
            let Some(id) = store::alert::due(tx, context.now())? else { break };
            let alert = store::alert::by_id(tx, id)?;
            let attempt =
                alert.obstacle().map_or(Attempt::Delivered, |why| Attempt::Withdrawn(why.to_owned()));
            let after = alert.after(attempt, context.now());
            store::alert::finish(tx, alert.next_attempt_at, &after)?;
            sent.push((alert.view(), after.view()));
        }
        tally = Tally::default();
        for (_, after) in &sent {
            tally.add(after.status);
        }
        Ok(Change::all(sent.into_iter().map(|(before, after)| Change::of(before, after))))
    })?;
    Ok((tally, change))
}

/// Returns the number of interrupted deliveries, up to the number of listed ones.
fn warn_of_cut_off(context: &Context) -> Result<usize> {
    const MOST_REPORTED: i64 = 100;
    let codes = context.read(|tx| store::alert::cut_off(tx, context.clock.now(), MOST_REPORTED))?;
    for code in &codes {
        context.out.warn(&format!("the delivery of alert `{code}` was cut off, and it may or may not have arrived; `caredesk alert send --again {code}` sends it again, `caredesk alert dismiss {code}` does not"));
    }
    Ok(codes.len())
}
