//! The one way to import rows. What all imports have in common is here: columns, right, transaction, counts, rejects, audit
//! entries, report.

use std::mem;

use clap::Args;
use serde::Serialize;

use super::confirm::Agree;
use super::repeat::Answer;
use super::{Change, Context, Signature, Tx};
use crate::error::{Error, Result};
use crate::file::Input;
use crate::interchange::table::Reading;
use crate::model::alert::Alerted;
use crate::model::audit::Entry;
use crate::model::directory::{Origins, Reject};
use crate::model::import::{Counts, Summary};
use crate::model::import_kind::{FileFormat, ImportKind};
use crate::model::remarks::Remarks;
use crate::model::sharing::Effect;
use crate::model::text::{self, counted};
use crate::model::view::View;
use crate::output::rejects::Rejects;
use crate::output::row_outcomes::{RowOutcomes, Thing};
use crate::output::target::Target;
use crate::output::{Outcome, sink};
use crate::store;

/// What every import is given: the files, how they are read, and what happens to rejected rows.
#[derive(Args)]
pub(crate) struct ImportArgs {
    /// Tables, such as CSV, JSON lines or `.xlsx`, also packed
    #[arg(required = true, value_name = "FILE|-", value_hint = clap::ValueHint::AnyPath)]
    pub(crate) files: Vec<Input>,
    /// The format: `csv` for any table [default: recognised from the content]
    #[arg(long, value_enum, hide_possible_values = true)]
    pub(crate) format: Option<FileFormat>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Where they come from; an id counts within its source [default: the name of the file without its ending, if
    /// nothing came from elsewhere before]
    #[arg(long, value_name = "NAME", value_parser = text::name)]
    pub(crate) source: Option<String>,
    /// Import the valid rows even if others are rejected, and exit with status 9
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Write all rejected rows as CSV with a column `error`, in a dry run too; rows of several tables into
    /// files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). Once corrected, they can be
    /// imported again; those of clients and providers know their source
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) rejects: Option<Target>,
}

impl ImportArgs {
    /// As it was named, else the names of the files without their endings.
    pub(super) fn source_name(&self) -> String {
        let stems = || self.files.iter().map(Input::stem).collect::<Vec<_>>().join(", ");
        self.source.clone().unwrap_or_else(stems)
    }

    /// Usage error for a format that the import does not read.
    fn can_be_read(&self, kind: ImportKind) -> Result<()> {
        let known = kind.formats();
        let Some(format) = self.format.filter(|format| !known.contains(format)) else { return Ok(()) };
        let names: Vec<&str> = known.iter().map(|format| format.name()).collect();
        Err(Error::usage(format!("`{kind}` reads no {format}"))
            .hint(format!("it reads {}", names.join(" and "))))
    }
}

/// The progress of an import; a retried attempt starts a new one. `more` is what this import reports besides.
pub(crate) struct ImportRun<'a, T = ()> {
    pub(crate) counts: Counts,
    /// What is to be said of the files.
    pub(crate) remarks: Remarks,
    pub(crate) warnings: Vec<String>,
    /// Who sees more and who sees fewer records after it.
    pub(super) effect: Effect,
    /// What the import came to, for the person, once it is known that it stands.
    pub(super) sentences: Vec<String>,
    pub(crate) more: T,
    /// What became of each row.
    pub(crate) outcomes: RowOutcomes<'a>,
    /// The code of the operation; none of a dry run, and if nothing changed.
    operation: Option<String>,
    /// Where the rows come from, which rejected ones are to keep.
    pub(crate) origins: Option<Origins>,
    rejects: Rejects,
    /// What was to be said before has been said.
    is_shown: bool,
    writer: EntryWriter<'a>,
    entries: Vec<Entry>,
}

/// Writes audit entries of an import, on any thread.
#[derive(Clone, Copy)]
pub(crate) struct EntryWriter<'a> {
    action: &'static str,
    signature: &'a Signature,
}

