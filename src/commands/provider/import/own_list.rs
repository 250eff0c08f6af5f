//! What `provider list` writes: each row is a provider by its code, or by its source and its id there (rule 5.4).

use super::report::ProviderRun;
use crate::commands::prelude::*;
use crate::context::Seen;
use crate::interchange::provider_list::{self, ListedProvider};
use crate::interchange::table::{FoundRow, Reading};
use crate::model::code::imported_key;
use crate::model::directory::Reject;
use crate::model::provider::imported::is_known_as;
use crate::model::remarks::Remarks;
use crate::store::provider::Filter;

/// One file.
pub(super) struct OwnList {
    rows: Vec<FoundRow<ListedProvider>>,
    remarks: Remarks,
}

/// None if the table is another.
pub(super) fn read(input: &Input, how: &Reading) -> Result<Option<OwnList>> {
    let Some(mut table) = provider_list::open(input, how)? else { return Ok(None) };
    let mut rows = Vec::new();
    while let Some(row) = table.next()? {
        rows.push(row);
    }
    Ok(Some(OwnList { rows, remarks: table.remarks() }))
}

pub(super) fn apply(
    context: &Context, tx: &mut Tx<'_>, lists: &[OwnList], run: &mut ProviderRun<'_>,
) -> Result<()> {
    let mut importer = Importer { context, seen: Seen::default(), changed: Vec::new() };
    for list in lists {
        run.remarks.add(list.remarks.clone());
        for (found, row) in &list.rows {
            run.counts.read += 1;
            match found {
                Err(why) => run.reject(row, why)?,
                Ok(listed) => importer.take(tx, run, row, listed)?,
            }
        }
    }
    store::resource::index(tx, &importer.changed)
}

struct Importer<'a> {
    context: &'a Context,
    seen: Seen,
    /// Providers that are to be indexed for searching.
    changed: Vec<ProviderId>,
}

impl Importer<'_> {
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
            return run.created(row, &new);
        };
        let after =
            if before.merged_into.is_some() { before.clone() } else { listed.applied(before.clone()) };
        if run.compared(row, &before, &after, Provider::clone)? {
            store::provider::update(tx, &after, None)?;
            self.changed.push(after.id);
        }
        Ok(())
    }

    /// The provider here that a row is about. Invalid if that is another organisation, or had a row before.
    fn meant(&mut self, tx: &mut Tx<'_>, listed: &ListedProvider) -> Result<Option<Provider>> {
        let found = find(tx, listed)?;
        if let Some(known) = &found {
            must_be_one(listed, known)?;
            self.seen.once(known.id, || format!("provider {}", known.code))?;
        } else if let Some(key) = key(listed) {
            self.seen.once(key, || format!("provider `{}`", listed.name))?;
        }
        Ok(found)
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

fn find(tx: &mut Tx<'_>, listed: &ListedProvider) -> Result<Option<Provider>> {
    let mut one = |filter: &Filter<'_>| {
        store::provider::list(tx, filter, Visibility::INTERNAL, 1).map(|mut found| found.pop())
    };
    if let Some(id) = key(listed) {
        return one(&Filter { id: Some(id), ..Filter::default() });
    }
    if let Some(code) = &listed.code {
        return one(&Filter { code: Some(code), ..Filter::default() });
    }
    of_name(tx, &listed.name)
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
