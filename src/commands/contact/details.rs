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
    let bytes = bytes(path).map_err(|error| unusable(format!("cannot be read: {error}")))?;
    if bytes.len() > MOST {
        return Err(unusable("is longer than one MiB".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|_| unusable("is not a text in UTF-8".to_owned()))?;
    contact::details(&text).map_err(|why| unusable(format!("cannot be kept: {why}")))
}

/// With room for a byte order mark, which is not kept.
const MOST: usize = contact::LONGEST_DETAILS + '\u{feff}'.len_utf8();

/// One byte more than fits says that it is too long; an endless file ends there.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let enough = u64::try_from(MOST).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(enough).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(enough).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
