//! Properties of the terminal.

use std::io::{IsTerminal, Write};

use super::sanitize::sanitize;

pub(crate) fn out_is_one() -> bool {
    std::io::stdout().is_terminal()
}

pub(crate) fn err_is_one() -> bool {
    std::io::stderr().is_terminal()
}

/// The width of the terminal.
pub(crate) fn width() -> usize {
    usize::from(console::Term::stdout().size().1)
}

/// The width of the terminal that questions go to, if that is not more than `most`.
pub(super) fn asking_width(most: usize) -> usize {
    let size = console::Term::stderr().size_checked();
    size.map_or(most, |(_, columns)| most.min(columns.into()))
}

/// What a person is asked to enter a line behind.
pub(crate) fn prompt(text: &str) {
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "{}", sanitize(text)).and_then(|()| stderr.flush());
}
