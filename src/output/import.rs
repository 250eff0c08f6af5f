//! The card of an import for people.

use super::{Card, Output};
use crate::model::operation::{ImportCard, ImportStatus, ImportedThing};
use crate::model::text::counted;
use crate::model::view::View;

/// When and by whom, the counts, and the things that it created and changed.
pub(crate) fn card<'a>(card: &ImportCard, output: &'a Output) -> Card<'a> {
    let view = &card.import;
    let undone = view.undone_at.map(|at| output.past(at));
    let kept = (view.kept > 0).then(|| counted(view.kept, "thing stays", "things stay"));
    let counts = format!(
        "{} read, {} created, {} updated, {} unchanged, {} rejected",
        view.read, view.created, view.updated, view.unchanged, view.rejected
    );
    let next = card.next_after.map(|number| format!("`caredesk import show {} --after {number}`", view.code));
    let back = (view.status != ImportStatus::Undone)
        .then(|| format!("`caredesk import undo {}` takes it back", view.code));
    Card::new(output, &format!("{}: {}", view.code, view.status.name().replace('_', " ")))
        .lines([
            ("action", Some(view.action.clone())),
            ("input", Some(view.input.clone())),
            ("source", view.source.clone()),
            ("imported", Some(format!("{} by {}", output.past(view.at), output.login(&view.by)))),
            ("rows", Some(counts)),
            ("undone", undone),
            ("kept", kept),
            ("more", next),
            ("undo", back),
        ])
        .table(ImportedThing::FIELDS, &card.things)
}
