//! `client enroll`: whether a client is active at a provider.

use crate::commands::prelude::*;
use crate::model::enrolment::{self, Enrolment, EnrolmentStatus, EnrolmentView};
use crate::store::client::SeenClient;
use crate::store::sharing::effect_of_client;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client enroll \"Ada Moss\" harbour
  $ caredesk client enroll CLI-7K3M9Q harbour --status inactive \\
      --date yesterday")]
pub(super) struct Enroll {
    /// Code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// The provider: code or name (or the beginning of either)
    provider: Reference,
    /// Whether the client is active there
    #[arg(long, default_value = "active")]
    status: EnrolmentStatus,
    /// The first day of this status, not in the future [default: today, or unchanged]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<Day>,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &Enroll) -> Result<()> {
    context.change("client.enroll", Action::ChangeClients, |tx| {
        let client = store::lookup::<SeenClient>(tx, &command.client, context.visibility())?;
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        client.must_be_known()?;
        if command.status == EnrolmentStatus::Active {
            command.even_so.must_be_alive(&client)?;
        }
        let since = command.date.map(|day| day.resolve_past(context.today));
        let before = store::enrolment::current(tx, client.id, provider.id)?;
        let (change, effect) = effect_of_client(tx, client.id, |tx| {
            enroll(context, tx, (&client, &provider), before, command.status, since)
        })?;
        Ok(change.with_effect(effect))
    })
}

/// `before` is what is there now. Without a day the status holds since today, or unchanged since before.
pub(super) fn enroll(
    context: &Context, tx: &mut Tx<'_>, (client, provider): (&Client, &Provider), before: Option<Enrolment>,
    status: EnrolmentStatus, since: Option<NaiveDate>,
) -> Result<Change<EnrolmentView>> {
    let since_on = match (since, &before) {
        (Some(day), _) => enrolment::since(day, context.today)?,
        (None, Some(was)) if was.status == status => was.since_on,
        (None, _) => context.today,
    };
    let (client_id, provider_id) = (client.id, provider.id);
    let after = Enrolment { id: context.key(), client_id, provider_id, status, since_on };
    let was = before.map(|before| before.view(client, provider));
    let is = after.view(client, provider);
    if was.as_ref() != Some(&is) {
        store::enrolment::replace(tx, &after, context.now())?;
    }
    let (who, name) = (format!("{} ({})", client.code, client.full_name()), &provider.name);
    let sentence = format!("Changed client {who}: {status} at `{name}` since {since_on}.");
    let why = format!("client {who} is {status} at `{name}` since {since_on}");
    Ok(Change::between(was, is).on(&client.code).saying(sentence).already(why))
}
