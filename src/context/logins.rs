//! Logins that are marked for people where the account is disabled.

use super::{Context, Tx};
use crate::error::Result;
use crate::model::view::View;
use crate::output::Card;
use crate::store;

impl Context {
    /// Shows one thing whole, whose card names accounts.
    pub(crate) fn show_with_logins<'a, T: View>(
        &'a self, object: &T, card: impl FnOnce() -> Option<Card<'a>>,
    ) -> Result<()> {
        if self.marks_logins() {
            self.read(|tx| self.mark_logins(tx))?;
        }
        self.out.show(object, card)
    }

    /// The hub alone learns which accounts are disabled (rule 2.6).
    pub(super) fn marks_logins(&self) -> bool {
        self.out.lacks_disabled_logins() && !self.actor.is_portal()
    }

    pub(super) fn mark_logins(&self, tx: &mut Tx<'_>) -> Result<()> {
        self.out.mark_disabled(store::account::disabled(tx)?);
        Ok(())
    }
}
