//! `whoami`: who acts, with which rights, on which database.

use crate::commands::prelude::*;
use crate::model::access::Level;

view! {
    struct WhoAmI("whoami", |view| &view.login) {
        login: String => Code,
        name: String => Text,
        level: Level => Status,
        permissions: Vec<Permission> => Text,
        acted_by: Option<String> => Code,
        database: String => Text,
        time_zone: String => Text,
    }
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.shows::<WhoAmI>();
}

pub(crate) fn run(context: &Context) -> Result<()> {
    let account = &context.actor.account;
    let me = WhoAmI {
        login: account.login.clone(),
        name: account.name.clone(),
        level: account.level,
        permissions: account.permissions.clone(),
        acted_by: context.actor.impersonator.clone(),
        database: context.location.to_string(),
        time_zone: context.zone.to_string(),
    };
    context.out.show(&me, || None)
}
