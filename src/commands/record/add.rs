//! `record add`: a record, of which the content is never changed afterwards.

use super::Written;
use crate::commands::prelude::*;
use crate::model::record::{Entry, Record};
use crate::model::sharing::DataType;
use crate::store::client::KnownClient;
use crate::store::contract::Scope;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk record add CLI-7K3M9Q --provider harbour --type services \\
      --date today --title Lunch")]
pub(super) struct Add {
    /// The client: code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// The provider that owns the record: code or name (or the beginning of either)
    #[arg(long, value_name = "PROVIDER")]
    provider: Reference,
    /// The type of data
    #[arg(long = "type", value_name = "TYPE")]
    data_type: DataType,
    /// The date of the event, past or future
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Day,
    /// The title, in one line
    #[arg(long, value_parser = text::name)]
    title: String,
    /// The category of the service [default: that of the contract, if it has only one]
    #[arg(long, value_name = "CATEGORY")]
    category: Option<Reference>,
    /// A contract of this provider
    #[arg(long, value_name = "CONTRACT")]
    contract: Option<Reference>,
    /// The quantity
    #[arg(long, value_parser = text::line)]
    units: Option<String>,
    /// Further details
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    detail: Option<String>,
    /// Show it to no other provider, whatever has been agreed
    #[arg(long)]
    never_shared: bool,
}

pub(super) fn run(context: &Context, command: &Add) -> Result<()> {
    let visibility = context.visibility();
    context.change("record.add", Action::ChangeRecords, |tx| {
        let client = store::lookup::<KnownClient>(tx, &command.client, visibility)?;
        let provider = store::lookup::<Provider>(tx, &command.provider, visibility)?;
        client.must_be_known()?;
        let written = written(context, tx, command, &provider)?;
        let code = context.codes(Prefix::Record, 1, |drawn| store::record::taken_codes(tx, drawn))?;
        let new = Record {
            id: context.key(),
            code: code.into_iter().next().unwrap_or_default(),
            client_id: client.id,
            provider_id: provider.id,
            entry: written.entry.clone(),
        };
        store::record::insert(tx, std::slice::from_ref(&new), context.now(), context.actor.account.id)?;
        let client_name = client.full_name();
        let owner = (provider.code.as_str(), provider.name.as_str());
        let view = written.view(context, &new, (&client.code, &client_name), owner);
        let (code, kind, day) = (&view.code, view.data_type, view.happened_on);
        let mark = if command.never_shared { ", never shared" } else { "" };
        let who = format!("{client_name} ({})", client.code);
        let sentence = format!("Created record {code}: {kind} of {who} at `{}`, {day}{mark}.", provider.name);
        Ok(Change::created(view).saying(sentence))
    })
}

fn written(context: &Context, tx: &mut Tx<'_>, command: &Add, provider: &Provider) -> Result<Written> {
    let contract = command.contract.as_ref();
    let scope = Scope { visibility: context.visibility(), provider: Some(provider.id) };
    let contract = store::lookup_optional::<Contract>(tx, contract, scope)?;
    let category = command.category.as_ref();
    let category = store::lookup_optional::<Category>(tx, category, context.visibility())?;
    let entry = Entry {
        data_type: command.data_type,
        happened_on: command.date.resolve(context.today),
        title: command.title.clone(),
        category_id: None,
        contract_id: None,
        units: command.units.clone(),
        detail: command.detail.clone(),
        source_id: None,
        never_shared: command.never_shared,
    };
    Written::new(entry, contract.as_ref(), category)
}
