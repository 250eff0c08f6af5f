//! The end of the audit trail in the present transaction, to which it appends.

use super::{Context, Tx};
use crate::error::Result;
use crate::model::audit::{Entry, TrailEnd};
use crate::store;

/// Writers are serialised, so no other moves it until the transaction ends.
pub(super) struct Trail {
    end: TrailEnd,
    /// The number of the newest entry when the transaction began.
    before: i64,
}

impl Trail {
    pub(super) fn new(end: TrailEnd) -> Self {
        Trail { before: end.sequence, end }
    }
}

impl Context {
    /// The number of the newest entry; 0 before the transaction has begun.
    pub(crate) fn newest_entry(&self) -> i64 {
        self.trail.borrow().as_ref().map_or(0, |trail| trail.end.sequence)
    }

    /// The same, if this transaction wrote it.
    pub(super) fn own_newest_entry(&self) -> Option<i64> {
        let trail = self.trail.borrow();
        trail.as_ref().filter(|trail| trail.end.sequence > trail.before).map(|trail| trail.end.sequence)
    }

    /// Appends to the audit trail, in the transaction of the change (rule 4.1).
    pub(super) fn audit_all(&self, tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<()> {
        if !entries.is_empty() {
            self.has_changed.set(true);
        }
        self.append(tx, entries)
    }

    pub(super) fn append(&self, tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let salts = self.keys.borrow_mut().salts(entries.len())?;
        let signed = entries.into_iter().map(|entry| Entry { at: self.now(), ..entry });
        let trail = match self.trail.take() {
            Some(trail) => trail,
            None => Trail::new(store::audit::end(tx)?),
        };
        tx.announce();
        let end = store::audit::append(tx, trail.end, &signed.zip(salts).collect::<Vec<_>>())?;
        self.trail.replace(Some(Trail { end, ..trail }));
        Ok(())
    }
}
