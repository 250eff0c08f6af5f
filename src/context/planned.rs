//! What is still planned or asked for a client who has died, and the commands that end it (rule 5.5).

use super::{Context, Tx};
use crate::error::Result;
use crate::model::client::{Client, ClientStatus, Planned};
use crate::model::text::{counted, shell_word};
use crate::store;
use crate::store::client::PlannedPackage;

/// In the order in which it is best ended: a referral with an offered package cannot be closed.
pub(crate) fn planned(context: &Context, tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Planned>> {
    if client.status != ClientStatus::Deceased {
        return Ok(Vec::new());
    }
    everything_planned(context, tx, client)
}

/// The same for clients of any status.
pub(crate) fn everything_planned(
    context: &Context, tx: &mut Tx<'_>, client: &Client,
) -> Result<Vec<Planned>> {
    let mut all = packages(context, tx, client)?;
    all.extend(visits(context, tx, client)?);
    all.extend(referrals(tx, client)?);
    all.extend(requests(context, tx, client)?);
    all.extend(enrolments(tx, client)?);
    Ok(all)
}

fn packages(context: &Context, tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Planned>> {
    let packages = store::client::planned_packages(tx, client.id, context.now())?;
    let name = |package: &PlannedPackage| match &package.reference {
        code if *code == package.code => "package".to_owned(),
        reference => format!("package `{reference}`"),
    };
    let planned = packages.into_iter().map(|package| Planned {
        what: format!("the {}, {}", name(&package), package.status),
        command: format!("caredesk outsource delete {}", package.code),
        code: package.code,
    });
    Ok(planned.collect())
}

/// One line a referral.
fn visits(context: &Context, tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Planned>> {
    let visits = store::client::planned_visits(tx, client.id, context.now())?;
    let of_referrals = visits.chunk_by(|one, other| one.referral == other.referral);
    let planned = of_referrals.filter_map(|visits| {
        let codes: Vec<&str> = visits.iter().map(|visit| visit.code.as_str()).collect();
        Some(Planned {
            code: visits.first()?.referral.clone(),
            what: format!("{} to come", counted(visits.len(), "visit", "visits")),
            command: format!("caredesk visit cancel {}", codes.join(" ")),
        })
    });
    Ok(planned.collect())
}

fn referrals(tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Planned>> {
    let planned = store::client::open_referrals(tx, client.id)?.into_iter().map(|referral| Planned {
        what: format!("the referral in `{}`", referral.queue),
        command: match referral.closing {
            Some(status) => format!("caredesk referral set-status {} {}", referral.code, shell_word(&status)),
            None => format!("caredesk queue show {}", shell_word(&referral.queue)),
        },
        code: referral.code,
    });
    Ok(planned.collect())
}

fn requests(context: &Context, tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Planned>> {
    let pending = store::client::pending_requests(tx, client.id, context.today)?;
    let planned = pending.into_iter().map(|(code, owner)| Planned {
        what: format!("the request to `{owner}`, pending"),
        command: format!("caredesk sharing cancel {code}"),
        code,
    });
    Ok(planned.collect())
}

fn enrolments(tx: &mut Tx<'_>, client: &Client) -> Result<Vec<Planned>> {
    let planned = store::client::enrolments(tx, client.id)?.into_iter().map(|(code, name)| Planned {
        what: format!("active at `{name}`"),
        command: format!("caredesk client enroll {} {code} --status inactive", client.code),
        code,
    });
    Ok(planned.collect())
}
