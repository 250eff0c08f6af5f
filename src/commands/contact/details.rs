//! The details of a contact, from a file or from standard input.

use crate::commands::prelude::*;
use crate::model::{contact, limit};

/// `None` if no file is named. Invalid (`contact.details_file`) if it holds no text that can be kept.
pub(super) fn read(file: Option<&Input>) -> Result<Option<String>> {
    file.map(text).transpose()
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

/// Includes a byte order mark, which is not kept.
const MOST: usize = limit::TEXT.most() + '\u{feff}'.len_utf8();
