//! Help that fits a screen: a page for the program, one for each noun and verb with its own options alone, and topics.

use clap::{Arg, ArgAction, Args, Command, CommandFactory};

use super::environment::{self, Colour};
use super::globals::Globals;
use super::{Cli, deferred};
use crate::error::{Error, Result};
use crate::model::text::nearest;
use crate::output::{self, terminal};

const TOP: &str = include_str!("help/top.txt");

/// What `caredesk help` knows besides nouns.
const TOPICS: [(&str, &str); 7] = [
    ("codes", include_str!("help/codes.txt")),
    ("dates", include_str!("help/dates.txt")),
    ("environment", include_str!("help/environment.txt")),
    ("files", include_str!("help/files.txt")),
    ("profiles", include_str!("help/profiles.txt")),
    ("scripts", include_str!("help/scripts.txt")),
    ("visibility", include_str!("help/visibility.txt")),
];

/// The topic that the grammar itself writes.
const OPTIONS: &str = "options";

/// After the options of a noun or verb, before its examples.
const PAGE: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}

Global options: `caredesk help options`{after-help}";

/// The grammar as its pages show it: the options that all commands take are on a page of their own.
pub(super) fn grammar() -> Command {
    let hidden = deferred::whole(Cli::command).mut_args(|option| option.hide(true));
    page(hidden).override_help(TOP)
}

pub(super) fn page(command: Command) -> Command {
    let command = command.help_template(PAGE).disable_help_flag(true).arg(help_flag());
    let command = match explanation(&command) {
        Some(text) => command.before_help(text),
        None => command,
    };
    command.mut_subcommands(page)
}

/// What the long form of help says after the line that the list of verbs shows too.
fn explanation(command: &Command) -> Option<String> {
    let (short, long) = (command.get_about()?.to_string(), command.get_long_about()?.to_string());
    let rest = long.strip_prefix(&short)?.trim_start_matches('.').trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// `-h` and `--help` print the same page.
fn help_flag() -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::HelpShort).hide(true)
}

/// `caredesk help WORDS`: a topic, or the page of a noun or verb.
pub(super) fn print(words: &[String]) -> Result<()> {
    match words {
        [topic] if topic == OPTIONS => show(options()),
        [topic] => match TOPICS.iter().find(|(name, _)| name == topic) {
            Some((_, text)) => output::raw(text.as_bytes()),
            None => show(command(words)?),
        },
        _ => show(command(words)?),
    }
}

/// What every command takes.
fn options() -> Command {
    let globals = Globals::augment_args(Command::new("caredesk")).disable_help_flag(true);
    globals.mut_args(|option| option.hide_short_help(false)).help_template("{all-args}")
}

fn command(words: &[String]) -> Result<Command> {
    let mut here = grammar();
    here.build();
    for word in words {
        here = here.find_subcommand(word).cloned().ok_or_else(|| unknown(word, &here))?;
    }
    Ok(here)
}

fn show(mut command: Command) -> Result<()> {
    let page = command.render_help();
    let is_coloured = environment::colour(Colour::Auto, terminal::out_is_one());
    let text = if is_coloured { page.ansi().to_string() } else { page.to_string() };
    output::raw(text.as_bytes())
}

/// What `help` can show after these words: nouns and topics, then the verbs of the noun.
pub(super) fn entries(words: impl Iterator<Item = impl AsRef<str>>) -> Vec<String> {
    let mut here = deferred::whole(Cli::command);
    for word in words {
        let Some(verb) = here.find_subcommand(word.as_ref()).cloned() else { return Vec::new() };
        here = verb;
    }
    within(&here).into_iter().map(str::to_owned).collect()
}

fn within(command: &Command) -> Vec<&str> {
    let verbs = command.get_subcommands().filter(|verb| !verb.is_hide_set()).map(Command::get_name);
    let topics = TOPICS.iter().map(|(name, _)| *name).chain([OPTIONS]).filter(|_| is_top(command));
    verbs.chain(topics).collect()
}

fn is_top(command: &Command) -> bool {
    command.get_name() == "caredesk"
}

fn unknown(word: &str, command: &Command) -> Error {
    let similar = nearest(word, within(command).into_iter());
    let similar = similar.first().map(|name| format!("did you mean `{name}`?"));
    let what = if is_top(command) { "command or topic" } else { "verb" };
    Error::usage(format!("there is no {what} `{word}`"))
        .hint(similar.unwrap_or_else(|| "`caredesk help` shows what there is".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_names_every_noun() {
        let table = TOP.split("\n\n").nth(2).unwrap_or_default();
        let named: Vec<&str> = table.split([' ', ',', '\n']).collect();
        for noun in grammar().get_subcommands().filter(|noun| !noun.is_hide_set()) {
            let name = noun.get_name();
            assert!(name == "help" || named.contains(&name), "`{name}` is not on the first page of the help");
        }
    }

    #[test]
    fn the_page_on_the_environment_names_every_variable_of_an_option() {
        let text = TOPICS.iter().find(|(name, _)| *name == "environment").map_or("", |(_, text)| text);
        let variables = Cli::command()
            .get_arguments()
            .filter_map(|option| option.get_env()?.to_str().map(str::to_owned))
            .collect::<Vec<_>>();
        assert!(
            variables.len() > 4 && variables.iter().all(|name| text.contains(name.as_str())),
            "{variables:?}"
        );
    }

    #[test]
    fn no_option_has_more_to_say_than_its_page_shows() {
        fn look(command: &Command) {
            for option in command.get_arguments() {
                let (short, long) = (option.get_help(), option.get_long_help());
                assert!(
                    long.is_none() || long.map(ToString::to_string) == short.map(ToString::to_string),
                    "{}: {}",
                    command.get_name(),
                    option.get_id()
                );
            }
            command.get_subcommands().for_each(look);
        }
        look(&grammar());
    }
}
