//! `category`: the sorts of service that contracts and records name.

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::access::Action;
use crate::model::category::{self, CategoryView};
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::output::Outcome;
use crate::store;

#[derive(Args)]
pub(crate) struct Category {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a category
    Create(Create),
    /// List categories by name
    List,
}

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk category create \"Home meals\"";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
struct Create {
    /// What the category is called
    #[arg(value_parser = text::name)]
    name: String,
    /// Leave a category of this name as it is
    #[arg(long)]
    if_not_exists: bool,
}

pub(crate) fn run(context: &Context, command: Category) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List => list(context),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    context.actor.may(Action::ChangeSharing)?;
    let (outcome, view) = context.write(|tx| {
        let key = text::fold(&command.name);
        let same = store::category::list(tx, None, Visibility::INTERNAL)?
            .into_iter()
            .find(|one| text::fold(&one.name) == key);
        if let Some(same) = same.filter(|_| command.if_not_exists) {
            return Ok((Outcome::Unchanged, same.view()));
        }
        let made = category::Category { id: context.key(), name: command.name.clone() };
        store::category::insert(tx, &made)?;
        context.audit(tx, "category.create", &made.name, None::<&()>, Some(&made.view()))?;
        Ok((Outcome::Created, made.view()))
    })?;
    let verb = if outcome == Outcome::Created { "Created the category" } else { "There is a category" };
    change_report.say(outcome, &format!("{verb} `{}`.", view.name), &view)
}

fn list(context: &Context) -> Result<()> {
    let categories = context.read(|tx| store::category::list(tx, None, context.visibility()))?;
    let mut list = context.out.list::<CategoryView>()?;
    for category in categories {
        list.row(&category.view())?;
    }
    list.end("no categories")
}
