//! The actor of a run: the account of the operating-system user, or with `--as` another, by the right of an
//! admin or by that account's password.

use chrono::{DateTime, Utc};

use super::password::{self, Given};
use super::{Connection, Context, Run, attempt};
use crate::db::Tx;
use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::model::access::Level;
use crate::model::account::{Account, Actor};
use crate::model::visibility::Visibility;
use crate::model::zone::Zone;
use crate::store;

/// What a run knows of the person before it reads the database.
#[derive(Clone)]
pub(crate) struct Identity {
    /// The login of the operating-system user.
    pub(crate) user: String,
    /// `--as`.
    pub(crate) wanted: Option<String>,
    /// `CAREDESK_PASSWORD_FILE`.
    pub(crate) password_file: Option<Input>,
    /// Whether the run sets a password, which is all that a first one serves for.
    pub(crate) sets_password: bool,
}

pub(super) struct Candidates {
    user: Option<Account>,
    wanted: Option<Account>,
}

/// What every run needs first: the instant of the newest entry of the audit trail, the time zone of the hub, and who may act.
pub(super) fn first(
    tx: &mut Tx<'_>, identity: &Identity,
) -> Result<(Option<DateTime<Utc>>, Option<Zone>, Candidates)> {
    let of = |login: &str| store::account::by_login(login, Visibility::INTERNAL);
    let user = of(&identity.user);
    let (end, zone, user) = tx.ask_three(&store::audit::last(), &store::setting::time_zone(), &user)?;
    let wanted = match &identity.wanted {
        Some(login) => tx.ask(&of(login))?,
        None => None,
    };
    let active = |account: Option<Account>| account.filter(|account| account.active);
    Ok((end.and_then(|end| end.at), zone, Candidates { user: active(user), wanted: active(wanted) }))
}

/// The actor, and whether its password is a first one.
pub(super) fn resolve(run: &Run, db: &Connection, found: Candidates) -> Result<(Actor, bool)> {
    let identity = &run.identity;
    let needs_password = found.needs_password() && !db.is_proven(found.wanted.as_ref());
    let Some(login) = identity.wanted.as_ref().filter(|_| needs_password) else {
        return Ok((known(identity, found, needs_password)?, false));
    };
    if run.connection.is_some() && !run.is_of_shell {
        return Err(not_asked_for(login));
    }
    let given = password::read(login, identity.password_file.as_ref(), run.may_ask)?;
    let given = attempt::verify(run, &mut db.borrow_mut(), login, found.wanted.as_ref(), &given)?;
    let (account, is_first) = authenticated(login, found.wanted, given)?;
    db.prove(&account);
    Ok((Actor { account, impersonator: found.user.map(|user| user.login) }, is_first))
}

/// The actor where no password is needed; denied where one is.
pub(super) fn known(identity: &Identity, found: Candidates, needs_password: bool) -> Result<Actor> {
    let Some(login) = &identity.wanted else {
        let account = found.user.ok_or_else(|| no_account(&identity.user))?;
        return Ok(Actor { account, impersonator: None });
    };
    if needs_password {
        return Err(wrong_password(login));
    }
    let account = found.wanted.ok_or_else(|| no_account(login))?;
    let impersonator = found.user.filter(|user| user.id != account.id).map(|user| user.login);
    Ok(Actor { account, impersonator })
}

/// The actor of a run that goes on, as the accounts are by now; denied where it may no longer act.
pub(super) fn still(identity: &Identity, db: &Connection, found: Candidates) -> Result<Actor> {
    let needs_password = found.needs_password() && !db.is_proven(found.wanted.as_ref());
    known(identity, found, needs_password)
}

impl Context {
    /// Busy if the account that acts was changed since it was read.
    pub(super) fn must_be_same_actor(&self, tx: &mut Tx<'_>) -> Result<()> {
        let (_, _, found) = first(tx, &self.identity)?;
        let by_now = still(&self.identity, &self.db, found)?;
        if by_now == self.actor {
            return Ok(());
        }
        let message = format!("the account `{}` has just been changed", self.actor.account.login);
        Err(Error::new(Kind::Busy, "actor.changed", message).hint("repeat the command: that is always safe"))
    }
}

impl Candidates {
    /// Acting as oneself needs no password, and an admin needs none to act as another.
    pub(super) fn needs_password(&self) -> bool {
        let is_own = |user: &Account| self.wanted.as_ref().is_some_and(|wanted| wanted.id == user.id);
        !self.user.as_ref().is_some_and(|user| is_own(user) || user.level == Level::Admin)
    }
}

fn authenticated(login: &str, account: Option<Account>, given: Given) -> Result<(Account, bool)> {
    match (given, account) {
        (Given::Own, Some(account)) => Ok((account, false)),
        (Given::First, Some(account)) => Ok((account, true)),
        (Given::Expired, Some(account)) => {
            let login = &account.login;
            let message = format!("the first password of `{login}` has expired");
            Err(Error::new(Kind::Denied, "actor.password_expired", message)
                .hint(format!("an admin of the hub can give a new one: `caredesk account invite {login}`")))
        }
        _ => Err(wrong_password(login)),
    }
}

/// A wrong one would be taken back with what a line does, and so leave no trace.
fn not_asked_for(login: &str) -> Error {
    let message = format!("no line is asked for the password of `{login}`");
    Error::new(Kind::Usage, "usage.password", message)
        .hint(format!("`caredesk --as {login} batch …` asks for it once, before the first line"))
}

fn wrong_password(login: &str) -> Error {
    let message = format!("that is not the password of an account `{login}`");
    Error::new(Kind::Denied, "actor.password", message)
}

fn no_account(login: &str) -> Error {
    Error::new(Kind::Denied, "actor.unknown", format!("there is no active account `{login}` in this database"))
        .hint("an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password")
}

/// Denied if it is no portal account that acts.
pub(super) fn must_be_of_portal(actor: &Actor) -> Result<()> {
    if actor.is_portal() {
        return Ok(());
    }
    let message = format!("a restricted shell is for portal accounts, and `{}` is none", actor.account.login);
    Err(Error::new(Kind::Denied, "shell.no_portal_account", message))
}
