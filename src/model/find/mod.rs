//! `find`: what a text may mean, and how well a thing fits it.

mod ask;
mod dates;
mod fit;

pub(crate) use ask::{Asked, Combination};
pub(crate) use fit::{Fit, Side};

use crate::model::prelude::*;

names! {
    /// What can be found.
    pub(crate) enum FoundKind {
        Client = "client",
        Contact = "contact",
        Referral = "referral",
        Package = "package",
        Visit = "visit",
        Provider = "provider",
        Resource = "resource",
        Account = "account",
        Queue = "queue",
        Release = "release",
        /// Of a sharing request
        Request = "request",
    }
}

view! {
    /// Something that fits a text.
    pub(crate) struct Found("thing", |view| &view.code) {
        @fit: Fit,
        // The client whom a portal account comes to see.
        @seen: Option<ClientId>,
        kind: FoundKind => Status,
        /// What means it in a command: a code, the number of a contact, a login, the name of a queue.
        code: String => Code,
        name: Option<String> => Text,
        /// What of it fits the text: `name`, `phone 01632 960142`.
        matched: String => Text(rank 1),
        /// The command that shows it.
        command: String => Code,
    }
}
