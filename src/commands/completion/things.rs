//! What each kind of value may be, the likeliest first. Names of people are for staff: to a portal account they are shown where
//! that is recorded alone (rule 1.12).

use super::{Asked, Listed, MOST};
use crate::commands::prelude::*;
use crate::model::package::{OfferStatus, PackageStatus};
use crate::model::sharing::Status;
use crate::model::visit::VisitStatus;
use crate::store::{account, capacity, client, contact, contract, package, provider, queue, referral};
use crate::store::{alert, audit, category, operation, release, resource, sharing, visit};

type Things = Result<Vec<Listed>>;

/// Those that the audit trail has, for who may read it.
pub(super) fn actions(context: &Context, tx: &mut Tx<'_>) -> Things {
    if !context.has_right(Action::ReadAudit) {
        return Ok(Vec::new());
    }
    Ok(audit::actions(tx)?.into_iter().map(|action| Listed::new(action, "", "")).collect())
}

/// Those that a package was offered to, where the line names one; else the active ones.
pub(super) fn providers(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    if let Some(package) = asked.first("package").filter(|_| !asked.is("outsource", &["add-provider"])) {
        let scope = package::Scope { visibility: context.visibility(), purpose: package::Purpose::Answering };
        let package = store::lookup::<Package>(tx, &package, scope)?;
        let wanted = |status| match (asked.noun, asked.verb) {
            ("package", "respond") => status == OfferStatus::Pending,
            ("package", "hand-back") => status == OfferStatus::Accepted,
            _ => true,
        };
        let offers = package.offers.into_iter().filter(|offer| wanted(offer.status));
        return Ok(offers.map(|offer| Listed::new(offer.provider_name, offer.provider, "")).collect());
    }
    let filter =
        provider::Filter { active: Some(!asked.is("provider", &["activate"])), ..Default::default() };
    let found = provider::list(tx, &filter, context.visibility(), MOST)?;
    Ok(found.into_iter().map(|one| Listed::new(one.name, one.code, "")).collect())
}

pub(super) fn clients(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    if context.actor.is_portal() {
        return Ok(Vec::new());
    }
    let name = asked.begun.parse().ok().filter(|_| !asked.begun.contains('-'));
    let filter = client::Filter { name: name.as_ref(), anonymous: Some(false), ..Default::default() };
    let found = client::list(tx, &filter, context.visibility(), MOST)?;
    let day = |client: &Client| client.birth_date.map(|day| format!("born {day}")).unwrap_or_default();
    Ok(found.iter().map(|one| Listed::new(&one.code, one.full_name().to_string(), day(one))).collect())
}

pub(super) fn contacts(context: &Context, tx: &mut Tx<'_>) -> Things {
    if context.actor.is_portal() {
        return Ok(Vec::new());
    }
    let found = contact::list(tx, &contact::Filter::default(), context.visibility(), MOST)?;
    Ok(found.iter().map(|one| Listed::new(&one.number, one.full_name().to_string(), "")).collect())
}

pub(super) fn queues(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    let filter = queue::Filter { active: Some(!asked.is("queue", &["activate"])), ..Default::default() };
    let found = queue::list(tx, &filter, context.visibility(), MOST)?;
    Ok(found.into_iter().map(|one| Listed::new(one.name, "", "")).collect())
}

/// Of the queue or the provider that the line names, else all that are in use.
pub(super) fn resources(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    let visibility = context.visibility();
    let of_queue = asked.first("queue").filter(|_| !asked.is("queue", &["add-resource"]));
    let filter = resource::Filter {
        queue: store::lookup_id::<Queue>(tx, of_queue.as_ref(), visibility)?,
        provider: store::lookup_id::<Provider>(tx, asked.first("provider").as_ref(), visibility)?,
        hides_inactive: true,
        ..Default::default()
    };
    listed_resources(context, tx, &filter)
}

