//! The only place that prints: the results of commands, as a table, a sentence, JSON, JSON lines, CSV, TSV or a workbook.
//! Results go to stdout, everything else to stderr.

pub(crate) mod account;
mod age;
pub(crate) mod ask;
mod bars;
pub(crate) mod calendar;
pub(crate) mod capacity;
mod card;
mod cell;
mod change_report;
mod choice;
pub(crate) mod client;
mod columns;
pub(crate) mod contact;
pub(crate) mod database;
mod delimited;
mod difference;
mod directory;
pub(crate) mod doctor;
pub(crate) mod duplicate;
pub(crate) mod explanation;
mod failure;
mod grid;
mod heard;
pub(crate) mod import;
pub(crate) mod invitations;
mod layout;
mod list;
mod login;
pub(crate) mod operation;
mod outcome;
pub(crate) mod package;
mod pages;
pub(crate) mod pass;
pub(crate) mod preview;
pub(crate) mod progress;
pub(crate) mod provider;
pub(crate) mod queue;
pub(crate) mod referral;
mod reject_files;
pub(crate) mod rejects;
pub(crate) mod release;
pub(crate) mod report;
pub(crate) mod resource;
pub(crate) mod row_outcomes;
pub(crate) mod sanitize;
mod schema;
pub(crate) mod sharing;
mod sheet;
pub(crate) mod sink;
mod sorting;
mod statement;
mod stream;
mod style;
mod table;
pub(crate) mod target;
pub(crate) mod terminal;
mod totals;
pub(crate) mod whoami;
mod workbook;
mod wrap;

use std::io::{self, Write};

use crate::model::zone::Zone;
pub(crate) use card::Card;
pub(crate) use change_report::{ChangeReport, Changed};
use chrono::{DateTime, Utc};
use clap::ValueEnum;
pub(crate) use failure::failure;
pub(crate) use heard::{Heard, Listener};
pub(crate) use list::List;
pub(crate) use login::DisabledLogins;
pub(crate) use outcome::Outcome;
pub(crate) use pages::{Page, sifted};
pub(crate) use schema::Schemas;
use serde_json::{Value, json};
pub(crate) use sorting::Sorting;
pub(crate) use statement::statement;

use crate::error::{Error, Kind, Result};
use crate::model::view::{Field, View};
use sanitize::{clean_lines, escaped, sanitize};
use sink::Sink;
use table::LeftOut;
use workbook::Workbook;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: a table, a card or a sentence.
    Table,
    /// One JSON document.
    Json,
    /// One JSON object per line, streamed.
    Jsonl,
    /// RFC 4180, readable by `import`.
    Csv,
    /// Tab-separated.
    Tsv,
    /// An Excel workbook.
    Xlsx,
}

impl Format {
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Format::Json | Format::Jsonl)
    }
}

/// How to print, decided once per run from the command line, the environment and the terminal.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) columns: Option<Vec<String>>,
    /// `-q`: a change prints only the code, and only errors go to stderr.
    pub(crate) quiet: bool,
    /// `-v`: errors are printed with their code and causes.
    pub(crate) verbose: bool,
    /// `--for excel`: a byte order mark, and no cell that a spreadsheet would run.
    pub(crate) spreadsheet: bool,
    pub(crate) colour: bool,
    /// Columns of the terminal; if stdout is none, nothing is cut or wrapped.
    pub(crate) width: Option<usize>,
    /// Columns of a drawing: those of the terminal, else `COLUMNS`, else 80.
    pub(crate) drawing_width: usize,
    /// The zone of times for people; scripts read UTC.
    pub(crate) zone: Zone,
    /// The instant from which ages are computed.
    pub(crate) now: DateTime<Utc>,
    pub(crate) dry_run: bool,
    pub(crate) disabled_logins: DisabledLogins,
    /// Who hears what a command came to, in place of the person.
    pub(crate) listener: Option<Listener>,
}

impl Output {
    pub(crate) fn is_machine_json(&self) -> bool {
        self.format.is_json()
    }

    /// Whether a person reads stdout on a terminal, so that a long list is cut with a note.
    pub(crate) fn is_for_people(&self) -> bool {
        self.format == Format::Table && self.width.is_some()
    }

    /// Whether results are drawn: not for programs, nor if columns or codes are requested.
    pub(crate) fn is_drawing(&self) -> bool {
        self.format == Format::Table && self.columns.is_none() && !self.quiet
    }

