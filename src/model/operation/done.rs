//! A change as one run made it: the entries of the audit trail of one transaction (rule 7.40).

use super::ImportStatus;
use super::verdict::{Verdict, verdict};
use crate::model::access::Right;
use crate::model::history::HistoryLine;
use crate::model::prelude::*;

names! {
    /// How an operation stands.
    pub(crate) enum OperationStatus {
        Done = "done",
        /// Some of an import stays, since it was changed after it or is referred to.
        PartlyUndone = "partly_undone",
        Undone = "undone",
    }
}

/// The import that an operation was.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ImportOf {
    pub(crate) code: String,
    pub(crate) status: ImportStatus,
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Done {
    /// The numbers of its first and of its last entry in the audit trail; people know it by the first.
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: String,
    pub(crate) acted_by: Option<String>,
    pub(crate) action: String,
    pub(crate) subject: String,
    /// Those of all its entries; none of an import.
    pub(crate) actions: Vec<String>,
    pub(crate) import: Option<ImportOf>,
    /// What it takes back.
    pub(crate) undoes: Option<i64>,
    /// What has taken it back, and when.
    pub(crate) undone: Option<(i64, DateTime<Utc>)>,
    /// Whether it is kept what the rows were before.
    pub(crate) is_kept: bool,
    pub(crate) is_erased: bool,
}

view! {
    /// A change that one command made, or one line of a batch.
    pub(crate) struct OperationView("operation", |view| view.number.to_string()) {
        /// That of its first entry in the audit trail.
        number: i64 => Number,
        at: DateTime<Utc> => Age,
        by: String => Login,
        /// The login of the admin who used the account.
        acted_by: Option<String> => Login(rank 2),
        /// As the audit trail calls it, such as `referral.assign`.
        action: String => Code,
        /// The code, login or name of what was changed; of several the last.
        on: String => Text,
        /// How many entries of the audit trail it has.
        entries: i64 => Number(hidden),
        /// The code, if it was an import.
        import: Option<String> => Code(hidden),
        status: OperationStatus => Status,
        /// Whether changes of this kind can be taken back and it was not; `operation show` says what else is in the way.
        can_be_undone: bool => YesNo(rank 1),
        /// Why it cannot be taken back.
        why_not: Option<String> => Text(hidden),
        /// The number of the operation that it takes back.
        undoes: Option<i64> => Number(rank 3),
        /// The number of the one that has taken it back.
        undone_by: Option<i64> => Number(hidden),
        undone_at: Option<DateTime<Utc>> => Age(hidden),
    }
}

view! {
    /// A later operation that has changed the same, or needs it.
    pub(crate) struct Hindrance("operation", |view| view.number.to_string()) {
        number: i64 => Number,
        at: DateTime<Utc> => Instant,
        by: String => Login,
        action: String => Code,
        on: String => Text,
    }
}

view! {
    /// An operation with what it changed, and what is in the way of taking it back.
    pub(crate) struct OperationCard("operation", |view| view.operation.number.to_string()) {
        ..operation: OperationView,
        changes: Vec<HistoryLine> => Many,
        in_the_way: Vec<Hindrance> => Many,
    }
}

impl Done {
    pub(crate) fn status(&self) -> OperationStatus {
        match (&self.import, &self.undone) {
            (Some(import), _) => match import.status {
                ImportStatus::Imported => OperationStatus::Done,
                ImportStatus::PartlyUndone => OperationStatus::PartlyUndone,
                ImportStatus::Undone => OperationStatus::Undone,
            },
            (None, Some(_)) => OperationStatus::Undone,
            (None, None) => OperationStatus::Done,
        }
    }

    /// Whether it has changed anything.
    pub(crate) fn is_change(&self) -> bool {
        self.import.is_some() || self.actions.iter().any(|action| verdict(action) != Verdict::Look)
    }

    /// The rights that it takes to take it back; those of what it takes back itself are not among them. Otherwise why it cannot be.
    pub(crate) fn rights(&self) -> std::result::Result<Vec<Right>, String> {
        if let Some((number, _)) = self.undone {
            return Err(format!("operation {number} has taken it back"));
        }
        if self.status() == OperationStatus::Undone {
            return Err("it was taken back".to_owned());
        }
        if self.import.is_some() {
            return Ok(Vec::new());
        }
        if self.is_erased {
            return Err("a client that it was about was erased".to_owned());
        }
        let mut rights = Vec::new();
        for action in &self.actions {
            match verdict(action) {
                Verdict::Back(right) => rights.push(right),
                Verdict::Again | Verdict::Look => {}
                Verdict::Stands(why) => return Err(why.to_owned()),
                Verdict::Import | Verdict::Unknown => {
                    return Err(format!("`{action}` cannot be taken back by this version"));
                }
            }
        }
        if !self.is_change() {
            return Err("it has changed nothing".to_owned());
        }
        if !self.is_kept {
            return Err("an earlier version of the program did not keep what was there before".to_owned());
        }
        Ok(rights)
    }

    /// Whether it was not taken back and takes back nothing itself.
    pub(crate) fn stands(&self) -> bool {
        self.status() != OperationStatus::Undone && self.undoes.is_none() && self.action != "import.undo"
    }

    /// The rights that its actions take.
    pub(crate) fn needed(&self) -> Vec<Right> {
        let rights = self.actions.iter().filter_map(|action| match verdict(action) {
            Verdict::Back(right) => Some(right),
            _ => None,
        });
        rights.collect()
    }

    /// For people: `operation 4711 (referral.assign of REF-7K3M9Q by carol)`.
    pub(crate) fn words(&self) -> String {
        format!("operation {} ({})", self.first, self.deed())
    }

    /// For people: `referral.assign of REF-7K3M9Q by carol`.
    pub(crate) fn deed(&self) -> String {
        let Done { action, subject, by, .. } = self;
        if let Some(undone) = self.undoes {
            return format!("undo of operation {undone} by {by}");
        }
        let more = self.last - self.first;
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{action} of {subject}{more} by {by}")
    }

    pub(crate) fn view(&self) -> OperationView {
        let why_not = self.rights().err();
        OperationView {
            number: self.first,
            at: self.at,
            by: self.by.clone(),
            acted_by: self.acted_by.clone(),
            action: self.action.clone(),
            on: self.subject.clone(),
            entries: self.last - self.first + 1,
            import: self.import.as_ref().map(|import| import.code.clone()),
            status: self.status(),
            can_be_undone: why_not.is_none(),
            why_not,
            undoes: self.undoes,
            undone_by: self.undone.map(|(number, _)| number),
            undone_at: self.undone.map(|(_, at)| at),
        }
    }

    pub(crate) fn hindrance(&self) -> Hindrance {
        let Done { first, at, by, action, subject, .. } = self;
        Hindrance { number: *first, at: *at, by: by.clone(), action: action.clone(), on: subject.clone() }
    }
}
