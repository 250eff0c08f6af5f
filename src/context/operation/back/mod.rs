//! Takes an operation back: its rows are put back as they were, if they and what belongs to them are still as it left them (rule 7.42).

mod people;
mod watch;

use std::collections::BTreeSet;

use people::Person;
use watch::COUNTERS;

use super::{links, operation_with};
use crate::db::{Touched, Tx};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::model::audit::Link;
use crate::model::id::ProviderId;
use crate::model::operation::Done;
use crate::store;
use crate::store::operation::{OTHERS, REFERRERS, alerts_of, forget_alerts, lift_status, wake_alerts};
use crate::store::versions;

/// Entries in memory: what has more is no command of a person.
const MOST: i64 = 20_000;

/// The tables in an order in which each comes after those that it refers to.
const ORDER: &[&str] = &[
    "setting", "category", "provider", "provider_inactivity", "resource", "queue", "queue_status",
    "queue_resource", "account", "account_permission", "account_resource", "capacity", "contract",
    "contract_term", "contract_category", "enrolment", "record", "never_shared", "sharing_setting",
    "sharing_link", "referral", "referral_change", "visit", "package", "package_visit",
];

/// What taking an operation back would do.
pub(super) struct Back {
    pub(crate) done: Done,
    pub(crate) links: Vec<Link>,
    rows: Vec<Touched>,
    people: Vec<Person>,
    /// The alerts that it has queued, each with how it stands.
    alerts: Vec<(String, String)>,
    /// Later operations that are in the way, the newest first.
    pub(crate) in_the_way: Vec<Done>,
}

impl Back {
    pub(crate) fn of(tx: &mut Tx<'_>, done: &Done) -> Result<Back> {
        let links = links(tx, done, MOST + 1)?;
        if i64::try_from(links.len()).is_ok_and(|count| count > MOST) {
            return Err(Error::refused(
                "operation.too_large",
                format!("{} has changed too much", done.words()),
            )
            .hint("change it by hand"));
        }
        // Admins may go on with a clock that was set back (`--even-so`).
        if links.iter().any(|link| link.entry.at != done.at) {
            let why = "others have the same instant, so that what is its own is not known";
            return Err(Error::refused(
                "operation.shared_instant",
                format!("{} cannot be undone: {why}", done.words()),
            )
            .hint("change it by hand"));
        }
        let mut rows = versions::touched(tx, (done.first, done.last))?;
        rows.sort_by_key(|row| (place(row.table.table), row.key.clone()));
        let (people, mut entries) = people::of(tx, &links)?;
        entries.extend(watch::changes_since(tx, &rows, done.last)?);
        let in_the_way = standing(tx, done, &entries)?;
        let ids = |table: &str| ids(&rows, table, "id");
        let (referrals, visits, packages) = (ids("referral"), ids("visit"), ids("package"));
        let alerts = alerts_of(tx, done.at, [&referrals, &visits, &packages])?;
        Ok(Back { done: done.clone(), links, rows, people, alerts, in_the_way })
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.rows.is_empty() && self.people.is_empty()
    }

    /// The first alert that was sent, or is being sent.
    pub(crate) fn sent_alert(&self) -> Option<&str> {
        let sent = self.alerts.iter().find(|(_, state)| ["sent", "sending"].contains(&state.as_str()));
        sent.map(|(code, _)| code.as_str())
    }

    /// How many alerts would have been sent.
    pub(crate) fn unsent_alerts(&self) -> usize {
        self.alerts.iter().filter(|(_, state)| state == "waiting").count()
    }

    /// The keys of the rows of a table that differ by it.
    pub(crate) fn ids(&self, table: &str) -> Vec<Id<()>> {
        ids(&self.rows, table, "id")
    }

    /// The same where one column differs.
    pub(crate) fn changed(&self, table: &str, column: &str) -> Vec<Id<()>> {
        let own = self.rows.iter().filter(|row| row.has_changed(column)).cloned();
        ids(&own.collect::<Vec<_>>(), table, "id")
    }

    /// The referrals of visits that are planned again.
    pub(crate) fn planned(&self) -> Vec<Id<()>> {
        let planned = |row: &&Touched| {
            let is_planned =
                row.before.as_ref().and_then(|row| row.get("status")).is_some_and(|is| is == "planned");
            row.table.table == "visit" && is_planned && row.has_changed("status")
        };
        let own: Vec<Touched> = self.rows.iter().filter(planned).cloned().collect();
        ids(&own, "visit", "referral_id")
    }

