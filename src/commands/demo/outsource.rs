//! `demo outsource`.

use std::path::Path;

use chrono::Days;

use super::stage::{Stage, ZONE};
use crate::commands::prelude::*;

/// A week of visits, a package to three providers: one rejects, one accepts, one is too late; then the calendar.
pub(super) fn tell(stage: &Stage<'_>, directory: &Path) -> Result<()> {
    let monday = stage.monday()?;
    Stage::say("A new hub, and the providers of its town.")?;
    stage.line(&["init", "--time-zone", ZONE])?;
    stage.import(directory)?;
    Stage::say("Ada needs help in the morning and in the evening, all week.")?;
    stage.line(&["client", "create", "--given", "Ada", "--family", "Winterbourne"])?;
    stage.line(&["referral", "create", "--queue", "home care", "--client", "ada"])?;
    let (referral, providers) = cast(stage)?;
    let (morning, evening) = (format!("{monday} 08:00"), format!("{monday} 18:30"));
    let sunday = (monday + Days::new(6)).to_string();
    stage.line(&[
        "visit", "add", &referral, "--start", &morning, "--duration", "45", "--weekly", "daily", "--until",
        &sunday,
    ])?;
    race(stage, &referral, &providers)?;
    Stage::say("The evenings stay with the hub's own carers.")?;
    stage.line(&[
        "visit", "add", &referral, "--start", &evening, "--duration", "30", "--weekly", "mon,wed,fri",
        "--until", &sunday,
    ])?;
    Stage::say("And this is the week:")?;
    stage.line(&["schedule", "show", &referral, "--week", &monday.to_string()])?;
    Stage::say("Every step is recorded, and no later change of that record goes unseen.")?;
    stage.line(&["audit", "verify"])
}

fn race(stage: &Stage<'_>, referral: &str, providers: &[Provider]) -> Result<()> {
    let [first, second, third] = providers else {
        return Err(Error::invalid("demo.providers", "the directory has fewer than three active providers"));
    };
    Stage::say("The mornings go to three providers as one package. The first to accept wins.")?;
    let (a, b, c) = (first.name.as_str(), second.name.as_str(), third.name.as_str());
    stage.line(&[
        "outsource", "create", referral, "--all-visits", "--provider", a, b, c, "--reference",
        "Winterbourne week",
    ])?;
    stage.line(&[
        "package", "respond", "Winterbourne week", "--provider", a, "--reject", "--reason",
        "no staff that week",
    ])?;
    stage.line(&["package", "respond", "Winterbourne week", "--provider", b, "--accept"])?;
    Stage::say("The third is a moment too late and gets a clear answer:")?;
    stage.line_that_may_fail(&["package", "respond", "Winterbourne week", "--provider", c, "--accept"])?;
    stage.line(&["package", "show", "Winterbourne week"])
}

/// The new referral and three active providers, home-care providers first.
fn cast(stage: &Stage<'_>) -> Result<(String, Vec<Provider>)> {
    let (referrals, mut providers) = stage.read(|tx| {
        let active = store::provider::Filter { active: Some(true), ..Default::default() };
        Ok((
            store::referral::list(tx, &store::referral::Filter::default(), Visibility::INTERNAL, 1)?,
            store::provider::list(tx, &active, Visibility::INTERNAL, i64::MAX)?,
        ))
    })?;
    let brings_care_home = |provider: &Provider| provider.name.to_lowercase().contains("home");
    providers.sort_by_key(|provider| !brings_care_home(provider));
    providers.truncate(3);
    let referral = referrals.into_iter().next().ok_or_else(|| Error::internal("the demo has no referral"))?;
    Ok((referral.code, providers))
}
