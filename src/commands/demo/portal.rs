//! `demo portal`.

use super::stage::{Stage, ZONE};
use crate::commands::prelude::*;

/// Of the contact, which people quote.
const NUMBER: &str = "2026-0142";

/// A queue and its resources, an account with just the rights it needs, a referral that goes there and comes to an end.
pub(super) fn tell(stage: &Stage<'_>) -> Result<()> {
    Stage::say("A new hub, and the providers of its town.")?;
    stage.line(&["init", "--time-zone", ZONE])?;
    stage.import(&stage.folder.join("directory"))?;
    Stage::say(
        "People come home from hospital. Two organisations can help, each with the same list of statuses.",
    )?;
    stage.line(&[
        "queue", "create", "After hospital", "--status", "Referred", "--status", "Attempting contact",
        "--status", "Enrolled", "--status", "Not needed:closed",
    ])?;
    stage.line(&["queue", "add-resource", "after hospital", "second spring", "harbour"])?;
    Stage::say(
        "Rosa of Second Spring gets an account with just these rights, and says how many they can take.",
    )?;
    stage.line(&[
        "account", "create", "rosa", "--name", "Rosa Quill", "--level", "provider-portal", "--resource",
        "second spring", "--can", "edit-capacity", "change-status",
    ])?;
    stage.line(&["--as", "rosa", "capacity", "set", "2", "--unit", "places"])?;
    Stage::say("Walter has a new hip. Who has room?")?;
    stage.line(&["report", "capacity", "--queue", "after hospital"])?;
    stage.line(&[
        "contact",
        "create",
        "--given",
        "Walter",
        "--family",
        "Marsh",
        "--number",
        NUMBER,
        "--details",
        "Home from hospital on Friday after a new hip.",
    ])?;
    stage.line(&[
        "referral", "create", "--queue", "after hospital", "--contact", NUMBER, "--resource", "second spring",
    ])?;
    at_the_provider(stage)
}

fn at_the_provider(stage: &Stage<'_>) -> Result<()> {
    Stage::say("Rosa sees it, and nothing of the others. She moves it on as things happen.")?;
    stage.line(&["--as", "rosa", "referral", "list"])?;
    stage.line(&[
        "--as", "rosa", "referral", "set-status", NUMBER, "attempting contact", "--note", "rang, no answer",
    ])?;
    stage.line(&["--as", "rosa", "referral", "set-status", NUMBER, "enrolled"])?;
    Stage::say("So the hub knows what became of it, and who did what.")?;
    stage.line(&["referral", "history", NUMBER])?;
    stage.line(&["account", "explain", "rosa", "--referral", NUMBER])
}
