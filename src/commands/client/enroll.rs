//! `client enroll`: whether a client is active at a provider.

use clap::Args;

use crate::context::Context;
use crate::error::Result;
use crate::model::access::Action;
use crate::model::client::Client;
use crate::model::enrolment::{self, Enrolment, EnrolmentStatus, EnrolmentView};
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::time::Day;
use crate::output::Outcome;
use crate::store;

const ENROLL_EXAMPLES: &str = "\
Examples:
  $ caredesk client enroll \"Ada Moss\" harbour
  $ caredesk client enroll CLI-7K3M9Q harbour --status inactive --date yesterday";

#[derive(Args)]
#[command(after_help = ENROLL_EXAMPLES)]
pub(super) struct Enroll {
    /// A code or its beginning, an id, a name or its beginning, a family name
    client: Reference,
    /// Where: a code or name, or the beginning of either
    provider: Reference,
    /// How the client stands there from now on
    #[arg(long, default_value = "active")]
    status: EnrolmentStatus,
    /// Since which day that is so; not one to come [default: today, or as it was]
    #[arg(long, value_name = "DATE")]
    date: Option<Day>,
}

pub(super) fn run(context: &Context, command: &Enroll) -> Result<()> {
    let change_report = context.out.change_report()?;
    let visibility = context.visibility();
    let (outcome, view) = context.write(|tx| {
        let client = store::lookup::<Client>(tx, &command.client, visibility)?;
        let provider = store::lookup::<Provider>(tx, &command.provider, visibility)?;
        context.actor.may(Action::ChangeClients)?;
        let before = store::enrolment::current(tx, client.id, provider.id)?;
        let since = match (command.date, &before) {
            (Some(day), _) => enrolment::since(day.resolve_past(context.today), context.today)?,
            (None, Some(was)) if was.status == command.status => was.since,
            (None, _) => context.today,
        };
        let view = |status, since| EnrolmentView {
            client: client.code.clone(),
            provider: provider.name.clone(),
            status,
            since,
        };
        let was = before.as_ref().map(|was| view(was.status, was.since));
        let is = view(command.status, since);
        if was.as_ref() == Some(&is) {
            return Ok((Outcome::Unchanged, is));
        }
        let new = Enrolment {
            id: context.key(),
            client_id: client.id,
            provider_id: provider.id,
            status: command.status,
            since,
        };
        store::enrolment::replace(tx, &new, context.now)?;
        context.audit(tx, "client.enroll", &client.code, was.as_ref(), Some(&is))?;
        Ok((if was.is_some() { Outcome::Updated } else { Outcome::Created }, is))
    })?;
    let EnrolmentView { client, provider, status, since } = &view;
    let sentence = format!("{client} is {} at `{provider}` since {since}.", status.name());
    change_report.say(outcome, &sentence, &view)
}
