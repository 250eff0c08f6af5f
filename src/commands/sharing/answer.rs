//! The owner's answers to a request: granted, denied, pending again, revoked (rule 3.5).

use chrono::NaiveDate;
use clap::Args;

use super::ask::{open_for_the_same, parties};
use super::{effect, speaks_for};
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::{Action, Permission};
use crate::model::reference::Reference;
use crate::model::sharing::{self, Effect, Label, Request, RequestView};
use crate::model::time::Day;
use crate::output::Outcome;
use crate::output::sharing::Changed;
use crate::store;
use crate::store::sharing::Scope;

const GRANT_EXAMPLES: &str = "\
Examples:
  $ caredesk sharing grant SHR-7K3M9Q --signed yesterday --expires 2027-06-30

The last day still counts; from the day after, the records are hidden.";

#[derive(Args)]
#[command(after_help = GRANT_EXAMPLES)]
pub(super) struct Grant {
    /// Its code or the beginning of it
    request: Reference,
    /// When the client signed [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    signed: Option<Day>,
    /// The last day of the agreement [default: the owner's settings say]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    expires: Option<Day>,
}

#[derive(Args)]
pub(super) struct Answer {
    /// Its code or the beginning of it
    request: Reference,
}

/// The arguments of an answer.
struct NewAnswer<'a> {
    request: &'a Reference,
    label: Label,
    signed: Option<NaiveDate>,
    expires: Option<NaiveDate>,
}

/// The result of an answer.
struct Done {
    outcome: Outcome,
    view: RequestView,
    effect: Effect,
    /// Why a grant does not show anything at present.
    hindrance: Option<String>,
}

pub(super) fn grant(context: &Context, command: &Grant) -> Result<()> {
    let signed = command.signed.map(|day| day.resolve_past(context.today));
    let expires = command.expires.map(|day| day.resolve(context.today));
    answer(context, &NewAnswer { request: &command.request, label: Label::Granted, signed, expires })
}

pub(super) fn deny(context: &Context, command: &Answer) -> Result<()> {
    answer(context, &NewAnswer::plain(&command.request, Label::Denied))
}

pub(super) fn pending(context: &Context, command: &Answer) -> Result<()> {
    answer(context, &NewAnswer::plain(&command.request, Label::Pending))
}

pub(super) fn revoke(context: &Context, command: &Answer) -> Result<()> {
    answer(context, &NewAnswer::plain(&command.request, Label::Revoked))
}

impl<'a> NewAnswer<'a> {
    fn plain(request: &'a Reference, label: Label) -> Self {
        NewAnswer { request, label, signed: None, expires: None }
    }
}

fn answer(context: &Context, new: &NewAnswer<'_>) -> Result<()> {
    let change_report = context.out.change_report()?;
    let done = context.write(|tx| {
        tx.as_of(context.now, context.today)?;
        let before = store::lookup::<Request>(tx, new.request, context.visibility())?;
        context.actor.may((Permission::AnswerSharing, Action::ChangeSharing))?;
        must_be_the_owners(context, tx, &before)?;
        let after = answered(context, tx, &before, new)?;
        if after == before {
            let view = before.view(context.today);
            return Ok(Done {
                outcome: Outcome::Unchanged,
                view,
                effect: Effect::default(),
                hindrance: None,
            });
        }
        save(context, tx, &before, &after)
    })?;
    if let Some(why) = &done.hindrance {
        context.out.warn(&format!("nothing is shared for now: {why}"));
    }
    let sentence = message(&done) + &done.effect.words();
    change_report.say(done.outcome, &sentence, &Changed { object: done.view, effect: done.effect })
}

/// A portal account may answer for the owner only, not requests that it has made itself.
fn must_be_the_owners(context: &Context, tx: &mut Tx<'_>, request: &Request) -> Result<()> {
    let is_own_question = context.actor.is_portal() && request.requested_by_id == context.actor.account.id;
    if !is_own_question && speaks_for(context, tx, request.owner_id)? {
        return Ok(());
    }
    Err(sharing::not_your_side(request))
}

/// The request after the answer; unchanged if it has that answer already.
fn answered(context: &Context, tx: &mut Tx<'_>, before: &Request, new: &NewAnswer<'_>) -> Result<Request> {
    if !sharing::may_set(before, new.label, context.today)? {
        return Ok(before.clone());
    }
    let (signed_on, expires_on) = match new.label {
        Label::Granted => {
            let setting = store::sharing::setting(tx, before.owner_id, before.data_type)?;
            // A repeated grant keeps dates that are not given; other labels have no dates.
            let signed = new.signed.or(before.signed_on);
            let expires = new.expires.or(before.expires_on);
            let dates = sharing::agreement(&setting, &before.owner, signed, expires, context.today)?;
            (Some(dates.signed), dates.expires)
        }
        Label::Revoked => (before.signed_on, before.expires_on),
        Label::Pending | Label::Denied => (None, None),
    };
    let after = Request { label: new.label, signed_on, expires_on, ..before.clone() };
    if after == *before {
        return Ok(after);
    }
    Ok(Request {
        open: new.label.is_open(),
        is_answered: true,
        answered_by: context.actor.account.login.clone(),
        answered_at: context.now,
        ..after
    })
}

fn save(context: &Context, tx: &mut Tx<'_>, before: &Request, after: &Request) -> Result<Done> {
    let scope = Scope {
        owner: after.owner_id,
        recipient: Some(after.recipient_id),
        data_type: Some(after.data_type),
        client: Some(after.client_id),
    };
    if after.open && !before.open {
        open_for_the_same(context, tx, before)?;
    }
    let ((), effect) = effect::of(tx, &scope, |tx| {
        if before.open != after.open {
            store::sharing::set_open(tx, before, after.open)?;
        }
        store::sharing::replace_answer(tx, context.key(), after, context.actor.account.id)
    })?;
    let (was, view) = (before.view(context.today), after.view(context.today));
    context.audit(tx, action(after.label), &after.code, Some(&was), Some(&view))?;
    let is_in_vain = after.label == Label::Granted
        && effect.gained.is_empty()
        && store::sharing::visible_records(tx, &scope)?.is_empty();
    let hindrance = if is_in_vain { hindrance(tx, after)? } else { None };
    Ok(Done { outcome: Outcome::Updated, view, effect, hindrance })
}

fn action(label: Label) -> &'static str {
    match label {
        Label::Pending => "sharing.pending",
        Label::Granted => "sharing.grant",
        Label::Denied => "sharing.deny",
        Label::Revoked => "sharing.revoke",
    }
}

fn hindrance(tx: &mut Tx<'_>, after: &Request) -> Result<Option<String>> {
    let setting = store::sharing::setting(tx, after.owner_id, after.data_type)?;
    let request_facts =
        store::sharing::request_facts(tx, setting, after.owner_id, after.recipient_id, after.client_id)?;
    let refusal = sharing::may_ask(&request_facts, &parties(after)).err();
    // Automatic sharing needs no grant, so this is no obstacle.
    Ok(refusal.filter(|why| why.code() != "sharing.automatic").map(|why| why.message().to_owned()))
}

fn message(done: &Done) -> String {
    let RequestView { code, client, owner, recipient, status, .. } = &done.view;
    let until = match (status.label(), done.view.expires) {
        (Label::Granted, Some(day)) => format!(" until {day}"),
        _ => String::new(),
    };
    let kind = done.view.data_type.name();
    format!("{code} is {}: {kind} of {client}, `{owner}` to `{recipient}`{until}.", status.name())
}
