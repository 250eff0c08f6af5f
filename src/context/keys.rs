//! New row ids, codes and salts. In a test they derive from a seed.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::id::Id;
use crate::model::account::first_password::Randomness;
use crate::model::audit::Salt;
use crate::model::code::Prefix;
use crate::model::operation_key::OperationKey;

#[derive(Clone)]
pub(crate) struct Keys {
    random: fastrand::Rng,
    made: u32,
    /// Apart from the other numbers, so that those stay as they are.
    salts: Option<fastrand::Rng>,
}

impl Keys {
    /// Without a seed every run draws different ones.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        let salts = seed.map(fastrand::Rng::with_seed);
        Keys { random: salts.clone().unwrap_or_default(), made: 0, salts }
    }

    /// A version 7 UUID whose twelve bits after the time count up, so that the keys of one run sort as they
    /// were made.
    pub(crate) fn key<N>(&mut self, now: DateTime<Utc>) -> Id<N> {
        let milliseconds = u64::try_from(now.timestamp_millis()).unwrap_or(0) + u64::from(self.made >> 12);
        let mut bytes = [0; 10];
        self.random.fill(&mut bytes);
        let [.., high, low] = (self.made & 0x0fff).to_be_bytes();
        bytes[0] = high;
        bytes[1] = low;
        self.made = self.made.wrapping_add(1);
        Id::of(uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid())
    }

    /// The key that would be made next, which is not drawn: for a table of its own, so that the other keys and codes of a
    /// seed stay as they are.
    pub(super) fn aside<N>(&self, now: DateTime<Utc>) -> Id<N> {
        self.clone().key(now)
    }

    /// From the system: a salt that could be derived from another would hide nothing.
    pub(super) fn salts(&mut self, count: usize) -> Result<Vec<Salt>> {
        let mut salts = vec![Salt::default(); count];
        self.unpredictable(salts.as_flattened_mut())?;
        Ok(salts)
    }

    /// From the system, for as many first passwords.
    pub(super) fn for_passwords(&mut self, count: usize) -> Result<Vec<Randomness>> {
        let mut random = vec![[0; _]; count];
        self.unpredictable(random.as_flattened_mut())?;
        Ok(random)
    }

    fn unpredictable(&mut self, bytes: &mut [u8]) -> Result<()> {
        match &mut self.salts {
            Some(random) => random.fill(bytes),
            None => fill(bytes)?,
        }
        Ok(())
    }

    pub(super) fn code(&mut self, prefix: Prefix) -> String {
        prefix.code(self.random.u32(..) & ((1 << 30) - 1))
    }
}

/// A new operation key, whatever the seed: no two runs may share one.
pub(crate) fn operation_key() -> Result<OperationKey> {
    let mut random = [0; 16];
    fill(&mut random)?;
    Ok(OperationKey::of(random))
}

fn fill(bytes: &mut [u8]) -> Result<()> {
    Ok(getrandom::fill(bytes).context("the system gives no random bytes")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_in_the_order_of_their_making() {
        let mut keys = Keys::new(Some(1));
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let made: Vec<Id<()>> = (0..100_000).map(|_| keys.key(now)).collect();
        assert!(made.is_sorted());
    }
}
