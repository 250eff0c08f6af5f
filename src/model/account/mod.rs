//! Accounts and actors.

pub(crate) mod attempt;
pub(crate) mod first_password;
pub(crate) mod import;
pub(crate) mod naming;

use self::first_password::StoredFirst;
use super::access::{Level, Permission, Right};
use super::alert::{AlertKind, AlertKinds};
use super::visibility::Visibility;
use crate::model::prelude::*;
use crate::model::stop::StopSort;

pub(crate) const NOUN: Noun = noun!("account");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) level: Level,
    pub(crate) active: bool,
    pub(crate) password_hash: Option<String>,
    pub(crate) permissions: Vec<Permission>,
    /// The kinds of alerts that it has switched off.
    pub(crate) alerts_off: AlertKinds,
}

impl Account {
    /// An admin of this login and nothing else: the first of a hub, or who acts where there is none yet.
    pub(crate) fn first_admin(id: AccountId, login: &str) -> Account {
        Account {
            id,
            login: login.to_owned(),
            name: login.to_owned(),
            email: None,
            level: Level::Admin,
            active: true,
            password_hash: None,
            permissions: Vec::new(),
            alerts_off: AlertKinds::default(),
        }
    }

    /// What it may see.
    pub(crate) fn visibility(&self) -> Visibility {
        if self.level.is_staff() { Visibility::Staff } else { Visibility::Portal(self.id) }
    }

    /// Only portal accounts have resources and permissions: staff act by their level (rule 2.2).
    pub(crate) fn must_be_portal(&self) -> Result<()> {
        if !self.level.is_staff() {
            return Ok(());
        }
        let (login, level) = (&self.login, self.level.name());
        Err(Error::refused("account.not_portal", format!("account `{login}` is of level {level}: only a portal account is given resources and permissions"))
            .hint("make the account with `--level provider-portal`")
            .detail("level", level))
    }

    /// With the alerts of some kinds on or off; without any, of all that it may get (rule 2.11). Refused for a kind that it never gets.
    pub(crate) fn with_alerts(&self, kinds: &[AlertKind], is_on: bool) -> Result<Account> {
        for kind in kinds {
            kind.must_be_of(self.level).map_err(|why| {
                Error::refused("account.alert_kind", why)
                    .hint(format!("`caredesk account show {}` shows what is off", self.login))
            })?;
        }
        let kinds = match kinds {
            [] => AlertKind::of(self.level),
            kinds => kinds.iter().copied().collect(),
        };
        let off = self.alerts_off;
        let alerts_off = if is_on { off.without(kinds) } else { off.with(kinds) };
        Ok(Account { alerts_off, ..self.clone() })
    }

    /// Refused for the own account: another admin has to do it.
    pub(crate) fn must_not_be_own(&self, own: AccountId) -> Result<()> {
        if self.id != own {
            return Ok(());
        }
        Err(Error::refused("account.own", "the account that acts cannot disable itself")
            .hint("another admin can do it"))
    }

    /// Whether it can change accounts.
    pub(crate) fn is_active_admin(&self) -> bool {
        self.active && self.level == Level::Admin
    }

    /// Refused if no other account could change accounts; `others` counts the other active admins.
    pub(crate) fn must_not_be_the_last_admin(&self, others: i64) -> Result<()> {
        if others > 0 || !self.is_active_admin() {
            return Ok(());
        }
        Err(Error::refused("account.last_admin", format!("`{}` is the last active admin", self.login))
            .hint("make another first: `caredesk account edit LOGIN --level admin`"))
    }

