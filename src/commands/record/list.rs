//! `record list`: the records of a client, the newest day first, as the hub or a provider sees them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::access::{DisclosedAccess, viewer, whose};
use crate::commands::prelude::*;
use crate::model::record::{FoundRecord, RecordView};
use crate::model::sharing::DataType;
use crate::store::client::KnownClient;
use crate::store::provider::Partner;
use crate::store::record::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk record list CLI-7K3M9Q --type services --since -4w
  $ caredesk record list CLI-7K3M9Q --viewer willow

With a viewer, only its own records and those shared with it are listed, and the latter are entered in the register of \
  disclosures.")]
pub(super) struct List {
    /// The client: code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// Only records of this type; with several, of any of them
    #[arg(long = "type", value_name = "TYPE")]
    data_type: Vec<DataType>,
    /// Only records of this provider; with several, of any of them
    #[arg(long, value_name = "PROVIDER")]
    owner: Vec<Reference>,
    /// Show what this provider sees [default for a portal account: its own]
    #[arg(long, value_name = "PROVIDER")]
    viewer: Option<Reference>,
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let (client, owners, viewer, start) = context.read(|tx| {
        let client = store::lookup::<KnownClient>(tx, &command.client, visibility)?;
        let owners = store::lookup_ids::<Partner>(tx, &command.owner, visibility)?;
        let viewer = viewer(context, tx, command.viewer.as_ref())?;
        let start = command.page.after.as_ref();
        let start = store::lookup_optional::<FoundRecord>(tx, start, whose(viewer.as_ref()))?;
        Ok((client, owners, viewer, start))
    })?;
    let access = DisclosedAccess::new(context, viewer, "record list");
    access.must_be_for_real()?;
    let (since, until) = command.period.days(context);
    let common = Filter { client: Some(client.id), since, until, ..Filter::default() };
    let filters = store::each(&[common], &command.data_type, |one, of| Filter { data_type: Some(of), ..one });
    let filters = store::each(&filters, &owners, |one, owner| Filter { owner: Some(owner), ..one });
    let viewer = whose(access.viewer.as_ref());
    let mut list = context.out.list::<RecordView>()?;
    list.record();
    let notices = RefCell::new(BTreeSet::new());
    let page = |after: Option<&FoundRecord>, limit| {
        let after = after.map(|last| (last.happened_on, last.id));
        // The last row only shows that there is another page; it is not shown and so not disclosed.
        let found = access.take(limit - 1, |tx| {
            let page = |filter: &Filter| store::record::list(tx, &Filter { after, ..*filter }, viewer, limit);
            store::any_of(&filters, |found| (found.happened_on, found.id), false, limit, page)
        })?;
        let shown = usize::try_from(limit - 1).unwrap_or(usize::MAX);
        notices.borrow_mut().extend(found.iter().take(shown).filter_map(notice));
        Ok(found)
    };
    context.out.pages(&command.page, start, &mut list, page, |found| found.view.clone())?;
    list.below(notices.into_inner());
    list.end("no records")
}

/// What goes with a record of another, as people read it below the table.
fn notice(found: &FoundRecord) -> Option<String> {
    let RecordView { owner_name, data_type, notice, .. } = &found.view;
    notice.as_ref().map(|notice| format!("Notice of `{owner_name}` ({data_type}): {notice}"))
}
