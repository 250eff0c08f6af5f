//! `provider activate` and `provider deactivate`: whether a provider is offered anything new (rule 1.2).

use super::change;
use crate::commands::prelude::*;

pub(super) fn activate(context: &Context, reference: &Reference) -> Result<()> {
    change(context, reference, "provider.activate", |was| Provider { active: true, ..was })
}

pub(super) fn deactivate(context: &Context, reference: &Reference) -> Result<()> {
    change(context, reference, "provider.deactivate", |was| Provider { active: false, ..was })
}
