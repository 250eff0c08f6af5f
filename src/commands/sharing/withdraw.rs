//! `sharing withdraw`: a client withdraws consent, and all grants and releases that fit end at once (rule 3.15).

use super::grant::{save, signed};
use crate::commands::prelude::*;
use crate::context::{Audience, Audited};
use crate::model::alert::{AlertKind, Alerted};
use crate::model::release::ReleaseStatus;
use crate::model::sharing::{DataType, Label, Request, Way};
use crate::model::withdrawal::{Ended, Ending, ReleaseEnd, WithdrawalView, Withdrawn, may_withdraw};
use crate::store::client::KnownClient;
use crate::store::provider::Partner;
use crate::store::release::Said;
use crate::store::sharing::{Scope, effect_of, effect_of_client};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing withdraw CLI-7K3M9Q \\
      --reason \"wants no more of it shared\" --how written
  $ caredesk sharing withdraw CLI-7K3M9Q --owner harbour --type clinical \\
      --reason moved

Grants and releases that fit are revoked, and pending requests denied; who has asked sees the reason. A release that names others \
  too goes on for them.")]
pub(super) struct Withdraw {
    /// The client: code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// Only what this provider shares [default for a portal account: its own]
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// Only what this provider is shown
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    /// Only this type of data
    #[arg(long = "type", value_name = "TYPE")]
    data_type: Option<DataType>,
    /// Why; who has asked sees it
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    reason: String,
    /// The day on which the client said so [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<Day>,
    /// How the client said so
    #[arg(long)]
    how: Option<Way>,
}

/// What has ended so far.
#[derive(Default)]
struct Done {
    ended: Vec<Ended>,
    audited: Vec<Audited>,
    alerted: Alerted,
}

pub(super) fn run(context: &Context, command: &Withdraw) -> Result<()> {
    context.change("sharing.withdraw", (Permission::AnswerSharing, Action::ChangeSharing), |tx| {
        let client = store::lookup::<KnownClient>(tx, &command.client, context.visibility())?;
        let withdrawn = Withdrawn {
            owner: store::lookup_id::<Provider>(tx, command.owner.as_ref(), context.visibility())?,
            recipient: store::lookup_id::<Partner>(tx, command.recipient.as_ref(), context.visibility())?,
            data_type: command.data_type,
        };
        let said = command.said(context.today)?;
        let ((done, warnings), effect) = effect_of_client(tx, client.id, |tx| {
            let done = end_all(context, tx, client.id, &withdrawn, &said)?;
            Ok((done, still_shared(context, tx, client.id, &withdrawn)?))
        })?;
        let view = WithdrawalView {
            client: client.code.clone(),
            client_name: (!context.visibility().is_portal()).then(|| client.full_name()),
            withdrawn_on: said.on.unwrap_or(context.today),
            withdrawn_how: said.how,
            reason: command.reason.clone(),
            ended: done.ended,
        };
        if view.ended.is_empty() {
            let why = format!("nothing that {} has agreed to, or is asked for, fits", client.code);
            return Ok(Change::unchanged(view).already(why).with_effect(effect).warning_all(warnings));
        }
        let what: Vec<String> = view.ended.iter().map(Ended::words).collect();
        let what = what.join("; ");
        let question = format!(
            "Are you sure you want to withdraw the consent of {}? {what}.{}",
            client.code,
            effect.words()
        );
        let sentence = format!("Withdrew the consent of {}: {what}.", client.code);
        Ok(Change::updated_only(view)
            .followed_by(done.audited)
            .saying(sentence)
            .with_effect(effect)
            .asking(Some(question))
            .warning_all(warnings)
            .alerting(&done.alerted))
    })
}

impl Withdraw {
    fn said(&self, today: NaiveDate) -> Result<Said> {
        let on = self.date.map_or(today, |day| day.resolve_past(today));
        may_withdraw(on, today)?;
        Ok(Said { reason: Some(self.reason.clone()), on: Some(on), how: self.how })
    }
}

/// A portal account withdraws only what its own providers share, and only what has reached them.
fn end_all(
    context: &Context, tx: &mut Tx<'_>, client: ClientId, withdrawn: &Withdrawn, said: &Said,
) -> Result<Done> {
    let (visibility, today) = (context.visibility(), context.today);
    let Withdrawn { owner, recipient, data_type } = *withdrawn;
    let asked = store::sharing::Filter {
        client: Some(client),
        owner,
        recipient,
        data_type,
        owned_by: visibility.account(),
        today,
        ..store::sharing::Filter::default()
    };
    let signed = store::release::Filter {
        client: Some(client),
        owner,
        data_type,
        status: Some((ReleaseStatus::Active, today)),
        ..store::release::Filter::default()
    };
    let mut done = Done::default();
    for request in store::sharing::requests(tx, &asked, visibility, i64::MAX)? {
        if let Some(label) = withdrawn.ending_of(&request, today) {
            done = done.and(end_request(context, tx, &request, label, said)?);
        }
    }
    for release in store::release::list(tx, &signed, visibility, i64::MAX)? {
        if let Some(end) = withdrawn.end_of(&release, today) {
            done = done.and(end_release(context, tx, &release, end, said)?);
        }
    }
    Ok(done)
}

