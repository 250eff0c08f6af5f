//! `capacity set`: how many more referrals a resource can take (rule 2.8).

use super::{end, none_left, of_resource, start};
use crate::commands::prelude::*;
use crate::model::capacity::rules;
use crate::model::capacity::window::When;
use crate::model::capacity::{CapacityStatus, Entry, FRESH};

#[derive(Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  $ caredesk capacity set harbour 4 --unit beds --maximum 12
  $ caredesk capacity set \"night shift\" 0 --from 2026-12-24 --until 2026-12-26

If several entries are in force, the one that started last counts; so an exception is an entry with an end."
)]
pub(super) struct Set {
    /// Code or name; a provider stands for its agency record [default: the one you act for]
    #[arg(allow_negative_numbers = true)]
    resource: Option<Reference>,
    /// How many more referrals it can take; 0 for none
    #[arg(value_name = "N", value_parser = rules::number, allow_negative_numbers = true)]
    places: i64,
    /// What is counted, such as beds
    #[arg(long, value_parser = text::line)]
    unit: Option<String>,
    /// The maximum that it can take
    #[arg(long, value_name = "N", value_parser = rules::number, allow_negative_numbers = true)]
    maximum: Option<i64>,
    /// When it starts: a day or a time [default: now]
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    from: Option<When>,
    /// When it ends: its last day, or a time
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    until: Option<When>,
    /// A note for the hub
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    note: Option<String>,
}

pub(super) fn run(context: &Context, command: &Set) -> Result<()> {
    context.change("capacity.set", (Permission::EditCapacity, Action::ChangeCapacity), |tx| {
        let resource = context.own_resource(tx, command.resource.as_ref(), "RESOURCE")?;
        resource.must_not_be_inactive()?;
        let others = of_resource(context, tx, resource.id)?;
        let new = new(context, tx, command, &resource)?;
        if let Some(same) = repeated(command, &others, &new) {
            let (code, name) = (&same.code, &same.resource_name);
            let why = format!("capacity {code} ({name}) is in force already");
            return Ok(Change::unchanged(same.view()).already(why));
        }
        new.must_not_start_in_the_past(context.now(), context.zone)?;
        new.must_be_sound(context.now(), context.zone)?;
        new.must_not_clash(&others, context.zone)?;
        store::capacity::insert(tx, &new, context.actor.account.id)?;
        let new = store::capacity::by_id(tx, new.id, context.now())?;
        let (code, name) = (&new.code, &new.resource_name);
        let (amount, window) = (new.amount(), new.window(context.zone));
        let sentence = format!("Created capacity {code} ({name}): {amount} {window}.");
        Ok(Change::created(new.view()).saying(sentence).warning(none_left(context, &new)))
    })
}

fn new(context: &Context, tx: &mut Tx<'_>, command: &Set, resource: &Resource) -> Result<Entry> {
    let from = command.from.map(|from| start(context, from)).transpose()?;
    let until = command.until.map(|until| end(context, until)).transpose()?;
    let id = context.key();
    let code = context.code(Prefix::Capacity, |code| store::capacity::is_code_taken(tx, code))?;
    let login = context.actor.account.login.clone();
    let now = context.now();
    Ok(Entry {
        places: command.places,
        unit: command.unit.clone(),
        maximum: command.maximum,
        starts_at: from.unwrap_or(now),
        ends_at: until,
        note: command.note.clone(),
        ..resource.new_entry(id, code, now, login)
    })
}

/// The entry in force if it already says what the command asks for, so that a script may repeat itself. One that is old is confirmed
/// by a new entry.
fn repeated(command: &Set, others: &[Entry], new: &Entry) -> Option<Entry> {
    let same = others.iter().find(|entry| entry.status == CapacityStatus::InForce)?;
    let is_same = (same.places, &same.unit, same.maximum, same.ends_at, &same.note)
        == (new.places, &new.unit, new.maximum, new.ends_at, &new.note);
    let is_fresh = new.set_at - same.set_at <= FRESH;
    (is_same && is_fresh && command.from.is_none()).then(|| same.clone())
}
