//! What stands at the foot of documents that are printed.

use chrono::{DateTime, Utc};

use super::Context;
use crate::model::time::long_date;

impl Context {
    /// Two lines with the name of the person and the time, in the hub's time zone; with `--at` that of then, too.
    pub(crate) fn printed_by(&self) -> [String; 2] {
        let account = &self.actor.account;
        let who = match &self.actor.impersonator {
            Some(impersonator) => format!("{impersonator}, acting as {} ({})", account.name, account.login),
            None if account.name == account.login => account.login.clone(),
            None => format!("{} ({})", account.name, account.login),
        };
        let moment = |at: DateTime<Utc>| {
            let local = at.with_timezone(&self.zone);
            format!("on {} at {}", long_date(local.date_naive()), local.format("%H:%M"))
        };
        let (printed, stood) = match self.past.asked {
            Some(asked) => (asked, format!("As it stood {}. ", moment(self.run.now))),
            None => (self.now(), String::new()),
        };
        [
            format!("{stood}Printed by {who} {} ({}).", moment(printed), self.zone),
            "Confidential: this document holds personal data.".to_owned(),
        ]
    }
}