fn end_request(
    context: &Context, tx: &mut Tx<'_>, before: &Request, label: Label, said: &Said,
) -> Result<Done> {
    let is_grant = label == Label::Revoked;
    let after = Request {
        label,
        signed_on: before.signed_on.filter(|_| is_grant),
        expires_on: before.expires_on.filter(|_| is_grant),
        reason: said.reason.clone(),
        withdrawn_on: said.on,
        withdrawn_how: said.how,
        ..before.clone()
    };
    let after = signed(context, before, after);
    let ((), effect) = effect_of(tx, &Scope::of_request(&after), |tx| save(context, tx, before, &after))?;
    let alerted = context.alert(tx, AlertKind::Answer, Audience::Recipient(&after))?;
    let action = if is_grant { "sharing.revoke" } else { "sharing.deny" };
    let (was, is) = (before.view(context.today), after.view(context.today));
    let ended = Ended {
        code: after.code.clone(),
        owner: after.owner.clone(),
        owner_name: after.owner_name.clone(),
        data_type: after.data_type,
        recipient: Some(after.recipient.clone()),
        recipient_name: Some(after.recipient_name.clone()),
        ending: if is_grant { Ending::Revoked } else { Ending::Denied },
        records: effect.lost(),
    };
    let audited = Audited::other(action, &after.code, &was, &is).into_iter().collect();
    Ok(Done { ended: vec![ended], audited, alerted })
}

/// Whom it showed nothing is not alerted, and learns nothing of it (rule 3.8).
fn end_release(
    context: &Context, tx: &mut Tx<'_>, before: &Release, end: ReleaseEnd, said: &Said,
) -> Result<Done> {
    let ((), effect) = effect_of(tx, &Scope::of_release(before), |tx| match end {
        ReleaseEnd::Revoked => {
            store::release::revoke(tx, before.id, context.now(), context.actor.account.id, said)
        }
        ReleaseEnd::Without(provider) => {
            store::release::remove_recipient(tx, before.id, provider, context.now())
        }
    })?;
    let after = store::release::by_id(tx, before.id)?;
    let alerted = context.alert_release_ended(tx, &after, &effect)?;
    let (action, ending) = match end {
        ReleaseEnd::Revoked => ("release.revoke", Ending::Revoked),
        ReleaseEnd::Without(_) => ("release.remove-recipient", Ending::Narrowed),
    };
    let only = match (end, before.recipients.as_slice()) {
        (ReleaseEnd::Without(provider), named) => named.iter().find(|one| one.id == provider),
        (ReleaseEnd::Revoked, [one]) => Some(one),
        (ReleaseEnd::Revoked, _) => None,
    };
    let ended = Ended {
        code: after.code.clone(),
        owner: after.owner.clone(),
        owner_name: after.owner_name.clone(),
        data_type: after.data_type,
        recipient: only.map(|one| one.code.clone()),
        recipient_name: only.map(|one| one.name.clone()),
        ending,
        records: effect.lost(),
    };
    let (was, is) = (before.view(context.today), after.view(context.today));
    let audited = Audited::other(action, &after.code, &was, &is).into_iter().collect();
    Ok(Done { ended: vec![ended], audited, alerted })
}

/// What is shared without the client's consent is not ended by its withdrawal (rule 3.4), so that is said.
fn still_shared(
    context: &Context, tx: &mut Tx<'_>, client: ClientId, withdrawn: &Withdrawn,
) -> Result<Vec<String>> {
    let Withdrawn { owner, recipient, data_type } = *withdrawn;
    let account = context.visibility().account();
    let left = store::sharing::still_visible(tx, client, (owner, recipient, data_type), account)?;
    let words = left.into_iter().map(|(owner, owner_name, data_type, records)| {
        format!(
            "{} ({data_type}) of `{owner_name}` can be seen by others still: it shares them automatically, until `caredesk sharing setup {owner} --type {data_type} --client-by-client on`",
            counted(records, "record", "records")
        )
    });
    Ok(words.collect())
}

impl Done {
    fn and(mut self, other: Done) -> Done {
        self.ended.extend(other.ended);
        self.audited.extend(other.audited);
        self.alerted = self.alerted.and(other.alerted);
        self
    }
}
