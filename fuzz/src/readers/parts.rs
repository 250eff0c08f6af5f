//! Files of which an archive or a folder is made: each begins with a line `-- NAME --`, so that a change of one is no broken archive.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(super) type Parts<'a> = Vec<(String, &'a [u8])>;

/// What stands before the first of them is left aside.
pub(super) fn parts(text: &[u8]) -> Parts<'_> {
    let (mut parts, mut rest) = (Parts::new(), text);
    let mut name: Option<String> = None;
    let mut begin = rest;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let (line, below) = rest.split_at(end);
        let named = line.trim_ascii().strip_prefix(b"-- ").and_then(|line| line.strip_suffix(b" --"));
        if let Some(next) = named {
            let length = begin.len() - rest.len();
            parts.extend(name.take().map(|name| (name, &begin[..length])));
            name = Some(String::from_utf8_lossy(next).into_owned());
            begin = below;
        }
        rest = below;
    }
    parts.extend(name.map(|name| (name, begin)));
    parts
}

/// None where they have a name that no archive takes.
pub(super) fn zipped(parts: &Parts<'_>, is_deflated: bool) -> Option<Vec<u8>> {
    let method = if is_deflated { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default().compression_method(method);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
