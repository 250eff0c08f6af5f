//! `import list`: imports, the newest first.

use crate::commands::prelude::*;
use crate::model::operation::Operation;
use crate::store::operation::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk import list --limit 5
  $ caredesk import list -o json --columns code,action,input,status")]
pub(super) struct List {
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no imports", |tx, list| {
        let start = store::lookup_optional::<Operation>(tx, command.page.after.as_ref(), visibility)?;
        let page = |last: Option<&Operation>, limit| {
            let before = last.map(|import| import.first_entry);
            store::operation::list(tx, &Filter { before, ..Filter::default() }, visibility, limit)
        };
        context.out.pages(&command.page, start, list, page, Operation::view)
    })
}
