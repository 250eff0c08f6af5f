//! `contract`: under which providers deliver services of some categories, from a first day to a last.

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Action;
use crate::model::category::Category;
use crate::model::code::{Prefix, unlike_a_code};
use crate::model::contract::{self, ContractView};
use crate::model::id::CategoryId;
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::time::Day;
use crate::model::visibility::Visibility;
use crate::model::{edit, text};
use crate::output::{Outcome, Page};
use crate::store;
use crate::store::contract::Filter;

#[derive(Args)]
pub(crate) struct Contract {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a contract
    Create(Create),
    /// List contracts
    List(List),
    /// Show a contract
    Show {
        /// Its code or name, or the beginning of either
        contract: Reference,
    },
    /// Change what is given; what was before stays in the history
    Edit(Edit),
}

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk contract create harbour \"Meals 2027\" --start 2027-01-01 --category \"Home meals\"";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
struct Create {
    /// Whose: its code or name, or the beginning of either
    provider: Reference,
    /// What the contract is called
    #[arg(value_parser = unlike_a_code)]
    name: String,
    /// Its first day
    #[arg(long, value_name = "DATE")]
    start: Day,
    /// Its last day, which still counts [default: it goes on]
    #[arg(long, value_name = "DATE")]
    stop: Option<Day>,
    /// A category of its services; may be given several times
    #[arg(long = "category", value_name = "CATEGORY", required = true)]
    categories: Vec<Reference>,
    /// Leave a contract of this provider and name as it is
    #[arg(long)]
    if_not_exists: bool,
}

#[derive(Args)]
struct List {
    /// Only of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only those in force today
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    page: Page,
}

#[derive(Args)]
struct Edit {
    /// Its code or name, or the beginning of either
    contract: Reference,
    /// Its first day
    #[arg(long, value_name = "DATE")]
    start: Option<Day>,
    /// Its last day, which still counts; `none` lets it go on
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>))]
    stop: Option<edit::Edit<Day>>,
    /// All categories of its services from now on; may be given several times
    #[arg(long = "category", value_name = "CATEGORY")]
    categories: Vec<Reference>,
}

pub(crate) fn run(context: &Context, command: Contract) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { contract } => show(context, &contract),
        Verb::Edit(edit) => self::edit(context, &edit),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    let visibility = context.visibility();
    let (outcome, view) = context.write(|tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, visibility)?;
        context.actor.may(Action::ChangeSharing)?;
        if let Some(same) = same(tx, &provider, command)?.filter(|_| command.if_not_exists) {
            return Ok((Outcome::Unchanged, same.view(context.today)));
        }
        let made = new(context, tx, &provider, command)?;
        made.must_end_after_it_starts()?;
        store::contract::insert(tx, &made, context.now)?;
        store::contract::insert_term(tx, context.key(), &made, context.now)?;
        store::contract::insert_categories(tx, || context.key(), &made, context.now)?;
        let view = made.view(context.today);
        context.audit(tx, "contract.create", &made.code, None::<&()>, Some(&view))?;
        Ok((Outcome::Created, view))
    })?;
    let verb = if outcome == Outcome::Created { "Created the contract" } else { "There is a contract" };
    change_report.say(outcome, &format!("{verb} {}.", described(&view)), &view)
}

fn same(tx: &mut Tx<'_>, provider: &Provider, command: &Create) -> Result<Option<contract::Contract>> {
    let filter = Filter { provider: Some(provider.id), ..Filter::default() };
    let key = text::fold(&command.name);
    let found = store::contract::list(tx, &filter, Visibility::INTERNAL, i64::MAX)?;
    Ok(found.into_iter().find(|one| text::fold(&one.name) == key))
}

