//! A place in the audit trail, from which a reader goes on.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use super::{BEGINNING, TrailEnd, hex};

/// How much of the hash of an entry tells it from one of another trail.
const MARK: usize = 8;

/// Behind one entry: its number, and the beginning of its hash, such as `1042-9f86d081`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// 0 before the first entry.
    pub(crate) sequence: i64,
    mark: String,
}

impl Cursor {
    /// Before the first entry.
    pub(crate) fn beginning() -> Self {
        Cursor::behind(0, &BEGINNING)
    }

    pub(crate) fn behind(sequence: i64, hash: &[u8]) -> Self {
        let mut mark = hex(hash);
        mark.truncate(MARK);
        Cursor { sequence, mark }
    }

    /// Whether it is behind the entry of its number that has this hash; none has, where there is no such entry.
    pub(crate) fn is_of(&self, hash: Option<&[u8]>) -> bool {
        match hash {
            Some(hash) => *self == Cursor::behind(self.sequence, hash),
            None => *self == Cursor::beginning(),
        }
    }
}

impl From<&TrailEnd> for Cursor {
    fn from(end: &TrailEnd) -> Self {
        Cursor::behind(end.sequence, &end.hash)
    }
}

impl Display for Cursor {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", self.sequence, self.mark)
    }
}

impl FromStr for Cursor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no cursor such as 1042-9f86d081, which `caredesk events -q` prints");
        let (number, mark) = text.trim().split_once('-').ok_or_else(wrong)?;
        let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
        let is_mark = mark.len() == MARK && mark.bytes().all(|digit| digit.is_ascii_hexdigit());
        let sequence = number.parse().ok().filter(|_| is_number && is_mark).ok_or_else(wrong)?;
        Ok(Cursor { sequence, mark: mark.to_lowercase() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_written() {
        for text in ["0-00000000", "1042-9f86d081", "9223372036854775807-ffffffff"] {
            assert_eq!(text.parse::<Cursor>().unwrap().to_string(), text);
        }
        assert_eq!("7-9F86D081\n".parse::<Cursor>().unwrap().to_string(), "7-9f86d081");
        for wrong in ["", "7", "-9f86d081", "7-", "7-9f86d08", "7-9f86d08x", "+7-9f86d081", "7-9f86d0811"] {
            assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
        }
    }

    // Rule 7.61.
    #[test]
    fn a_cursor_is_of_one_entry_of_one_trail() {
        let cursor = Cursor::behind(7, &[0xab; 32]);
        assert!(cursor.is_of(Some(&[0xab; 32])));
        assert!(!cursor.is_of(Some(&[0xac; 32])) && !cursor.is_of(None));
        assert!(Cursor::beginning().is_of(None) && !Cursor::behind(0, &[1; 32]).is_of(None));
    }
}
