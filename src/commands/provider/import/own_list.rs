//! What `provider list` writes: each row is a provider by its code, or by its source and its id there (rule 5.4).

use std::collections::HashMap;
use std::mem;

use super::report::ProviderRun;
use crate::commands::prelude::*;
use crate::context::Seen;
use crate::interchange::provider_list::{self, ListedProvider};
use crate::interchange::table::{FoundRow, Reading, Rows};
use crate::model::code::imported_key;
use crate::model::directory::Reject;
use crate::model::provider::imported::is_known_as;

/// Rows in memory at once, whose providers are looked up together.
const ROWS: usize = 500;
/// Their bytes at once: a description may be long.
const BYTES: u64 = 4 << 20;

/// One file.
pub(super) struct OwnList {
    input: Input,
    how: Reading,
}

/// None if the table is another.
pub(super) fn read(input: &Input, how: &Reading) -> Result<Option<OwnList>> {
    let found = provider_list::open(input, how)?;
    Ok(found.map(|_| OwnList { input: input.clone(), how: how.clone() }))
}

pub(super) fn apply(
    context: &Context, tx: &mut Tx<'_>, lists: &[OwnList], run: &mut ProviderRun<'_>,
) -> Result<()> {
    let (known, codes) = Default::default();
    let mut importer = Importer { context, seen: Seen::default(), known, codes, changed: Vec::new() };
    for OwnList { input, how } in lists {
        let Some(mut table) = provider_list::open(input, how)? else { continue };
        loop {
            let portion = portion(&mut table)?;
            if portion.is_empty() {
                break;
            }
            importer.look_up(tx, &portion)?;
            for (found, row) in &portion {
                run.counts.read += 1;
                match found {
                    Err(why) => run.reject(row, why)?,
                    Ok(listed) => importer.take(tx, run, row, listed)?,
                }
            }
            store::resource::index(tx, &mem::take(&mut importer.changed))?;
            run.flush(context, tx)?;
        }
        run.remarks.add(table.remarks());
    }
    Ok(())
}

fn portion(table: &mut Rows<ListedProvider>) -> Result<Vec<FoundRow<ListedProvider>>> {
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while rows.len() < ROWS
        && bytes < BYTES
        && let Some(row) = table.next()?
    {
        bytes += row.1.size();
        rows.push(row);
    }
    Ok(rows)
}

struct Importer<'a> {
    context: &'a Context,
    seen: Seen,
    /// The providers that the rows of this portion may be about, and their codes.
    known: HashMap<ProviderId, Provider>,
    codes: HashMap<String, ProviderId>,
    /// Providers that are to be indexed for searching.
    changed: Vec<ProviderId>,
}

