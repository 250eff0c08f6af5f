//! An entry of the audit trail as it is shown.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{Link, Seal, hex};
use crate::model::view::view;

view! {
    /// An entry as it is shown.
    #[schemars(rename = "AuditLine")]
    pub(crate) struct AuditView("audit", |view| view.number.to_string()) {
        number: i64 => Number,
        at: DateTime<Utc> => Instant,
        /// The login of the account that did it.
        by: String => Login,
        /// The login of the admin who used it.
        acted_by: Option<String> => Login(rank 1),
        action: String => Status,
        on: String => Text,
        before: Option<Value> => Text(hidden),
        after: Option<Value> => Text(hidden),
        /// Whether what it held was erased (`client erase`).
        erased: bool => YesNo(hidden),
        hash: String => Code(hidden),
    }
}

impl Link {
    pub(crate) fn view(&self) -> AuditView {
        let entry = &self.entry;
        AuditView {
            number: self.sequence,
            at: entry.at,
            by: entry.acting_as.as_ref().unwrap_or(&entry.actor).clone(),
            acted_by: entry.acting_as.is_some().then(|| entry.actor.clone()),
            action: entry.action.clone(),
            on: entry.subject.clone(),
            before: entry.before.as_deref().map(value),
            after: entry.after.as_deref().map(value),
            erased: matches!(self.seal, Seal::Erased(_)),
            hash: hex(&self.hash),
        }
    }
}

/// What is no JSON was written outside this program, and is shown as it is.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
