//! `whoami`: who acts, for whom, with which rights, on which database; and `caredesk` alone: what waits for the actor.

mod work;

use crate::commands::prelude::*;
use crate::context::held;
use crate::model::whoami::WhoAmI;
use crate::model::work::Desk;

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.shows::<WhoAmI>();
    schemas.shows::<Desk>();
}

pub(crate) fn run(context: &Context) -> Result<()> {
    let actor = &context.actor;
    let account = &actor.account;
    let (providers, resources) = context.read(|tx| held(tx, account))?;
    let (may, may_not) = account.rights(!providers.is_empty());
    let me = WhoAmI {
        login: account.login.clone(),
        name: account.name.clone(),
        level: account.level,
        providers,
        resources,
        permissions: account.permissions.clone(),
        may,
        may_not,
        work: work::work(context)?,
        acted_by: actor.impersonator.clone(),
        database: context.database_name(),
        time_zone: context.zone.to_string(),
    };
    context.out.show(&me, || Some(output::whoami::card(&me, &context.out)))
}

/// `caredesk` alone.
pub(crate) fn desk(context: &Context) -> Result<()> {
    let account = &context.actor.account;
    let desk = Desk { login: account.login.clone(), name: account.name.clone(), work: work::work(context)? };
    context.out.show(&desk, || Some(output::whoami::desk(&desk, &context.out)))
}
