//! What stands at the foot of documents that are printed.

use super::Context;
use crate::model::time::long_date;

impl Context {
    /// Two lines with the name of the person and the time, in the hub's time zone.
    pub(crate) fn printed_by(&self) -> [String; 2] {
        let account = &self.actor.account;
        let who = match &self.actor.impersonator {
            Some(impersonator) => format!("{impersonator}, acting as {} ({})", account.name, account.login),
            None if account.name == account.login => account.login.clone(),
            None => format!("{} ({})", account.name, account.login),
        };
        let local = self.now().with_timezone(&self.zone);
        let (day, time) = (long_date(local.date_naive()), local.format("%H:%M"));
        [
            format!("Printed by {who} on {day} at {time} ({}).", self.zone),
            "Confidential: this document holds personal data.".to_owned(),
        ]
    }
}
