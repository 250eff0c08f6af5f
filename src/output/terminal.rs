//! What is at the other end of stdout and stderr.

use std::io::IsTerminal;

pub(crate) fn out_is_one() -> bool {
    std::io::stdout().is_terminal()
}

pub(crate) fn err_is_one() -> bool {
    std::io::stderr().is_terminal()
}

/// Columns of the terminal behind stdout.
pub(crate) fn width() -> usize {
    usize::from(console::Term::stdout().size().1)
}
