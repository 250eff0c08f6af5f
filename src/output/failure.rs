//! An error on stderr.

use super::sanitize::{escaped, sanitize};
use super::style::{BAD, HINT, paint};
use super::to_stderr;
use crate::error::{Error, Kind};

/// An error, as the last line on stderr; for people a second one with the hint, and with `--verbose` its code
/// and causes.
pub(crate) fn failure(error: &Error, as_json: bool, colour: bool, verbose: bool) {
    if matches!(error.kind(), Kind::WouldChange) {
        return;
    }
    if as_json {
        to_stderr(&escaped(&error.to_json().to_string()));
        return;
    }
    to_stderr(&format!("{} {}", paint("error:", BAD, colour), sanitize(error.message())));
    if let Some(hint) = error.hint_text() {
        to_stderr(&format!("{} {}", paint("hint:", HINT, colour), sanitize(hint)));
    }
    if verbose {
        to_stderr(&format!("{} {}", paint("code:", HINT, colour), error.code()));
        for cause in error.causes() {
            to_stderr(&format!("{} {}", paint("because:", HINT, colour), sanitize(&cause)));
        }
    }
}
