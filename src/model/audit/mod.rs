//! The audit trail: its entries, and how they are chained so that tampering shows (rule 4.1) and what they hold can be erased (rule 5.8).

mod cursor;
mod end;
mod sealed;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SecondsFormat, Utc};
pub(crate) use cursor::Cursor;
pub(crate) use end::TrailEnd;
use schemars::JsonSchema;
pub(crate) use sealed::{SEAL_VERSION, SealView, Sealed, ServerState};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
pub(crate) use view::AuditView;

/// The action of the entry that says that an admin went on although the clock seemed wrong.
pub(crate) const EVEN_SO: &str = "clock.even-so";

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

/// Of an action such as `package.respond` what it was done to, such as `package`.
pub(crate) fn noun_of(action: &str) -> &str {
    action.split('.').next().unwrap_or(action)
}

/// The hash that the first entry builds on.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

/// The action of an erasure, whose entry names the entries that it emptied.
pub(crate) const ERASE: &str = "client.erase";

/// Random bytes that are stored beside the payload of an entry: without them there is no telling from a digest what
/// the payload was.
pub(crate) type Salt = [u8; 16];

/// How a stored hash covers the payload of its entry, which is its subject, `before` and `after`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seal {
    /// By itself: an entry of an older version.
    Plain,
    /// By its digest with this salt.
    Salted(Vec<u8>),
    /// The payload was erased; of one with a salt the digest is left (rule 5.8).
    Erased(Option<Vec<u8>>),
}

/// An entry with its position in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) sequence: i64,
    pub(crate) entry: Entry,
    pub(crate) seal: Seal,
    pub(crate) hash: Vec<u8>,
}

impl Entry {
    /// The salted digest of the payload, which the chain is built on, so that the payload can be erased.
    pub(crate) fn digest(&self, salt: &[u8]) -> Vec<u8> {
        let mut digest = Sha256::new();
        add(&mut digest, Some(salt));
        self.add_payload(&mut digest);
        digest.finalize().to_vec()
    }

    /// SHA-256 over the previous hash, the number, every field but the payload, and the digest of that.
    pub(crate) fn hash(&self, sequence: i64, previous: &[u8], payload: &[u8]) -> Vec<u8> {
        // Where older entries have the length of their subject.
        const IS_SALTED: u64 = u64::MAX - 1;
        let mut digest = self.head(sequence, previous);
        digest.update(IS_SALTED.to_be_bytes());
        digest.update(payload);
        digest.finalize().to_vec()
    }

    /// The hash of an entry of an older version, which covers the payload itself.
    fn plain_hash(&self, sequence: i64, previous: &[u8]) -> Vec<u8> {
        let mut digest = self.head(sequence, previous);
        self.add_payload(&mut digest);
        digest.finalize().to_vec()
    }

    fn head(&self, sequence: i64, previous: &[u8]) -> Sha256 {
        let mut digest = Sha256::new();
        digest.update(previous);
        digest.update(sequence.to_be_bytes());
        let at = self.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        for text in [Some(&at), Some(&self.actor), self.acting_as.as_ref(), Some(&self.action)] {
            add(&mut digest, text);
        }
        digest
    }

    fn add_payload(&self, digest: &mut Sha256) {
        for text in [Some(&self.subject), self.before.as_ref(), self.after.as_ref()] {
            add(digest, text);
        }
    }
}

/// Each field is prefixed with its length, so that different entries never encode alike.
fn add(digest: &mut Sha256, field: Option<impl AsRef<[u8]>>) {
    match field {
        None => digest.update(u64::MAX.to_be_bytes()),
        Some(field) => {
            let bytes = field.as_ref();
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        }
    }
}

/// The payload of an erasure's entry: what it emptied, and a digest of what is left there. So an entry that was
/// emptied by other means, or changed afterwards, shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Erasure {
    /// The code of the client.
    pub(crate) client: String,
    /// The numbers of the emptied entries, in order.
    pub(crate) entries: Vec<i64>,
    pub(crate) sha256: String,
}

impl Erasure {
    /// Of these entries, as they were left, in order.
    pub(crate) fn of(client: String, left: &[Link]) -> Self {
        let entries = left.iter().map(|link| link.sequence).collect();
        Erasure { client, entries, sha256: sum(left.iter().map(remainder)) }
    }
}

/// The digest of all that is left of an erased entry.
fn remainder(link: &Link) -> Vec<u8> {
    let mut digest = link.entry.head(link.sequence, &link.hash);
    link.entry.add_payload(&mut digest);
    if let Seal::Erased(payload) = &link.seal {
        add(&mut digest, payload.as_ref());
    }
    digest.finalize().to_vec()
}

fn sum(remainders: impl Iterator<Item = Vec<u8>>) -> String {
    let mut digest = Sha256::new();
    remainders.for_each(|remainder| digest.update(&remainder));
    hex(&digest.finalize())
}

