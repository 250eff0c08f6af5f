//! The narrative of a contact: typed on the command line, or read from a file or the standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::error::{Error, Result};
use crate::model::contact;

#[derive(Args)]
#[group(multiple = false)]
pub(super) struct Details {
    /// What was told, as it was told
    #[arg(long, value_name = "TEXT", value_parser = contact::details, allow_hyphen_values = true)]
    details: Option<String>,
    /// A text file that says it, in UTF-8; `-` is the standard input
    #[arg(long, value_name = "FILE")]
    details_file: Option<PathBuf>,
}

impl Details {
    /// None where nothing was said. Invalid (`contact.details_file`) where the file cannot be read, or holds no text.
    pub(super) fn read(&self) -> Result<Option<String>> {
        match &self.details_file {
            None => Ok(self.details.clone()),
            Some(path) => from_file(path).map(Some),
        }
    }
}

fn from_file(path: &Path) -> Result<String> {
    let name = path.display();
    let unusable = |why: String| Error::invalid("contact.details_file", format!("`{name}` {why}"));
    let bytes = bytes(path).map_err(|fault| unusable(format!("cannot be read: {fault}")))?;
    let text = String::from_utf8(bytes).map_err(|_| unusable("is not a text in UTF-8".to_owned()))?;
    contact::details(&text).map_err(|why| unusable(format!("cannot be kept: {why}")))
}

/// One byte more than fits says that it is too long; an endless file ends there.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    const MOST: u64 = contact::LONGEST_DETAILS as u64 + 4;
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(MOST).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    }
    // Cut in the middle of a letter it would be told as no text at all.
    while bytes.len() > contact::LONGEST_DETAILS && std::str::from_utf8(&bytes).is_err() {
        if std::str::from_utf8(&bytes).is_err_and(|fault| fault.error_len().is_some()) {
            break;
        }
        bytes.pop();
    }
    Ok(bytes)
}
