//! `batch`: many commands in one process, on one connection, all of them or each by itself.

mod check;
mod keep_going;
mod row;
mod source;
mod state;
mod together;

use encoding_rs::Encoding;

use crate::commands::prelude::*;
use crate::context::{How, Interpreter, Ran};
use crate::interchange::table::{Reading, encoding};
use row::BatchLine;
use source::Source;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk batch commands.txt
  $ caredesk batch commands.txt --keep-going --state commands.state
  $ caredesk batch --csv people.csv -- account create {login} --name {name} \\
      --level {level} --email {email}

The file has one command on each line, as in a shell, with or without `caredesk` before it: quotation marks, backslashes \
and comments (#) count, a backslash at the end goes on in the next line, and nothing is expanded. All lines are read before the first is run.

With --csv the command behind `--` is run for each row. {column} is what the row has there, as one value, whatever it holds; an option \
whose value is an empty cell is left out. {{ and }} are braces.

By default all is one transaction: what fails takes everything back, and others wait to write until it ends. So no line may write a \
file or send mail. The global options of the batch are those of each line; --dry-run tries the whole and takes it back.")]
pub(crate) struct Batch {
    /// The command lines; `-` is standard input
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath, required_unless_present = "csv", conflicts_with = "csv")]
    file: Option<Input>,
    /// Run one command for each row of this table
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath, requires = "template")]
    csv: Option<Input>,
    /// The sheet of a workbook, or the file in an archive, if there are several
    #[arg(long, value_name = "NAME", requires = "csv")]
    sheet: Option<String>,
    /// The encoding of a table, such as windows-1252 [default: UTF-8, or UTF-16 with its mark]
    #[arg(long, value_name = "LABEL", requires = "csv", value_parser = encoding)]
    encoding: Option<&'static Encoding>,
    /// Run each line by itself, and go on after one that fails; the exit status is that of the first that did
    #[arg(long)]
    keep_going: bool,
    /// Keep in this file which lines are done: a run that broke off goes on there, and does no line twice
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, requires = "keep_going")]
    state: Option<std::path::PathBuf>,
    /// Print what each command prints, in place of a row for each
    #[arg(long, conflicts_with = "state")]
    show: bool,
    /// The command for each row
    #[arg(last = true, value_name = "COMMAND", requires = "csv", conflicts_with = "file")]
    template: Vec<String>,
}

pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.lists::<BatchLine>();
}

pub(crate) fn run(context: &Context, command: &Batch, interpreter: &dyn Interpreter) -> Result<()> {
    context.out.can_show::<BatchLine>()?;
    if context.dry_run && command.state.is_some() {
        return Err(Error::usage("a dry run does no line, and so takes no `--state`"));
    }
    let source = Source::open(command, interpreter)?;
    let batch = Run { context, command, interpreter, source: &source };
    if command.keep_going && !context.dry_run { batch.keep_going() } else { batch.together() }
}

struct Run<'a> {
    context: &'a Context,
    command: &'a Batch,
    interpreter: &'a dyn Interpreter,
    source: &'a Source,
}

impl Batch {
    /// The words of the template, without the name of the program.
    fn words(&self) -> &[String] {
        match self.template.split_first() {
            Some((program, words)) if program == "caredesk" => words,
            _ => &self.template,
        }
    }

    fn reading(&self) -> Reading {
        Reading { sheet: self.sheet.clone(), encoding: self.encoding, ..Reading::default() }
    }
}

impl Run<'_> {
    /// The error of a line, which says where that stands.
    fn at(&self, line: u64, error: Error) -> Error {
        error.at(&self.source.place(line)).detail("line", line)
    }
}
