//! `contract import`: contracts from tables. A contract is known by its provider and its name.

use super::{insert, of_name, save, sorted};
use crate::commands::prelude::*;
use crate::context::{EachRow, ImportArgs, Known, Seen};
use crate::interchange::contracts::{self, ContractRow};
use crate::interchange::table::{Reading, Rows};
use crate::model::contract::ContractView;
use crate::model::import_kind::ImportKind;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk contract import contracts.csv --map name=Agreement --dry-run

Columns: provider, name, starts_on, ends_on, categories (between semicolons), code. A contract of the same provider and name is \
  changed, and its earlier state stays in the history; an empty ends_on leaves it open. What `contract list` writes is read as it \
  is, and a code from another hub is kept where it is free.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.import_each(ImportKind::Contracts, &command.args, |_| {
        let (providers, categories, seen) = Default::default();
        Ok(Importer { context, providers, categories, seen })
    })
}

struct Importer<'a> {
    context: &'a Context,
    providers: Known<Provider>,
    categories: Known<Category>,
    seen: Seen,
}

impl EachRow for Importer<'_> {
    type Row = ContractRow;
    type View = ContractView;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<ContractRow>> {
        contracts::open(input, how)
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: ContractRow) -> Result<Change<ContractView>> {
        let provider = self.providers.find(tx, &row.provider, Visibility::INTERNAL)?;
        let key = (provider.id, text::fold(&row.name));
        self.seen.once(key, || format!("contract `{}` of `{}`", row.name, provider.name))?;
        let categories = row.categories.as_ref().map(|names| self.categories(tx, names)).transpose()?;
        let today = self.context.today;
        let Some(before) = of_name(tx, provider.id, &row.name)? else {
            let new = self.created(tx, row, &provider, categories)?;
            insert(self.context, tx, &new)?;
            return Ok(Change::created(new.view(today)));
        };
        let after = Contract {
            starts_on: row.starts_on.unwrap_or(before.starts_on),
            ends_on: edit::apply(row.ends_on.as_ref(), before.ends_on),
            categories: categories.unwrap_or_else(|| before.categories.clone()),
            ..before.clone()
        };
        save(self.context, tx, &before, &after)?;
        Ok(Change::of(before.view(today), after.view(today)))
    }
}

impl Importer<'_> {
    fn created(
        &self, tx: &mut Tx<'_>, row: ContractRow, provider: &Provider,
        categories: Option<Vec<(CategoryId, String)>>,
    ) -> Result<Contract> {
        let lacks = |what| Error::invalid("import.no_value", format!("is new and has no {what}"));
        let taken = |code: &str| store::contract::is_code_taken(tx, code);
        Ok(Contract {
            id: self.context.key(),
            code: self.context.code_of_row(Prefix::Contract, row.code.as_deref(), taken)?,
            provider_id: provider.id,
            provider: provider.code.clone(),
            provider_name: provider.name.clone(),
            name: row.name,
            starts_on: row.starts_on.ok_or_else(|| lacks("starts_on"))?,
            ends_on: edit::apply(row.ends_on.as_ref(), None),
            categories: categories.ok_or_else(|| lacks("categories"))?,
        })
    }

    fn categories(&mut self, tx: &mut Tx<'_>, names: &[String]) -> Result<Vec<(CategoryId, String)>> {
        let found = names.iter().map(|name| self.categories.find(tx, name, Visibility::INTERNAL));
        found.collect::<Result<Vec<_>>>().map(sorted)
    }
}
