//! `visit edit`: when a visit is, how long it lasts, and its note.

use super::{alert_changed, concerns_provider};
use crate::commands::prelude::*;
use crate::context::{EvenSo, names_in_note};
use crate::model::time::Moment;

#[derive(Args)]
pub(super) struct Edit {
    /// Code (or the beginning of it)
    visit: Reference,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    even_so: EvenSo,
}

// At least one of these. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The start: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    start: Option<Moment>,
    /// The duration: minutes, or 45m, 1h, 1h30
    #[arg(long, value_name = "MIN", value_parser = time::minutes)]
    duration: Option<i64>,
    /// A note of the hub's own, which no provider sees; `none` clears it
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::note), allow_hyphen_values = true)]
    note: Option<edit::Edit<String>>,
    /// A note for the providers that are asked; `none` clears it
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::note), allow_hyphen_values = true)]
    provider_note: Option<edit::Edit<String>>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    let fields = &command.fields;
    let start = || {
        context.say_which(fields.start.and_then(|start| start.twice(context.today, context.zone)));
        let start = fields.start.map(|start| start.resolve(context.today, context.zone)).transpose();
        start.map_err(|why| Error::invalid("visit.start", why))
    };
    context.change_with("visit.edit", Action::ChangeVisits, start, |tx, start| {
        let before = store::lookup::<Visit>(tx, &command.visit, context.visibility())?;
        before.must_be_planned()?;
        let after = Visit {
            start: start.unwrap_or(before.start),
            minutes: fields.duration.unwrap_or(before.minutes),
            note: edit::apply(fields.note.as_ref(), before.note.clone()),
            provider_note: edit::apply(fields.provider_note.as_ref(), before.provider_note.clone()),
            ..before.clone()
        };
        let client = store::referral::by_id(tx, before.referral_id)?.client_id;
        let is_moved = (after.start, after.minutes) != (before.start, before.minutes);
        // Another time is planned anew (rule 5.5).
        if is_moved {
            command.even_so.must_live(tx, client)?;
        }
        if after != before {
            store::visit::update(tx, &after)?;
        }
        let moved = if is_moved { std::slice::from_ref(&after) } else { &[] };
        let overlaps = context.overlaps(tx, client, moved)?;
        let note = after.provider_note.as_deref().filter(|_| after.provider_note != before.provider_note);
        let names = names_in_note(tx, client, note)?;
        let alerted = alert_changed(context, tx, concerns_provider(&before, &after).then_some(&after))?;
        let change = Change::of(before.view(), after.view()).warning(difference(context, &after));
        Ok(change.warning(overlaps).warning(names).alerting(alerted.as_ref()))
    })
}

/// Rule 1.7: the provider still sees, or has accepted, the offered times.
fn difference(context: &Context, visit: &Visit) -> Option<String> {
    let offered = visit.differs_from_offer()?;
    let (package, was, is) = (&offered.reference, offered.offered_duration_minutes, visit.minutes);
    let what = if was == is {
        let was = offered.offered_start.with_timezone(&context.zone).format("%a %-d %B %H:%M");
        format!(
            "{package} was offered with the visit {} on {was}; recall and send again to offer the new time",
            visit.code
        )
    } else {
        format!("{package} was offered with {was} min; recall and send again to offer {is} min")
    };
    let code = &offered.package;
    // Who has accepted confirms the change alone (rule 1.14).
    let to = offered.accepted_by.as_ref().map_or_else(String::new, |holder| format!(" --provider {holder}"));
    Some(format!("{what}: `caredesk outsource resend {code}{to}`"))
}
