//! What the audit trail tells of each thing, and the rows that there are, both in the order of their subjects, some in memory at
//! a time.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Value, json};

use crate::model::audit::hex;
use crate::model::trail::{
    Column, Difference, Entry, Fields, KINDS, Kind, Merges, Part, Present, States, differences, fold,
    names_in,
};
use crate::store::prelude::*;

/// Entries in memory at once: each may hold a long text.
const ENTRIES: usize = 1_000;

/// As many differences are named.
const MOST: usize = 100;

/// Between the elements of a list that a query returns as one text.
const SEPARATOR: &str = "\u{1f}";

/// The rows of each part of a thing.
const ROWS: &[(&str, &str)] = &[
    ("account", sql!("trail/account")),
    ("client", sql!("trail/client")),
    ("enrolment", sql!("trail/enrolment")),
    ("provider", sql!("trail/provider")),
    ("setting", sql!("trail/setting")),
    ("link", sql!("trail/link")),
    ("contact", sql!("trail/contact")),
    ("category", sql!("trail/category")),
    ("queue", sql!("trail/queue")),
    ("queue_status", sql!("trail/queue_status")),
    ("queue_resource", sql!("trail/queue_resource")),
    ("contract", sql!("trail/contract")),
    ("referral", sql!("trail/referral")),
    ("visit", sql!("trail/visit")),
    ("package", sql!("trail/package")),
    ("offer", sql!("trail/offer")),
    ("packaged_visit", sql!("trail/packaged_visit")),
    ("capacity", sql!("trail/capacity")),
    ("request", sql!("trail/request")),
    ("release", sql!("trail/release")),
    ("record", sql!("trail/record")),
];

/// The first differences between all things and the audit trail.
pub(crate) fn compare(tx: &mut Tx<'_>) -> Result<Vec<Difference>> {
    let mut merges = Merges::default();
    merges.leads.extend(merged(tx)?);
    merges.entries.extend(merge_entries(tx)?);
    renamed_statuses(tx, &mut merges)?;
    let mut found = Vec::new();
    for kind in KINDS {
        let comparison = Comparison { kind, merges: &merges, aside: Aside::of(tx, kind, &merges)? };
        comparison.run(tx, &mut found)?;
    }
    found.truncate(MOST);
    Ok(found)
}

/// The codes of what was merged, and where each leads to.
fn merged(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    tx.all(sql!("trail/merged"), params![], |row| Ok((row.get("code")?, row.get("merged_into")?)))
}

/// The codes of what was merged, with the number of the entry and where it led to then.
fn merge_entries(tx: &mut Tx<'_>) -> Result<Vec<(String, (i64, String))>> {
    let found = tx.all(sql!("trail/merge_entries"), params![], |row| {
        let after: Value = serde_json::from_str(&row.get::<String>("after")?).unwrap_or_default();
        let into = after.get("merged_into").and_then(Value::as_str).map(str::to_owned);
        Ok((row.get::<String>("subject")?, row.get::<i64>("sequence")?, into))
    })?;
    Ok(found.into_iter().filter_map(|(code, number, into)| Some((code, (number, into?)))).collect())
}

/// The labels that statuses of queues had and have.
fn renamed_statuses(tx: &mut Tx<'_>, merges: &mut Merges) -> Result<()> {
    tx.each(sql!("trail/renamed_statuses"), params![], |row| {
        merges.take_renamed(&row.get::<String>("before")?, &row.get::<String>("after")?);
        Ok(())
    })
}

/// What is not among the entries on the subject itself.
#[derive(Default)]
struct Aside {
    /// Entries by which a thing has got a subject, or has lost it.
    entries: BTreeMap<String, Vec<Entry>>,
    /// Their numbers.
    numbers: HashSet<i64>,
    /// What was merged into each.
    members: BTreeMap<String, Vec<String>>,
}

impl Aside {
    fn of(tx: &mut Tx<'_>, kind: &Kind, merges: &Merges) -> Result<Self> {
        let mut aside = Aside::default();
        if kind.follows_merges() {
            for (code, into) in &merges.leads {
                aside.members.entry(into.clone()).or_default().push(code.clone());
            }
        }
        if kind.is_renamed {
            updates(tx, kind, |before, entry| aside.rename(kind, before, entry))?;
            if let Some(entry) = beginning(tx)? {
                aside.add(entry);
            }
        }
        Ok(aside)
    }

