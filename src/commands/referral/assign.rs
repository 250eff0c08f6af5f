//! `referral assign`: the resource of referrals, and the accounts that are alerted.

use super::{Altered, and_last, change_each, save};
use crate::commands::prelude::*;
use crate::context::{Audience, must_be_active};
use crate::model::alert::{AlertKind, Alerted};
use crate::model::capacity::Entry;
use crate::model::referral::{self, Assigned};
use crate::model::resource::State;
use crate::model::resource::search::Near;
use crate::output::ask::{self, Choice};
use crate::store::resource::find::{self, Found, Search};
use crate::store::resource::shown::{self, Room};

const USAGE: &str = "caredesk referral assign [OPTIONS] <REFERRAL>... [RESOURCE]";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk referral assign REF-7K3M9Q
  $ caredesk referral assign REF-7K3M9Q harbour
  $ caredesk referral assign REF-7K3M9Q REF-2M8XTB REF-00W1JE harbour
  $ caredesk referral assign REF-7K3M9Q \"harbour meals\" --strict \\
      --note \"ring twice\"")]
pub(super) struct Assign {
    /// Codes (or the beginnings of them), and last the resource: code or name; a provider stands for its
    /// agency record. With one code alone you are asked for it on a terminal, the nearest to the client first
    #[arg(required = true, value_name = "REFERRAL")]
    names: Vec<Reference>,
    /// Refuse if the resource has no capacity left
    #[arg(long)]
    strict: bool,
    /// Replace the note, which the provider also sees
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    note: Option<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) struct Assignment {
    pub(super) assigned: Assigned,
    /// The warning that the resource is full (rule 2.8).
    pub(super) exhausted: Option<String>,
    /// What is noted beside its capacity.
    pub(super) note: Option<String>,
}

/// Checks whether this resource may take the referral now (rule 2.5).
pub(super) fn take(
    context: &Context, tx: &mut Tx<'_>, referral: &Referral, resource: &Resource, strict: bool,
) -> Result<Assignment> {
    may_take(tx, referral, resource)?;
    let capacity = store::capacity::in_force(tx, resource.id, context.now())?;
    if let Some(capacity) = capacity.as_ref().filter(|_| strict) {
        capacity.must_have_room()?;
    }
    let assigned = Assigned::to(resource, context.now());
    let exhausted = capacity.as_ref().and_then(Entry::exhausted);
    Ok(Assignment { assigned, exhausted, note: capacity.as_ref().and_then(Entry::noted) })
}

/// The same without its capacity.
pub(super) fn may_take(tx: &mut Tx<'_>, referral: &Referral, resource: &Resource) -> Result<()> {
    must_be_active(tx, resource.provider_id)?;
    resource.must_take_referrals()?;
    must_be_linked(tx, referral, resource)
}

fn must_be_linked(tx: &mut Tx<'_>, referral: &Referral, resource: &Resource) -> Result<()> {
    if store::queue::has_resource(tx, referral.queue_id, resource.id)? {
        return Ok(());
    }
    let linked = store::queue::resources(tx, referral.queue_id)?;
    let taking = linked.iter().filter(|linked| linked.state == State::Active);
    let names: Vec<&str> = taking.map(|linked| linked.name.as_str()).collect();
    Err(referral::not_linked(&referral.queue, resource, &names))
}

/// Queues the alerts of a stored assignment, and withdraws those of the previous one (rules 2.9, 2.11).
pub(super) fn alert(
    context: &Context, tx: &mut Tx<'_>, was: Option<&Assigned>, referral: &Referral,
) -> Result<Alerted> {
    store::alert::withdraw(tx, referral.id)?;
    let former = match was {
        Some(was) => context.alert(tx, AlertKind::Reassigned, Audience::Former(referral, was))?,
        None => Alerted::default(),
    };
    let present = match &referral.assigned {
        Some(at) => context.alert(tx, AlertKind::Assigned, Audience::Resource(referral, at))?,
        None => Alerted::default(),
    };
    Ok(present.and(former))
}