impl EntryWriter<'_> {
    pub(crate) fn created(self, after: &impl View) -> Result<Entry> {
        self.entry(&after.code(), None::<&()>, Some(after))
    }

    pub(crate) fn updated<V: View>(self, before: &V, after: &V) -> Result<Entry> {
        self.entry(&after.code(), Some(before), Some(after))
    }

    pub(crate) fn entry(
        self, subject: &str, before: Option<&impl Serialize>, after: Option<&impl Serialize>,
    ) -> Result<Entry> {
        self.signature.entry(self.action, subject, before, after)
    }
}

impl<'a, T> ImportRun<'a, T> {
    /// Counts a row that is not imported. `reason`: lower case, without a full stop.
    pub(crate) fn reject(&mut self, row: &Reject, reason: &str) -> Result<()> {
        self.reject_of(row, None, reason)
    }

    /// The same, where it is known which thing the row is about.
    pub(crate) fn reject_of(&mut self, row: &Reject, thing: Option<&Thing<'_>>, reason: &str) -> Result<()> {
        self.counts.rejected += 1;
        self.outcomes.rejected(row, thing, reason)?;
        let from = self.origins.as_ref().map(|origins| row.from(origins));
        let Reject { columns, cells, .. } = from.as_ref().unwrap_or(row);
        self.rejects.add(&row.origin(), reason, columns, cells)
    }

    /// Counts a new thing, with its audit entry.
    pub(crate) fn created(&mut self, row: &Reject, after: &impl View) -> Result<()> {
        self.counts.created += 1;
        self.outcomes.same(row, Outcome::Created, after)?;
        self.entries.push(self.writer.created(after)?);
        Ok(())
    }

    /// Counts a thing that stays as it is.
    pub(crate) fn unchanged(&mut self, row: &Reject, thing: &impl View) -> Result<()> {
        self.counts.unchanged += 1;
        self.outcomes.same(row, Outcome::Unchanged, thing)
    }

    /// The same where the view is made only for a line about the row.
    pub(crate) fn unchanged_as<V: View>(&mut self, row: &Reject, view: impl FnOnce() -> V) -> Result<()> {
        self.counts.unchanged += 1;
        self.outcomes.same_as(row, Outcome::Unchanged, view)
    }

    /// Counts a thing that existed before, with an audit entry if it differs now. Returns whether it does, and so has to be
    /// stored.
    pub(crate) fn compared<M: PartialEq, V: View>(
        &mut self, row: &Reject, before: &M, after: &M, view: impl Fn(&M) -> V,
    ) -> Result<bool> {
        if before == after {
            self.unchanged_as(row, || view(after))?;
            return Ok(false);
        }
        self.counts.updated += 1;
        let (before, after) = (view(before), view(after));
        self.outcomes.updated(row, &before, &after)?;
        self.entries.push(self.writer.updated(&before, &after)?);
        Ok(true)
    }

    /// Counts what a row changed, with its audit entries.
    pub(super) fn changed<V: View + PartialEq>(
        &mut self, context: &Context, row: &Reject, change: Change<V>,
    ) -> Result<()> {
        let outcome = change.outcome();
        let (things, audited, remarks) = change.into_row();
        self.outcomes.changed(row, outcome, &things)?;
        let count = match outcome {
            Outcome::Created => &mut self.counts.created,
            Outcome::Unchanged => &mut self.counts.unchanged,
            Outcome::Updated | Outcome::Deleted => &mut self.counts.updated,
        };
        *count += 1;
        self.remarks.notes.extend(remarks.iter().map(|remark| format!("{}: {remark}", row.origin())));
        self.entries.extend(context.entries(self.writer.action, audited)?);
        Ok(())
    }

    /// Who sees more and who sees fewer records by it.
    pub(crate) fn affecting(&mut self, effect: Effect) {
        self.effect = effect;
    }

    /// Whom it alerts.
    pub(crate) fn alerting(&mut self, alerted: Option<&Alerted>) {
        self.sentences.extend(alerted.and_then(Alerted::words));
    }