/// The state of a verification that walks the chain from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    /// The number of valid links.
    pub(crate) entries: i64,
    /// How many of them were erased.
    pub(crate) erased: i64,
    /// The hash of the last valid link.
    pub(crate) head: Vec<u8>,
    /// The numbers of entries of which the hashes are wanted, and those that there are.
    marks: BTreeSet<i64>,
    pub(crate) marked: BTreeMap<i64, Vec<u8>>,
    /// The first invalid link; nothing after it can be verified.
    pub(crate) broken: Option<Break>,
    /// What is left of erased entries whose erasure has not been read yet.
    unexplained: BTreeMap<i64, Vec<u8>>,
}

/// The place where a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Break {
    pub(crate) number: i64,
    /// Lower case, without a full stop.
    pub(crate) what: String,
}

impl Chain {
    pub(crate) fn new(marks: BTreeSet<i64>) -> Self {
        Chain {
            entries: 0,
            erased: 0,
            head: BEGINNING.to_vec(),
            marks,
            marked: BTreeMap::new(),
            broken: None,
            unexplained: BTreeMap::new(),
        }
    }

    /// Verifies the next stored link.
    pub(crate) fn step(&mut self, link: &Link) {
        if self.broken.is_some() {
            return;
        }
        let number = self.entries + 1;
        if link.sequence != number {
            self.is_broken(number, format!("entry {number} is missing from the audit trail"));
        } else if !self.holds(link) {
            self.is_broken(number, format!("entry {number} of the audit trail is not as it was written"));
        } else {
            self.entries = number;
            link.hash.clone_into(&mut self.head);
            if self.marks.contains(&number) {
                self.marked.insert(number, link.hash.clone());
            }
            self.take_erased(link);
        }
    }

    /// The verification after the last link. Every database has an entry of its creation, and all those that it knows of otherwise.
    /// `replaced` is an entry that is known otherwise, and is another.
    pub(crate) fn end(mut self, recorded: i64, replaced: Option<i64>) -> Self {
        let number = self.entries + 1;
        if self.broken.is_none() && number <= recorded.max(1) {
            self.is_broken(number, format!("entry {number} is missing from the audit trail"));
        }
        if let (None, Some(number)) = (&self.broken, replaced) {
            let what = format!("entry {number} of the audit trail is not the one that its change wrote");
            self.is_broken(number, what);
        }
        if let (None, Some(&number)) = (&self.broken, self.unexplained.keys().next()) {
            self.is_broken(
                number,
                format!("entry {number} of the audit trail was emptied without an erasure"),
            );
        }
        self
    }

    fn is_broken(&mut self, number: i64, what: String) {
        self.broken = Some(Break { number, what });
    }

    fn holds(&self, link: &Link) -> bool {
        let Link { sequence, entry, seal, hash } = link;
        let salted = |payload: &[u8]| entry.hash(*sequence, &self.head, payload);
        match seal {
            Seal::Plain => entry.plain_hash(*sequence, &self.head) == *hash,
            Seal::Salted(salt) => salted(&entry.digest(salt)) == *hash,
            Seal::Erased(Some(payload)) => salted(payload) == *hash,
            // Its hash covered what is gone, and holds by that of the next entry and by its erasure.
            Seal::Erased(None) => true,
        }
    }

    fn take_erased(&mut self, link: &Link) {
        if matches!(link.seal, Seal::Erased(_)) {
            self.erased += 1;
            self.unexplained.insert(link.sequence, remainder(link));
        } else if link.entry.action == ERASE {
            self.explain(link);
        }
    }

    /// Compares what an erasure has left with what there is.
    fn explain(&mut self, link: &Link) {
        let after = link.entry.after.as_deref();
        let Some(erasure) = after.and_then(|text| serde_json::from_str::<Erasure>(text).ok()) else { return };
        let left: Vec<_> =
            erasure.entries.iter().filter_map(|number| self.unexplained.remove(number)).collect();
        if let (true, Some(&first)) = (sum(left.into_iter()) != erasure.sha256, erasure.entries.first()) {
            let what = format!(
                "entry {first} of the audit trail, or another that entry {} erased, was changed since",
                link.sequence
            );
            self.is_broken(first, what);
        }
    }
}

impl Link {
    /// The entries of erasures stay: they say what was erased.
    pub(crate) fn may_be_erased(&self) -> bool {
        !matches!(self.seal, Seal::Erased(_)) && self.entry.action != ERASE
    }

    /// The entry without what it held, under another subject.
    pub(crate) fn erased(&self, subject: &str) -> Link {
        let digest = match &self.seal {
            Seal::Salted(salt) => Some(self.entry.digest(salt)),
            Seal::Plain | Seal::Erased(_) => None,
        };
        let entry = Entry { before: None, after: None, subject: subject.to_owned(), ..self.entry.clone() };
        Link { entry, seal: Seal::Erased(digest), ..self.clone() }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests;
