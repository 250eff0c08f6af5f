//! Why something is seen or not: the verdict first, then rule by rule.

use std::iter;

use anstyle::Style;

use super::card::Marked;
use super::style::{BAD, FAINT, GOOD};
use super::{Card, Output};
use crate::model::account_sight::AccountExplanation;
use crate::model::sharing::explain::Explanation;

/// One rule as it is decided, and what would help.
struct Decided<'a> {
    rule: String,
    met: Option<bool>,
    detail: &'a str,
    fix: Option<&'a String>,
    needed: Option<&'a String>,
}

pub(crate) fn card<'a>(explanation: &Explanation, output: &'a Output) -> Card<'a> {
    let rules = explanation.rules.iter().map(|result| Decided {
        rule: result.rule.name().replace('_', " at "),
        met: result.met,
        detail: &result.detail,
        fix: result.fix.as_ref(),
        needed: result.needed.as_ref(),
    });
    let title = Card::new(output, &format!("{}.", explanation.verdict));
    decided(title.text(&format!("As of {}.", output.instant(explanation.at))), rules)
}

pub(crate) fn of_account<'a>(explanation: &AccountExplanation, output: &'a Output) -> Card<'a> {
    let rules = explanation.rules.iter().map(|result| Decided {
        rule: result.rule.name().replace('_', " "),
        met: result.met,
        detail: &result.detail,
        fix: result.fix.as_ref(),
        needed: result.needed.as_ref(),
    });
    decided(Card::new(output, &format!("{}.", explanation.verdict)), rules)
}

fn decided<'a, 'b>(card: Card<'a>, rules: impl Iterator<Item = Decided<'b>>) -> Card<'a> {
    let rows = rules.flat_map(|one| {
        let needed = one.needed.map(|needed| Marked {
            style: Style::new(),
            cells: [String::new(), String::new(), format!("needs {needed}")],
            command: None,
        });
        let decided = Marked {
            style: style(one.met),
            cells: [mark(one.met), one.rule, one.detail.to_owned()],
            command: one.fix.cloned(),
        };
        iter::once(decided).chain(needed)
    });
    card.blank().marked(&rows.collect::<Vec<_>>())
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
