//! The verdict in one sentence: who sees how many of which records, and why.

use super::facts::Facts;
use super::found::Found;
use super::rules::{Way, way};
use super::{Question, Tense};
use crate::model::sharing::SharingLevel;
use crate::model::text::counted;

/// Who sees how many of which records; and why.
pub(super) type Verdict = (String, String);

pub(super) fn verdict(question: &Question, facts: &Facts, failing: Option<&Found>) -> Verdict {
    let kind = question.data_type.name();
    let of = format!("of {} at {}", question.client.name, question.owner.name);
    let total = usize::try_from(facts.records).unwrap_or(0);
    let what = match (facts.visible, facts.records) {
        (_, 0) => format!("{} {kind} record {of}", if failing.is_none() { "any" } else { "no" }),
        (0, _) => format!("none of the {} {of}", some(total, kind)),
        (visible, records) if visible == records => format!("all {} {of}", some(total, kind)),
        (visible, _) => format!("{visible} of the {} {of}", some(total, kind)),
    };
    let verb = match (question.tense(), facts.records) {
        (Tense::Past, 0) => "would have seen",
        (_, 0) => "would see",
        (Tense::Past, _) => "saw",
        (Tense::Present, _) => "sees",
        (Tense::Future, _) => "will see",
    };
    (format!("{} {verb} {what}", question.recipient.name), why(question, facts, failing))
}

/// The same for the recipient, which does not see how much there is.
pub(super) fn of_recipient(question: &Question, facts: &Facts, failing: Option<&Found>) -> Verdict {
    let Question { client, owner, recipient, data_type, .. } = question;
    let (recipient, owner, kind) = (&recipient.name, &owner.name, data_type.name());
    let verb = match question.tense() {
        Tense::Past => "saw",
        Tense::Present => "sees",
        Tense::Future => "will see",
    };
    let visible = usize::try_from(facts.visible).unwrap_or(0);
    let what = if visible == 0 { format!("no {kind} record") } else { some(visible, kind) };
    let by = super::rules::consent(question, facts);
    let why = match (failing, by) {
        (Some(failing), _) => failing.detail.clone(),
        (None, _) if visible > 0 && way(facts) == Way::Release => {
            format!("a signed release at {owner} lets it")
        }
        (None, Some(by)) if visible > 0 => by,
        (None, None) if visible > 0 => "it is shared automatically".to_owned(),
        (None, Some(by)) => format!("{by}, and {owner} shows none"),
        (None, None) => format!("{owner} shows none"),
    };
    (format!("{recipient} {verb} {what} of {} at {owner}", client.name), why)
}

fn some(count: usize, kind: &str) -> String {
    counted(count, &format!("{kind} record"), &format!("{kind} records"))
}

/// The failing rule; else the consent, and at level 2 the categories.
fn why(question: &Question, facts: &Facts, failing: Option<&Found>) -> String {
    if let Some(failing) = failing {
        return failing.detail.clone();
    }
    let by =
        super::rules::consent(question, facts).unwrap_or_else(|| "it is shared automatically".to_owned());
    let none = if facts.records == 0 { ", and there is none yet" } else { "" };
    let none = super::rules::never(facts).map(|never| format!("; {never}")).unwrap_or_default() + none;
    if facts.level() != SharingLevel::CommonCategory {
        return by + &none;
    }
    let common: Vec<&str> = facts.common().map(|category| category.name.as_str()).collect();
    format!("{by}, in common: {}{none}", common.join(", "))
}
