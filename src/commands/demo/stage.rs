//! The database that the commands of a demo work on.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use chrono::Days;

use crate::commands::prelude::*;
use crate::context::{Identity, Keys, Run};
use crate::db::Location;
use crate::model::zone::Zone;

/// Runs one command line as a shell would, on this database, at this instant or now.
pub(crate) type Execute<'a> = &'a dyn Fn(&[String], &Location, Option<DateTime<Utc>>) -> Result<()>;

pub(super) struct Stage<'a> {
    run: &'a Run,
    location: Location,
    /// Where the files of the town lie.
    pub(super) folder: &'a Path,
    execute: Execute<'a>,
}

pub(super) const ZONE: &str = "Europe/London";

impl<'a> Stage<'a> {
    pub(super) fn new(run: &'a Run, location: Location, folder: &'a Path, execute: Execute<'a>) -> Self {
        Stage { run, location, folder, execute }
    }

    /// The database, as it may be shown.
    pub(super) fn location(&self) -> &Location {
        &self.location
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.run.now
    }

    pub(super) fn zone() -> Result<Zone> {
        ZONE.parse().map_err(Error::internal)
    }

    /// The Monday of the next week.
    pub(super) fn monday(&self) -> Result<NaiveDate> {
        let today = self.run.now.with_timezone(&Self::zone()?).date_naive();
        Ok(time::monday(today + Days::new(7)))
    }

    /// A look into the database, as the admin who made it.
    pub(super) fn read<T>(&self, read: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let run = Run {
            location: self.location.clone(),
            identity: Identity { wanted: None, password_file: None, ..self.run.identity.clone() },
            keys: Rc::new(RefCell::new(Keys::new(None))),
            yes: true,
            dry_run: false,
            tells_by_exit_status: false,
            may_ask: false,
            ..self.run.clone()
        };
        Context::open(run)?.read(read)
    }

    pub(super) fn say(text: &str) -> Result<()> {
        output::text(&format!("\n# {text}"))
    }

    /// A second line of what is said.
    pub(super) fn go_on(text: &str) -> Result<()> {
        output::text(&format!("# {text}"))
    }

    pub(super) fn line(&self, words: &[&str]) -> Result<()> {
        show(words)?;
        self.perform(words, None)
    }

    /// Shows the error of a command that is meant to be refused.
    pub(super) fn line_that_may_fail(&self, words: &[&str]) -> Result<()> {
        show(words)?;
        if let Err(error) = self.perform(words, None) {
            output::failure(&error, false, self.run.out.colour, self.run.out.verbose);
        }
        Ok(())
    }

    /// Real directories contain invalid rows; the demo goes on without them.
    pub(super) fn import(&self, directory: &Path) -> Result<()> {
        let path = directory.display().to_string();
        or_partly(self.line(&["provider", "import", &path, "--keep-going"]))
    }

    /// The first code that a command prints, which is not shown; empty if it prints none.
    pub(super) fn first_code(&self, words: &[&str]) -> Result<String> {
        self.first_code_at(words, None)
    }

    /// The same of a command at this instant.
    pub(super) fn first_code_at(&self, words: &[&str], at: Option<DateTime<Utc>>) -> Result<String> {
        let path = self.folder.join("codes.txt").display().to_string();
        let words: Vec<&str> = words.iter().chain(&["-q", "--out", &path, "--overwrite"]).copied().collect();
        self.perform(&words, at)?;
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        Ok(text.lines().next().unwrap_or_default().to_owned())
    }

    fn perform(&self, words: &[&str], at: Option<DateTime<Utc>>) -> Result<()> {
        let all: Vec<String> = words.iter().chain(&["--no-input"]).map(|word| (*word).to_owned()).collect();
        (self.execute)(&all, &self.location, at)
    }
}

/// What was done but for some rows is done.
pub(super) fn or_partly(done: Result<()>) -> Result<()> {
    done.or_else(|error| if error.kind() == Kind::Partial { Ok(()) } else { Err(error) })
}

fn show(words: &[&str]) -> Result<()> {
    let quoted = |word: &&str| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() };
    output::text(&format!("$ caredesk {}", words.iter().map(quoted).collect::<Vec<_>>().join(" ")))
}
