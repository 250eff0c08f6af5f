//! `database migrate`: what opening the database did to its schema.

use crate::commands::prelude::*;

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
    context.report(|| {
        let upgrade =
            context.upgrade.as_ref().ok_or_else(|| Error::internal("the database was not opened"))?;
        let copy = upgrade.copy.as_ref().map(|copy| copy.display().to_string());
        let migrated =
            Migrated { database: context.location.to_string(), from: upgrade.from, to: upgrade.to, copy };
        if migrated.from == migrated.to {
            let why = format!("the database is up to date at schema {}", migrated.to);
            return Ok(Some(Change::unchanged(migrated).already(why)));
        }
        let sentence = sentence(&migrated);
        Ok(Some(Change::updated_only(migrated).saying(sentence)))
    })
}

fn sentence(Migrated { from, to, copy, .. }: &Migrated) -> String {
    match copy {
        Some(copy) => {
            format!("Upgraded the database from schema {from} to {to}. A copy from before is at {copy}.")
        }
        None => format!("Upgraded the database from schema {from} to {to}."),
    }
}
