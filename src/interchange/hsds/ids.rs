//! The ids of one table: what each leads to, and why a reference to it may be rejected.

use std::collections::HashMap;

use super::super::table::Column;
use crate::model::directory::Reject;

/// `T` is what an id leads to. The id of a rejected row is kept too, so that rows that refer to it get the
/// reason.
pub(super) struct Ids<T> {
    /// The singular, such as `service`.
    noun: &'static str,
    /// The file, such as `services.csv`.
    table: String,
    known: HashMap<String, Entry<T>>,
}

struct Entry<T> {
    line: u64,
    /// None if its row was rejected.
    leads_to: Option<T>,
}

impl<T> Ids<T> {
    pub(super) fn new(noun: &'static str) -> Self {
        Ids { noun, table: format!("{noun}s.csv"), known: HashMap::new() }
    }

    pub(super) fn call_table(&mut self, file: &str) {
        file.clone_into(&mut self.table);
    }

    /// Rejects an id that an accepted row has already, naming that row's line.
    pub(super) fn fresh(&self, id: &str) -> Result<(), String> {
        match self.known.get(id) {
            Some(Entry { line, leads_to: Some(_) }) => {
                Err(format!("id `{id}` was already used on line {line}"))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn accept(&mut self, id: &str, line: u64, leads_to: T) {
        self.known.insert(id.to_owned(), Entry { line, leads_to: Some(leads_to) });
    }

    /// Keeps the ids of rejected rows of this table, unless they were accepted before.
    pub(super) fn refuse_all(&mut self, rejects: &[Reject], id: Column) {
        for reject in rejects.iter().filter(|reject| reject.file == self.table) {
            let (id, line) = (id.of(reject).trim(), reject.line.unwrap_or_default());
            if !id.is_empty() {
                self.known.entry(id.to_owned()).or_insert(Entry { line, leads_to: None });
            }
        }
    }

    /// Whether a row has this id, be it a rejected one.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.known.contains_key(id)
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        self.known.get(id).and_then(|entry| entry.leads_to.as_ref())
    }

    /// What the id leads to, or the reason why it leads nowhere. An empty id leads to none.
    pub(super) fn find(&self, id: &str) -> Result<Option<&T>, String> {
        if id.is_empty() {
            return Ok(None);
        }
        let Ids { noun, table, .. } = self;
        match self.known.get(id) {
            Some(Entry { leads_to: Some(found), .. }) => Ok(Some(found)),
            Some(Entry { line, .. }) => {
                Err(format!("{noun} `{id}` was itself rejected ({table} line {line})"))
            }
            None => Err(format!("{noun} `{id}` is not in {table}")),
        }
    }
}
