//! `client edit`: what is known of a person.

use super::{birth_date, planned};
use crate::commands::prelude::*;
use crate::model::client::{self, ClientStatus, Planned};
use crate::model::code::unlike_a_code;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client edit CLI-7K3M9Q --family Brook
  $ caredesk client edit CLI-7K3M9Q --family Brook --correction
  $ caredesk client edit CLI-7K3M9Q --status deceased --since 2026-11-20")]
pub(super) struct Edit {
    /// Code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    #[command(flatten)]
    fields: Fields,
    /// The name was misspelt: what it was is not kept as a former name
    #[arg(long)]
    correction: bool,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The given name
    #[arg(long, value_parser = edit::never_none(text::name))]
    given: Option<String>,
    /// The family name
    #[arg(long, value_parser = edit::never_none(text::name))]
    family: Option<String>,
    /// The date of birth, such as 1941-03-02
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>))]
    birth_date: Option<edit::Edit<Day>>,
    /// The postal code of the home address
    #[arg(long, value_parser = edit::or_none(text::line))]
    postal_code: Option<edit::Edit<String>>,
    /// The person's id in another system
    #[arg(long, value_parser = edit::or_none(unlike_a_code))]
    id: Option<edit::Edit<String>>,
    /// Whether the person is cared for
    #[arg(long)]
    status: Option<ClientStatus>,
    /// Since which day inactive, or the day of death
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>))]
    since: Option<edit::Edit<Day>>,
    /// A name that the person had before, beside those that are known
    #[arg(long = "former-name", value_name = "NAME", value_parser = edit::or_none(text::name))]
    former_names: Vec<edit::Edit<String>>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("client.edit", Action::ChangeClients, |tx| {
        let before = store::lookup::<Client>(tx, &command.client, context.visibility())?;
        let after = edited(context, command, &before)?;
        if after != before {
            store::client::update(tx, &before, &after)?;
        }
        let planned = planned(context, tx, &after)?;
        Ok(Change::of(before, after).noting_all(planned.iter().map(Planned::words)))
    })
}

fn edited(context: &Context, command: &Edit, before: &Client) -> Result<Client> {
    let (fields, was) = (&command.fields, before.clone());
    let status = fields.status.unwrap_or(was.status);
    let after = Client {
        given: fields.given.clone().unwrap_or(was.given),
        family: fields.family.clone().unwrap_or(was.family),
        birth_date: edit::try_apply(fields.birth_date, was.birth_date, |day| birth_date(context, day))?,
        postal_code: edit::apply(fields.postal_code.as_ref(), was.postal_code),
        external_id: edit::apply(fields.id.as_ref(), was.external_id),
        status,
        since_on: since(context, fields, before, status)?,
        ..was
    };
    Ok(named(after, command, before))
}

/// Without a day, a client is inactive from today; a day of death is never guessed.
fn since(
    context: &Context, fields: &Fields, before: &Client, status: ClientStatus,
) -> Result<Option<NaiveDate>> {
    let unsaid = match status {
        _ if status == before.status => before.since_on,
        ClientStatus::Inactive => Some(context.today),
        ClientStatus::Active | ClientStatus::Deceased => None,
    };
    let since = edit::try_apply(fields.since, unsaid, |day| Ok(day.resolve_past(context.today)))?;
    client::since_on(status, since, context.today).map_err(|why| Error::invalid("client.since", why))
}

/// What the name was is kept, unless it was an error, with the former names that are given; `none` first forgets all.
fn named(mut after: Client, command: &Edit, before: &Client) -> Client {
    let given = &command.fields.former_names;
    if given.contains(&edit::Edit::Clear) {
        after.former_names.clear();
    }
    let was = (!command.correction).then(|| before.full_name());
    let given = given.iter().filter_map(|name| edit::apply(Some(name), None));
    after.formerly(was.into_iter().chain(given))
}
