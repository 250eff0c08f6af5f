//! `provider merge`: two records that are of one organisation become one (rule 5.7).

use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::enrolment::EnrolmentStatus;
use crate::model::merge::{Moved, Obstacle, may_merge, moved_words};
use crate::model::provider::MergedProvider;
use crate::model::sharing::{Effect, Request};
use crate::store::provider::Work;
use crate::store::sharing::{Filter, effect_of_provider_merge};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk provider merge PRV-9F2A7K --into PRV-7K3M9Q --dry-run
  $ caredesk provider merge PRV-9F2A7K --into PRV-7K3M9Q

The code of OTHER leads to the provider that stays from then on. The agency record of OTHER becomes a program and keeps \
  its accounts and referrals. A merge cannot be undone.")]
pub(super) struct Merge {
    /// The provider that is given up: code or name (or the beginning of either)
    other: Reference,
    /// The provider that stays
    #[arg(long, value_name = "PROVIDER")]
    into: Reference,
}

/// Who speaks for each of the two, what the one that is given up works at, and how many clients the other learns of.
struct People {
    others: Vec<String>,
    own: Vec<String>,
    work: Work,
    clients: usize,
}

pub(super) fn run(context: &Context, command: &Merge) -> Result<()> {
    context.change("provider.merge", Action::ChangeProviders, |tx| {
        let other = store::lookup::<Provider>(tx, &command.other, context.visibility())?;
        let before = store::lookup::<Provider>(tx, &command.into, context.visibility())?;
        if other.id == before.id {
            let why = format!("`{}` is {} ({}) already", command.other, before.code, before.name);
            return Ok(Change::unchanged(before).already(why));
        }
        let obstacles = obstacles(context, tx, &other, &before)?;
        may_merge("provider.cannot_merge", [&other.code, &before.code], &obstacles)?;
        let known = store::provider::known_clients(tx, before.id)?;
        let mut people = People {
            others: store::provider::speakers(tx, other.id)?,
            own: store::provider::speakers(tx, before.id)?,
            work: store::provider::work(tx, other.id)?,
            clients: 0,
        };
        let (merged, effect) =
            effect_of_provider_merge(tx, [other.id, before.id], |tx| merge(context, tx, &other, &before))?;
        people.clients = store::provider::known_clients(tx, before.id)?.difference(&known).count();
        Ok(change(&other, before, merged, &people, effect))
    })
}

fn merge(
    context: &Context, tx: &mut Tx<'_>, other: &Provider, before: &Provider,
) -> Result<(Provider, Vec<Moved>)> {
    let after = before.clone().joined_by(other);
    store::provider::update(tx, before.active, &after, None, context.now())?;
    let moved = store::provider::move_all(tx, (other.id, &other.code), before.id, context.now())?;
    store::resource::index(tx, &[other.id, before.id])?;
    Ok((after, moved))
}

/// What moves, who comes to see what, and the question about it.
fn change(
    other: &Provider, before: Provider, (after, moved): (Provider, Vec<Moved>), people: &People,
    effect: Effect,
) -> Change<Provider> {
    let moved = format!(" It brings {}.", moved_words(&moved));
    let sight = sight(people);
    let question = format!(
        "Is {} ({}) the same organisation as {} ({}), and from now on only {}? This cannot be taken back.{moved}{}{sight}",
        other.code,
        other.name,
        before.code,
        before.name,
        before.code,
        effect.words(),
    );
    let sentence =
        format!("Merged provider {} into {} ({}).{moved}{sight}", other.code, after.code, after.name);
    let leads =
        |to: Option<&str>| MergedProvider { provider: other.clone(), merged_into: to.map(str::to_owned) };
    let given_up = Audited::other("provider.merge", &other.code, &leads(None), &leads(Some(&after.code)));
    let speaks = |login: &String| {
        format!(
            "{login} no longer speaks for a provider; `caredesk account add-resource {login} {}` lets it",
            after.code
        )
    };
    let notes: Vec<String> =
        people.others.iter().filter(|login| !people.own.contains(login)).map(speaks).collect();
    Change::updated(before, after)
        .preceded_by(given_up)
        .saying(sentence)
        .with_effect(effect)
        .noting_all(notes)
        .asking(Some(question))
}

