//! Why a provider sees records or does not: the verdict first, then rule by rule.

use super::Output;
use super::sanitize::sanitize;
use crate::model::sharing::explain::{Explanation, Finding};

pub(crate) fn card(explanation: &Explanation, output: &Output) -> String {
    let at = output.zone.local(explanation.at);
    let widest = explanation.rules.iter().map(|finding| words(finding).len()).max().unwrap_or(0);
    let mut text = format!("{}.\nAs of {at}.\n\n", sanitize(&explanation.verdict));
    for finding in &explanation.rules {
        let (mark, met) = mark(finding.met);
        let colour = colour(output, finding.met);
        let plain = if colour.is_empty() { "" } else { "\u{1b}[0m" };
        text += &format!(
            "  {colour}{mark} {met:9}{plain}  {:widest$}  {}\n",
            words(finding),
            sanitize(&finding.fact)
        );
        if let Some(fix) = &finding.fix {
            text += &format!("  {:11}  {:widest$}  $ {}\n", "", "", sanitize(fix));
        }
    }
    text
}

/// A word beside the sign, so that nothing is said by a sign or a colour alone.
fn mark(met: Option<bool>) -> (char, &'static str) {
    match met {
        Some(true) => ('✓', "met"),
        Some(false) => ('✗', "not met"),
        None => ('·', "not asked"),
    }
}

fn colour(output: &Output, met: Option<bool>) -> &'static str {
    match met {
        _ if !output.colour => "",
        Some(true) => "\u{1b}[32m",
        Some(false) => "\u{1b}[1;31m",
        None => "\u{1b}[2m",
    }
}

fn words(finding: &Finding) -> String {
    finding.rule.name().replace('_', " at ")
}
