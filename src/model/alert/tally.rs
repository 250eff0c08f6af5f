//! The results of one run of deliveries.

use super::{Alert, AlertStatus};
use crate::model::prelude::*;

/// The results of the attempts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) sent: usize,
    pub(crate) waiting: usize,
    pub(crate) failed: usize,
    pub(crate) unknown: usize,
    pub(crate) withdrawn: usize,
    /// In how many messages what was sent went out.
    pub(crate) messages: usize,
}

impl Tally {
    /// Adds the alerts of one message.
    pub(crate) fn add_message(&mut self, alerts: &[Alert]) {
        for alert in alerts {
            self.add(alert.status);
        }
        self.messages += usize::from(alerts.iter().any(|alert| alert.status == AlertStatus::Sent));
    }

    fn add(&mut self, status: AlertStatus) {
        *match status {
            AlertStatus::Sent => &mut self.sent,
            AlertStatus::Waiting => &mut self.waiting,
            AlertStatus::Failed => &mut self.failed,
            AlertStatus::Sending => &mut self.unknown,
            AlertStatus::Withdrawn => &mut self.withdrawn,
        } += 1;
    }

    /// `Sent 2 alerts; 1 waits for another attempt.`
    pub(crate) fn sentence(&self) -> String {
        if *self == Tally::default() {
            return "No alert is due.".to_owned();
        }
        let several = |number: usize, words: &str| (number > 0).then(|| format!("{number} {words}"));
        let messages = match self.messages {
            messages if messages < self.sent => format!(" in {}", counted(messages, "message", "messages")),
            _ => String::new(),
        };
        let parts = [
            Some(format!("Sent {}{messages}", counted(self.sent, "alert", "alerts"))),
            several(self.waiting, "to be tried again"),
            several(self.failed, "failed for good"),
            several(self.unknown, "cut off"),
            several(self.withdrawn, "withdrawn"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ") + "."
    }

    /// A partial error if a delivery failed or may have failed. `cut_off` counts interrupted deliveries,
    /// including those of earlier runs.
    pub(crate) fn partial(&self, cut_off: usize) -> Result<()> {
        let (left, cut_off) = (self.waiting + self.failed, cut_off.max(self.unknown));
        let parts = [
            (left > 0).then(|| format!("{} not delivered", counted(left, "alert was", "alerts were"))),
            (cut_off > 0).then(|| {
                format!(
                    "{} cut off, and may or may not have arrived",
                    counted(cut_off, "alert was", "alerts were")
                )
            }),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return Ok(());
        }
        Err(self.reported(
            Error::new(Kind::Partial, "alert.partial", parts.join("; "))
                .hint("`caredesk alert list --status waiting`, `failed` and `sending` show what is open"),
            cut_off,
        ))
    }

    /// The error with the results before it. `cut_off` as for [`Tally::partial`].
    pub(crate) fn reported(&self, error: Error, cut_off: usize) -> Error {
        error
            .detail("sent", self.sent)
            .detail("waiting", self.waiting)
            .detail("failed", self.failed)
            .detail("cut_off", cut_off.max(self.unknown))
            .detail("withdrawn", self.withdrawn)
    }
}
