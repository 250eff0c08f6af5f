//! Grants and releases that end soon, and releases that are not valid.

use super::Look;
use crate::commands::prelude::*;
use crate::model::doctor::{COUNTED, LIMIT, Outcome};
use crate::model::release::{ReleaseStatus, elements};
use crate::model::sharing::{Request, lapse};
use crate::model::text::shell_word;
use crate::store::release::Filter;

/// So many releases are looked through, the newest first.
const LOOKED_THROUGH: usize = 10_000;
const AT_ONCE: i64 = 500;

pub(super) fn ending_grants(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let days = look.command.ending_days;
    let filter = store::sharing::Filter {
        expiring_by: lapse(look.context.today, days),
        today: look.context.today,
        ..store::sharing::Filter::default()
    };
    let grants = store::sharing::requests(tx, &filter, look.context.visibility(), LIMIT)?;
    let outcome = Outcome::of(
        &grants,
        format!("no grant ends within {}", counted(days, "day", "days")),
        format!("grants that end within {}", counted(days, "day", "days")),
        grant_name,
        |grant| format!("caredesk sharing renew {}", grant.code),
    );
    Ok(outcome.listed(format!("caredesk sharing list --expiring {days}")))
}

fn grant_name(grant: &Request) -> String {
    let until = grant.expires_on.map_or(String::new(), |day| format!(" until {day}"));
    format!("{} ({}{until})", grant.code, grant.client)
}

/// But for those that a later one follows.
pub(super) fn ending_releases(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let days = look.command.ending_days;
    let filter = Filter { expiring_by: lapse(look.context.today, days), ..active(look) };
    let mut ending = Vec::new();
    for release in store::release::list(tx, &filter, look.context.visibility(), LIMIT)? {
        if !is_followed(look, tx, &release)? {
            ending.push(release);
        }
    }
    let outcome = Outcome::of(
        &ending,
        format!("no release ends within {} without another", counted(days, "day", "days")),
        format!("releases that end within {}", counted(days, "day", "days")),
        |release| {
            let until = release.expires_on.map_or(String::new(), |day| format!(" until {day}"));
            format!("{} ({}{until})", release.code, release.client)
        },
        again,
    );
    Ok(outcome.listed(format!("caredesk release list --expiring {days}")))
}

fn active(look: &Look<'_>) -> Filter {
    Filter { status: Some((ReleaseStatus::Active, look.context.today)), ..Filter::default() }
}

/// Whether one for the same records and recipients ends later.
fn is_followed(look: &Look<'_>, tx: &mut Tx<'_>, release: &Release) -> Result<bool> {
    let filter = Filter {
        client: Some(release.client_id),
        owner: Some(release.owner_id),
        data_type: Some(release.data_type),
        ..active(look)
    };
    let others = store::release::list(tx, &filter, look.context.visibility(), i64::MAX)?;
    let reaches = |other: &Release| {
        let names = |id| other.recipients.iter().any(|one| one.id == id);
        other.all_providers || !release.all_providers && release.recipients.iter().all(|one| names(one.id))
    };
    let ends_later = |other: &Release| other.expires_on.is_none_or(|day| Some(day) > release.expires_on);
    Ok(others.iter().any(|other| other.id != release.id && ends_later(other) && reaches(other)))
}

/// The release signed anew.
fn again(release: &Release) -> String {
    let Release { client, owner, data_type, all_providers, recipients, .. } = release;
    let recipients: Vec<&str> = recipients.iter().map(|one| one.code.as_str()).collect();
    let to = if *all_providers {
        "--all-providers".to_owned()
    } else {
        format!("--recipient {}", recipients.join(" "))
    };
    let purpose = release.purpose.as_ref().map(|text| format!(" --purpose {}", shell_word(text)));
    let purpose = purpose.unwrap_or_default();
    format!(
        "caredesk release add {client} --owner {owner} --type {data_type} --document FILE --signed DATE --expires DATE {to}{purpose}"
    )
}

pub(super) fn incomplete_releases(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let (mut found, mut looked_through) = (Vec::new(), 0);
    let mut after = None;
    while looked_through < LOOKED_THROUGH && found.len() <= COUNTED {
        let filter = Filter { after, ..active(look) };
        let page = store::release::list(tx, &filter, look.context.visibility(), AT_ONCE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        looked_through += page.len();
        found.extend(page.into_iter().filter(|release| elements(release).iter().any(|one| !one.held)));
    }
    let among = if looked_through < LOOKED_THROUGH { "" } else { " among the newest 10000" };
    Ok(Outcome::of(
        &found,
        format!("each release has all elements of a valid one{among}"),
        format!("releases that lack an element of a valid one{among}"),
        |release| format!("{} ({})", release.code, release.client),
        |release| format!("caredesk release revoke {}", release.code),
    ))
}
