//! `sharing request`: a recipient asks an owner for one type of data of one client (rules 3.5 and 3.11).

use super::{must_differ, speaks_for};
use crate::commands::prelude::*;
use crate::context::Audience;
use crate::model::alert::AlertKind;
use crate::model::sharing::{self, DataType, Label, Parties, Request};
use crate::store::sharing::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing request CLI-7K3M9Q --owner harbour --recipient willow \\
      --type services
  $ caredesk sharing request ada --owner oak --type forms --purpose treatment

If a rule prevents the request, the error names it and the command that fixes it. What a provider sends is taken whether or \
  not the owner knows the client: it reaches the owner once the client is active there, and otherwise ends unanswered.")]
pub(super) struct Ask {
    /// The client: code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// The provider that owns the records: code or name (or the beginning of either)
    #[arg(long, value_name = "PROVIDER")]
    owner: Reference,
    /// The provider that asks to see them: code or name (or the beginning of either) [default: the one you speak for]
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    /// The type of data
    #[arg(long = "type", value_name = "TYPE")]
    data_type: DataType,
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
        let client = store::lookup::<store::client::KnownClient>(tx, &command.client, visibility)?;
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
        command.even_so.must_be_alive(&client)?;
        let request = new(context, tx, command, client, owner, recipient)?;
        make_way(context, tx, &request)?;
        store::sharing::insert_request(tx, &request, context.key())?;
        let Request { code, client, owner_name, recipient_name, data_type, lapses_on, .. } = &request;
        let until = lapses_on.map(|day| format!(" It waits for an answer until {day}.")).unwrap_or_default();
        let sentence = format!(
            "Created request {code}: `{recipient_name}` asks `{owner_name}` for {data_type} of {client}.{until}"
        );
        let alerted = context.alert(tx, AlertKind::Request, Audience::Owner(&request))?;
        Ok(Change::created(request.view(context.today)).saying(sentence).alerting(&alerted))
    })
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
    context: &Context, tx: &mut Tx<'_>, command: &Ask, client: Client, owner: Provider, recipient: Provider,
) -> Result<Request> {
    let actor = &context.actor.account;
    Ok(Request {
        id: context.key(),
        code: context.code(Prefix::SharingRequest, |code| store::sharing::is_code_taken(tx, code))?,
        client_id: client.id,
        client_name: Some(client.full_name()),
        birth_date: client.birth_date,
        client: client.code,
        owner_id: owner.id,
        owner: owner.code,
        owner_name: owner.name,
        recipient_id: recipient.id,
        recipient: recipient.code,
        recipient_name: recipient.name,
        data_type: command.data_type,
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
