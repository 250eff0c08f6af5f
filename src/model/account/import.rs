//! A row of an account import, and what it makes of the existing account (rules 2.2, 2.3).

use super::Account;
use crate::model::access::{Level, Permission};
use crate::model::alert::{AlertKind, AlertKinds};
use crate::model::edit::{self, Edit};
use crate::model::id::{AccountId, ResourceId};
use crate::model::stop;
use crate::model::text::nearest;

/// One row. An absent field stays as it is; an empty one is cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) login: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<Edit<String>>,
    pub(crate) level: Option<Level>,
    pub(crate) active: Option<bool>,
    pub(crate) resource_assigned_emails: Option<bool>,
    pub(crate) alerts_off: Option<AlertKinds>,
    pub(crate) permissions: Option<Permissions>,
    /// As in the file: codes or whole names.
    pub(crate) resources: Option<Vec<String>>,
}

/// A set of permissions in one byte, since an import holds a hundred thousand sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Permissions(u8);

impl Permissions {
    pub(crate) fn insert(&mut self, permission: Permission) {
        self.0 |= 1 << permission as u8;
    }

    pub(crate) fn contains(self, permission: Permission) -> bool {
        self.0 & 1 << permission as u8 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// By name, the order of the database.
    pub(crate) fn iter(self) -> impl Iterator<Item = Permission> {
        const BY_NAME: [Permission; 5] = [
            Permission::AccessContactDetails,
            Permission::AnswerSharing,
            Permission::ChangeStatus,
            Permission::EditCapacity,
            Permission::RespondPackages,
        ];
        BY_NAME.into_iter().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<T: IntoIterator<Item = Permission>>(all: T) -> Self {
        let mut set = Permissions::default();
        all.into_iter().for_each(|permission| set.insert(permission));
        set
    }
}

/// An account before the import, with the codes of its resources in order.
#[derive(Clone, Debug)]
pub(crate) struct Existing {
    pub(crate) account: Account,
    pub(crate) resources: Vec<String>,
}

/// A resource of a row, as stored in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ResourceRef {
    pub(crate) id: ResourceId,
    pub(crate) code: String,
    pub(crate) is_active: bool,
}

/// The desired state of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Desired {
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) level: Level,
    pub(crate) active: bool,
    pub(crate) alerts_off: AlertKinds,
    pub(crate) permissions: Permissions,
    /// None if they stay as they are.
    pub(crate) resources: Option<Vec<ResourceId>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    New,
    Changed,
    Same,
}

/// Validates row after row, in the order of the file.
pub(crate) struct Validator {
    /// The account that the import runs as.
    pub(crate) own: AccountId,
    /// `--yes`: a change to a staff level may end resources and permissions.
    pub(crate) may_end: bool,
    /// The number of active admins, updated by each row.
    pub(crate) admins: i64,
}

impl Validator {
    /// The account that a row results in, or the reason why it is rejected (lower case, no full stop).
    /// `given` are the resources of the row, none if it does not name any.
    pub(crate) fn validate(
        &mut self, line: &Line, before: Option<&Existing>, given: Option<&[&ResourceRef]>,
    ) -> Result<(Verdict, Desired), String> {
        let desired = desired(line, before.map(|existing| &existing.account))?;
        self.must_fit(line, &desired, before, given)?;
        let ends = desired.level.is_staff();
        let permissions = if ends { Permissions::default() } else { desired.permissions };
        let resources = if ends { Some(Vec::new()) } else { given.map(ids) };
        let desired = Desired { permissions, resources, ..desired };
        self.admins += gained(&desired, before);
        let Some(before) = before else { return Ok((Verdict::New, desired)) };
        let has_others = if ends {
            !before.resources.is_empty()
        } else {
            given.is_some_and(|given| codes(given) != before.resources)
        };
        let is_same = !has_others && is_same(&desired, &before.account);
        Ok((if is_same { Verdict::Same } else { Verdict::Changed }, desired))
    }

    fn must_fit(
        &self, line: &Line, desired: &Desired, before: Option<&Existing>, given: Option<&[&ResourceRef]>,
    ) -> Result<(), String> {
        let level = desired.level.name();
        if desired.level.is_staff() {
            let has_resources = given.is_some_and(|given| !given.is_empty());
            if has_resources || line.permissions.is_some_and(|set| !set.is_empty()) {
                return Err(format!(
                    "is of level {level}: only a portal account is given resources and permissions"
                ));
            }
            if line.resource_assigned_emails.is_some() {
                return Err(format!("is of level {level}: only a portal account is alerted of assignments"));
            }
        }
        let has = |code: &String| before.is_some_and(|before| before.resources.contains(code));
        if let Some(gone) = given.unwrap_or_default().iter().find(|one| !one.is_active && !has(&one.code)) {
            return Err(format!("resource {} is inactive", gone.code));
        }
        let Some(before) = before else { return Ok(()) };
        let ended = stop::stops(before.account.view(before.resources.clone()).ended_by(desired.level));
        if !before.account.level.is_staff() && !ended.is_empty() && !self.may_end {
            let ended = stop::list(&ended);
            return Err(format!("the level {level} would end {ended}: say `--yes` if that is meant"));
        }
        self.must_leave_an_admin(desired, &before.account)
    }