    /// Puts everything back.
    pub(crate) fn take(&self, tx: &mut Tx<'_>) -> Result<()> {
        let mut providers = ids(&self.rows, "provider", "id");
        providers.extend(ids(&self.rows, "resource", "provider_id"));
        providers.sort_unstable();
        providers.dedup();
        let providers: Vec<ProviderId> = providers.into_iter().map(|id| Id::of(*id.uuid())).collect();
        store::resource::unindex(tx, &providers)?;
        self.delete(tx)?;
        // Positions change places, and no two are ever the same.
        for status in ids(&self.rows, "queue_status", "id") {
            lift_status(tx, status)?;
        }
        let kept = |row: &&Touched| row.before.is_some();
        for row in self.rows.iter().filter(kept).filter(|row| row.present.is_some()) {
            tx.put_back(row, COUNTERS)?;
        }
        for row in self.rows.iter().filter(kept).filter(|row| row.present.is_none()) {
            tx.put_back(row, COUNTERS)?;
        }
        self.people.iter().try_for_each(|person| person.put_back(tx))?;
        let codes: Vec<String> = self.alerts.iter().map(|(code, _)| code.clone()).collect();
        forget_alerts(tx, &codes)?;
        for row in
            self.rows.iter().filter(|row| row.table.table == "referral" && row.has_changed("resource_id"))
        {
            for referral in ids(std::slice::from_ref(row), "referral", "id") {
                wake_alerts(tx, referral, store::alert::ASSIGNED_AWAY)?;
            }
        }
        store::resource::index(tx, &providers)
    }

    /// What it created, the last first: nothing else may refer to it.
    fn delete(&self, tx: &mut Tx<'_>) -> Result<()> {
        let created: Vec<&Touched> = self.rows.iter().filter(|row| row.before.is_none()).collect();
        let tables: BTreeSet<&str> = created.iter().map(|row| row.table.table).collect();
        let references = tx.references()?;
        let is_of = |parent: &str| tables.contains(parent);
        let needed: Vec<_> = references
            .iter()
            .filter(|(child, _, parent)| is_of(parent) && !OTHERS.contains(&child.as_str()))
            .collect();
        for row in created.into_iter().rev() {
            let Some(id) = ids(std::slice::from_ref(row), row.table.table, "id").pop() else {
                tx.put_back(row, COUNTERS)?;
                continue;
            };
            for (child, place, _) in needed.iter().filter(|(_, _, parent)| parent == row.table.table) {
                let query = tx.referring_to(&references, (child, place), None, REFERRERS)?;
                if let Some(used) = tx.referring(&query, &[id])?.first() {
                    return Err(self.is_used(&used.called));
                }
            }
            tx.put_back(row, COUNTERS)?;
        }
        Ok(())
    }

    fn is_used(&self, called: &str) -> Error {
        let words = self.done.words();
        Error::refused(
            "operation.used",
            format!("{words} cannot be undone: {called} refers to what it created"),
        )
        .hint("take back first what uses it")
        .detail("operation", self.done.first)
    }
}

fn place(table: &str) -> usize {
    ORDER.iter().position(|known| *known == table).unwrap_or(ORDER.len())
}

/// What a column of the rows of a table held, before and after; each once.
fn ids(rows: &[Touched], table: &str, column: &str) -> Vec<Id<()>> {
    let own = rows.iter().filter(|row| row.table.table == table);
    let values = own.flat_map(|row| row.values(column));
    let mut ids: Vec<Id<()>> = values.filter_map(|value| value.as_str()?.parse().ok().map(Id::of)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The operations with these entries; what was taken back since is in the way of nothing, and neither is what has taken it back.
fn standing(tx: &mut Tx<'_>, done: &Done, entries: &BTreeSet<i64>) -> Result<Vec<Done>> {
    let mut found: Vec<Done> = Vec::new();
    for entry in entries.iter().rev() {
        if found.iter().any(|known| (known.first..=known.last).contains(entry)) {
            continue;
        }
        found.extend(operation_with(tx, *entry)?);
    }
    let stands = |one: &&Done| one.undone.is_none() && one.undoes.is_none_or(|undone| undone <= done.first);
    let standing: Vec<Done> = found.iter().filter(stands).cloned().collect();
    Ok(if standing.is_empty() { found } else { standing })
}
