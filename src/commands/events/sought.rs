//! Which events are wanted.

use super::Events;
use crate::commands::prelude::*;
use crate::context::named;
use crate::model::audit::Link;
use crate::store::audit::{self, Filter};

pub(super) struct Sought {
    on: Option<String>,
    by: Option<String>,
    actions: Vec<String>,
}

impl Sought {
    /// Not found, if there is no such thing, account or action; but an action may still come.
    pub(super) fn of(tx: &mut Tx<'_>, command: &Events) -> Result<Self> {
        let on = command.on.as_ref().map(|on| named::subject(tx, on)).transpose()?;
        let by = command.by.as_ref().map(|by| named::actor(tx, by)).transpose()?;
        if !command.follow {
            command.action.iter().try_for_each(|action| named::actions(tx, action).map(drop))?;
        }
        Ok(Sought { on, by, actions: command.action.clone() })
    }

    /// The next ones, at most so many. Each action is a range of its index; which of those that are meant there are may change.
    pub(super) fn page(&self, tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Link>> {
        let actions = named::actions_so_far(tx, &self.actions)?;
        if actions.is_empty() && !self.actions.is_empty() {
            return Ok(Vec::new());
        }
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        let common = Filter { on: self.on.as_deref(), by: self.by.as_deref(), ..Filter::default() };
        let filters = store::each(&[common], &actions, |one, action| Filter { action: Some(action), ..one });
        let page = |filter: &Filter<'_>| audit::following(tx, after, filter, limit);
        store::any_of(&filters, |link| link.sequence, true, limit, page)
    }
}