    fn must_leave_an_admin(&self, desired: &Desired, before: &Account) -> Result<(), String> {
        if before.active && !desired.active {
            before.must_not_be_own(self.own).map_err(|refusal| refusal.message().to_owned())?;
        }
        if is_active_admin(desired) {
            return Ok(());
        }
        before.must_not_be_the_last_admin(self.admins - 1).map_err(|refusal| refusal.message().to_owned())
    }
}

fn desired(line: &Line, before: Option<&Account>) -> Result<Desired, String> {
    let email = edit::apply(line.email.as_ref(), before.and_then(|account| account.email.clone()));
    let name = line.name.clone().or_else(|| before.map(|account| account.name.clone()));
    let name = name.ok_or("is a new account and has no name")?;
    let level = line.level.or(before.map(|account| account.level));
    let level = level.ok_or("is a new account and has no level")?;
    Ok(Desired {
        name,
        email,
        level,
        active: line.active.or(before.map(|account| account.active)).unwrap_or(true),
        alerts_off: alerts_off(line, level, before)?,
        permissions: line.permissions.unwrap_or_else(|| {
            before.map(|account| account.permissions.iter().copied().collect()).unwrap_or_default()
        }),
        resources: None,
    })
}

/// Where assignments are off, the further kinds of a new account are off too (rule 2.11).
fn alerts_off(line: &Line, level: Level, before: Option<&Account>) -> Result<AlertKinds, String> {
    let (all, assigned) = (AlertKind::of(level), [AlertKind::Assigned].into_iter().collect());
    if let Some(off) = line.alerts_off {
        off.iter().try_for_each(|kind| kind.must_be_of(level))?;
        if line.resource_assigned_emails.is_some_and(|is_on| is_on == off.contains(AlertKind::Assigned)) {
            return Err("says of the alerts of assignments both that they are on and off".to_owned());
        }
        return Ok(off);
    }
    let was = before.map(|account| account.alerts_off.of(all));
    Ok(match (line.resource_assigned_emails, was) {
        (None, was) => was.unwrap_or_default(),
        (Some(true), was) => was.unwrap_or_default().without(assigned),
        (Some(false), Some(was)) => was.with(assigned),
        (Some(false), None) => all,
    })
}

fn is_active_admin(desired: &Desired) -> bool {
    desired.active && desired.level == Level::Admin
}

/// How the row changes the number of active admins.
fn gained(desired: &Desired, before: Option<&Existing>) -> i64 {
    let was = before.is_some_and(|before| before.account.is_active_admin());
    i64::from(is_active_admin(desired)) - i64::from(was)
}

/// Sorted and without duplicates, as the database returns them.
fn codes<'a>(given: &[&'a ResourceRef]) -> Vec<&'a str> {
    let mut codes: Vec<&str> = given.iter().map(|one| one.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn ids(given: &[&ResourceRef]) -> Vec<ResourceId> {
    let mut ids: Vec<ResourceId> = given.iter().map(|one| one.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn is_same(desired: &Desired, before: &Account) -> bool {
    desired.name == before.name
        && desired.email == before.email
        && desired.level == before.level
        && desired.active == before.active
        && desired.alerts_off == before.alerts_off
        && desired.permissions == before.permissions.iter().copied().collect()
}

/// Parses a level as tables write it: `Provider Portal` is `provider-portal`.
pub(crate) fn level(text: &str) -> Result<Level, String> {
    word(text, Level::from_name, "a level", Level::ALL.iter().map(|level| level.name()))
}

/// Parses a kind of alert as tables write it.
pub(crate) fn alert_kind(text: &str) -> Result<AlertKind, String> {
    let names = AlertKind::ALL.iter().map(|kind| kind.name());
    word(text, AlertKind::from_name, "a kind of alert", names)
}

/// Parses a permission as tables write it.
pub(crate) fn permission(text: &str) -> Result<Permission, String> {
    let names = Permission::ALL.iter().map(|permission| permission.name());
    word(text, Permission::from_name, "a permission", names)
}

fn word<T>(
    text: &str, read: impl Fn(&str) -> Option<T>, what: &str,
    names: impl Iterator<Item = &'static str> + Clone,
) -> Result<T, String> {
    if let Some(found) = read(text) {
        return Ok(found);
    }
    let plain = text.to_lowercase().replace([' ', '_'], "-");
    read(&plain).ok_or_else(|| match nearest(&plain, names.clone()).first() {
        Some(near) => format!("`{text}` is not {what}; did you mean `{near}`?"),
        None => format!("`{text}` is not {what}: those are {}", names.collect::<Vec<_>>().join(", ")),
    })
}
