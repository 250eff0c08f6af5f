//! The line of a shell as far as the cursor: its words as they are meant, of which the last is begun.

use std::cell::RefCell;
use std::ffi::OsString;

/// A line up to the cursor.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Begun {
    /// The words of its command before the last.
    pub(super) before: Vec<String>,
    /// The last, which may be empty, as it is meant, and where it begins.
    pub(super) word: String,
    pub(super) start: usize,
    /// The quotation mark that is still open in it.
    pub(super) quote: Option<char>,
}

thread_local! {
    static BEFORE: RefCell<Option<Vec<OsString>>> = const { RefCell::new(None) };
}

/// The words before the one that is completed.
pub(super) fn be_after(before: &[OsString]) {
    BEFORE.set(Some(before.to_vec()));
}

/// None where no line has been read.
pub(super) fn words_before() -> Option<Vec<OsString>> {
    BEFORE.with_borrow(Clone::clone)
}

/// As far as the text goes; quotation marks may still be open.
pub(super) fn begun(text: &str) -> Begun {
    let mut begun = Begun::default();
    let mut is_in_word = false;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        let is_space = begun.quote.is_none() && letter.is_whitespace();
        if is_space {
            if is_in_word {
                begun.before.push(std::mem::take(&mut begun.word));
            }
            if letter == '\n' {
                begun.before.clear();
            }
            (is_in_word, begun.start) = (false, at + letter.len_utf8());
            continue;
        }
        if !is_in_word {
            (is_in_word, begun.start) = (true, at);
        }
        match (letter, begun.quote) {
            ('\\', None | Some('"')) => {
                begun.word.extend(letters.next().map(|(_, next)| next).filter(|next| *next != '\n'));
            }
            ('\'' | '"', None) => begun.quote = Some(letter),
            (_, Some(open)) if letter == open => begun.quote = None,
            _ => begun.word.push(letter),
        }
    }
    begun
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Vec<String>, String, usize) {
        let Begun { before, word, start, .. } = begun(text);
        (before, word, start)
    }

    #[test]
    fn the_word_at_the_cursor_is_found_in_quotes_too() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(""), (vec![], String::new(), 0));
        assert_eq!(of("package sh"), (words(&["package"]), "sh".to_owned(), 8));
        assert_eq!(of("package show "), (words(&["package", "show"]), String::new(), 13));
        assert_eq!(of("package show 'winter m"), (words(&["package", "show"]), "winter m".to_owned(), 13));
        assert_eq!(of("client list\nfind Zo\\ é"), (words(&["find"]), "Zo é".to_owned(), 17));
        assert_eq!(begun("package show 'winter m").quote, Some('\''));
        assert_eq!(begun("package show 'winter m' \"a\"").quote, None);
    }
}
