//! What is proposed where a rule is not met.

use super::found::{Found, Rule};
use super::{Question, Tense};
use crate::model::access::{Action, Permission, Right};
use crate::model::prelude::*;
use crate::model::remedy::{self, Proposed};

pub(super) const SHARING: Right = Right::Level(Action::ChangeSharing);
pub(super) const ANSWER: Right = Right::Permission(Permission::AnswerSharing, Action::ChangeSharing);

view! {
    /// One rule, and the fact that decides it.
    pub(crate) struct RuleResult("sharing", |view| view.rule.name()) {
        rule: Rule => Status,
        /// Null where the rule is not asked.
        met: Option<bool> => YesNo,
        detail: String => Text,
        /// The command that would help, where the rule is not met and the instant is not over. It works as it stands, those of
        /// several rules in their order.
        fix: Option<String> => Text,
        /// What would help where no command of this account does, and of whom it is needed.
        needed: Option<String> => Text,
    }
}

/// The past cannot be changed.
pub(super) fn proposed(question: &Question, mut found: Vec<Found>) -> Vec<RuleResult> {
    if question.tense() == Tense::Past {
        for one in &mut found {
            one.remedy = None;
        }
    }
    let result = |Proposed { rule, met, detail, fix, needed }| RuleResult { rule, met, detail, fix, needed };
    remedy::proposed(&question.actor, found).into_iter().map(result).collect()
}
