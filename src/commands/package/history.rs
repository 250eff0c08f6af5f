//! `package history`: what became of a package, step by step.

use crate::commands::prelude::*;
use crate::model::package::{PackageStep, history};

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let visibility = context.visibility();
    context.list::<PackageStep>("no steps", |tx, list| {
        let package = store::lookup::<Package>(tx, reference, visibility)?;
        let offers = store::package::steps(tx, package.id, visibility)?;
        for step in history(&package, &offers, context.actor.is_portal(), context.now()) {
            if !list.row(&step)? {
                break;
            }
        }
        Ok(())
    })
}