    /// For entries whose things are counted elsewhere.
    pub(crate) fn writer(&self) -> EntryWriter<'a> {
        self.writer
    }

    /// Takes entries that were written elsewhere.
    pub(crate) fn add(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.entries.extend(entries);
    }

    /// Appends the entries so far to the audit trail. A long import calls it now and then, to keep few in memory.
    pub(crate) fn flush(&mut self, context: &Context, tx: &mut Tx<'_>) -> Result<()> {
        context.audit_all(tx, mem::take(&mut self.entries))
    }
}

impl<T> ImportRun<'_, T> {
    /// Reports notes, rejected rows and warnings, and then the error or the counts.
    pub(crate) fn report(
        mut self, context: &Context, done: Result<()>, sum: impl FnOnce(&Summary, T) -> Result<()>,
    ) -> Result<()> {
        if !self.is_shown {
            self.show(context);
        }
        self.rejects.keep(&context.out)?;
        if done.is_err() && context.dry_run && self.counts.rejected > 0 {
            self.outcomes.print()?;
        }
        done?;
        if !self.is_shown {
            self.show_effects(context);
        }
        let counts = self.counts;
        context.out.imported(self.operation.as_ref(), &counts);
        let printed = self.print(context, sum);
        context.out.done(printed, || format!("{}.", counts.words()))?;
        counts.partial()
    }

    /// The counts, and what else there is to know of what was imported.
    fn print(mut self, context: &Context, sum: impl FnOnce(&Summary, T) -> Result<()>) -> Result<()> {
        self.outcomes.print()?;
        let report = Summary {
            counts: self.counts,
            not_kept: self.remarks.not_kept,
            gains: self.effect.gains,
            losses: self.effect.losses,
            import: self.operation,
            ..self.outcomes.summary()
        };
        sum(&report, self.more)?;
        let cleared = if context.dry_run { "Would be cleared" } else { "Cleared" };
        let fields = report.cleared.iter().map(|(field, count)| (field.replace('_', " "), *count));
        context.out.tally(cleared, &fields.collect())?;
        context.out.tally("Not kept", &report.not_kept)?;
        self.outcomes.print_first()?;
        context.out.way_back(&report)
    }
}

impl<T> ImportRun<'_, T> {
    /// What is to be said of the files and of the rows that are rejected.
    fn show(&self, context: &Context) {
        context.out.notes(&self.remarks.notes);
        self.rejects.show(&context.out);
    }

    /// What the import comes to for others.
    fn show_effects(&self, context: &Context) {
        let Effect { gains, losses, .. } = &self.effect;
        let gains = gains.iter().map(|one| one.words("gains"));
        let effect = gains.chain(losses.iter().map(|one| one.words("loses")));
        context.out.notes(&effect.chain(self.sentences.iter().cloned()).collect::<Vec<_>>());
        self.warnings.iter().for_each(|warning| context.out.warn(warning));
    }

    /// Shows the import before it is confirmed.
    fn preview(&self, context: &Context) {
        self.show(context);
        self.show_effects(context);
        self.outcomes.preview(&self.remarks);
    }

    /// That an earlier run with the same operation key has done it all.
    fn done_before(mut self, answer: Answer) -> Self {
        if let Answer::Import { code, counts } = answer {
            (self.operation, self.counts) = (code, counts);
        }
        self.remarks
            .notes
            .push("an earlier run with this operation key has done this: nothing to do".to_owned());
        self
    }

    fn is_change(&self) -> bool {
        self.counts.created + self.counts.updated > 0
    }

    fn question(&self) -> String {
        let Counts { read, created, updated, rejected, .. } = self.counts;
        let parts = [(created, "new"), (updated, "changed"), (rejected, "rejected")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        format!("Import {} ({})?", counted(read, "row", "rows"), parts.join(", "))
    }
}

