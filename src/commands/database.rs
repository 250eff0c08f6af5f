//! `database`: maintenance of the database as a whole.

use crate::model::view::view;
use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Kind, Result};
use crate::model::access::Action;
use crate::output::Outcome;
use crate::store::{audit, database as promise};

#[derive(Args)]
pub(crate) struct Database {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Bring an older database up to date, after a copy was set aside; every other command does so too
    Migrate,
    /// Check for damage, and for data that breaks a rule of the program
    Check,
}

view! {
    struct Migrated("database", |view| &view.database) {
        database: String => Text,
        from: i64 => Number,
        to: i64 => Number,
        copy: Option<String> => Text,
    }
}

view! {
    /// The result of one check.
    struct Finding("database", |view| view.check) {
        check: &'static str => Text,
        ok: bool => YesNo,
        found: Vec<String> => Text,
    }
}

/// An invariant and the query that finds its violations.
type Promise = (&'static str, fn(&mut Tx<'_>) -> Result<Vec<String>>);

const PROMISES: &[Promise] = &[
    ("a package has the status that its offers say", promise::package_status),
    ("of an accepted package nothing is left to answer", promise::package_race),
    ("a package is offered to at least one provider", promise::package_providers),
    ("a package has visits", promise::package_visits),
    ("the visits of a package are of its referral", promise::package_referral),
    ("a package holds its visits until it is recalled", promise::package_release),
    ("a provider has one agency record", promise::provider_agency),
    ("a referral has a status of its queue", promise::referral_queue),
    ("referrals arrive in an open status", promise::queue_arrival),
    ("no two bounded entries of capacity overlap", promise::capacity_overlap),
    ("only portal accounts have resources and permissions", promise::account_portal),
    ("the document of a release is all there", promise::release_document),
    ("a release is for all providers or for named ones", promise::release_recipient),
    ("a sharing request has one label, and is open under pending or granted", promise::request_label),
    (
        "of settings, links, enrolments, labels and terms one version holds at a time",
        promise::version_overlap,
    ),
    ("a contract has a term and a category", promise::contract_term),
    ("the contract of a record is of its provider", promise::record_contract),
    ("the register of disclosures names another's records and their basis", promise::disclosure_basis),
];

pub(crate) fn run(context: &Context, command: &Database) -> Result<()> {
    context.actor.may(Action::LookAfterDatabase)?;
    match command.verb {
        Verb::Migrate => migrate(context),
        Verb::Check => check(context),
    }
}

/// The migration itself happens when the database is opened, since no command works on an older schema.
fn migrate(context: &Context) -> Result<()> {
    let change_report = context.out.change_report()?;
    let upgrade = context.upgrade.as_ref().ok_or_else(|| Error::internal("the database was not opened"))?;
    let copy = upgrade.copy.as_ref().map(|copy| copy.display().to_string());
    let migrated =
        Migrated { database: context.location.to_string(), from: upgrade.from, to: upgrade.to, copy };
    if migrated.from == migrated.to {
        let sentence = format!("The database is up to date: its schema is {}.", migrated.to);
        return change_report.say(Outcome::Unchanged, &sentence, &migrated);
    }
    let copy =
        migrated.copy.as_ref().map(|copy| format!(" As it was before it is at {copy}.")).unwrap_or_default();
    let sentence = format!("Brought the database from schema {} to {}.{copy}", migrated.from, migrated.to);
    change_report.say(Outcome::Updated, &sentence, &migrated)
}

fn check(context: &Context) -> Result<()> {
    let findings = findings(context)?;
    let unsound = findings.iter().filter(|finding| !finding.ok).count();
    let mut list = context.out.list::<Finding>()?;
    for finding in &findings {
        list.row(finding)?;
    }
    list.end("nothing was looked at")?;
    if unsound == 0 {
        return Ok(());
    }
    Err(Error::new(
        Kind::Environment,
        "database.unsound",
        format!("{unsound} of {} checks found something", findings.len()),
    )
    .hint("keep the database as it is, look into `caredesk audit list`, and compare it with a backup")
    .detail("unsound", unsound))
}

fn findings(context: &Context) -> Result<Vec<Finding>> {
    let mut findings = vec![finding("the file is whole", context.with_database(|db| db.integrity_errors())?)];
    context.read(|tx| {
        for (check, offenders) in PROMISES {
            findings.push(finding(check, offenders(tx)?));
        }
        let chain = audit::walk(tx)?;
        findings.push(finding(
            "the audit trail is whole",
            chain.broken.into_iter().map(|broken| broken.what).collect(),
        ));
        Ok(())
    })?;
    Ok(findings)
}

fn finding(check: &'static str, found: Vec<String>) -> Finding {
    Finding { check, ok: found.is_empty(), found }
}
