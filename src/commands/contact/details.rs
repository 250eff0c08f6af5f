//! The narrative of a contact out of a file or the standard input.

use clap::Args;

use crate::error::{Error, Result};
use crate::file::Input;
use crate::model::contact;

#[derive(Args)]
pub(super) struct DetailsFile {
    /// A text file that says it, in UTF-8; `-` is the standard input
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath, conflicts_with = "details")]
    details_file: Option<Input>,
}

impl DetailsFile {
    /// None where no file was named. Invalid (`contact.details_file`) where it holds no text that can be kept.
    pub(super) fn read(&self) -> Result<Option<String>> {
        self.details_file.as_ref().map(text).transpose()
    }
}

fn text(file: &Input) -> Result<String> {
    let unusable = |why: String| Error::invalid("contact.details_file", format!("`{}` {why}", file.name()));
    let bytes = file.read(MOST)?;
    if bytes.len() > MOST {
        return Err(unusable("is longer than one MiB".to_owned()));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| unusable("is not a text in UTF-8".to_owned()).because(error))?;
    contact::details(&text).map_err(|why| unusable(format!("cannot be kept: {why}")))
}

/// With room for a byte order mark, which is not kept.
const MOST: usize = contact::LONGEST_DETAILS + '\u{feff}'.len_utf8();
