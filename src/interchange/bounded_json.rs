//! JSON that cannot fill the memory, and what its parser says (rule 4.3).

use std::io::{self, Read};

/// The longest object, however it is written.
const LONGEST_OBJECT: u64 = 16 << 20;

/// Passes JSON on as long as no object of a document, or of a list in it, is longer than [`LONGEST_OBJECT`]: a text or a list
/// without an end would fill the memory.
pub(super) struct Bounded<R> {
    from: R,
    depth: u64,
    in_text: bool,
    escaped: bool,
    line: u64,
    /// Bytes since the last object or list that ended at most two levels deep.
    passed: u64,
}

impl<R: Read> Bounded<R> {
    pub(super) fn new(from: R) -> Self {
        Bounded { from, depth: 0, in_text: false, escaped: false, line: 1, passed: 0 }
    }

    fn step(&mut self, byte: u8) {
        self.passed += 1;
        self.line += u64::from(byte == b'\n');
        match byte {
            _ if std::mem::take(&mut self.escaped) => {}
            b'\\' => self.escaped = self.in_text,
            b'"' => self.in_text = !self.in_text,
            b'{' | b'[' if !self.in_text => self.depth += 1,
            b'}' | b']' if !self.in_text => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth <= 2 {
                    self.passed = 0;
                }
            }
            _ => {}
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        for byte in buffer.get(..count).unwrap_or_default() {
            self.step(*byte);
        }
        if self.passed > LONGEST_OBJECT {
            let message = format!("an object in it is longer than 16 MiB, on line {}", self.line);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(count)
    }
}

/// What a parser says, with the limit that is its own.
pub(super) fn words_of(error: &serde_json::Error) -> String {
    error.to_string().replace("recursion limit exceeded", "more than 127 lists or objects are in one another")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parts: &[(&str, usize)]) -> io::Result<usize> {
        let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
        io::copy(&mut Bounded::new(text.as_bytes()), &mut io::sink()).map(|_| text.len())
    }

    // Rule 4.3.
    #[test]
    fn a_long_document_of_short_objects_passes_and_a_long_object_does_not() {
        let many = 2 << 20;
        assert!(read(&[("[", 1), ("{\"a\":\"]}\\\"\"},\n", many), ("{}]", 1)]).is_ok());
        assert!(read(&[("{\"entry\":[", 1), ("{\"a\":[1]},\n", many), ("{}]}", 1)]).is_ok());
        for endless in [
            [("\n[\"", 1), ("]}", 9 << 20)],
            [("\n{\"a\":[", 1), ("1,1,", 5 << 20)],
            [("\n[{\"a\":{\"b\":[", 1), ("[1],", 5 << 20)],
            [("\n", 1), (" ", 17 << 20)],
        ] {
            let error = read(&endless).unwrap_err();
            assert_eq!(error.to_string(), "an object in it is longer than 16 MiB, on line 2");
        }
    }
}
