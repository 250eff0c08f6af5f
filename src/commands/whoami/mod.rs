//! `whoami`: who acts, for whom, with which rights, on which database; and `caredesk` alone: what waits for the actor.

mod work;

use crate::commands::prelude::*;
use crate::model::whoami::{Held, WhoAmI};
use crate::model::work::Desk;

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.shows::<WhoAmI>();
    schemas.shows::<Desk>();
}

pub(crate) fn run(context: &Context) -> Result<()> {
    let actor = &context.actor;
    let account = &actor.account;
    let (providers, resources) = if actor.is_portal() { held(context)? } else { Default::default() };
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
        database: context.location.to_string(),
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

/// The providers that a portal account speaks for, and the resources that it acts for.
fn held(context: &Context) -> Result<(Vec<Held>, Vec<Held>)> {
    let visibility = context.visibility();
    context.read(|tx| {
        let providers = store::provider::list(tx, &store::provider::Filter::default(), visibility, i64::MAX)?;
        let resources = store::resource::list(tx, &store::resource::Filter::default(), visibility, i64::MAX)?;
        let providers = providers.into_iter().map(|one| Held { code: one.code, name: one.name });
        let resources = resources.into_iter().map(|one| Held { code: one.code, name: one.name });
        Ok((providers.collect(), resources.collect()))
    })
}
