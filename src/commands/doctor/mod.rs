//! `doctor`: whether all is well with the file or the server, the audit trail, the work and the people, and what mends what
//! is not (rule 7.20). It reads in one snapshot and records nothing.

mod accounts;
mod backups;
mod file;
mod people;
mod server;
mod sharing;
mod trail;
mod work;

use chrono::TimeDelta;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::commands::prelude::*;
use crate::context::health::Health;
use crate::model::doctor::{Check, CheckGroup, CheckResult, Diagnosis, Outcome, Part};
use crate::model::span::span;

/// Up to this size all of the database is looked through unasked.
const SMALL: u64 = 64 << 20;

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.lists::<Diagnosis>();
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk doctor
  $ caredesk doctor --only work,people --idle-days 14
  $ caredesk doctor --except incomplete-releases -o json

Each check says how many it found, the first of them, and the command that mends these; words in capitals are to be filled in. The \
  exit status is 8 if one has found something, and `-q` prints the names of these alone. What is only worth a look is a note, and leaves it 0. What takes \
  long is left out of a database above 64 MiB, unless with `--full`. Checks of the file, the server, backups and the trail are for admins.")]
pub(crate) struct Doctor {
    /// Only these checks, or those of these groups
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = part())]
    only: Vec<Part>,
    /// All but these checks, or those of these groups
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = part())]
    except: Vec<Part>,
    /// Also look through all of a large database: its file, the whole trail, all clients
    #[arg(long)]
    full: bool,
    /// Referrals without a new status for so many days are idle
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = days())]
    idle_days: i64,
    /// Accounts that did nothing for so many days are unused
    #[arg(long, value_name = "DAYS", default_value = "90", value_parser = days())]
    unused_days: i64,
    /// Grants and releases that end within so many days end soon
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = days())]
    ending_days: i64,
    /// Capacity that was set more than so many days ago is old
    #[arg(long, value_name = "DAYS", default_value = "7", value_parser = days())]
    capacity_days: i64,
    /// The last backup may be so old: 26h, 7d
    #[arg(long, value_name = "SPAN", default_value = "26h", value_parser = span)]
    backup_age: TimeDelta,
    /// So long ago a backup may have been verified last
    #[arg(long, value_name = "SPAN", default_value = "35d", value_parser = span)]
    verify_age: TimeDelta,
    /// Alerts that are due for so long are not sent: 30m, 4h, 1d
    #[arg(long, value_name = "SPAN", default_value = "1h", value_parser = span)]
    alert_age: TimeDelta,
}

fn part() -> impl TypedValueParser<Value = Part> {
    PossibleValuesParser::new(Part::names()).try_map(|name| {
        Part::from_name(&name).ok_or_else(|| format!("`{name}` is neither a check nor a group of checks"))
    })
}

fn days() -> clap::builder::RangedI64ValueParser {
    clap::value_parser!(i64).range(1..=36_500)
}

/// What a check looks with.
struct Look<'a> {
    context: &'a Context,
    command: &'a Doctor,
    /// None for who may not look after the database.
    health: Option<Health>,
}

pub(crate) fn run(context: &Context, command: &Doctor) -> Result<()> {
    context.require(Action::ReadReports)?;
    context.out.can_show::<Diagnosis>()?;
    let is_named = |check: Check| command.only.contains(&Part::Check(check));
    if Check::ALL.iter().any(|&check| is_named(check) && is_of_database(check)) {
        context.require(Action::LookAfterDatabase)?;
    }
    let may_look = context.has_right(Action::LookAfterDatabase);
    let health = if may_look { Some(context.health()?) } else { None };
    let look = Look { context, command, health };
    let is_wanted = |check: &Check| {
        let is_asked_for = command.only.is_empty() || command.only.iter().any(|part| part.covers(*check));
        let is_left_out = command.except.iter().any(|part| part.covers(*check));
        is_asked_for && !is_left_out && (is_named(*check) || look.concerns(*check))
    };
    let checks: Vec<Check> = Check::ALL.iter().copied().filter(is_wanted).collect();
    let diagnoses = diagnoses(&look, &checks)?;
    output::doctor::print(&context.out, &diagnoses)?;
    verdict(&diagnoses)
}

/// In one snapshot, but for the file and the server themselves.
fn diagnoses(look: &Look<'_>, checks: &[Check]) -> Result<Vec<Diagnosis>> {
    let of_engine: Vec<Option<Outcome>> =
        checks.iter().map(|check| look.outside(*check)).collect::<Result<_>>()?;
    look.context.read(|tx| {
        let outcome = |(check, known): (&Check, Option<Outcome>)| {
            let outcome = known.map_or_else(|| look.inside(tx, *check), Ok)?;
            Ok(check.diagnosis(outcome))
        };
        checks.iter().zip(of_engine).map(outcome).collect()
    })
}

