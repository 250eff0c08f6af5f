//! `record`: entries of providers about clients, and who may see them.

mod disclosed;
mod import;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Action;
use crate::model::category::Category;
use crate::model::client::Client;
use crate::model::code::Prefix;
use crate::model::contract::Contract;
use crate::model::provider::Provider;
use crate::model::record::{self, Entry, RecordView};
use crate::model::reference::Reference;
use crate::model::sharing::DataType;
use crate::model::text;
use crate::model::time::Day;
use crate::model::visibility::Visibility;
use crate::output::Outcome;
use crate::store;
use crate::store::contract::Scope;

#[derive(Args)]
pub(crate) struct Record {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add a record; it is never changed afterwards
    Add(Add),
    /// Import records from a CSV table or JSON lines; a second time changes nothing
    Import(import::Import),
    /// List the records of a client, the newest day first; a provider sees its own and what is shared with it
    List(disclosed::List),
    /// Show a record
    Show(disclosed::Show),
}

const ADD_EXAMPLES: &str = "\
Examples:
  $ caredesk record add CLI-7K3M9Q --provider harbour --type services --date today --title Lunch";

#[derive(Args)]
#[command(after_help = ADD_EXAMPLES)]
struct Add {
    /// About whom: a code or its beginning, an id, a name or its beginning, a family name
    client: Reference,
    /// Who owns it: a code or name, or the beginning of either
    #[arg(long, value_name = "PROVIDER")]
    provider: Reference,
    /// What sort of data it is
    #[arg(long = "type", value_name = "TYPE")]
    data_type: DataType,
    /// When it happened, or will
    #[arg(long, value_name = "DATE")]
    date: Day,
    /// What it is, in a line
    #[arg(long, value_parser = text::name)]
    title: String,
    /// The category of the service [default: the only one of the contract]
    #[arg(long, value_name = "CATEGORY")]
    category: Option<Reference>,
    /// Under which contract of this provider
    #[arg(long, value_name = "CONTRACT")]
    contract: Option<Reference>,
    /// How much of it
    #[arg(long, value_parser = text::name)]
    units: Option<String>,
    /// Anything more
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    detail: Option<String>,
}

pub(crate) fn run(context: &Context, command: Record) -> Result<()> {
    match command.verb {
        Verb::Add(add) => self::add(context, &add),
        Verb::Import(import) => import::run(context, &import),
        Verb::List(list) => disclosed::list(context, &list),
        Verb::Show(show) => disclosed::show(context, &show),
    }
}

fn add(context: &Context, command: &Add) -> Result<()> {
    let change_report = context.out.change_report()?;
    let visibility = context.visibility();
    let view = context.write(|tx| {
        tx.as_of(context.now, context.today)?;
        let client = store::lookup::<store::client::KnownClient>(tx, &command.client, visibility)?;
        let provider = store::lookup::<Provider>(tx, &command.provider, visibility)?;
        context.actor.may(Action::ChangeRecords)?;
        let written = written(context, tx, command, &provider)?;
        let code = context.codes(Prefix::Record, 1, |drawn| store::record::taken_codes(tx, drawn))?;
        let made = record::Record {
            id: context.key(),
            code: code.into_iter().next().unwrap_or_default(),
            client_id: client.id,
            provider_id: provider.id,
            entry: written.entry.clone(),
        };
        store::record::insert(tx, std::slice::from_ref(&made), context.now, context.actor.account.id)?;
        let view = written.view(context, &made, &client.code, &provider.name);
        context.audit(tx, "record.add", &made.code, None::<&()>, Some(&view))?;
        Ok((view, client, provider))
    })?;
    let (view, client, provider) = view;
    change_report.say(Outcome::Created, &added(&view, &client, &provider), &view)
}

fn added(view: &RecordView, client: &Client, provider: &Provider) -> String {
    let kind = view.data_type.name();
    format!("Added {} ({kind} of {} at `{}`, {}).", view.code, client.code, provider.name, view.date)
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

    fn view(&self, context: &Context, made: &record::Record, client: &str, owner: &str) -> RecordView {
        let Entry { data_type, happened_on, title, units, detail, .. } = &self.entry;
        RecordView {
            code: made.code.clone(),
            client: client.to_owned(),
            owner: owner.to_owned(),
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

fn written(context: &Context, tx: &mut Tx<'_>, command: &Add, provider: &Provider) -> Result<Written> {
    let contract = command.contract.as_ref();
    let scope = Scope { visibility: Visibility::INTERNAL, provider: Some(provider.id) };
    let contract = store::lookup_optional::<Contract>(tx, contract, scope)?;
    let category = command.category.as_ref();
    let category = store::lookup_optional::<Category>(tx, category, Visibility::INTERNAL)?;
    let entry = Entry {
        data_type: command.data_type,
        happened_on: command.date.resolve(context.today),
        title: command.title.clone(),
        category_id: None,
        contract_id: None,
        units: command.units.clone(),
        detail: command.detail.clone(),
        source_id: None,
    };
    Written::new(entry, contract.as_ref(), category)
}