fn new(
    context: &Context,
    tx: &mut Tx<'_>,
    provider: &Provider,
    command: &Create,
) -> Result<contract::Contract> {
    Ok(contract::Contract {
        id: context.key(),
        code: context.code(Prefix::Contract, |code| store::contract::is_code_taken(tx, code))?,
        provider_id: provider.id,
        provider: provider.name.clone(),
        name: command.name.clone(),
        start: command.start.resolve(context.today),
        stop: command.stop.map(|day| day.resolve(context.today)),
        categories: categories(tx, &command.categories)?,
    })
}

/// Sorted by name, without duplicates.
fn categories(tx: &mut Tx<'_>, references: &[Reference]) -> Result<Vec<(CategoryId, String)>> {
    let found = store::lookup_many::<Category>(tx, references, Visibility::INTERNAL)?;
    let mut found: Vec<_> = found.into_iter().map(|category| (category.id, category.name)).collect();
    found.sort_by_key(|(id, name)| (text::fold(name), *id));
    Ok(found)
}

fn described(view: &ContractView) -> String {
    let stop = view.stop.map(|day| format!(" to {day}")).unwrap_or_default();
    format!(
        "{} (`{}` of `{}`, from {}{stop}, for {})",
        view.code,
        view.name,
        view.provider,
        view.start,
        view.categories.join(", ")
    )
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<ContractView>()?;
    context.read(|tx| {
        let provider = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let start =
            store::lookup_optional::<contract::Contract>(tx, command.page.after.as_ref(), visibility)?;
        let filter = Filter {
            provider: provider.map(|provider| provider.id),
            on: command.active.then_some(context.today),
            ..Filter::default()
        };
        let page = |after: Option<&contract::Contract>, limit| {
            store::contract::list(tx, &Filter { after: after.map(|one| one.id), ..filter }, visibility, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, |one| one.view(context.today))
    })?;
    list.end("no contracts")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let found =
        context.read(|tx| store::lookup::<contract::Contract>(tx, reference, context.visibility()))?;
    context.out.show(&found.view(context.today), || None)
}

fn edit(context: &Context, command: &Edit) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, view) = context.write(|tx| {
        let before = store::lookup::<contract::Contract>(tx, &command.contract, context.visibility())?;
        context.actor.may(Action::ChangeSharing)?;
        let after = edited(context, tx, command, &before)?;
        after.must_end_after_it_starts()?;
        if after == before {
            return Ok((Outcome::Unchanged, before.view(context.today)));
        }
        save(context, tx, &before, &after)?;
        let (was, is) = (before.view(context.today), after.view(context.today));
        context.audit(tx, "contract.edit", &after.code, Some(&was), Some(&is))?;
        Ok((Outcome::Updated, is))
    })?;
    let sentence = match outcome {
        Outcome::Unchanged => format!("Nothing to change: the contract {} stays as it is.", described(&view)),
        _ => format!("The contract {} was changed.", described(&view)),
    };
    change_report.say(outcome, &sentence, &view)
}

fn edited(
    context: &Context,
    tx: &mut Tx<'_>,
    command: &Edit,
    before: &contract::Contract,
) -> Result<contract::Contract> {
    let was = before.clone();
    Ok(contract::Contract {
        start: command.start.map_or(was.start, |day| day.resolve(context.today)),
        stop: edit::try_apply(command.stop, was.stop, |day| Ok(day.resolve(context.today)))?,
        categories: match command.categories.as_slice() {
            [] => was.categories,
            reference => categories(tx, reference)?,
        },
        ..was
    })
}

/// Starts new versions of the parts that differ.
fn save(
    context: &Context,
    tx: &mut Tx<'_>,
    before: &contract::Contract,
    after: &contract::Contract,
) -> Result<()> {
    if (before.start, before.stop) != (after.start, after.stop) {
        store::contract::end_term(tx, after.id, context.now)?;
        store::contract::insert_term(tx, context.key(), after, context.now)?;
    }
    if before.categories != after.categories {
        store::contract::end_categories(tx, after.id, context.now)?;
        store::contract::insert_categories(tx, || context.key(), after, context.now)?;
    }
    Ok(())
}
