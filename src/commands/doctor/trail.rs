//! The audit trail, and what the rules of the program promise of the data: as `audit verify` and `database check` look at them.

use crate::commands::prelude::*;
use crate::model::doctor::Outcome;
use crate::model::trail::Difference;
use crate::store::database::RULES;
use crate::store::{audit, trail};

pub(super) fn chain(tx: &mut Tx<'_>) -> Result<Outcome> {
    let chain = audit::walk(tx, [])?;
    let broken: Vec<String> = chain.broken.into_iter().map(|broken| broken.what).collect();
    let well = format!("the audit trail is whole: {}", counted(chain.entries, "entry", "entries"));
    let detail = "the audit trail was changed outside of this program";
    Ok(Outcome::of(&broken, well, detail, Clone::clone, |_| "caredesk audit verify".to_owned()))
}

pub(super) fn recorded(tx: &mut Tx<'_>) -> Result<Outcome> {
    let found: Vec<String> = trail::compare(tx)?.iter().map(Difference::words).collect();
    let well = "all is as the audit trail says";
    let detail = "something is not as the audit trail says";
    Ok(Outcome::of(&found, well, detail, Clone::clone, |_| "caredesk database check".to_owned()))
}

pub(super) fn rules(tx: &mut Tx<'_>) -> Result<Outcome> {
    let mut found = Vec::new();
    for rule in RULES {
        let offenders = rule.violations(tx)?;
        found.extend(offenders.into_iter().map(|offender| format!("{offender} ({})", rule.words)));
    }
    let well = format!("the data keeps all of {} rules", RULES.len());
    let detail = "the data breaks a rule";
    Ok(Outcome::of(&found, well, detail, Clone::clone, |_| "caredesk database check".to_owned()))
}
