//! Takes an import back, but for what was changed or used since (rule 5.6).

use crate::context::{Audited, Change, Context, Tx};
use crate::error::{Error, Kind, Result};
use crate::model::access::Action;
use crate::model::client::Client;
use crate::model::contact::Contact;
use crate::model::import::Counts;
use crate::model::import_kind::ImportKind;
use crate::model::operation::{ImportView, Operation, Stays, UndoCounts};
use crate::model::reference::Reference;
use crate::model::text::counted;
use crate::output::Outcome;
use crate::store;

/// As many of the things that stay are named for people; `-o json` names all.
const NAMED: usize = 20;

impl Context {
    /// By its code, or the beginning of it.
    pub(crate) fn undo_import(&self, import: &Reference) -> Result<()> {
        let find = |tx: &mut Tx<'_>| store::lookup::<Operation>(tx, import, self.visibility());
        let kind = ImportKind::from_name(&self.read(find)?.action);
        // What this version does not know can be taken back by an admin.
        let right = kind.map_or(Action::LookAfterDatabase, ImportKind::right);
        self.change_in_steps(right, || {
            let (mut code, mut stays) = (String::new(), Vec::new());
            let change = self.step("import.undo", |tx| {
                let import = find(tx)?;
                import.code.clone_into(&mut code);
                let (change, counts) = undo(self, tx, &import)?;
                stays = if change.outcome() == Outcome::Unchanged { Vec::new() } else { counts.stays };
                Ok(change)
            })?;
            let ending = partial(&code, &stays);
            Ok((change, ending))
        })
    }
}

fn undo(context: &Context, tx: &mut Tx<'_>, import: &Operation) -> Result<(Change<ImportView>, UndoCounts)> {
    let undo = store::operation::Undo::new(tx, import)?;
    let counts = undo.counts(tx)?;
    let code = &import.code;
    if counts.is_nothing() {
        let why = match counts.stays.len() {
            0 => format!("import {code} was taken back"),
            1 => format!("what is left of import {code} was changed or is used since"),
            some => format!("{some} things are left of import {code}, and were changed or are used since"),
        };
        let change = Change::unchanged(import.view()).already(why).noting_all(named(&counts.stays));
        return Ok((change, counts));
    }
    let before = context.newest_entry();
    undo.each_entry(tx, |tx, written| {
        let back = written.into_iter().map(|entry| Audited::back(entry.subject, entry.after, entry.before));
        context.audit_before(tx, "import.undo", back)
    })?;
    // The last one is that of the import itself.
    let entries = (before + 1, context.newest_entry().saturating_add(1));
    let operation = context.operation(tx, context.key(), "import.undo", code, entries)?;
    let done = Counts { unchanged: counts.stays.len() as u64, ..Counts::default() };
    store::operation::insert(tx, &Operation { undoes: Some(import.id), counts: done, ..operation.clone() })?;
    let (providers, clients, contacts) = (undo.providers(), undo.clients(), undo.contacts());
    store::resource::unindex(tx, &providers)?;
    store::unindex_words::<Client>(tx, &clients)?;
    store::unindex_words::<Contact>(tx, &contacts)?;
    undo.take_back(tx, operation.id)?;
    store::versions::forget_deleted(tx, context.newest_entry() + 1)?;
    store::resource::index(tx, &providers)?;
    store::index_words::<Client>(tx, &clients)?;
    store::index_words::<Contact>(tx, &contacts)?;
    let kept = i64::try_from(counts.stays.len()).unwrap_or(i64::MAX);
    let after =
        Operation { undone_by: Some(operation.code), undone_at: Some(context.now()), kept, ..import.clone() };
    let change = Change::updated(import.view(), after.view())
        .asking(Some(format!(
            "Undo import {code} ({}): it {}?",
            import.input,
            counts.words("deletes", "restores")
        )))
        .saying(format!("Undid import {code}: {}.", counts.words("deleted", "restored")))
        .noting_all(named(&counts.stays));
    Ok((change, counts))
}

fn named(stays: &[Stays]) -> Vec<String> {
    let mut notes: Vec<String> =
        stays.iter().take(NAMED).map(|stay| format!("{} stays: {}", stay.thing, stay.why)).collect();
    if stays.len() > NAMED {
        notes.push(format!("and {} more stay", stays.len() - NAMED));
    }
    notes
}

fn partial(import: &str, stays: &[Stays]) -> Result<()> {
    if stays.is_empty() {
        return Ok(());
    }
    let count = counted(stays.len(), "thing stays, since it was", "things stay, since they were");
    let details: Vec<String> = stays.iter().map(|stay| format!("{}: {}", stay.thing, stay.why)).collect();
    Err(Error::new(
        Kind::Partial,
        "import.partly_undone",
        format!("{count} changed or used after the import"),
    )
    .hint(format!(
        "take back or delete what refers to them, then run `caredesk import undo {import}` again; change the others by hand"
    ))
    .detail("stays", details))
}
