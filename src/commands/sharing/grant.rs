//! `sharing grant`, `deny`, `pending` and `revoke`: the owner's answer to a request (rule 3.5).

use std::slice;

use super::request::{open_for_the_same, parties};
use super::{OfRequest, speaks_for};
use crate::commands::prelude::*;
use crate::context::{Audience, Signer, goes_on, must_be_active};
use crate::model::alert::AlertKind;
use crate::model::edit::{Edit, or_none};
use crate::model::sharing::{self, Effect, Label, Request, RequestView};
use crate::store::sharing::{Scope, effect_of};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing grant SHR-7K3M9Q --signed yesterday --expires 2027-06-30
  $ caredesk sharing grant SHR-7K3M9Q SHR-P4X2TD

The last day is included; the records are hidden from the day after. `sharing renew` prolongs a grant that stands.")]
pub(super) struct Grant {
    /// Code of each (or the beginning of it)
    #[arg(value_name = "REQUEST", required = true, num_args = 1..)]
    requests: Vec<Reference>,
    /// The day the client signed [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    signed: Option<Day>,
    /// The last day of the agreement, or `none` for an open end [default: from the owner's settings]
    #[arg(long, value_name = "DATE|none", value_parser = or_none(str::parse::<Day>), allow_hyphen_values = true)]
    expires: Option<Edit<Day>>,
    #[command(flatten)]
    signer: Signer,
}

#[derive(Args)]
pub(super) struct WithReason {
    /// Code (or the beginning of it)
    request: Reference,
    /// Why; who has asked sees it
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    reason: Option<String>,
}

impl WithReason {
    /// The grant that would be revoked, which the actor may answer.
    pub(super) fn granted(&self, context: &Context, tx: &mut Tx<'_>) -> Result<Request> {
        let request = store::lookup::<Request>(tx, &self.request, context.visibility())?;
        must_be_the_owners(context, tx, &request)?;
        Ok(request)
    }
}

/// Revokes it, and no more than that.
pub(super) fn revoke_only(context: &Context, tx: &mut Tx<'_>, before: &Request) -> Result<()> {
    let after = answered(context, tx, before, Label::Revoked, &AnswerArgs::default())?;
    if after == *before { Ok(()) } else { save(context, tx, before, &after) }
}

/// What comes with an answer, as far as it is given.
#[derive(Default)]
struct AnswerArgs {
    signed: Option<NaiveDate>,
    expires: Option<Edit<NaiveDate>>,
    reason: Option<String>,
    signer: Signer,
}

pub(super) fn run(context: &Context, command: &Grant) -> Result<()> {
    let given = AnswerArgs {
        signed: command.signed.map(|day| day.resolve_past(context.today)),
        expires: command.expires.map(|edit| edit.map(|day| day.resolve(context.today))),
        reason: None,
        signer: command.signer.clone(),
    };
    answer(context, &command.requests, Label::Granted, &given)
}

pub(super) fn deny(context: &Context, command: &WithReason) -> Result<()> {
    for_a_reason(context, command, Label::Denied)
}

pub(super) fn pending(context: &Context, command: &OfRequest) -> Result<()> {
    answer(context, slice::from_ref(&command.request), Label::Pending, &AnswerArgs::default())
}

pub(super) fn revoke(context: &Context, command: &WithReason) -> Result<()> {
    for_a_reason(context, command, Label::Revoked)
}

fn for_a_reason(context: &Context, command: &WithReason, label: Label) -> Result<()> {
    let given = AnswerArgs { reason: command.reason.clone(), ..AnswerArgs::default() };
    answer(context, slice::from_ref(&command.request), label, &given)
}

/// All of them or none.
fn answer(context: &Context, requests: &[Reference], label: Label, given: &AnswerArgs) -> Result<()> {
    context.change(action(label), (Permission::AnswerSharing, Action::ChangeSharing), |tx| {
        let mut all = Change::none();
        for reference in requests {
            all = all.and(answer_one(context, tx, reference, label, given)?);
        }
        Ok(all)
    })
}

fn answer_one(
    context: &Context, tx: &mut Tx<'_>, reference: &Reference, label: Label, given: &AnswerArgs,
) -> Result<Change<RequestView>> {
    let before = store::lookup::<Request>(tx, reference, context.visibility())?;
    must_be_the_owners(context, tx, &before)?;
    let after = answered(context, tx, &before, label, given)?;
    let sentence = sentence(&after.view(context.today));
    let doubt = must_be_signed(tx, &before, &after)?;
    Ok(change(context, tx, &before, &after, sentence)?.warning(doubt))
}

/// The change from one state of a request to another, with who sees more and who sees fewer records by it. Of an answer
/// who has asked is alerted (rule 2.11).
pub(super) fn change(
    context: &Context, tx: &mut Tx<'_>, before: &Request, after: &Request, sentence: String,
) -> Result<Change<RequestView>> {
    let (was, is) = (before.view(context.today), after.view(context.today));
    if after == before {
        let why = format!("request {} is {} already", is.code, is.status);
        return Ok(Change::unchanged(is).already(why).with_effect(Effect::default()));
    }
    let scope = Scope::of_request(after);
    let ((), effect) = effect_of(tx, &scope, |tx| save(context, tx, before, after))?;
    let warning = match after.label {
        Label::Granted if effect.gains.is_empty() => hindrance(tx, after, &scope)?,
        Label::Revoked if effect.losses.is_empty() => goes_on(tx, &scope)?,
        _ => None,
    };
    let change = Change::of(was, is).saying(sentence).with_effect(effect).warning(warning);
    if after.label == Label::Pending {
        return Ok(change);
    }
    let alerted = context.alert(tx, AlertKind::Answer, Audience::Recipient(after))?;
    Ok(change.alerting(&alerted))
}

