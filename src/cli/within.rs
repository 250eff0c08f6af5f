//! What a line of a batch is run in.

use std::cell::RefCell;
use std::rc::Rc;

use crate::context::{Connection, Keys};
use crate::output::Listener;

/// What it shares with the batch.
#[derive(Clone)]
pub(super) struct Within {
    pub(super) connection: Connection,
    pub(super) keys: Rc<RefCell<Keys>>,
    pub(super) is_usual: bool,
    pub(super) listener: Listener,
}
