//! Capacity entries: created, changed and withdrawn (rule 2.8).

use clap::Args;

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::{Action, Permission};
use crate::model::capacity::rules;
use crate::model::capacity::view::EntryView;
use crate::model::capacity::window::When;
use crate::model::capacity::{Entry, Standing};
use crate::model::code::Prefix;
use crate::model::reference::Reference;
use crate::model::resource::Resource;
use crate::model::visibility::Visibility;
use crate::model::{edit, text};
use crate::output::{ChangeReport, Outcome};
use crate::store;
use crate::store::capacity::Filter;

const SET_EXAMPLES: &str = "\
Examples:
  $ caredesk capacity set harbour 4 --unit beds --maximum 12
  $ caredesk capacity set \"night shift\" 0 --from 2026-12-24 --until 2026-12-26

Of several entries the latest that has started and not ended counts, so one with an end stands before one without.";

#[derive(Args)]
#[command(after_help = SET_EXAMPLES)]
pub(super) struct Set {
    /// A code or a name; a provider stands for its agency record
    resource: Reference,
    /// How many more referrals it can take; 0 for none
    #[arg(value_name = "N", value_parser = rules::number, allow_negative_numbers = true)]
    places: i64,
    /// What is counted, such as beds
    #[arg(long, value_parser = text::name)]
    unit: Option<String>,
    /// The most that there can ever be
    #[arg(long, value_name = "N", value_parser = rules::number, allow_negative_numbers = true)]
    maximum: Option<i64>,
    /// From the start of a day, or from a moment [default: now]
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    from: Option<When>,
    /// To the end of a day, or until a moment
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    until: Option<When>,
    /// A word to the hub
    #[arg(long, value_name = "TEXT", value_parser = text::free, allow_hyphen_values = true)]
    note: Option<String>,
}

const EDIT_EXAMPLES: &str = "\
Examples:
  $ caredesk capacity edit CAP-7K3M9Q --places 6
  $ caredesk capacity edit CAP-7K3M9Q --until 2026-12-31";

#[derive(Args)]
#[command(after_help = EDIT_EXAMPLES)]
pub(super) struct Edit {
    /// Its code or the beginning of it
    entry: Reference,
    #[command(flatten)]
    change: Change,
}

// At least one of these. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Change {
    /// How many more referrals it can take; 0 for none
    #[arg(long, value_name = "N", value_parser = rules::number, allow_negative_numbers = true)]
    places: Option<i64>,
    /// What is counted, such as beds
    #[arg(long, value_parser = edit::or_none(text::name))]
    unit: Option<edit::Edit<String>>,
    /// The most that there can ever be
    #[arg(long, value_name = "N", value_parser = edit::or_none(rules::number), allow_negative_numbers = true)]
    maximum: Option<edit::Edit<i64>>,
    /// From the start of a day, or from a moment; only before it has started
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    from: Option<When>,
    /// To the end of a day, or until a moment
    #[arg(long, value_name = "WHEN", value_parser = edit::or_none(str::parse::<When>), allow_hyphen_values = true)]
    until: Option<edit::Edit<When>>,
    /// A word to the hub
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    note: Option<edit::Edit<String>>,
}

pub(super) fn set(context: &Context, command: &Set) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, entry) = context.write(|tx| {
        let resource = store::lookup::<Resource>(tx, &command.resource, context.visibility())?;
        context.actor.may((Permission::EditCapacity, Action::ChangeCapacity))?;
        resource.must_not_be_inactive()?;
        let others = of_resource(context, tx, &resource)?;
        let new = new(context, tx, command, &resource)?;
        if let Some(same) = repeated(command, &others, &new) {
            return Ok((Outcome::Unchanged, same));
        }
        new.must_not_start_in_the_past(context.now, context.zone)?;
        new.must_be_sound(context.now, context.zone)?;
        new.must_not_clash(&others, context.zone)?;
        store::capacity::insert(tx, &new, context.actor.account.id)?;
        let made = store::capacity::by_id(tx, new.id, context.now)?;
        context.audit(tx, "capacity.set", &made.code, None::<&()>, Some(&made.view()))?;
        Ok((Outcome::Created, made))
    })?;
    if outcome == Outcome::Created {
        warn_of_none(context, &entry);
    }
    sentence(context, &change_report, outcome, &entry)
}

fn of_resource(context: &Context, tx: &mut Tx<'_>, resource: &Resource) -> Result<Vec<Entry>> {
    let filter = Filter { resource: Some(resource.id), leave_out_removed: true, ..Filter::default() };
    store::capacity::list(tx, &filter, Visibility::INTERNAL, context.now, i64::MAX)
}

fn new(context: &Context, tx: &mut Tx<'_>, command: &Set, resource: &Resource) -> Result<Entry> {
    let from = command.from.map(|from| start(context, from)).transpose()?;
    Ok(Entry {
        id: context.key(),
        code: context.code(Prefix::Capacity, |code| store::capacity::is_code_taken(tx, code))?,
        resource_id: resource.id,
        resource: resource.code.clone(),
        resource_name: resource.name.clone(),
        provider: resource.provider.clone(),
        provider_name: resource.provider_name.clone(),
        places: command.places,
        unit: command.unit.clone(),
        maximum: command.maximum,
        starts_at: from.unwrap_or(context.now),
        ends_at: command.until.map(|until| end(context, until)).transpose()?,
        note: command.note.clone(),
        set_at: context.now,
        set_by: context.actor.account.login.clone(),
        removed_at: None,
        removed_by: None,
        standing: Standing::Scheduled,
        used: None,
    })
}

