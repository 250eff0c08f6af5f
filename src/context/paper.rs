//! What stands at the foot of documents that are printed.

use chrono::{DateTime, Utc};

use super::Context;
use crate::interchange::pdf::PdfDocument;
use crate::model::time::long_date;

impl Context {
    /// A document with the hub in its head, `kind` beside it and who prints it at its foot, in which nothing stands yet.
    pub(crate) fn paper(&self, hub: Option<String>, kind: &str) -> PdfDocument {
        PdfDocument {
            mark: if hub.is_some() { kind } else { "Confidential" }.to_owned(),
            letterhead: hub.unwrap_or_else(|| kind.to_owned()),
            footer: self.printed_by(),
            author: self.actor.account.name.clone(),
            at: self.now(),
            ..PdfDocument::default()
        }
    }

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