/// The one that a person chooses of those that take referrals of the queue.
fn chosen(context: &Context, referrals: &[Reference]) -> Result<Reference> {
    let (referral, postal_code, choices) = context.read(|tx| {
        let referral = referrals.first().ok_or_else(|| Error::internal("no referral is named"))?;
        let referral = store::lookup::<Referral>(tx, referral, context.visibility())?;
        let client = store::by_id::<Client>(tx, referral.client_id, Visibility::INTERNAL)?;
        let postal_code = client.and_then(|client| client.postal_code);
        let near = postal_code.as_deref().map(|code| find::near(tx, code)).transpose()?;
        let search = Search { queue: Some(referral.queue_id), near, ..Search::default() };
        let found = find::best(tx, &search, context.visibility(), i64::MAX)?;
        let ids: Vec<_> = found.iter().map(|one| one.id).collect();
        let rooms = shown::room(tx, &ids, context.now())?;
        let choice = |one: Found| choice(search.near.as_ref(), rooms.get(&one.id), one);
        Ok((referral, postal_code, found.into_iter().map(choice).collect::<Vec<_>>()))
    })?;
    if !context.is_interactive() || choices.is_empty() {
        let near = postal_code.map(|code| format!(" --near {}", text::shell_word(&code))).unwrap_or_default();
        return Err(Error::usage(format!("no resource is named for the referral {}", referral.code)).hint(
            format!(
                "`caredesk resource find --queue {}{near}` shows those that take it",
                text::shell_word(&referral.queue)
            ),
        ));
    }
    let question = format!("Where {} goes:", referral.code);
    let position = ask::one(&question, &choices, context.out.drawing_width)?;
    let code = choices.get(position).map(|choice| choice.code.as_str()).unwrap_or_default();
    code.parse().map_err(|why: String| Error::internal(why))
}

fn choice(near: Option<&Near>, room: Option<&Room>, found: Found) -> Choice {
    let far = found.kilometres_from(near).map(|far| format!("{far} km"));
    let left = room.map(|room| counted(room.places_left, "place left", "places left"));
    let note = room.and_then(|room| room.note.clone());
    let provider = (found.name != found.provider_name).then_some(found.provider_name);
    let joined = |parts: &[Option<String>]| parts.iter().flatten().cloned().collect::<Vec<_>>().join("  ");
    Choice { code: found.code, name: joined(&[Some(found.name), provider]), note: joined(&[far, left, note]) }
}

pub(super) fn run(context: &Context, command: &Assign) -> Result<()> {
    let (referrals, named) = and_last(&command.names);
    let named = named.map_or_else(|| chosen(context, referrals), |named| Ok(named.clone()))?;
    change_each(context, "referral.assign", Action::ChangeReferrals, referrals, |tx, before| {
        let resource = store::lookup::<Resource>(tx, &named, context.visibility())?;
        let note = command.note.as_deref().map_or_else(|| before.note.clone(), referral::note);
        let noted = Referral { note, ..before.clone() };
        if before.is_at(resource.id) {
            save(context, tx, Some(&before), &noted)?;
            let why = format!("referral {} is at `{}` already", before.code, resource.name);
            return Ok(Altered::of(before, noted).already(why));
        }
        before.must_be_open()?;
        command.even_so.must_live(tx, before.client_id)?;
        let Assignment { assigned, exhausted, note } = take(context, tx, &before, &resource, command.strict)?;
        let after = Referral { assigned: Some(assigned), ..noted };
        let alerted = save(context, tx, Some(&before), &after)?;
        let sentence = sentence(&before, &resource);
        let warnings = exhausted.into_iter().collect();
        Ok(Altered { warnings, capacity_note: note, alerted, ..Altered::of(before, after).saying(sentence) })
    })
}

pub(super) fn sentence(before: &Referral, resource: &Resource) -> String {
    let (code, to) = (&before.code, &resource.name);
    match &before.assigned {
        None => format!("Assigned referral {code} to `{to}`."),
        Some(was) => format!("Reassigned referral {code} from `{}` to `{to}`.", was.name),
    }
}
