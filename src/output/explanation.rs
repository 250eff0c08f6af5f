//! Why a provider sees records or does not: the verdict first, then rule by rule.

use super::clean::clean;
use super::{Field, Output, Record, Shape, hidden, shown};
use crate::model::sharing::explain::{Explanation, Finding};

impl Record for Explanation {
    const FIELDS: &'static [Field] = &[
        shown("client", Shape::Text),
        shown("client_name", Shape::Text),
        shown("owner", Shape::Text),
        hidden("owner_code", Shape::Text),
        shown("recipient", Shape::Text),
        hidden("recipient_code", Shape::Text),
        shown("type", Shape::Text),
        shown("at", Shape::Instant),
        shown("visible", Shape::YesNo),
        shown("records_visible", Shape::Number),
        shown("records", Shape::Number),
        shown("rules", Shape::Many),
        shown("first_failing", Shape::Text),
        shown("verdict", Shape::Text),
    ];

    fn code(&self) -> &str {
        if self.visible { "visible" } else { "hidden" }
    }
}

pub(crate) fn card(explanation: &Explanation, output: &Output) -> String {
    let at = explanation.at.with_timezone(&output.zone).format("%Y-%m-%d %H:%M");
    let widest = explanation.rules.iter().map(|finding| words(finding).len()).max().unwrap_or(0);
    let mut text = format!("{}.\nAs of {at}.\n\n", clean(&explanation.verdict));
    for finding in &explanation.rules {
        let (mark, met) = mark(finding.met);
        let colour = colour(output, finding.met);
        let plain = if colour.is_empty() { "" } else { "\u{1b}[0m" };
        text += &format!(
            "  {colour}{mark} {met:9}{plain}  {:widest$}  {}\n",
            words(finding),
            clean(&finding.fact)
        );
        if let Some(mend) = &finding.mend {
            text += &format!("  {:11}  {:widest$}  $ {}\n", "", "", clean(mend));
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
