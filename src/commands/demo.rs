//! `demo`: a small invented town outsources a week of care, shown with the program's own commands.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use chrono::Days;

use crate::commands::prelude::*;
use crate::context::{Identity, Keys, Run};
use crate::db::Location;
use crate::file::TemporaryFolder;
use crate::model::zone::Zone;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk demo
  $ caredesk demo --keep town.db")]
pub(crate) struct Demo {
    /// Take the providers from this HSDS directory instead of the invented town
    #[arg(long, value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Keep the database in this file, to explore it afterwards
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
}

/// The town: eight organisations in the form of an HSDS directory.
const TOWN: [(&str, &str); 5] = [
    ("organizations.csv", include_str!("../../examples/directory/organizations.csv")),
    ("locations.csv", include_str!("../../examples/directory/locations.csv")),
    ("services.csv", include_str!("../../examples/directory/services.csv")),
    ("phones.csv", include_str!("../../examples/directory/phones.csv")),
    ("addresses.csv", include_str!("../../examples/directory/addresses.csv")),
];

/// Runs one command line, as a shell would.
type Execute<'a> = &'a dyn Fn(&[String]) -> Result<()>;

/// The database that every command of the demo works on.
struct Stage<'a> {
    run: &'a Run,
    file: PathBuf,
    execute: Execute<'a>,
    /// The Monday of the next week.
    monday: NaiveDate,
}

const ZONE: &str = "Europe/London";

pub(crate) fn run(run: &Run, command: &Demo, execute: Execute<'_>) -> Result<()> {
    let scratch = TemporaryFolder::new().map_err(|error| cannot("make a folder for the demo", error))?;
    let file = command.keep.clone().unwrap_or_else(|| scratch.path().join("town.db"));
    let directory = match &command.directory {
        Some(directory) => directory.clone(),
        None => town(scratch.path())?,
    };
    let zone: Zone = ZONE.parse().map_err(Error::internal)?;
    let today = run.now.with_timezone(&zone).date_naive();
    let stage = Stage { run, file, execute, monday: time::monday(today + Days::new(7)) };
    stage.tell(&directory)?;
    match &command.keep {
        Some(file) => {
            Stage::say(&format!("Look around with `caredesk --db {} package list`.", file.display()))
        }
        None => Stage::say("Begin your own with `caredesk init`."),
    }
}

fn town(scratch: &Path) -> Result<PathBuf> {
    let folder = scratch.join("town");
    std::fs::create_dir(&folder).map_err(|error| cannot("make a folder for the demo", error))?;
    for (name, text) in TOWN {
        std::fs::write(folder.join(name), text).map_err(|error| cannot("write the town", error))?;
    }
    Ok(folder)
}

fn cannot(what: &str, error: std::io::Error) -> Error {
    Error::new(Kind::Environment, "demo.folder", format!("cannot {what}: {error}")).because(error)
}

