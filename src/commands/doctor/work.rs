//! What waits and should not: each sort is found as its own list finds it, where there is one.

use super::{Look, codes};
use crate::commands::prelude::*;
use crate::model::alert::AlertStatus;
use crate::model::capacity::CapacityStatus;
use crate::model::doctor::{LIMIT, Outcome};
use crate::model::package::{OfferStatus, PackageStatus};
use crate::model::text::shell_word;
use crate::store::doctor::{self, LostOffer, Named, Unwatched};

/// Those with visits to come can be offered to another provider.
pub(super) fn rejected_packages(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let mut packages = packages(look, tx, PackageStatus::Rejected, false)?;
    let is_to_come = |package: &Package| package.is_to_come(look.context.now());
    packages.sort_by_key(|package| !is_to_come(package));
    let mends = |package: &Package| {
        if is_to_come(package) {
            format!("caredesk outsource add-provider {} PROVIDER", package.code)
        } else {
            format!("caredesk outsource delete {}", package.code)
        }
    };
    let outcome = Outcome::of(
        &packages,
        "each package has been accepted or has a provider left to answer",
        "packages that no provider is left to answer",
        Package::named,
        mends,
    );
    Ok(outcome.listed("caredesk package list --status rejected"))
}

pub(super) fn overdue_packages(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let packages = packages(look, tx, PackageStatus::Pending, true)?;
    let late = |package: &Package| {
        let late = package.offers.iter().filter(|offer| offer.status == OfferStatus::Lapsed);
        late.map(|offer| offer.provider.as_str()).collect::<Vec<_>>().join(" ")
    };
    let outcome = Outcome::of(
        &packages,
        "no provider is past its time to answer",
        "packages where a provider has not answered in time",
        Package::named,
        |package| format!("caredesk outsource remove-provider {} {}", package.code, late(package)),
    );
    Ok(outcome.listed("caredesk package list --overdue --status pending"))
}

fn packages(
    look: &Look<'_>, tx: &mut Tx<'_>, status: PackageStatus, is_overdue: bool,
) -> Result<Vec<Package>> {
    let filter = store::package::Filter {
        status: Some(status),
        is_overdue,
        oldest_first: true,
        ..store::package::Filter::default()
    };
    store::package::list(tx, &filter, look.context.visibility(), LIMIT)
}

/// The code, with the name if that is another.
fn named(code: &str, name: &str) -> String {
    if name == code { code.to_owned() } else { format!("{code} ({name})") }
}

pub(super) fn past_packages(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let packages = doctor::past_packages(tx, look.context.now(), LIMIT)?;
    Ok(Outcome::of(
        &packages,
        "each package that waits has visits to come",
        "packages without an acceptance, of which no visit is to come",
        |package| named(&package.code, &package.name),
        |_| format!("caredesk outsource delete {}", codes(&packages, |package: &Named| &package.code)),
    ))
}

pub(super) fn inactive_providers(tx: &mut Tx<'_>) -> Result<Outcome> {
    let offers = doctor::inactive_providers(tx, LIMIT)?;
    let mends = |LostOffer { package, provider, others, .. }: &LostOffer| {
        if *others == 0 {
            format!("caredesk outsource delete {package}")
        } else {
            format!("caredesk outsource remove-provider {package} {provider}")
        }
    };
    let name = |offer: &LostOffer| format!("{} at `{}`", offer.package, offer.provider_name);
    let detail = "offers that wait at providers which are not active";
    Ok(Outcome::of(&offers, "no offer waits at a provider that is not active", detail, name, mends))
}

pub(super) fn idle_referrals(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let days = look.command.idle_days;
    let filter = store::referral::Filter {
        only_open: true,
        idle_since: Some(look.days_ago(days)),
        ..store::referral::Filter::default()
    };
    let referrals = store::referral::list(tx, &filter, look.context.visibility(), LIMIT)?;
    let outcome = Outcome::of(
        &referrals,
        format!("each open referral has had a new status in {}", counted(days, "day", "days")),
        format!("open referrals without a new status for {}", counted(days, "day", "days")),
        |referral| format!("{} ({})", referral.code, referral.client_name),
        |referral| format!("caredesk referral set-status {} STATUS", referral.code),
    );
    Ok(outcome.listed(format!("caredesk referral list --idle {days}d")))
}

pub(super) fn unwatched_resources(tx: &mut Tx<'_>) -> Result<Outcome> {
    if !doctor::has_portal(tx)? {
        return Ok(Outcome::skipped("there is no portal account"));
    }
    let resources = doctor::unwatched_resources(tx, LIMIT)?;
    let mends = |Unwatched { code, active, login, .. }: &Unwatched| match login {
        _ if !active => format!("caredesk referral reassign --from {code} --to RESOURCE"),
        Some(login) => format!("caredesk account add-resource {login} {code}"),
        None => {
            format!("caredesk account create LOGIN --name NAME --level provider-portal --resource {code}")
        }
    };
    let outcome = Outcome::of(
        &resources,
        "an account acts for each resource with open referrals",
        "resources with open referrals for which no account acts",
        |resource| named(&resource.code, &resource.name),
        mends,
    );
    Ok(outcome.listed("caredesk referral list --open --columns resource,code"))
}

pub(super) fn old_capacity(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let days = look.command.capacity_days;
    let filter = store::capacity::Filter {
        status: Some(CapacityStatus::InForce),
        hides_inactive: true,
        set_before: Some(look.days_ago(days)),
        ..store::capacity::Filter::default()
    };
    let now = look.context.now();
    let entries = store::capacity::list(tx, &filter, look.context.visibility(), now, LIMIT)?;
    let outcome = Outcome::of(
        &entries,
        format!("all capacity was set in the last {}", counted(days, "day", "days")),
        format!("capacity that was set more than {} ago", counted(days, "day", "days")),
        |entry| named(&entry.code, &entry.resource_name),
        |entry| {
            let unit = entry.unit.as_ref().map(|unit| format!(" --unit {}", shell_word(unit)));
            let maximum = entry.maximum.map(|maximum| format!(" --maximum {maximum}"));
            let also = unit.into_iter().chain(maximum).collect::<String>();
            format!("caredesk capacity set {} N{also}", entry.resource)
        },
    );
    Ok(outcome.listed("caredesk capacity list --sort set_at"))
}

pub(super) fn failed_alerts(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let filter =
        store::alert::Filter { status: Some(AlertStatus::Failed), ..store::alert::Filter::default() };
    let alerts = alerts(look, tx, &filter)?;
    let outcome = Outcome::of(
        &alerts,
        "all alerts were delivered",
        "alerts that could not be delivered",
        |alert| named(&alert.code, &alert.account),
        |_| format!("caredesk alert send --again {}", codes(&alerts, |alert: &Alert| &alert.code)),
    );
    Ok(outcome.listed("caredesk alert list --status failed"))
}

pub(super) fn unsent_alerts(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let due = look.context.now() - look.command.alert_age;
    let filter = store::alert::Filter { due: Some(due), ..store::alert::Filter::default() };
    let alerts = alerts(look, tx, &filter)?;
    let outcome = Outcome::of(
        &alerts,
        "alerts are sent when they are due",
        "alerts that have long been due; a timer has to send them",
        |alert| named(&alert.code, &alert.account),
        |_| "caredesk alert send".to_owned(),
    );
    Ok(outcome.listed("caredesk alert list --status waiting"))
}

fn alerts(look: &Look<'_>, tx: &mut Tx<'_>, filter: &store::alert::Filter<'_>) -> Result<Vec<Alert>> {
    store::alert::list(tx, filter, look.context.visibility(), LIMIT)
}