fn listed_resources(context: &Context, tx: &mut Tx<'_>, filter: &resource::Filter<'_>) -> Things {
    let found = resource::list(tx, filter, context.visibility(), MOST)?;
    let of = |one: &Resource| {
        if one.name == one.provider_name { String::new() } else { one.provider_name.clone() }
    };
    Ok(found.iter().map(|one| Listed::new(&one.name, &one.code, of(one))).collect())
}

/// Who is switched on again is switched off.
pub(super) fn logins(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    if asked.is("account", &["create"]) {
        return Ok(Vec::new());
    }
    let active = match asked.verb {
        "enable" => Some(false),
        "disable" => Some(true),
        _ => None,
    };
    // From the last one before the beginning.
    let after = Some(asked.begun).filter(|begun| !begun.is_empty());
    let filter = account::Filter { active, after, ..Default::default() };
    let found = account::list(tx, &filter, context.visibility(), MOST)?;
    Ok(found.into_iter().map(|one| Listed::new(one.login, "", one.name)).collect())
}

/// The open ones, the newest first.
pub(super) fn referrals(context: &Context, tx: &mut Tx<'_>) -> Things {
    let filter = referral::Filter { only_open: true, ..Default::default() };
    let found = referral::list(tx, &filter, context.visibility(), MOST)?;
    let whose = |one: &Referral| if context.actor.is_portal() { "" } else { &*one.client_name }.to_owned();
    let more = |one: &Referral| {
        let words = [one.queue.clone(), one.status.clone(), whose(one)];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
    };
    Ok(found.iter().map(|one| Listed::new(&one.code, "", more(one))).collect())
}

/// Referrals, and behind the first of them the resource that they go to or the status that they get: one of its queue.
pub(super) fn of_referrals(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    let Some(first) = asked.first("names") else { return referrals(context, tx) };
    let referral = store::lookup::<Referral>(tx, &first, context.visibility())?;
    if asked.verb == "set-status" {
        return Ok(labels(queue::by_id(tx, referral.queue_id)?));
    }
    let queue = Some(referral.queue_id);
    listed_resources(context, tx, &resource::Filter { queue, hides_inactive: true, ..Default::default() })
}

/// Those that the verb takes: who answers, or hands back, may be asked for them.
pub(super) fn packages(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    let status = match (asked.noun, asked.verb) {
        ("package", "respond") | ("outsource", "remind" | "add-provider" | "remove-provider") => {
            Some(PackageStatus::Pending)
        }
        ("package", "hand-back") => Some(PackageStatus::Accepted),
        _ => None,
    };
    let filter = package::Filter { status, leave_out_recalled: status.is_none(), ..Default::default() };
    let found = package::list(tx, &filter, context.visibility(), MOST)?;
    let name = |one: &Package| if one.reference == one.code { String::new() } else { one.reference.clone() };
    let visits = |one: &Package| i64::try_from(one.visits.len()).unwrap_or(i64::MAX);
    let more = |one: &Package| format!("{}, {}", counted(visits(one), "visit", "visits"), one.status);
    Ok(found.iter().map(|one| Listed::new(&one.code, name(one), more(one))).collect())
}

/// The planned ones from now on, or the cancelled ones for what brings these back.
pub(super) fn visits(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    if context.actor.is_portal() {
        return Ok(Vec::new());
    }
    let status = if asked.verb == "restore" { VisitStatus::Cancelled } else { VisitStatus::Planned };
    let filter = visit::Filter { status: Some(status), from: Some(context.now()), ..Default::default() };
    let found = visit::list(tx, &filter, context.visibility(), MOST)?;
    let more = |one: &Visit| format!("{}, {}", context.zone.local(one.start), one.referral);
    Ok(found.iter().map(|one| Listed::new(&one.code, "", more(one))).collect())
}

pub(super) fn contracts(context: &Context, tx: &mut Tx<'_>) -> Things {
    let found = contract::list(tx, &contract::Filter::default(), context.visibility(), MOST)?;
    Ok(found.into_iter().map(|one| Listed::new(one.code, one.name, one.provider_name)).collect())
}

