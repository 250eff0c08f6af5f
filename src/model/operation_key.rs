//! Operation keys: a command that is repeated with the key of its first run gives the answer of that and does nothing more
//! (rule 4.6).

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::code::DIGITS;
use super::text;

/// What a change is known by: given by a script, or drawn for one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OperationKey(String);

/// What a command line asks for, without what it says about the output: nouns and verbs, then the names and values of options.
#[derive(Clone, Debug, Default)]
pub(crate) struct CommandWords(Vec<OsString>);

impl FromStr for OperationKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text::name(text).map(OperationKey).map_err(|why| why.replace("a name", "an operation key"))
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl OperationKey {
    pub(crate) fn of(random: [u8; 16]) -> Self {
        OperationKey(random.iter().map(|byte| DIGITS[usize::from(byte & 31)] as char).collect())
    }

    pub(crate) fn digest(&self) -> Vec<u8> {
        Sha256::digest(&self.0).to_vec()
    }

    /// Without the key, nothing of the command can be guessed from it.
    pub(crate) fn digest_of(&self, command: &CommandWords) -> Vec<u8> {
        let words = command.0.iter().map(OsString::as_os_str);
        let mut digest = Sha256::new();
        for word in std::iter::once(OsStr::new(&self.0)).chain(words) {
            let bytes = word.as_encoded_bytes();
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        }
        digest.finalize().to_vec()
    }
}

impl FromIterator<OsString> for CommandWords {
    fn from_iter<I: IntoIterator<Item = OsString>>(words: I) -> Self {
        CommandWords(words.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(key: &str, words: &[&str]) -> Vec<u8> {
        let key: OperationKey = key.parse().unwrap();
        key.digest_of(&words.iter().map(OsString::from).collect())
    }

    #[test]
    fn a_command_is_its_words_one_by_one() {
        assert_eq!(digest("k", &["client", "create"]), digest(" k ", &["client", "create"]));
        for other in [&["clientcreate"][..], &["client", "creat", "e"], &["create", "client"], &[]] {
            assert_ne!(digest("k", &["client", "create"]), digest("k", other));
        }
        assert_ne!(digest("k", &["client"]), digest("l", &["client"]));
    }

    #[test]
    fn a_key_is_one_line_of_text() {
        assert_eq!(OperationKey::of([32; 16]).to_string(), "0".repeat(16));
        for bad in ["", "  ", "a\nb", &"k".repeat(201)] {
            let why = bad.parse::<OperationKey>().unwrap_err();
            assert!(why.starts_with("an operation key "), "{why}");
        }
    }
}
