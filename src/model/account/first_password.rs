//! First passwords: random ones that an admin hands out, each of which serves only to set one of one's own.

use sha2::{Digest, Sha256};

use crate::model::audit::hex;
use crate::model::code::DIGITS;
use crate::model::prelude::*;

/// What stands before the hash of a first password; all others are Argon2's.
const PREFIX: &str = "$first$";

const LETTERS: usize = 28;
const SALT: usize = 16;

/// The random bytes of one: for its letters, of five bits each, and for its salt.
pub(crate) type Randomness = [u8; LETTERS + SALT];

/// A new one: what the person gets, and what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FirstPassword {
    /// 140 random bits in groups of four letters without look-alikes.
    pub(crate) text: String,
    pub(crate) hash: String,
}

impl FirstPassword {
    pub(crate) fn new(random: &Randomness, until: DateTime<Utc>) -> Self {
        let (letters, salt) = random.split_at(LETTERS);
        let letters: Vec<char> =
            letters.iter().map(|byte| DIGITS[usize::from(byte & 31)].to_ascii_lowercase().into()).collect();
        let groups: Vec<String> = letters.chunks(4).map(String::from_iter).collect();
        let (text, salt) = (groups.join("-"), hex(salt));
        let hash = format!("{PREFIX}{}${salt}${}", until.timestamp(), digest(&salt, &text));
        FirstPassword { text, hash }
    }
}

/// A stored one. So many random bits cannot be guessed, and a slow hash would add nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredFirst<'a> {
    pub(crate) until: DateTime<Utc>,
    salt: &'a str,
    digest: &'a str,
}

impl<'a> StoredFirst<'a> {
    /// Matches no text, and takes as long as one that does.
    pub(crate) const NONE: Self = StoredFirst { until: DateTime::UNIX_EPOCH, salt: "", digest: "" };

    /// None if the hash is that of a password which the person chose.
    pub(crate) fn of(hash: &'a str) -> Option<Self> {
        let mut parts = hash.strip_prefix(PREFIX)?.split('$');
        let until = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
        Some(StoredFirst { until, salt: parts.next()?, digest: parts.next()? })
    }

    /// Whether this is it, as people copy it: in capitals, without its hyphens, with an o for a zero.
    pub(crate) fn matches(&self, text: &str) -> bool {
        digest(self.salt, text) == self.digest
    }
}

fn digest(salt: &str, text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    let letters: String = letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            letter => letter,
        })
        .collect();
    hex(&Sha256::digest(format!("{salt}{letters}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_password_is_known_again_however_it_is_copied() {
        let until = "2026-12-10T09:00:00Z".parse().unwrap();
        let random: Randomness = std::array::from_fn(|place| u8::try_from(place * 7).unwrap_or(u8::MAX));
        let first = FirstPassword::new(&random, until);
        assert_eq!(first.text, "07en-w3ah-rz6d-mv29-gqy5-ckt1-8fpx");
        let stored = StoredFirst::of(&first.hash).unwrap();
        assert_eq!(stored.until, until);
        for copied in ["07en-w3ah-rz6d-mv29-gqy5-ckt1-8fpx", " O7EN W3AH RZ6D MV29 GQY5 CKTl 8FPX "] {
            assert!(stored.matches(copied), "{copied}");
        }
        for other in ["", "07en-w3ah-rz6d-mv29-gqy5-ckt1-8fpy", first.hash.as_str()] {
            assert!(!stored.matches(other), "{other}");
        }
    }

    #[test]
    fn two_of_the_same_letters_are_stored_differently() {
        let until = "2026-12-10T09:00:00Z".parse().unwrap();
        let mut random: Randomness = [1; LETTERS + SALT];
        let first = FirstPassword::new(&random, until);
        random[LETTERS] = 2;
        let other = FirstPassword::new(&random, until);
        assert_eq!(first.text, other.text);
        assert_ne!(first.hash, other.hash);
    }

    #[test]
    fn a_password_of_ones_own_is_no_first_one() {
        for hash in ["", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", "$first$", "$first$soon$00$00"] {
            assert_eq!(StoredFirst::of(hash), None, "{hash}");
        }
    }
}