impl Context {
    /// Imports rows and reports the counts. Errors as those of [`Context::import_rows`], `import.partial`, and usage if
    /// `--columns` names an unknown column.
    pub(crate) fn import(
        &self, kind: ImportKind, args: &ImportArgs,
        mut take: impl FnMut(&mut Tx<'_>, &mut ImportRun<'_>) -> Result<()>,
    ) -> Result<()> {
        self.out.can_show::<Summary>()?;
        let (run, done) = self.import_rows(kind, args, || Ok(()), |tx, run, ()| take(tx, run))?;
        run.report(self, done, |report, ()| self.out.report(kind.things(), report))
    }

    /// Imports rows in one transaction, all of them or with `--keep-going` the good ones. `prepare` reads what can be read
    /// before the transaction, which would make others wait; `take` may run more than once. Errors: denied, those of
    /// `prepare`, and those from before the first row; then those of `take` and `import.rejected`, with what is to be
    /// reported first.
    pub(crate) fn import_rows<'a, P, T: Default>(
        &'a self, kind: ImportKind, args: &ImportArgs, prepare: impl FnOnce() -> Result<P>,
        mut take: impl FnMut(&mut Tx<'_>, &mut ImportRun<'_, T>, &P) -> Result<()>,
    ) -> Result<(ImportRun<'a, T>, Result<()>)> {
        args.can_be_read(kind)?;
        self.actor.may(kind.right())?;
        if let Some(answer) = self.lasting_answer()? {
            return Ok((self.import_run(kind, args)?.done_before(answer), Ok(())));
        }
        // A slow pipe must not hold the database lock.
        args.files.iter().try_for_each(Input::prepare)?;
        sink::can_be_kept()?;
        let prepared = prepare()?;
        let (mut run, mut is_shown) = (None, false);
        let key = self.operation_key()?;
        let work = |tx: &mut Tx<'_>, run: &mut Option<ImportRun<'a, T>>, agree: &mut Agree<'_>| {
            // The files of an attempt before give their names free.
            *run = None;
            if let Some(answer) = self.answer_before(tx)? {
                *run = Some(self.import_run(kind, args)?.done_before(answer));
                return Ok(());
            }
            let run = run.insert(self.import_run(kind, args)?);
            let begun = self.begin_operation(tx);
            take(tx, run, &prepared)?;
            if !args.keep_going {
                run.counts.all_or_nothing()?;
            }
            run.flush(self, tx)?;
            let layout = run.remarks.digest(&args.source_name());
            let has_to_agree = self.shows_imports()
                && run.is_change()
                && !store::operation::is_known(tx, kind.name(), &layout)?;
            agree(has_to_agree.then(|| run.question()).as_deref())?;
            run.operation = self.end_operation(tx, begun, (kind, args), layout, run.counts)?;
            let answer = Answer::Import { code: run.operation.clone(), counts: run.counts };
            self.keep_answer(tx, &key, &answer)
        };
        let done = self.confirmed(&key, &mut run, work, |run, question| {
            if let Some(run) = run {
                run.preview(self);
            }
            is_shown = true;
            self.confirm(question)
        });
        match run {
            Some(run) => Ok((ImportRun { is_shown, ..run }, done)),
            None => Err(done.err().unwrap_or_else(|| Error::internal("an import without a transaction"))),
        }
    }

    /// Whether the first import of its kind is shown and confirmed first: a person looks on.
    fn shows_imports(&self) -> bool {
        self.is_interactive() && self.has_to_ask() && self.out.is_for_people() && !self.out.quiet
    }

    fn import_run<T: Default>(&self, kind: ImportKind, args: &ImportArgs) -> Result<ImportRun<'_, T>> {
        Ok(ImportRun {
            counts: Counts::default(),
            remarks: Remarks::default(),
            warnings: Vec::new(),
            effect: Effect::default(),
            sentences: Vec::new(),
            more: T::default(),
            outcomes: RowOutcomes::new(&self.out, kind.noun(), self.shows_imports())?,
            operation: None,
            origins: None,
            is_shown: false,
            rejects: Rejects::new(args.rejects.as_ref(), self.overwrite, args.reading.encoding.is_some())?,
            writer: EntryWriter { action: kind.name(), signature: &self.signature },
            entries: Vec::new(),
        })
    }
}
