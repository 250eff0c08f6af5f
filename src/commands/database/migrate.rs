//! `database migrate`: what opening the database did to its schema.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::view::view;
use crate::output::Outcome;

view! {
    pub(super) struct Migrated("database", |view| &view.database) {
        database: String => Text,
        from: i64 => Number,
        to: i64 => Number,
        copy: Option<String> => Text,
    }
}

/// The migration itself happens when the database is opened, since no command works on an older schema.
pub(super) fn run(context: &Context) -> Result<()> {
    let change_report = context.out.change_report()?;
    let upgrade = context.upgrade.as_ref().ok_or_else(|| Error::internal("the database was not opened"))?;
    let copy = upgrade.copy.as_ref().map(|copy| copy.display().to_string());
    let migrated =
        Migrated { database: context.location.to_string(), from: upgrade.from, to: upgrade.to, copy };
    if migrated.from == migrated.to {
        let sentence = format!("The database is up to date: its schema is {}.", migrated.to);
        return change_report.say(Outcome::Unchanged, &sentence, &migrated);
    }
    let copy =
        migrated.copy.as_ref().map(|copy| format!(" As it was before it is at {copy}.")).unwrap_or_default();
    let sentence = format!("Brought the database from schema {} to {}.{copy}", migrated.from, migrated.to);
    change_report.say(Outcome::Updated, &sentence, &migrated)
}
