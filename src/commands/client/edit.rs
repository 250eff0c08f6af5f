//! `client edit`: what is known of a person.

use super::birth_date;
use crate::commands::prelude::*;
use crate::model::code::unlike_a_code;

#[derive(Args)]
pub(super) struct Edit {
    /// A code or its beginning, an id, a name or its beginning, a family name
    client: Reference,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The given name
    #[arg(long, value_parser = text::name)]
    given: Option<String>,
    /// The family name
    #[arg(long, value_parser = text::name)]
    family: Option<String>,
    /// The day of birth, such as 1941-03-02
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>))]
    birth_date: Option<edit::Edit<Day>>,
    /// Where the person lives
    #[arg(long, value_parser = edit::or_none(text::name))]
    postal_code: Option<edit::Edit<String>>,
    /// The number that another system knows the person by
    #[arg(long, value_parser = edit::or_none(unlike_a_code))]
    id: Option<edit::Edit<String>>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("client.edit", Action::ChangeClients, |tx| {
        let before = store::lookup::<Client>(tx, &command.client, context.visibility())?;
        let after = edited(context, &command.fields, &before)?;
        if after != before {
            store::client::update(tx, &after)?;
        }
        Ok(Change::of(before, after))
    })
}

fn edited(context: &Context, fields: &Fields, before: &Client) -> Result<Client> {
    let was = before.clone();
    Ok(Client {
        given: fields.given.clone().unwrap_or(was.given),
        family: fields.family.clone().unwrap_or(was.family),
        birth_date: edit::try_apply(fields.birth_date, was.birth_date, |day| birth_date(context, day))?,
        postal_code: edit::apply(fields.postal_code.as_ref(), was.postal_code),
        external_id: edit::apply(fields.id.as_ref(), was.external_id),
        ..was
    })
}
