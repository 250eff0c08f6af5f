//! The actor of a run: the account of the operating-system user, or with `--as` another, by the right of an
//! admin or by that account's password.

use anyhow::Context as _;
use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::db::Tx;
use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::model::access::Level;
use crate::model::account::{Account, Actor};
use crate::model::visibility::Visibility;
use crate::output::ask;
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
}

pub(super) struct Candidates {
    user: Option<Account>,
    wanted: Option<Account>,
}

pub(super) fn candidates(tx: &mut Tx<'_>, identity: &Identity) -> Result<Candidates> {
    let user =
        store::account::by_login(tx, &identity.user, Visibility::INTERNAL)?.filter(|account| account.active);
    let wanted = match &identity.wanted {
        Some(login) => {
            store::account::by_login(tx, login, Visibility::INTERNAL)?.filter(|account| account.active)
        }
        None => None,
    };
    Ok(Candidates { user, wanted })
}

pub(super) fn resolve(identity: &Identity, found: Candidates, may_ask: bool) -> Result<Actor> {
    let Some(login) = &identity.wanted else {
        let account = found.user.ok_or_else(|| no_account(&identity.user))?;
        return Ok(Actor { account, impersonator: None });
    };
    // Acting as oneself needs no password.
    if let (Some(user), Some(wanted)) = (&found.user, &found.wanted)
        && user.id == wanted.id
    {
        return Ok(Actor { account: user.clone(), impersonator: None });
    }
    let is_admin = found.user.as_ref().is_some_and(|user| user.level == Level::Admin);
    let account = if is_admin {
        found.wanted.ok_or_else(|| no_account(login))?
    } else {
        let password = read_password(login, identity, may_ask)?;
        authenticated(found.wanted, &password).ok_or_else(|| {
            Error::new(
                Kind::Denied,
                "actor.password",
                format!("that is not the password of an account `{login}`"),
            )
        })?
    };
    Ok(Actor { account, impersonator: found.user.map(|user| user.login) })
}

fn no_account(login: &str) -> Error {
    Error::new(Kind::Denied, "actor.unknown", format!("there is no active account `{login}` in this database"))
        .hint("an admin can create one with `caredesk account create`; `--as LOGIN` acts as another with its password")
}

/// An unknown login takes as long as a wrong password, so that timing does not reveal which logins exist.
fn authenticated(account: Option<Account>, password: &str) -> Option<Account> {
    static UNKNOWN: LazyLock<String> = LazyLock::new(|| hash_password("unknown").unwrap_or_default());
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let hash = stored.as_ref().unwrap_or_else(|| &UNKNOWN);
    let parsed = PasswordHash::new(hash).ok()?;
    let matches = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    account.filter(|_| matches && stored.is_some())
}

/// Argon2id with the parameters that OWASP recommends, the defaults of the library.
pub(crate) fn hash_password(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.context("the password cannot be hashed")?.to_string())
}

fn read_password(login: &str, identity: &Identity, may_ask: bool) -> Result<String> {
    match &identity.password_file {
        Some(file) => file.first_line(),
        None if may_ask => ask::password(&format!("Password of {login}")),
        None => Err(Error::new(
            Kind::Usage,
            "usage.password",
            format!("acting as `{login}` takes that account's password"),
        )
        .hint("name a file that holds it in CAREDESK_PASSWORD_FILE")),
    }
}

/// Reads a new password from a file, or asks for it twice. Refused: fewer than ten characters.
pub(crate) fn read_new_password(login: &str, file: Option<&Input>, may_ask: bool) -> Result<String> {
    let password = match file {
        Some(file) => file.first_line()?,
        None if may_ask => ask::new_password(&format!("New password of {login}"))?,
        None => {
            return Err(Error::new(
                Kind::Usage,
                "usage.password",
                "a new password must be entered or read from a file",
            )
            .hint("name the file with `--password-file`"));
        }
    };
    if password.chars().count() < 10 {
        return Err(Error::invalid("account.password_short", "a password has at least 10 characters"));
    }
    Ok(password)
}
