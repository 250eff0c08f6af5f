//! The restricted shell (rules 7.53 and 7.54): the provider portal for who comes from outside. What is offered is listed here; what
//! names a file is known by its type, so that no new option can be forgotten.

use std::ffi::{OsStr, OsString};
use std::process::{Command as Process, ExitCode};

use clap::builder::ValueHint;
use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::cli::batch::{FileUse, Given, Line, understood};
use crate::cli::{environment, help, refusal};
use crate::error::{Error, Kind, Result};
use crate::model::text::nearest;
use crate::output;

/// The nouns and their verbs; one that is not here is not there. A noun without verbs is a command by itself.
const OFFERED: &[(&str, &[&str])] = &[
    ("whoami", &[]),
    ("desk", &[]),
    ("find", &[]),
    ("package", &["list", "show", "pdf", "respond", "hand-back", "history", "wait"]),
    ("offer", &["list"]),
    ("referral", &["list", "show", "note", "set-status", "history"]),
    ("contact", &["list", "show", "pdf"]),
    ("visit", &["list"]),
    ("schedule", &["show", "pdf", "export"]),
    ("provider", &["list", "show"]),
    ("resource", &["list", "show", "find"]),
    ("capacity", &["list", "show", "set", "edit", "remove"]),
    ("contract", &["list", "show"]),
    ("client", &["list", "show"]),
    ("record", &["list", "show"]),
    (
        "sharing",
        &[
            "list", "show", "form", "pending", "request", "cancel", "grant", "deny", "renew", "withdraw",
            "explain", "who", "calendar",
        ],
    ),
    ("release", &["list", "show", "form", "revoke", "remove-recipient"]),
    ("alert", &["list", "show", "preview"]),
    ("account", &["show", "alerts", "set-password"]),
    ("help", &[]),
    ("version", &[]),
];

/// The global options.
const OPTIONS: &[&str] = &[
    "output", "columns", "reader", "color", "quiet", "yes", "even_so", "dry_run", "exit_code",
    "operation_key", "no_input", "help", "version",
];

/// What `help` knows besides.
const TOPICS: &[&str] = &["codes", "dates", "visibility"];

/// What of the environment counts: where the terminal is, where the password of a server may lie, and what the client sent.
const KEPT: [&str; 3] = ["HOME", "TERM", SENT];
const SENT: &str = "SSH_ORIGINAL_COMMAND";

pub(super) struct Portal {
    grammar: Command,
}

/// Starts the program anew without what a client could put into its environment, where there is some of it: what reads it,
/// here or in a library, finds nothing. None of every other run.
pub(in crate::cli) fn enclose(arguments: &[OsString]) -> Option<ExitCode> {
    let mut own = arguments.iter().skip(1).take_while(|word| *word != "--");
    if !own.any(|word| word == "--restricted") {
        return None;
    }
    let is_kept = |name: &OsStr| KEPT.iter().any(|kept| name == *kept) || environment::is_test_control(name);
    let (kept, foreign): (Vec<_>, Vec<_>) = std::env::vars_os().partition(|(name, _)| is_kept(name));
    if foreign.is_empty() {
        return None;
    }
    let mut process = match std::env::current_exe() {
        Ok(program) => Process::new(program),
        Err(_) => return Some(ExitCode::from(Kind::Internal.exit_status())),
    };
    process.args(arguments.iter().skip(1)).env_clear().envs(kept);
    Some(in_place(process))
}

#[cfg(unix)]
fn in_place(mut process: Process) -> ExitCode {
    let _not_started = std::os::unix::process::CommandExt::exec(&mut process);
    ExitCode::from(Kind::Internal.exit_status())
}

#[cfg(not(unix))]
fn in_place(mut process: Process) -> ExitCode {
    let status = process.status().ok().and_then(|status| status.code());
    ExitCode::from(
        status.and_then(|status| u8::try_from(status).ok()).unwrap_or(Kind::Internal.exit_status()),
    )
}

/// The line that a client has sent in place of a terminal. Usage errors: it is none.
pub(super) fn sent() -> Result<Option<String>> {
    let Some(sent) = std::env::var_os(SENT).filter(|sent| !sent.is_empty()) else { return Ok(None) };
    let text = sent.into_string().map_err(|_| Error::usage("what was sent is not UTF-8"))?;
    if text.contains(char::is_control) {
        return Err(Error::usage("what was sent holds a control character: one line is one command"));
    }
    Ok(Some(text))
}

/// An error with nothing of the machine in it: what is wrong there is the hub's to know.
pub(super) fn discreet(error: Error) -> Error {
    if error.code() == "actor.unknown" {
        return error.hint("ask the hub, which gives accounts");
    }
    let is_of_care = !matches!(error.kind(), Kind::Environment | Kind::Internal | Kind::Busy);
    let is_of_files = error.code().starts_with("file.") || error.code().starts_with("config.");
    if is_of_care && !is_of_files || ["package.still", "database.serialisation"].contains(&error.code()) {
        return error;
    }
    let (kind, code) = (error.kind(), error.code());
    let hint = match kind {
        Kind::Busy => "repeat the command: that is always safe".to_owned(),
        _ => format!("tell the hub, and that it was `{code}`"),
    };
    Error::new(kind, code, "the hub cannot answer at the moment").hint(hint)
}

