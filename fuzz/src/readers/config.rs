//! The configuration file.

use super::honest;
use crate::cli::fuzzed;

pub(super) fn config(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        honest(fuzzed::config(text));
    }
}
