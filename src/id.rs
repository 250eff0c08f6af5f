//! The key of a row, which knows what it is the key of: ids of different nouns cannot be mixed up. A leaf.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The traits are written out because derived ones would ask the noun for them too.
pub(crate) struct Id<N> {
    uuid: Uuid,
    noun: PhantomData<fn() -> N>,
}

impl<N> Id<N> {
    pub(crate) const NIL: Self = Id::of(Uuid::nil());

    /// Greater than the key of any row.
    pub(crate) const MAX: Self = Id::of(Uuid::max());

    pub(crate) const fn of(uuid: Uuid) -> Self {
        Id { uuid, noun: PhantomData }
    }

    /// The least key that is made at this instant.
    pub(crate) fn first_of(at: DateTime<Utc>) -> Self {
        let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        Id::of(uuid::Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid())
    }

    pub(crate) const fn uuid(&self) -> &Uuid {
        &self.uuid
    }

    #[cfg(test)]
    pub(crate) const fn from_u128(number: u128) -> Self {
        Id::of(Uuid::from_u128(number))
    }
}

impl<N> Clone for Id<N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N> Copy for Id<N> {}

impl<N> fmt::Debug for Id<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}

impl<N> PartialEq for Id<N> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<N> Eq for Id<N> {}

impl<N> PartialOrd for Id<N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<N> Ord for Id<N> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<N> Hash for Id<N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
