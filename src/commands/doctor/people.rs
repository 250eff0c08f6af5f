//! Clients who may be there twice, and clients who have died.

use super::Look;
use crate::commands::prelude::*;
use crate::context::{duplicates, planned};
use crate::model::client::Planned;
use crate::model::doctor::{LIMIT, Outcome};

/// The score of a pair that is worth a look.
const LIKELY: i64 = 80;

pub(super) fn doubled(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let mut pairs = duplicates(look.context, tx, LIKELY)?.found;
    pairs.sort_by(|one, other| {
        other.score.cmp(&one.score).then_with(|| (&one.code, &one.other).cmp(&(&other.code, &other.other)))
    });
    let outcome = Outcome::of(
        &pairs,
        "no two clients look like one person",
        "pairs of clients who may be one person",
        |pair| format!("{} and {} ({})", pair.code, pair.other, pair.name),
        |pair| pair.command.clone(),
    );
    Ok(outcome.listed(format!("caredesk client duplicates --least {LIKELY}")))
}

pub(super) fn deceased(look: &Look<'_>, tx: &mut Tx<'_>) -> Result<Outcome> {
    let ids = store::doctor::deceased_clients(tx, look.context.now(), look.context.today, LIMIT)?;
    let mut clients: Vec<(Client, Vec<Planned>)> = Vec::new();
    for id in ids {
        if let Some(client) = store::by_id::<Client>(tx, id, look.context.visibility())? {
            let planned = planned(look.context, tx, &client)?;
            clients.push((client, planned));
        }
    }
    let mends = |(client, planned): &(Client, Vec<Planned>)| {
        let first = planned.first().map(|one| one.command.clone());
        first.unwrap_or_else(|| format!("caredesk client show {}", client.code))
    };
    let outcome = Outcome::of(
        &clients,
        "nothing is planned for clients who have died",
        "clients who have died, for whom something is planned",
        |(client, _)| format!("{} ({})", client.code, client.full_name()),
        mends,
    );
    Ok(outcome.listed("caredesk client list --status deceased"))
}
