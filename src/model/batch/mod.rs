//! The lines of a batch: what each is known by, and the template that a table fills.

pub(crate) mod lines;
pub(crate) mod template;

use std::ffi::OsString;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::operation_key::OperationKey;

/// What the words of a line are known by: the same only for the same words.
pub(crate) fn digest(words: &[OsString]) -> String {
    let mut digest = Sha256::new();
    for word in words {
        let bytes = word.as_encoded_bytes();
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
    let bytes: [u8; 32] = digest.finalize().into();
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The operation key of a line of the batch with this id, which no other has.
pub(crate) fn key(batch: &str, line: u64, digest: &str) -> OperationKey {
    let whole: [u8; 32] = Sha256::digest(format!("{batch} {line} {digest}")).into();
    let mut half = [0; 16];
    half.copy_from_slice(whole.split_at(16).0);
    OperationKey::of(half)
}

/// `2 accounts`, `1 category`.
pub(crate) fn counted_noun(count: u64, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if count == 1 => format!("1 {noun}"),
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> String {
        digest(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_line_is_its_words_one_by_one_and_its_place() {
        assert_eq!(of(&["client", "list"]), of(&["client", "list"]));
        assert_ne!(of(&["client", "list"]), of(&["clientlist"]));
        assert_ne!(of(&["a", ""]), of(&["a"]));
        assert_eq!(key("id", 3, "d"), key("id", 3, "d"));
        for (batch, line, digest) in [("id", 4, "d"), ("other", 3, "d"), ("id", 3, "e")] {
            assert_ne!(key("id", 3, "d"), key(batch, line, digest));
        }
    }

    #[test]
    fn nouns_are_counted() {
        let words = [(1, "account"), (0, "account"), (2, "category")].map(|(n, noun)| counted_noun(n, noun));
        assert_eq!(words, ["1 account", "0 accounts", "2 categories"]);
    }
}
