//! `sharing request`: a recipient asks an owner for one type of data of one client (rules 3.5 and 3.11).

use std::collections::HashSet;

use super::{must_differ, speaks_for};
use crate::commands::prelude::*;
use crate::context::Audience;
use crate::model::alert::AlertKind;
use crate::model::sharing::{self, DataType, Label, Parties, Request, RequestView};
use crate::store::sharing::Filter;

/// An option with several values comes after the arguments.
const USAGE: &str = "caredesk sharing request [OPTIONS] <CLIENT>... --owner <PROVIDER> --type <TYPE>...";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk sharing request CLI-7K3M9Q --owner harbour --recipient willow \\
      --type services
  $ caredesk sharing request ada --owner oak --type forms --purpose treatment
  $ caredesk sharing request CLI-7K3M9Q CLI-P4X2TD --owner harbour \\
      --type services clinical

If a rule prevents the request, the error names it and the command that fixes it. What a provider sends is taken whether or \
  not the owner knows the client: it reaches the owner once the client is active there, and otherwise ends unanswered.")]
pub(super) struct Ask {
    /// The clients: code, id, name or family name of each (or the beginning of a code or name)
    #[arg(value_name = "CLIENT", required = true, num_args = 1..)]
    clients: Vec<Reference>,
    /// The provider that owns the records: code or name (or the beginning of either)
    #[arg(long, value_name = "PROVIDER")]
    owner: Reference,
    /// The provider that asks to see them: code or name (or the beginning of either) [default: the one you speak for]
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    /// The types of data
    #[arg(long = "type", value_name = "TYPE", num_args = 1.., required = true)]
    data_types: Vec<DataType>,
    /// For what: treatment, payment, operations, care coordination, eligibility, research, legal proceedings, at the request of the
    /// client, or what else it is
    #[arg(long, value_name = "TEXT", value_parser = text::line)]
    purpose: Option<String>,
    /// A note for the owner
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    note: Option<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &Ask) -> Result<()> {
    context.change("sharing.request", (Permission::AnswerSharing, Action::ChangeSharing), |tx| {
        let visibility = context.visibility();
        let clients = store::lookup_many::<store::client::KnownClient>(tx, &command.clients, visibility)?;
        let owner = store::lookup::<store::provider::Partner>(tx, &command.owner, visibility)?;
        let recipient = match &command.recipient {
            Some(named) => store::lookup::<store::provider::Partner>(tx, named, visibility)?,
            None => context.own_provider(tx, None, "--recipient")?,
        };
        must_differ(&owner, &recipient)?;
        if !speaks_for(context, tx, recipient.id)? {
            return Err(sharing::not_yours_to_ask(&owner.name, &recipient.name));
        }
        recipient.must_be_active()?;
        clients.iter().try_for_each(Client::must_be_known)?;
        clients.iter().try_for_each(|client| command.even_so.must_be_alive(client))?;
        let mut all = Change::none();
        for client in &distinct(clients) {
            for data_type in DataType::ALL.iter().filter(|one| command.data_types.contains(one)) {
                let request = new(context, tx, command, (client, &owner, &recipient), *data_type)?;
                all = all.and(send(context, tx, &request)?);
            }
        }
        Ok(all)
    })
}

/// In the order in which they were given, each once.
fn distinct(clients: Vec<Client>) -> Vec<Client> {
    let mut known = HashSet::new();
    clients.into_iter().filter(|client| known.insert(client.id)).collect()
}

fn send(context: &Context, tx: &mut Tx<'_>, request: &Request) -> Result<Change<RequestView>> {
    make_way(context, tx, request)?;
    store::sharing::insert_request(tx, request, context.key())?;
    let Request { code, client, owner_name, recipient_name, data_type, lapses_on, .. } = request;
    let until = lapses_on.map(|day| format!(" It waits for an answer until {day}.")).unwrap_or_default();
    let sentence = format!(
        "Created request {code}: `{recipient_name}` asks `{owner_name}` for {data_type} of {client}.{until}"
    );
    let alerted = context.alert(tx, AlertKind::Request, Audience::Owner(request))?;
    Ok(Change::created(request.view(context.today)).saying(sentence).alerting(&alerted))
}

/// Refused by the rules of sharing, or if an equal request is open.
fn make_way(context: &Context, tx: &mut Tx<'_>, request: &Request) -> Result<()> {
    let setting = store::sharing::setting(tx, request.owner_id, request.data_type)?;
    let mut request_facts = store::sharing::request_facts(
        tx, setting, request.owner_id, request.recipient_id, request.client_id,
    )?;
    request_facts.open_request = open_for_the_same(context, tx, request)?;
    if context.actor.is_portal() {
        sharing::may_send(&request_facts, &parties(request))
    } else {
        sharing::may_ask(&request_facts, &parties(request))
    }
}

/// The code of an open request for the same data. One that is over is closed here and no longer blocks.
pub(super) fn open_for_the_same(
    context: &Context, tx: &mut Tx<'_>, request: &Request,
) -> Result<Option<String>> {
    let filter = Filter {
        client: Some(request.client_id),
        owner: Some(request.owner_id),
        recipient: Some(request.recipient_id),
        data_type: Some(request.data_type),
        open: Some(true),
        ..Filter::default()
    };
    match store::sharing::requests(tx, &filter, Visibility::INTERNAL, 1)?.pop() {
        Some(over) if over.is_over(context.today) => {
            store::sharing::set_open(tx, &over, false)?;
            Ok(None)
        }
        open => Ok(open.map(|open| open.code)),
    }
}

pub(super) fn parties(request: &Request) -> Parties<'_> {
    Parties {
        client: &request.client,
        owner: &request.owner_name,
        recipient: &request.recipient_name,
        data_type: request.data_type,
    }
}

fn new(
    context: &Context, tx: &mut Tx<'_>, command: &Ask,
    (client, owner, recipient): (&Client, &Provider, &Provider), data_type: DataType,
) -> Result<Request> {
    let actor = &context.actor.account;
    Ok(Request {
        id: context.key(),
        code: context.code(Prefix::SharingRequest, |code| store::sharing::is_code_taken(tx, code))?,
        client_id: client.id,
        client_name: Some(client.full_name()),
        birth_date: client.birth_date,
        client: client.code.clone(),
        owner_id: owner.id,
        owner: owner.code.clone(),
        owner_name: owner.name.clone(),
        recipient_id: recipient.id,
        recipient: recipient.code.clone(),
        recipient_name: recipient.name.clone(),
        data_type,
        requested_at: context.now(),
        requested_by: actor.login.clone(),
        requested_by_id: actor.id,
        purpose: command.purpose.clone(),
        note: command.note.clone(),
        open: true,
        lapses_on: sharing::lapse(context.today, store::setting::request_days(tx)?),
        cancelled_at: None,
        cancelled_by: None,
        label: Label::Pending,
        signed_on: None,
        signed_by: None,
        signed_as: None,
        expires_on: None,
        reason: None,
        withdrawn_on: None,
        withdrawn_how: None,
        is_answered: false,
        answered_by: actor.login.clone(),
        answered_at: context.now(),
    })
}
