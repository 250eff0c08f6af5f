//! A login as people see it: marked where the account is disabled, so that no one waits for its answer. Programs get it bare.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::{Format, Output};

/// The logins of disabled accounts, once a command that shows logins has read them; before, none is marked.
#[derive(Clone, Debug, Default)]
pub(crate) struct DisabledLogins(Rc<OnceCell<HashSet<String>>>);

impl Output {
    /// Whether logins are to be marked that are not yet.
    pub(crate) fn lacks_disabled_logins(&self) -> bool {
        self.format == Format::Table && !self.quiet && self.disabled_logins.0.get().is_none()
    }

    /// The logins to mark from here on.
    pub(crate) fn mark_disabled(&self, logins: Vec<String>) {
        // What is there already was read for the same command.
        let _ = self.disabled_logins.0.set(logins.into_iter().collect());
    }

    /// `eva`, or `eva (disabled)`.
    pub(crate) fn login(&self, login: &str) -> String {
        let is_disabled = self.disabled_logins.0.get().is_some_and(|disabled| disabled.contains(login));
        if is_disabled { format!("{login} (disabled)") } else { login.to_owned() }
    }
}
