//! Command lines that are run within a command: those of a batch, and those that make a hub as a file says.

use std::ffi::OsString;

use crate::error::Result;
use crate::model::batch::template::Role;
use crate::model::operation_key::OperationKey;
use crate::output::Heard;

/// What a line is.
pub(crate) struct Look {
    /// The noun and the verb.
    pub(crate) command: String,
    /// What of it no database takes back, such as "writes a file".
    pub(crate) outside: Option<String>,
}

/// How a line is run.
#[derive(Default)]
pub(crate) struct How {
    /// Where its own has none.
    pub(crate) key: Option<OperationKey>,
    /// Whether what it prints is shown.
    pub(crate) is_shown: bool,
    /// Whether it is tried in a transaction that is taken back.
    pub(crate) is_rehearsed: bool,
}

/// What a line came to.
pub(crate) struct Ran {
    pub(crate) command: String,
    pub(crate) done: Result<()>,
    pub(crate) heard: Heard,
}

/// Understands and runs command lines: the grammar is that of the program.
pub(crate) trait Interpreter {
    /// Refused if it is no command, or none of a batch.
    fn look(&self, words: &[OsString]) -> Result<Look>;
    /// What each word of a template is.
    fn roles(&self, words: &[String]) -> Result<Vec<Role>>;
    fn run(&self, words: &[OsString], how: How) -> Ran;
}
