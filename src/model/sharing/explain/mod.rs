//! Why a provider sees or does not see one type of a client's records at another: the rules one by one, each
//! with the fact that decided it (rule 3.9). The facts are those of one instant; the number of visible
//! records is counted by the database, and the two must agree.

mod category;
mod facts;
mod found;
mod remedy;
mod rules;
mod side;
mod verdict;

pub(crate) use facts::{
    CategoryFact, EnrolmentFact, Facts, LinkFact, ReleaseFact, RequestFact, Service, SettingFact,
};
use found::Found;
pub(crate) use found::Rule;
pub(crate) use remedy::RuleResult;
use side::Seen;

use super::DataType;
use crate::model::account::Actor;
use crate::model::prelude::*;

/// The parties, client, data type and instant of the question.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) client: Party,
    pub(crate) owner: Party,
    pub(crate) recipient: Party,
    pub(crate) data_type: DataType,
    pub(crate) at: DateTime<Utc>,
    /// The hub's local day of that instant.
    pub(crate) day: NaiveDate,
    /// The instant of the run.
    pub(crate) now: DateTime<Utc>,
    pub(crate) zone: Zone,
    pub(crate) side: Side,
    /// Who asks: what is proposed are commands that this account may use.
    pub(crate) actor: Actor,
    pub(crate) is_deceased: bool,
}

/// Whose explanation it is (rule 3.12). Each side sees all of its own and of the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The hub, or who speaks for both.
    Both,
    Owner,
    Recipient,
}

/// A client or a provider.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// Whether the instant is past, present or future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Present,
    /// The present.
    Future,
}

view! {
    /// The view of an explanation.
    pub(crate) struct Explanation("sharing", |view| if view.visible { "visible" } else { "hidden" }) {
        @why: String,
        client: String => Code,
        client_name: String => Name,
        owner: String => Code(hidden),
        owner_name: String => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": DataType => Status,
        at: DateTime<Utc> => Instant,
        /// Whether the rules let the recipient see records of this type, even if there are none yet.
        visible: bool => YesNo,
        records_visible: i64 => Number,
        /// Null for the recipient: what the owner has is not said to it.
        records: Option<i64> => Number,
        rules: Vec<RuleResult> => Many,
        first_failing: Option<Rule> => Status,
        /// The verdict in one sentence.
        verdict: String => Text,
    }
}

view! {
    /// One of several explanations, in short.
    pub(crate) struct ExplanationLine("sharing", |view| if view.visible { "visible" } else { "hidden" }) {
        owner: String => Code(hidden),
        owner_name: String => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": DataType => Status,
        /// Whether the rules let the recipient see records of this type, even if there are none yet.
        visible: bool => YesNo,
        records_visible: i64 => Number(rank 1),
        /// Null for the recipient: what the owner has is not said to it.
        records: Option<i64> => Number(hidden),
        first_failing: Option<Rule> => Status(hidden),
        why: String => Text,
        /// The first command that would help.
        fix: Option<String> => Text(hidden),
        /// What would help first where no command of this account does, and of whom it is needed.
        needed: Option<String> => Text(hidden),
    }
}

impl From<Explanation> for ExplanationLine {
    fn from(explanation: Explanation) -> Self {
        let first = explanation.rules.iter().find(|rule| rule.fix.is_some() || rule.needed.is_some());
        cloned! { explanation => ExplanationLine {
            owner, owner_name, recipient, recipient_name, data_type, visible, records_visible, records, first_failing, why,
            fix: first.and_then(|rule| rule.fix.clone()),
            needed: first.and_then(|rule| rule.needed.clone()),
        } }
    }
}

impl Question {
    pub(crate) fn tense(&self) -> Tense {
        match self.at.cmp(&self.now) {
            std::cmp::Ordering::Less => Tense::Past,
            std::cmp::Ordering::Equal => Tense::Present,
            std::cmp::Ordering::Greater => Tense::Future,
        }
    }

    /// The hub's local day of the run.
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The option without which nothing new is asked for a client who has died (rule 5.5).
    fn even_so(&self) -> &'static str {
        if self.is_deceased { " --even-so" } else { "" }
    }

    fn is(&self) -> &'static str {
        if self.tense() == Tense::Past { "was" } else { "is" }
    }

    fn has(&self) -> &'static str {
        if self.tense() == Tense::Past { "had" } else { "has" }
    }

    fn when(&self, instant: DateTime<Utc>) -> String {
        self.zone.local(instant)
    }
}

/// Checked against all facts for each side. Internal (`sharing.explain_disagrees`) if the rules give another number of records than the database.
pub(crate) fn explain(question: &Question, facts: &Facts) -> Result<Explanation> {
    let rules = rules::results(question, facts);
    let failing = rules.iter().find(|result| result.met == Some(false));
    let expected = if failing.is_none() { facts.shareable() } else { 0 };
    if expected != facts.visible {
        return Err(disagrees(question, facts, &rules, expected));
    }
    let Seen { rules, visible, records } = side::seen(question, facts, rules);
    let failing = rules.iter().find(|result| result.met == Some(false));
    let (what, why) = match question.side {
        Side::Recipient => verdict::of_recipient(question, facts, failing),
        Side::Both | Side::Owner => verdict::verdict(question, facts, failing),
    };
    Ok(Explanation {
        client: question.client.code.clone(),
        client_name: question.client.name.clone(),
        owner: question.owner.code.clone(),
        owner_name: question.owner.name.clone(),
        recipient: question.recipient.code.clone(),
        recipient_name: question.recipient.name.clone(),
        data_type: question.data_type,
        at: question.at,
        visible,
        records_visible: facts.visible,
        records,
        first_failing: failing.map(|result| result.rule),
        verdict: format!("{what}: {why}"),
        why,
        rules: remedy::proposed(question, rules),
    })
}

fn disagrees(question: &Question, facts: &Facts, rules: &[Found], expected: i64) -> Error {
    let Question { client, owner, recipient, data_type, .. } = question;
    let visible = facts.visible;
    let kind = data_type.name();
    let shown = counted(visible, &format!("{kind} record"), &format!("{kind} records"));
    let failing: Vec<&str> =
        rules.iter().filter(|result| result.met == Some(false)).map(|result| result.rule.name()).collect();
    Error::new(
        Kind::Internal,
        "sharing.explain_disagrees",
        format!(
            "`{}` is shown {shown} of {} at `{}`, and the rules explain {expected}",
            recipient.code, client.code, owner.code
        ),
    )
    .hint("this is an error in the program: nothing was changed, please report it")
    .detail("failing", failing)
    .detail("shown", visible)
    .detail("explained", expected)
}

#[cfg(test)]
mod tests;
