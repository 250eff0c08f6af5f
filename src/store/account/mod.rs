//! Accounts, their permissions and their resources.

pub(crate) mod import;

use crate::model::access::Level;
use crate::model::access::Permission;
use crate::model::account::{Account, NOUN};
use crate::model::alert::AlertKinds;
use crate::store::prelude::*;

/// A portal account sees only its own account.
pub(crate) fn by_login(login: &str, visibility: Visibility) -> Query<Account> {
    let values: Vec<Box<dyn Param>> = vec![Box::new(fold(login)), Box::new(visibility.account())];
    Query { sql: sql!("account/by_login"), values, read }
}

/// Finds an account by its whole login only.
impl Lookup for Account {
    finds!(Account, Account, Visibility);

    fn exact(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Option<Account>> {
        tx.ask(&by_login(reference.as_str(), visibility))
    }

    fn candidates(_: &mut Tx<'_>, _: &Reference, _: Visibility) -> Candidates<noun::Account> {
        Ok(Vec::new())
    }

    fn by_id(_: &mut Tx<'_>, _: AccountId, _: Visibility) -> Result<Option<Account>> {
        Ok(None)
    }

    fn names(tx: &mut Tx<'_>, _: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        let near = list(tx, &Filter::default(), visibility, NAMES_TO_COMPARE)?;
        Ok(near.into_iter().map(|account| account.login).collect())
    }
}

/// The filter of a list of accounts; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) level: Option<Level>,
    pub(crate) active: Option<bool>,
    pub(crate) resource: Option<ResourceId>,
    pub(crate) provider: Option<ProviderId>,
    /// The login of the last row of the page before.
    pub(crate) after: Option<&'a str>,
}

/// By login, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Account>> {
    let Filter { level, active, resource, provider, after } = *filter;
    let account = visibility.account();
    let values = params![after.map(fold), limit, account, level, active, resource, provider];
    tx.all(sql!("account/list"), values, read)
}

/// The logins of all that are disabled.
pub(crate) fn disabled(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all(sql!("account/disabled"), params![], |row| row.get("login"))
}

pub(crate) fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.first(sql!("account/count"), params![], |row| row.get("accounts"))?.unwrap_or(0))
}

/// How many active admins there are besides this account, or in all.
pub(crate) fn active_admins(tx: &mut Tx<'_>, besides: Option<AccountId>) -> Result<i64> {
    Ok(tx.first(sql!("account/active_admins"), params![besides], |row| row.get("admins"))?.unwrap_or(0))
}

/// Refused if the login is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, account: &Account) -> Result<()> {
    let login = &account.login;
    import::insert_all(tx, std::slice::from_ref(account)).on_unique("account_login_key", || {
        Error::refused("account.exists", format!("there is an account `{login}` already"))
            .hint(format!("look at it with `caredesk account show {login}`"))
    })
}

/// Name, e-mail, level, whether it is active and which alerts are off.
pub(crate) fn update(tx: &mut Tx<'_>, account: &Account) -> Result<()> {
    let Account { id, name, email, level, active, alerts_off, .. } = account;
    let values = params![*id, *name, *email, *level, *active, alerts_off.text()];
    exactly_one(tx.run(sql!("account/update"), values)?, "account")
}

pub(crate) fn set_password(tx: &mut Tx<'_>, account: AccountId, hash: &str) -> Result<()> {
    exactly_one(tx.run(sql!("account/set_password"), params![account, hash])?, "account")
}

pub(crate) fn set_active(tx: &mut Tx<'_>, account: AccountId, active: bool) -> Result<()> {
    exactly_one(tx.run(sql!("account/set_active"), params![account, active])?, "account")
}

pub(crate) fn permit(tx: &mut Tx<'_>, account: AccountId, permission: Permission) -> Result<()> {
    import::permit_all(tx, &[(account, permission)])
}

pub(crate) fn forbid(tx: &mut Tx<'_>, account: AccountId, permission: Permission) -> Result<()> {
    tx.run(sql!("account/forbid"), params![account, permission]).map(drop)
}

pub(crate) fn forbid_all(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.run(sql!("account/forbid_all"), params![account]).map(drop)
}

pub(crate) fn add_resource(tx: &mut Tx<'_>, account: AccountId, resource: ResourceId) -> Result<()> {
    import::add_resources(tx, &[(account, resource)])
}

pub(crate) fn remove_resource(tx: &mut Tx<'_>, account: AccountId, resource: ResourceId) -> Result<()> {
    tx.run(sql!("account/remove_resource"), params![account, resource]).map(drop)
}

pub(crate) fn remove_resources(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.run(sql!("account/remove_resources"), params![account]).map(drop)
}

pub(crate) fn resources(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<String>> {
    tx.all(sql!("account/resources"), params![account], |row| row.get("code"))
}

fn read(row: &Row<'_>) -> Result<Account> {
    let permissions: Option<String> = row.get("permissions")?;
    let permissions = permissions.iter().flat_map(|joined| joined.split(','));
    let alerts_off: Option<String> = row.get("alerts_off")?;
    from_row! { row => Account {
        id, login, name, email, level, active, password_hash,
        alerts_off: AlertKinds::from_text(alerts_off.as_deref()),
        permissions: permissions.filter_map(Permission::from_name).collect(),
    } }
}
