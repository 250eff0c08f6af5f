//! `operation` and `undo`: what was changed, one line for each command, and how it is taken back (rule 7.40).

mod list;
mod show;
mod undo;

use crate::commands::prelude::*;
use crate::model::operation::{OperationCard, OperationView};
pub(crate) use undo::{Undo, run as undo, schema as undo_schema};

verbs! {
    Operation: lists OperationView, shows OperationCard;

    /// List changes, newest first, one for each command or line of a batch
    List(list::List) => list::run,
    /// Show what an operation changed, and what is in the way of taking it back
    Show {
        /// The number of the operation, or the code of an import
        #[arg(value_name = "OPERATION")]
        operation: Reference,
    } => show::run,
}
