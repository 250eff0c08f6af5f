//! What a line of a batch says, by the grammar: the command, the options and files that it names, and the places of its words.

use std::any::TypeId;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::builder::ValueRange;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use crate::cli::globals::Globals;
use crate::cli::parse::{self, OneVerb};
use crate::cli::{Cli, deferred, help, refusal};
use crate::error::{Error, Result};
use crate::file::Input;
use crate::model::batch::template::Role;
use crate::output::target::Target;

/// The grammars of verbs that earlier lines have named: to build one takes longer than to parse with it.
#[derive(Default)]
pub(in crate::cli) struct Verbs(HashMap<Vec<OsString>, Command>);

/// A line that was understood.
pub(in crate::cli) struct Line {
    pub(in crate::cli) cli: Cli,
    /// The noun and its verb.
    pub(in crate::cli) path: Vec<String>,
    /// What stands on it, and not in the environment.
    pub(in crate::cli) given: Vec<Given>,
}

pub(in crate::cli) struct Given {
    pub(in crate::cli) id: String,
    /// As it is written: `--out`, or `<FILE>`.
    pub(in crate::cli) name: String,
    pub(in crate::cli) file: Option<FileUse>,
    /// Whether it is `-`, and nothing else.
    pub(in crate::cli) is_standard: bool,
    /// Whether all commands take it.
    pub(in crate::cli) is_global: bool,
}

/// What is done with a file that an argument names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum FileUse {
    Reads,
    /// A file, or standard output with `-`.
    Target,
    /// A file or a folder.
    Writes,
    /// Its name alone, such as that of a database.
    Names,
}

impl FileUse {
    /// Its type says it, so that no argument can be forgotten.
    pub(in crate::cli) fn of(argument: &Arg) -> Option<FileUse> {
        let kind = argument.get_value_parser().type_id();
        if kind == TypeId::of::<Input>() {
            return Some(FileUse::Reads);
        }
        if kind == TypeId::of::<Target>() {
            return Some(FileUse::Target);
        }
        if kind == TypeId::of::<PathBuf>() {
            return Some(FileUse::Writes);
        }
        is_path(argument).then_some(FileUse::Names)
    }

    pub(in crate::cli) fn writes(self) -> bool {
        matches!(self, FileUse::Target | FileUse::Writes)
    }
}

/// Whether help or completion takes its value for a path, or for a program.
fn is_path(argument: &Arg) -> bool {
    use clap::ValueHint::{AnyPath, CommandWithArguments, DirPath, ExecutablePath, FilePath};
    let names = argument.get_value_names().unwrap_or_default();
    let is_name =
        |name: &str| name.split('|').any(|name| ["FILE", "DIR", "PATH", "FOLDER", "URL"].contains(&name));
    let hint = argument.get_value_hint();
    let is_hinted = matches!(hint, AnyPath | CommandWithArguments | DirPath | ExecutablePath | FilePath);
    is_hinted || names.iter().any(|name| is_name(name))
}

impl Verbs {
    /// Errors as those of a command line of its own.
    pub(super) fn read(&mut self, words: &[OsString]) -> Result<Line> {
        let arguments: Vec<OsString> =
            std::iter::once("caredesk".into()).chain(words.iter().cloned()).collect();
        match self.parse(&arguments) {
            Ok(line) => Ok(line),
            Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
                Err(Error::usage("a line asks for no help"))
            }
            Err(error) => Err(refusal::usage(&error, &arguments)),
        }
    }

    /// The same for the arguments of a run, with the errors of the grammar.
    pub(in crate::cli) fn parse(&mut self, arguments: &[OsString]) -> Result<Line, clap::Error> {
        if let Some(line) = self.quickly(arguments) {
            return Ok(line);
        }
        understood(&mut help::grammar(), arguments)
    }

    fn quickly(&mut self, arguments: &[OsString]) -> Option<Line> {
        let words = arguments.get(1..)?;
        let known =
            (1..=words.len().min(MOST_NAMES)).rev().find(|depth| self.0.contains_key(&words[..*depth]));
        let depth = if let Some(depth) = known {
            depth
        } else {
            let OneVerb { mut grammar, before, depth } = parse::one_verb(words)?;
            if before > 0 {
                let matches = grammar.try_get_matches_from_mut(arguments).ok()?;
                return line(&grammar, matches).ok();
            }
            self.0.insert(words.get(..depth)?.to_vec(), grammar);
            depth
        };
        let grammar = self.0.get_mut(words.get(..depth)?)?;
        let matches = grammar.try_get_matches_from_mut(arguments).ok()?;
        line(grammar, matches).ok()
    }
}

/// So many words name a noun and its verb.
const MOST_NAMES: usize = 3;

/// A line that is understood with this grammar.
pub(in crate::cli) fn understood(grammar: &mut Command, arguments: &[OsString]) -> Result<Line, clap::Error> {
    let matches = grammar.try_get_matches_from_mut(arguments).map_err(parse::shortened)?;
    line(grammar, matches)
}

fn line(grammar: &Command, matches: ArgMatches) -> Result<Line, clap::Error> {
    let (mut path, mut given) = (Vec::new(), Vec::new());
    let (mut command, mut here) = (grammar, &matches);
    loop {
        let named = command.get_arguments().filter(|argument| is_given(argument, here));
        given.extend(named.map(|argument| Given::of(argument, here)));
        let Some((name, inner)) = here.subcommand() else { break };
        path.push(name.to_owned());
        here = inner;
        let Some(inner) = command.find_subcommand(name) else { break };
        command = inner;
    }
    Ok(Line { cli: parse::cli(matches)?, path, given })
}

fn is_given(argument: &Arg, matches: &ArgMatches) -> bool {
    let id = argument.get_id().as_str();
    matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
}

