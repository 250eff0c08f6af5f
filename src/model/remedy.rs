//! What would help where a rule is not met: a command that works as it stands, or what no command can do, and of whom it is
//! needed.

use super::access::Right;
use super::account::Actor;

#[derive(Clone, Debug)]
pub(crate) enum Remedy {
    Command {
        line: String,
        right: Right,
        /// Whether the rule is met afterwards.
        is_enough: bool,
        /// Whether it works only where all rules before are met.
        follows: bool,
    },
    Needed(String),
}

/// One rule, and the fact that decides it.
#[derive(Clone, Debug)]
pub(crate) struct Found<R> {
    pub(crate) rule: R,
    /// None where the rule is not asked.
    pub(crate) met: Option<bool>,
    pub(crate) detail: String,
    /// What would help, where the rule is not met.
    pub(crate) remedy: Option<Remedy>,
}

/// The same with what is proposed to one account.
pub(crate) struct Proposed<R> {
    pub(crate) rule: R,
    pub(crate) met: Option<bool>,
    pub(crate) detail: String,
    pub(crate) fix: Option<String>,
    pub(crate) needed: Option<String>,
}

impl<R> Found<R> {
    pub(crate) fn not_asked(rule: R, why: &str) -> Self {
        Found { rule, met: None, detail: why.to_owned(), remedy: None }
    }

    pub(crate) fn of(rule: R, met: bool, detail: String, remedy: impl Into<Option<Remedy>>) -> Self {
        Found { rule, met: Some(met), detail, remedy: remedy.into() }
    }
}

impl Remedy {
    pub(crate) fn command(line: String, right: impl Into<Right>) -> Self {
        Remedy::Command { line, right: right.into(), is_enough: true, follows: false }
    }

    pub(crate) fn needed(what: String) -> Self {
        Remedy::Needed(what)
    }

    pub(crate) fn after_all(self) -> Self {
        match self {
            Remedy::Command { line, right, is_enough, .. } => {
                Remedy::Command { line, right, is_enough, follows: true }
            }
            Remedy::Needed(_) => self,
        }
    }

    /// More is needed behind it.
    pub(crate) fn in_part(self) -> Self {
        match self {
            Remedy::Command { line, right, follows, .. } => {
                Remedy::Command { line, right, is_enough: false, follows }
            }
            Remedy::Needed(_) => self,
        }
    }
}

/// All commands that work one after the other for this account, and what else is needed.
pub(crate) fn proposed<R>(actor: &Actor, found: Vec<Found<R>>) -> Vec<Proposed<R>> {
    // Whether all rules so far are met, or will be after the commands so far.
    let mut is_open = true;
    let proposed = found.into_iter().map(|Found { rule, met, detail, remedy }| {
        let (mut fix, mut needed, mut is_enough) = (None, None, false);
        match remedy.filter(|_| met == Some(false)) {
            None => {}
            Some(Remedy::Needed(what)) => needed = Some(what),
            Some(Remedy::Command { follows: true, .. }) if !is_open => {}
            Some(Remedy::Command { line, right, is_enough: ends, .. }) => match actor.may(right) {
                Ok(()) => (fix, is_enough) = (Some(line), ends),
                Err(_) if actor.is_portal() => needed = Some(right.holder(true)),
                Err(_) => needed = Some(format!("{}, for `{line}`", right.holder(false))),
            },
        }
        is_open &= met != Some(false) || is_enough;
        Proposed { rule, met, detail, fix, needed }
    });
    proposed.collect()
}
