//! `demo sharing`.

use super::stage::{Stage, ZONE};
use crate::commands::prelude::*;

/// Two providers of one client: a request, a consent with an end, a look that is registered, and a revocation.
pub(super) fn tell(stage: &Stage<'_>) -> Result<()> {
    Stage::say("A new hub, and the providers of its town. Grace has visits of two of them.")?;
    stage.line(&["init", "--time-zone", ZONE])?;
    stage.import(&stage.folder.join("directory"))?;
    stage.line(&["client", "create", "--given", "Grace", "--family", "Adeyemi"])?;
    stage.line(&["client", "enroll", "grace", "harbour"])?;
    stage.line(&["client", "enroll", "grace", "northgate"])?;
    stage.line(&[
        "record", "add", "grace", "--provider", "northgate", "--type", "clinical", "--date", "today",
        "--title", "Insulin, twice a day",
    ])?;
    Stage::say("Northgate shares clinical records client by client, and only until a day that is named.")?;
    stage.line(&[
        "sharing", "setup", "northgate", "--type", "clinical", "--level", "1", "--client-by-client", "on",
        "--require-expiry", "on",
    ])?;
    stage.line(&["sharing", "link", "northgate", "harbour", "--type", "clinical"])?;
    asked_and_agreed(stage)
}

fn asked_and_agreed(stage: &Stage<'_>) -> Result<()> {
    let look = ["record", "list", "grace", "--viewer", "harbour"];
    let explain = [
        "sharing", "explain", "grace", "--owner", "northgate", "--recipient", "harbour", "--type", "clinical",
    ];
    Stage::say("Harbour's carers need to know. So far they see nothing, and the program says why.")?;
    stage.line(&look)?;
    stage.line(&explain)?;
    stage.line(&[
        "sharing", "request", "grace", "--owner", "northgate", "--recipient", "harbour", "--type",
        "clinical", "--purpose", "treatment",
    ])?;
    let code = stage.first_code(&["sharing", "list"])?;
    Stage::say("Grace signs today, for three months. Now the record is there, and nothing else.")?;
    stage.line(&["sharing", "grant", &code, "--signed", "today", "--expires", "+90d"])?;
    stage.line(&look)?;
    Stage::say("She may change her mind at any time.")?;
    stage.line(&["sharing", "revoke", &code, "--reason", "she wants no more of it shared", "--yes"])?;
    stage.line(&look)?;
    stage.line(&["sharing", "show", &code])
}