/// That something was found is a result, not a refusal: the list is printed and the exit status reports it.
fn verdict(diagnoses: &[Diagnosis]) -> Result<()> {
    let found = diagnoses.iter().filter(|one| one.result == CheckResult::Found);
    let found: Vec<&str> = found.map(|one| one.check.name()).collect();
    if found.is_empty() {
        return Ok(());
    }
    let all = counted(diagnoses.len(), "check", "checks");
    let message = format!("{} of {all} found something", found.len());
    Err(Error::new(Kind::Environment, "doctor.found", message)
        .hint(format!("`caredesk doctor --only {}` looks again", found.join(",")))
        .detail("found", found))
}

fn is_of_database(check: Check) -> bool {
    !matches!(
        check.group(),
        CheckGroup::Work | CheckGroup::Accounts | CheckGroup::Sharing | CheckGroup::People
    )
}

impl Look<'_> {
    /// Whether there is what it looks at.
    fn concerns(&self, check: Check) -> bool {
        let is_elsewhere = match &self.health {
            Some(Health::Server(_)) => check.group() == CheckGroup::File,
            Some(Health::File(_)) | None => check.group() == CheckGroup::Server,
        };
        !is_elsewhere
    }

    /// Why it is not looked at.
    fn skipped(&self, check: Check) -> Option<Outcome> {
        let Some(health) = &self.health else {
            return is_of_database(check).then(|| Outcome::skipped("for admins"));
        };
        match (check.group(), health) {
            (CheckGroup::File, Health::Server(_)) => Some(Outcome::skipped("the database is on a server")),
            (CheckGroup::Server, Health::File(_)) => Some(Outcome::skipped("the database is a file")),
            _ if check.takes_long() && !self.command.full && health.bytes() > SMALL => {
                let command = format!("caredesk doctor --full --only {check}");
                Some(Outcome::Skipped("it takes long in a large database".to_owned(), Some(command)))
            }
            _ => None,
        }
    }

    /// What is known without a look at the data.
    fn outside(&self, check: Check) -> Result<Option<Outcome>> {
        if let Some(skipped) = self.skipped(check) {
            return Ok(Some(skipped));
        }
        match &self.health {
            Some(Health::File(health)) => file::outcome(self.context, health, check),
            Some(Health::Server(health)) => Ok(server::outcome(self.context, health, check)),
            None => Ok(None),
        }
    }

    /// The instant so many days ago.
    fn days_ago(&self, days: i64) -> DateTime<Utc> {
        self.context.now() - TimeDelta::days(days)
    }

    fn inside(&self, tx: &mut Tx<'_>, check: Check) -> Result<Outcome> {
        match check {
            Check::Backup => backups::last(self, tx),
            Check::Verified => backups::verified(self, tx),
            Check::Chain => trail::chain(tx),
            Check::Recorded => trail::recorded(tx),
            Check::Rules => trail::rules(tx),
            Check::RejectedPackages => work::rejected_packages(self, tx),
            Check::OverduePackages => work::overdue_packages(self, tx),
            Check::PastPackages => work::past_packages(self, tx),
            Check::InactiveProviders => work::inactive_providers(tx),
            Check::IdleReferrals => work::idle_referrals(self, tx),
            Check::UnwatchedResources => work::unwatched_resources(tx),
            Check::OldCapacity => work::old_capacity(self, tx),
            Check::FailedAlerts => work::failed_alerts(self, tx),
            Check::UnsentAlerts => work::unsent_alerts(self, tx),
            Check::BlindAccounts => accounts::blind(tx),
            Check::UnusedAccounts => accounts::unused(self, tx),
            Check::EndingGrants => sharing::ending_grants(self, tx),
            Check::EndingReleases => sharing::ending_releases(self, tx),
            Check::IncompleteReleases => sharing::incomplete_releases(self, tx),
            Check::DoubledClients => people::doubled(self, tx),
            Check::DeceasedClients => people::deceased(self, tx),
            other => Err(Error::internal(format!("the check `{other}` looks at no data"))),
        }
    }
}

/// Several codes of one command.
fn codes<T>(things: &[T], code: impl Fn(&T) -> &str) -> String {
    const MOST: usize = 20;
    things.iter().take(MOST).map(code).collect::<Vec<_>>().join(" ")
}
