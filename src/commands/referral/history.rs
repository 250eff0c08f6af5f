//! `referral history`: what became of a referral, of its visits and its packages.

use crate::commands::prelude::*;
use crate::model::history::HistoryLine;
use crate::model::referral::{EventKind, EventView};
use crate::store::audit;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    context.list::<HistoryLine>("no steps", |tx, list| {
        let referral = store::lookup::<Referral>(tx, reference, context.visibility())?;
        must_be_staff(context, &referral)?;
        let mut lines = own_lines(tx, &referral)?;
        lines.extend(audit::of_referral(tx, referral.id)?.iter().flat_map(HistoryLine::of));
        context.list_history(list, lines)
    })
}

/// The steps of the referral itself. Those that were taken back are gone, and the trail alone tells of them.
fn own_lines(tx: &mut Tx<'_>, referral: &Referral) -> Result<Vec<HistoryLine>> {
    let own = audit::on_subjects(tx, std::slice::from_ref(&referral.code))?;
    if own.iter().any(|link| link.entry.action == "referral.undo") {
        let is_step = |line: &HistoryLine| {
            line.field.as_deref().is_none_or(|field| ["status", "resource", "note"].contains(&field))
        };
        return Ok(own.iter().flat_map(HistoryLine::of).filter(is_step).collect());
    }
    let events = store::referral::history(tx, referral.id)?;
    Ok(events.into_iter().map(|event| line(&referral.code, event)).collect())
}

/// A history says who of the hub did what, and who had the referral before.
fn must_be_staff(context: &Context, referral: &Referral) -> Result<()> {
    if !context.actor.is_portal() {
        return Ok(());
    }
    let code = &referral.code;
    Err(Error::new(
        Kind::Denied,
        "referral.history",
        format!("the history of {code} is shown to the hub alone"),
    )
    .hint(format!("`caredesk referral show {code}` shows how it stands")))
}

/// As the audit trail calls the change.
fn line(code: &str, event: EventView) -> HistoryLine {
    let (action, field) = match event.what {
        EventKind::Created => ("referral.create", None),
        EventKind::Status => ("referral.set-status", Some("status")),
        EventKind::Resource if event.to.is_none() => ("referral.unassign", Some("resource")),
        EventKind::Resource => ("referral.assign", Some("resource")),
        EventKind::Note => ("referral.note", Some("note")),
    };
    HistoryLine {
        at: event.at,
        by: event.by,
        acted_by: event.acted_by,
        action: action.to_owned(),
        on: code.to_owned(),
        field: field.map(str::to_owned),
        from: event.from,
        to: event.to,
        reason: None,
    }
}
