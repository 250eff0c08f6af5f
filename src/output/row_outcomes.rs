//! What an import came to, row by row: a line for each with `-o jsonl`, the first differences of a dry run for people, and
//! how many values were cleared.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};

use anyhow::Context as _;
use serde::Serialize;

use super::cell::{self, Fields};
use super::change_report::words;
use super::preview::FirstRows;
use super::sanitize::{escaped, sanitize};
use super::sink::Sink;
use super::{Changed, Format, Outcome, Output, closed, line};
use crate::error::Result;
use crate::model::difference::{Difference, differences};
use crate::model::directory::Reject;
use crate::model::import::{FieldChange, Summary};
use crate::model::remarks::Remarks;
use crate::model::tally::Tally;
use crate::model::view::{Field, View};

/// So many differences are shown of a dry run.
const FIRST: usize = 10;

/// Collected during an import, in bounded memory: the lines wait in a file until it is known that the import stands.
pub(crate) struct RowOutcomes<'a> {
    output: &'a Output,
    /// What the rows are of.
    noun: &'static str,
    lines: Option<BufWriter<File>>,
    /// The first differences as sentences and as values.
    first: Vec<String>,
    changes: Vec<FieldChange>,
    differing: u64,
    cleared: Tally,
    /// None where nothing is asked.
    preview: Option<FirstRows>,
}

/// What a row is about.
pub(crate) struct Thing<'a> {
    pub(crate) noun: &'static str,
    pub(crate) fields: &'static [Field],
    pub(crate) code: Cow<'a, str>,
    pub(crate) name: Option<String>,
}

/// One line of `-o jsonl`. The code of the thing stands under its noun, and its name beside it.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct RowLine<'a> {
    file: &'a str,
    /// The line on which it starts; null where the file has no lines that count.
    row: Option<u64>,
    /// Where it is in JSON.
    place: Option<&'a str>,
    outcome: RowOutcome,
    #[serde(flatten)]
    #[schemars(skip)]
    thing: Fields,
    changes: Vec<Difference>,
    /// Why it was rejected.
    reason: Option<&'a str>,
}

#[derive(Clone, Copy, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RowOutcome {
    Created,
    Updated,
    Unchanged,
    Deleted,
    Rejected,
}

impl From<Outcome> for RowOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Created => RowOutcome::Created,
            Outcome::Updated => RowOutcome::Updated,
            Outcome::Unchanged => RowOutcome::Unchanged,
            Outcome::Deleted => RowOutcome::Deleted,
        }
    }
}

impl<'a> RowOutcomes<'a> {
    /// `is_shown_first` says that the import may be shown and confirmed first.
    pub(crate) fn new(output: &'a Output, noun: &'static str, is_shown_first: bool) -> Result<Self> {
        let has_lines = output.format == Format::Jsonl && output.columns.is_none() && !output.quiet;
        let file = || tempfile::tempfile().context("there is no room for the lines of the import");
        let lines = has_lines.then(file).transpose()?.map(BufWriter::new);
        Ok(RowOutcomes {
            output,
            noun,
            lines,
            first: Vec::new(),
            changes: Vec::new(),
            differing: 0,
            cleared: Tally::default(),
            preview: is_shown_first.then(FirstRows::default),
        })
    }

    /// With the first differences only where nothing was written.
    pub(crate) fn summary(&self) -> Summary {
        let more_changes = self.differing - self.first.len() as u64;
        let (changes, more_changes) =
            if self.output.dry_run { (self.changes.clone(), more_changes) } else { (Vec::new(), 0) };
        Summary { cleared: self.cleared.clone(), changes, more_changes, ..Summary::default() }
    }

