//! Imports of tables: files one after the other, rows in chunks, each row by the rules of the verb that does the same by hand.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Change, Context, ImportArgs, ImportRun, Tx};
use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::interchange::table::{Reading, Rows};
use crate::model::account::{Account, Actor};
use crate::model::directory::{Origins, Reject};
use crate::model::import_kind::ImportKind;
use crate::model::reference::Reference;
use crate::model::sharing::Effect;
use crate::model::text::counted;
use crate::model::view::View;
use crate::model::visibility::Visibility;
use crate::output::progress::Progress;
use crate::store::client::ClientOfRow;
use crate::store::{self, Lookup};

/// Rows in memory at once.
const CHUNK: usize = 2_000;
/// Their bytes at once: a cell may hold a long narrative.
const CHUNK_BYTES: u64 = 4 << 20;
/// The cache is cleared at this size: a file that names more things consists of mistakes.
const MOST_KNOWN: usize = 10_000;

/// What an import does with the rows of its tables. A retried attempt starts with a new one.
pub(crate) trait RowImport {
    /// One row as read; references to other things are still text.
    type Row;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<Self::Row>>;

    /// Where the rows of the file come from, if that counts for them.
    fn origins(&self) -> Option<Origins> {
        None
    }

    /// Takes a chunk of rows.
    fn take(
        &mut self, tx: &mut Tx<'_>, run: &mut ImportRun<'_>, rows: Vec<(Self::Row, Reject)>,
    ) -> Result<()>;

    /// After the last row of a file that has `rows`.
    fn close(&mut self, _rows: u64) -> Result<()> {
        Ok(())
    }

    /// After the last file.
    fn end(&mut self, _tx: &mut Tx<'_>, _run: &mut ImportRun<'_>) -> Result<()> {
        Ok(())
    }
}

impl Context {
    /// Imports tables and reports the counts. Errors as those of [`Context::import`].
    pub(crate) fn import_tables<I: RowImport>(
        &self, kind: ImportKind, args: &ImportArgs, begin: impl Fn(&mut Tx<'_>) -> Result<I>,
    ) -> Result<()> {
        self.import(kind, args, |tx, run| {
            let size = args.files.iter().map(Input::size).sum();
            let mut progress = Progress::new(&self.out, kind.things(), size);
            let mut rows = begin(tx)?;
            for input in &args.files {
                let table = rows.open(input, &args.reading)?;
                run.origins = rows.origins();
                self.import_table(tx, run, &mut rows, table, &mut progress)?;
            }
            rows.end(tx, run)
        })
    }

    /// The same where each row is taken by itself.
    pub(crate) fn import_each<I: EachRow>(
        &self, kind: ImportKind, args: &ImportArgs, begin: impl Fn(&mut Tx<'_>) -> Result<I>,
    ) -> Result<()> {
        self.import_tables(kind, args, |tx| Ok(Each { context: self, import: begin(tx)? }))
    }

    fn import_table<I: RowImport>(
        &self, tx: &mut Tx<'_>, run: &mut ImportRun<'_>, import: &mut I, mut table: Rows<I::Row>,
        progress: &mut Progress,
    ) -> Result<()> {
        let before = run.counts.read;
        let (mut waiting, mut bytes) = (Vec::new(), 0);
        loop {
            let next = table.next()?;
            let is_end = next.is_none();
            if let Some((found, row)) = next {
                bytes += row.size();
                progress.step(row.size());
                run.counts.read += 1;
                match found {
                    Ok(found) => waiting.push((found, row)),
                    Err(why) => run.reject(&row, &why)?,
                }
            }
            if is_end || waiting.len() >= CHUNK || bytes >= CHUNK_BYTES {
                bytes = 0;
                import.take(tx, run, std::mem::take(&mut waiting))?;
                run.flush(self, tx)?;
            }
            if is_end {
                break;
            }
        }
        run.remarks.add(table.remarks());
        import.close(run.counts.read - before)
    }
}

/// An import whose rows are taken one by one, each as the verb does it that does the same by hand.
pub(crate) trait EachRow {
    type Row;
    type View: View + PartialEq;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<Self::Row>>;

    /// Where the rows of the file come from, if that counts for them.
    fn origins(&self) -> Option<Origins> {
        None
    }

    /// Before a chunk of rows: looks up together what would take a query each.
    fn prepare(&mut self, _tx: &mut Tx<'_>, _rows: &[(Self::Row, Reject)]) -> Result<()> {
        Ok(())
    }

    /// Does what a row says. What is refused is rejected, so a refusal must come before anything is written or set aside.
    fn change(&mut self, tx: &mut Tx<'_>, row: Self::Row) -> Result<Change<Self::View>>;

    /// After a chunk of rows: writes together what would take a statement each.
    fn finish(&mut self, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }

    /// After the last row of a file that has `rows`.
    fn close(&mut self, _rows: u64) -> Result<()> {
        Ok(())
    }

    /// After the last file: who sees more and who sees fewer records, and sentences for the person.
    fn end(&mut self, _tx: &mut Tx<'_>) -> Result<(Effect, Vec<String>)> {
        Ok(<(Effect, Vec<String>)>::default())
    }
}

struct Each<'a, I> {
    context: &'a Context,
    import: I,
}

impl<I: EachRow> RowImport for Each<'_, I> {
    type Row = I::Row;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<I::Row>> {
        self.import.open(input, how)
    }

    fn origins(&self) -> Option<Origins> {
        self.import.origins()
    }

    fn take(&mut self, tx: &mut Tx<'_>, run: &mut ImportRun<'_>, rows: Vec<(I::Row, Reject)>) -> Result<()> {
        self.import.prepare(tx, &rows)?;
        for (found, row) in rows {
            let done = self.import.change(tx, found);
            if let Some(change) = run.accepted(&row, done)? {
                run.changed(self.context, &row, change)?;
            }
        }
        self.import.finish(tx)
    }

    fn close(&mut self, rows: u64) -> Result<()> {
        self.import.close(rows)
    }

    fn end(&mut self, tx: &mut Tx<'_>, run: &mut ImportRun<'_>) -> Result<()> {
        (run.effect, run.sentences) = self.import.end(tx)?;
        Ok(())
    }
}

impl<M> ImportRun<'_, M> {
    /// What a row came to; none where that is an error about the row, which is rejected with it.
    pub(crate) fn accepted<T>(&mut self, row: &Reject, done: Result<T>) -> Result<Option<T>> {
        match done {
            Ok(done) => Ok(Some(done)),
            Err(error) if is_about_the_row(&error) => self.reject(row, error.message()).map(|()| None),
            Err(error) => Err(error),
        }
    }
}