impl Line {
    /// The noun and the verb.
    pub(in crate::cli) fn command(&self) -> String {
        self.path.join(" ")
    }

    /// Whether this stands on it.
    pub(in crate::cli) fn has(&self, id: &str) -> bool {
        self.given.iter().any(|given| given.id == id)
    }

    /// Refused if it would read what its batch or its shell comes from.
    pub(in crate::cli) fn must_not_read_input(&self, whole: &str) -> Result<()> {
        let reads_input = |given: &&Given| given.file == Some(FileUse::Reads) && given.is_standard;
        let Some(given) = self.given.iter().find(reads_input) else { return Ok(()) };
        let message = format!("`{} -`: a line of {whole} has no standard input", given.name);
        Err(Error::usage(message).hint("name a file"))
    }

    /// Its own global options, and for the rest those of all lines, where these mean the same in a batch and in a shell.
    pub(in crate::cli) fn with_what_all_say(&self, of_all: &Globals) -> Globals {
        let own = self.cli.globals.clone();
        Globals {
            acting: if self.has("acting") { own.acting } else { of_all.acting.clone() },
            reader: own.reader.or(of_all.reader),
            yes: own.yes || of_all.yes,
            even_so: own.even_so || of_all.even_so,
            overwrite: own.overwrite || of_all.overwrite,
            settings: of_all.settings.clone(),
            ..own
        }
    }
}

impl Given {
    /// An option of all lines stands on one.
    pub(in crate::cli) fn is_of_all(&self, whole: &str, command: &str) -> Error {
        let name = &self.name;
        Error::usage(format!("`{name}` stands on no line of {whole}"))
            .hint(format!("it is of all lines: `caredesk {name} … {command}`"))
    }

    fn of(argument: &Arg, matches: &ArgMatches) -> Self {
        let named = Given::named(argument);
        let values = matches.try_get_raw(&named.id).ok().flatten().into_iter().flatten();
        let values: Vec<&OsStr> = values.collect();
        Given { is_standard: !values.is_empty() && values.iter().all(|value| *value == "-"), ..named }
    }

    /// Whatever its value is.
    pub(in crate::cli) fn named(argument: &Arg) -> Self {
        let id = argument.get_id().as_str();
        let name = match argument.get_long() {
            Some(long) => format!("--{long}"),
            None => {
                format!("<{}>", argument.get_value_names().and_then(<[_]>::first).map_or(id, |name| name))
            }
        };
        Given {
            id: id.to_owned(),
            name,
            file: FileUse::of(argument),
            is_standard: false,
            is_global: parse::is_global(argument.get_id()),
        }
    }
}

/// What each word of a template is. What `is_filled` is not known before the rows, and so names neither a command nor an option.
pub(in crate::cli) fn roles(words: &[OsString], is_filled: &dyn Fn(&OsStr) -> bool) -> Result<Vec<Role>> {
    let mut command = deferred::with_any_of(words, whole);
    command.build();
    let mut roles = Vec::with_capacity(words.len());
    let names = words.iter().take_while(|word| !is_filled(word) && !begins_option(word));
    for word in names {
        let Some(inner) = command.find_subcommand(word) else { break };
        command = inner.clone();
        roles.push(Role::Command);
    }
    if command.has_subcommands() {
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        return Err(Error::usage(format!("`{}` begins with no command", words.join(" ")))
            .hint("the noun and the verb come first, and from no column"));
    }
    let mut open: Option<(String, usize)> = None;
    let mut is_over = false;
    for word in words.iter().skip(roles.len()) {
        let role = match open.take() {
            _ if is_over => Role::Positional,
            Some((option, left)) if !begins_option(word) || is_filled(word) => {
                open = (left > 1).then(|| (option.clone(), left - 1));
                Role::Value(option)
            }
            _ if word == "--" => {
                is_over = true;
                Role::End
            }
            _ if !begins_option(word) || word == "-" => Role::Positional,
            _ => {
                let role = option(&command, word, is_filled)?;
                open = match &role {
                    Role::Option { name, values } if *values > 0 => Some((name.clone(), *values)),
                    _ => None,
                };
                role
            }
        };
        roles.push(role);
    }
    Ok(roles)
}

fn whole() -> Command {
    use clap::CommandFactory as _;
    Cli::command()
}

fn begins_option(word: &OsStr) -> bool {
    word.as_encoded_bytes().starts_with(b"-")
}

/// An option of a template. Refused where its name is not all there.
fn option(command: &Command, word: &OsStr, is_filled: &dyn Fn(&OsStr) -> bool) -> Result<Role> {
    let text = word.to_string_lossy();
    if let Some((name, _)) = text.strip_prefix("--").and_then(|text| text.split_once('='))
        && !is_filled(name.as_ref())
    {
        return Ok(Role::Joined(format!("--{name}")));
    }
    if is_filled(word) {
        return Err(Error::usage(format!("`{text}`: no column names an option"))
            .hint("write it as `--option {column}`: a cell is a value, whatever it begins with"));
    }
    let is_this = |argument: &&Arg| match text.strip_prefix("--") {
        Some(long) => {
            argument.get_long() == Some(long)
                || argument.get_all_aliases().unwrap_or_default().contains(&long)
        }
        None => argument.get_short().is_some_and(|short| text == format!("-{short}")),
    };
    let found = command.get_arguments().find(is_this);
    let values = found.and_then(Arg::get_num_args).filter(ValueRange::takes_values);
    let name = found.and_then(Arg::get_long).map_or_else(|| text.to_string(), |long| format!("--{long}"));
    Ok(Role::Option { name, values: values.map_or(0, |range| range.max_values()) })
}
