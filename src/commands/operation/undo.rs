//! `undo`: takes a change back, if nothing has changed since in what it touched (rule 7.42).

use crate::commands::prelude::*;
use crate::context::Meant;
use crate::model::operation::{ImportView, OperationView};
use crate::output::Schemas;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk undo --dry-run
  $ caredesk undo --yes
  $ caredesk undo 4711 --yes

Without a number it takes back your own last change that stands; once more, the one before it. To have a change again that was taken \
  back, undo the operation that took it back. Answers, consents, recalls and what was sent stand, and say so; so does what others \
  have changed since. What an import brought is taken back but for what was changed or used since, as `import undo` does.")]
pub(crate) struct Undo {
    /// The number of the operation, or the code of an import [default: your own last that stands]
    #[arg(value_name = "OPERATION")]
    operation: Option<Reference>,
}

pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.changes::<OperationView>();
    schemas.changes::<ImportView>();
}

pub(crate) fn run(context: &Context, command: &Undo) -> Result<()> {
    match context.meant_to_undo(command.operation.as_ref())? {
        Meant::Import(code) => context.undo_import(&code),
        Meant::Operation(number) => context.change("operation.undo", Right::Everyone, |tx| {
            let done = context.operation_named(tx, number.as_ref())?;
            context.undo(tx, &done)
        }),
    }
}