    fn rename(&mut self, kind: &Kind, before: &str, entry: Entry) {
        let Some((was, is)) = names_in(kind, before, entry.after.as_deref().unwrap_or_default()) else {
            return;
        };
        if was != is {
            let left = Entry { subject: was, before: Some(before.to_owned()), after: None, ..entry.clone() };
            self.add(left);
            self.add(Entry { subject: is, ..entry });
        }
    }

    fn add(&mut self, entry: Entry) {
        self.numbers.insert(entry.sequence);
        self.entries.entry(entry.subject.clone()).or_default().push(entry);
    }

    /// The subjects of these in a range.
    fn subjects<'a>(&'a self, after: &'a str, until: &'a str) -> impl Iterator<Item = &'a String> {
        use std::ops::Bound::{Excluded, Included};
        let range = (Excluded(after), Included(until));
        let members = self.members.range::<str, _>(range).map(|(subject, _)| subject);
        self.entries.range::<str, _>(range).map(|(subject, _)| subject).chain(members)
    }
}

struct Comparison<'a> {
    kind: &'a Kind,
    merges: &'a Merges,
    aside: Aside,
}

impl Comparison<'_> {
    fn run(&self, tx: &mut Tx<'_>, found: &mut Vec<Difference>) -> Result<()> {
        let (mut after, last) = (self.kind.subjects.0.to_owned(), self.kind.subjects.1);
        loop {
            let (until, entries) = self.page(tx, &after, last)?;
            let states = self.states(tx, (&after, &until), entries)?;
            for part in self.kind.parts {
                self.compare(tx, part, (&after, &until), &states, found)?;
            }
            if until == last || found.len() >= MOST {
                return Ok(());
            }
            after = until;
        }
    }

    /// All entries of the next subjects, up to the last of them.
    fn page(&self, tx: &mut Tx<'_>, after: &str, last: &str) -> Result<(String, Vec<Entry>)> {
        let mut entries = entries(tx, self.kind, (after, last), ENTRIES)?;
        let Some(newest) = entries.last().map(|entry| entry.subject.clone()) else {
            return Ok((last.to_owned(), entries));
        };
        if entries.len() < ENTRIES {
            return Ok((last.to_owned(), entries));
        }
        entries.retain(|entry| entry.subject != newest);
        if let Some(until) = entries.last().map(|entry| entry.subject.clone()) {
            return Ok((until, entries));
        }
        // One subject has them all.
        Ok((newest.clone(), self::entries(tx, self.kind, (after, &newest), usize::MAX)?))
    }

    fn states(
        &self, tx: &mut Tx<'_>, (after, until): (&str, &str), entries: Vec<Entry>,
    ) -> Result<BTreeMap<String, States>> {
        let mut of: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in entries.into_iter().filter(|entry| !self.aside.numbers.contains(&entry.sequence)) {
            of.entry(entry.subject.clone()).or_default().push(entry);
        }
        for subject in self.aside.subjects(after, until) {
            let all = of.entry(subject.clone()).or_default();
            all.extend(self.aside.entries.get(subject).into_iter().flatten().cloned());
            let members = self.aside.members.get(subject).map_or(&[][..], Vec::as_slice);
            all.extend(entries_on(tx, members)?);
            all.sort_by_key(|entry| entry.sequence);
        }
        if self.kind.follows_merges() {
            of.retain(|subject, _| !self.merges.leads.contains_key(subject));
        }
        Ok(of
            .into_iter()
            .map(|(subject, entries)| (subject, fold(self.kind, &entries, self.merges)))
            .collect())
    }

    fn compare(
        &self, tx: &mut Tx<'_>, part: &Part, range: (&str, &str), states: &BTreeMap<String, States>,
        found: &mut Vec<Difference>,
    ) -> Result<()> {
        let none = States::default();
        let mut left: BTreeSet<&String> = states.keys().collect();
        let mut check = |subject: &String, rows: &[Present]| {
            if found.len() < MOST {
                let states = states.get(subject).unwrap_or(&none);
                found.extend(differences((self.kind, part), subject, states, rows, self.merges));
            }
        };
        let (mut present, mut rows): (String, Vec<Present>) = (String::new(), Vec::new());
        each_row(tx, part, range, |subject, row| {
            if subject != present && !rows.is_empty() {
                left.remove(&present);
                check(&present, &rows);
                rows.clear();
            }
            present = subject;
            rows.push(row);
        })?;
        if !rows.is_empty() {
            left.remove(&present);
            check(&present, &rows);
        }
        for subject in left {
            check(subject, &[]);
        }
        Ok(())
    }
}