impl Portal {
    pub(super) fn new() -> Self {
        Portal { grammar: grammar() }
    }

    /// For completion, which shows the options of all commands too.
    pub(super) fn grammar(&self) -> Command {
        self.grammar.clone().mut_args(|option| {
            let is_offered = OPTIONS.contains(&option.get_id().as_str());
            option.hide(!is_offered)
        })
    }

    pub(super) fn parse(&mut self, arguments: &[OsString]) -> Result<Line, clap::Error> {
        understood(&mut self.grammar, arguments)
    }

    /// Refused: what is not offered, and what names a file. That the grammar lacks it is not relied on.
    pub(super) fn may_stand_here(line: &Line) -> Result<()> {
        let command = line.command();
        if !is_offered(&line.path) {
            return Err(not_here(&command));
        }
        match line.given.iter().find(|given| !may_be_given(given)) {
            Some(given) if given.file == Some(FileUse::Target) && !given.is_global => {
                Err(not_here(&given.name).hint(format!("`{} -` prints it", given.name)))
            }
            Some(given) => Err(not_here(&given.name)),
            None => Ok(()),
        }
    }

    pub(super) fn help(&self, words: &[String]) -> Result<()> {
        if let [topic] = words
            && TOPICS.contains(&topic.as_str())
        {
            return help::print(words);
        }
        let mut here = self.grammar();
        if words == ["options"] {
            here = Command::new("caredesk").args(here.get_arguments().cloned()).help_template("{all-args}\n");
            return output::raw(here.disable_help_flag(true).render_help().to_string().as_bytes());
        }
        here.build();
        for word in words {
            let within: Vec<&str> = here.get_subcommands().map(Command::get_name).collect();
            let similar = nearest(word, within.into_iter());
            let hint = similar.first().map(|name| format!("did you mean `{name}`?"));
            here = here.find_subcommand(word).cloned().ok_or_else(|| {
                Error::usage(format!("there is no `{word}` here"))
                    .hint(hint.unwrap_or_else(|| "`help` shows what there is".to_owned()))
            })?;
        }
        output::raw(here.render_help().to_string().as_bytes())
    }
}

/// An error of the grammar, without the usage of what is not offered.
pub(super) fn usage(error: &clap::Error, arguments: &[OsString]) -> Error {
    refusal::usage(error, arguments).hint("`help` shows what there is")
}

fn not_here(name: &str) -> Error {
    Error::new(Kind::Usage, "shell.restricted", format!("`{name}` is not there in a restricted shell"))
}

fn is_offered(path: &[String]) -> bool {
    let mut path = path.iter().map(String::as_str);
    let verbs = path.next().and_then(|noun| OFFERED.iter().find(|(name, _)| *name == noun));
    verbs.is_some_and(|(_, verbs)| match path.next() {
        None => verbs.is_empty(),
        Some(verb) => verbs.contains(&verb) && path.next().is_none(),
    })
}

fn may_be_given(given: &Given) -> bool {
    match given.file {
        _ if given.is_global => OPTIONS.contains(&given.id.as_str()),
        Some(FileUse::Target) => given.is_standard,
        file => file.is_none(),
    }
}

/// The grammar with what is offered alone: the pages of help, and what is completed.
fn grammar() -> Command {
    let whole = help::grammar();
    let nouns =
        OFFERED.iter().filter_map(|(name, verbs)| Some((whole.find_subcommand(name)?.clone(), *verbs)));
    let nouns =
        nouns.map(|(noun, verbs)| if verbs.is_empty() { without_files(noun) } else { of_noun(&noun, verbs) });
    let globals = whole.get_arguments().cloned().map(hidden_if_not_offered);
    let top = Command::new("caredesk").disable_help_subcommand(true).disable_help_flag(true);
    top.about("The provider portal.")
        .help_template("{about-with-newline}\n{subcommands}\n\n`help package respond` shows one of them with examples; `exit` ends.\n")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(globals)
        .subcommands(nouns)
}

fn of_noun(noun: &Command, verbs: &[&str]) -> Command {
    let about = noun.get_about().cloned().unwrap_or_default();
    let verbs = verbs.iter().filter_map(|verb| noun.find_subcommand(verb).cloned()).map(without_files);
    let alone = Command::new(noun.get_name().to_owned()).about(about).disable_help_subcommand(true);
    help::page(alone).subcommand_required(true).arg_required_else_help(true).subcommands(verbs)
}

