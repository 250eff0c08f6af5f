//! Recognises the type of a document by its first and last bytes, never by its name. Nothing in it is
//! executed or followed.

use crate::error::{Error, Result};
use crate::model::release::MediaType;

/// How many bytes of the beginning show the type.
pub(crate) const HEAD: usize = 8 << 10;
/// How many bytes of the end show that it is complete.
pub(crate) const TAIL: usize = 64 << 10;

/// The type of a document that begins with `head` and ends with `tail` (the whole, if it is shorter).
/// Invalid: anything but PDF, PNG and JPEG (`release.unknown_type`), and a document without its end
/// (`release.cut_off`). `name` is for the messages.
pub(crate) fn media_type(name: &str, head: &[u8], tail: &[u8]) -> Result<MediaType> {
    let kind = begins_as(head).ok_or_else(|| unknown(name, head))?;
    if has_end(kind, tail) {
        return Ok(kind);
    }
    Err(Error::invalid("release.cut_off", format!("`{name}` is a {} without its end", kind.words()))
        .hint("it was cut off on its way here: get it again"))
}

/// Longer signatures than other programs ask for: the version mark of a PDF, and the chunk that every PNG
/// begins with.
fn begins_as(head: &[u8]) -> Option<MediaType> {
    if head.starts_with(b"%PDF-") {
        Some(MediaType::Pdf)
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") {
        Some(MediaType::Png)
    } else if head.starts_with(b"\xff\xd8\xff") {
        Some(MediaType::Jpeg)
    } else {
        None
    }
}

/// Programs add bytes behind the end, so it is looked for and need not be last.
fn has_end(kind: MediaType, tail: &[u8]) -> bool {
    let mark: &[u8] = match kind {
        MediaType::Pdf => b"%%EOF",
        MediaType::Png => b"IEND\xaeB`\x82",
        MediaType::Jpeg => b"\xff\xd9",
    };
    tail.windows(mark.len()).any(|bytes| bytes == mark)
}

fn unknown(name: &str, head: &[u8]) -> Error {
    let is_text = std::str::from_utf8(head).is_ok() && !head.contains(&0);
    let what = match infer::get(head) {
        Some(kind) => format!("`{name}` is {}", kind.mime_type()),
        None if is_text => format!("`{name}` is plain text"),
        None => format!("`{name}` is of a type that is not known here"),
    };
    Error::invalid("release.unknown_type", format!("{what}: a release is a PDF, a PNG or a JPEG"))
        .hint("the content counts, not the name; scan or print the paper to one of the three")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(whole: &[u8]) -> Result<MediaType, &'static str> {
        media_type("paper", whole, whole).map_err(|refusal| refusal.code())
    }

    #[test]
    fn the_content_tells() {
        assert_eq!(found(b"%PDF-1.7\n...\n%%EOF\n"), Ok(MediaType::Pdf));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR............\0\0\0\0IEND\xaeB`\x82";
        assert_eq!(found(png), Ok(MediaType::Png));
        assert_eq!(found(b"\xff\xd8\xff\xe0..JFIF..\xff\xd9"), Ok(MediaType::Jpeg));
    }

    #[test]
    fn half_a_document_is_none() {
        assert_eq!(found(b"%PDF-1.7\n..."), Err("release.cut_off"));
        assert_eq!(found(b"\xff\xd8\xff\xe0..JFIF.."), Err("release.cut_off"));
    }

    #[test]
    fn what_something_else_is_gets_said() {
        let message = |whole: &[u8]| media_type("paper", whole, whole).unwrap_err().message().to_owned();
        let wanted = "a release is a PDF, a PNG or a JPEG";
        assert_eq!(message(b"hello\n"), format!("`paper` is plain text: {wanted}"));
        assert_eq!(message(b"PK\x03\x04...."), format!("`paper` is application/zip: {wanted}"));
        assert_eq!(message(b"GIF89a.."), format!("`paper` is image/gif: {wanted}"));
        assert_eq!(message(b"\0\x01\x02"), format!("`paper` is of a type that is not known here: {wanted}"));
    }

    #[test]
    fn a_name_before_the_mark_is_no_pdf() {
        assert_eq!(found(b"#!/bin/sh\n%PDF-1.7\n%%EOF"), Err("release.unknown_type"));
        assert_eq!(found(b"\x89PNG\r\n\x1a\nnothing"), Err("release.unknown_type"));
    }
}
