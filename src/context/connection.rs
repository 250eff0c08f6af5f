//! An open database, which the lines of a batch or of a shell use one after the other (rules 7.10 and 7.50).

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use crate::db::{Db, Location};
use crate::error::Result;
use crate::model::account::Account;
use crate::model::id::AccountId;
use crate::store;

/// The database of a run, which it shares with those within it.
#[derive(Clone)]
pub(crate) struct Connection {
    db: Rc<RefCell<Db>>,
    /// The accounts whose passwords were given, with what is kept of these: the lines do not ask for them again.
    proven: Rc<RefCell<Vec<Proven>>>,
}

type Proven = (AccountId, Option<String>);

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
        self.proven.borrow_mut().push((account.id, account.password_hash.clone()));
    }

    pub(super) fn is_proven(&self, account: Option<&Account>) -> bool {
        account.is_some_and(|account| {
            let proven = self.proven.borrow();
            proven.iter().any(|(id, password)| *id == account.id && *password == account.password_hash)
        })
    }

    /// Before a line of a shell. Returns whether what is open now is another file, or another connection to the server.
    pub(crate) fn renew(&self, location: &Location) -> Result<bool> {
        self.db.borrow_mut().renew(location, store::derive)
    }

    /// After a line of a shell.
    pub(crate) fn rest(&self) -> Result<()> {
        self.db.borrow_mut().rest()
    }

    /// For a command that works on the database with a connection of its own.
    pub(crate) fn close(&self) -> Result<()> {
        self.db.borrow_mut().close()
    }
}
