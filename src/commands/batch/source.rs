//! Where the lines come from: a text of command lines, or a table that fills a template.

use std::cell::Cell;
use std::ffi::OsString;

use super::{Batch, Interpreter};
use crate::commands::prelude::*;
use crate::interchange::table::{Column, Reading, Table};
use crate::model::batch::lines::{CommandLine, command_lines};
use crate::model::batch::template::{Template, perhaps};

/// The most that a file of command lines holds.
const MOST: usize = 256 << 20;

pub(super) struct Source {
    name: String,
    lines: Lines,
    /// How many lines there were when all were read.
    pub(super) count: Cell<u64>,
}

enum Lines {
    Text(Vec<CommandLine>),
    Table { input: Input, reading: Box<Reading>, template: Template },
}

impl Source {
    pub(super) fn open(command: &Batch, interpreter: &dyn Interpreter) -> Result<Self> {
        let (name, lines) = match (&command.file, &command.csv) {
            (Some(file), _) => {
                let bytes = file.read(MOST)?;
                if bytes.len() > MOST {
                    return Err(Error::invalid(
                        "batch.too_long",
                        "a file of command lines has at most 256 MiB",
                    ));
                }
                (file.short_name(), Lines::Text(command_lines(&bytes)))
            }
            (None, Some(csv)) => {
                let roles = interpreter.roles(command.words())?;
                let template = Template::new(command.words(), roles).map_err(Error::usage)?;
                csv.prepare()?;
                let reading = Box::new(command.reading());
                (csv.short_name(), Lines::Table { input: csv.clone(), reading, template })
            }
            (None, None) => return Err(Error::usage("no file of command lines is named")),
        };
        Ok(Source { name, lines, count: Cell::new(0) })
    }

    /// Such as `people.csv line 3`.
    pub(super) fn place(&self, line: u64) -> String {
        format!("{} line {line}", self.name)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Each line with its number, or why it is none; until `each` fails.
    pub(super) fn each(&self, mut each: impl FnMut(u64, Result<Vec<OsString>>) -> Result<()>) -> Result<()> {
        match &self.lines {
            Lines::Text(lines) => lines.iter().try_for_each(|line| {
                let words = line.words().map_err(|why| Error::new(Kind::Usage, "batch.no_line", why));
                each(line.number, words)
            }),
            Lines::Table { input, reading, template } => {
                let mut table = Table::open(input, reading)?;
                let columns = columns(&table, template)?;
                let mut last = 0;
                while let Some(row) = table.next_row()? {
                    let (line, words) = match row {
                        Ok(row) => {
                            let cells = columns.iter().map(|column| row.text(*column));
                            let cells = cells.collect::<Result<Vec<_>, String>>();
                            (row.line(), cells.map(|cells| template.fill(&cells)))
                        }
                        Err(reject) => (reject.line.unwrap_or(0), Err(reject.reason)),
                    };
                    // In JSON several may stand on one line.
                    last = line.max(last + 1);
                    let bad = |why: String| Error::invalid("batch.bad_row", why);
                    each(last, words.map_err(bad))?;
                }
                Ok(())
            }
        }
    }
}

fn columns(table: &Table, template: &Template) -> Result<Vec<Column>> {
    let column = |name: &String| {
        let column = table.column(name)?;
        if column.is_absent() {
            let all: Vec<String> = table.named().map(str::to_owned).collect();
            let message = format!("`{}` has no column `{name}`", table.name());
            return Err(Error::usage(message).hint(perhaps(name, &all)));
        }
        Ok(column)
    };
    template.columns().iter().map(column).collect()
}
