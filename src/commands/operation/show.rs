//! `operation show`: what an operation changed, and whether it can be taken back.

use crate::commands::prelude::*;
use crate::context::{Explained, explain_operation};
use crate::model::operation::{Done, OperationCard, OperationView};

pub(super) fn run(context: &Context, operation: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let done = context.operation_named(tx, Some(operation))?;
        let Explained { changes, why_not, in_the_way } = explain_operation(tx, &done)?;
        let view = OperationView { can_be_undone: why_not.is_none(), why_not, ..done.view() };
        Ok(OperationCard {
            operation: view,
            changes,
            in_the_way: in_the_way.iter().map(Done::hindrance).collect(),
        })
    })?;
    context.show_with_logins(&card, || Some(output::operation::card(&card, &context.out)))
}
