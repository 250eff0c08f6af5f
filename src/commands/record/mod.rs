//! `record`: entries of providers about clients, and who may see them.

mod access;
mod add;
mod edit;
mod import;
mod list;
mod show;

use crate::commands::prelude::*;
use crate::model::import::Summary;
use crate::model::record::{self, Entry, RecordView};

verbs! {
    Record: lists RecordView, shows RecordView, changes RecordView, imports Summary, rows RecordView;

    /// Add a record; what it says cannot be changed afterwards
    Add(add::Add) => add::run,
    /// Mark a record as never shared with other providers, or take the mark away
    Edit(edit::Edit) => edit::run,
    /// Import records from a CSV table or JSON lines; repeating an import changes nothing
    Import(import::Import) => import::run,
    /// List the records of a client, newest first; a provider sees its own and those shared with it
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a record
    #[command(arg = at())]
    Show(show::Show) => show::run,
}

/// An entry with the names of its references.
struct Written {
    entry: Entry,
    category: Option<String>,
    /// Its code and name.
    contract: Option<(String, String)>,
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
            contract: contract.map(|contract| (contract.code.clone(), contract.name.clone())),
        })
    }

    /// `client` and `owner` are the code and the name of each.
    fn view(
        &self, context: &Context, made: &record::Record, client: (&str, &str), owner: (&str, &str),
    ) -> RecordView {
        let Entry { data_type, happened_on, title, units, detail, .. } = &self.entry;
        RecordView {
            code: made.code.clone(),
            client: client.0.to_owned(),
            client_name: client.1.to_owned(),
            owner: owner.0.to_owned(),
            owner_name: owner.1.to_owned(),
            data_type: *data_type,
            happened_on: *happened_on,
            title: title.clone(),
            category: self.category.clone(),
            contract: self.contract.as_ref().map(|(code, _)| code.clone()),
            contract_name: self.contract.as_ref().map(|(_, name)| name.clone()),
            units: units.clone(),
            detail: detail.clone(),
            notice: None,
            never_shared: made.entry.never_shared,
            basis: None,
            recorded_at: context.now(),
        }
    }
}