    /// A row whose thing is new, or stays as it is.
    pub(crate) fn same<V: View>(&mut self, row: &Reject, outcome: Outcome, thing: &V) -> Result<()> {
        if !self.needs(row) {
            return Ok(());
        }
        let fields = cell::fields(thing)?;
        let name = name_of(thing, &fields);
        self.show_first(row, outcome, V::FIELDS, &fields);
        self.write(row, outcome.into(), Vec::new(), None, Some(&Thing::of::<V>(thing.code(), name)))
    }

    /// Shows the first rows before the import is confirmed.
    pub(crate) fn preview(&self, remarks: &Remarks) {
        if let Some(first) = &self.preview {
            self.output.preview(first, remarks, &self.cleared);
        }
    }

    /// Whether the view of the row's thing is needed.
    fn needs(&self, row: &Reject) -> bool {
        self.lines.is_some() || self.preview.as_ref().is_some_and(|first| first.wants(row))
    }

    fn show_first(&mut self, row: &Reject, outcome: Outcome, known: &'static [Field], fields: &Fields) {
        if let Some(first) = self.preview.as_mut().filter(|first| first.wants(row)) {
            first.add(row, outcome, known, fields);
        }
    }

    /// The same where the view is made only for the line.
    pub(crate) fn same_as<V: View>(
        &mut self, row: &Reject, outcome: Outcome, view: impl FnOnce() -> V,
    ) -> Result<()> {
        if self.needs(row) { self.same(row, outcome, &view()) } else { Ok(()) }
    }

    /// A row that changes its thing.
    pub(crate) fn updated<V: View>(&mut self, row: &Reject, before: &V, after: &V) -> Result<()> {
        self.differs(row, Outcome::Updated, before, after)
    }

    /// The same with the differing fields alone.
    pub(crate) fn differing(
        &mut self, row: &Reject, thing: &Thing<'_>, before: &Fields, after: Fields,
    ) -> Result<()> {
        let mut shown: Fields = [("code", Some(&*thing.code)), ("name", thing.name.as_deref())]
            .into_iter()
            .map(|(key, text)| (key.to_owned(), text.into()))
            .collect();
        shown.extend(after.clone());
        self.show_first(row, Outcome::Updated, thing.fields, &shown);
        self.add(row, Outcome::Updated, thing, differences(before, after))
    }

    /// What a row did by the rules of a verb.
    pub(crate) fn changed<V: View>(
        &mut self, row: &Reject, outcome: Outcome, things: &[Changed<V>],
    ) -> Result<()> {
        match things {
            [Changed { before: Some(before), after, .. }, ..] if outcome != Outcome::Unchanged => {
                self.differs(row, outcome, before, after)
            }
            [one, ..] => self.same(row, outcome, &one.after),
            [] => Ok(()),
        }
    }

    fn differs<V: View>(&mut self, row: &Reject, outcome: Outcome, before: &V, after: &V) -> Result<()> {
        let (was, is) = (cell::fields(before)?, cell::fields(after)?);
        let name = name_of(after, &is);
        self.show_first(row, outcome, V::FIELDS, &is);
        self.add(row, outcome, &Thing::of::<V>(after.code(), name), differences(&was, is))
    }

    fn add(
        &mut self, row: &Reject, outcome: Outcome, thing: &Thing<'_>, differences: Vec<Difference>,
    ) -> Result<()> {
        let differs = |key: &str| differences.iter().any(|one| one.field == key);
        for Difference { field, .. } in differences.iter().filter(|one| one.clears()) {
            // A name goes with the code that it stands beside.
            if !field.strip_suffix("_name").is_some_and(differs) {
                *self.cleared.entry(field.clone()).or_default() += 1;
            }
        }
        self.differing += 1;
        if self.output.dry_run && self.first.len() < FIRST {
            let words: Vec<String> =
                differences.iter().map(|one| words(self.output, thing.fields, one)).collect();
            let Thing { noun, code, name, .. } = thing;
            let name = name.as_ref().filter(|name| **name != **code);
            let name = name.map(|name| format!(" ({name})")).unwrap_or_default();
            self.changes.extend(differences.iter().map(|one| {
                let Difference { field, from, to } = one.clone();
                FieldChange { subject: code.to_string(), field, from, to }
            }));
            self.first.push(format!("Would change {noun} {code}{name}: {}", words.join(", ")));
        }
        if self.lines.is_none() {
            return Ok(());
        }
        self.write(row, outcome.into(), differences, None, Some(thing))
    }

