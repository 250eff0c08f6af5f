//! `record show`: one record, as the hub or a provider sees it.

use super::access::{DisclosedAccess, viewer, whose};
use crate::commands::prelude::*;
use crate::model::record::{FoundRecord, RecordView};

#[derive(Args)]
pub(super) struct Show {
    /// Code (or the beginning of it)
    record: Reference,
    /// Show what this provider sees [default for a portal account: its own]
    #[arg(long, value_name = "PROVIDER")]
    viewer: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Show) -> Result<()> {
    context.out.can_show::<RecordView>()?;
    let viewer = context.read(|tx| viewer(context, tx, command.viewer.as_ref()))?;
    let access = DisclosedAccess::new(context, viewer, "record show");
    access.must_be_for_real()?;
    let viewer = whose(access.viewer.as_ref());
    let found = access.take(1, |tx| Ok(vec![store::lookup::<FoundRecord>(tx, &command.record, viewer)?]))?;
    let found = found.into_iter().next().ok_or_else(|| Error::internal("a record went away"))?;
    context.out.show(&found.view, || None)
}