    /// Whether `--columns` says which columns are shown, and not only which more or less.
    fn names_all_columns(&self) -> bool {
        self.columns.as_ref().is_some_and(|columns| !columns::is_relative(columns))
    }

    /// Whether `--columns` adds this one to the usual ones.
    fn adds(&self, field: &str) -> bool {
        self.columns.iter().flatten().any(|column| column.strip_prefix('+') == Some(field))
    }

    fn sentence(&self, sentence: &str) -> Result<()> {
        let prefix = if self.dry_run { "dry run: " } else { "" };
        // One line: after a line break in a name the rest would read like output of the program.
        line(&format!("{prefix}{}", sanitize(sentence)))
    }

    /// Usage error if `--columns` names an unknown column, checked before an audited read and before an
    /// import.
    pub(crate) fn can_show<T: View>(&self) -> Result<()> {
        self.columns.as_ref().map_or(Ok(()), |columns| columns::check_columns(columns, T::FIELDS.iter()))
    }

    /// Whether the output has this field. Errors as those of [`Output::can_show`].
    pub(crate) fn shows<T: View>(&self, field: &str) -> Result<bool> {
        self.can_show::<T>()?;
        let is_named =
            |columns: &Vec<String>| columns::chosen(columns, std::iter::once(field)).contains(&field);
        Ok(!self.quiet && self.columns.as_ref().is_none_or(is_named))
    }

    /// Shows one thing whole. For people with `card`; without one, a line for each field.
    pub(crate) fn show<'a, T: View>(
        &'a self, object: &T, card: impl FnOnce() -> Option<Card<'a>>,
    ) -> Result<()> {
        if self.quiet {
            return line(&object.code());
        }
        self.can_show::<T>()?;
        let fields = self.narrowed(cell::fields(object)?);
        if self.format != Format::Table {
            return self.document(&Value::Object(fields), T::FIELDS);
        }
        let card = if self.columns.is_none() { card() } else { None };
        self.put(card.unwrap_or_else(|| Card::of_fields(self, &fields, T::FIELDS)))
    }

    fn put(&self, card: Card<'_>) -> Result<()> {
        let (text, left_out) = card.into_parts();
        lines(&text)?;
        self.note_left_out(&left_out, "`-o json`");
        Ok(())
    }

    /// Notes which columns were left out, and how to see them. That a column is empty says that nothing is missed.
    fn note_left_out(&self, LeftOut { full, empty }: &LeftOut, other: &str) {
        let them = if full.len() == 1 { "it" } else { "them" };
        let missing = format!("no room for {}: {other} shows {them}", full.join(", "));
        let nothing = format!("left out because empty: {}", empty.join(", "));
        let notes = [(full, missing), (empty, nothing)];
        let notes: Vec<String> =
            notes.into_iter().filter(|(columns, _)| !columns.is_empty()).map(|(_, note)| note).collect();
        if !notes.is_empty() {
            self.note(&notes.join("; "));
        }
    }

    /// Prints rows as they come, one block in memory at a time.
    pub(crate) fn list<T: View>(&self) -> Result<List<'_, T>> {
        List::begin(self, &[])
    }

    /// A list that is there as a whole, or the note `nothing`.
    pub(crate) fn rows<T: View>(&self, rows: impl IntoIterator<Item = T>, nothing: &str) -> Result<()> {
        let mut list = self.list::<T>()?;
        for row in rows {
            list.row(&row)?;
        }
        list.end(nothing)
    }

    fn document(&self, object: &Value, fields: &'static [Field]) -> Result<()> {
        match self.format {
            Format::Json => {
                lines(&escaped(&serde_json::to_string_pretty(object).map_err(cell::unprintable)?))
            }
            Format::Jsonl => lines(&escaped(&serde_json::to_string(object).map_err(cell::unprintable)?)),
            Format::Csv | Format::Tsv => {
                let row = object.as_object().cloned().unwrap_or_default();
                let mut text = Vec::new();
                delimited::begin(&mut text, self, row.keys().map(String::as_str))?;
                let keys = row.keys().map(|key| (key.as_str(), cell::known(key, fields).1));
                delimited::row(&mut text, self, keys, &row)?;
                bytes(&text)
            }
            Format::Xlsx => {
                let row = object.as_object().cloned().unwrap_or_default();
                let keys = row.keys().map(|key| (key.clone(), cell::known(key, fields).1));
                let mut workbook = Workbook::begin("caredesk", keys, self.zone, self.now)?;
                workbook.row(&row)?;
                workbook.end()
            }
            Format::Table => {
                let nothing = cell::Fields::new();
                self.put(Card::of_fields(self, object.as_object().unwrap_or(&nothing), fields))
            }
        }
    }

    /// Only the fields that `--columns` names, in its order, or all but those that it leaves out.
    fn narrowed(&self, mut fields: cell::Fields) -> cell::Fields {
        let Some(columns) = &self.columns else { return fields };
        let keys: Vec<String> = fields.keys().cloned().collect();
        let chosen = columns::chosen(columns, keys.iter().map(String::as_str));
        chosen.into_iter().filter_map(|key| fields.shift_remove_entry(key)).collect()
    }

    /// A note on stderr.
    pub(crate) fn note(&self, text: &str) {
        self.aside("note", text);
    }

    /// The first notes of many, and how many more there are.
    pub(crate) fn notes(&self, notes: &[impl AsRef<str>]) {
        const MOST: usize = 20;
        for note in notes.iter().take(MOST) {
            self.note(note.as_ref());
        }
        let more = notes.len().saturating_sub(MOST);
        if more > 0 {
            self.note(&format!("… and {more} more of such notes"));
        }
    }

    /// A warning on stderr.
    pub(crate) fn warn(&self, text: &str) {
        self.aside("warning", text);
    }

    /// The end of a command that has committed a change. That its answer is not read does not undo it, and a failure would be
    /// taken for one of the change: what was done is said on stderr in place of it.
    pub(crate) fn done(&self, printed: Result<()>, done: impl FnOnce() -> String) -> Result<()> {
        let why = match printed {
            Ok(()) if !sink::is_closed() => return Ok(()),
            Ok(()) => "the answer was not read".to_owned(),
            Err(error) if self.dry_run => return Err(error),
            Err(error) if sink::is_redirected() => {
                return Err(error.hint(format!("it was done all the same: {}", done())));
            }
            Err(error) => error.message().to_owned(),
        };
        if !self.dry_run {
            self.beside("warning", &format!("{why}, but it was done: {}", done()));
        }
        Ok(())
    }

    fn aside(&self, word: &str, text: &str) {
        if !self.quiet {
            self.beside(word, text);
        }
    }

    fn beside(&self, word: &str, text: &str) {
        if let Some(listener) = &self.listener {
            return listener.remark(text);
        }
        if self.is_machine_json() {
            to_stderr(&escaped(&json!({word: text}).to_string()));
        } else {
            let line = format!("{word}: {}", sanitize(text));
            to_stderr(&self.width.map_or(line.clone(), |width| wrap::hanging(&line, width, word.len() + 2)));
        }
    }
}

