//! `category`: the sorts of service that contracts and records name.

use crate::commands::prelude::*;
use crate::model::category;

verbs! {
    Category: lists category::Category, changes category::Category;

    /// Create a category
    Create(Create) => create,
    /// List categories by name
    List => list,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk category create \"Home meals\"")]
struct Create {
    /// The name of the category
    #[arg(value_parser = text::name)]
    name: String,
    /// Do nothing if a category with this name exists
    #[arg(long)]
    if_not_exists: bool,
}

fn create(context: &Context, command: &Create) -> Result<()> {
    context.change("category.create", Action::ChangeSharing, |tx| {
        let key = text::fold(&command.name);
        let all = store::category::list(tx, None, Visibility::INTERNAL)?;
        if let Some(same) = all.into_iter().find(|one| command.if_not_exists && text::fold(&one.name) == key)
        {
            let why = format!("category `{}` exists", same.name);
            return Ok(Change::unchanged(same).already(why));
        }
        let new = category::Category { id: context.key(), name: command.name.clone() };
        store::category::insert(tx, &new)?;
        Ok(Change::created(new))
    })
}

fn list(context: &Context) -> Result<()> {
    let categories = context.read(|tx| store::category::list(tx, None, context.visibility()))?;
    context.out.rows(categories, "no categories")
}