fn without_files(verb: Command) -> Command {
    verb.mut_args(|argument| match FileUse::of(&argument) {
        None => without_hint(argument),
        Some(FileUse::Target) => nothing_to_complete(argument),
        Some(_) => nothing_to_complete(argument.hide(true)),
    })
}

fn hidden_if_not_offered(option: Arg) -> Arg {
    if OPTIONS.contains(&option.get_id().as_str()) { option } else { nothing_to_complete(option.hide(true)) }
}

fn nothing_to_complete(argument: Arg) -> Arg {
    let nothing = |_: &OsStr| Vec::<CompletionCandidate>::new();
    without_hint(argument).add(ArgValueCompleter::new(nothing))
}

fn without_hint(argument: Arg) -> Arg {
    if argument.get_action().takes_values() { argument.value_hint(ValueHint::Other) } else { argument }
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;

    /// Each verb of the whole grammar, with its arguments.
    fn verbs() -> Vec<(Vec<String>, Command)> {
        fn look(command: &Command, path: &[String], found: &mut Vec<(Vec<String>, Command)>) {
            for verb in command.get_subcommands() {
                let path: Vec<String> = path.iter().cloned().chain([verb.get_name().to_owned()]).collect();
                look(verb, &path, found);
                found.push((path, verb.clone()));
            }
        }
        let mut whole = help::grammar();
        whole.build();
        let mut found = Vec::new();
        look(&whole, &[], &mut found);
        found
    }

    fn given(argument: &Arg, is_standard: bool) -> Given {
        Given { is_standard, ..Given::named(argument) }
    }

    /// By other signs than the program goes by: what a person would take for a file, a folder, a database or an account.
    fn leads_out(argument: &Arg) -> bool {
        let id = argument.get_id().as_str();
        let text = format!(
            "{id} {:?} {}",
            argument.get_value_names(),
            argument.get_value_parser().type_id().eq(&std::any::TypeId::of::<OsString>())
        );
        let signs =
            ["file", "FILE", "dir", "DIR", "path", "PATH", "folder", "rejects", "document", "URL", "true"];
        signs.iter().any(|sign| text.contains(sign))
            && !["direction", "directory"].iter().any(|word| id.contains(word))
            && argument.get_action().takes_values()
            || ["db", "profile", "acting", "out", "overwrite", "csv"].contains(&id)
    }

    // Rule 7.53.
    #[test]
    fn no_argument_that_leads_out_may_be_given() {
        let (mut refused, mut wrong) = (0, Vec::new());
        for (path, verb) in verbs() {
            for argument in
                verb.get_arguments().filter(|argument| leads_out(argument) || FileUse::of(argument).is_some())
            {
                refused += 1;
                let is_target = FileUse::of(argument) == Some(FileUse::Target) && argument.get_id() != "out";
                if may_be_given(&given(argument, false)) || may_be_given(&given(argument, true)) != is_target
                {
                    wrong.push(format!("{}: {}", path.join(" "), argument.get_id()));
                }
            }
        }
        assert!(refused > 500, "{refused}");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    // Rule 7.53: read the difference: whatever is new here is there for who comes from outside.
    #[test]
    fn all_that_is_offered_is_known() {
        let mut text = String::new();
        for (path, verb) in verbs().into_iter().filter(|(path, _)| is_offered(path)) {
            let own = verb.get_arguments().filter(|argument| {
                may_be_given(&given(argument, false)) && !given(argument, false).is_global
            });
            let names: Vec<String> =
                own.map(|argument| given(argument, false).name).filter(|name| name != "--help").collect();
            text += format!("{} {}\n", path.join(" "), names.join(" ")).trim_end();
            text.push('\n');
        }
        let listed: usize = OFFERED.iter().map(|(_, verbs)| verbs.len().max(1)).sum();
        assert_eq!(text.lines().count(), listed, "a verb is listed that there is not");
        expect_file!["offered.txt"].assert_eq(&text);
    }

    // Rule 7.53.
    #[test]
    fn the_grammar_of_what_is_offered_is_sound_and_completes_no_file() {
        fn look(command: &Command) {
            for argument in command.get_arguments() {
                let hint = argument.get_value_hint();
                assert!(
                    matches!(hint, ValueHint::Other | ValueHint::Unknown),
                    "{}: {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
            command.get_subcommands().for_each(look);
        }
        let mut grammar = grammar();
        grammar.build();
        look(&grammar);
        grammar.debug_assert();
    }

    #[test]
    fn what_is_wrong_with_the_machine_is_not_said() {
        let said = |error: Error| discreet(error).message().to_owned();
        for kind in [Kind::Environment, Kind::Internal, Kind::Busy] {
            assert!(!said(Error::new(kind, "database.missing", "at `/srv/hub.db`")).contains('/'));
        }
        assert!(!said(Error::invalid("file.unreadable", "`/srv/x`")).contains('/'));
        assert_eq!(said(Error::refused("package.lapsed", "the time is over")), "the time is over");
    }
}
