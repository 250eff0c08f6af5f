//! What a line of a batch or of a shell is run in.

use std::cell::RefCell;
use std::rc::Rc;

use crate::context::{Connection, Keys};
use crate::output::Listener;

/// What it shares with the others.
#[derive(Clone)]
pub(super) struct Within {
    /// None of a command of a shell that opens the database by itself.
    pub(super) connection: Option<Connection>,
    pub(super) keys: Rc<RefCell<Keys>>,
    pub(super) is_usual: bool,
    /// Who listens to the lines of a batch.
    pub(super) listener: Option<Listener>,
    pub(super) whole: Whole,
}

/// What the line is one of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Batch,
    Shell,
    Restricted,
}