fn entries(tx: &mut Tx<'_>, kind: &Kind, (after, until): (&str, &str), limit: usize) -> Result<Vec<Entry>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.all(sql!("trail/entries"), params![after, until, kind.actions, kind.is_imported, limit], entry)
}

fn entries_on(tx: &mut Tx<'_>, subjects: &[String]) -> Result<Vec<Entry>> {
    tx.all_in(sql!("trail/entries_on"), params![], subjects, entry)
}

/// Passes on what each thing was before an entry, and the entry.
fn updates(tx: &mut Tx<'_>, kind: &Kind, mut take: impl FnMut(&str, Entry)) -> Result<()> {
    tx.each(sql!("trail/updates"), params![kind.actions, kind.is_imported], |row| {
        let (sequence, after) = (row.get("sequence")?, Some(row.get("after")?));
        let entry = Entry { sequence, after, is_undo: row.get("is_undo")?, ..Entry::default() };
        take(&row.get::<String>("before")?, entry);
        Ok(())
    })
}

/// The queue that there is from the beginning, of which the first entry tells no more than the name.
fn beginning(tx: &mut Tx<'_>) -> Result<Option<Entry>> {
    let found = tx.first(sql!("trail/beginning"), params![], |row| {
        Ok((row.get::<i64>("sequence")?, row.get::<String>("after")?))
    })?;
    let entry = |(sequence, after): (i64, String)| {
        let after: Value = serde_json::from_str(&after).ok()?;
        let subject = after.get("queue")?.as_str()?.to_owned();
        let after = Some(json!({"statuses": null}).to_string());
        Some(Entry { sequence, subject, after, ..Entry::default() })
    };
    Ok(found.and_then(entry))
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    from_row! { row => Entry { sequence, subject, after, before, erased, is_undo } }
}

/// Passes on the rows of a part with their subjects, in the order of those.
fn each_row(
    tx: &mut Tx<'_>, part: &Part, (after, until): (&str, &str), mut take: impl FnMut(String, Present),
) -> Result<()> {
    let sql = ROWS.iter().find(|(name, _)| *name == part.name).map(|(_, sql)| *sql);
    let sql = sql.ok_or_else(|| Error::internal(format!("there is no query for {}", part.name)))?;
    let is_list = |(_, column): &(&str, Column)| matches!(column, Column::Codes | Column::Texts);
    let all = params![after, until, SEPARATOR];
    let values = if part.columns.iter().any(is_list) { all } else { &all[..2] };
    tx.each(sql, values, |row| {
        let mut fields = Fields::new();
        for (name, column) in part.columns {
            fields.insert((*name).to_owned(), value(row, name, *column)?);
        }
        take(row.get("subject")?, Present { erased: row.get("erased")?, fields });
        Ok(())
    })
}

fn value(row: &Row<'_>, name: &str, column: Column) -> Result<Value> {
    Ok(match column {
        Column::Text | Column::Code => json!(row.get::<Option<String>>(name)?),
        Column::Codes | Column::Texts => {
            let text: Option<String> = row.get(name)?;
            json!(text.iter().flat_map(|text| text.split(SEPARATOR)).collect::<Vec<_>>())
        }
        Column::Number => json!(row.get::<Option<i64>>(name)?),
        Column::Flag => json!(row.get::<Option<bool>>(name)?),
        Column::Instant => json!(row.get::<Option<DateTime<Utc>>>(name)?),
        Column::Date => json!(row.get::<Option<NaiveDate>>(name)?),
        Column::Digest => json!(row.get::<Option<Vec<u8>>>(name)?.map(|bytes| hex(&bytes))),
    })
}
