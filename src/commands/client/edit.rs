//! `client edit`: what is known of a person.

use super::birth_date;
use crate::commands::prelude::*;
use crate::context::planned;
use crate::model::client::{self, ClientStatus, Planned};
use crate::model::client_phone::{self, Phone};
use crate::model::code::unlike_a_code;
use crate::store::client::SeenClient;

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
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>), allow_hyphen_values = true)]
    birth_date: Option<edit::Edit<Day>>,
    /// The postal code of the home address
    #[arg(long, value_parser = edit::or_none(text::line))]
    postal_code: Option<edit::Edit<String>>,
    /// The home address on one line, without the postal code
    #[arg(long, value_parser = edit::or_none(text::line))]
    address: Option<edit::Edit<String>>,
    /// A phone, beside those that are known or in place of the one with the same label: daughter:"020 7946 0018"
    #[arg(long = "phone", value_name = "[LABEL:]NUMBER", value_parser = edit::or_none(str::parse::<Phone>))]
    phones: Vec<edit::Edit<Phone>>,
    /// What carers must know; a provider sees it once it has accepted visits
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::note), allow_hyphen_values = true)]
    carer_note: Option<edit::Edit<String>>,
    /// The person's id in another system
    #[arg(long, value_parser = edit::or_none(unlike_a_code))]
    id: Option<edit::Edit<String>>,
    /// Whether the person is cared for
    #[arg(long)]
    status: Option<ClientStatus>,
    /// Since which day inactive, or the day of death
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>), allow_hyphen_values = true)]
    since: Option<edit::Edit<Day>>,
    /// A name that the person had before, beside those that are known
    #[arg(long = "former-name", value_name = "NAME", value_parser = edit::or_none(text::name))]
    former_names: Vec<edit::Edit<String>>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("client.edit", Action::ChangeClients, |tx| {
        let before = store::lookup::<SeenClient>(tx, &command.client, context.visibility())?;
        let after = edited(context, command, &before)?;
        if after != before {
            store::client::update(tx, &before, &after)?;
        }
        let planned = planned(context, tx, &after)?;
        let known = if before.anonymous && !after.anonymous {
            client::may_see_who(&store::client::providers_with_referrals(tx, after.id)?)
        } else {
            None
        };
        let notes = known.into_iter().chain(planned.iter().map(Planned::words));
        Ok(Change::of(before, after).noting_all(notes))
    })
}

fn edited(context: &Context, command: &Edit, before: &Client) -> Result<Client> {
    let (fields, was) = (&command.fields, before.clone());
    let status = fields.status.unwrap_or(was.status);
    let given = fields.given.clone().unwrap_or_else(|| was.given.clone());
    let family = fields.family.clone().unwrap_or_else(|| was.family.clone());
    if before.anonymous {
        client::must_have_a_family_name(&given, &family)?;
    }
    let after = Client {
        birth_date: edit::try_apply(fields.birth_date, was.birth_date, |day| birth_date(context, day))?,
        postal_code: edit::apply(fields.postal_code.as_ref(), was.postal_code),
        address: edit::apply(fields.address.as_ref(), was.address),
        phones: phones(&fields.phones, was.phones),
        carer_note: edit::apply(fields.carer_note.as_ref(), was.carer_note),
        external_id: edit::apply(fields.id.as_ref(), was.external_id),
        status,
        since_on: since(context, fields, before, status)?,
        ..was
    }
    .called(given, family);
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

/// `none` first forgets all.
fn phones(given: &[edit::Edit<Phone>], known: Vec<Phone>) -> Vec<Phone> {
    let mut phones = if given.contains(&edit::Edit::Clear) { Vec::new() } else { known };
    let given = given.iter().filter_map(|phone| edit::apply(Some(phone), None));
    given.for_each(|phone| client_phone::add(&mut phones, phone));
    phones
}

/// What the name was is kept, unless it was an error, with the former names that are given; `none` first forgets all.
fn named(mut after: Client, command: &Edit, before: &Client) -> Client {
    let given = &command.fields.former_names;
    if given.contains(&edit::Edit::Clear) {
        after.former_names.clear();
    }
    let was = (!command.correction).then(|| before.full_name().into_text());
    let given = given.iter().filter_map(|name| edit::apply(Some(name), None));
    after.formerly(was.into_iter().chain(given))
}
