//! `capacity`: how many more referrals resources can take.

mod edit;
mod list;
mod remove;
mod set;
mod show;

use crate::commands::prelude::*;
use crate::model::capacity::Entry;
use crate::model::capacity::view::CapacityView;
use crate::model::capacity::view::EntryView;
use crate::model::capacity::window::When;
use crate::store::capacity::Filter;

verbs! {
    Capacity: lists EntryView, shows CapacityView, changes EntryView;

    /// Set how many more referrals a resource can take, from now on or for a period
    Set(set::Set) => set::run,
    /// Show the capacity of a resource: present, future and past
    #[command(arg = at())]
    Show(show::Show) => show::run,
    /// List the present capacity of each resource
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Change an entry; the value `none` clears a field
    Edit(edit::Edit) => edit::run,
    /// Remove an entry; it stays in the history
    Remove {
        /// Code (or the beginning of it)
        entry: Reference,
    } => remove::run,
}

fn of_resource(context: &Context, tx: &mut Tx<'_>, resource: ResourceId) -> Result<Vec<Entry>> {
    let filter = Filter { resource: Some(resource), leave_out_removed: true, ..Filter::default() };
    store::capacity::list(tx, &filter, Visibility::INTERNAL, context.now(), i64::MAX)
}

fn start(context: &Context, from: When) -> Result<DateTime<Utc>> {
    context.say_which(from.twice(context.today, context.zone));
    let start = from.start(context.today, context.zone);
    let start = start.map_err(|why| Error::invalid("capacity.from", why))?;
    Ok(start.unwrap_or(context.now()))
}

fn end(context: &Context, until: When) -> Result<DateTime<Utc>> {
    context.say_which(until.twice(context.today, context.zone));
    until.end(context.today, context.zone).map_err(|why| Error::invalid("capacity.until", why))
}

/// Zero places are accepted, with a warning.
fn none_left(context: &Context, entry: &Entry) -> Option<String> {
    let (name, window) = (&entry.resource_name, entry.window(context.zone));
    (entry.places == 0).then(|| format!("`{name}` takes no more referrals {window}"))
}