    /// None if the person has chosen a password, or has none.
    pub(crate) fn first_password(&self) -> Option<StoredFirst<'_>> {
        StoredFirst::of(self.password_hash.as_deref()?)
    }

    /// Refused for a disabled account, which is not acted for with any password.
    pub(crate) fn must_be_active(&self) -> Result<()> {
        if self.active {
            return Ok(());
        }
        let login = &self.login;
        Err(Error::refused("account.disabled", format!("account `{login}` is disabled"))
            .hint(format!("`caredesk account enable {login}` enables it")))
    }

    /// What it may do and what it may not, in words. A portal account speaks for a provider or for none.
    pub(crate) fn rights(&self, speaks_for_provider: bool) -> (Vec<String>, Vec<String>) {
        let (mut may, mut may_not) = (Vec::new(), Vec::new());
        if self.level.is_staff() {
            may.push("read what the hub has".to_owned());
            may.extend(self.level.may().map(str::to_owned));
            let others = Level::Admin.may().map(str::to_owned);
            may_not.extend(others.filter(|right| !may.contains(right)));
            return (may, may_not);
        }
        may.push("see the referrals at your resources, and their capacity".to_owned());
        for permission in Permission::ALL {
            let words = permission.words();
            let is_given = self.permissions.contains(permission);
            let is_without = permission.needs_provider() && !speaks_for_provider;
            if is_given && !is_without {
                may.push(words.to_owned());
            } else if is_given {
                may_not.push(format!("{words}: you speak for no provider"));
            } else {
                may_not.push(words.to_owned());
            }
        }
        (may, may_not)
    }

    pub(crate) fn view(&self, resources: Vec<String>) -> AccountView {
        cloned! { self => AccountView {
            login, name, level, email, active, permissions,
            has_password: self.password_hash.is_some(),
            first_password_expires_at: self.first_password().map(|first| first.until),
            resources: resources,
            resource_assigned_emails: (!self.level.is_staff())
                .then_some(!self.alerts_off.contains(AlertKind::Assigned)),
            alerts_off: self.alerts_off.iter().collect(),
        } }
    }
}

/// The account whose rights count in this run, and the impersonator if it is used by another person (rule
/// 2.10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) account: Account,
    /// The login of the person who used `--as`.
    pub(crate) impersonator: Option<String>,
}

impl Actor {
    pub(crate) fn visibility(&self) -> Visibility {
        self.account.visibility()
    }

    pub(crate) fn is_portal(&self) -> bool {
        !self.account.level.is_staff()
    }

    /// Denied if the level of the account may not do it, or a portal account lacks the permission.
    pub(crate) fn may(&self, right: impl Into<Right>) -> Result<()> {
        let permission = match (right.into(), self.is_portal()) {
            (Right::Everyone, _) | (Right::PortalOr(_), true) | (Right::PortalPermission(_), false) => {
                return Ok(());
            }
            (Right::Permission(permission, _) | Right::PortalPermission(permission), true) => permission,
            (Right::Level(action), _) | (Right::Permission(_, action) | Right::PortalOr(action), false) => {
                return self.account.level.require(action);
            }
        };
        if self.account.permissions.contains(&permission) {
            return Ok(());
        }
        let login = &self.account.login;
        Err(Error::new(
            Kind::Denied,
            "actor.permission",
            format!("account `{login}` lacks the permission {}", permission.name()),
        )
        .hint("an admin of the hub can give it")
        .detail("permission", permission.name()))
    }
}

view! {
    /// The view of an account. It never holds the password, only whether there is one.
    pub(crate) struct AccountView("account", |view| &view.login) {
        login: String => Login,
        name: String => Text,
        level: Level => Status,
        email: Option<String> => Text(hidden),
        active: bool => YesNo,
        has_password: bool => YesNo(hidden),
        /// Until when its first password serves to set another; none if it has no first password.
        first_password_expires_at: Option<DateTime<Utc>> => Instant(hidden),
        permissions: Vec<Permission> => Text(hidden),
        resources: Vec<String> => Text,
        /// Whether it is alerted of assignments; none for staff, who are not.
        resource_assigned_emails: Option<bool> => YesNo(hidden),
        /// The kinds of alerts that it has switched off.
        alerts_off: Vec<AlertKind> => Text(hidden),
    }
}

impl AccountView {
    /// What another level takes away: of a portal account its resources and permissions, of staff what they may do.
    pub(crate) fn ended_by(&self, level: Level) -> Vec<(StopSort, String)> {
        if self.level == level {
            return Vec::new();
        }
        let resources = self.resources.iter().map(|code| (StopSort::Resources, code.clone()));
        let permissions = self.permissions.iter().map(|one| (StopSort::Permissions, one.name().to_owned()));
        let kept: Vec<&str> = level.may().collect();
        let rights = self.level.may().filter(|right| !kept.contains(right));
        resources.chain(permissions).chain(rights.map(|right| (StopSort::Rights, right.to_owned()))).collect()
    }
}

/// Refused: white space, control characters, an empty text, more than 64 letters.
pub(crate) fn login(text: &str) -> Result<String, String> {
    let is_odd = |letter: char| letter.is_whitespace() || letter.is_control();
    match text {
        "" => Err("a login cannot be empty".to_owned()),
        _ if text.chars().any(is_odd) => Err("a login has no spaces".to_owned()),
        _ if text.chars().count() > 64 => Err("a login has at most 64 letters".to_owned()),
        _ => Ok(text.to_owned()),
    }
}
