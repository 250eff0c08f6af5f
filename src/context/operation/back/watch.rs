//! What must be as it was for a row to be put back: the rows that it refers to, and those that may not be like it.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::db::{Fields, Later, Touched, Tx, is_same};
use crate::error::Result;
use crate::store::versions;

/// Columns that rise with every change.
pub(super) const COUNTERS: &[&str] = &["sequence"];

/// Rows of another table, or of the same, that belong to a row.
struct Watch {
    table: &'static str,
    /// Only where this column is put back to another value; any if it is empty.
    when: &'static str,
    /// The columns of the row that those of the others are equal to.
    own: &'static [&'static str],
    other: &'static str,
    by: &'static [&'static str],
    /// What of the others must be as it was; all if it is empty.
    columns: &'static [&'static str],
}

const fn watch(
    (table, when): (&'static str, &'static str), own: &'static [&'static str], other: &'static str,
    by: &'static [&'static str], columns: &'static [&'static str],
) -> Watch {
    Watch { table, when, own, other, by, columns }
}

/// Whether it exists and takes part.
const PROVIDER: &[&str] = &["active", "merged_into"];
const ACCOUNT: &[&str] = &["active", "level"];

const WATCHES: &[Watch] = &[
    watch(("account", "level"), &["id"], "account_permission", &["account_id"], &[]),
    watch(("account", "level"), &["id"], "account_resource", &["account_id"], &[]),
    watch(("account_permission", ""), &["account_id"], "account", &["id"], ACCOUNT),
    watch(("account_resource", ""), &["account_id"], "account", &["id"], ACCOUNT),
    watch(("account_resource", ""), &["resource_id"], "resource", &["id"], &["state", "provider_id"]),
    watch(("capacity", ""), &["resource_id"], "capacity", &["resource_id"], &[]),
    watch(("capacity", ""), &["resource_id"], "resource", &["id"], &["state", "provider_id"]),
    watch(("contract_category", ""), &["contract_id"], "contract_category", &["contract_id"], &[]),
    watch(("contract_term", ""), &["contract_id"], "contract_term", &["contract_id"], &[]),
    watch(("enrolment", ""), &["client_id", "provider_id"], "enrolment", &["client_id", "provider_id"], &[]),
    watch(("enrolment", ""), &["provider_id"], "provider", &["id"], PROVIDER),
    watch(("never_shared", ""), &["record_id"], "never_shared", &["record_id"], &[]),
    watch(("package", ""), &["id"], "offer", &["package_id"], &["status", "removed_at"]),
    watch(("package", ""), &["id"], "package_visit", &["package_id"], &[]),
    watch(("provider", "active"), &["id"], "resource", &["provider_id"], &["state"]),
    watch(("provider_inactivity", ""), &["provider_id"], "provider_inactivity", &["provider_id"], &[]),
    watch(("queue_resource", ""), &["queue_id"], "queue", &["id"], &["active", "name"]),
    watch(("queue_resource", ""), &["resource_id"], "resource", &["id"], &["state", "provider_id"]),
    watch(("queue_status", ""), &["queue_id"], "queue", &["id"], &["name"]),
    watch(("queue_status", ""), &["queue_id"], "queue_status", &["queue_id"], &[]),
    watch(("referral", "status_id"), &["status_id"], "queue_status", &["id"], &["closed", "retired"]),
    watch(("referral", "resource_id"), &["resource_id"], "resource", &["id"], &["state", "provider_id"]),
    watch(
        ("referral", "resource_id"),
        &["queue_id", "resource_id"],
        "queue_resource",
        &["queue_id", "resource_id"],
        &[],
    ),
    watch(("resource", "state"), &["provider_id"], "provider", &["id"], PROVIDER),
    watch(("resource", "name_key"), &["provider_id"], "resource", &["provider_id"], &["name_key"]),
    watch(("resource", "state"), &["id"], "referral", &["resource_id"], &["resource_id", "status_id"]),
    watch(
        ("sharing_link", ""),
        &["owner_id", "recipient_id"],
        "sharing_link",
        &["owner_id", "recipient_id"],
        &[],
    ),
    watch(("sharing_link", ""), &["owner_id"], "provider", &["id"], PROVIDER),
    watch(("sharing_link", ""), &["recipient_id"], "provider", &["id"], PROVIDER),
    watch(
        ("sharing_setting", ""),
        &["provider_id", "data_type"],
        "sharing_setting",
        &["provider_id", "data_type"],
        &[],
    ),
    watch(("visit", "status"), &["referral_id"], "referral", &["id"], &["status_id"]),
    watch(("visit", ""), &["id"], "package_visit", &["visit_id"], &["live"]),
];

/// The entries of the changes that are in the way: of the rows themselves, and of those that belong to them.
pub(super) fn changes_since(tx: &mut Tx<'_>, rows: &[Touched], last: i64) -> Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    for row in rows {
        if !is_same(row.left.as_ref(), row.present.as_ref(), COUNTERS) {
            found.extend(&row.later);
        }
    }
    let own: HashSet<(&str, &str)> = rows.iter().map(|row| (row.table.table, row.key.as_str())).collect();
    let mut whole: HashMap<&str, Vec<Later>> = HashMap::new();
    for watch in WATCHES {
        let wanted = watch.wanted(rows);
        if wanted.is_empty() {
            continue;
        }
        let by_key;
        let later: &[Later] = if watch.by == ["id"] {
            let keys: Vec<&str> = wanted.iter().filter_map(|values| values.first()?.as_str()).collect();
            by_key = versions::changed_after(tx, watch.other, last, Some(&keys))?
                .into_values()
                .collect::<Vec<_>>();
            &by_key
        } else {
            if !whole.contains_key(watch.other) {
                let all = versions::changed_after(tx, watch.other, last, None)?;
                whole.insert(watch.other, all.into_values().collect());
            }
            whole.get(watch.other).map_or(&[], Vec::as_slice)
        };
        let others = later.iter().filter(|one| !own.contains(&(one.table, one.key.as_str())));
        found.extend(others.filter(|one| watch.minds(one, &wanted)).flat_map(|one| &one.entries));
    }
    Ok(found)
}

impl Watch {
    /// What the columns of the others hold.
    fn wanted(&self, rows: &[Touched]) -> Vec<Vec<Value>> {
        let mut wanted = Vec::new();
        let own = rows.iter().filter(|row| {
            row.table.table == self.table && (self.when.is_empty() || row.has_changed(self.when))
        });
        for row in own {
            for state in [&row.before, &row.left].into_iter().flatten() {
                let values = tuple(state, self.own);
                if !values.contains(&Value::Null) && !wanted.contains(&values) {
                    wanted.push(values);
                }
            }
        }
        wanted
    }

    fn minds(&self, one: &Later, wanted: &[Vec<Value>]) -> bool {
        let is_its =
            |row: &Option<Fields>| row.as_ref().is_some_and(|row| wanted.contains(&tuple(row, self.by)));
        if !is_its(&one.left) && !is_its(&one.present) {
            return false;
        }
        if self.columns.is_empty() {
            return !is_same(one.left.as_ref(), one.present.as_ref(), COUNTERS);
        }
        let values = |row: &Option<Fields>| row.as_ref().map(|row| tuple(row, self.columns));
        values(&one.left) != values(&one.present)
    }
}

fn tuple(row: &Fields, columns: &[&str]) -> Vec<Value> {
    columns.iter().map(|column| row.get(*column).cloned().unwrap_or_default()).collect()
}
