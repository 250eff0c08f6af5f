//! `whoami`: who acts, with which rights, on which database.

use serde::Serialize;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Field, FieldKind, View, shown};

#[derive(Serialize)]
struct Me {
    login: String,
    name: String,
    level: &'static str,
    permissions: Vec<&'static str>,
    acted_by: Option<String>,
    database: String,
    time_zone: String,
}

impl View for Me {
    const FIELDS: &'static [Field] = &[
        shown("login", FieldKind::Code),
        shown("name", FieldKind::Text),
        shown("level", FieldKind::Status),
        shown("permissions", FieldKind::Text),
        shown("acted_by", FieldKind::Code),
        shown("database", FieldKind::Text),
        shown("time_zone", FieldKind::Text),
    ];

    fn code(&self) -> &str {
        &self.login
    }
}

pub(crate) fn run(context: &Context) -> Result<()> {
    let account = &context.actor.account;
    let me = Me {
        login: account.login.clone(),
        name: account.name.clone(),
        level: account.level.name(),
        permissions: account.permissions.iter().map(|permission| permission.name()).collect(),
        acted_by: context.actor.impersonator.clone(),
        database: context.location.to_string(),
        time_zone: context.zone.to_string(),
    };
    context.out.show(&me, || None)
}