pub(super) fn categories(context: &Context, tx: &mut Tx<'_>) -> Things {
    let found = category::list(tx, None, context.visibility())?;
    Ok(found.into_iter().map(|one| Listed::new(one.name, "", "")).collect())
}

/// In force or still to come.
pub(super) fn capacities(context: &Context, tx: &mut Tx<'_>) -> Things {
    let filter = capacity::Filter { leave_out_removed: true, hides_inactive: true, ..Default::default() };
    let found = capacity::list(tx, &filter, context.visibility(), context.now(), MOST)?;
    let more = |one: &crate::model::capacity::Entry| {
        format!("{}, {}", one.resource_name, counted(one.places, "place", "places"))
    };
    Ok(found.iter().map(|one| Listed::new(&one.code, "", more(one))).collect())
}

pub(super) fn releases(context: &Context, tx: &mut Tx<'_>) -> Things {
    let found = release::list(tx, &release::Filter::default(), context.visibility(), MOST)?;
    let more = |one: &Release| format!("{}, {}, signed {}", one.client_name, one.data_type, one.signed_on);
    Ok(found.iter().map(|one| Listed::new(&one.code, "", more(one))).collect())
}

/// In the status that the verb ends.
pub(super) fn requests(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    let status = match asked.verb {
        "grant" | "deny" | "cancel" | "pending" => Some(Status::Pending),
        "revoke" | "renew" => Some(Status::Granted),
        _ => None,
    };
    let filter = sharing::Filter { status, today: context.today, ..Default::default() };
    let found = sharing::requests(tx, &filter, context.visibility(), MOST)?;
    let more = |one: &crate::model::sharing::Request| {
        let whose = one.client_name.as_deref().unwrap_or(&one.client);
        format!("{whose}, {} of {} for {}", one.data_type, one.owner_name, one.recipient_name)
    };
    Ok(found.iter().map(|one| Listed::new(&one.code, "", more(one))).collect())
}

pub(super) fn alerts(context: &Context, tx: &mut Tx<'_>) -> Things {
    let found = alert::list(tx, &alert::Filter::default(), context.visibility(), MOST)?;
    Ok(found.iter().map(|one| Listed::new(&one.code, "", format!("{}, {}", one.kind, one.status))).collect())
}

pub(super) fn imports(context: &Context, tx: &mut Tx<'_>) -> Things {
    let found = operation::list(tx, &operation::Filter::default(), context.visibility(), MOST)?;
    Ok(found.into_iter().map(|one| Listed::new(one.code, "", one.input)).collect())
}

/// The newest; of `undo` one's own that can be taken back.
pub(super) fn operations(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    let Ok(seen) = context.sees_operations_of() else { return Ok(Vec::new()) };
    let is_undo = asked.noun == "undo";
    let own = is_undo.then_some(context.actor.account.login.as_str());
    let filter = operation::DoneFilter { by: own.or(seen), ..Default::default() };
    let mut found = crate::context::operations(tx, &filter, MOST)?;
    found.retain(|one| !is_undo || one.rights().is_ok());
    Ok(found.iter().map(|one| Listed::new(one.first.to_string(), "", one.deed())).collect())
}

/// Of the queue that the line names; of a list those of all queues.
pub(super) fn statuses(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Things {
    let visibility = context.visibility();
    if let Some(queue) = asked.first("queue") {
        return Ok(labels(store::lookup::<Queue>(tx, &queue, visibility)?));
    }
    let mut all = Vec::new();
    for queue in queue::list(tx, &queue::Filter::default(), visibility, MOST)? {
        all.extend(labels(queue));
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|one| seen.insert(one.value.clone()));
    Ok(all)
}

fn labels(queue: Queue) -> Vec<Listed> {
    let used = queue.statuses.into_iter().filter(|status| !status.retired);
    used.map(|status| Listed::new(status.label, "", "")).collect()
}
