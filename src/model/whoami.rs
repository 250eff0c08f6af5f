//! The one who acts: for whom, and what it may do, in words (rule 2.13).

use super::access::{Level, Permission};
use crate::model::prelude::*;
use crate::model::work::Work;

view! {
    pub(crate) struct WhoAmI("whoami", |view| &view.login) {
        login: String => Code,
        name: String => Text,
        level: Level => Status,
        /// The providers that a portal account speaks for; none for staff.
        providers: Vec<Held> => Many,
        /// The resources that a portal account acts for; none for staff.
        resources: Vec<Held> => Many,
        permissions: Vec<Permission> => Text,
        /// What it may do, in words.
        may: Vec<String> => Many,
        /// What it may not do, and others of its sort may.
        may_not: Vec<String> => Many,
        /// What waits for it.
        work: Vec<Work> => Many,
        acted_by: Option<String> => Code,
        database: String => Text,
        time_zone: String => Text,
    }
}

/// A provider or a resource that an account holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Held {
    pub(crate) code: String,
    pub(crate) name: String,
}