impl Importer<'_> {
    /// Looks up what the rows of a portion name by keys and codes.
    fn look_up(&mut self, tx: &mut Tx<'_>, rows: &[FoundRow<ListedProvider>]) -> Result<()> {
        let listed = || rows.iter().filter_map(|(found, _)| found.as_ref().ok());
        let ids: Vec<ProviderId> = listed().filter_map(key).collect();
        let codes =
            listed().filter(|listed| listed.origin.is_none()).filter_map(|listed| listed.code.as_deref());
        let codes: Vec<&str> = codes.collect();
        self.known.clear();
        self.codes.clear();
        let mut found = store::provider::of_ids(tx, &ids)?;
        found.extend(store::provider::of_codes(tx, &codes)?);
        for provider in found {
            self.remember(provider);
        }
        Ok(())
    }

    fn remember(&mut self, provider: Provider) {
        self.codes.insert(provider.code.clone(), provider.id);
        self.known.insert(provider.id, provider);
    }

    fn take(
        &mut self, tx: &mut Tx<'_>, run: &mut ProviderRun<'_>, row: &Reject, listed: &ListedProvider,
    ) -> Result<()> {
        let meant = self.meant(tx, listed);
        let Some(before) = run.accepted(row, meant)? else { return Ok(()) };
        let Some(before) = before else {
            let new = self.created(tx, listed);
            let Some(new) = run.accepted(row, new)? else { return Ok(()) };
            super::super::insert(self.context, tx, &new)?;
            self.changed.push(new.id);
            run.created(row, &new)?;
            self.remember(new);
            return Ok(());
        };
        let after =
            if before.merged_into.is_some() { before.clone() } else { listed.applied(before.clone()) };
        if run.compared(row, &before, &after, Provider::clone)? {
            store::provider::update(tx, before.active, &after, None, self.context.now())?;
            self.changed.push(after.id);
        }
        self.remember(after);
        Ok(())
    }

    /// The provider here that a row is about. Invalid if that is another organisation, or had a row before.
    fn meant(&mut self, tx: &mut Tx<'_>, listed: &ListedProvider) -> Result<Option<Provider>> {
        let found = self.find(tx, listed)?;
        if let Some(known) = &found {
            must_be_one(listed, known)?;
            self.seen.once(known.id, || format!("provider {}", known.code))?;
        } else if let Some(key) = key(listed) {
            self.seen.once(key, || format!("provider `{}`", listed.name))?;
        }
        Ok(found)
    }

    /// By the key of its source, else by its code, else by its name.
    fn find(&self, tx: &mut Tx<'_>, listed: &ListedProvider) -> Result<Option<Provider>> {
        if let Some(id) = key(listed) {
            return Ok(self.known.get(&id).cloned());
        }
        if let Some(code) = &listed.code {
            return Ok(self.codes.get(code).and_then(|id| self.known.get(id)).cloned());
        }
        of_name(tx, &listed.name)
    }

    fn created(&self, tx: &mut Tx<'_>, listed: &ListedProvider) -> Result<Provider> {
        let taken = |code: &str| store::provider::is_code_taken(tx, code);
        let code = self.context.code_of_row(Prefix::Provider, listed.code.as_deref(), taken)?;
        let (source, source_id) = listed.origin.clone().unzip();
        let id = key(listed).unwrap_or_else(|| self.context.key());
        Ok(listed.applied(Provider { source, source_id, ..Provider::named(id, code, listed.name.clone()) }))
    }
}

/// What comes from a source has the same key in every hub.
fn key(listed: &ListedProvider) -> Option<ProviderId> {
    listed.origin.as_ref().map(|(source, id)| imported_key("provider", source, id))
}

/// Refused if several have this name, and not exactly one of them in this spelling.
fn of_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Provider>> {
    let found = store::provider::of_name(tx, name)?;
    match found.as_slice() {
        [first, second, ..] if second.name == name || first.name != name => {
            let codes: Vec<&str> = found.iter().map(|provider| provider.code.as_str()).collect();
            let message = format!("`{name}` may be any of {}: give the code", codes.join(", "));
            Err(Error::invalid("import.ambiguous", message))
        }
        _ => Ok(found.into_iter().next()),
    }
}

/// A code of another hub may be that of another organisation here (rule 5.1).
fn must_be_one(listed: &ListedProvider, known: &Provider) -> Result<()> {
    let same = |listed: &Option<edit::Edit<String>>, known: &Option<String>| matches!(listed, Some(edit::Edit::Set(value)) if Some(value) == known.as_ref());
    let has_an_address = same(&listed.phone, &known.phone)
        || same(&listed.email, &known.email)
        || same(&listed.url, &known.url)
        || same(&listed.postal_code, &known.postal_code);
    if is_known_as(known, &listed.name) || has_an_address {
        return Ok(());
    }
    let Provider { code, name, .. } = known;
    let there = &listed.name;
    Err(Error::invalid(
        "import.another",
        format!(
            "{code} is `{name}` here, and in the list it is `{there}`, of which neither name nor address is known: rename \
             {code} first, or leave its code and source empty for a new provider"
        ),
    ))
}
