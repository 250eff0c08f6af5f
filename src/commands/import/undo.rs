//! `import undo`: takes an import back, but for what was changed or used since (rule 5.6).

use crate::commands::prelude::*;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk import undo IMP-7K3M9Q --dry-run
  $ caredesk import undo IMP-7K3M9Q --yes

What the import created is deleted, and what it changed is as it was before. What was changed since, or is referred to by what \
  did not come with it, stays and is named; the exit status is then 9. The audit trail keeps both. Undoing a later import of the \
  same things first lets more be taken back.")]
pub(super) struct Undo {
    /// Code (or the beginning of it)
    import: Reference,
}

pub(super) fn run(context: &Context, command: &Undo) -> Result<()> {
    context.undo_import(&command.import)
}
