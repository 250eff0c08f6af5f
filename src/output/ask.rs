//! Questions, only on a terminal. Elsewhere nothing waits for an answer: the command line must give it.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use inquire::list_option::ListOption;
use inquire::ui::RenderConfig;
use inquire::validator::Validation;
use inquire::{Confirm, InquireError, MultiSelect, Password, Select};

pub(crate) use super::choice::Choice;
use super::choice::lines;
use super::sanitize::sanitize;
use super::terminal::asking_width;
use crate::error::{Error, Kind, Result};
use crate::model::text::fold_name;

/// Whether a person can answer: answers come from stdin, and questions go to stderr.
pub(crate) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Draws all following questions without colour.
pub(crate) fn without_colour() {
    inquire::set_global_render_config(RenderConfig::empty());
}

pub(crate) fn confirm(question: &str) -> Result<bool> {
    draws();
    Confirm::new(&sanitize(question)).with_default(false).prompt().map_err(unanswered)
}

/// How many lines of a list are shown at once.
const LINES: usize = 12;
/// The columns of the line of a tick box, and of a list, before its text and behind it.
const TICK_BOX: usize = 7;
const MARK: usize = 3;

/// Tick boxes; returns the positions of the ticked ones, at least one. `summary` sums up a selection in one
/// line.
pub(crate) fn several(
    question: &str, choices: &[Choice], width: usize, summary: &dyn Fn(usize) -> String,
) -> Result<Vec<usize>> {
    draws();
    let ticked =
        MultiSelect::new(&sanitize(question), lines(choices, asking_width(width).saturating_sub(TICK_BOX)))
            .with_page_size(LINES)
            .with_keep_filter(false)
            .with_help_message("space ticks, → ticks all, ← none, letters filter, enter ends, esc leaves")
            .with_scorer(&|filter, _, _, position| rank(filter, choices, position))
            .with_formatter(&|ticked| summary(ticked.len()))
            .with_validator(|ticked: &[ListOption<&_>]| {
                let none = || Validation::Invalid("tick at least one with space, or leave with esc".into());
                Ok(if ticked.is_empty() { none() } else { Validation::Valid })
            })
            .raw_prompt()
            .map_err(unanswered)?;
    Ok(ticked.iter().map(|option| option.index).collect())
}

/// One of several; returns its position.
pub(crate) fn one(question: &str, choices: &[Choice], width: usize) -> Result<usize> {
    draws();
    let chosen = Select::new(&sanitize(question), lines(choices, asking_width(width).saturating_sub(MARK)))
        .with_page_size(LINES)
        .with_help_message("letters filter, enter takes the marked one, esc leaves")
        .with_scorer(&|filter, _, _, position| rank(filter, choices, position))
        .raw_prompt()
        .map_err(unanswered)?;
    Ok(chosen.index)
}

/// The choices of which the whole text, also what was cut off, matches a filter, in their order; without regard to accents and
/// case, like references.
fn rank(filter: &str, choices: &[Choice], position: usize) -> Option<i64> {
    let text = choices.get(position)?.whole();
    fold_name(&text).contains(&fold_name(filter)).then_some(-i64::try_from(position).ok()?)
}

pub(crate) fn password(question: &str) -> Result<String> {
    draws();
    Password::new(&sanitize(question)).without_confirmation().prompt().map_err(unanswered)
}

pub(crate) fn new_password(question: &str) -> Result<String> {
    draws();
    Password::new(&sanitize(question))
        .with_custom_confirmation_message("The same again")
        .with_custom_confirmation_error_message("the two differ")
        .prompt()
        .map_err(unanswered)
}

fn unanswered(error: InquireError) -> Error {
    match error {
        InquireError::OperationCanceled => Error::new(Kind::Cancelled, "cancelled", "nothing was changed"),
        InquireError::IO(error) if error.kind() == std::io::ErrorKind::Interrupted => {
            // The prompt read Ctrl-C as a key and raised the signal, whose handler ends the process, unless it is a shell.
            if !RETURNS.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_secs(1));
            }
            Error::new(Kind::Interrupted, "interrupted", "interrupted; nothing was changed")
        }
        error => anyhow::Error::new(error).context("the question cannot be asked").into(),
    }
}

/// Whether the process goes on after an interrupt.
static RETURNS: AtomicBool = AtomicBool::new(false);

/// From now on it does.
pub(crate) fn return_to_shell() {
    RETURNS.store(true, Ordering::Relaxed);
}

/// Whether a prompt or a progress bar has hidden the cursor.
static HAS_DRAWN: AtomicBool = AtomicBool::new(false);

pub(super) fn draws() {
    HAS_DRAWN.store(true, Ordering::Relaxed);
}

/// Before an interrupt ends the process: shows the cursor again, and clears what a prompt has drawn below its question.
pub(crate) fn clear_drawing() {
    if HAS_DRAWN.load(Ordering::Relaxed) {
        let terminal = console::Term::stderr();
        let restored = terminal.show_cursor().and_then(|()| terminal.clear_to_end_of_screen());
        let _ = restored.and_then(|()| terminal.write_line(""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_the_order_of_the_choices() {
        let choice = |(code, name): (&str, &str)| Choice {
            code: code.to_owned(),
            name: name.to_owned(),
            note: "4 km".to_owned(),
        };
        let choices = [("PRV-1", "Zoë's Care"), ("PRV-2", "Oak House"), ("PRV-3", "ZOE HOUSE")].map(choice);
        let left = |filter| {
            let ranks = (0..choices.len()).filter_map(|position| rank(filter, &choices, position));
            ranks.collect::<Vec<_>>()
        };
        assert_eq!(left("zoe"), [0, -2]);
        assert_eq!(left("HOUSE"), [-1, -2]);
        assert!(left("elm").is_empty());
    }
}
