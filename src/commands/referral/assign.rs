//! `referral assign` and `unassign`: to which resource a referral goes, and who is told.

use clap::Args;

use super::{answer, save};
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Action;
use crate::model::reference::Reference;
use crate::model::referral::{self, Assigned, Referral};
use crate::model::resource::Resource;
use crate::model::text;
use crate::output::Outcome;
use crate::store;

const ASSIGN_EXAMPLES: &str = "\
Examples:
  $ caredesk referral assign REF-7K3M9Q harbour
  $ caredesk referral assign REF-7K3M9Q \"harbour meals\" --strict --note \"lift out of order, ring twice\"";

#[derive(Args)]
#[command(after_help = ASSIGN_EXAMPLES)]
pub(super) struct Assign {
    /// Its code or the beginning of it
    referral: Reference,
    /// Where it goes: a code or a name; a provider stands for its agency record
    resource: Reference,
    /// Refuse where the resource has no capacity left
    #[arg(long)]
    strict: bool,
    /// Replaces the note; the provider reads it too
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    note: Option<String>,
}

/// What an assignment comes to.
pub(super) struct Taken {
    pub(super) assigned: Assigned,
}

impl Taken {
    /// On stderr, once the assignment stands.
    pub(super) fn warn(&self, _context: &Context) {}
}

/// The resource that was typed, as this actor may see it.
pub(super) fn find(
    context: &Context,
    tx: &mut Tx<'_>,
    typed: Option<&Reference>,
) -> Result<Option<Resource>> {
    typed.map(|typed| store::resource::find(tx, typed, context.actor.sight())).transpose()
}

/// Asks the rules whether this resource takes the referral now.
pub(super) fn take(
    context: &Context,
    tx: &mut Tx<'_>,
    referral: &Referral,
    resource: &Resource,
    _strict: bool,
) -> Result<Taken> {
    let assignee = store::referral::assignee(tx, resource.id, referral.queue_id)?;
    referral::must_take(&assignee, &referral.queue, || {
        store::referral::linked_resources(tx, referral.queue_id)
    })?;
    let assigned = Assigned {
        id: assignee.id,
        code: assignee.code,
        name: assignee.name,
        provider: assignee.provider,
        at: context.now,
    };
    Ok(Taken { assigned })
}

pub(super) fn run(context: &Context, command: &Assign) -> Result<()> {
    let (outcome, before, after, taken) = context.write(|tx| {
        let sight = context.actor.sight();
        let before = store::referral::find_assigned(tx, &command.referral, sight)?;
        let resource = store::resource::find(tx, &command.resource, sight)?;
        context.actor.may(Action::ChangeReferrals)?;
        let note = command.note.as_deref().map_or_else(|| before.note.clone(), referral::note);
        let mut after = Referral { note, ..before.clone() };
        let mut taken = None;
        if !before.is_at(resource.id) {
            before.must_be_open()?;
            let now = take(context, tx, &before, &resource, command.strict)?;
            after.assigned = Some(now.assigned.clone());
            taken = Some(now);
        }
        let outcome = save(context, tx, "referral.assign", &before, &after)?;
        Ok((outcome, before, after, taken))
    })?;
    if let Some(taken) = &taken {
        taken.warn(context);
    }
    answer(context, outcome, &said(outcome, &before, &after, taken.as_ref()), &after)
}

fn said(outcome: Outcome, before: &Referral, after: &Referral, taken: Option<&Taken>) -> String {
    let code = &after.code;
    let name = |referral: &Referral| referral.assigned.as_ref().map(|at| at.name.clone()).unwrap_or_default();
    let to = name(after);
    match (taken, &before.assigned) {
        (None, _) if outcome == Outcome::Unchanged => format!("The referral {code} is at `{to}` already."),
        (None, _) => format!("The referral {code} is at `{to}` already; its note was replaced."),
        (Some(_), None) => format!("The referral {code} is now at `{to}`."),
        (Some(_), Some(was)) => format!("The referral {code} went from `{}` to `{to}`.", was.name),
    }
}

pub(super) fn unassign(context: &Context, typed: &Reference) -> Result<()> {
    let (outcome, before, after) = context.write(|tx| {
        let before = store::referral::find_assigned(tx, typed, context.actor.sight())?;
        context.actor.may(Action::ChangeReferrals)?;
        let after = Referral { assigned: None, ..before.clone() };
        let outcome = save(context, tx, "referral.unassign", &before, &after)?;
        Ok((outcome, before, after))
    })?;
    let code = &after.code;
    let said = match &before.assigned {
        None => format!("The referral {code} is at no resource already."),
        Some(was) => format!("The referral {code} was taken from `{}`.", was.name),
    };
    answer(context, outcome, &said, &after)
}
