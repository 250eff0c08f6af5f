//! Operations: what each import did, and whether it was taken back (rule 5.6); and what each change did (rule 7.40).

mod done;
pub(crate) mod person;
mod verdict;

pub(crate) use done::{Done, Hindrance, ImportOf, OperationCard, OperationView};
pub(crate) use verdict::{Verdict, undo_action, verdict};

use super::import::Counts;
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("import");

names! {
    /// How an import stands.
    pub(crate) enum ImportStatus {
        Imported = "imported",
        /// Some of it stays, since it was changed after the import or is referred to.
        PartlyUndone = "partly_undone",
        Undone = "undone",
    }
}

/// An operation as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) id: OperationId,
    pub(crate) code: String,
    pub(crate) at: DateTime<Utc>,
    /// The account, and the login of who used it if that is another.
    pub(crate) account_id: AccountId,
    pub(crate) by: String,
    pub(crate) acted_by: Option<String>,
    /// In the audit trail, such as `client.import`.
    pub(crate) action: String,
    pub(crate) input: String,
    /// Where it came from; none of what is no import, and in databases of old.
    pub(crate) source: Option<String>,
    /// How its files were understood, as a digest ([`Remarks::digest`](super::remarks::Remarks::digest)).
    pub(crate) layout: Option<String>,
    pub(crate) counts: Counts,
    /// The numbers of its entries in the audit trail.
    pub(crate) first_entry: i64,
    pub(crate) last_entry: i64,
    /// The import that this takes back.
    pub(crate) undoes: Option<OperationId>,
    /// The last operation that took it back: its code and instant.
    pub(crate) undone_by: Option<String>,
    pub(crate) undone_at: Option<DateTime<Utc>>,
    /// How many things stayed then.
    pub(crate) kept: i64,
}

view! {
    /// An import. The counts are those of the import, whatever was taken back since.
    pub(crate) struct ImportView("import", |view| &view.code) {
        code: String => Code,
        at: DateTime<Utc> => Age,
        by: String => Login,
        /// The login of the admin who used the account.
        acted_by: Option<String> => Login(hidden),
        /// What was imported, as the audit trail calls it, such as `client.import`.
        action: String => Code,
        /// The names of the files, separated by commas.
        input: String => Text,
        /// Where it came from: as `--source` said, else the names of the files without their endings.
        source: Option<String> => Text(hidden),
        read: u64 => Number(hidden),
        created: u64 => Number,
        updated: u64 => Number,
        unchanged: u64 => Number(hidden),
        rejected: u64 => Number(hidden),
        status: ImportStatus => Status,
        undone_at: Option<DateTime<Utc>> => Age(hidden),
        /// How many things stayed when it was taken back.
        kept: i64 => Number(hidden),
    }
}

names! {
    /// What an import did to a thing.
    pub(crate) enum ImportResult {
        Created = "created",
        Updated = "updated",
    }
}

view! {
    /// A thing that an import created or changed.
    pub(crate) struct ImportedThing("import", |view| &view.thing) {
        /// The number of its entry in the audit trail.
        number: i64 => Number,
        /// Its code, login or number.
        thing: String => Code,
        result: ImportResult => Status,
    }
}

view! {
    /// An import with what it created and changed.
    pub(crate) struct ImportCard("import", |view| &view.import.code) {
        ..import: ImportView,
        things: Vec<ImportedThing> => Many,
        /// The number to go on after, if there are more.
        next_after: Option<i64> => Number,
    }
}

impl ImportStatus {
    /// Of an import of which so many things stayed when it was taken back.
    pub(crate) fn of(is_undone: bool, kept: i64) -> Self {
        match (is_undone, kept) {
            (false, _) => ImportStatus::Imported,
            (true, 0) => ImportStatus::Undone,
            (true, _) => ImportStatus::PartlyUndone,
        }
    }
}

impl Operation {
    pub(crate) fn status(&self) -> ImportStatus {
        ImportStatus::of(self.undone_by.is_some(), self.kept)
    }

    pub(crate) fn view(&self) -> ImportView {
        let Counts { read, created, updated, unchanged, rejected } = self.counts;
        ImportView {
            code: self.code.clone(),
            at: self.at,
            by: self.by.clone(),
            acted_by: self.acted_by.clone(),
            action: self.action.clone(),
            input: self.input.clone(),
            source: self.source.clone(),
            read,
            created,
            updated,
            unchanged,
            rejected,
            status: self.status(),
            undone_at: self.undone_at,
            kept: self.kept,
        }
    }
}

/// What stays of an import when it is taken back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stays {
    /// The code, login or number.
    pub(crate) thing: String,
    /// Such as `referral REF-7K3M9Q refers to it`.
    pub(crate) why: String,
}

/// What taking an import back does, and what it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UndoCounts {
    /// How many of each noun, such as `812 clients`.
    pub(crate) deleted: Vec<String>,
    pub(crate) restored: Vec<String>,
    pub(crate) stays: Vec<Stays>,
}

impl UndoCounts {
    pub(crate) fn is_nothing(&self) -> bool {
        self.deleted.is_empty() && self.restored.is_empty()
    }

    /// Without a full stop: `deletes 812 clients, restores 14 clients; 3 stay as they are`.
    pub(crate) fn words(&self, deletes: &str, restores: &str) -> String {
        let parts = [(deletes, &self.deleted), (restores, &self.restored)];
        let parts = parts.iter().filter(|(_, things)| !things.is_empty());
        let done: Vec<String> = parts.map(|(verb, things)| format!("{verb} {}", things.join(", "))).collect();
        match self.stays.len() {
            0 => done.join(", "),
            count => format!("{}; {}, since {} changed or used", done.join(", "), stay(count), it(count)),
        }
    }
}

fn stay(count: usize) -> String {
    if count == 1 { "1 stays".to_owned() } else { format!("{count} stay") }
}

fn it(count: usize) -> &'static str {
    if count == 1 { "it was" } else { "they were" }
}