impl Stage<'_> {
    /// A week of visits, a package to three providers: one rejects, one accepts, one is too late; then the calendar.
    fn tell(&self, directory: &Path) -> Result<()> {
        Self::say("A new hub, and the providers of its town.")?;
        self.line(&["init", "--time-zone", ZONE])?;
        self.import(directory)?;
        Self::say("Ada needs help in the morning and in the evening, all week.")?;
        self.line(&["client", "create", "--given", "Ada", "--family", "Winterbourne"])?;
        self.line(&["referral", "create", "--queue", "home care", "--client", "ada"])?;
        let (referral, providers) = self.cast()?;
        let (morning, evening) = (format!("{} 08:00", self.monday), format!("{} 18:30", self.monday));
        let sunday = (self.monday + Days::new(6)).to_string();
        self.line(&[
            "visit", "add", &referral, "--start", &morning, "--duration", "45", "--weekly", "daily",
            "--until", &sunday,
        ])?;
        self.race(&referral, &providers)?;
        Self::say("The evenings stay with the hub's own carers.")?;
        self.line(&[
            "visit", "add", &referral, "--start", &evening, "--duration", "30", "--weekly", "mon,wed,fri",
            "--until", &sunday,
        ])?;
        Self::say("And this is the week:")?;
        self.line(&["schedule", "show", &referral, "--week", &self.monday.to_string()])?;
        Self::say("Every step is recorded, and no later change of that record goes unseen.")?;
        self.line(&["audit", "verify"])
    }

    fn race(&self, referral: &str, providers: &[Provider]) -> Result<()> {
        let [first, second, third] = providers else {
            return Err(Error::invalid(
                "demo.providers",
                "the directory has fewer than three active providers",
            ));
        };
        Self::say("The mornings go to three providers as one package. The first to accept wins.")?;
        let (a, b, c) = (first.name.as_str(), second.name.as_str(), third.name.as_str());
        self.line(&[
            "outsource", "create", referral, "--all-visits", "--provider", a, b, c, "--reference",
            "Winterbourne week",
        ])?;
        self.line(&[
            "package", "respond", "Winterbourne week", "--provider", a, "--reject", "--reason",
            "no staff that week",
        ])?;
        self.line(&["package", "respond", "Winterbourne week", "--provider", b, "--accept"])?;
        Self::say("The third is a moment too late and gets a clear answer:")?;
        self.line_that_may_fail(&["package", "respond", "Winterbourne week", "--provider", c, "--accept"])?;
        self.line(&["package", "show", "Winterbourne week"])
    }

    /// The new referral and three active providers, home-care providers first.
    fn cast(&self) -> Result<(String, Vec<Provider>)> {
        let context = Context::open(self.run_here())?;
        let (referrals, mut providers) = context.read(|tx| {
            let active = store::provider::Filter { active: Some(true), ..Default::default() };
            Ok((
                store::referral::list(tx, &store::referral::Filter::default(), Visibility::INTERNAL, 1)?,
                store::provider::list(tx, &active, Visibility::INTERNAL, i64::MAX)?,
            ))
        })?;
        let brings_care_home = |provider: &Provider| provider.name.to_lowercase().contains("home");
        providers.sort_by_key(|provider| !brings_care_home(provider));
        providers.truncate(3);
        let referral =
            referrals.into_iter().next().ok_or_else(|| Error::internal("the demo has no referral"))?;
        Ok((referral.code, providers))
    }

    fn run_here(&self) -> Run {
        Run {
            location: Location::File(self.file.clone()),
            identity: Identity { wanted: None, password_file: None, ..self.run.identity.clone() },
            keys: RefCell::new(Keys::new(None)),
            yes: true,
            dry_run: false,
            tells_by_exit_status: false,
            may_ask: false,
            ..self.run.clone()
        }
    }

    /// Real directories contain invalid rows; the demo goes on without them.
    fn import(&self, directory: &Path) -> Result<()> {
        let path = directory.display().to_string();
        let done = self.line(&["provider", "import", &path, "--keep-going"]);
        done.or_else(|error| if error.kind() == Kind::Partial { Ok(()) } else { Err(error) })
    }

    fn say(text: &str) -> Result<()> {
        output::text(&format!("\n# {text}"))
    }

    fn show(words: &[&str]) -> Result<()> {
        let quoted =
            |word: &&str| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() };
        output::text(&format!("$ caredesk {}", words.iter().map(quoted).collect::<Vec<_>>().join(" ")))
    }

    fn line(&self, words: &[&str]) -> Result<()> {
        Self::show(words)?;
        self.perform(words)
    }

    fn line_that_may_fail(&self, words: &[&str]) -> Result<()> {
        Self::show(words)?;
        if let Err(error) = self.perform(words) {
            output::failure(&error, false, self.run.out.colour, self.run.out.verbose);
        }
        Ok(())
    }

    fn perform(&self, words: &[&str]) -> Result<()> {
        let location = self.file.display().to_string();
        let more = ["--db", location.as_str(), "--no-input"];
        let all: Vec<String> = words.iter().chain(&more).map(|word| (*word).to_owned()).collect();
        (self.execute)(&all)
    }
}
