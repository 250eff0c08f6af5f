//! The first half of an import: validates every row in the order of the file and writes nothing.

use std::collections::{HashMap, HashSet};
use std::mem;

use super::plan::{Plan, Planned};
use super::{AccountRun, CHUNK, Import, ValidatedRow};
use crate::commands::prelude::*;
use crate::context::pipeline;
use crate::interchange::accounts::{self, AccountRow};
use crate::model::account::import::{Existing, Line, Validator, Verdict};
use crate::model::account::naming::Names;
use crate::model::text::fold;
use crate::output::progress::Progress;

/// Up to this many existing logins are loaded once instead of being queried for each chunk.
const FEW: usize = 2_000;

/// From this many new accounts on, rebuilding the indexes is cheaper than updating them.
const MANY: usize = 10_000;

pub(super) fn validate(
    context: &Context, tx: &mut Tx<'_>, command: &Import, run: &mut AccountRun<'_>,
) -> Result<Plan> {
    let mut progress = Progress::new(&context.out, "reading", command.file.size());
    let validator = Validator {
        own: context.actor.account.id,
        may_end: context.yes,
        admins: store::account::active_admins(tx, None)?,
    };
    let known = known(tx)?;
    let mut validation = Validation {
        name: &command.file.short_name(),
        run,
        validator,
        known,
        is_dry: context.dry_run,
        names: Names::default(),
        seen: HashMap::new(),
        accounts: Vec::new(),
    };
    let notes = pipeline(
        |give| read(command, give),
        |portion| {
            progress.step(portion.iter().map(|found| found.size).sum());
            validation.take(tx, portion)
        },
    )?;
    let Validation { names, known, mut accounts, run, .. } = validation;
    run.notes = notes;
    accounts.sort_unstable_by(|one, other| one.key().cmp(other.key()));
    let fills_a_new_hub = known.is_some() && accounts.len() > MANY;
    Ok(Plan { accounts, codes: names.codes(), fills_a_new_hub })
}

/// Sends the rows in chunks.
fn read(command: &Import, give: &mut dyn FnMut(Vec<AccountRow>) -> Result<()>) -> Result<Vec<String>> {
    let mut portion = Vec::with_capacity(CHUNK);
    let keeps_cells = command.options.rejects.is_some();
    let notes = accounts::read(&command.file, &command.reading, keeps_cells, &mut |found| {
        portion.push(found);
        if portion.len() < CHUNK {
            Ok(())
        } else {
            give(mem::replace(&mut portion, Vec::with_capacity(CHUNK)))
        }
    })?;
    give(portion)?;
    Ok(notes)
}

/// All folded logins where there are at most [`FEW`] accounts, otherwise `None`.
fn known(tx: &mut Tx<'_>) -> Result<Option<HashSet<String>>> {
    let few = store::account::list(tx, None, Visibility::INTERNAL, i64::try_from(FEW).unwrap_or(i64::MAX))?;
    Ok((few.len() < FEW).then(|| few.iter().map(|account| fold(&account.login)).collect()))
}

struct Validation<'a, 'r> {
    name: &'a str,
    run: &'a mut AccountRun<'r>,
    validator: Validator,
    known: Option<HashSet<String>>,
    is_dry: bool,
    names: Names,
    /// The line of each folded login.
    seen: HashMap<Box<str>, u64>,
    accounts: Vec<Planned>,
}

impl Validation<'_, '_> {
    /// Loads everything that the rows refer to, then validates them one by one.
    fn take(&mut self, tx: &mut Tx<'_>, portion: &[AccountRow]) -> Result<()> {
        self.run.counts.read += portion.len() as u64;
        let lines = || portion.iter().filter_map(|found| found.line.as_ref().ok());
        let unknown = self.names.unknown(lines().flat_map(|line| line.resources.iter().flatten()));
        let keys: Vec<_> = unknown.iter().map(|text| Names::keys(text)).collect();
        let named = store::account::import::named_resources(tx, &keys)?;
        self.names.learn(&unknown, &named);
        let existing = self.existing(tx, lines())?;
        for found in portion {
            self.validate_row(found, &existing)?;
        }
        Ok(())
    }

    fn existing<'l>(
        &self, tx: &mut Tx<'_>, lines: impl Iterator<Item = &'l Line>,
    ) -> Result<HashMap<String, Existing>> {
        let keys = lines.map(|line| fold(&line.login));
        let keys: Vec<String> =
            keys.filter(|key| self.known.as_ref().is_none_or(|known| known.contains(key))).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let found = store::account::import::existing(tx, &keys)?;
        Ok(found.into_iter().map(|existing| (fold(&existing.account.login), existing)).collect())
    }

    fn validate_row(&mut self, found: &AccountRow, existing: &HashMap<String, Existing>) -> Result<()> {
        let line = match &found.line {
            Ok(line) => line,
            Err(reason) => return self.reject(found, &found.login, reason),
        };
        let key = fold(&line.login);
        if let Some(first) = self.seen.get(key.as_str()) {
            let reason = format!("the login `{}` was already used on line {first}", line.login);
            return self.reject(found, &line.login, &reason);
        }
        self.seen.insert(key.clone().into_boxed_str(), found.at);
        let given = line.resources.as_deref().map(|texts| self.names.all(texts)).transpose();
        let validated =
            given.and_then(|given| self.validator.validate(line, existing.get(&key), given.as_deref()));
        let (verdict, desired) = match validated {
            Ok(validated) => validated,
            Err(reason) => return self.reject(found, &line.login, &reason),
        };
        let (count, word) = match verdict {
            Verdict::New => (&mut self.run.counts.created, "new"),
            Verdict::Changed => (&mut self.run.counts.updated, "changed"),
            Verdict::Same => (&mut self.run.counts.unchanged, "same"),
        };
        *count += 1;
        if verdict != Verdict::Same {
            self.accounts.push(Planned::new(&key, &line.login, desired, verdict == Verdict::New));
        }
        self.say(found.at, &line.login, word, None);
        Ok(())
    }

    fn reject(&mut self, found: &AccountRow, login: &str, reason: &str) -> Result<()> {
        self.say(found.at, login, "rejected", Some(reason));
        let at = format!("{} line {}", self.name, found.at);
        self.run.reject_at(&at, reason, &found.columns, &found.cells)
    }

    fn say(&mut self, line: u64, login: &str, verdict: &'static str, reason: Option<&str>) {
        if self.is_dry {
            let (login, reason) = (login.to_owned(), reason.map(str::to_owned));
            self.run.more.push(ValidatedRow { line, login, verdict, reason });
        }
    }
}
