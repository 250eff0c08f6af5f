//! The week of a provider, over all its clients (rule 1.12).

use chrono::Days;

use super::midnight;
use crate::commands::prelude::*;
use crate::context::{ContactLook, Holder};
use crate::model::held_visit::{HeldVisit, HeldVisitView};
use crate::model::time::Week;
use crate::model::visit::VisitStatus;
use crate::output::calendar::{self, Mark, Slot, Style};
use crate::store::held_visit::{self, Filter, Viewer};

pub(super) fn show(context: &Context, provider: Option<&Reference>, week: Option<Week>) -> Result<()> {
    let (holder, monday, visits) = context.read_contacts("visit.read", "schedule show", |tx| {
        let holder = context.holder(tx, provider)?;
        let viewer = context.visit_viewer(tx)?;
        let monday = match week {
            Some(week) => week.monday(context.today),
            None => likeliest_week(context, tx, &holder, viewer)?,
        };
        let to = monday.checked_add_days(Days::new(7)).map(|day| midnight(context, day)).transpose()?;
        let from = Some(midnight(context, monday)?);
        let filter = Filter { provider: holder.provider, from, to, ..Filter::default() };
        let visits = held_visit::list(tx, &filter, viewer, i64::MAX)?;
        let looks = visits.iter().filter_map(ContactLook::at).collect();
        Ok(((holder, monday, visits), looks))
    })?;
    if !context.out.is_drawing() {
        let mut list = context.out.list::<HeldVisitView>()?;
        for visit in &visits {
            list.row(&visit.view())?;
        }
        return list.end("no visits in this week");
    }
    let slots: Vec<Slot> = visits.iter().map(|visit| slot(context, visit)).collect();
    let style = Style { width: context.out.drawing_width, colour: context.out.colour };
    output::text(&calendar::draw(monday, context.today, &holder.names, &slots, style))
}

/// The Monday of this week if it has a visit, otherwise of the week of the next planned visit, otherwise of the last.
pub(super) fn likeliest_week(
    context: &Context, tx: &mut Tx<'_>, holder: &Holder, viewer: Viewer,
) -> Result<NaiveDate> {
    let monday = time::monday(context.today);
    let next = monday.checked_add_days(Days::new(7)).map(|day| midnight(context, day)).transpose()?;
    let all = Filter { provider: holder.provider, ..Filter::default() };
    let this_week = Filter { from: Some(midnight(context, monday)?), to: next, ..all };
    if !held_visit::list(tx, &this_week, viewer, 1)?.is_empty() {
        return Ok(monday);
    }
    let later = Filter { from: next, status: Some(VisitStatus::Planned), ..all };
    let start = match held_visit::list(tx, &later, viewer, 1)?.first() {
        Some(visit) => Some(visit.call.start),
        None => held_visit::last_start(tx, holder.provider, context.visibility())?,
    };
    Ok(start.map_or(monday, |start| time::monday(start.with_timezone(&context.zone).date_naive())))
}

/// Named after whose it is, or else after the package.
fn slot(context: &Context, visit: &HeldVisit) -> Slot {
    let call = &visit.call;
    let mark = if visit.is_cancelled() { Mark::Cancelled } else { Mark::Accepted };
    let name = visit.client.as_ref().map(|client| client.name.to_string());
    let name = name.unwrap_or_else(|| call.package_reference.clone());
    let start = call.start.with_timezone(&context.zone);
    Slot { note: Some(name), ..Slot::new(&start, call.duration_minutes, call.code.clone(), mark) }
}
