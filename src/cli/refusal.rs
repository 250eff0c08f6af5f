//! Command lines that are not run: help and version are printed, everything else is an error.

use std::ffi::OsString;
use std::io;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::{Cli, deferred, help};
use crate::db::Location;
use crate::error::{Error, Kind};
use crate::output;

/// Prints clap's own message with its suggestions, and returns the exit status. None if the error must be
/// JSON.
pub(super) fn print(error: &mut clap::Error, arguments: &[OsString], as_json: bool) -> Option<u8> {
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if as_json && !is_answer {
        return None;
    }
    if error.kind() == ErrorKind::MissingSubcommand {
        // As if there were no options either.
        output::complaint(&deepest(help::grammar(), arguments).render_help().to_string());
        return Some(Kind::Usage.exit_status());
    }
    if error.get(ContextKind::Usage).is_some() {
        // Clap would show all given arguments as required, even those from the environment.
        let usage = ContextValue::StyledStr(named(arguments).render_usage());
        error.insert(ContextKind::Usage, usage);
    }
    let rendered = error.render().to_string();
    let text = without_addresses(&rendered, arguments);
    let words = arguments.iter().map(|word| word.to_string_lossy());
    if text == rendered && words.chain([text.lines().collect()]).all(|word| output::is_plain(&word)) {
        let printed = error.print();
        if is_answer && printed.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe) {
            output::complaint("error: the answer cannot be written");
            return Some(Kind::Internal.exit_status());
        }
    } else {
        output::complaint(&text);
    }
    Some(if is_answer { 0 } else { Kind::Usage.exit_status() })
}

/// The first paragraph of clap's message (with the names of missing arguments on their own lines), and its
/// tip as the hint.
pub(super) fn usage(error: &clap::Error, arguments: &[OsString]) -> Error {
    let text = without_addresses(&error.to_string(), arguments);
    let lines = text.lines().map(str::trim);
    let first: Vec<&str> = lines.clone().take_while(|line| !line.is_empty()).collect();
    let message = first.join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let tip = lines.clone().find_map(|line| line.strip_prefix("tip: ")).map(str::to_owned);
    let help = || format!("see `{} --help`", named(arguments).get_bin_name().unwrap_or("caredesk"));
    Error::usage(message).hint(tip.unwrap_or_else(help))
}

/// Without the address of a server that stands where none is expected, since it may hold a password.
fn without_addresses(text: &str, arguments: &[OsString]) -> String {
    let words: Vec<_> = arguments.iter().skip(1).map(|word| word.to_string_lossy()).collect();
    let value = |word: &'_ str| {
        let value = word.strip_prefix("--").and_then(|option| option.split_once('=')).map(|(_, value)| value);
        Some(value.unwrap_or(word).to_owned()).filter(|value| Location::may_hold_a_password(value))
    };
    let addresses: Vec<String> = words.iter().filter_map(|word| value(word)).collect();
    // Clap shows such a value without them, as another text.
    if addresses.iter().any(|address| address.contains(char::is_control)) {
        return "error: an address on the line holds a control character\n".to_owned();
    }
    addresses.iter().fold(text.to_owned(), |text, address| text.replace(address, "…"))
}

/// The command of a line, as far as it names one.
fn named(arguments: &[OsString]) -> Command {
    deepest(deferred::whole(Cli::command), arguments)
}

fn deepest(mut grammar: Command, arguments: &[OsString]) -> Command {
    grammar.build();
    let deeper =
        |command: Command, word: &OsString| command.find_subcommand(word).cloned().unwrap_or(command);
    arguments.iter().skip(1).fold(grammar, deeper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parse;

    #[test]
    fn no_address_is_repeated() {
        let long = format!("postgres://u:SECRET@h/{}", "x".repeat(150));
        for (address, message) in [
            ("postgres://u:SECRET@h/x", "unrecognized subcommand '…'"),
            (&long, "unrecognized subcommand '…'"),
            ("postgres://u:SECRET@h\n\u{1}/x", "an address on the line holds a control character"),
            ("postgres://u:SEC\u{1b}[1mRET@h/x", "an address on the line holds a control character"),
        ] {
            let words = ["caredesk", address].map(OsString::from);
            let error = parse::parse(&words).err().unwrap();
            assert_eq!(usage(&error, &words).message(), message, "{address:?}");
        }
    }
}
