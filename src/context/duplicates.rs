//! Clients that may be one person, with the reasons (rule 5.7).

use std::cmp::Reverse;

use super::{Context, Tx};
use crate::error::Result;
use crate::model::client::ClientStatus;
use crate::model::duplicate::person::Traits;
use crate::model::duplicate::{Duplicate, SharedKeys};
use crate::store::client::{Compared, compared};

pub(crate) struct Duplicates {
    pub(crate) found: Vec<Duplicate>,
    /// How many names, phones and addresses are so common that they tell nothing.
    pub(crate) too_common: usize,
}

/// All pairs whose score is at least this.
pub(crate) fn duplicates(context: &Context, tx: &mut Tx<'_>, least: i64) -> Result<Duplicates> {
    let clients = compared(tx, context.visibility())?;
    let mut keys = SharedKeys::default();
    for (record, client) in (0..).zip(&clients) {
        client.traits.add_to(&mut keys, record);
    }
    let pairs = keys.pairs();
    let pair = |(one, other): &(u32, u32)| Some((clients.get(*one as usize)?, clients.get(*other as usize)?));
    let found = pairs.pairs.iter().filter_map(pair).filter_map(|(one, other)| judged(one, other, least));
    Ok(Duplicates { found: found.collect(), too_common: pairs.too_common })
}

fn judged(one: &Compared, other: &Compared, least: i64) -> Option<Duplicate> {
    let judgement = one.traits.judge(&other.traits);
    let score = judgement.score();
    // Who is still cared for stays, of whom more is known.
    let rank = |client: &Compared| {
        let Traits { former_names, .. } = &client.traits;
        let name = client.traits.full_name().len();
        (client.status != ClientStatus::Active, Reverse((former_names.len(), name)), client.id)
    };
    let (kept, other) = if rank(one) <= rank(other) { (one, other) } else { (other, one) };
    (score >= least.max(1)).then(|| Duplicate {
        score,
        code: kept.code.clone(),
        name: kept.traits.full_name().into_text(),
        other: other.code.clone(),
        other_name: other.traits.full_name().into_text(),
        reasons: judgement.reasons(),
        command: format!("caredesk client merge {} --into {}", other.code, kept.code),
    })
}
