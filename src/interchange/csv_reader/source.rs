//! Converts bytes to UTF-8 text: detects the encoding of a file before its first byte is passed on, in
//! bounded memory.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};

use crate::error::{Error, Result};
use crate::file::Input;

const CHUNK: usize = 64 << 10;

/// Text to parse: UTF-8 without a byte order mark.
pub(crate) struct Source {
    pub(crate) text: Box<dyn Read>,
    /// The beginning of the text, for guessing the delimiter.
    pub(crate) opening: String,
    /// The name of the encoding if it is not UTF-8.
    encoding: Option<&'static str>,
}

impl Source {
    /// A sentence for the person if the file `name` is not UTF-8.
    pub(crate) fn note(&self, name: &str) -> Option<String> {
        self.encoding.map(|encoding| format!("{name} is not UTF-8: it was read as {encoding}."))
    }
}

/// Opens a file. Errors: `file.unreadable`, and without text `import.empty`.
pub(crate) fn open(input: &Input) -> Result<Source> {
    let mut file = input.open()?;
    let head = read_head(&mut file, CHUNK as u64).map_err(|error| input.unreadable(error))?;
    let complete = head.len() < CHUNK;
    let mut utf8 = is_utf8(&head, complete);
    if utf8 && !complete {
        let tail = head.len() - whole_characters(&head);
        utf8 = rest_is_utf8(&mut file, head.get(head.len() - tail..).unwrap_or_default())
            .and_then(|answer| file.seek(SeekFrom::Start(head.len() as u64)).map(|_| answer))
            .map_err(|error| input.unreadable(error))?;
    }
    prepare(&input.name(), head, Box::new(file), utf8)
}

fn read_head(input: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(CHUNK);
    input.by_ref().take(most).read_to_end(&mut head)?;
    Ok(head)
}

/// How many leading bytes are whole characters; the rest is the beginning of another one.
fn whole_characters(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| bytes.len())
}

fn is_utf8(bytes: &[u8], complete: bool) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none() && !complete, |_| true)
}

/// Checks the rest of the file, starting with the bytes of an incomplete character.
fn rest_is_utf8(input: &mut impl Read, cut: &[u8]) -> io::Result<bool> {
    let mut window = cut.to_vec();
    loop {
        let before = window.len();
        input.by_ref().take(CHUNK as u64).read_to_end(&mut window)?;
        let complete = window.len() == before;
        if !is_utf8(&window, complete) {
            return Ok(false);
        }
        if complete {
            return Ok(true);
        }
        window.drain(..whole_characters(&window));
    }
}

fn prepare(name: &str, head: Vec<u8>, rest: Box<dyn Read>, utf8: bool) -> Result<Source> {
    if head.starts_with(b"PK\x03\x04") {
        return Err(Error::invalid(
            "import.unreadable",
            format!("`{name}` is a workbook or an archive, not text"),
        )
        .hint("save the sheet as CSV and import that file"));
    }
    let marked = Encoding::for_bom(&head);
    let encoding = match marked {
        Some((encoding, _)) if encoding != UTF_8 => encoding,
        _ if utf8 => UTF_8,
        _ => WINDOWS_1252,
    };
    let mut bytes = Cursor::new(head);
    bytes.set_position(marked.map_or(0, |(_, length)| length as u64));
    let opening = opening_of(&bytes, encoding);
    if opening.trim().is_empty() {
        return Err(Error::invalid("import.empty", format!("`{name}` is empty")));
    }
    let text = Box::new(bytes.chain(rest));
    if encoding == UTF_8 {
        return Ok(Source { text, opening, encoding: None });
    }
    let decoder = encoding.new_decoder_without_bom_handling();
    Ok(Source { text: Box::new(Transcoder::new(text, decoder)), opening, encoding: Some(encoding.name()) })
}

fn opening_of(bytes: &Cursor<Vec<u8>>, encoding: &'static Encoding) -> String {
    let start = usize::try_from(bytes.position()).unwrap_or_default();
    let rest = bytes.get_ref().get(start..).unwrap_or_default();
    let sample = rest.get(..CHUNK).unwrap_or(rest);
    encoding.decode_without_bom_handling(sample).0.into_owned()
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