fn start(context: &Context, from: When) -> Result<chrono::DateTime<chrono::Utc>> {
    let start = from.start(context.today, context.zone);
    let start = start.map_err(|why| Error::invalid("capacity.from", why))?;
    Ok(start.unwrap_or(context.now))
}

fn end(context: &Context, until: When) -> Result<chrono::DateTime<chrono::Utc>> {
    until.end(context.today, context.zone).map_err(|why| Error::invalid("capacity.until", why))
}

/// The entry in force if it already says what the command asks for, so that a script may repeat itself.
fn repeated(command: &Set, others: &[Entry], new: &Entry) -> Option<Entry> {
    let same = others.iter().find(|entry| entry.standing == Standing::InForce)?;
    let is_same = (same.places, &same.unit, same.maximum, same.ends_at, &same.note)
        == (new.places, &new.unit, new.maximum, new.ends_at, &new.note);
    (is_same && command.from.is_none()).then(|| same.clone())
}

/// Rule 2.8: zero places are accepted, with a warning.
fn warn_of_none(context: &Context, entry: &Entry) {
    if entry.places == 0 {
        let (name, window) = (&entry.resource_name, entry.window(context.zone));
        context.out.warn(&format!("`{name}` takes no more referrals {window}"));
    }
}

fn sentence(
    context: &Context,
    change_report: &ChangeReport<'_, EntryView>,
    outcome: Outcome,
    entry: &Entry,
) -> Result<()> {
    let (name, amount, window) = (&entry.resource_name, entry.amount(), entry.window(context.zone));
    let used = match entry.used {
        Some(used) if used > 0 => format!("; {used} used"),
        _ => String::new(),
    };
    let sentence = match outcome {
        Outcome::Unchanged => format!("`{name}` has {amount} {window} already ({}){used}.", entry.code),
        _ => format!("`{name}` now has {amount} {window} ({}){used}.", entry.code),
    };
    change_report.say(outcome, &sentence, &entry.view())
}

pub(super) fn edit(context: &Context, command: &Edit) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, before, after) = context.write(|tx| {
        let before = store::lookup::<Entry>(tx, &command.entry, (context.visibility(), context.now))?;
        context.actor.may((Permission::EditCapacity, Action::ChangeCapacity))?;
        let after = edited(context, &command.change, &before)?;
        if after == before {
            return Ok((Outcome::Unchanged, before, after));
        }
        before.may_become(&after, context.now, context.zone)?;
        after.must_be_sound(context.now, context.zone)?;
        let filter =
            Filter { resource: Some(before.resource_id), leave_out_removed: true, ..Filter::default() };
        let others = store::capacity::list(tx, &filter, Visibility::INTERNAL, context.now, i64::MAX)?;
        after.must_not_clash(&others, context.zone)?;
        store::capacity::update(tx, &after)?;
        let after = store::capacity::by_id(tx, after.id, context.now)?;
        context.audit(tx, "capacity.edit", &after.code, Some(&before.view()), Some(&after.view()))?;
        Ok((Outcome::Updated, before, after))
    })?;
    if before.places != after.places {
        warn_of_none(context, &after);
    }
    sentence(context, &change_report, outcome, &after)
}

fn edited(context: &Context, change: &Change, before: &Entry) -> Result<Entry> {
    Ok(Entry {
        places: change.places.unwrap_or(before.places),
        unit: edit::apply(change.unit.as_ref(), before.unit.clone()),
        maximum: edit::apply(change.maximum.as_ref(), before.maximum),
        starts_at: change.from.map(|from| start(context, from)).transpose()?.unwrap_or(before.starts_at),
        ends_at: edit::try_apply(change.until, before.ends_at, |until| end(context, until))?,
        note: edit::apply(change.note.as_ref(), before.note.clone()),
        ..before.clone()
    })
}

pub(super) fn remove(context: &Context, reference: &Reference) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, after, next) = context.write(|tx| {
        let before = store::lookup::<Entry>(tx, reference, (context.visibility(), context.now))?;
        context.actor.may((Permission::EditCapacity, Action::ChangeCapacity))?;
        if before.standing == Standing::Removed {
            return Ok((Outcome::Unchanged, before, None));
        }
        store::capacity::remove(tx, before.id, context.now, context.actor.account.id)?;
        let after = store::capacity::by_id(tx, before.id, context.now)?;
        context.audit(tx, "capacity.remove", &after.code, Some(&before.view()), Some(&after.view()))?;
        let next = store::capacity::in_force(tx, before.resource_id, context.now)?;
        Ok((Outcome::Deleted, after, next))
    })?;
    let name = &after.resource_name;
    let now = match &next {
        Some(next) => format!("`{name}` has {} ({}).", next.amount(), next.code),
        None => format!("no capacity of `{name}` is in force."),
    };
    let sentence = match outcome {
        Outcome::Unchanged => format!("The entry {} was removed before.", after.code),
        _ => format!("Removed the entry {}; {now}", after.code),
    };
    change_report.say(outcome, &sentence, &after.view())
}