#[cfg(test)]
impl Output {
    fn for_tests(width: Option<usize>) -> Self {
        Output {
            format: Format::Table,
            columns: None,
            quiet: false,
            spreadsheet: false,
            colour: false,
            width,
            drawing_width: width.unwrap_or(80),
            zone: Zone::utc(),
            now: DateTime::from_timestamp(1_795_338_000, 0).unwrap_or_default(),
            dry_run: false,
            verbose: false,
            disabled_logins: DisabledLogins::default(),
            listener: None,
        }
    }
}

/// If stderr is closed nothing can be reported.
fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

fn line(text: &str) -> Result<()> {
    bytes(format!("{}\n", clean_lines(text)).as_bytes())
}

fn lines(text: &str) -> Result<()> {
    bytes(format!("{}\n", text.trim_end_matches('\n')).as_bytes())
}

fn bytes(bytes: &[u8]) -> Result<()> {
    Sink.write_all(bytes).and_then(|()| Sink.end()).or_else(closed)
}

/// The code of an answer that cannot be written.
pub(crate) const UNWRITABLE: &str = "output.unwritable";

/// The reader may close the pipe: `| head` is not an error.
fn closed(error: io::Error) -> Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(());
    }
    let message = format!("the answer cannot be written: {error}");
    Err(Error::new(Kind::Internal, UNWRITABLE, message).because(error))
}

/// Whether a terminal shows the text as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    sanitize(text) == text
}

/// What the grammar says about a command line, with nothing in it that a terminal would obey.
pub(crate) fn complaint(text: &str) {
    to_stderr(clean_lines(text).trim_end());
}

/// Prints a text on stdout, such as a drawing.
pub(crate) fn text(text: &str) -> Result<()> {
    lines(text)
}

/// Prints generated bytes, such as completions.
pub(crate) fn raw(text: &[u8]) -> Result<()> {
    bytes(text)
}
