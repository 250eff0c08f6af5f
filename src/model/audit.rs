//! The audit trail: what an entry holds, and how entries are chained so that tampering shows (rule 4.1).

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

/// One change, as it is appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) at: DateTime<Utc>,
    /// The login of who was at the keyboard.
    pub(crate) actor: String,
    /// The login in whose name, where that is another.
    pub(crate) acting_as: Option<String>,
    /// `noun.verb`.
    pub(crate) action: String,
    /// The code, login or name of what was changed.
    pub(crate) subject: String,
    /// JSON texts.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// What stands before the first entry.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

impl Entry {
    /// SHA-256 over the hash before it, its number and every field, each field with its length in front, so that no two
    /// different entries are written alike.
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

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
}
