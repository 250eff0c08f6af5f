//! `client enroll`: whether a client is active at a provider.

use crate::commands::prelude::*;
use crate::model::enrolment::{self, Enrolment, EnrolmentStatus};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client enroll \"Ada Moss\" harbour
  $ caredesk client enroll CLI-7K3M9Q harbour --status inactive --date yesterday")]
pub(super) struct Enroll {
    /// Code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// The provider: code or name (or the beginning of either)
    provider: Reference,
    /// Whether the client is active there
    #[arg(long, default_value = "active")]
    status: EnrolmentStatus,
    /// The first day of this status, not in the future [default: today, or unchanged]
    #[arg(long, value_name = "DATE")]
    date: Option<Day>,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &Enroll) -> Result<()> {
    context.change("client.enroll", Action::ChangeClients, |tx| {
        let client = store::lookup::<Client>(tx, &command.client, context.visibility())?;
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        if command.status == EnrolmentStatus::Active {
            command.even_so.must_be_alive(&client)?;
        }
        let before = store::enrolment::current(tx, client.id, provider.id)?;
        let since = match (command.date, &before) {
            (Some(day), _) => enrolment::since(day.resolve_past(context.today), context.today)?,
            (None, Some(was)) if was.status == command.status => was.since_on,
            (None, _) => context.today,
        };
        let after = Enrolment {
            id: context.key(),
            client_id: client.id,
            provider_id: provider.id,
            status: command.status,
            since_on: since,
        };
        let was = before.map(|before| before.view(&client, &provider));
        let is = after.view(&client, &provider);
        if was.as_ref() != Some(&is) {
            store::enrolment::replace(tx, &after, context.now)?;
        }
        let (code, status, name) = (&client.code, command.status, &provider.name);
        let sentence = format!("Changed client {code}: {status} at `{name}` since {since}.");
        let why = format!("client {code} is {status} at `{name}` since {since}");
        Ok(Change::between(was, is).on(&client.code).saying(sentence).already(why))
    })
}
