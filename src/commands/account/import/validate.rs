//! The first half of an import: validates every row in the order of the file and writes nothing.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;

use super::plan::{Plan, Planned};
use super::{CHUNK, Import, apply};
use crate::commands::prelude::*;
use crate::context::{ImportRun, pipeline};
use crate::interchange::accounts::{self, AccountRow};
use crate::model::account::AccountView;
use crate::model::account::import::{Existing, Line, ResourceRef, Validator, Verdict};
use crate::model::account::naming::Names;
use crate::model::directory::Reject;
use crate::model::remarks::Remarks;
use crate::model::text::fold;
use crate::output::Outcome;
use crate::output::progress::Progress;
use crate::output::row_outcomes::Thing;

/// Up to this many existing logins are loaded once instead of being queried for each chunk.
const FEW: usize = 2_000;

pub(super) fn validate(
    context: &Context, tx: &mut Tx<'_>, command: &Import, run: &mut ImportRun<'_>,
) -> Result<Plan> {
    let mut progress =
        Progress::new(&context.out, "reading", command.args.files.iter().map(Input::size).sum());
    let validator = Validator {
        own: context.actor.account.id,
        may_end: context.yes,
        admins: store::account::active_admins(tx, None)?,
    };
    let known = known(tx)?;
    let mut validation = Validation {
        name: String::new(),
        run,
        validator,
        known,
        names: Names::default(),
        seen: HashMap::new(),
        accounts: Vec::new(),
    };
    let remarks = pipeline(
        |give| read(command, give),
        |(name, portion)| {
            progress.step(portion.iter().map(|found| found.size).sum());
            validation.begin(name);
            validation.take(tx, portion)
        },
    )?;
    let Validation { names, mut accounts, run, .. } = validation;
    run.remarks = remarks;
    accounts.sort_unstable_by(|one, other| one.key().cmp(other.key()));
    Ok(Plan { accounts, codes: names.codes() })
}

/// Some rows of the file of this name.
type Portion = (String, Vec<AccountRow>);

/// Sends the rows in chunks.
fn read(command: &Import, give: &mut dyn FnMut(Portion) -> Result<()>) -> Result<Remarks> {
    let args = &command.args;
    let mut remarks = Remarks::default();
    for input in &args.files {
        let mut portion = Vec::with_capacity(CHUNK);
        remarks.add(accounts::read(input, &args.reading, args.rejects.is_some(), &mut |found| {
            portion.push(found);
            if portion.len() < CHUNK {
                Ok(())
            } else {
                give((input.short_name(), mem::replace(&mut portion, Vec::with_capacity(CHUNK))))
            }
        })?);
        give((input.short_name(), portion))?;
    }
    Ok(remarks)
}

/// All folded logins where there are at most [`FEW`] accounts, otherwise `None`.
fn known(tx: &mut Tx<'_>) -> Result<Option<HashSet<String>>> {
    let few = store::account::list(
        tx,
        &store::account::Filter::default(),
        Visibility::INTERNAL,
        i64::try_from(FEW).unwrap_or(i64::MAX),
    )?;
    Ok((few.len() < FEW).then(|| few.iter().map(|account| fold(&account.login)).collect()))
}

struct Validation<'a, 'r> {
    /// Of the file that is read.
    name: String,
    run: &'a mut ImportRun<'r>,
    validator: Validator,
    known: Option<HashSet<String>>,
    names: Names,
    /// The line of each folded login; 0 in the files before.
    seen: HashMap<Box<str>, u64>,
    accounts: Vec<Planned>,
}

impl Validation<'_, '_> {
    /// Goes on with the file of this name.
    fn begin(&mut self, name: &str) {
        if self.name != name {
            name.clone_into(&mut self.name);
            self.seen.values_mut().for_each(|line| *line = 0);
        }
    }

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
            let place = if *first == 0 { "in another file".to_owned() } else { format!("on line {first}") };
            let reason = format!("the login `{}` was already used {place}", line.login);
            return self.reject(found, &line.login, &reason);
        }
        self.seen.insert(key.clone().into_boxed_str(), found.at);
        let given = line.resources.as_deref().map(|texts| self.names.all(texts)).transpose();
        let before = existing.get(&key);
        let validated = given.and_then(|given| {
            let (verdict, desired) = self.validator.validate(line, before, given.as_deref())?;
            Ok((verdict, desired, given.map(|given| codes(&given))))
        });
        let (verdict, desired, resources) = match validated {
            Ok(validated) => validated,
            Err(reason) => return self.reject(found, &line.login, &reason),
        };
        let planned = Planned::new(&key, &line.login, desired, verdict == Verdict::New);
        self.count(found, verdict, &planned, before, resources)?;
        if verdict != Verdict::Same {
            self.accounts.push(planned);
        }
        Ok(())
    }

    /// `resources` are the codes of those in the row, if it names any.
    fn count(
        &mut self, found: &AccountRow, verdict: Verdict, planned: &Planned, before: Option<&Existing>,
        resources: Option<Vec<String>>,
    ) -> Result<()> {
        let row = self.row(found);
        let run = &mut *self.run;
        match (verdict, before) {
            (Verdict::Same, Some(before)) => {
                run.unchanged_as(&row, || before.account.view(before.resources.clone()))
            }
            (Verdict::Changed, Some(before)) => {
                run.counts.updated += 1;
                let was = &before.account;
                let after = apply::desired(planned, was.id, &was.login, was.password_hash.clone());
                let kept = || before.resources.clone();
                let resources = if planned.resources.is_some() {
                    resources.filter(|_| !planned.level.is_staff()).unwrap_or_default()
                } else {
                    kept()
                };
                run.outcomes.updated(&row, &was.view(kept()), &after.view(resources))
            }
            _ => {
                run.counts.created += 1;
                let account = apply::desired(planned, AccountId::NIL, planned.login(), None);
                run.outcomes.same_as(&row, Outcome::Created, || account.view(resources.unwrap_or_default()))
            }
        }
    }

    fn row(&self, found: &AccountRow) -> Reject {
        Reject { file: self.name.clone(), line: Some(found.at), ..Reject::default() }
    }

    fn reject(&mut self, found: &AccountRow, login: &str, reason: &str) -> Result<()> {
        let columns = Arc::clone(&found.columns);
        let row = Reject { columns, cells: found.cells.clone(), ..self.row(found) };
        self.run.reject_of(&row, Some(&Thing::called::<AccountView>(login)), reason)
    }
}

/// In the order in which commands show them.
fn codes(given: &[&ResourceRef]) -> Vec<String> {
    let mut codes: Vec<String> = given.iter().map(|one| one.code.clone()).collect();
    codes.sort_unstable();
    codes
}
