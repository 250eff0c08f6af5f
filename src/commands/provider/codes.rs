//! New codes for what an import makes: thousands of them, and none may be in use already.

use std::collections::HashSet;

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::code::Prefix;
use crate::store::provider::import as store;

/// Fewer codes than these are known by heart; of more, each one that is drawn is asked for.
const FEW: usize = 5_000;

/// Those of one sort of thing.
pub(super) struct Codes {
    prefix: Prefix,
    /// What is in use; none where that is too much.
    known: Option<HashSet<String>>,
    taken: fn(&mut Tx<'_>, &[String]) -> Result<Vec<String>>,
}

impl Codes {
    pub(super) fn of_providers(tx: &mut Tx<'_>) -> Result<Self> {
        let few = store::codes(tx, limit())?;
        Ok(Codes::new(Prefix::Provider, few, store::taken_codes))
    }

    pub(super) fn of_resources(tx: &mut Tx<'_>) -> Result<Self> {
        let few = store::resource_codes(tx, limit())?;
        Ok(Codes::new(Prefix::Resource, few, store::taken_resource_codes))
    }

    fn new(
        prefix: Prefix,
        few: Vec<String>,
        taken: fn(&mut Tx<'_>, &[String]) -> Result<Vec<String>>,
    ) -> Self {
        let known = (few.len() < FEW).then(|| few.into_iter().collect());
        Codes { prefix, known, taken }
    }

    /// So many new ones. Those drawn the time before must be written by now.
    pub(super) fn draw(&mut self, context: &Context, tx: &mut Tx<'_>, count: usize) -> Result<Vec<String>> {
        self.known.take_if(|known| known.len() >= FEW);
        let (known, taken) = (&mut self.known, self.taken);
        context.codes(self.prefix, count, |drawn| match known {
            Some(known) => Ok(drawn.iter().filter(|code| !known.insert((*code).clone())).cloned().collect()),
            None => taken(tx, drawn),
        })
    }
}

fn limit() -> i64 {
    i64::try_from(FEW).unwrap_or(i64::MAX)
}
