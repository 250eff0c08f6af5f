//! An open database, which the lines of a batch use one after the other (rule 7.10).

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use crate::db::Db;
use crate::model::account::Account;
use crate::model::id::AccountId;

/// The database of a run, which it shares with those within it.
#[derive(Clone)]
pub(crate) struct Connection {
    db: Rc<RefCell<Db>>,
    /// The account whose password was given when it was opened: the lines do not ask for it again.
    proven: Rc<Cell<Option<AccountId>>>,
}

impl From<Db> for Connection {
    fn from(db: Db) -> Self {
        Connection { db: Rc::new(RefCell::new(db)), proven: Rc::default() }
    }
}

impl Deref for Connection {
    type Target = RefCell<Db>;

    fn deref(&self) -> &RefCell<Db> {
        &self.db
    }
}

impl Connection {
    pub(super) fn prove(&self, account: &Account) {
        self.proven.set(Some(account.id));
    }

    pub(super) fn is_proven(&self, account: Option<&Account>) -> bool {
        account.is_some_and(|account| self.proven.get() == Some(account.id))
    }
}