/// What those who speak for the provider that stays come to see of the work of the other.
fn sight(people: &People) -> String {
    let Work { referrals, packages } = people.work;
    let work: Vec<String> = [(referrals, "referral", "referrals"), (packages, "package", "packages")]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| counted(count, one, several))
        .collect();
    let mut may = Vec::new();
    if !work.is_empty() {
        may.push(format!("see its {}", work.join(" and ")));
    }
    if people.clients > 0 {
        may.push(format!("name {}", counted(people.clients, "more client", "more clients")));
    }
    let newly: Vec<&str> =
        people.own.iter().filter(|login| !people.others.contains(login)).map(String::as_str).collect();
    if may.is_empty() || newly.is_empty() {
        return String::new();
    }
    format!(" {} may {} from now on.", newly.join(", "), may.join(", and "))
}

/// What cannot be one: a package that both have to answer, open requests for the same or between the two, and clients who
/// are active at one and not at the other.
fn obstacles(context: &Context, tx: &mut Tx<'_>, other: &Provider, kept: &Provider) -> Result<Vec<Obstacle>> {
    let mut obstacles = requests(context, tx, other, kept)?;
    for package in store::provider::offered_to_both(tx, other.id, kept.id)? {
        obstacles.push(Obstacle {
            what: format!("{package} is offered to both"),
            command: format!("caredesk outsource remove-provider {package} {}", other.code),
        });
    }
    for (client, active) in store::provider::opposed_enrolments(tx, other.id, kept.id)? {
        let (yes, no) = if active { (kept, other) } else { (other, kept) };
        let status = if active { EnrolmentStatus::Active } else { EnrolmentStatus::Inactive };
        obstacles.push(Obstacle {
            what: format!("{client} is active at {}, and not at {}", yes.code, no.code),
            command: format!("caredesk client enroll {client} {} --status {status}", other.code),
        });
    }
    Ok(obstacles)
}

fn requests(context: &Context, tx: &mut Tx<'_>, other: &Provider, kept: &Provider) -> Result<Vec<Obstacle>> {
    let (others, own) = (open_requests(context, tx, other)?, open_requests(context, tx, kept)?);
    let merged = |id: ProviderId| if id == other.id { kept.id } else { id };
    let parties =
        |one: &Request| (one.client_id, merged(one.owner_id), merged(one.recipient_id), one.data_type);
    let found = others.iter().filter_map(|one| {
        let what = if merged(one.owner_id) == merged(one.recipient_id) {
            format!("{} is a request of one to the other", one.code)
        } else {
            let same = own.iter().find(|two| two.id != one.id && parties(two) == parties(one))?;
            format!("{} and {} are both open, for {} of {}", one.code, same.code, one.data_type, one.client)
        };
        Some(Obstacle { what, command: one.ending() })
    });
    Ok(found.collect())
}

/// Of both sides. Those that are over no longer count, and are closed here.
fn open_requests(context: &Context, tx: &mut Tx<'_>, provider: &Provider) -> Result<Vec<Request>> {
    let open = Filter { open: Some(true), ..Filter::default() };
    let mut requests = Vec::new();
    for filter in
        [Filter { owner: Some(provider.id), ..open }, Filter { recipient: Some(provider.id), ..open }]
    {
        requests.extend(store::sharing::requests(tx, &filter, Visibility::INTERNAL, i64::MAX)?);
    }
    let (over, open): (Vec<Request>, Vec<Request>) =
        requests.into_iter().partition(|request| request.is_over(context.today));
    over.iter().try_for_each(|request| store::sharing::set_open(tx, request, false))?;
    Ok(open)
}
