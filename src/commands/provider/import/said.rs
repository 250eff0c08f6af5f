//! What a source says of none of its providers, which is kept with the source (rule 8.24).

use serde::Serialize;

use super::report::ProviderRun;
use super::source::Source;
use crate::commands::prelude::*;
use crate::interchange::hsds;
use crate::model::code::imported_key;
use crate::model::directory::{Difference, Said};

/// How the audit trail tells it.
#[derive(Serialize)]
struct Kept<'a> {
    directory: &'a str,
    entries: usize,
    #[serde(flatten)]
    difference: Option<Difference>,
}

/// What a hub says of its own sources is added to what is here, as its programs are: what it does not have is newer. With a source
/// it is all that this source says.
pub(super) fn apply(tx: &mut Tx<'_>, source: &Source, run: &mut ProviderRun<'_>) -> Result<()> {
    let directory = &source.directory;
    if !source.own.is_empty() {
        return directory.said_by.iter().try_for_each(|(name, said)| keep(tx, run, name, said));
    }
    let mut said = directory.said.clone();
    for more in directory.said_by.values() {
        said.add(more.clone());
        said.whole.extend(hsds::ENTITIES.map(str::to_owned));
    }
    keep(tx, run, &source.name, &said)
}

fn keep(tx: &mut Tx<'_>, run: &mut ProviderRun<'_>, name: &str, said: &Said) -> Result<()> {
    // A table of providers says nothing else, and what is known need not be read.
    if *said == Said::default() {
        return Ok(());
    }
    let id: DirectoryId = imported_key("directory", name, "");
    let is_known = store::directory::is_known(tx, id)?;
    let before = if is_known { store::directory::entries(tx, id)? } else { Vec::new() };
    let after = said.after(&before);
    if before == after {
        return Ok(());
    }
    if !is_known {
        store::directory::insert(tx, id, name)?;
    }
    if !before.is_empty() {
        store::directory::delete_entries(tx, id)?;
    }
    store::directory::insert_entries(tx, id, &after)?;
    let difference = is_known.then(|| Difference::of(&before, &after));
    let was = Kept { directory: name, entries: before.len(), difference: None };
    let is = Kept { directory: name, entries: after.len(), difference };
    run.add([run.writer().entry(name, is_known.then_some(&was), Some(&is))?]);
    if let Some(Difference { new, changed, gone }) = difference {
        let note = format!("what `{name}` says of no provider: {new} new, {changed} changed, {gone} gone");
        run.remarks.notes.push(note);
    }
    Ok(())
}