    pub(crate) fn rejected(&mut self, row: &Reject, thing: Option<&Thing<'_>>, reason: &str) -> Result<()> {
        if self.lines.is_none() {
            return Ok(());
        }
        self.write(row, RowOutcome::Rejected, Vec::new(), Some(reason), thing)
    }

    fn write(
        &mut self, row: &Reject, outcome: RowOutcome, changes: Vec<Difference>, reason: Option<&str>,
        thing: Option<&Thing<'_>>,
    ) -> Result<()> {
        let Some(lines) = &mut self.lines else { return Ok(()) };
        let texts = thing.map_or([None, None], |thing| [Some(&*thing.code), thing.name.as_deref()]);
        let texts = texts.map(|text| text.filter(|text| !text.is_empty()).into());
        let thing = keys_of(self.noun).into_iter().zip(texts).collect();
        let (file, place) = (row.file.as_str(), row.place.as_deref());
        let line = RowLine { file, row: row.line, place, outcome, changes, reason, thing };
        let text = serde_json::to_string(&line).map_err(cell::unprintable)?;
        Ok(writeln!(lines, "{}", escaped(&text)).context("the lines of the import cannot be kept")?)
    }

    /// Prints the lines.
    pub(crate) fn print(&mut self) -> Result<()> {
        let Some(lines) = self.lines.take() else { return Ok(()) };
        let unreadable = "the lines of the import cannot be read";
        let mut file = lines.into_inner().map_err(std::io::IntoInnerError::into_error).context(unreadable)?;
        file.rewind().context(unreadable)?;
        let mut block = vec![0; 1 << 16];
        loop {
            let length = file.read(&mut block).context(unreadable)?;
            let Some(part) = block.get(..length).filter(|part| !part.is_empty()) else { break };
            if let Err(error) = Sink.write_all(part) {
                return closed(error);
            }
        }
        Sink.end().or_else(closed)
    }

    /// For people: the first differences of a dry run, and how many more there are.
    pub(crate) fn print_first(&self) -> Result<()> {
        if !self.output.dry_run || !self.output.is_drawing() {
            return Ok(());
        }
        self.first.iter().try_for_each(|one| line(&sanitize(one)))?;
        let more = self.differing.saturating_sub(self.first.len() as u64);
        if more == 0 {
            Ok(())
        } else {
            line(&format!("… and {more} more; `-o jsonl` has a line for each row"))
        }
    }
}

impl<'a> Thing<'a> {
    fn of<V: View>(code: Cow<'a, str>, name: Option<String>) -> Self {
        Thing { noun: V::NOUN, fields: V::FIELDS, code, name }
    }

    /// A thing of which nothing is known but what people quote.
    pub(crate) fn called<V: View>(code: &'a str) -> Self {
        Thing::of::<V>(code.into(), None)
    }

    /// The thing of a view that is not compared as a whole.
    pub(crate) fn named<V: View>(thing: &'a V, name: &str) -> Self {
        Thing::of::<V>(thing.code(), Some(name.to_owned()))
    }
}

/// The keys of the code and the name of what a row is about.
pub(super) fn keys_of(noun: &str) -> [String; 2] {
    [noun.to_owned(), format!("{noun}_name")]
}

/// What a thing is called, or a person.
fn name_of(thing: &impl View, fields: &Fields) -> Option<String> {
    let name = thing.name().or_else(|| cell::text_in(fields, "name"));
    name.map(str::to_owned).or_else(|| cell::person(fields))
}
