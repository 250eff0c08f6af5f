//! What waits for the actor (rule 2.13). Each sort is found as its list finds it, so that both say the same.

use crate::commands::prelude::*;
use crate::model::alert::AlertStatus;
use crate::model::capacity::{CapacityStatus, FRESH};
use crate::model::package::{OfferStatus, PackageStatus};
use crate::model::sharing::Status;
use crate::model::work::{LIMIT, Waiting, Work, WorkSort};

pub(super) fn work(context: &Context) -> Result<Vec<Work>> {
    context.read(|tx| if context.actor.is_portal() { of_portal(context, tx) } else { of_staff(context, tx) })
}

fn of_portal(context: &Context, tx: &mut Tx<'_>) -> Result<Vec<Work>> {
    let account = &context.actor.account;
    let may = |permission| account.permissions.contains(&permission);
    let mut work = Vec::new();
    if may(Permission::RespondPackages) {
        let found = packages(context, tx, PackageStatus::Pending)?;
        work.extend(Work::of(WorkSort::Offers, &found, "caredesk package list --status pending"));
    }
    for (queue, status, number) in store::referral::open_by_status(tx, account.id)? {
        work.push(Work::referrals(queue, status, number));
    }
    if may(Permission::AnswerSharing) {
        for own in
            store::provider::list(tx, &store::provider::Filter::default(), context.visibility(), LIMIT)?
        {
            let command = format!("caredesk sharing list --incoming {} --status pending", own.code);
            work.extend(Work::of(WorkSort::Requests, &requests(context, tx, Some(own.id))?, command));
        }
    }
    if may(Permission::EditCapacity) {
        work.extend(Work::of(WorkSort::Capacity, &capacity(context, tx)?, "caredesk capacity list"));
    }
    Ok(work)
}

fn of_staff(context: &Context, tx: &mut Tx<'_>) -> Result<Vec<Work>> {
    let mut work = Vec::new();
    for (sort, status) in [
        (WorkSort::RejectedPackages, PackageStatus::Rejected),
        (WorkSort::PendingPackages, PackageStatus::Pending),
    ] {
        let found = packages(context, tx, status)?;
        work.extend(Work::of(sort, &found, format!("caredesk package list --status {status}")));
    }
    let found = unassigned(context, tx)?;
    work.extend(Work::of(WorkSort::Unassigned, &found, "caredesk referral list --unassigned --open"));
    if context.has_right(Action::ChangeSharing) {
        let found = requests(context, tx, None)?;
        work.extend(Work::of(WorkSort::Requests, &found, "caredesk sharing list --status pending"));
    }
    if context.has_right(Action::ReadAlerts) {
        let found = failed_alerts(context, tx)?;
        work.extend(Work::of(WorkSort::FailedAlerts, &found, "caredesk alert list --status failed"));
    }
    work.sort_by_key(|one| one.sort);
    Ok(work)
}

/// Each since it was offered, and one that all have rejected since the last did.
fn packages(context: &Context, tx: &mut Tx<'_>, status: PackageStatus) -> Result<Vec<Waiting>> {
    let filter = store::package::Filter { status: Some(status), ..store::package::Filter::default() };
    let found = store::package::list(tx, &filter, context.visibility(), LIMIT)?;
    let since = |package: &Package| {
        let answers = package.offers.iter().filter_map(|offer| offer.responded_at);
        let pending = package.offers.iter().filter(|offer| offer.status == OfferStatus::Pending);
        match status {
            PackageStatus::Rejected => answers.max(),
            _ => pending.map(|offer| offer.requested_at).min(),
        }
    };
    Ok(found
        .into_iter()
        .map(|package| Waiting {
            since: since(&package).unwrap_or(package.created_at),
            lapses_at: package.lapses_at,
            code: package.code,
        })
        .collect())
}

fn requests(context: &Context, tx: &mut Tx<'_>, owner: Option<ProviderId>) -> Result<Vec<Waiting>> {
    let filter = store::sharing::Filter {
        owner,
        status: Some(Status::Pending),
        today: context.today,
        ..store::sharing::Filter::default()
    };
    let found = store::sharing::requests(tx, &filter, context.visibility(), LIMIT)?;
    Ok(found.into_iter().map(|request| Waiting::since(request.code, request.requested_at)).collect())
}

fn capacity(context: &Context, tx: &mut Tx<'_>) -> Result<Vec<Waiting>> {
    let filter = store::capacity::Filter {
        status: Some(CapacityStatus::InForce),
        hides_inactive: true,
        set_before: Some(context.now() - FRESH),
        ..store::capacity::Filter::default()
    };
    let found = store::capacity::list(tx, &filter, context.visibility(), context.now(), LIMIT)?;
    Ok(found.into_iter().map(|entry| Waiting::since(entry.code, entry.set_at)).collect())
}

fn unassigned(context: &Context, tx: &mut Tx<'_>) -> Result<Vec<Waiting>> {
    let filter =
        store::referral::Filter { only_open: true, unassigned: true, ..store::referral::Filter::default() };
    let found = store::referral::list(tx, &filter, context.visibility(), LIMIT)?;
    Ok(found.into_iter().map(|referral| Waiting::since(referral.code, referral.created_at)).collect())
}

fn failed_alerts(context: &Context, tx: &mut Tx<'_>) -> Result<Vec<Waiting>> {
    let filter =
        store::alert::Filter { status: Some(AlertStatus::Failed), ..store::alert::Filter::default() };
    let found = store::alert::list(tx, &filter, context.visibility(), LIMIT)?;
    Ok(found.into_iter().map(|alert| Waiting::since(alert.code, alert.queued_at)).collect())
}
