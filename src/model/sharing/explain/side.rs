//! What one side sees of an explanation (rules 3.11 and 3.12): all of its own and of the link, and of the other only what
//! follows from an answer. Nothing here may differ by what the other side holds before it has agreed.

use super::facts::{Facts, LinkFact};
use super::found::{Found, Rule, not_asked, result};
use super::rules::{self, Way, way};
use super::{Question, Side};
use crate::model::sharing::SharingLevel;

pub(super) struct Seen {
    pub(super) rules: Vec<Found>,
    pub(super) visible: bool,
    pub(super) records: Option<i64>,
}

pub(super) fn seen(question: &Question, facts: &Facts, all: Vec<Found>) -> Seen {
    match question.side {
        Side::Both => {
            let visible = all.iter().all(|result| result.met != Some(false));
            Seen { rules: all, visible, records: Some(facts.records) }
        }
        Side::Owner => of_owner(question, facts),
        Side::Recipient => of_recipient(question, facts, all),
    }
}

/// A request that has not reached the owner does not exist for it, and where nothing is agreed to, the recipient's side is
/// its own.
fn of_owner(question: &Question, facts: &Facts) -> Seen {
    let mut facts = facts.clone();
    facts.requests.retain(|request| request.has_arrived);
    let mut rules = rules::results(question, &facts);
    let is_agreed = match way(&facts) {
        Way::Unset | Way::Automatic => true,
        Way::Request => is_met(&rules, Rule::Request),
        Way::Release => is_met(&rules, Rule::Release),
    };
    let recipient = &question.recipient.name;
    for one in &mut rules {
        match one.rule {
            Rule::Category if !is_agreed && facts.level() == SharingLevel::CommonCategory => {
                *one = not_asked(
                    Rule::Category,
                    &format!("the services of {recipient} are said after an agreement"),
                );
            }
            Rule::EnrolmentRecipient if !is_agreed && one.met.is_some() => {
                let client = &question.client.name;
                let why = format!("whether {client} is active at {recipient} is said after an agreement");
                *one = not_asked(Rule::EnrolmentRecipient, &why);
            }
            _ => {}
        }
    }
    let visible = rules.iter().all(|result| result.met != Some(false));
    Seen { rules, visible, records: Some(facts.records) }
}

fn is_met(rules: &[Found], rule: Rule) -> bool {
    rules.iter().any(|result| result.rule == rule && result.met == Some(true))
}

/// The recipient learns whether the owner has agreed, and not why it has not.
fn of_recipient(question: &Question, facts: &Facts, all: Vec<Found>) -> Seen {
    let owner = &question.owner.name;
    let shares_nothing = facts.level() == SharingLevel::Nothing;
    let rules: Vec<Found> = all
        .into_iter()
        // That there is such a record is not said either.
        .filter(|one| one.rule != Rule::Restriction)
        .map(|one| match one.rule {
            Rule::Link | Rule::Recipient => one,
            Rule::Level => level(question, facts),
            Rule::Category | Rule::Restriction | Rule::EnrolmentOwner => {
                not_asked(one.rule, &format!("{owner} says only whether it agrees"))
            }
            Rule::Release if !shares_nothing && way(facts) == Way::Release => release(question, facts),
            Rule::Expiry if way(facts) == Way::Release => {
                not_asked(one.rule, "the last day of a release is not said")
            }
            _ if shares_nothing => not_asked(one.rule, &format!("{owner} shares nothing")),
            Rule::EnrolmentRecipient | Rule::Request | Rule::Release | Rule::Expiry => one,
        })
        .collect();
    Seen { rules, visible: facts.visible > 0, records: None }
}

/// How the owner shares is said to whom it is linked to.
fn level(question: &Question, facts: &Facts) -> Found {
    let (owner, kind) = (&question.owner.name, question.data_type.name());
    if !facts.link.is_some_and(LinkFact::holds) {
        return not_asked(Rule::Level, &format!("how {owner} shares is said to whom it is linked to"));
    }
    let how = match (facts.level(), way(facts)) {
        (SharingLevel::Nothing, _) | (_, Way::Unset) => {
            return result(Rule::Level, false, format!("{owner} shares no {kind}"), None);
        }
        (_, Way::Automatic) => "automatically",
        (_, Way::Request) => "by request",
        (_, Way::Release) => "by signed releases",
    };
    result(Rule::Level, true, format!("{owner} shares {kind} {how}"), None)
}

fn release(question: &Question, facts: &Facts) -> Found {
    let owner = &question.owner.name;
    let detail = if facts.visible > 0 {
        format!("a signed release at {owner} is for {}", question.recipient.name)
    } else {
        format!("{owner} has not agreed")
    };
    result(Rule::Release, facts.visible > 0, detail, None)
}
