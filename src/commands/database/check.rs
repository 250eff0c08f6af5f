//! `database check`: looks for damage, and for data that breaks a rule of the program.

use crate::commands::prelude::*;
use crate::model::trail::Difference;
use crate::store::database::RULES;
use crate::store::{audit, trail};

view! {
    /// The result of one check.
    pub(super) struct Finding("database", |view| view.check) {
        check: &'static str => Text,
        ok: bool => YesNo,
        found: Vec<String> => Text,
    }
}

pub(super) fn run(context: &Context) -> Result<()> {
    let findings = findings(context)?;
    let unsound = findings.iter().filter(|finding| !finding.ok).count();
    let count = findings.len();
    context.out.rows(findings, "nothing was looked at")?;
    if unsound == 0 {
        return Ok(());
    }
    Err(Error::new(
        Kind::Environment,
        "database.unsound",
        format!("{unsound} of {count} checks found something"),
    )
    .hint("keep the database as it is, look into `caredesk audit list`, and compare it with a backup")
    .detail("unsound", unsound))
}

fn findings(context: &Context) -> Result<Vec<Finding>> {
    let mut findings = vec![finding("the file is whole", context.with_database(|db| db.integrity_errors())?)];
    context.read(|tx| {
        for rule in RULES {
            findings.push(finding(rule.words, rule.violations(tx)?));
        }
        let chain = audit::walk(tx, [])?;
        findings.push(finding(
            "the audit trail is whole",
            chain.broken.into_iter().map(|broken| broken.what).collect(),
        ));
        let differences = trail::compare(tx)?;
        findings.push(finding(
            "everything is as the audit trail tells",
            differences.iter().map(Difference::words).collect(),
        ));
        Ok(())
    })?;
    Ok(findings)
}

fn finding(check: &'static str, found: Vec<String>) -> Finding {
    Finding { check, ok: found.is_empty(), found }
}
