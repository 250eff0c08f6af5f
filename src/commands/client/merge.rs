//! `client merge`: two records that are of one person become one (rule 5.7).

use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::client::MergedClient;
use crate::model::enrolment::EnrolmentStatus;
use crate::model::erasure::must_not_be_erased;
use crate::model::merge::{Moved, Obstacle, may_merge, moved_words};
use crate::model::sharing::{Effect, Request};
use crate::store::sharing::{Filter, effect_of_merge};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client merge CLI-9F2A7K --into CLI-7K3M9Q --dry-run
  $ caredesk client merge CLI-9F2A7K --into CLI-7K3M9Q

The code and the id of OTHER lead to the client that stays from then on. A merge cannot be undone.")]
pub(super) struct Merge {
    /// The client that is given up: code, id or name (or the beginning of a code or name)
    other: Reference,
    /// The client that stays
    #[arg(long, value_name = "CLIENT")]
    into: Reference,
}

pub(super) fn run(context: &Context, command: &Merge) -> Result<()> {
    context.change("client.merge", Action::ChangeSharing, |tx| {
        let other = store::lookup::<Client>(tx, &command.other, context.visibility())?;
        let before = store::lookup::<Client>(tx, &command.into, context.visibility())?;
        if other.id == before.id {
            let why = format!("`{}` is {} ({}) already", command.other, before.code, before.full_name());
            return Ok(Change::unchanged(before).already(why));
        }
        may_be_known_as(&other, &before)?;
        for client in [&other, &before] {
            must_not_be_erased(&client.code, store::erasure::erased_at(tx, client.id)?)?;
        }
        let obstacles = obstacles(context, tx, &other, &before)?;
        may_merge("client.cannot_merge", [&other.code, &before.code], &obstacles)?;
        let known_before = store::client::known_to(tx, before.id)?;
        let (merged, effect) =
            effect_of_merge(tx, [other.id, before.id], |tx| merge(context, tx, &other, &before))?;
        let mut newly = store::client::known_to(tx, before.id)?;
        newly.retain(|login| !known_before.contains(login));
        Ok(change(&other, before, merged, &newly, effect))
    })
}

/// Refused: a name that is given up for none.
fn may_be_known_as(other: &Client, kept: &Client) -> Result<()> {
    if other.anonymous || !kept.anonymous {
        return Ok(());
    }
    let (code, kept) = (&other.code, &kept.code);
    let message = format!("{code} ({}) cannot be merged into {kept}, which is anonymous", other.full_name());
    Err(Error::refused("client.anonymous", message)
        .hint(format!("`caredesk client merge {kept} --into {code}` makes one of them"))
        .detail("client", kept.clone()))
}

fn merge(
    context: &Context, tx: &mut Tx<'_>, other: &Client, before: &Client,
) -> Result<(Client, Vec<Moved>)> {
    let after = before.clone().joined_by(other);
    store::client::update(tx, before, &after)?;
    let moved = store::client::move_all(tx, other.id, before.id, context.now())?;
    Ok((after, moved))
}

/// What moves, who comes to see what, and the question about it.
fn change(
    other: &Client, before: Client, (after, moved): (Client, Vec<Moved>), newly: &[String], effect: Effect,
) -> Change<Client> {
    let described = |client: &Client| format!("{} ({})", client.code, client.described());
    let known = match newly {
        [] => String::new(),
        logins => format!(" {} may name {} from now on.", logins.join(", "), after.code),
    };
    let moved = match moved_words(&moved) {
        nothing if nothing.is_empty() => String::new(),
        words => format!(" It brings {words}."),
    };
    let question = format!(
        "Is {} the same person as {}, and from now on only {}? This cannot be taken back.{moved}{}{known}",
        described(other),
        described(&before),
        before.code,
        effect.words(),
    );
    let sentence =
        format!("Merged client {} into {} ({}).{moved}{known}", other.code, after.code, after.full_name());
    let leads = |to: Option<&str>| MergedClient { client: other.clone(), merged_into: to.map(str::to_owned) };
    let given_up = Audited::other("client.merge", &other.code, &leads(None), &leads(Some(&after.code)));
    Change::updated(before, after)
        .preceded_by(given_up)
        .saying(sentence)
        .with_effect(effect)
        .asking(Some(question))
}

/// What cannot be one: open requests for the same, and enrolments at one provider that say opposite things.
fn obstacles(context: &Context, tx: &mut Tx<'_>, other: &Client, kept: &Client) -> Result<Vec<Obstacle>> {
    let (others, own) = (open_requests(context, tx, other)?, open_requests(context, tx, kept)?);
    let parties = |request: &Request| (request.owner_id, request.recipient_id, request.data_type);
    let same = |one: &Request| own.iter().find(|two| parties(two) == parties(one));
    let requests = others.iter().filter_map(|one| same(one).map(|two| obstacle(one, two)));
    let mut obstacles: Vec<Obstacle> = requests.collect();
    for (code, name, active) in store::client::opposed_enrolments(tx, other.id, kept.id)? {
        let (yes, no) = if active { (kept, other) } else { (other, kept) };
        let status = if active { EnrolmentStatus::Active } else { EnrolmentStatus::Inactive };
        obstacles.push(Obstacle {
            what: format!("{} is active at `{name}`, and {} is not", yes.code, no.code),
            command: format!("caredesk client enroll {} {code} --status {status}", other.code),
        });
    }
    Ok(obstacles)
}

/// Those that are over no longer count, and are closed here.
fn open_requests(context: &Context, tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Request>> {
    let filter = Filter { client: Some(client.id), open: Some(true), ..Filter::default() };
    let requests = store::sharing::requests(tx, &filter, Visibility::INTERNAL, i64::MAX)?;
    let (over, open): (Vec<Request>, Vec<Request>) =
        requests.into_iter().partition(|request| request.is_over(context.today));
    over.iter().try_for_each(|request| store::sharing::set_open(tx, request, false))?;
    Ok(open)
}

fn obstacle(one: &Request, other: &Request) -> Obstacle {
    let Request { code, data_type, owner_name, recipient_name, .. } = one;
    Obstacle {
        what: format!(
            "{code} and {} are both open, for {data_type} of `{owner_name}` to `{recipient_name}`",
            other.code
        ),
        command: one.ending(),
    }
}
