//! Why a provider sees records or not: the verdict first, then rule by rule.

use anstyle::Style;

use super::card::Marked;
use super::style::{BAD, FAINT, GOOD};
use super::{Card, Output};
use crate::model::sharing::explain::{Explanation, RuleResult};

pub(crate) fn card<'a>(explanation: &Explanation, output: &'a Output) -> Card<'a> {
    let results = explanation.rules.iter().map(|result| Marked {
        style: style(result.met),
        cells: [mark(result.met), rule(result), result.detail.clone()],
        command: result.fix.clone(),
    });
    Card::new(output, &format!("{}.", explanation.verdict))
        .text(&format!("As of {}.", output.instant(explanation.at)))
        .blank()
        .marked(&results.collect::<Vec<_>>())
}

/// A word beside the sign, so that neither sign nor colour stands alone.
fn mark(met: Option<bool>) -> String {
    let mark = match met {
        Some(true) => "  ✓ met",
        Some(false) => "  ✗ not met",
        None => "  · not asked",
    };
    mark.to_owned()
}

fn style(met: Option<bool>) -> Style {
    match met {
        Some(true) => GOOD,
        Some(false) => BAD,
        None => FAINT,
    }
}

fn rule(result: &RuleResult) -> String {
    result.rule.name().replace('_', " at ")
}