/// Whether an error concerns one row (unknown, ambiguous or unsuitable names); any other ends the import.
fn is_about_the_row(error: &Error) -> bool {
    matches!(error.kind(), Kind::NotFound | Kind::Refused | Kind::Invalid)
}

/// What the rows name of one noun, each looked up once, also what is not found.
pub(crate) struct Known<T: Lookup> {
    found: HashMap<(T::Scope, String), Result<T::Found, Missing>>,
}

/// An error without what only the first row of it has.
#[derive(Clone)]
struct Missing {
    kind: Kind,
    code: &'static str,
    message: String,
}

impl<T: Lookup> Default for Known<T> {
    fn default() -> Self {
        Known { found: HashMap::new() }
    }
}

impl<T: Lookup<Found: Clone, Scope: Hash + Eq>> Known<T> {
    pub(crate) fn find(
        &mut self, tx: &mut Tx<'_>, text: &str, scope: impl Into<T::Scope>,
    ) -> Result<T::Found> {
        let key = (scope.into(), text.to_owned());
        if !self.found.contains_key(&key) {
            let reference =
                text.parse::<Reference>().map_err(|why| Error::invalid("import.reference", why))?;
            let found = match store::lookup::<T>(tx, &reference, key.0) {
                Err(error) if !is_about_the_row(&error) => return Err(error),
                found => found.map_err(|error| Missing {
                    kind: error.kind(),
                    code: error.code(),
                    message: error.message().to_owned(),
                }),
            };
            if self.found.len() >= MOST_KNOWN {
                self.found.clear();
            }
            self.found.insert(key.clone(), found);
        }
        let known = self.found.get(&key).cloned();
        let known = known.ok_or_else(|| Error::internal("what was looked up is not known"))?;
        known.map_err(|Missing { kind, code, message }| Error::new(kind, code, message))
    }
}

impl Known<ClientOfRow> {
    /// Looks up many together; those that are not found, or not alone, are left to [`Known::find`].
    pub(crate) fn prepare<'a>(
        &mut self, tx: &mut Tx<'_>, references: impl Iterator<Item = &'a String>,
    ) -> Result<()> {
        let key = |text: String| (Visibility::INTERNAL, text);
        let mut new: Vec<String> = references.cloned().collect();
        new.sort_unstable();
        new.dedup();
        new.retain(|text| !self.found.contains_key(&key(text.clone())));
        if self.found.len() + new.len() > MOST_KNOWN {
            self.found.clear();
        }
        for (text, client) in store::client::all_of_rows(tx, &new)? {
            self.found.insert(key(text), Ok(client));
        }
        Ok(())
    }
}

/// Who did what a table tells, by their logins here.
#[derive(Default)]
pub(crate) struct Creators {
    accounts: Known<Account>,
    unknown: u64,
}

impl Creators {
    /// The account of a login; where there is none here, and where none is named, who imports.
    pub(crate) fn find(
        &mut self, context: &Context, tx: &mut Tx<'_>, login: Option<&String>,
    ) -> Result<Actor> {
        let Some(login) = login else { return Ok(context.actor.clone()) };
        match self.accounts.find(tx, login, Visibility::INTERNAL) {
            Ok(account) => Ok(Actor { account, impersonator: None }),
            Err(error) if error.kind() == Kind::NotFound => {
                self.unknown += 1;
                Ok(context.actor.clone())
            }
            Err(error) => Err(error),
        }
    }

    /// For the person, at the end.
    pub(crate) fn sentence(&self) -> Option<String> {
        let rows = counted(self.unknown, "row has", "rows have");
        (self.unknown > 0)
            .then(|| format!("{rows} a created_by that is no account here; your own stands for it"))
    }
}

/// The keys of the rows so far. A table that speaks of one thing twice leaves open which row counts. Only eight bytes of each
/// are kept, in many short sorted rows, so that a million take 8 MB; a collision is practically impossible.
pub(crate) struct Seen(Vec<Vec<u64>>);

impl Default for Seen {
    fn default() -> Self {
        Seen(vec![Vec::new(); 1 << 12])
    }
}

impl Seen {
    /// Returns whether the key is new.
    pub(crate) fn insert(&mut self, key: impl Hash) -> bool {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let hash = hasher.finish();
        let drawer = usize::try_from(hash >> 52).unwrap_or(0);
        let Some(row) = self.0.get_mut(drawer) else { return true };
        match row.binary_search(&hash) {
            Ok(_) => false,
            Err(place) => {
                row.insert(place, hash);
                true
            }
        }
    }

    /// Invalid if there was a row of this key before; `what` names it.
    pub(crate) fn once(&mut self, key: impl Hash, what: impl FnOnce() -> String) -> Result<()> {
        if self.insert(key) {
            return Ok(());
        }
        Err(Error::invalid("import.twice", format!("{} was there before in this import", what())))
    }
}
