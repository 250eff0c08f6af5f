//! Passwords: read, hashed and verified. A first password serves only to set another (rule 2.10).

use anyhow::Context as _;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use chrono::{DateTime, Utc};

use super::{Change, Context};
use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::model::account::Account;
use crate::model::account::first_password::StoredFirst;
use crate::output::ask;
use crate::store;

/// What a given password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    Own,
    First,
    /// A first password that was not used in time.
    Expired,
    Wrong,
}

/// The hash of no password.
const NONE: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Y2FyZWRlc2tjYXJlZGVzaw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// An unknown login and a first password take as long as a password of one's own, so that timing does not reveal which
/// logins exist.
pub(super) fn verify(account: Option<&Account>, given: &str, now: DateTime<Utc>) -> Given {
    let first = account.and_then(Account::first_password);
    let hash = account.and_then(|account| account.password_hash.as_deref()).filter(|_| first.is_none());
    let is_own = PasswordHash::new(hash.unwrap_or(NONE))
        .is_ok_and(|parsed| Argon2::default().verify_password(given.as_bytes(), &parsed).is_ok());
    let is_first = first.unwrap_or(StoredFirst::NONE).matches(given);
    match first {
        Some(first) if is_first && now < first.until => Given::First,
        Some(_) if is_first => Given::Expired,
        None if is_own => Given::Own,
        _ => Given::Wrong,
    }
}

/// Argon2id with the parameters that OWASP recommends, the defaults of the library.
pub(crate) fn hash_password(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.context("the password cannot be hashed")?.to_string())
}

/// Reads the password of an account from a file, or asks for it.
pub(super) fn read(login: &str, file: Option<&Input>, may_ask: bool) -> Result<String> {
    match file {
        Some(file) => file.password(),
        None if may_ask => ask::password(&format!("Password of {login}")),
        None => Err(Error::new(
            Kind::Usage,
            "usage.password",
            format!("acting as `{login}` takes that account's password"),
        )
        .hint("name a file that holds it in CAREDESK_PASSWORD_FILE")),
    }
}

/// Reads a new password from a file, or asks for it twice. Refused: fewer than ten characters, and the first password of
/// the account.
pub(crate) fn read_new_password(account: &Account, file: Option<&Input>, may_ask: bool) -> Result<String> {
    let password = match file {
        Some(file) => file.password()?,
        None if may_ask => ask::new_password(&format!("New password of {}", account.login))?,
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
    if account.first_password().is_some_and(|first| first.matches(&password)) {
        return Err(Error::invalid("account.password_same", "that is the first password: choose another"));
    }
    Ok(password)
}

impl Context {
    /// An actor that gave a first password sets another before anything else: here if a terminal can be asked, and otherwise by
    /// its own command.
    pub(super) fn must_have_own_password(&self) -> Result<()> {
        if !self.is_first || self.identity.sets_password {
            return Ok(());
        }
        if !self.may_ask || self.dry_run {
            return Err(self.only_sets_its_own());
        }
        self.out.note("this password serves only once: choose one of your own");
        let hash = hash_password(&read_new_password(&self.actor.account, None, true)?)?;
        self.step("account.set-password", |tx| {
            let before = self.actor.account.view(store::account::resources(tx, self.actor.account.id)?);
            store::account::set_password(tx, self.actor.account.id, &hash)?;
            let after = Account { password_hash: Some(hash.clone()), ..self.actor.account.clone() };
            let after = after.view(before.resources.clone());
            Ok(Change::updated(before, after))
        })?;
        self.db.prove(&Account { password_hash: Some(hash), ..self.actor.account.clone() });
        self.out.note("the new password is set");
        Ok(())
    }

    /// Refused if the actor gave a first password and this is not its own account.
    pub(crate) fn may_set_password_of(&self, account: &Account) -> Result<()> {
        if self.is_first && account.id != self.actor.account.id {
            return Err(self.only_sets_its_own());
        }
        Ok(())
    }

    fn only_sets_its_own(&self) -> Error {
        let login = &self.actor.account.login;
        let message = format!("the first password of `{login}` serves only to set one of its own");
        Error::refused("actor.first_password", message)
            .hint(format!("set it: `caredesk account set-password {login} --as {login}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_takes_as_long_as_one() {
        let parameters = |hash: &str| hash.rsplitn(3, '$').nth(2).map(str::to_owned);
        let hash = hash_password("correct horse").unwrap();
        assert_eq!(parameters(NONE), parameters(&hash));
        assert!(PasswordHash::new(NONE).is_ok());
    }
}
