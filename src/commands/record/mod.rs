//! `record`: entries of providers about clients, and who may see them.

mod access;
mod add;
mod import;
mod list;
mod show;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::category::Category;
use crate::model::contract::Contract;
use crate::model::import::Counts;
use crate::model::record::{self, Entry, RecordView};
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Record {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add a record; it is never changed afterwards
    Add(add::Add),
    /// Import records from a CSV table or JSON lines; a second time changes nothing
    Import(import::Import),
    /// List the records of a client, the newest day first; a provider sees its own and what is shared with it
    List(list::List),
    /// Show a record
    Show(show::Show),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<RecordView>().shows::<RecordView>().changes::<RecordView>().reports::<Counts>();
}

pub(crate) fn run(context: &Context, command: Record) -> Result<()> {
    match command.verb {
        Verb::Add(add) => add::run(context, &add),
        Verb::Import(import) => import::run(context, &import),
        Verb::List(list) => list::run(context, &list),
        Verb::Show(show) => show::run(context, &show),
    }
}

/// An entry with the names of its references.
struct Written {
    entry: Entry,
    category: Option<String>,
    contract: Option<String>,
}

impl Written {
    fn new(entry: Entry, contract: Option<&Contract>, category: Option<Category>) -> Result<Self> {
        let category = record::category_under(contract, category)?;
        Ok(Written {
            entry: Entry {
                category_id: category.as_ref().map(|category| category.id),
                contract_id: contract.map(|contract| contract.id),
                ..entry
            },
            category: category.map(|category| category.name),
            contract: contract.map(|contract| contract.code.clone()),
        })
    }

    /// `owner` is its code and its name.
    fn view(
        &self,
        context: &Context,
        made: &record::Record,
        client: &str,
        owner: (&str, &str),
    ) -> RecordView {
        let Entry { data_type, happened_on, title, units, detail, .. } = &self.entry;
        RecordView {
            code: made.code.clone(),
            client: client.to_owned(),
            owner: owner.0.to_owned(),
            owner_name: owner.1.to_owned(),
            data_type: *data_type,
            date: *happened_on,
            title: title.clone(),
            category: self.category.clone(),
            contract: self.contract.clone(),
            units: units.clone(),
            detail: detail.clone(),
            basis: None,
            recorded_at: context.now,
        }
    }
}
