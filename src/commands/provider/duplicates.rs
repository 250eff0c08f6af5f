//! `provider duplicates`: providers that may be one organisation, with the reasons (rule 5.7).

use crate::commands::prelude::*;
use crate::model::duplicate::{Duplicate, SharedKeys};
use crate::store::provider::Compared;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk provider duplicates
  $ caredesk provider duplicates --least 80 -o csv")]
pub(super) struct Duplicates {
    /// Only pairs whose score, from 0 to 100, is at least this
    #[arg(long, value_name = "SCORE", default_value = "50")]
    least: i64,
    /// Show at most this many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(super) fn run(context: &Context, command: &Duplicates) -> Result<()> {
    context.out.can_show::<Duplicate>()?;
    let providers = context.read(|tx| store::provider::compared(tx, context.visibility()))?;
    let mut keys = SharedKeys::default();
    for (record, provider) in (0..).zip(&providers) {
        provider.traits.add_to(&mut keys, record);
    }
    let pairs = keys.pairs();
    let pair =
        |(one, other): &(u32, u32)| Some((providers.get(*one as usize)?, providers.get(*other as usize)?));
    let found =
        pairs.pairs.iter().filter_map(pair).filter_map(|(one, other)| judged(one, other, command.least));
    output::duplicate::print(&context.out, found.collect(), command.limit, pairs.too_common)
}

fn judged(one: &Compared, other: &Compared, least: i64) -> Option<Duplicate> {
    let judgement = one.traits.judge(&other.traits);
    let score = judgement.score();
    // Who is still active stays.
    let rank = |provider: &Compared| (!provider.active, provider.id);
    let (kept, other) = if rank(one) <= rank(other) { (one, other) } else { (other, one) };
    let name = |provider: &Compared| provider.traits.names.first().cloned().unwrap_or_default();
    (score >= least.max(1)).then(|| Duplicate {
        score,
        code: kept.code.clone(),
        name: name(kept),
        other: other.code.clone(),
        other_name: name(other),
        reasons: judgement.reasons(),
        command: format!("caredesk provider merge {} --into {}", other.code, kept.code),
    })
}
