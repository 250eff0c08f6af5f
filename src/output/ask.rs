//! Questions, only ever on a terminal. Without one nothing waits for an answer: the command line has to give it.

use std::io::IsTerminal;

use dialoguer::{Confirm, MultiSelect, Password};

use crate::error::{Error, Kind, Result};

/// Whether somebody is there to answer: both stdin, where answers come from, and stderr, where questions go.
pub(crate) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

pub(crate) fn confirm(question: &str) -> Result<bool> {
    show_the_cursor_again_after_an_interrupt();
    Confirm::new().with_prompt(question).default(false).interact().map_err(unanswered)
}

/// Tick boxes; returns the positions of what was ticked.
pub(crate) fn several(question: &str, choices: &[String]) -> Result<Vec<usize>> {
    show_the_cursor_again_after_an_interrupt();
    let prompt = format!("{question} (space ticks, enter ends)");
    MultiSelect::new().with_prompt(prompt).items(choices).interact().map_err(unanswered)
}

pub(crate) fn password(question: &str) -> Result<String> {
    show_the_cursor_again_after_an_interrupt();
    Password::new().with_prompt(question).interact().map_err(unanswered)
}

pub(crate) fn new_password(question: &str) -> Result<String> {
    show_the_cursor_again_after_an_interrupt();
    let prompt = Password::new().with_prompt(question);
    prompt.with_confirmation("the same again", "the two differ").interact().map_err(unanswered)
}

fn unanswered(error: dialoguer::Error) -> Error {
    let dialoguer::Error::IO(error) = error;
    if error.kind() == std::io::ErrorKind::Interrupted {
        // The prompt reads Ctrl-C as a key and leaves the cursor hidden.
        let _ = console::Term::stderr().show_cursor();
        return Error::new(Kind::Interrupted, "interrupted", "interrupted; nothing was changed");
    }
    Error::internal(format!("the question cannot be asked: {error}"))
}

/// Prompts and progress bars hide the cursor. Leaving at once is safe: the engine rolls back whatever was under way.
pub(crate) fn show_the_cursor_again_after_an_interrupt() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let set = ctrlc::set_handler(|| {
            let _ = console::Term::stderr().show_cursor();
            #[expect(
                clippy::exit,
                reason = "the handler runs beside the work, and ending the process is what rolls it back"
            )]
            std::process::exit(Kind::Interrupted.exit_status().into());
        });
        drop(set);
    });
}
