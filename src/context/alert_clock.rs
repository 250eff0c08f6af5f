//! Alerts of what the clock alone has led to: derived whenever alerts are sent, each once (rule 2.11).

use chrono::{Days, TimeDelta};

use super::{Context, Tx};
use crate::error::Result;
use crate::model::access::Permission;
use crate::model::alert::{self, AlertKind, Recipient};
use crate::model::id::AlertId;
use crate::store;
use crate::store::alert::{About, Doer};

/// How many days before its end an agreement or a release alerts are due.
const NOTICE: Days = Days::new(14);
/// What is older is no news any more, where no alerts were sent for so long.
const STALE: TimeDelta = TimeDelta::days(14);

impl Context {
    /// Whether there is something to derive, so that a run with nothing to do writes nothing.
    pub(crate) fn has_alerts_to_derive(&self, tx: &mut Tx<'_>) -> Result<bool> {
        for (kind, about) in self.due_by_the_clock(tx)? {
            if alert::alerted(&concerned(tx, &about)?, kind, &[]).is_ok() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Queues these alerts.
    pub(crate) fn derive_alerts(&self, tx: &mut Tx<'_>) -> Result<Vec<AlertId>> {
        let mut queued = Vec::new();
        for (kind, about) in self.due_by_the_clock(tx)? {
            for recipient in alert::alerted(&concerned(tx, &about)?, kind, &[]).unwrap_or_default() {
                queued.extend(self.queue_alert(tx, recipient, kind, &about)?);
            }
        }
        Ok(queued)
    }

    fn due_by_the_clock(&self, tx: &mut Tx<'_>) -> Result<Vec<(AlertKind, About)>> {
        let days = (self.today, self.today + NOTICE);
        let mut ending = store::alert::ending_requests(tx, days)?;
        ending.extend(store::alert::ending_releases(tx, days)?);
        let not_before = self.now() - STALE;
        let kinds = [
            (AlertKind::Offered, store::alert::opened(tx, not_before)?),
            (AlertKind::Lapsed, store::alert::lapsed(tx, not_before, self.now())?),
            (AlertKind::Ending, ending),
        ];
        Ok(kinds
            .into_iter()
            .flat_map(|(kind, all)| all.into_iter().map(move |about| (kind, about)))
            .collect())
    }
}

/// The accounts that speak for the provider, or without one those of the hub that had to do with it.
fn concerned(tx: &mut Tx<'_>, about: &About) -> Result<Vec<Recipient>> {
    if let Some(provider) = about.provider {
        let permission = match about.package {
            Some(_) => Permission::RespondPackages,
            None => Permission::AnswerSharing,
        };
        return store::alert::at_provider(tx, provider, permission);
    }
    let doers = [
        Doer { of_package: about.package, ..Doer::default() },
        Doer { asked: about.request, ..Doer::default() },
        Doer { answered: about.request, ..Doer::default() },
        Doer { of_release: about.release, ..Doer::default() },
    ];
    let mut recipients: Vec<Recipient> = Vec::new();
    for doer in doers.into_iter().filter(|doer| *doer != Doer::default()) {
        recipients.extend(store::alert::at_hub(tx, doer)?);
    }
    recipients.sort_by(|one, other| one.login.cmp(&other.login));
    recipients.dedup();
    Ok(recipients)
}
