//! What the filters of a list name: a thing, an account, an action. One that does not exist is an error, since an empty list would
//! say that nothing was changed.

use super::Tx;
use crate::error::{Error, Kind, Result};
use crate::model::account::Account;
use crate::model::audit::noun_of;
use crate::model::category::Category;
use crate::model::client::Client;
use crate::model::contact::Contact;
use crate::model::package::Package;
use crate::model::provider::Provider;
use crate::model::queue::Queue;
use crate::model::reference::Reference;
use crate::model::referral::Referral;
use crate::model::resource::Resource;
use crate::model::text::nearest;
use crate::model::visibility::Visibility;
use crate::model::visit::Visit;
use crate::store::{self, Lookup, audit};

/// Finds what entries on a thing stand under.
type Find = fn(&mut Tx<'_>, &Reference) -> Result<String>;

/// In the order of trying.
const FINDS: [Find; 10] = [
    |tx, named| found::<Client>(tx, named, |client| client.code),
    |tx, named| found::<Provider>(tx, named, |provider| provider.code),
    |tx, named| found::<Referral>(tx, named, |referral| referral.code),
    |tx, named| found::<Package>(tx, named, |package| package.code),
    |tx, named| found::<Visit>(tx, named, |visit| visit.code),
    |tx, named| found::<Account>(tx, named, |account| account.login),
    |tx, named| found::<Queue>(tx, named, |queue| queue.name),
    |tx, named| found::<Resource>(tx, named, |resource| resource.code),
    |tx, named| found::<Contact>(tx, named, |contact| contact.number),
    |tx, named| found::<Category>(tx, named, |category| category.name),
];

fn found<T: Lookup>(tx: &mut Tx<'_>, named: &Reference, subject: fn(T::Found) -> String) -> Result<String>
where
    Visibility: Into<T::Scope>,
{
    store::lookup::<T>(tx, named, Visibility::INTERNAL).map(subject)
}

/// What the trail knows under exactly this, else what a noun calls so.
pub(crate) fn subject(tx: &mut Tx<'_>, named: &Reference) -> Result<String> {
    if audit::is_subject(tx, named.as_str())? {
        return Ok(named.as_str().to_owned());
    }
    let mut near = None;
    for find in FINDS {
        match find(tx, named) {
            Err(error) if error.kind() == Kind::NotFound => {
                let hint = error.hint_text().filter(|hint| hint.starts_with("did you mean"));
                near = near.or(hint.map(str::to_owned));
            }
            found => return found,
        }
    }
    let hint = near.unwrap_or_else(|| "name it by its code, its login or its name".to_owned());
    Err(Error::not_found("audit.no_subject", format!("there is nothing called `{named}`")).hint(hint))
}

/// An account of today, or who has left entries from before there were accounts.
pub(crate) fn actor(tx: &mut Tx<'_>, named: &Reference) -> Result<String> {
    match store::lookup::<Account>(tx, named, Visibility::INTERNAL) {
        Ok(account) => Ok(account.login),
        Err(error) if error.kind() == Kind::NotFound && audit::is_actor(tx, named.as_str())? => {
            Ok(named.as_str().to_owned())
        }
        Err(error) => Err(error),
    }
}

/// The actions of the trail that are meant: one, or those of a noun. Not found if it has none.
pub(crate) fn actions(tx: &mut Tx<'_>, named: &str) -> Result<Vec<String>> {
    let known = audit::actions(tx)?;
    let meant = meant(&known, named);
    if meant.is_empty() { Err(no_action(&known, named)) } else { Ok(meant) }
}

/// The same of several, none of which need be there yet.
pub(crate) fn actions_so_far(tx: &mut Tx<'_>, named: &[String]) -> Result<Vec<String>> {
    let known = audit::actions(tx)?;
    Ok(named.iter().flat_map(|named| meant(&known, named)).collect())
}

fn meant(known: &[String], named: &str) -> Vec<String> {
    let is_meant = |action: &&String| *action == named || noun_of(action) == named;
    known.iter().filter(is_meant).cloned().collect()
}

fn no_action(known: &[String], named: &str) -> Error {
    let message = format!("the audit trail has no action `{named}`");
    Error::not_found("audit.no_action", message).hint(near(known, named))
}

/// What may have been meant by an action that there is not.
pub(crate) fn near(known: &[String], named: &str) -> String {
    let near = nearest(named, known.iter().map(String::as_str));
    let near: Vec<String> = near.into_iter().map(|name| format!("`{name}`")).collect();
    match near.as_slice() {
        [] => format!("there are {}", known.join(", ")),
        near => format!("did you mean {}?", near.join(" or ")),
    }
}