fn action(label: Label) -> &'static str {
    match label {
        Label::Pending => "sharing.pending",
        Label::Granted => "sharing.grant",
        Label::Denied => "sharing.deny",
        Label::Revoked => "sharing.revoke",
    }
}

/// A portal account may answer for the owner only, not requests that it has made itself.
pub(super) fn must_be_the_owners(context: &Context, tx: &mut Tx<'_>, request: &Request) -> Result<()> {
    let is_own_question = context.actor.is_portal() && request.requested_by_id == context.actor.account.id;
    if !is_own_question && speaks_for(context, tx, request.owner_id)? {
        return Ok(());
    }
    Err(sharing::not_your_side(request))
}

/// A grant of a client that does not sign for itself is signed by another (rule 3.16). Returns a warning where that is not known.
pub(super) fn must_be_signed(tx: &mut Tx<'_>, before: &Request, after: &Request) -> Result<Option<String>> {
    let Some(day) = after.signed_on.filter(|_| after.label == Label::Granted && after != before) else {
        return Ok(None);
    };
    let Request { signed_by, signed_as, .. } = after.clone();
    Signer { signed_by, signed_as }.must_be_of_age(tx, after.client_id, day)
}

/// The request after the answer; unchanged if it has that answer already.
fn answered(
    context: &Context, tx: &mut Tx<'_>, before: &Request, label: Label, given: &AnswerArgs,
) -> Result<Request> {
    let is_other_reason = given.reason.is_some() && given.reason != before.reason;
    if !sharing::may_set(before, label, context.today)? && !is_other_reason {
        return Ok(before.clone());
    }
    let (signed_on, expires_on) = match label {
        Label::Granted => {
            must_be_active(tx, before.recipient_id)?;
            let setting = store::sharing::setting(tx, before.owner_id, before.data_type)?;
            // A repeated grant keeps dates that are not given; other labels have no dates.
            let signed = given.signed.or(before.signed_on);
            let expires = given.expires.or(before.kept_end(&setting));
            let dates = sharing::agreement(&setting, &before.owner_name, signed, expires, context.today)?;
            (Some(dates.signed), dates.expires)
        }
        Label::Revoked => (before.signed_on, before.expires_on),
        Label::Pending | Label::Denied => (None, None),
    };
    let lapses_on = match label {
        Label::Pending => sharing::lapse(context.today, store::setting::request_days(tx)?),
        _ => before.lapses_on,
    };
    let reason = given.reason.clone();
    // As the dates, the signer stays where none is given.
    let kept = Signer { signed_by: before.signed_by.clone(), signed_as: before.signed_as.clone() };
    let Signer { signed_by, signed_as } = match &given.signer {
        _ if signed_on.is_none() => Signer::default(),
        Signer { signed_by: None, .. } => kept,
        signer => signer.clone(),
    };
    let is_withdrawn = label == before.label;
    let withdrawn_on = before.withdrawn_on.filter(|_| is_withdrawn);
    let withdrawn_how = before.withdrawn_how.filter(|_| is_withdrawn);
    let after = Request {
        lapses_on,
        label,
        signed_on,
        signed_by,
        signed_as,
        expires_on,
        reason,
        withdrawn_on,
        withdrawn_how,
        ..before.clone()
    };
    Ok(signed(context, before, after))
}

/// The same by this actor and now, if anything differs.
pub(super) fn signed(context: &Context, before: &Request, after: Request) -> Request {
    if after == *before {
        return after;
    }
    Request {
        open: after.label.is_open(),
        is_answered: true,
        answered_by: context.actor.account.login.clone(),
        answered_at: context.now(),
        ..after
    }
}

pub(super) fn save(context: &Context, tx: &mut Tx<'_>, before: &Request, after: &Request) -> Result<()> {
    if after.open && !before.open {
        open_for_the_same(context, tx, before)?;
    }
    if before.open != after.open {
        store::sharing::set_open(tx, before, after.open)?;
    }
    if before.lapses_on != after.lapses_on {
        store::sharing::set_lapse(tx, after)?;
    }
    store::sharing::replace_answer(tx, context.key(), after, context.actor.account.id)
}

/// Why a grant does not show anything at present.
fn hindrance(tx: &mut Tx<'_>, after: &Request, scope: &Scope) -> Result<Option<String>> {
    if !store::sharing::visible_records(tx, scope)?.is_empty() {
        return Ok(None);
    }
    let setting = store::sharing::setting(tx, after.owner_id, after.data_type)?;
    let request_facts =
        store::sharing::request_facts(tx, setting, after.owner_id, after.recipient_id, after.client_id)?;
    let refusal = sharing::may_ask(&request_facts, &parties(after)).err();
    // Automatic sharing needs no grant, so this is no obstacle.
    Ok(refusal.filter(|why| why.code() != "sharing.automatic").map(|why| {
        let hint = why.hint_text().map(|hint| format!("; {hint}")).unwrap_or_default();
        format!("nothing is shared for now: {}{hint}", why.message())
    }))
}

fn sentence(view: &RequestView) -> String {
    let RequestView { code, client, owner_name, recipient_name, data_type, status, .. } = view;
    let verb = match status.label() {
        Label::Pending => "Reopened",
        Label::Granted => "Granted",
        Label::Denied => "Denied",
        Label::Revoked => "Revoked",
    };
    let until = match (status.label(), view.expires_on) {
        (Label::Granted, Some(day)) => format!(" until {day}"),
        _ => String::new(),
    };
    format!("{verb} request {code}: {data_type} of {client}, `{owner_name}` to `{recipient_name}`{until}.")
}
