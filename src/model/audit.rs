//! The audit trail: its entries, and how they are chained so that tampering shows (rule 4.1).

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

/// One entry, as it is appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) at: DateTime<Utc>,
    /// The login of the person.
    pub(crate) actor: String,
    /// The login of the account acted as, if it is another.
    pub(crate) acting_as: Option<String>,
    /// `noun.verb`.
    pub(crate) action: String,
    /// The code, login or name of what was changed.
    pub(crate) subject: String,
    /// JSON texts.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// The hash that the first entry builds on.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

impl Entry {
    /// SHA-256 over the previous hash, the number and every field, each field prefixed with its length, so
    /// that different entries never encode alike.
    pub(crate) fn hash(&self, sequence: i64, previous: &[u8]) -> Vec<u8> {
        let mut digest = Sha256::new();
        digest.update(previous);
        digest.update(sequence.to_be_bytes());
        let at = self.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let texts =
            [Some(&at), Some(&self.actor), self.acting_as.as_ref(), Some(&self.action), Some(&self.subject)];
        for text in texts.into_iter().chain([self.before.as_ref(), self.after.as_ref()]) {
            match text {
                None => digest.update(u64::MAX.to_be_bytes()),
                Some(text) => {
                    digest.update((text.len() as u64).to_be_bytes());
                    digest.update(text.as_bytes());
                }
            }
        }
        digest.finalize().to_vec()
    }
}

/// The state of a verification that walks the chain from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    /// The number of valid links.
    pub(crate) entries: i64,
    /// The hash of the last valid link.
    pub(crate) head: Vec<u8>,
    /// The first invalid link; nothing after it can be verified.
    pub(crate) broken: Option<Break>,
}

/// The place where a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Break {
    pub(crate) number: i64,
    /// Lower case, without a full stop.
    pub(crate) what: String,
}

impl Chain {
    pub(crate) fn new() -> Self {
        Chain { entries: 0, head: BEGINNING.to_vec(), broken: None }
    }

    /// Verifies the next stored link.
    pub(crate) fn step(&mut self, sequence: i64, entry: &Entry, hash: &[u8]) {
        if self.broken.is_some() {
            return;
        }
        let number = self.entries + 1;
        if sequence != number {
            self.broken =
                Some(Break { number, what: format!("entry {number} is missing from the audit trail") });
        } else if entry.hash(number, &self.head) != hash {
            self.broken = Some(Break {
                number,
                what: format!("entry {number} of the audit trail is not as it was written"),
            });
        } else {
            self.entries = number;
            self.head = hash.to_vec();
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_empty_are_not_the_same() {
        let entry = |before: Option<&str>| Entry {
            at: DateTime::UNIX_EPOCH,
            actor: "anna".to_owned(),
            acting_as: None,
            action: "x.y".to_owned(),
            subject: "s".to_owned(),
            before: before.map(str::to_owned),
            after: None,
        };
        assert_ne!(entry(None).hash(1, &BEGINNING), entry(Some("")).hash(1, &BEGINNING));
        assert_ne!(entry(None).hash(1, &BEGINNING), entry(None).hash(2, &BEGINNING));
    }

    /// Three links, the second with the given values.
    fn walked(second: &str, skip: bool) -> Chain {
        let entry = |subject: &str| Entry {
            at: DateTime::UNIX_EPOCH,
            actor: "anna".to_owned(),
            acting_as: None,
            action: "x.y".to_owned(),
            subject: subject.to_owned(),
            before: None,
            after: None,
        };
        let (mut chain, mut previous) = (Chain::new(), BEGINNING.to_vec());
        for (number, subject) in (1..).zip(["a", "b", "c"]) {
            previous = entry(subject).hash(number, &previous);
            let stored = if number == 2 { entry(second) } else { entry(subject) };
            if !(skip && number == 2) {
                chain.step(number, &stored, &previous);
            }
        }
        chain
    }

    #[test]
    fn a_link_changed_or_taken_out_shows() {
        let whole = walked("b", false);
        assert_eq!((whole.entries, whole.broken), (3, None));
        for broken in [walked("B", false), walked("b", true)] {
            assert_eq!((broken.entries, broken.broken.unwrap().number), (1, 2));
        }
    }
}
