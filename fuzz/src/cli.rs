//! What the targets reach of the command line: it is declared within `cli`, which shows these parts to no other layer.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::{batch, config, parse, refusal};
use crate::error::Result;
use crate::model::batch::template::{self, Role};

/// The text of a configuration file, with each profile in it.
pub(crate) fn config(text: &str) -> Result<()> {
    let config = config::Config::of(Path::new("/etc/care/config.toml"), text)?;
    config.profiles.keys().try_for_each(|name| config.profile(name).map(drop))
}

thread_local! {
    static VERBS: RefCell<batch::Verbs> = RefCell::default();
}

/// A line of a batch, by the grammar.
pub(crate) fn line(words: &[OsString]) -> Result<()> {
    let arguments: Vec<OsString> = std::iter::once("caredesk".into()).chain(words.iter().cloned()).collect();
    let _ = parse::wants_json(&arguments);
    let read = VERBS.with_borrow_mut(|verbs| verbs.parse(&arguments));
    read.map(drop).map_err(|error| refusal::usage(&error, &arguments))
}

/// What the words of a template are.
pub(crate) fn roles(words: &[String]) -> Result<Vec<Role>> {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    batch::roles(&words, &|word: &OsStr| word.to_str().is_none_or(template::is_filled))
}
