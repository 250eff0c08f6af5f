//! Mails as they would go, and who would be alerted of a thing.

use super::{AlertKind, Unalerted};
use crate::model::prelude::*;

view! {
    /// A mail as it would be sent now. It holds no personal data of a client (rule 2.9).
    pub(crate) struct MailView("mail", |view| &view.to) {
        to: String => Code,
        subject: String => Text,
        /// The codes of its alerts. Those of what the clock has led to are new with each look until a run queues them.
        alerts: Vec<String> => Text,
        /// The whole message, with its headers, as a mail server gets it.
        message: String => Text(hidden),
    }
}

view! {
    /// Whether an account is alerted of what happens to a thing, and if not, why.
    pub(crate) struct AudienceView("account", |view| view.account.as_deref().unwrap_or_default()) {
        /// None where no account acts there.
        account: Option<String> => Login,
        /// The provider, the resource or the hub that it stands for.
        of: String => Text,
        kinds: Vec<AlertKind> => Text,
        is_alerted as "alerted": bool => YesNo,
        reason: Option<Unalerted> => Status,
        /// The alerts of these kinds about the thing that the account has had.
        alerts: Vec<String> => Text,
    }
}
