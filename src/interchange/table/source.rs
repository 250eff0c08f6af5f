//! Converts bytes to UTF-8 text. The encoding is known before the first byte is passed on: UTF-8 if the whole
//! file is, UTF-16 by its mark, or the one that was named (rule 5.3).

use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::archive;
use super::options::Reading;
use crate::error::{Error, Result};
use crate::file::Input;

const CHUNK: usize = 64 << 10;

/// Text to parse: UTF-8 without a byte order mark.
pub(crate) struct Source {
    pub(crate) text: Box<dyn Read>,
    /// The beginning of the text, which tells formats and delimiters apart.
    pub(crate) opening: String,
    /// The name of the encoding where bytes that are not in it have become U+FFFD.
    pub(crate) lenient: Option<&'static str>,
}

/// Opens a file. Errors: `file.unreadable`, without text `import.empty`, and `import.encoding`.
pub(crate) fn open(input: &Input, how: &Reading) -> Result<Source> {
    let input = &archive::unpacked(input, how)?;
    let unreadable = |error| input.unreadable(error);
    let head = read_head(&mut input.open()?).map_err(unreadable)?;
    refuse_others(&head, &input.name())?;
    let marked = Encoding::for_bom(&head);
    let encoding = marked.map(|(encoding, _)| encoding).or(how.encoding).unwrap_or(UTF_8);
    let flaw = if encoding == UTF_8 { first_flaw(input)? } else { None };
    if let (Some((line, byte)), None) = (flaw, how.encoding) {
        return Err(not_utf8(&input.name(), line, byte));
    }
    let mark = marked.map_or(0, |(_, length)| length);
    let opening = encoding.decode_without_bom_handling(head.get(mark..).unwrap_or_default()).0.into_owned();
    if opening.trim().is_empty() {
        return Err(Error::invalid("import.empty", format!("`{}` is empty", input.name())));
    }
    let mut text = Box::new(input.open()?);
    text.seek(SeekFrom::Start(mark as u64)).map_err(unreadable)?;
    if encoding == UTF_8 && flaw.is_none() {
        return Ok(Source { text, opening, lenient: None });
    }
    let decoder = encoding.new_decoder_without_bom_handling();
    Ok(Source { text: Box::new(Transcoder::new(text, decoder)), opening, lenient: Some(encoding.name()) })
}

fn read_head(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(CHUNK);
    input.by_ref().take(CHUNK as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// How files begin that are no text, or no table, whatever their names say, and what they are.
const OTHERS: [(&[u8], &str); 13] = [
    (b"\xd0\xcf\x11\xe0", "a workbook or document of old versions of Office (.xls, .doc)"),
    (b"PK\x03\x04", "a workbook or archive that cannot be read here"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"Rar!", "an archive (RAR)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<?xml", "an XML document"),
];

/// Refuses at once what no row can be read from.
fn refuse_others(head: &[u8], name: &str) -> Result<()> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins = |sign: &[u8]| text.get(..sign.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(sign));
    let is_tar = head.get(257..262) == Some(b"ustar");
    let known = OTHERS.iter().find(|(sign, _)| begins(sign)).map(|(_, what)| *what);
    let Some(what) = known.or(is_tar.then_some("an archive (tar)")) else { return Ok(()) };
    let message = format!("`{name}` is no table but {what}");
    Err(Error::invalid("import.unreadable", message)
        .hint("open it with the program that made it, save it as `.xlsx` or CSV, and import that file"))
}

fn not_utf8(name: &str, line: u64, byte: u8) -> Error {
    Error::invalid("import.encoding", format!("`{name}` is not UTF-8: the byte 0x{byte:02X} on line {line}"))
        .hint("say which encoding it is in, such as `--encoding windows-1252`")
        .detail("line", line)
}

/// UTF-16 without its mark is valid UTF-8, with a NUL beside each letter.
pub(super) fn looks_wide(name: &str) -> Error {
    let message = format!("the heading of `{name}` holds NUL characters, so it is in another encoding");
    Error::invalid("import.encoding", message)
        .hint("say which, such as `--encoding utf-16le`, or save it as UTF-8")
}

/// The line and the value of the first byte that is not UTF-8.
fn first_flaw(input: &Input) -> Result<Option<(u64, u8)>> {
    let mut file = input.open()?;
    let found = flaw(&mut file).and_then(|found| {
        let Some((offset, byte)) = found else { return Ok(None) };
        file.rewind()?;
        let mut before = Vec::new();
        file.by_ref().take(offset).read_to_end(&mut before)?;
        let text = String::from_utf8_lossy(&before).replace("\r\n", "\n").replace('\r', "\n");
        Ok(Some((1 + text.matches('\n').count() as u64, byte)))
    });
    found.map_err(|error| input.unreadable(error))
}

fn flaw(file: &mut impl Read) -> io::Result<Option<(u64, u8)>> {
    let (mut window, mut passed) = (Vec::with_capacity(CHUNK + 4), 0_u64);
    loop {
        let before = window.len();
        file.by_ref().take(CHUNK as u64).read_to_end(&mut window)?;
        let is_whole = window.len() == before;
        let good = match std::str::from_utf8(&window) {
            Ok(_) => window.len(),
            Err(error) if error.error_len().is_none() && !is_whole => error.valid_up_to(),
            Err(error) => {
                let byte = window.get(error.valid_up_to()).copied().unwrap_or_default();
                return Ok(Some((passed + error.valid_up_to() as u64, byte)));
            }
        };
        if is_whole {
            return Ok(None);
        }
        passed += good as u64;
        window.drain(..good);
    }
}

/// Converts another encoding into UTF-8 while reading.
struct Transcoder {
    input: Box<dyn Read>,
    decoder: Decoder,
    raw: Vec<u8>,
    text: String,
    taken: usize,
    ended: bool,
}

impl Transcoder {
    fn new(input: Box<dyn Read>, decoder: Decoder) -> Self {
        Transcoder { input, decoder, raw: vec![0; CHUNK / 4], text: String::new(), taken: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let count = self.input.read(&mut self.raw)?;
        let bytes = self.raw.get(..count).unwrap_or_default();
        self.ended = count == 0;
        self.taken = 0;
        self.text.clear();
        self.text.reserve(self.decoder.max_utf8_buffer_length(count).unwrap_or(CHUNK));
        let _ = self.decoder.decode_to_string(bytes, &mut self.text, self.ended);
        Ok(())
    }
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.text.len() && !self.ended {
            self.refill()?;
        }
        let mut left = self.text.as_bytes().get(self.taken..).unwrap_or_default();
        let count = left.read(buffer)?;
        self.taken += count;
        Ok(count)
    }
}
