//! The plan of an import, compact because it may hold a hundred thousand accounts.

use std::collections::HashMap;

use crate::model::access::Level;
use crate::model::account::import::{Desired, Permissions};
use crate::model::alert::AlertKinds;
use crate::model::id::ResourceId;

/// Every new or changed account, by folded login, and the codes of their resources. In this order the rows of a new
/// hub are appended at the end of each index, which is cheapest.
pub(super) struct Plan {
    pub(super) accounts: Vec<Planned>,
    pub(super) codes: HashMap<ResourceId, String>,
}

/// The texts share one allocation.
pub(super) struct Planned {
    text: Box<str>,
    key_end: u16,
    login_end: u16,
    name_end: u16,
    has_email: bool,
    pub(super) is_new: bool,
    pub(super) level: Level,
    pub(super) active: bool,
    pub(super) alerts_off: AlertKinds,
    pub(super) permissions: Permissions,
    /// `None` keeps the present resources.
    pub(super) resources: Option<Box<[ResourceId]>>,
}

impl Planned {
    pub(super) fn new(key: &str, login: &str, desired: Desired, is_new: bool) -> Self {
        let email = desired.email.as_deref();
        let mut text =
            String::with_capacity(key.len() + login.len() + desired.name.len() + email.map_or(0, str::len));
        // A login has at most 64 characters and a name 200, so these offsets fit into a `u16`.
        let mut end = |part: &str| {
            text.push_str(part);
            u16::try_from(text.len()).unwrap_or(u16::MAX)
        };
        let (key_end, login_end, name_end) = (end(key), end(login), end(&desired.name));
        text.push_str(email.unwrap_or_default());
        Planned {
            has_email: email.is_some(),
            text: text.into_boxed_str(),
            key_end,
            login_end,
            name_end,
            is_new,
            level: desired.level,
            active: desired.active,
            alerts_off: desired.alerts_off,
            permissions: desired.permissions,
            resources: desired.resources.map(Vec::into_boxed_slice),
        }
    }

    pub(super) fn key(&self) -> &str {
        self.part(0, self.key_end)
    }

    pub(super) fn login(&self) -> &str {
        self.part(self.key_end, self.login_end)
    }

    pub(super) fn name(&self) -> &str {
        self.part(self.login_end, self.name_end)
    }

    pub(super) fn email(&self) -> Option<&str> {
        self.has_email.then(|| self.text.get(usize::from(self.name_end)..).unwrap_or_default())
    }

    fn part(&self, from: u16, to: u16) -> &str {
        self.text.get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }
}
