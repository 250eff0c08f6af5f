//! `resource import`: programs and agency records from tables, each as `resource edit` and `provider add-resource` do it by hand.

use std::collections::BTreeSet;

use super::edit::may_become;
use crate::commands::prelude::*;
use crate::context::{EachRow, ImportArgs, Known, Seen};
use crate::interchange::resources::{self, ResourceRow};
use crate::interchange::table::{Reading, Rows};
use crate::model::import_kind::ImportKind;
use crate::model::resource::ResourceKind;
use crate::model::sharing::Effect;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk resource import programs.csv --map provider=Agency --dry-run

Columns: name, provider (code or name), kind (program or agency), state (active, paused or inactive), description, eligibility, \
  fees, application_process, email, url, code. A row is of the resource with its code, else of the one of that name at the \
  provider; one that is not there is created as a program. What `resource list` writes is read as it is.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.import_each(ImportKind::Resources, &command.args, |_| {
        let (providers, seen, changed) = Default::default();
        Ok(Importer { context, providers, seen, changed })
    })
}

struct Importer<'a> {
    context: &'a Context,
    providers: Known<Provider>,
    seen: Seen,
    /// The providers whose resources have changed since they were indexed for searching.
    changed: BTreeSet<ProviderId>,
}

impl EachRow for Importer<'_> {
    type Row = ResourceRow;
    type View = Resource;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<ResourceRow>> {
        resources::open(input, how)
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: ResourceRow) -> Result<Change<Resource>> {
        let provider = self.providers.find(tx, &row.provider, Visibility::INTERNAL)?;
        let Some(before) = existing(tx, &row, &provider)? else {
            let new = self.created(tx, &row, &provider)?;
            self.seen.once(new.id, || format!("resource `{}`", new.name))?;
            store::resource::insert(tx, &new)?;
            // A new program has only its name and its provider; the rest is an edit of it.
            store::resource::update(tx, &new)?;
            self.changed.insert(provider.id);
            return Ok(Change::created(new));
        };
        self.seen.once(before.id, || format!("resource {}", before.code))?;
        let after = row.applied(before.clone());
        if after != before {
            may_become(tx, &before, &after)?;
            store::resource::update(tx, &after)?;
            self.changed.insert(provider.id);
        }
        Ok(Change::of(before, after))
    }

    /// All of a provider are indexed anew, so each provider once.
    fn end(&mut self, tx: &mut Tx<'_>) -> Result<(Effect, Vec<String>)> {
        let changed: Vec<ProviderId> = std::mem::take(&mut self.changed).into_iter().collect();
        store::resource::index(tx, &changed)?;
        Ok(<(Effect, Vec<String>)>::default())
    }
}

/// The resource with the code of the row, which may be that of another here (rule 5.1); else the one of its name.
fn existing(tx: &mut Tx<'_>, row: &ResourceRow, provider: &Provider) -> Result<Option<Resource>> {
    let coded = match &row.code {
        Some(code) => store::resource::of_code(tx, code)?,
        None => None,
    };
    let Some(found) = coded else {
        let named = store::resource::of_name(tx, provider.id, &row.name)?;
        return Ok(named.filter(|named| row.kind.is_none_or(|kind| named.kind == kind)));
    };
    if found.provider_id == provider.id {
        return Ok(Some(found));
    }
    let Resource { code, provider_name, .. } = &found;
    let message = format!("{code} is a resource of `{provider_name}` here, and not of `{}`", provider.name);
    Err(Error::invalid("import.another", message))
}

impl Importer<'_> {
    fn created(&self, tx: &mut Tx<'_>, row: &ResourceRow, provider: &Provider) -> Result<Resource> {
        if row.kind == Some(ResourceKind::Agency) {
            let message = format!("the agency record of `{0}` is called `{0}`", provider.name);
            return Err(Error::invalid("import.no_agency", message));
        }
        provider.must_be_active()?;
        let taken = |code: &str| store::resource::is_code_taken(tx, code);
        let id = self.context.key();
        let code = self.context.code_of_row(Prefix::Resource, row.code.as_deref(), taken)?;
        Ok(row.applied(provider.program(id, code, row.name.clone())))
    }
}
