//! `whoami`: who acts, with which rights, on which database.

use serde::Serialize;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Field, Record, Shape, shown};

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

impl Record for Me {
    const FIELDS: &'static [Field] = &[
        shown("login", Shape::Text),
        shown("name", Shape::Text),
        shown("level", Shape::Text),
        shown("permissions", Shape::Text),
        shown("acted_by", Shape::Text),
        shown("database", Shape::Text),
        shown("time_zone", Shape::Text),
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
        acted_by: context.actor.behind.clone(),
        database: context.place.to_string(),
        time_zone: context.zone.to_string(),
    };
    context.out.show(&me, || None)
}
