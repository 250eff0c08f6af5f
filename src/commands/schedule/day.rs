//! One day over all clients of the hub.

use super::midnight;
use crate::commands::prelude::*;
use crate::model::visit_day::DayVisit;

pub(super) fn show(context: &Context, day: Option<Day>) -> Result<()> {
    must_be_of_hub(context)?;
    let day = day.map_or(context.today, |day| day.resolve(context.today));
    let from = midnight(context, day)?;
    let to = day.succ_opt().map_or(Ok(DateTime::<Utc>::MAX_UTC), |next| midnight(context, next))?;
    let is_for_people = context.out.is_drawing();
    context.list(&format!("no visits on {day}"), |tx, list| {
        let page = |after: Option<&DayVisit>, limit| store::visit::day(tx, from, to, after, limit);
        let view = |visit: &DayVisit| if is_for_people { visit.clone().marked() } else { visit.clone() };
        context.out.pages(&Page::whole(), None, list, page, view)
    })
}

fn must_be_of_hub(context: &Context) -> Result<()> {
    if !context.actor.is_portal() {
        return Ok(());
    }
    Err(Error::usage("`--all` is for the hub")
        .hint("`caredesk schedule show` shows the visits that you have"))
}
