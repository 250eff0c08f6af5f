//! `capacity edit`: another number or another time; what has started keeps its beginning (rule 2.8).

use super::{end, none_left, of_resource, start};
use crate::commands::prelude::*;
use crate::model::capacity::Entry;
use crate::model::capacity::rules;
use crate::model::capacity::window::When;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk capacity edit CAP-7K3M9Q --places 6
  $ caredesk capacity edit CAP-7K3M9Q --until 2026-12-31")]
pub(super) struct Edit {
    /// Code (or the beginning of it)
    entry: Reference,
    #[command(flatten)]
    fields: Fields,
}

// At least one of these. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// How many more referrals it can take; 0 for none
    #[arg(long, value_name = "N", value_parser = rules::number, allow_negative_numbers = true)]
    places: Option<i64>,
    /// What is counted, such as beds
    #[arg(long, value_parser = edit::or_none(text::line))]
    unit: Option<edit::Edit<String>>,
    /// The maximum that it can take
    #[arg(long, value_name = "N", value_parser = edit::or_none(rules::number), allow_negative_numbers = true)]
    maximum: Option<edit::Edit<i64>>,
    /// When it starts: a day or a time; can be changed only before it has started
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    from: Option<When>,
    /// When it ends: its last day, or a time
    #[arg(long, value_name = "WHEN", value_parser = edit::or_none(str::parse::<When>), allow_hyphen_values = true)]
    until: Option<edit::Edit<When>>,
    /// A note for the hub
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::note), allow_hyphen_values = true)]
    note: Option<edit::Edit<String>>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("capacity.edit", (Permission::EditCapacity, Action::ChangeCapacity), |tx| {
        let before = store::lookup::<Entry>(tx, &command.entry, (context.visibility(), context.now()))?;
        let after = edited(context, &command.fields, &before)?;
        if after == before {
            return Ok(Change::unchanged(before.view()));
        }
        before.may_become(&after, context.now(), context.zone)?;
        after.must_be_sound(context.now(), context.zone)?;
        after.must_not_clash(&of_resource(context, tx, before.resource_id)?, context.zone)?;
        store::capacity::update(tx, &after)?;
        let after = store::capacity::by_id(tx, after.id, context.now())?;
        let warning = none_left(context, &after).filter(|_| before.places != after.places);
        Ok(Change::of(before.view(), after.view()).warning(warning))
    })
}

fn edited(context: &Context, fields: &Fields, before: &Entry) -> Result<Entry> {
    Ok(Entry {
        places: fields.places.unwrap_or(before.places),
        unit: edit::apply(fields.unit.as_ref(), before.unit.clone()),
        maximum: edit::apply(fields.maximum.as_ref(), before.maximum),
        starts_at: fields.from.map(|from| start(context, from)).transpose()?.unwrap_or(before.starts_at),
        ends_at: edit::try_apply(fields.until, before.ends_at, |until| end(context, until))?,
        note: edit::apply(fields.note.as_ref(), before.note.clone()),
        ..before.clone()
    })
}
