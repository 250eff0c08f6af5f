//! `package rename`: another reference for a package.

use super::view;
use crate::commands::prelude::*;
use crate::model::package;

#[derive(Args)]
pub(super) struct Rename {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// The new reference
    #[arg(value_parser = package::reference)]
    reference: String,
}

pub(super) fn run(context: &Context, command: &Rename) -> Result<()> {
    context.change("package.rename", Action::ChangePackages, |tx| {
        let before = store::lookup::<Package>(tx, &command.package, context.visibility())?;
        package::may_recall(&before)?;
        let after = Package { reference: command.reference.clone(), ..before.clone() };
        if after.reference != before.reference {
            store::package::rename(tx, after.id, &after.reference)?;
            store::package::touch_visits(tx, after.id)?;
        }
        Ok(Change::of(view(context, &before), view(context, &after)))
    })
}
