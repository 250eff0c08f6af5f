//! The row of a line: what became of it.

use std::collections::BTreeMap;

use crate::commands::prelude::*;
use crate::file::Spool;
use crate::model::batch::counted_noun;
use crate::output::{Heard, Outcome};

view! {
    /// What became of one line of a batch.
    #[derive(serde::Deserialize)]
    pub(crate) struct BatchLine("line", |view| view.codes.join(" ")) {
        /// The line of the file on which the command begins.
        line: u64 => Number,
        /// The noun and the verb.
        command: String => Text,
        /// The exit status that the command would have by itself.
        exit: u8 => Number,
        /// What became of the things that it is about; null of a command that changes nothing by its nature.
        result: Option<Outcome> => Status,
        /// What sort of things they are.
        noun: Option<String> => Text(hidden),
        /// Their codes.
        codes: Vec<String> => Many(hidden),
        /// What was done, in a sentence, or why nothing was.
        message: Option<String> => Text,
        /// The code of the error.
        error: Option<String> => Text(hidden),
        /// What to do about it.
        hint: Option<String> => Text(hidden),
        /// The notes and warnings of the command.
        remarks: Vec<String> => Many(hidden),
    }
}

/// The rows of lines, kept on the disk where they are many.
pub(super) struct Rows(Spool);

impl Rows {
    pub(super) fn new() -> Self {
        Rows(Spool::new())
    }

    pub(super) fn clear(&self) -> Result<()> {
        self.0.clear()
    }

    pub(super) fn add(&self, row: &BatchLine) -> Result<()> {
        self.0.add_line(&row.line_of_json()?)
    }

    pub(super) fn each(&self, mut each: impl FnMut(BatchLine) -> Result<()>) -> Result<()> {
        self.0.each_line(|text| each(serde_json::from_str(text).map_err(unprintable)?))
    }
}

pub(super) fn unprintable(error: serde_json::Error) -> Error {
    Error::internal(format!("a row of the batch cannot be kept: {error}"))
}

impl BatchLine {
    /// As it is kept.
    pub(super) fn line_of_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(unprintable)
    }

    pub(super) fn new(line: u64, command: &str, done: &Result<()>, heard: Heard) -> Self {
        let error = done.as_ref().err();
        let outcomes = heard.things.iter().map(|thing| thing.outcome);
        BatchLine {
            line,
            command: command.to_owned(),
            exit: error.map_or(0, |error| error.kind().exit_status()),
            result: Outcome::of_all(outcomes),
            noun: heard.things.first().map(|thing| thing.noun.to_owned()),
            codes: heard.things.into_iter().map(|thing| thing.code).collect(),
            message: error.map(|error| error.message().to_owned()).or(heard.sentence),
            error: error.map(|error| error.code().to_owned()),
            hint: error.and_then(Error::hint_text).map(str::to_owned),
            remarks: heard.remarks,
        }
    }

    /// Why an earlier run of the batch could not do it.
    pub(super) fn failure(&self) -> Option<Error> {
        let kind = Kind::of_exit_status(self.exit)?;
        let error = Error::new(kind, "batch.failed_before", self.message.clone().unwrap_or_default());
        Some(self.hint.iter().fold(error, Error::hint))
    }

    /// What an earlier run with the operation key of the batch has done.
    pub(super) fn done_before(line: u64, command: &str, things: Vec<(Outcome, String)>) -> Self {
        let outcomes = things.iter().map(|(outcome, _)| *outcome);
        let said = things.iter().map(|(outcome, code)| {
            format!("{code} {}", WORDS.get(place(*outcome)).map_or("", |(_, word)| word))
        });
        let said = said.collect::<Vec<_>>().join(", ");
        BatchLine {
            result: Outcome::of_all(outcomes),
            message: (!said.is_empty()).then(|| format!("Done before: {said}.")),
            codes: things.into_iter().map(|(_, code)| code).collect(),
            ..BatchLine::new(line, command, &Ok(()), Heard::default())
        }
    }
}

/// The rows of a batch in numbers.
#[derive(Default)]
pub(super) struct Totals {
    commands: u64,
    pub(super) failed: u64,
    things: BTreeMap<(String, usize), u64>,
}

impl Totals {
    pub(super) fn add(&mut self, row: &BatchLine) {
        self.commands += 1;
        self.failed += u64::from(row.exit != 0);
        if let (Some(noun), Some(result)) = (&row.noun, row.result) {
            *self.things.entry((noun.clone(), place(result))).or_default() += row.codes.len() as u64;
        }
    }

    /// `Done: 3 commands: 2 accounts created, 1 client changed.`
    pub(super) fn sentence(&self) -> String {
        let things = self.things.iter().map(|((noun, place), count)| {
            let things = counted_noun(*count, noun);
            format!("{things} {}", WORDS.get(*place).map_or("", |(_, word)| word))
        });
        let things = things.collect::<Vec<_>>().join(", ");
        let commands = counted(self.commands, "command", "commands");
        let done = match self.failed {
            0 => commands,
            failed => format!("{} of {commands}, {failed} failed", self.commands - failed),
        };
        if things.is_empty() { format!("Done: {done}.") } else { format!("Done: {done}: {things}.") }
    }
}

/// In the order in which they are counted.
const WORDS: [(Outcome, &str); 4] = [
    (Outcome::Created, "created"),
    (Outcome::Updated, "changed"),
    (Outcome::Unchanged, "unchanged"),
    (Outcome::Deleted, "deleted"),
];

fn place(outcome: Outcome) -> usize {
    WORDS.iter().position(|(one, _)| *one == outcome).unwrap_or_default()
}
