//! The second half of an import: writes the new and changed accounts, with one audit entry for each.

use std::collections::HashMap;

use super::CHUNK;
use super::plan::{Plan, Planned};
use crate::commands::prelude::*;
use crate::context::{EntryWriter, ImportRun, pipeline};
use crate::model::account::first_password::{FirstPassword, Randomness};
use crate::model::account::import::Existing;
use crate::model::audit::Entry;
use crate::model::text::fold;
use crate::output::invitations::Invitations;
use crate::output::progress::Progress;

/// From this many accounts on, rebuilding an index is cheaper than updating it. Those of the other tables grow in order.
const MANY: usize = 10_000;

pub(super) fn write(
    context: &Context, tx: &mut Tx<'_>, plan: &Plan, run: &mut ImportRun<'_>,
    invitations: Option<&mut Invitations>,
) -> Result<()> {
    let many = plan.accounts.len();
    if many < MANY {
        return write_all(context, tx, plan, run, invitations);
    }
    tx.without_indexes("account_resource", many, |tx| write_all(context, tx, plan, run, invitations))
}

/// Rows of new accounts are prepared on another thread while those before them are written.
fn write_all(
    context: &Context, tx: &mut Tx<'_>, plan: &Plan, run: &mut ImportRun<'_>,
    mut invitations: Option<&mut Invitations>,
) -> Result<()> {
    let Plan { accounts, codes, .. } = plan;
    let mut progress = Progress::new(&context.out, "accounts", accounts.len() as u64);
    let until = invitations.as_ref().map(|invitations| invitations.until);
    let fresh = Fresh::several(context, accounts.len(), until.is_some())?;
    let writer = run.writer();
    pipeline(
        |give| {
            let portions = accounts.chunks(CHUNK).zip(fresh.chunks(CHUNK));
            portions
                .map(|(planned, fresh)| Portion::new(planned, fresh, until, codes, writer))
                .try_for_each(|portion| give(portion?))
        },
        |portion| {
            portion.change(tx, codes, writer)?;
            portion.save(tx)?;
            if let Some(invitations) = &mut invitations {
                portion.invite(invitations)?;
            }
            run.add(portion.entries.drain(..));
            run.flush(context, tx)?;
            progress.step(portion.planned.len() as u64);
            Ok(())
        },
    )
}

/// What a new account is given.
struct Fresh {
    id: AccountId,
    password: Option<Randomness>,
}

impl Fresh {
    fn several(context: &Context, count: usize, with_passwords: bool) -> Result<Vec<Self>> {
        let mut passwords = context.for_passwords(if with_passwords { count } else { 0 })?.into_iter();
        Ok((0..count).map(|_| Fresh { id: context.key(), password: passwords.next() }).collect())
    }
}

struct Portion<'a> {
    planned: &'a [Planned],
    accounts: Vec<Account>,
    /// Those of the accounts, in the same order; none where there is no invitation.
    passwords: Vec<String>,
    permissions: Vec<(AccountId, Permission)>,
    resources: Vec<(AccountId, ResourceId)>,
    entries: Vec<Entry>,
}

impl<'a> Portion<'a> {
    /// The new accounts of a chunk; what each is given is at the same index of `fresh`.
    fn new(
        planned: &'a [Planned], fresh: &[Fresh], until: Option<DateTime<Utc>>,
        codes: &HashMap<ResourceId, String>, writer: EntryWriter<'_>,
    ) -> Result<Self> {
        let mut portion = Portion {
            planned,
            accounts: Vec::with_capacity(CHUNK),
            passwords: Vec::new(),
            permissions: Vec::with_capacity(2 * CHUNK),
            resources: Vec::with_capacity(2 * CHUNK),
            entries: Vec::with_capacity(CHUNK),
        };
        for (planned, fresh) in planned.iter().zip(fresh).filter(|(planned, _)| planned.is_new) {
            let random = fresh.password.as_ref().zip(until);
            let first = random.map(|(random, until)| FirstPassword::new(random, until));
            let (password, hash) = first.map(|first| (first.text, first.hash)).unzip();
            let account = desired(planned, fresh.id, planned.login(), hash);
            portion.passwords.extend(password);
            portion.give(account.id, planned);
            let view = account.view(codes_of(planned, codes));
            portion.entries.push(writer.created(&view)?);
            portion.accounts.push(account);
        }
        Ok(portion)
    }

    /// Updates the accounts that exist.
    fn change(
        &mut self, tx: &mut Tx<'_>, codes: &HashMap<ResourceId, String>, writer: EntryWriter<'_>,
    ) -> Result<()> {
        let changed: Vec<&Planned> = self.planned.iter().filter(|planned| !planned.is_new).collect();
        let existing = existing(tx, &changed)?;
        for planned in changed {
            let before = existing
                .get(planned.key())
                .ok_or_else(|| Error::internal(format!("account `{}` is gone", planned.login())))?;
            let was = &before.account;
            let account = desired(planned, was.id, &was.login, was.password_hash.clone());
            store::account::update(tx, &account)?;
            store::account::forbid_all(tx, was.id)?;
            if planned.resources.is_some() {
                store::account::remove_resources(tx, was.id)?;
            }
            self.give(was.id, planned);
            let resources =
                if planned.resources.is_some() { codes_of(planned, codes) } else { before.resources.clone() };
            let (before, after) = (was.view(before.resources.clone()), account.view(resources));
            self.entries.push(writer.updated(&before, &after)?);
        }
        Ok(())
    }

    fn give(&mut self, id: AccountId, planned: &Planned) {
        self.permissions.extend(planned.permissions.iter().map(|permission| (id, permission)));
        self.resources.extend(planned.resources.iter().flatten().map(|resource| (id, *resource)));
    }

    fn invite(&self, invitations: &mut Invitations) -> Result<()> {
        let invited = self.accounts.iter().zip(&self.passwords);
        invited.into_iter().try_for_each(|(account, password)| invitations.add(account, password))
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::account::import::insert_all(tx, &self.accounts)?;
        store::account::import::permit_all(tx, &self.permissions)?;
        store::account::import::add_resources(tx, &self.resources)
    }
}

fn existing(tx: &mut Tx<'_>, changed: &[&Planned]) -> Result<HashMap<String, Existing>> {
    let keys: Vec<&str> = changed.iter().map(|planned| planned.key()).collect();
    let found = store::account::import::existing(tx, &keys)?;
    Ok(found.into_iter().map(|existing| (fold(&existing.account.login), existing)).collect())
}

/// The codes of the account's resources, in the order in which commands show them.
fn codes_of(planned: &Planned, codes: &HashMap<ResourceId, String>) -> Vec<String> {
    let ids = planned.resources.iter().flatten();
    let mut codes: Vec<String> = ids.filter_map(|id| codes.get(id).cloned()).collect();
    codes.sort_unstable();
    codes
}

pub(super) fn desired(
    planned: &Planned, id: AccountId, login: &str, password_hash: Option<String>,
) -> Account {
    Account {
        id,
        login: login.to_owned(),
        name: planned.name().to_owned(),
        email: planned.email().map(str::to_owned),
        level: planned.level,
        active: planned.active,
        password_hash,
        permissions: planned.permissions.iter().collect(),
        alerts_off: planned.alerts_off,
    }
}
