//! `sharing links`: who is linked to whom, and how sharing then works.

use crate::commands::prelude::*;
use crate::model::sharing::Link;
use crate::store::sharing::LinkFilter;

#[derive(Args)]
pub(super) struct Links {
    /// Only from or to this provider
    provider: Option<Reference>,
}

pub(super) fn run(context: &Context, command: &Links) -> Result<()> {
    let visibility = context.visibility();
    let links = context.read(|tx| {
        let provider = command.provider.as_ref();
        let provider = store::lookup_id::<store::provider::Partner>(tx, provider, visibility)?;
        store::sharing::links(tx, &LinkFilter { provider, ..LinkFilter::default() }, visibility)
    })?;
    context.out.rows(links.iter().map(Link::view), "no links")
}
