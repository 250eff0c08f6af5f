//! `import`: what was imported, and how it is taken back (rule 5.6).

mod list;
mod show;
mod undo;

use crate::commands::prelude::*;
use crate::model::operation::{ImportCard, ImportView};

verbs! {
    Import: lists ImportView, shows ImportCard, changes ImportView;

    /// List imports, newest first
    List(list::List) => list::run,
    /// Show an import, and what it created and changed
    Show(show::Show) => show::run,
    /// Take an import back: what was not changed or used since is as it was before
    Undo(undo::Undo) => undo::run,
}
