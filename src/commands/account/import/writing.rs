//! The second half of an import: what was judged new or changed is written, with one entry in the audit trail for each
//! account.

use std::collections::HashMap;

use uuid::Uuid;

use super::CHUNK;
use super::plan::{Plan, Planned};
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::account::Account;
use crate::model::account::import::Standing;
use crate::model::audit::Entry;
use crate::model::text::fold;
use crate::output::progress::Progress;
use crate::store;

pub(super) fn write(context: &Context, tx: &mut Tx<'_>, plan: &Plan) -> Result<()> {
    if plan.fills_a_new_hub {
        return tx.without_indexes("account_resource", |tx| write_all(context, tx, plan));
    }
    write_all(context, tx, plan)
}

fn write_all(context: &Context, tx: &mut Tx<'_>, plan: &Plan) -> Result<()> {
    let Plan { accounts, codes, .. } = plan;
    let mut progress = Progress::new(&context.out, "accounts", accounts.len() as u64);
    for chunk in accounts.chunks(CHUNK) {
        let mut writing = Writing {
            context,
            codes,
            accounts: Vec::new(),
            permissions: Vec::new(),
            resources: Vec::new(),
            entries: Vec::new(),
        };
        let standing = standing(tx, chunk)?;
        for planned in chunk {
            match standing.get(planned.key()) {
                None if planned.is_new => writing.make(planned)?,
                None => return Err(Error::internal(format!("account `{}` is gone", planned.login()))),
                Some(before) => writing.change(tx, before, planned)?,
            }
        }
        writing.save(tx)?;
        progress.step(chunk.len() as u64);
    }
    Ok(())
}

fn standing(tx: &mut Tx<'_>, chunk: &[Planned]) -> Result<HashMap<String, Standing>> {
    let keys: Vec<&str> = chunk.iter().filter(|planned| !planned.is_new).map(Planned::key).collect();
    let found = store::account::import::standing(tx, &keys)?;
    Ok(found.into_iter().map(|standing| (fold(&standing.account.login), standing)).collect())
}

/// The rows of one chunk.
struct Writing<'a> {
    context: &'a Context,
    codes: &'a HashMap<Uuid, String>,
    accounts: Vec<Account>,
    permissions: Vec<(Uuid, &'static str)>,
    resources: Vec<(Uuid, Uuid)>,
    entries: Vec<Entry>,
}

impl Writing<'_> {
    fn make(&mut self, planned: &Planned) -> Result<()> {
        let account = wanted(planned, self.context.key(), planned.login(), None);
        self.give(account.id, planned);
        let view = account.view(self.codes_of(planned));
        self.entries.push(self.context.entry("account.import", &view.login, None::<&()>, Some(&view))?);
        self.accounts.push(account);
        Ok(())
    }

    fn change(&mut self, tx: &mut Tx<'_>, before: &Standing, planned: &Planned) -> Result<()> {
        let was = &before.account;
        let account = wanted(planned, was.id, &was.login, was.password_hash.clone());
        store::account::update(tx, &account)?;
        store::account::forbid_all(tx, was.id)?;
        if planned.resources.is_some() {
            store::account::remove_resources(tx, was.id)?;
        }
        self.give(was.id, planned);
        let resources =
            if planned.resources.is_some() { self.codes_of(planned) } else { before.resources.clone() };
        let (before, after) = (was.view(before.resources.clone()), account.view(resources));
        self.entries.push(self.context.entry("account.import", &after.login, Some(&before), Some(&after))?);
        Ok(())
    }

    fn give(&mut self, id: Uuid, planned: &Planned) {
        self.permissions.extend(planned.permissions.iter().map(|permission| (id, permission.name())));
        self.resources.extend(planned.resources.iter().flatten().map(|resource| (id, *resource)));
    }

    /// In their order, as an account is shown.
    fn codes_of(&self, planned: &Planned) -> Vec<String> {
        let ids = planned.resources.iter().flatten();
        let mut codes: Vec<String> = ids.filter_map(|id| self.codes.get(id).cloned()).collect();
        codes.sort_unstable();
        codes
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::account::import::insert_all(tx, &self.accounts)?;
        store::account::import::permit_all(tx, &self.permissions)?;
        store::account::import::add_resources(tx, &self.resources)?;
        self.context.audit_all(tx, &self.entries)
    }
}

fn wanted(planned: &Planned, id: Uuid, login: &str, password_hash: Option<String>) -> Account {
    Account {
        id,
        login: login.to_owned(),
        name: planned.name().to_owned(),
        email: planned.email().map(str::to_owned),
        level: planned.level,
        active: planned.active,
        password_hash,
        permissions: planned.permissions.iter().collect(),
        resource_assigned_emails: planned.resource_assigned_emails,
    }
}
